package models

import (
	"context"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"
)

// OwnerReadEntry is one line of the register of reads: a read of full numbers, a search, or an alarm about an account.
type OwnerReadEntry struct {
	ID      string
	At      int64 // Unix ms
	Role    string
	ByName  string // the account's display name
	Kind    ReadKind
	OwnerID string
	Units   []string // of the owner; of all that a search found
	Reason  ReadReason
	Text    string
	Fields  []OwnerField
	Reads   int64  // alarms: how many
	Window  string // alarms: hour or day

	owners []string // whose units to name
}

// ReadKind is what a line of the register tells of.
type ReadKind string

// The kinds of line.
const (
	KindRead   ReadKind = "read"
	KindSearch ReadKind = "search"
	KindAlarm  ReadKind = "alarm"
)

// ReadKinds lists them.
var ReadKinds = []ReadKind{KindRead, KindSearch, KindAlarm}

// registerKinds are the lines by what the audit calls them.
var registerKinds = map[string]ReadKind{actOwnerRead: KindRead, actOwnerSearch: KindSearch, actReadsAlarm: KindAlarm}

// registerPage is how many lines of the register come at once.
const registerPage = 50

// ReadRegister lists who read, or searched for, owners' numbers in a community, the newest first. before is the id of
// the last line of the page above, empty for the first; more tells whether older lines follow. Refusal: not_found.
func (s *Store) ReadRegister(ctx context.Context, communityID, before string) (entries []OwnerReadEntry, more bool, err error) {
	db := s.read(ctx)
	query := registerLines(db).Where("audit.community_id = ?", communityID).Order("audit.at DESC, audit.id DESC").Limit(registerPage + 1)
	if before != "" {
		var last auditRow
		if err := db.Where("community_id = ? AND id = ?", communityID, before).Take(&last).Error; err != nil {
			return nil, false, orNotFound(err)
		}
		query = query.Where("(audit.at, audit.id) < (?, ?)", last.At, last.ID)
	}
	if entries, err = scanRegister(query); err != nil {
		return nil, false, err
	}
	if more = len(entries) > registerPage; more {
		entries = entries[:registerPage]
	}
	return entries, more, nameUnits(db, communityID, entries)
}

// ReadsOfOwner lists the reads of one owner's record, the newest first. Refusals: not_found, reads_closed.
func (s *Store) ReadsOfOwner(ctx context.Context, by Actor, communityID, rosterID, ownerID string) ([]OwnerReadEntry, error) {
	owner, err := readableOwner(s.read(ctx), by, communityID, rosterID, ownerID)
	if err != nil {
		return nil, err
	}
	return s.readsOf(ctx, owner)
}

// OwnRecord is what the roster holds about the owner who asks, masked, and who has read it in full
// (个人信息保护法第45条).
type OwnRecord struct {
	OwnerLine
	Reads []OwnerReadEntry // without names of accounts, and without their words, which may concern others
}

// OwnRecord gives the record of the owner of a session. Refusal: not_found.
func (s *Store) OwnRecord(ctx context.Context, session ResidentSession) (OwnRecord, error) {
	db := s.read(ctx)
	var owner ownerRow
	err := db.Table("owner").Select("owner.*").
		Joins("JOIN meeting ON meeting.community_id = owner.community_id AND meeting.roster_id = owner.roster_id").
		Where("meeting.id = ? AND owner.id = ?", session.Meeting, session.Owner).Take(&owner).Error
	if err != nil {
		return OwnRecord{}, orNotFound(err)
	}
	lines, err := s.ownerLines(ctx, owner.CommunityID, []ownerRow{owner})
	if err != nil {
		return OwnRecord{}, err
	}
	reads, err := s.readsOf(ctx, owner)
	if err != nil {
		return OwnRecord{}, err
	}
	for i := range reads {
		reads[i].ByName, reads[i].Text = "", ""
	}
	return OwnRecord{lines[0], reads}, nil
}

// readsOf lists the reads of a person's record in every version of the community's roster: a draft that was read
// and replaced counts as well.
func (s *Store) readsOf(ctx context.Context, owner ownerRow) ([]OwnerReadEntry, error) {
	db := s.read(ctx)
	same := db.Table("owner").Select("id").Where("community_id = ?", owner.CommunityID)
	switch {
	case owner.IDNumber != nil:
		number, err := s.idNumber(owner)
		if err != nil {
			return nil, err
		}
		same = same.Where("id_index IN ?", s.keys.FieldIndexes(columnIDNumber, owner.CommunityID, number))
	case owner.Phone != nil:
		phone, err := s.phone(owner)
		if err != nil {
			return nil, err
		}
		same = same.Where("phone_index IN ? AND name = ? AND id_number IS NULL", s.keys.FieldIndexes(columnPhone, owner.CommunityID, phone), owner.Name)
	default:
		same = same.Where("id = ?", owner.ID)
	}
	return scanRegister(registerLines(db).Where("audit.community_id = ? AND audit.act = ? AND audit.subject_id IN (?)", owner.CommunityID, actOwnerRead, same).
		Order("audit.at DESC, audit.id DESC").Limit(mostReads))
}

// mostReads bounds the list of reads of one record.
const mostReads = 100

// alarmLife is for how long an alarm about reads is put before the staff.
const alarmLife = 7 * day

// RecentReadAlarms tells for which of the communities there was an alarm about reads in the last seven days.
func (s *Store) RecentReadAlarms(ctx context.Context, communityIDs []string) (map[string]bool, error) {
	var ids []string
	err := s.read(ctx).Table("audit").Distinct("community_id").
		Where("community_id IN ? AND act = ? AND at >= ?", communityIDs, actReadsAlarm, s.clock()-alarmLife).Pluck("community_id", &ids).Error
	if err != nil {
		return nil, fmt.Errorf("find alarms: %w", err)
	}
	found := map[string]bool{}
	for _, id := range ids {
		found[id] = true
	}
	return found, nil
}

func registerLines(db *gorm.DB) *gorm.DB {
	return db.Table("audit").Select("audit.*, staff.name AS staff_name").Joins("LEFT JOIN staff ON staff.id = audit.actor_id").
		Where("audit.act IN ?", []string{actOwnerRead, actOwnerSearch, actReadsAlarm})
}

func scanRegister(query *gorm.DB) ([]OwnerReadEntry, error) {
	var rows []struct {
		Row       auditRow `gorm:"embedded"`
		StaffName *string
	}
	if err := query.Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("read the register of reads: %w", err)
	}
	entries := make([]OwnerReadEntry, len(rows))
	for i, found := range rows {
		row := found.Row
		entry := OwnerReadEntry{ID: row.ID, At: row.At, Role: row.ActorRole, ByName: deref(found.StaffName), Kind: registerKinds[row.Act]}
		var detail struct {
			readDetail
			readAlarm
			searchDetail
		}
		if err := json.Unmarshal([]byte(row.Detail), &detail); err != nil {
			return nil, fmt.Errorf("decode line %s of the register: %w", row.ID, err)
		}
		entry.Reason, entry.Text, entry.Fields, entry.Reads, entry.Window = detail.Reason, detail.Text, detail.Fields, detail.Reads, detail.Window
		entry.owners = detail.Owners
		if entry.Kind == KindRead {
			entry.OwnerID, entry.owners = row.SubjectID, []string{row.SubjectID}
		}
		entries[i] = entry
	}
	return entries, nil
}

// nameUnits adds the homes of the owners that the lines tell of.
func nameUnits(db *gorm.DB, communityID string, entries []OwnerReadEntry) error {
	var ids []string
	for _, entry := range entries {
		ids = append(ids, entry.owners...)
	}
	units, err := unitsOfOwners(db, communityID, ids)
	if err != nil {
		return err
	}
	for i, entry := range entries {
		for _, id := range entry.owners {
			entries[i].Units = append(entries[i].Units, units[id]...)
		}
	}
	return nil
}

package models

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

// ReadReason is why somebody needs an owner's full numbers.
type ReadReason string

// The reasons; each needs a sentence of its own beside it.
const (
	ReadToMend      ReadReason = "mend"      // a doubt about the roster
	ReadToReach     ReadReason = "reach"     // the owner has to be called
	ReadToIdentify  ReadReason = "identify"  // somebody stands at the desk
	ReadToAnswer    ReadReason = "answer"    // an objection or a complaint
	ReadByAuthority ReadReason = "authority" // a court or the police ask in writing
)

// ReadReasons lists every reason.
var ReadReasons = []ReadReason{ReadToMend, ReadToReach, ReadToIdentify, ReadToAnswer, ReadByAuthority}

// OwnerField is a field of an owner's record that is masked everywhere.
type OwnerField string

// The masked fields; the name comes with either of them.
const (
	FieldIDNumber OwnerField = "id_number"
	FieldPhone    OwnerField = "phone"
)

// OwnerFields lists them.
var OwnerFields = []OwnerField{FieldIDNumber, FieldPhone}

// OwnerRead asks for an owner's numbers.
type OwnerRead struct {
	Reason ReadReason
	Text   string // the reason in the reader's words, without anybody's numbers
	Fields []OwnerField
}

// FullOwner is an owner's record as it stands in the roster; only what was asked for is filled in. It goes to the
// one who asked, once, and nowhere else.
type FullOwner struct {
	OwnerID  string
	Name     string
	IDKind   roster.IDKind
	IDNumber string
	Phone    string
	Units    []string
}

// MayReadOwners tells whether a role may see full numbers of a roster in this state: the convener while the roster
// can still be mended, the street as long as it exists (security.md section 6.1). Nobody else ever may.
func MayReadOwners(role Role, state lifecycle.RosterState) bool {
	switch role {
	case RoleStreet:
		return true
	case RoleConvener:
		return state == lifecycle.RosterDraft || state == lifecycle.RosterPublished
	}
	return false
}

// readDetail is what the audit keeps of a read beside who, when and whose.
type readDetail struct {
	Reason ReadReason   `json:"reason"`
	Text   string       `json:"text"`
	Fields []OwnerField `json:"fields"`
}

const (
	actOwnerRead   = "owner_read"
	actReadsAlarm  = "owner_reads_alarm"
	actOwnerSearch = "owner_searched"
)

// ReadOwner gives full numbers of one owner. The row that says who read whose, which fields and why is committed
// before anything is decrypted. Reads are counted by account over all communities: many in a short time leave an
// alarm, too many are refused. Refusals: not_found, reads_closed (this role, this state of the roster), bad_value,
// required, reason_names_person, reads_limited.
func (s *Store) ReadOwner(ctx context.Context, by Actor, communityID, rosterID, ownerID string, read OwnerRead) (FullOwner, error) {
	if err := read.check(); err != nil {
		return FullOwner{}, err
	}
	var owner ownerRow
	err := s.judged(ctx, func(tx *gorm.DB, now int64) (answer, failure error) {
		if owner, failure = readableOwner(tx, by, communityID, rosterID, ownerID); failure != nil {
			return nil, failure
		}
		// Counted first: the refusal below would otherwise tell for nothing whether a guessed name is right.
		if within, err := s.countRead(tx, now, by, communityID); err != nil || !within {
			return refuse("reads_limited"), err
		}
		if strings.Contains(read.Text, owner.Name) {
			return refuseField("reason_names_person", "text"), nil
		}
		return nil, record(tx, now, by, communityID, actOwnerRead, "owner", ownerID,
			readDetail{Reason: read.Reason, Text: strings.TrimSpace(read.Text), Fields: read.Fields})
	})
	if err != nil {
		return FullOwner{}, err
	}
	return s.fullOwner(ctx, owner, read.Fields)
}

func (r OwnerRead) check() error {
	switch text := strings.TrimSpace(r.Text); {
	case !slices.Contains(ReadReasons, r.Reason):
		return refuseField("bad_value", "reason")
	case text == "":
		return refuseField("required", "text")
	case roster.HoldsNumber(text):
		return refuseField("reason_names_person", "text")
	case len(r.Fields) == 0:
		return refuseField("required", "fields")
	}
	for i, field := range r.Fields {
		if !slices.Contains(OwnerFields, field) || slices.Contains(r.Fields[:i], field) {
			return refuseField("bad_value", "fields")
		}
	}
	return nil
}

// readableOwner finds an owner of a roster that the actor may read in. Refusals: not_found, reads_closed.
func readableOwner(db *gorm.DB, by Actor, communityID, rosterID, ownerID string) (ownerRow, error) {
	if err := readableRoster(db, by, communityID, rosterID); err != nil {
		return ownerRow{}, err
	}
	var owner ownerRow
	err := db.Where("community_id = ? AND roster_id = ? AND id = ?", communityID, rosterID, ownerID).Take(&owner).Error
	return owner, orNotFound(err)
}

func readableRoster(db *gorm.DB, by Actor, communityID, rosterID string) error {
	var list rosterRow
	if err := db.Select("state").Where("community_id = ? AND id = ?", communityID, rosterID).Take(&list).Error; err != nil {
		return orNotFound(err)
	}
	if !MayReadOwners(Role(by.Role), list.State) {
		return refuse("reads_closed")
	}
	return nil
}

// fullOwner decrypts what was asked for, after the read has been committed to the audit.
func (s *Store) fullOwner(ctx context.Context, owner ownerRow, fields []OwnerField) (FullOwner, error) {
	full := FullOwner{OwnerID: owner.ID, Name: owner.Name, IDKind: owner.IDKind}
	var err error
	for _, field := range fields {
		switch field {
		case FieldIDNumber:
			full.IDNumber, err = s.idNumber(owner)
		case FieldPhone:
			full.Phone, err = s.phone(owner)
		}
		if err != nil {
			return FullOwner{}, err
		}
	}
	units, err := unitsOfOwners(s.read(ctx), owner.CommunityID, []string{owner.ID})
	if err != nil {
		return FullOwner{}, err
	}
	full.Units = units[owner.ID]
	return full, nil
}

// idNumber decrypts an owner's ID number; empty when the roster has none.
func (s *Store) idNumber(owner ownerRow) (string, error) {
	if owner.IDNumber == nil {
		return "", nil
	}
	plain, err := s.keys.DecryptField(owner.at(columnIDNumber), owner.IDNumber)
	if err != nil {
		return "", fmt.Errorf("decrypt an ID number: %w", err)
	}
	return string(plain), nil
}

// readAlarm is what the audit keeps of an alarm; its subject is the account.
type readAlarm struct {
	Reads  int64  `json:"reads"`
	Window string `json:"window"` // hour or day
}

// alarms are the numbers of reads of one account in a window at which somebody should ask what is going on: half of
// what is let through, and the first that is not.
func (l limit) alarms(hits int64) bool { return hits == l.hits/2 || hits == l.hits+1 }

// countRead counts a read and notes an alarm where the count calls for one; false is beyond the limits.
func (s *Store) countRead(tx *gorm.DB, now int64, by Actor, communityID string) (bool, error) {
	allowed := true
	for _, l := range []limit{limitReadsHour, limitReadsDay} {
		within, err := s.count(tx, l, by.ID, now)
		if err != nil {
			return false, err
		}
		hits, err := s.hits(tx, l, by.ID, now)
		if err != nil {
			return false, err
		}
		if l.alarms(hits) {
			window := map[int64]string{hour: "hour", day: "day"}[l.window]
			if err := record(tx, now, by, communityID, actReadsAlarm, "staff", by.ID, readAlarm{Reads: hits, Window: window}); err != nil {
				return false, err
			}
		}
		allowed = allowed && within
	}
	return allowed, nil
}

package models

import (
	"database/sql"
	"fmt"

	"gorm.io/gorm"

	"gongjue/models/vault"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

type ballotRow struct {
	CommunityID string
	MeetingID   string
	VoterID     string
	Revision    int64
	OwnerID     string
	Channel     lifecycle.Channel
	EvidenceID  string
	LeafIndex   int64
	CastAt      int64
	ReceiptHash []byte
	IdemKey     string
	BodyMAC     []byte `gorm:"column:body_mac"`
	GroupID     string
	Sealed      []byte
}

func (ballotRow) TableName() string { return "ballot" }

// ballotColumns name the columns in the order of values; ballotWidth is how many they are.
const (
	ballotColumns = "community_id, meeting_id, voter_id, revision, owner_id, channel, evidence_id, leaf_index, cast_at, " +
		"receipt_hash, idem_key, body_mac, group_id, sealed"
	ballotWidth = 14
)

func (r *ballotRow) values() []any {
	return []any{r.CommunityID, r.MeetingID, r.VoterID, r.Revision, r.OwnerID, string(r.Channel), r.EvidenceID, r.LeafIndex, r.CastAt,
		r.ReceiptHash, r.IdemKey, r.BodyMAC, r.GroupID, r.Sealed}
}

// knownColumns are what a second request of a voter is compared with; knownFields is where they are read to.
const knownColumns = "revision, owner_id, channel, leaf_index, cast_at, idem_key, body_mac"

func (r *ballotRow) knownFields() []any {
	return []any{&r.Revision, &r.OwnerID, &r.Channel, &r.LeafIndex, &r.CastAt, &r.IdemKey, &r.BodyMAC}
}

type sealGroupRow struct {
	CommunityID string
	MeetingID   string
	ID          string
	WrappedKey  []byte
}

func (sealGroupRow) TableName() string { return "seal_group" }

// answerAgain answers a voter who has a ballot already: the same request gets the same receipt, also after
// the close; the same key with other choices is a conflict; anything else comes too late.
func (s *Store) answerAgain(job *castJob, row ballotRow) castAnswer {
	switch {
	case row.IdemKey != job.idemKey:
		return castAnswer{err: refuse("already_voted")}
	case !s.keys.SameBody(job.session.Meeting, job.session.Voter, job.idemKey, job.choices, row.BodyMAC):
		return castAnswer{err: refuse("idempotency_conflict")}
	}
	return castAnswer{receipt: s.receipt(row, true)}
}

func (s *Store) receipt(row ballotRow, replayed bool) Receipt {
	return Receipt{Code: ledger.Receipt(s.keys.ReceiptCode(row.MeetingID, row.codeName())).String(), Number: row.LeafIndex, CastAt: row.CastAt,
		Channel: row.Channel, CommunityID: row.CommunityID, MeetingID: row.MeetingID, VoterID: row.VoterID, OwnerID: row.OwnerID, Replayed: replayed}
}

// codeName is what a ballot's receipt code is derived from.
func (r ballotRow) codeName() string { return fmt.Sprintf("%s/%d", r.VoterID, r.Revision) }

// madeBallot is a ballot but for its place in the log: what takes time is done before anybody waits for a lock.
type madeBallot struct {
	row  ballotRow // without index, time and sealed choices
	salt ledger.Salt
	leaf ledger.Body
	code string // of the receipt, as printed
}

// make draws the salt of a job's ballot and commits to voter, choices and evidence.
func (s *Store) makeBallot(job *castJob) madeBallot {
	meeting, salt := &job.snap.meeting, ledger.Salt(vault.NewSalt())
	at := ledger.Cast{Meeting: meeting.ID, Slot: job.seat.slot, Revision: 1}
	row := ballotRow{CommunityID: meeting.CommunityID, MeetingID: meeting.ID, VoterID: job.session.Voter, Revision: at.Revision,
		OwnerID: job.session.Owner, Channel: job.channel(), EvidenceID: job.session.Evidence, IdemKey: job.idemKey,
		BodyMAC: s.keys.BodyMAC(meeting.ID, job.session.Voter, job.idemKey, job.choices)}
	code := s.keys.ReceiptCode(meeting.ID, row.codeName())
	row.ReceiptHash = vault.CodeHash(code)
	return madeBallot{row: row, salt: salt, leaf: job.leaf(salt, at), code: ledger.Receipt(code).String()}
}

// dataKey is the key under which ballots of one meeting are sealed for a while, and its row, which nobody can open
// before the close.
type dataKey struct {
	group  *vault.Group
	row    sealGroupRow
	drawn  int64 // Unix ms
	stored bool  // the row is committed
}

func newDataKey(snap *snapshot, now int64) (*dataKey, error) {
	group, wrapped, err := vault.NewGroup(snap.meeting.ID, snap.sealPublic)
	if err != nil {
		return nil, fmt.Errorf("make a data key: %w", err)
	}
	row := sealGroupRow{CommunityID: snap.meeting.CommunityID, MeetingID: snap.meeting.ID, ID: newID(), WrappedKey: wrapped}
	return &dataKey{group: group, row: row, drawn: now}, nil
}

// place gives a ballot its leaf in the log, its time, and seals its choices for that place.
func (b *madeBallot) place(log *logWriter, key *dataKey, now int64, job *castJob) error {
	moment := now
	if job.received != 0 {
		moment = job.received // a ballot is as old as its request, also when its group was committed later
	}
	index, err := log.add(moment, byServer, b.leaf)
	if err != nil {
		return err
	}
	plain := append(append(make([]byte, 0, len(b.salt)+len(job.choices)), b.salt[:]...), job.choices...)
	b.row.LeafIndex, b.row.CastAt, b.row.GroupID = index, log.head.LastAt, key.row.ID
	b.row.Sealed, err = key.group.Seal(vault.Place{Meeting: b.row.MeetingID, Voter: b.row.VoterID, Index: index}, plain)
	if err != nil {
		return fmt.Errorf("seal a ballot: %w", err)
	}
	return nil
}

// lowestSlots gives every voter's head group: the lowest slot of its units.
func lowestSlots(db *gorm.DB, meeting Meeting) (map[string]int64, error) {
	slots := map[string]int64{}
	query := ofMeetingsRoster(db, meeting).Table("unit").Select("voter_id, slot")
	err := eachRow(query, func(rows *sql.Rows) error {
		var voter string
		var slot int64
		err := rows.Scan(&voter, &slot)
		keepLowest(slots, voter, slot)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read slots: %w", err)
	}
	return slots, nil
}

func keepLowest(slots map[string]int64, voter string, slot int64) {
	if lowest, known := slots[voter]; !known || slot < lowest {
		slots[voter] = slot
	}
}

// reachableOwners gives, for every voter, the owners who have a phone on the roster.
func reachableOwners(db *gorm.DB, meeting Meeting) (map[string][]string, error) {
	var rows []struct{ VoterID, OwnerID string }
	err := db.Table("voter_owner").Select("voter_owner.voter_id, voter_owner.owner_id").
		Joins("JOIN owner ON owner.community_id = voter_owner.community_id AND owner.id = voter_owner.owner_id").
		Where("owner.community_id = ? AND owner.roster_id = ? AND owner.phone IS NOT NULL", meeting.CommunityID, meeting.RosterID).
		Order("voter_owner.voter_id, voter_owner.position").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read reachable owners: %w", err)
	}
	owners := map[string][]string{}
	for _, row := range rows {
		owners[row.VoterID] = append(owners[row.VoterID], row.OwnerID)
	}
	return owners, nil
}

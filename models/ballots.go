package models

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

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

type sealGroupRow struct {
	CommunityID string
	MeetingID   string
	ID          string
	WrappedKey  []byte
}

func (sealGroupRow) TableName() string { return "seal_group" }

// commitGroup commits ballots of any meetings in one transaction: sealed choices, leaves with contiguous
// indexes and notices, under each meeting's log head. Answers stand in the order of the jobs.
func (s *Store) commitGroup(ctx context.Context, group []*castJob) ([]castAnswer, error) {
	answers := make([]castAnswer, len(group))
	err := s.tx(ctx, func(tx *gorm.DB, now int64) error {
		for _, meeting := range byMeeting(group) {
			if err := s.commitMeeting(tx, now, group, meeting, answers); err != nil {
				return err
			}
		}
		return nil
	})
	return answers, err
}

// byMeeting gives the places of each meeting's jobs; meetings come in a fixed order, so that two replicas
// take their locks alike and never wait for each other in a circle.
func byMeeting(group []*castJob) [][]int {
	places := map[string][]int{}
	for i, job := range group {
		places[job.session.Meeting] = append(places[job.session.Meeting], i)
	}
	ordered := make([][]int, 0, len(places))
	for _, list := range places {
		ordered = append(ordered, list)
	}
	slices.SortFunc(ordered, func(a, b []int) int {
		return strings.Compare(group[a[0]].session.Meeting, group[b[0]].session.Meeting)
	})
	return ordered
}

// commitMeeting writes one meeting's part of a group. The deadline is judged by the server's clock at the
// moment when a request came in, under the lock that closing takes: closing waits [CloseGrace] for those
// that are queued, and nothing follows its leaf.
func (s *Store) commitMeeting(tx *gorm.DB, now int64, group []*castJob, places []int, answers []castAnswer) error {
	meeting := group[places[0]].snap.meeting
	log, err := openLog(tx, meeting.CommunityID, meeting.ID)
	if err != nil {
		return err
	}
	known, err := existingBallots(tx, meeting, group, places)
	if err != nil {
		return err
	}
	writer, err := s.newGroupWriter(log, group[places[0]].snap)
	if err != nil {
		return err
	}
	for _, i := range places {
		job := group[i]
		if row, voted := known[job.session.Voter]; voted {
			answers[i] = s.answerAgain(job, row)
			continue
		}
		if log.head.Closed || job.received >= meeting.ClosesAt {
			answers[i] = castAnswer{err: refuse("meeting_closed")}
			continue
		}
		row, err := writer.add(s, now, job)
		if err != nil {
			return err
		}
		known[job.session.Voter] = row
		answers[i] = castAnswer{receipt: s.receipt(row, false)}
	}
	return writer.flush(tx)
}

// existingBallots finds what the group's voters have cast before.
func existingBallots(tx *gorm.DB, meeting Meeting, group []*castJob, places []int) (map[string]ballotRow, error) {
	voters := make([]string, len(places))
	for i, place := range places {
		voters[i] = group[place].session.Voter
	}
	var rows []ballotRow
	err := tx.Omit("sealed").Where("community_id = ? AND meeting_id = ? AND voter_id IN ?", meeting.CommunityID, meeting.ID, voters).
		Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("look for earlier ballots: %w", err)
	}
	known := make(map[string]ballotRow, len(rows))
	for _, row := range rows {
		known[row.VoterID] = row
	}
	return known, nil
}

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

// groupWriter lays out one meeting's new ballots of one commit group.
type groupWriter struct {
	log      *logWriter
	snap     *snapshot
	seal     *vault.Group
	group    sealGroupRow
	ballots  []ballotRow
	messages []outboxRow
}

func (s *Store) newGroupWriter(log *logWriter, snap *snapshot) (*groupWriter, error) {
	seal, wrapped, err := vault.NewGroup(snap.meeting.ID, snap.sealPublic)
	if err != nil {
		return nil, fmt.Errorf("make the group key: %w", err)
	}
	group := sealGroupRow{CommunityID: snap.meeting.CommunityID, MeetingID: snap.meeting.ID, ID: newID(), WrappedKey: wrapped}
	return &groupWriter{log: log, snap: snap, seal: seal, group: group}, nil
}

// add commits to the choices in a leaf, seals them with their salt, and notes whom to tell.
func (w *groupWriter) add(s *Store, now int64, job *castJob) (ballotRow, error) {
	salt := ledger.Salt(vault.NewSalt())
	meeting := w.snap.meeting
	at := ledger.Cast{Meeting: meeting.ID, Slot: job.seat.slot, Revision: 1}
	moment := now
	if job.received != 0 {
		moment = job.received // a ballot is as old as its request, also when its group was committed later
	}
	index, err := w.log.add(moment, byServer, job.leaf(salt, at))
	if err != nil {
		return ballotRow{}, err
	}
	sealed, err := w.seal.Seal(vault.Place{Meeting: meeting.ID, Voter: job.session.Voter, Index: index}, append(salt[:], job.choices...))
	if err != nil {
		return ballotRow{}, fmt.Errorf("seal a ballot: %w", err)
	}
	row := ballotRow{CommunityID: meeting.CommunityID, MeetingID: meeting.ID, VoterID: job.session.Voter, Revision: at.Revision,
		OwnerID: job.session.Owner, Channel: job.channel(), EvidenceID: job.session.Evidence, LeafIndex: index, CastAt: w.log.head.LastAt,
		IdemKey: job.idemKey, BodyMAC: s.keys.BodyMAC(meeting.ID, job.session.Voter, job.idemKey, job.choices),
		GroupID: w.group.ID, Sealed: sealed}
	row.ReceiptHash = vault.CodeHash(s.keys.ReceiptCode(meeting.ID, row.codeName()))
	w.ballots = append(w.ballots, row)
	for _, owner := range job.seat.phones {
		message := outboxRow{CommunityID: meeting.CommunityID, Kind: BallotRecorded, MeetingID: meeting.ID, OwnerID: owner,
			Dedupe: fmt.Sprintf("ballot:%s:%s:%d", meeting.ID, owner, index)}
		message.fill(now)
		w.messages = append(w.messages, message)
	}
	return row, nil
}

func (w *groupWriter) flush(tx *gorm.DB) error {
	if len(w.ballots) == 0 {
		return nil
	}
	if err := tx.Create(&w.group).Error; err != nil {
		return fmt.Errorf("store the group key: %w", err)
	}
	if err := tx.CreateInBatches(w.ballots, insertBatch).Error; err != nil {
		return fmt.Errorf("store ballots: %w", err)
	}
	if len(w.messages) > 0 {
		if err := tx.CreateInBatches(w.messages, insertBatch).Error; err != nil {
			return fmt.Errorf("put notices into the outbox: %w", err)
		}
	}
	return w.log.flush(tx)
}

// lowestSlots gives every voter's head group: the lowest slot of its units.
func lowestSlots(db *gorm.DB, meeting Meeting) (map[string]int64, error) {
	slots := map[string]int64{}
	query := db.Table("unit").Select("voter_id, slot").Where("community_id = ? AND roster_id = ?", meeting.CommunityID, meeting.RosterID)
	err := eachRow(query, func(rows *sql.Rows) error {
		var voter string
		var slot int64
		err := rows.Scan(&voter, &slot)
		if lowest, known := slots[voter]; !known || slot < lowest {
			slots[voter] = slot
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read slots: %w", err)
	}
	return slots, nil
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

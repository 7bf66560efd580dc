package models

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

// RecordReader is an owner who proved who they are and asks what is recorded for their home: to vote, or at the roster
// of the meeting.
type RecordReader struct {
	Meeting, Voter, Owner string
}

// VotingRecord is everything that the log holds for one voter, or that it holds nothing (security.md §1).
type VotingRecord struct {
	Meeting Meeting
	Places  []string // of the voter's units
	Ballots []VotingRecordBallot
	At      int64  // Unix ms
	Size    int64  // of the log
	Root    string // hex
	Counted bool   // with the register of who voted
	MayOpen bool   // whoever asks may see the choices
	Opened  bool   // and asked for them
	record  ledger.Record
}

// VotingRecordBallot is one ballot of the voter, of whatever channel.
type VotingRecordBallot struct {
	Receipt
	Revision   int64
	By         string // who cast it, masked, and in which capacity; empty where nobody did so online
	Superseded bool   // a later ballot of the voter replaced it
	Answers    map[string]ledger.PaperMark
	Salt       string // hex; empty where it stays closed
}

// VotingRecord reads it as of now; open: with the choices of the ballots, once figures are public. Refusals: not_found
// (also a voter of another roster), meeting_not_started, ledger_mismatch.
func (s *Store) VotingRecord(ctx context.Context, by RecordReader, open bool) (VotingRecord, error) {
	meeting, err := s.PublicMeeting(ctx, by.Meeting)
	if err != nil {
		return VotingRecord{}, err
	}
	p, err := s.proverOf(ctx, meeting)
	if err != nil {
		return VotingRecord{}, err
	}
	r := VotingRecord{Meeting: meeting, At: s.clock(), Counted: HasPublicResult(meeting.State)}
	list, err := s.rosterTreeOf(p.db, meeting.CommunityID, meeting.RosterID)
	if err != nil {
		return VotingRecord{}, err
	}
	r.record = ledger.Record{Meeting: meeting.ID, At: r.At, Roster: meeting.RosterID, Voter: by.Voter}
	if r.record.Units, err = list.units(p.db, meeting.CommunityID, meeting.RosterID, by.Voter); err != nil {
		return VotingRecord{}, err
	}
	if len(r.record.Units) == 0 {
		return VotingRecord{}, refuse("not_found")
	}
	for _, unit := range r.record.Units {
		r.Places = append(r.Places, unit.Home.Place)
	}
	if err := s.fillBallots(&r, p, by, open); err != nil {
		return VotingRecord{}, err
	}
	return r, s.fillCounted(&r, p)
}

// fillBallots lists the ballots below the head and proves them.
func (s *Store) fillBallots(r *VotingRecord, p *prover, by RecordReader, open bool) error {
	acting, err := actorsOf(p.db, p.head.CommunityID, by.Voter)
	if err != nil {
		return err
	}
	r.MayOpen = r.Counted && slices.ContainsFunc(acting, func(one actor) bool { return one.ID == by.Owner })
	if r.Ballots, err = s.ballotsOfVoter(p, by.Voter, acting); err != nil {
		return err
	}
	r.MayOpen = r.MayOpen && len(r.Ballots) > 0
	indexes := []int64{0} // the opening, then the ballots
	for i := range r.Ballots {
		if r.Ballots[i].Receipt, err = s.standing(p.db, r.Ballots[i].Receipt); err != nil {
			return err
		}
		indexes = append(indexes, r.Ballots[i].Number)
	}
	if r.Size, r.record.Root, err = p.upTo(r.Meeting.State, indexes[len(indexes)-1]); err != nil {
		return err
	}
	r.Root, r.record.Size = r.record.Root.String(), r.Size
	proven, err := p.prove(r.Size, r.record.Root, indexes...)
	if err != nil {
		return err
	}
	r.record.Opening = proven[0]
	for _, leaf := range proven[1:] {
		r.record.Ballots = append(r.record.Ballots, ledger.RecordedBallot{ProvenLeaf: leaf})
	}
	r.Opened = open && r.MayOpen
	if !r.Counted {
		return nil
	}
	return s.openOwn(r, p.db, by.Voter)
}

// ballotsOfVoter are those of every channel and of every import, in the order of the log.
func (s *Store) ballotsOfVoter(p *prover, voterID string, acting []actor) ([]VotingRecordBallot, error) {
	var rows []ballotRow
	const own = "community_id = ? AND meeting_id = ? AND voter_id = ? AND leaf_index < ?"
	key := []any{p.head.CommunityID, p.head.MeetingID, voterID, p.head.Size}
	if err := p.db.Omit("sealed").Where(own, key...).Order("revision").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read the ballots of a voter: %w", err)
	}
	var imported []importedRow
	if err := p.db.Omit("sealed").Where(own, key...).Find(&imported).Error; err != nil {
		return nil, fmt.Errorf("read the imported ballots of a voter: %w", err)
	}
	var list []VotingRecordBallot
	for i, row := range rows {
		by, err := whoCast(p.db, row, acting)
		if err != nil {
			return nil, err
		}
		list = append(list, VotingRecordBallot{Receipt: s.receipt(row, false), Revision: row.Revision, By: by, Superseded: i < len(rows)-1})
	}
	for _, row := range imported {
		list = append(list, VotingRecordBallot{Receipt: s.importedReceipt(row), Revision: 1})
	}
	slices.SortFunc(list, func(a, b VotingRecordBallot) int { return int(a.Number - b.Number) })
	return list, nil
}

// whoCast names who cast a ballot, masked, with why they act for the voter. A paper sheet names nobody.
func whoCast(db *gorm.DB, row ballotRow, acting []actor) (string, error) {
	if row.OwnerID == "" {
		return "", nil
	}
	for _, one := range acting {
		if one.ID == row.OwnerID {
			return one.label(roster.MaskName), nil
		}
	}
	var names []string // somebody who acted then, and does not any more
	err := db.Table("owner").Where("community_id = ? AND id = ?", row.CommunityID, row.OwnerID).Limit(1).Pluck("name", &names).Error
	if err != nil {
		return "", fmt.Errorf("read who cast a ballot: %w", err)
	}
	return roster.MaskName(strings.Join(names, "")), nil
}

// openOwn opens the ballots that the count opened: with their choices where those were asked for, else to their voter alone.
// Those of a replaced import stay closed.
func (s *Store) openOwn(r *VotingRecord, db *gorm.DB, voterID string) error {
	type openedText struct {
		LeafIndex int64
		Choices   string
		Salt      []byte
	}
	var rows, imported []openedText
	err := db.Table("opened_ballot").Select("ballot.leaf_index, opened_ballot.choices, opened_ballot.salt").
		Joins("JOIN ballot ON ballot.community_id = opened_ballot.community_id AND ballot.meeting_id = opened_ballot.meeting_id "+
			"AND ballot.voter_id = opened_ballot.voter_id AND ballot.revision = opened_ballot.revision").
		Where("opened_ballot.community_id = ? AND opened_ballot.meeting_id = ? AND opened_ballot.voter_id = ?", r.Meeting.CommunityID, r.Meeting.ID, voterID).
		Scan(&rows).Error
	if err != nil {
		return fmt.Errorf("read opened ballots of a voter: %w", err)
	}
	err = db.Table("opened_import").Select("imported_ballot.leaf_index, opened_import.choices, opened_import.salt").
		Joins("JOIN imported_ballot ON imported_ballot.community_id = opened_import.community_id AND imported_ballot.import_id = opened_import.import_id "+
			"AND imported_ballot.voter_id = opened_import.voter_id").
		Where("opened_import.community_id = ? AND opened_import.meeting_id = ? AND opened_import.voter_id = ?", r.Meeting.CommunityID, r.Meeting.ID, voterID).
		Scan(&imported).Error
	if err != nil {
		return fmt.Errorf("read opened imports of a voter: %w", err)
	}
	for _, row := range append(rows, imported...) {
		for i := range r.Ballots {
			ballot, recorded := &r.Ballots[i], &r.record.Ballots[i]
			if ballot.Number != row.LeafIndex {
				continue
			}
			if !r.Opened {
				slotSalt := ledger.Salt(row.Salt).SlotSalt()
				recorded.SlotSalt = &slotSalt
				continue
			}
			if err := json.Unmarshal([]byte(row.Choices), &ballot.Answers); err != nil {
				return fmt.Errorf("decode an opened ballot: %w", err)
			}
			recorded.Choices = []byte(row.Choices)
			copy(recorded.Salt[:], row.Salt)
			ballot.Salt = fmt.Sprintf("%x", row.Salt)
		}
	}
	return nil
}

// fillCounted adds, once figures are public, the register of who voted and the leaf that fixed it before anybody knew
// the count.
func (s *Store) fillCounted(r *VotingRecord, p *prover) error {
	if !r.Counted {
		return nil
	}
	var first []int64
	err := p.db.Table("ledger_leaf").Where("community_id = ? AND meeting_id = ? AND kind = ? AND idx < ?", p.head.CommunityID, p.head.MeetingID,
		ledger.LeafResult, p.head.Size).Order("idx").Limit(1).Pluck("idx", &first).Error
	if err != nil {
		return fmt.Errorf("find the result leaf: %w", err)
	}
	if len(first) == 0 {
		return refuse("ledger_mismatch")
	}
	proven, err := p.prove(r.Size, r.record.Root, first[0])
	if err != nil {
		return err
	}
	_, body, err := ledger.Decode(proven[0].Leaf)
	if err != nil {
		return fmt.Errorf("read the result leaf: %w", err)
	}
	result, _ := body.(ledger.Result) // of another type the register does not have its hash
	register, err := s.registerText(p.db, r.Meeting, result.PublicBook)
	if err != nil {
		return err
	}
	r.record.Counted = &ledger.CountedRecord{Result: proven[0], Register: register}
	return nil
}

// SignRecord writes a record, as it was just read, below words for people, and signs both with the log's key.
func (s *Store) SignRecord(r VotingRecord, words string) ([]byte, error) {
	signer, err := s.logSigner(r.Meeting.ID)
	if err != nil {
		return nil, err
	}
	return ledger.SignRecord(words, r.record, signer)
}

// ReceiptLines are the last lines of a receipt file: the leaf of a ballot, its proof, and the head of the log signed as it
// stands now. Refusals: not_found, ledger_mismatch.
func (s *Store) ReceiptLines(ctx context.Context, receipt Receipt) ([]string, error) {
	meeting, err := s.PublicMeeting(ctx, receipt.MeetingID)
	if err != nil {
		return nil, err
	}
	p, err := s.proverOf(ctx, meeting)
	if err != nil {
		return nil, err
	}
	size, root, err := p.upTo(meeting.State, receipt.Number)
	if err != nil {
		return nil, err
	}
	proven, err := p.prove(size, root, receipt.Number)
	if err != nil {
		return nil, err
	}
	key, err := s.verifierKey(meeting.ID)
	if err != nil {
		return nil, err
	}
	signer, err := s.logSigner(meeting.ID)
	if err != nil {
		return nil, err
	}
	signed, err := ledger.Checkpoint{Origin: ledger.Origin(s.origin, meeting.ID), Size: size, Root: root}.Sign(signer)
	if err != nil {
		return nil, fmt.Errorf("sign the head for a receipt: %w", err)
	}
	return ledger.ReceiptProof{Meeting: meeting.ID, Index: receipt.Number, Leaf: proven[0], Key: key, Checkpoint: string(signed)}.Lines()
}

// OpenedLog tells whether a meeting has a log that can be asked: from the opening on, whatever became of it.
func OpenedLog(state lifecycle.MeetingState) bool {
	return state != lifecycle.MeetingDraft && state != lifecycle.MeetingNoticed && state != lifecycle.MeetingCancelled
}

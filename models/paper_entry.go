package models

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gongjue/models/vault"
	"gongjue/voting"
	"gongjue/voting/ledger"
)

// PaperEntry is what one person read on a sheet.
type PaperEntry struct {
	VoterID string
	Marks   map[string]ledger.PaperMark // by matter id: every matter of the voter, and no other
	Void    ledger.VoidReason           // of the whole sheet, which then has no marks
	InBox   bool                        // the one who enters vouches that the sheet was in the box before the close
}

// paperTurn is one person's entry, checked and in its one spelling.
type paperTurn struct {
	paperDesk
	by    Actor
	text  []byte
	void  bool // nothing on the sheet is valid
	inBox bool
}

// EnterPaper takes one person's reading of a sheet. The first one waits, sealed; a second one by another
// account that is the same records the ballot, with its leaf and its notices; one that differs throws both
// away, and the sheet is to be entered afresh. A sheet void as a whole is recorded only after the close:
// until then its owner may still sign it or vote otherwise, and the first valid ballot counts (domain §19).
// Refusals: not_found, forbidden, meeting_not_started, paper_closed, already_voted, paper_same_person,
// in_box_missing, paper_void_early, bad_value (void), choice_missing and choice_invalid (field: matter id).
func (s *Store) EnterPaper(ctx context.Context, by Actor, communityID, meetingID string, entry PaperEntry) (PaperState, error) {
	if role := Role(by.Role); role != RoleTeller && role != RoleConvener {
		return "", refuse("forbidden")
	}
	desk, err := s.paperSeat(ctx, communityID, meetingID, entry.VoterID)
	if err != nil {
		return "", err
	}
	turn := paperTurn{paperDesk: desk, by: by, inBox: entry.InBox}
	if turn.text, turn.void, err = desk.seat.read(entry, desk.snap.meeting.Policies); err != nil {
		return "", err
	}
	if _, err := paperMoment(desk.snap.meeting.State, s.clock(), desk.snap.meeting.ClosesAt); err != nil {
		return "", err
	}
	var state PaperState
	err = s.judged(ctx, func(tx *gorm.DB, now int64) (answer, failure error) {
		state, answer, failure = s.enter(tx, now, turn, paperRow{CommunityID: communityID, MeetingID: meetingID, VoterID: entry.VoterID})
		return answer, failure
	})
	return state, err
}

// read checks an entry against the sheet and gives its one spelling. A blank stands as a blank and too many
// names as they stand: what they mean was announced, and is the count's to say.
func (s *seat) read(entry PaperEntry, policies voting.Policies) (text []byte, void bool, err error) {
	marks := entry.Marks
	if entry.Void != "" {
		if !slices.Contains(ledger.VoidReasons, entry.Void) || len(marks) > 0 {
			return nil, false, refuseField("bad_value", "void")
		}
		marks = make(map[string]ledger.PaperMark, len(s.matters))
		for id := range s.matters {
			marks[id] = ledger.PaperMark{Void: entry.Void}
		}
	}
	for id := range marks {
		if _, own := s.matters[id]; !own {
			return nil, false, refuseField("choice_invalid", id)
		}
	}
	void = true
	for id, matter := range s.matters {
		mark, answered := marks[id]
		if !answered {
			return nil, false, refuseField("choice_missing", id)
		}
		if !readable(mark, matter, policies, entry.Void) {
			return nil, false, refuseField("choice_invalid", id)
		}
		void = void && mark.Void != ""
	}
	return ledger.CanonicalPaper(marks), void, nil
}

// readable tells whether an answer can stand on a sheet of the matter. A single answer is void because it
// cannot be read as one; every other reason is of the whole sheet.
func readable(mark ledger.PaperMark, matter voting.Matter, policies voting.Policies, whole ledger.VoidReason) bool {
	if mark.Void != "" {
		return mark.Void == ledger.VoidUnreadable || mark.Void == whole
	}
	var refused *voting.Refusal
	err := mark.Check(matter, policies)
	return err == nil || errors.As(err, &refused) && refused.Code == voting.CodeTooManyNames
}

// enter is EnterPaper under the log head's lock, which closing and counting take too.
func (s *Store) enter(tx *gorm.DB, now int64, turn paperTurn, sheet paperRow) (state PaperState, answer, failure error) {
	log, err := openLog(tx, sheet.CommunityID, sheet.MeetingID)
	if err != nil {
		return "", nil, err
	}
	meeting, err := lockMeeting(tx, sheet.CommunityID, sheet.MeetingID)
	if err != nil {
		return "", nil, err
	}
	late, refusal := paperMoment(meeting.State, now, meeting.ClosesAt)
	switch {
	case refusal != nil:
		return "", refusal, nil
	case late && !turn.inBox:
		return "", refuseField("in_box_missing", "in_box"), nil
	case turn.void && !late:
		return "", refuseField("paper_void_early", "void"), nil
	}
	if answer, err := turnAway(tx, now, turn.by, sheet); answer != nil || err != nil {
		return "", answer, err
	}
	last, err := lastRound(tx, sheet.CommunityID, sheet.MeetingID, sheet.VoterID)
	switch {
	case err != nil:
		return "", nil, err
	case last.State != PaperWaiting:
		sheet.Round = last.Round + 1
		return PaperWaiting, nil, s.enterFirst(tx, now, turn, sheet)
	case last.FirstBy == turn.by.ID:
		return "", refuse("paper_same_person"), recordPaper(tx, now, turn.by, "paper_refused", last)
	case !s.keys.SameEntry(last.MeetingID, last.VoterID, last.ID, turn.text, last.MAC):
		return PaperDisputed, nil, endRound(tx, now, turn.by, last, PaperDisputed)
	}
	return PaperRecorded, nil, s.recordSheet(tx, now, log, turn, last)
}

// enterFirst keeps a first entry sealed, as a ballot is, and beside it what the second is compared with.
func (s *Store) enterFirst(tx *gorm.DB, now int64, turn paperTurn, row paperRow) error {
	group, wrapped, err := vault.NewGroup(row.MeetingID, turn.snap.sealPublic)
	if err != nil {
		return fmt.Errorf("make the key of an entry: %w", err)
	}
	row.ID, row.State, row.FirstBy, row.FirstAt, row.WrappedKey = newID(), PaperWaiting, turn.by.ID, now, wrapped
	row.MAC = s.keys.EntryMAC(row.MeetingID, row.VoterID, row.ID, turn.text)
	// An entry has no leaf yet: a place below 0 is no ballot's.
	if row.Sealed, err = group.Seal(vault.Place{Meeting: row.MeetingID, Voter: row.VoterID, Index: -row.Round}, turn.text); err != nil {
		return fmt.Errorf("seal an entry: %w", err)
	}
	if err := tx.Create(&row).Error; err != nil {
		return fmt.Errorf("keep a first entry: %w", err)
	}
	return recordPaper(tx, now, turn.by, "paper_entered", row)
}

// recordSheet makes the ballot of a sheet that was read twice alike, the way every ballot is made.
func (s *Store) recordSheet(tx *gorm.DB, now int64, log *logWriter, turn paperTurn, row paperRow) error {
	job := &castJob{snap: turn.snap, seat: turn.seat, choices: turn.text, idemKey: row.ID,
		session: vault.ResidentSession{Meeting: row.MeetingID, Voter: row.VoterID, Evidence: row.ID},
		sheet: &paperSheet{serial: s.keys.Serial(row.MeetingID, row.VoterID, firstIssue),
			first: s.keys.Pseudonym(row.MeetingID, row.FirstBy), second: s.keys.Pseudonym(row.MeetingID, turn.by.ID)}}
	key, err := newDataKey(turn.snap, now)
	if err != nil {
		return err
	}
	ballot := s.makeBallot(job)
	if err := ballot.place(log, key, now, job); err != nil {
		return err
	}
	if err := tx.Create(&key.row).Error; err != nil {
		return fmt.Errorf("store the data key: %w", err)
	}
	if err := tx.Create(&ballot.row).Error; err != nil {
		return fmt.Errorf("store the ballot of a sheet: %w", err)
	}
	if err := log.flush(tx); err != nil {
		return err
	}
	return endRound(tx, now, turn.by, row, PaperRecorded)
}

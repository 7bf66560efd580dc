package models

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
)

// PaperDesk is how the sheets of a meeting add up: issued = recorded + outstanding. It holds numbers of
// sheets only, no weight and no choice.
type PaperDesk struct {
	Meeting     Meeting
	Late        bool  // the deadline has passed: only what was in the box counts
	Issued      int64 // sheets made
	Online      int64 // ballots of every other channel; while voting a multiple of 20
	Imported    int64 // voters in the file of the city's platform, also those with a ballot of another channel
	Paper       int64 // recorded
	Waiting     int64 // entered once
	Disputed    int64 // to be entered afresh
	Duplicate   int64 // sheets of voters who had voted otherwise
	Outstanding int64 // after the close: no ballot, in whatever way
	Open        []OpenSheet
}

// OpenSheet is a sheet that is not settled, in the order of the roster.
type OpenSheet struct {
	VoterID string
	Label   string // place of the first unit, or the developer
	State   PaperState
	At      int64 // Unix ms of its last step
	Mine    bool  // the one who asks made the entry that waits, or has withdrawn the sheet already
}

// PaperDeskOf gives the reconciliation of a meeting's sheets. Refusals: not_found, meeting_not_started
// (nothing was issued yet).
func (s *Store) PaperDeskOf(ctx context.Context, by Actor, communityID, meetingID string) (PaperDesk, error) {
	meeting, err := s.Meeting(ctx, communityID, meetingID)
	if err != nil {
		return PaperDesk{}, err
	}
	if meeting.NoticedAt == 0 {
		return PaperDesk{}, refuse("meeting_not_started")
	}
	desk := PaperDesk{Meeting: meeting, Late: s.clock() >= meeting.ClosesAt}
	db := s.read(ctx)
	if err := db.Table("locator").Where("community_id = ? AND meeting_id = ?", communityID, meetingID).Count(&desk.Issued).Error; err != nil {
		return PaperDesk{}, fmt.Errorf("count sheets: %w", err)
	}
	channels, total, err := ballotsByChannel(db, communityID, meetingID)
	if err != nil {
		return PaperDesk{}, err
	}
	desk.Paper, desk.Online = channels[lifecycle.Paper], total-channels[lifecycle.Paper]
	if meeting.State == lifecycle.MeetingVoting {
		desk.Online -= desk.Online % turnoutStep
	} else {
		imported, alone, err := votersByPlatform(db, communityID, meetingID)
		if err != nil {
			return PaperDesk{}, err
		}
		desk.Imported, desk.Outstanding = imported, desk.Issued-total-alone
	}
	histories, err := historiesOf(db, communityID, meetingID)
	for _, history := range histories {
		desk.add(history, by)
	}
	return desk, err
}

func (d *PaperDesk) add(h sheetHistory, by Actor) {
	switch h.state {
	case PaperWaiting:
		d.Waiting++
	case PaperDisputed:
		d.Disputed++
	case PaperDuplicate:
		d.Duplicate++
		return
	default:
		return
	}
	d.Open = append(d.Open, OpenSheet{VoterID: h.voterID, Label: h.label, State: h.state, At: h.at, Mine: h.doneBy(by)})
}

// sheetHistory is how a sheet stands after all its rounds.
type sheetHistory struct {
	voterID, label string
	state          PaperState
	at             int64
	waitsFor       string   // who made the entry that waits
	withdrawn      []string // who withdrew it since its dispute
	dispute        bool     // not settled since
}

// follow takes in the next round. After a dispute a sheet does not vanish by one person's word: it stays
// disputed until it is entered twice alike, or withdrawn by two.
func (h *sheetHistory) follow(row paperRow) {
	h.at, h.waitsFor = row.FirstAt, ""
	if row.EndedAt != nil {
		h.at = *row.EndedAt
	}
	h.state = row.State
	switch row.State {
	case PaperWaiting:
		h.waitsFor = row.FirstBy
	case PaperDisputed:
		h.dispute, h.withdrawn = true, nil
	case PaperWithdrawn:
		for _, before := range h.withdrawn {
			if before != row.FirstBy {
				h.dispute = false
			}
		}
		h.withdrawn = append(h.withdrawn, row.FirstBy)
		if h.dispute {
			h.state = PaperDisputed
		}
	}
}

// doneBy tells whether the one who asks has done what one person can do for the sheet now.
func (h *sheetHistory) doneBy(by Actor) bool {
	if h.state == PaperWaiting {
		return h.waitsFor == by.ID
	}
	for _, before := range h.withdrawn {
		if before == by.ID {
			return true
		}
	}
	return false
}

// historiesOf follows every sheet of a meeting that somebody entered, in the order of the roster. A voter who
// has meanwhile voted otherwise makes an open sheet a duplicate.
func historiesOf(db *gorm.DB, communityID, meetingID string) ([]sheetHistory, error) {
	var rows []struct {
		Row     paperRow `gorm:"embedded"`
		Label   string
		Channel lifecycle.Channel
	}
	err := db.Table("paper_entry").Select("paper_entry.voter_id, paper_entry.round, paper_entry.state, paper_entry.first_by, "+
		"paper_entry.first_at, paper_entry.ended_at, voter.label, COALESCE(ballot.channel, '') AS channel").
		Joins("JOIN voter ON voter.community_id = paper_entry.community_id AND voter.id = paper_entry.voter_id").
		Joins("LEFT JOIN ballot ON ballot.community_id = paper_entry.community_id AND ballot.meeting_id = paper_entry.meeting_id "+
			"AND ballot.voter_id = paper_entry.voter_id").
		Where("paper_entry.community_id = ? AND paper_entry.meeting_id = ?", communityID, meetingID).
		Order("voter.position, paper_entry.round").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read entries of sheets: %w", err)
	}
	var list []sheetHistory
	for i, row := range rows {
		if i == 0 || rows[i-1].Row.VoterID != row.Row.VoterID {
			list = append(list, sheetHistory{voterID: row.Row.VoterID, label: row.Label})
		}
		history := &list[len(list)-1]
		history.follow(row.Row)
		if row.Channel != "" && row.Channel != lifecycle.Paper && history.state != PaperWithdrawn {
			history.state = PaperDuplicate
		}
	}
	return list, nil
}

// noSheetIsOpen refuses with paper_open while a sheet of the meeting waits for its second entry or is
// disputed: counting would leave a household out.
func noSheetIsOpen(tx *gorm.DB, communityID, meetingID string) error {
	if open, err := openSheets(tx, communityID, meetingID); err != nil || open == 0 {
		return err
	}
	return refuse("paper_open")
}

func openSheets(db *gorm.DB, communityID, meetingID string) (int, error) {
	histories, err := historiesOf(db, communityID, meetingID)
	open := 0
	for _, history := range histories {
		if history.state == PaperWaiting || history.state == PaperDisputed {
			open++
		}
	}
	return open, err
}

// WithdrawPaper takes back an entry that waits, by whoever made it. A disputed sheet that turns out not to
// exist takes two people, one after the other. Refusals: not_found, meeting_not_started, paper_closed,
// paper_nothing (no such entry of this account), paper_same_person (the second must be somebody else).
func (s *Store) WithdrawPaper(ctx context.Context, by Actor, communityID, meetingID, voterID string) error {
	desk, err := s.paperSeat(ctx, communityID, meetingID, voterID)
	if err != nil {
		return err
	}
	if _, err := paperMoment(desk.snap.meeting.State, s.clock(), desk.snap.meeting.ClosesAt); err != nil {
		return err
	}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		if _, err := openLog(tx, communityID, meetingID); err != nil {
			return err
		}
		meeting, err := lockMeeting(tx, communityID, meetingID)
		if err != nil {
			return err
		}
		if _, err := paperMoment(meeting.State, now, meeting.ClosesAt); err != nil {
			return err
		}
		last, err := lastRound(tx, communityID, meetingID, voterID)
		if err != nil {
			return err
		}
		if last.State == PaperWaiting && last.FirstBy == by.ID {
			return endRound(tx, now, by, last, PaperWithdrawn)
		}
		return withdrawDisputed(tx, now, by, last)
	})
}

func withdrawDisputed(tx *gorm.DB, now int64, by Actor, last paperRow) error {
	histories, err := historiesOf(tx, last.CommunityID, last.MeetingID)
	if err != nil {
		return err
	}
	for _, history := range histories {
		if history.voterID != last.VoterID || history.state != PaperDisputed {
			continue
		}
		if history.doneBy(by) {
			return refuse("paper_same_person")
		}
		row := paperRow{CommunityID: last.CommunityID, MeetingID: last.MeetingID, VoterID: last.VoterID, Round: last.Round + 1}
		return addEnded(tx, now, by, row, PaperWithdrawn)
	}
	return refuse("paper_nothing")
}

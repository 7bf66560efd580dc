package models

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/bundle"
	"gongjue/voting/calendar"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// RecordLot puts the number on record that was drawn as announced; it waits for a second person and tells nobody
// what it is. Whoever sends the same again changes nothing. Refusals: not_found, illegal_step, nothing_tied,
// lot_unannounced, lot_not_yet, objection_open, objection_upheld, lot_number_invalid, lot_day_wrong, required
// (witnesses), lot_waiting, lot_final.
func (s *Store) RecordLot(ctx context.Context, by Actor, communityID, meetingID string, entry LotEntry) error {
	entry.Witnesses = strings.TrimSpace(entry.Witnesses)
	return s.onLot(ctx, by, communityID, meetingID, lotRoles, func(tx *gorm.DB, now int64, desk lotDesk) (answer, failure error) {
		announced, err := desk.mayDraw(now)
		if err != nil {
			return nil, err
		}
		number, err := entry.asAnnounced(now, announced.DueAt, announced.Digits)
		if err != nil {
			return nil, err
		}
		if live := desk.book.live(); live != nil {
			if live.State == LotWaiting && live.FirstBy == by.ID && live.Number == number && live.DrawnAt == entry.DrawnAt && live.Witnesses == entry.Witnesses {
				return nil, nil
			}
			return nil, liveRefusal(live)
		}
		if err := objectionsSettled(tx, communityID, meetingID); err != nil {
			return nil, err
		}
		row := lotDrawRow{CommunityID: communityID, MeetingID: meetingID, Round: int64(len(desk.book.draws)) + 1, Announcement: announced.Number,
			State: LotWaiting, Number: number, DrawnAt: entry.DrawnAt, Witnesses: entry.Witnesses, FirstBy: by.ID, FirstRole: Role(by.Role), FirstAt: now}
		if err := tx.Create(&row).Error; err != nil {
			return nil, fmt.Errorf("record a lot: %w", err)
		}
		return nil, record(tx, now, by, communityID, "lot_recorded", "meeting", meetingID, map[string]int64{"round": row.Round})
	})
}

// asAnnounced is the number, if it is one that was drawn as announced: on the day, before witnesses. Refusals:
// lot_number_invalid, lot_day_wrong, required (witnesses).
func (e LotEntry) asAnnounced(now, dueAt, digits int64) (string, error) {
	number, written := voting.LotNumber(e.Number, digits)
	switch {
	case !written:
		return "", refuseField("lot_number_invalid", "number")
	case e.DrawnAt < dueAt || e.DrawnAt > min(now, calendar.EndOfDay(dueAt, 0)):
		return "", refuseField("lot_day_wrong", "drawn_at")
	case e.Witnesses == "":
		return "", refuseField("required", "witnesses")
	}
	return number, nil
}

// liveRefusal says why there is no room for another number.
func liveRefusal(live *lotDrawRow) error {
	if live.State == LotDrawn {
		return refuse("lot_final")
	}
	return refuse("lot_waiting")
}

// WithdrawLot takes back a number that waits, by whoever recorded it or by the street; it stays on record and is
// published after the draw. Refusals: not_found, illegal_step, nothing_tied, lot_nothing, lot_final.
func (s *Store) WithdrawLot(ctx context.Context, by Actor, communityID, meetingID string) error {
	return s.onLot(ctx, by, communityID, meetingID, lotRoles, func(tx *gorm.DB, now int64, desk lotDesk) (answer, failure error) {
		live := desk.book.live()
		switch {
		case live == nil || (live.State == LotWaiting && live.FirstBy != by.ID && Role(by.Role) != RoleStreet):
			return nil, refuse("lot_nothing")
		case live.State == LotDrawn:
			return nil, refuse("lot_final")
		}
		if err := live.change(tx, map[string]any{"state": LotWithdrawn, "ended_at": now}); err != nil {
			return nil, err
		}
		return nil, record(tx, now, by, communityID, "lot_withdrawn", "meeting", meetingID, map[string]int64{"round": live.Round})
	})
}

// ConfirmLot draws the lot: somebody in another role than whoever recorded the number types it again. From then on it
// is final and in the log. Another number changes nothing but the count of such tries. Whoever sends the same again
// changes nothing. Refusals: not_found, illegal_step, nothing_tied, lot_nothing, lot_same_role, lot_differs,
// objection_open, objection_upheld, ledger_mismatch, lot_final.
func (s *Store) ConfirmLot(ctx context.Context, by Actor, communityID, meetingID, number string) error {
	return s.onLot(ctx, by, communityID, meetingID, lotRoles, func(tx *gorm.DB, now int64, desk lotDesk) (answer, failure error) {
		live := desk.book.live()
		if live == nil {
			return nil, refuse("lot_nothing")
		}
		typed, _ := voting.LotNumber(number, int64(len(live.Number)))
		switch {
		case live.State == LotDrawn && live.SecondBy == by.ID && typed == live.Number:
			return nil, nil
		case live.State == LotDrawn:
			return nil, refuse("lot_final")
		case live.FirstBy == by.ID || live.FirstRole == Role(by.Role):
			return nil, refuse("lot_same_role")
		case typed != live.Number:
			if err := live.change(tx, map[string]any{"differed": live.Differed + 1}); err != nil {
				return nil, err
			}
			return refuseField("lot_differs", "number"), record(tx, now, by, communityID, "lot_differed", "meeting", meetingID, map[string]int64{"round": live.Round})
		}
		if err := objectionsSettled(tx, communityID, meetingID); err != nil {
			return nil, err
		}
		return nil, s.drawLot(tx, now, by, desk, live)
	})
}

// drawLot makes a lot final: its leaf, and beside it the result in its order, before anybody sees either.
func (s *Store) drawLot(tx *gorm.DB, now int64, by Actor, desk lotDesk, live *lotDrawRow) error {
	root, counted, err := countedLog(tx, desk.log)
	if err != nil {
		return err
	}
	if root != desk.book.closeRoot || counted.Outcome != desk.book.result {
		return refuse("ledger_mismatch")
	}
	settled, err := desk.book.settled(desk.meeting, desk.book.displayed, live.Number)
	if err != nil {
		return err
	}
	text, err := settled.Encode()
	if err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	lot, err := s.lotLeaf(desk.book, live, by)
	if err != nil {
		return err
	}
	index, err := desk.log.add(now, byServer, lot)
	if err != nil {
		return err
	}
	counted.Outcome = ledger.Sum(text)
	if _, err := desk.log.add(now, byServer, counted); err != nil {
		return err
	}
	if err := desk.log.flush(tx); err != nil {
		return err
	}
	if err := s.checkpoint(tx, desk.log, now); err != nil {
		return err
	}
	err = live.change(tx, map[string]any{"state": LotDrawn, "second_by": by.ID, "second_role": by.Role, "ended_at": now, "leaf_index": index})
	if err != nil {
		return err
	}
	return record(tx, now, by, live.CommunityID, "lot_drawn", "meeting", live.MeetingID, map[string]any{"number": live.Number, "leaf": index})
}

func (s *Store) lotLeaf(book *lotBook, live *lotDrawRow, by Actor) (ledger.Lot, error) {
	hash, err := bundle.AnnouncementsHash(book.published())
	announced := book.announcements[live.Announcement-1]
	return ledger.Lot{Root: book.closeRoot, Number: live.Number, Result: book.result, Announcements: hash, Announced: announced.AnnouncedAt,
		Due: announced.DueAt, Drawn: live.DrawnAt, First: s.keys.Pseudonym(live.MeetingID, live.FirstBy), Second: s.keys.Pseudonym(live.MeetingID, by.ID)}, err
}

// lotRoles may put the number of a lot on record, and confirm it.
var lotRoles = []Role{RoleConvener, RoleTeller, RoleStreet}

// lotDesk is a meeting whose lot is under way, with its log, both locked.
type lotDesk struct {
	log     *logWriter
	meeting Meeting
	book    *lotBook
}

// onLot runs do while the count of a meeting is on display and a tie in it waits for the lot. What do answers does not
// roll it back. Refusals: not_found, illegal_step (also another role), nothing_tied.
func (s *Store) onLot(ctx context.Context, by Actor, communityID, meetingID string, roles []Role, do func(tx *gorm.DB, now int64, desk lotDesk) (answer, failure error)) error {
	return s.judged(ctx, func(tx *gorm.DB, now int64) (answer, failure error) {
		log, meeting, err := lockForLot(tx, by, communityID, meetingID, roles, lifecycle.MeetingPreliminary)
		if err != nil {
			return nil, err
		}
		book, err := s.readLot(tx, meeting)
		if err != nil {
			return nil, err
		}
		if book == nil {
			return nil, refuse("nothing_tied")
		}
		return do(tx, now, lotDesk{log, meeting, book})
	})
}

// mayDraw gives the announcement in force once its time has come.
func (d lotDesk) mayDraw(now int64) (*lotAnnouncementRow, error) {
	announced := d.book.newest()
	switch {
	case announced == nil:
		return nil, refuse("lot_unannounced")
	case now < announced.DueAt:
		return nil, refuse("lot_not_yet")
	}
	return announced, nil
}

// change moves a draw that waits; a lost race runs again.
func (r *lotDrawRow) change(tx *gorm.DB, columns map[string]any) error {
	err := moved(tx.Table("lot_draw").Where("community_id = ? AND meeting_id = ? AND round = ? AND state = ?", r.CommunityID, r.MeetingID, r.Round, LotWaiting).
		Updates(columns))
	if err != nil {
		return fmt.Errorf("move a lot: %w", err)
	}
	return nil
}

// countedLog works the root at the close out again, from the leaves themselves, and gives the leaf of the count.
func countedLog(tx *gorm.DB, log *logWriter) (root ledger.Hash, counted ledger.Result, err error) {
	read, err := readLeaves(tx, log)
	if err != nil {
		return root, counted, err
	}
	for i, leaf := range read.bodies {
		switch leaf := leaf.(type) {
		case ledger.Close:
			root = ledger.Root(read.hashes[:i+1])
		case ledger.Result:
			counted = leaf
		}
	}
	return root, counted, nil
}

// lockForLot locks log and meeting for somebody of one of the roles, while the meeting is in one of the states. Refusals:
// not_found, illegal_step.
func lockForLot(tx *gorm.DB, by Actor, communityID, meetingID string, roles []Role, states ...lifecycle.MeetingState) (*logWriter, Meeting, error) {
	log, err := openLog(tx, communityID, meetingID)
	if err != nil {
		return nil, Meeting{}, orNotFound(err)
	}
	row, err := lockMeeting(tx, communityID, meetingID)
	if err != nil {
		return nil, Meeting{}, err
	}
	if !slices.Contains(states, row.State) || !slices.Contains(roles, Role(by.Role)) {
		return nil, Meeting{}, refuse("illegal_step")
	}
	meeting, err := meetingView(tx.Where("community_id = ? AND id = ?", communityID, meetingID))
	return log, meeting, err
}

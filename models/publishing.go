package models

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
)

// moveMeeting takes one step of the meeting's table; guard checks what the table cannot, and gives the
// columns to set. Refusals: not_found, illegal_step and the guard's.
func (s *Store) moveMeeting(ctx context.Context, by Actor, communityID, id string, event lifecycle.Event,
	guard func(tx *gorm.DB, now int64, row meetingRow) (map[string]any, error)) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		row, err := lockMeeting(tx, communityID, id)
		if err != nil {
			return err
		}
		next, illegal := lifecycle.Meetings.Next(row.State, event, lifecycle.Actor(by.Role))
		if illegal != nil {
			return asRefusal(illegal)
		}
		columns, err := guard(tx, now, row)
		if err != nil {
			return err
		}
		if err := setMeeting(tx, row, next, columns); err != nil {
			return err
		}
		return record(tx, now, by, communityID, intoState(next), "meeting", id, nil)
	})
}

// DisplayPreliminary puts the count on display; objections are taken until the end of the last announced
// day, which is not counted from the day of the display (民法典第201条). Refusals: not_found, illegal_step,
// unwitnessed (the notice names the street's key, and the street has not signed the result).
func (s *Store) DisplayPreliminary(ctx context.Context, by Actor, communityID, id string) error {
	return s.moveMeeting(ctx, by, communityID, id, lifecycle.EventDisplay, func(tx *gorm.DB, now int64, row meetingRow) (map[string]any, error) {
		if err := witnessedResult(tx, communityID, id); err != nil {
			return nil, err
		}
		until := now
		if row.ObjectionDays > 0 {
			until = calendar.EndOfDay(now, int(row.ObjectionDays))
		}
		columns := map[string]any{"preliminary_at": now, "objection_until": until}
		if row.ObjectionDays == 0 { // the final result follows at once
			return columns, nil
		}
		return columns, tellAll(tx, now, ResultForComment, communityID, id, "")
	})
}

// PublishFinal makes the result final, and puts whom it elected into the register of committees. Refusals: not_found, illegal_step, objection_window_open,
// objection_open (one is not answered yet), objection_upheld, lot_due (a tie waits for its lot), unwitnessed,
// ledger_mismatch.
func (s *Store) PublishFinal(ctx context.Context, by Actor, communityID, id string) error {
	return s.moveMeeting(ctx, by, communityID, id, lifecycle.EventPublish, func(tx *gorm.DB, now int64, row meetingRow) (map[string]any, error) {
		if now <= deref(row.ObjectionUntil) && row.ObjectionDays > 0 {
			return nil, refuse("objection_window_open")
		}
		if err := objectionsSettled(tx, communityID, id); err != nil {
			return nil, err
		}
		if err := witnessedResult(tx, communityID, id); err != nil {
			return nil, err
		}
		body, err := s.storeFinal(tx, now, by, communityID, id)
		if err != nil {
			return nil, err
		}
		if err := storePolls(tx, now, communityID, id, body); err != nil {
			return nil, err
		}
		elected, err := electedBy(body)
		if err != nil {
			return nil, err
		}
		meeting, err := meetingView(tx.Where("community_id = ? AND id = ?", communityID, id))
		if err != nil {
			return nil, err
		}
		short := int64(0)
		if fellShort(body) {
			short = 1
		}
		if err := tellAll(tx, now, ResultPublished, communityID, id, ""); err != nil {
			return nil, err
		}
		return map[string]any{"published_at": now, "elected": elected, "fell_short": short}, registerElection(tx, now, meeting, body.Matters, now)
	})
}

// objectionsSettled refuses while an objection is open, and where one was upheld.
func objectionsSettled(tx *gorm.DB, communityID, id string) error {
	for _, bar := range []struct{ column, value, code string }{
		{"state", string(lifecycle.ObjectionOpen), "objection_open"}, {"verdict", string(Upheld), "objection_upheld"}} {
		var n int64
		err := tx.Table("objection").Where("community_id = ? AND meeting_id = ?", communityID, id).Where(bar.column+" = ?", bar.value).Count(&n).Error
		if err != nil {
			return fmt.Errorf("look for objections: %w", err)
		}
		if n > 0 {
			return refuse(bar.code)
		}
	}
	return nil
}

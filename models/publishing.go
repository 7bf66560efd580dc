package models

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
)

// Objection is an 异议 to a preliminary count.
type Objection struct {
	ID         string
	Number     int64 // 1-based within the meeting
	State      lifecycle.ObjectionState
	Subject    ObjectionSubject
	RaisedBy   string // who objects, as they want to be named: a room or a role
	Body       string
	CreatedAt  int64 // Unix ms, as below
	Verdict    Verdict
	Answer     string
	AnsweredAt int64
}

// ObjectionSubject is what an objection is about.
type ObjectionSubject string

// AboutBallots is the subject of an objection that contests a ballot.
const AboutBallots ObjectionSubject = "ballot"

// ObjectionSubjects lists every subject, as the schema does.
var ObjectionSubjects = []ObjectionSubject{"roster", "matter", AboutBallots, "procedure"}

// Verdict is how an objection was answered; empty while it is open.
type Verdict string

// The verdicts. An upheld objection bars the final result: the vote must be annulled and run again.
const (
	Upheld    Verdict = "upheld"
	Dismissed Verdict = "dismissed"
)

// Verdicts lists both verdicts.
var Verdicts = []Verdict{Upheld, Dismissed}

type objectionRow struct {
	CommunityID string
	MeetingID   string
	ID          string
	Number      int64
	State       lifecycle.ObjectionState
	Subject     ObjectionSubject
	RaisedBy    string
	Body        string
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
	RecordedBy  string
	Verdict     Verdict
	Answer      string
	AnsweredAt  *int64
	AnsweredBy  string
}

func (objectionRow) TableName() string { return "objection" }

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
		return map[string]any{"preliminary_at": now, "objection_until": until}, nil
	})
}

// PublishFinal makes the result final. Refusals: not_found, illegal_step, objection_window_open,
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
		if err := s.storeFinal(tx, now, by, communityID, id); err != nil {
			return nil, err
		}
		return map[string]any{"published_at": now}, nil
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

// RecordObjection takes an objection down while the preliminary count is on display.
// Refusals: not_found, illegal_step, required, objection_late.
func (s *Store) RecordObjection(ctx context.Context, by Actor, communityID, meetingID string, subject ObjectionSubject, raisedBy, body string) (Objection, error) {
	raisedBy, body = strings.TrimSpace(raisedBy), strings.TrimSpace(body)
	if !slices.Contains(ObjectionSubjects, subject) {
		return Objection{}, refuseField("bad_value", "subject")
	}
	if raisedBy == "" {
		return Objection{}, refuseField("required", "raised_by")
	}
	if body == "" {
		return Objection{}, refuseField("required", "body")
	}
	var row objectionRow
	err := s.tx(ctx, func(tx *gorm.DB, now int64) error {
		meeting, err := lockMeeting(tx, communityID, meetingID)
		if err != nil {
			return err
		}
		if meeting.State != lifecycle.MeetingPreliminary {
			return refuse("illegal_step")
		}
		if now > deref(meeting.ObjectionUntil) {
			return refuse("objection_late")
		}
		row = objectionRow{CommunityID: communityID, MeetingID: meetingID, ID: newID(), State: lifecycle.ObjectionOpen,
			Subject: subject, RaisedBy: raisedBy, Body: body, CreatedAt: now, RecordedBy: by.ID}
		err = tx.Table("objection").Where("community_id = ? AND meeting_id = ?", communityID, meetingID).
			Select("COALESCE(MAX(number), 0) + 1").Scan(&row.Number).Error
		if err != nil {
			return fmt.Errorf("number the objection: %w", err)
		}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("record objection: %w", err)
		}
		return record(tx, now, by, communityID, "objection_recorded", "meeting", meetingID, map[string]int64{"number": row.Number})
	})
	return row.view(), err
}

// AnswerObjection gives the reasoned reply. Refusals: not_found, illegal_step, required.
func (s *Store) AnswerObjection(ctx context.Context, by Actor, communityID, meetingID, id string, verdict Verdict, answer string) error {
	answer = strings.TrimSpace(answer)
	if !slices.Contains(Verdicts, verdict) {
		return refuseField("bad_value", "verdict")
	}
	if answer == "" {
		return refuseField("required", "answer")
	}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		var row objectionRow
		err := tx.Clauses(forUpdate).Where("community_id = ? AND meeting_id = ? AND id = ?", communityID, meetingID, id).Take(&row).Error
		if err != nil {
			return orNotFound(err)
		}
		next, illegal := lifecycle.Objections.Next(row.State, lifecycle.EventAnswer, lifecycle.Actor(by.Role))
		if illegal != nil {
			return asRefusal(illegal)
		}
		err = moved(tx.Table("objection").Where("community_id = ? AND id = ? AND state = ?", communityID, id, row.State).
			Updates(map[string]any{"state": next, "verdict": verdict, "answer": answer, "answered_at": now, "answered_by": by.ID}))
		if err != nil {
			return fmt.Errorf("answer objection: %w", err)
		}
		return record(tx, now, by, communityID, "objection_answered", "meeting", meetingID, map[string]any{"number": row.Number, "verdict": verdict})
	})
}

// ObjectionsTo lists a meeting's objections by number.
func (s *Store) ObjectionsTo(ctx context.Context, communityID, meetingID string) ([]Objection, error) {
	var rows []objectionRow
	err := s.read(ctx).Where("community_id = ? AND meeting_id = ?", communityID, meetingID).Order("number").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list objections: %w", err)
	}
	list := make([]Objection, len(rows))
	for i, row := range rows {
		list[i] = row.view()
	}
	return list, nil
}

func (r objectionRow) view() Objection {
	return Objection{ID: r.ID, Number: r.Number, State: r.State, Subject: r.Subject, RaisedBy: r.RaisedBy, Body: r.Body, CreatedAt: r.CreatedAt,
		Verdict: r.Verdict, Answer: r.Answer, AnsweredAt: deref(r.AnsweredAt)}
}

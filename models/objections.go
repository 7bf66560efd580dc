package models

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/models/vault"
	"gongjue/voting/calendar"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

// Objection is an 异议 to a preliminary count. Body is for the objector and those who work on the count; phone and files
// are for the objector, the convener and the street alone.
type Objection struct {
	ID         string
	Number     int64 // 1-based within the meeting
	State      lifecycle.ObjectionState
	Subject    ObjectionSubject
	MatterID   string // the matter whose line of the count is contested, or which the candidate stands in; empty for others
	Candidate  string // name of the option; AboutCandidate of an owner only
	Source     ObjectionSource
	RaisedBy   string // who objects: the places of an owner's units; from the desk as they want to be named, a room or a role
	Body       string
	Phone      string // masked; whom to tell. Empty from the desk
	Files      []EvidenceFile
	CreatedAt  int64 // Unix ms, as below
	DueAt      int64 // until when an answer was promised; 0 where nothing was
	Verdict    Verdict
	Answer     string
	AnsweredAt int64
	Own        bool   // raised by the one who asks; OwnObjections only
	TextHash   string // hex, as the public record has it of the text; AnswerHash of the answer. Of the own ones only
	AnswerHash string

	voterID, ownerID string
}

// ObjectionSubject is what an objection is about.
type ObjectionSubject string

// The subjects of an objection to a count.
const (
	AboutRoster    ObjectionSubject = "roster"
	AboutCandidate ObjectionSubject = "candidate"
	AboutMatter    ObjectionSubject = "matter"    // a line of the count of one matter
	AboutBallots   ObjectionSubject = "ballot"    // contests a ballot: of an owner, the own one
	AboutProcedure ObjectionSubject = "procedure" // the result as a whole, or how it came about
)

// ObjectionSubjects lists every subject, as the schema does.
var ObjectionSubjects = []ObjectionSubject{AboutRoster, AboutCandidate, AboutMatter, AboutBallots, AboutProcedure}

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
	MatterID    string
	Candidate   string
	Source      ObjectionSource
	VoterID     string
	OwnerID     string
	RaisedBy    string
	Body        string // of an older row; newer ones hold it in Content
	Contact     []byte // encrypted phone; nil from the desk
	Content     []byte // encrypted text; nil of an older row
	CreatedAt   int64  `gorm:"autoCreateTime:false"`
	DueAt       int64
	RecordedBy  string
	Verdict     Verdict
	Answer      string
	AnsweredAt  *int64
	AnsweredBy  string
}

func (objectionRow) TableName() string { return "objection" }

func (r objectionRow) at(column string) vault.Column {
	return vault.Column{Community: r.CommunityID, Name: "objection." + column, Row: r.ID}
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
		log, meeting, err := objectionable(tx, communityID, meetingID, now)
		if err != nil {
			return err
		}
		row = objectionRow{ID: newID(), Subject: subject, Source: FromDesk, RaisedBy: raisedBy, RecordedBy: by.ID}
		return s.keepObjection(tx, log, now, by, meeting, &row, body)
	})
	if err != nil {
		return Objection{}, err
	}
	return s.objection(ctx, communityID, row.ID)
}

// objectionable holds the log and the row of a meeting whose count is open to objections now. Refusals: not_found,
// illegal_step, objection_late.
func objectionable(tx *gorm.DB, communityID, meetingID string, now int64) (*logWriter, meetingRow, error) {
	log, failure := openLog(tx, communityID, meetingID)
	if failure != nil && !errors.Is(failure, gorm.ErrRecordNotFound) { // a draft has no log
		return nil, meetingRow{}, failure
	}
	meeting, err := lockMeeting(tx, communityID, meetingID)
	switch {
	case err != nil:
		return nil, meeting, err
	case meeting.State != lifecycle.MeetingPreliminary:
		return nil, meeting, refuse("illegal_step")
	case now > deref(meeting.ObjectionUntil):
		return nil, meeting, refuse("objection_late")
	}
	return log, meeting, failure
}

// keepObjection numbers and stores an objection with its clock, which is the one announced with the roster: no pack of
// rules sets another for objections to a count.
func (s *Store) keepObjection(tx *gorm.DB, log *logWriter, now int64, by Actor, meeting meetingRow, row *objectionRow, body string) error {
	var days []int64
	err := tx.Table("roster").Where("community_id = ? AND id = ?", meeting.CommunityID, meeting.RosterID).Pluck("answer_days", &days).Error
	if err != nil {
		return fmt.Errorf("read within how many days answers are promised: %w", err)
	}
	row.CommunityID, row.MeetingID, row.State, row.CreatedAt = meeting.CommunityID, meeting.ID, lifecycle.ObjectionOpen, now
	if len(days) == 1 && days[0] > 0 {
		row.DueAt = calendar.EndOfDay(now, int(days[0]))
	}
	key, err := s.holdFieldKey(tx)
	if err != nil {
		return err
	}
	row.Content = key.Encrypt(row.at("content"), []byte(body))
	if row.Contact != nil {
		row.Contact = key.Encrypt(row.at("contact"), row.Contact)
	}
	err = tx.Table("objection").Where("community_id = ? AND meeting_id = ?", row.CommunityID, row.MeetingID).
		Select("COALESCE(MAX(number), 0) + 1").Scan(&row.Number).Error
	if err != nil {
		return fmt.Errorf("number the objection: %w", err)
	}
	if err := tx.Create(row).Error; err != nil {
		return fmt.Errorf("record objection: %w", raced(err))
	}
	if err := s.tellOfObjection(tx, log, now, by, *row, ledger.ObjectionRecorded, body); err != nil {
		return err
	}
	return record(tx, now, by, row.CommunityID, "objection_recorded", "meeting", row.MeetingID,
		map[string]any{"number": row.Number, "subject": row.Subject, "source": row.Source})
}

// AnswerObjection gives the reasoned reply; an owner who objected online is told through the outbox. Refusals: not_found,
// illegal_step, required.
func (s *Store) AnswerObjection(ctx context.Context, by Actor, communityID, meetingID, id string, verdict Verdict, answer string) error {
	answer = strings.TrimSpace(answer)
	if !slices.Contains(Verdicts, verdict) {
		return refuseField("bad_value", "verdict")
	}
	if answer == "" {
		return refuseField("required", "answer")
	}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		log, err := openLog(tx, communityID, meetingID)
		if err != nil {
			return orNotFound(err)
		}
		var row objectionRow
		err = tx.Clauses(forUpdate).Where("community_id = ? AND meeting_id = ? AND id = ?", communityID, meetingID, id).Take(&row).Error
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
		phone, err := s.mobileAt(row.at("contact"), row.Contact)
		if err != nil {
			return err
		}
		if phone != "" {
			err = enqueue(tx, now, outboxRow{CommunityID: communityID, Kind: ObjectionAnswered, MeetingID: meetingID, ObjectionID: id, Dedupe: "objection:" + id})
		}
		if err != nil {
			return err
		}
		act := ledger.ObjectionDismissed
		if verdict == Upheld {
			act = ledger.ObjectionUpheld
		}
		if err := s.tellOfObjection(tx, log, now, by, row, act, answer); err != nil {
			return err
		}
		return record(tx, now, by, communityID, "objection_answered", "meeting", meetingID, map[string]any{"number": row.Number, "verdict": verdict})
	})
}

// ObjectionsTo lists a meeting's objections by number.
func (s *Store) ObjectionsTo(ctx context.Context, communityID, meetingID string) ([]Objection, error) {
	return s.objections(s.read(ctx).Where("community_id = ? AND meeting_id = ?", communityID, meetingID))
}

// ObjectionEvidence reads one file of an objection to the count of a meeting; who read it stands in the audit. Refusal:
// not_found.
func (s *Store) ObjectionEvidence(ctx context.Context, by Actor, communityID, meetingID, id, file string) (EvidenceFile, error) {
	list, err := s.objections(s.read(ctx).Where("community_id = ? AND meeting_id = ? AND id = ?", communityID, meetingID, id))
	if err != nil {
		return EvidenceFile{}, err
	}
	if len(list) == 0 {
		return EvidenceFile{}, refuse("not_found")
	}
	return s.Evidence(ctx, by, communityID, id, file)
}

func (s *Store) objection(ctx context.Context, communityID, id string) (Objection, error) {
	list, err := s.objections(s.read(ctx).Where("community_id = ? AND id = ?", communityID, id))
	if err != nil || len(list) == 1 {
		return append(list, Objection{})[0], err
	}
	return Objection{}, refuse("not_found")
}

// objections reads the objections of a query with their files.
func (s *Store) objections(query *gorm.DB) ([]Objection, error) {
	var rows []objectionRow
	if err := query.Order("number").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list objections: %w", err)
	}
	list, ids := make([]Objection, len(rows)), make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
		var err error
		if list[i], err = s.openObjection(row); err != nil {
			return nil, err
		}
	}
	if len(rows) == 0 {
		return list, nil
	}
	files, err := evidenceOf(query.Session(&gorm.Session{NewDB: true}), rows[0].CommunityID, ids)
	for i := range list {
		list[i].Files = files[list[i].ID]
	}
	return list, err
}

func (s *Store) openObjection(r objectionRow) (Objection, error) {
	view := Objection{ID: r.ID, Number: r.Number, State: r.State, Subject: r.Subject, MatterID: r.MatterID, Candidate: r.Candidate, Source: r.Source,
		RaisedBy: r.RaisedBy, Body: r.Body, CreatedAt: r.CreatedAt, DueAt: r.DueAt, Verdict: r.Verdict, Answer: r.Answer, AnsweredAt: deref(r.AnsweredAt),
		voterID: r.VoterID, ownerID: r.OwnerID}
	if r.Content != nil {
		text, err := s.keys.DecryptField(r.at("content"), r.Content)
		if err != nil {
			return view, fmt.Errorf("decrypt an objection: %w", err)
		}
		view.Body = string(text)
	}
	if r.Contact != nil {
		phone, err := s.keys.DecryptField(r.at("contact"), r.Contact)
		if err != nil {
			return view, fmt.Errorf("decrypt a phone: %w", err)
		}
		view.Phone = roster.MaskPhone(string(phone))
	}
	return view, nil
}

// Overdue tells whether the promised day of an answer is over and there is none.
func (o Objection) Overdue(now int64) bool {
	return o.State == lifecycle.ObjectionOpen && o.DueAt != 0 && now > o.DueAt
}

package api

import (
	"net/http"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

func objectionsPage(c *call) error {
	page, err := objectionsView(c, objectionTrouble{})
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// objectionTrouble is what refused the last attempt at the objection desk: to record one, or to answer the
// one with the id.
type objectionTrouble struct {
	record   objectionRequest
	answer   answerRequest
	id       string
	problems []web.Problem
}

// objectionsView is the objection desk; nil where it does not have the form any more that was refused.
func objectionsView(c *call, t objectionTrouble) (web.Page, error) {
	meeting, err := c.store.Meeting(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return nil, err
	}
	list, err := c.store.ObjectionsTo(c, c.community.ID, meeting.ID)
	if err != nil {
		return nil, err
	}
	robust, err := c.store.Robustness(c, meeting)
	if err != nil {
		return nil, err
	}
	effect, err := c.store.ObjectionEffectOf(c, meeting, robust)
	if err != nil {
		return nil, err
	}
	page := web.Objections{Shell: c.shell(web.TitleObjections), Community: c.community.Name, Meeting: meeting.Title,
		MeetingURL: c.meetingURL(meeting.ID), Till: web.Instant(meeting.ObjectionUntil), Overdue: effect.Overdue, Effect: objectionEffect(meeting, effect)}
	shown := t.problems == nil
	for _, objection := range list {
		line := c.objectionLine(meeting, objection, t)
		shown = shown || (line.ID == t.id && line.AnswerForm != nil)
		page.List = append(page.List, line)
	}
	if c.readsEvidence() && meeting.State == lifecycle.MeetingPreliminary && c.store.Now() <= meeting.ObjectionUntil {
		page.Record = &web.ObjectionForm{Form: web.Form{Action: c.meetingURL(meeting.ID, "objections")},
			Unit: t.record.Unit, Subject: t.record.Subject, Text: t.record.Text}
		if t.id == "" {
			page.Record.Problems, shown = t.problems, true
		}
	}
	if !shown {
		return nil, nil
	}
	return page, nil
}

func (c *call) objectionLine(meeting models.Meeting, objection models.Objection, t objectionTrouble) web.CountObjection {
	address := c.meetingURL(meeting.ID, "objections", objection.ID)
	line := c.countObjection(meeting, objection, address)
	line.UnitLabel, line.Source, line.Phone = web.PlaceWords(objection.RaisedBy), string(objection.Source), objection.Phone
	if !c.readsEvidence() {
		line.Files, line.Phone = nil, ""
	}
	_, illegal := lifecycle.Objections.Next(objection.State, lifecycle.EventAnswer, lifecycle.Actor(c.staff.Role))
	if illegal == nil {
		line.AnswerForm = &web.AnswerForm{Form: web.Form{Action: address + "/answer"}}
		if t.id == objection.ID {
			line.AnswerForm.Answer, line.AnswerForm.Outcome, line.AnswerForm.Problems = t.answer.Answer, t.answer.Outcome, t.problems
		}
	}
	return line
}

var recordObjectionAct = act[objectionRequest]{
	do: func(c *call, in objectionRequest) (done, error) {
		objection, err := c.store.RecordObjection(c, c.actor(), c.community.ID, c.Param("meeting"), models.ObjectionSubject(in.Subject), in.Unit, in.Text)
		if err != nil {
			return done{}, renamed(renamed(err, "raised_by", "unit"), "body", "text")
		}
		return done{status: http.StatusCreated, body: objectionOf(objection, c.store.Now()), location: c.meetingURL(c.Param("meeting"), "objections"), flash: "objection_recorded"}, nil
	},
	again: func(c *call, in objectionRequest, problems []web.Problem) (web.Page, error) {
		return objectionsView(c, objectionTrouble{record: in, problems: problems})
	},
}

var answerObjectionAct = act[answerRequest]{
	do: func(c *call, in answerRequest) (done, error) {
		meetingID, id := c.Param("meeting"), c.Param("objection")
		err := c.store.AnswerObjection(c, c.actor(), c.community.ID, meetingID, id, models.Verdict(in.Outcome), in.Answer)
		if err != nil {
			return done{}, renamed(err, "verdict", "outcome")
		}
		return done{location: c.meetingURL(meetingID, "objections"), flash: "objection_answered"}, nil
	},
	again: func(c *call, in answerRequest, problems []web.Problem) (web.Page, error) {
		return objectionsView(c, objectionTrouble{answer: in, id: c.Param("objection"), problems: problems})
	},
}

type objectionsJSON struct {
	Objections []objectionJSON     `json:"objections"`
	Effect     objectionEffectJSON `json:"effect"`
}

type objectionJSON struct {
	ID         string                   `json:"id"`
	Number     int64                    `json:"number"`
	State      lifecycle.ObjectionState `json:"state"`
	Subject    models.ObjectionSubject  `json:"subject"`
	MatterID   string                   `json:"matter_id,omitempty"`
	Candidate  string                   `json:"candidate,omitempty"`
	Source     models.ObjectionSource   `json:"source"`
	Unit       string                   `json:"unit"`
	Text       string                   `json:"text"`            // empty of a co-owner's
	Phone      string                   `json:"phone,omitempty"` // masked
	Files      []evidenceJSON           `json:"files"`
	CreatedAt  int64                    `json:"created_at"`
	DueAt      int64                    `json:"due_at,omitempty"` // until when an answer was promised
	Overdue    bool                     `json:"overdue"`
	Outcome    models.Verdict           `json:"outcome,omitempty"`
	Answer     string                   `json:"answer,omitempty"`
	AnsweredAt int64                    `json:"answered_at,omitempty"`
	TextHash   string                   `json:"text_sha256,omitempty"` // as the record has it; of one's own only
	AnswerHash string                   `json:"answer_sha256,omitempty"`
}

func objectionOf(o models.Objection, now int64) objectionJSON {
	return objectionJSON{ID: o.ID, Number: o.Number, State: o.State, Subject: o.Subject, MatterID: o.MatterID, Candidate: o.Candidate, Source: o.Source,
		Unit: o.RaisedBy, Text: o.Body, Phone: o.Phone, Files: evidenceFilesOf(o.Files), CreatedAt: o.CreatedAt, DueAt: o.DueAt, Overdue: o.Overdue(now), Outcome: o.Verdict, Answer: o.Answer, AnsweredAt: o.AnsweredAt,
		TextHash: o.TextHash, AnswerHash: o.AnswerHash}
}

func listObjections(c *call) error {
	meeting, err := c.store.Meeting(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return err
	}
	list, err := c.store.ObjectionsTo(c, c.community.ID, meeting.ID)
	if err != nil {
		return err
	}
	robust, err := c.store.Robustness(c, meeting)
	if err != nil {
		return err
	}
	effect, err := c.store.ObjectionEffectOf(c, meeting, robust)
	if err != nil {
		return err
	}
	for i := range list {
		if !c.readsEvidence() {
			list[i].Files, list[i].Phone = nil, ""
		}
	}
	return c.sendJSON(done{body: objectionsJSON{Objections: objectionsOf(list, c.store.Now()), Effect: objectionEffectOf(meeting, effect)}})
}

func objectionsOf(list []models.Objection, now int64) []objectionJSON {
	objections := make([]objectionJSON, len(list))
	for i, objection := range list {
		objections[i] = objectionOf(objection, now)
	}
	return objections
}

// readsEvidence tells whether staff may take objections down and see what proves them: those who answer and the street.
func (c *call) readsEvidence() bool {
	return c.staff.Role == models.RoleConvener || c.staff.Role == models.RoleStreet
}

// objectionEvidence hands out a file of an objection to a count for saving; reading it stands in the audit.
func objectionEvidence(c *call) error {
	file, err := c.store.ObjectionEvidence(c, c.actor(), c.community.ID, c.Param("meeting"), c.Param("objection"), c.Param("evidence"))
	if err != nil {
		return err
	}
	c.sendFile(models.Attachment{Name: file.Name, MediaType: file.MediaType, Content: file.Content})
	return nil
}

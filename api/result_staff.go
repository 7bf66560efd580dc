package api

import (
	"net/http"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// countPage is the count for those who work on the meeting. Nothing of it exists before the count: choices
// stay sealed until then.
func countPage(c *call) error {
	desk, err := c.store.DeskOf(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return err
	}
	results, err := c.store.Results(c, c.community.ID, desk.Meeting.ID)
	if err != nil {
		return err
	}
	m := desk.Meeting
	balance, err := c.store.SheetBalanceOf(c, m)
	if err != nil {
		return err
	}
	acts, _ := c.meetingActs(desk, trouble{})
	acts = append(acts, c.bundleActs(m)...)
	page := web.CountPage{Shell: c.shell(web.TitleCount), Community: c.community.Name, Meeting: m.Title, MeetingURL: c.meetingURL(m.ID),
		State: string(m.State), CountedAt: web.Instant(m.TalliedAt), Issued: desk.Issued, Sheets: sheetBalance(balance), Acts: acts}
	if len(results) > 0 {
		newest := results[len(results)-1]
		channels, err := c.store.ChannelsOf(c, c.community.ID, m.ID)
		if err != nil {
			return err
		}
		robust, err := c.store.Robustness(c, m)
		if err != nil {
			return err
		}
		page.Matters, page.Cast, page.Void = resultMatters(m, newest, robust), newest.Ballots, mostVoid(newest)
		page.Channels = channelCounts(channels)
		if desk.Lot != nil {
			page.Lot, page.LotURL = lotView(desk.Lot), c.meetingURL(m.ID, "lot")
		}
		imported, err := c.store.ImportedOf(c, m)
		if err != nil {
			return err
		}
		page.Imported = importedView(m, imported)
	}
	return c.render(http.StatusOK, page)
}

// mostVoid is the number of void answers on the matter that has the most of them.
func mostVoid(result models.Result) int64 {
	most := int64(0)
	for _, matter := range result.Matters {
		most = max(most, matter.Outcome.Counted.Void.Heads)
	}
	return most
}

type resultsJSON struct {
	State    lifecycle.MeetingState `json:"state"`
	Results  []resultJSON           `json:"results"`            // the preliminary one first; empty before the count
	Sheets   *sheetBalanceJSON      `json:"sheets,omitempty"`   // of paper, from the close on
	Imported *importedJSON          `json:"imported,omitempty"` // from a city's platform, after the count
}

func getResults(c *call) error {
	meeting, err := c.store.Meeting(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return err
	}
	results, err := c.store.Results(c, c.community.ID, meeting.ID)
	if err != nil {
		return err
	}
	robust, err := c.store.Robustness(c, meeting)
	if err != nil {
		return err
	}
	balance, err := c.store.SheetBalanceOf(c, meeting)
	if err != nil {
		return err
	}
	imported, err := c.store.ImportedOf(c, meeting)
	if err != nil {
		return err
	}
	body := resultsJSON{State: meeting.State, Results: make([]resultJSON, len(results)), Sheets: sheetBalanceOf(balance), Imported: importedOf(imported)}
	for i, result := range results {
		body.Results[i] = resultOf(result, robust)
	}
	return c.sendJSON(done{body: body})
}

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
	page := web.Objections{Shell: c.shell(web.TitleObjections), Community: c.community.Name, Meeting: meeting.Title,
		MeetingURL: c.meetingURL(meeting.ID), Till: web.Instant(meeting.ObjectionUntil)}
	shown := t.problems == nil
	for _, objection := range list {
		line := c.objectionLine(meeting.ID, objection, t)
		shown = shown || (line.ID == t.id && line.AnswerForm != nil)
		page.List = append(page.List, line)
	}
	recording := c.staff.Role == models.RoleConvener || c.staff.Role == models.RoleStreet
	if recording && meeting.State == lifecycle.MeetingPreliminary && c.store.Now() <= meeting.ObjectionUntil {
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

func (c *call) objectionLine(meetingID string, objection models.Objection, t objectionTrouble) web.Objection {
	line := web.Objection{ID: objection.ID, At: web.Instant(objection.CreatedAt), UnitLabel: objection.RaisedBy, Subject: string(objection.Subject),
		Text: objection.Body, AnsweredAt: web.Instant(objection.AnsweredAt), Upheld: objection.Verdict == models.Upheld, Answer: objection.Answer}
	_, illegal := lifecycle.Objections.Next(objection.State, lifecycle.EventAnswer, lifecycle.Actor(c.staff.Role))
	if illegal == nil {
		line.AnswerForm = &web.AnswerForm{Form: web.Form{Action: c.meetingURL(meetingID, "objections", objection.ID, "answer")}}
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
		return done{status: http.StatusCreated, body: objectionOf(objection), location: c.meetingURL(c.Param("meeting"), "objections"), flash: "objection_recorded"}, nil
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
	Objections []objectionJSON `json:"objections"`
}

type objectionJSON struct {
	ID         string                   `json:"id"`
	Number     int64                    `json:"number"`
	State      lifecycle.ObjectionState `json:"state"`
	Subject    models.ObjectionSubject  `json:"subject"`
	Unit       string                   `json:"unit"`
	Text       string                   `json:"text"`
	CreatedAt  int64                    `json:"created_at"`
	Outcome    models.Verdict           `json:"outcome,omitempty"`
	Answer     string                   `json:"answer,omitempty"`
	AnsweredAt int64                    `json:"answered_at,omitempty"`
}

func objectionOf(o models.Objection) objectionJSON {
	return objectionJSON{ID: o.ID, Number: o.Number, State: o.State, Subject: o.Subject, Unit: o.RaisedBy, Text: o.Body, CreatedAt: o.CreatedAt,
		Outcome: o.Verdict, Answer: o.Answer, AnsweredAt: o.AnsweredAt}
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
	body := objectionsJSON{Objections: make([]objectionJSON, len(list))}
	for i, objection := range list {
		body.Objections[i] = objectionOf(objection)
	}
	return c.sendJSON(done{body: body})
}

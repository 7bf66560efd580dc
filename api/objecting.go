package api

import (
	"net/http"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// objectingRoutes lead an owner from the result of a count to an objection, and back to its answer.
func objectingRoutes() []route {
	return []route{
		get("/m/:meeting/record/objections", atMeeting, objectingPage),
		upload("/m/:meeting/record/objections", atMeeting, objectToCountAct.page),
		post("/m/:meeting/record/objections/:objection/withdraw", atMeeting, withdrawCountAct.page),

		get("/api/v1/meetings/:meeting/own-objections", atMeeting, listOwnObjections),
		upload("/api/v1/meetings/:meeting/own-objections", atMeeting, objectToCountAct.upload),
		post("/api/v1/meetings/:meeting/own-objections/:objection/withdraw", atMeeting, withdrawCountAct.api),
	}
}

func objectingURL(meetingID string) string { return votingRecordURL(meetingID) + "/objections" }

// countObjectionRequest is an objection of an owner to a count, multipart/form-data on pages and on the API alike; a part
// `file` may stand beside it.
type countObjectionRequest struct {
	Subject   string `json:"subject" form:"subject" binding:"required,max=20"` // models.ObjectionSubjects
	Matter    string `json:"matter" form:"matter" binding:"max=100"`           // id; of subject matter, and of a name in two matters
	Candidate string `json:"candidate" form:"candidate" binding:"max=200"`     // of subject candidate: name of the option
	Text      string `json:"text" form:"text" binding:"required,max=2000"`
}

func objectingPage(c *call) error {
	page, err := objectingView(c, countObjectionRequest{}, nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// objectingView is the page; nil where it does not have the form any more that was refused.
func objectingView(c *call, in countObjectionRequest, problems []web.Problem) (web.Page, error) {
	own, err := c.store.OwnObjections(c, c.reader())
	if err != nil {
		return nil, err
	}
	meeting := own.Meeting
	community, err := c.store.Community(c, meeting.CommunityID)
	if err != nil {
		return nil, err
	}
	page := web.Objecting{Shell: c.shell(web.TitleObjecting), Community: community.Name, Meeting: meeting.Title, ResultURL: resultURL(meeting.ID),
		RecordURL: votingRecordURL(meeting.ID), Places: own.Places, AnswerDays: int(own.AnswerDays), Contact: meeting.Contact, Place: meeting.Place}
	if c.owner != nil {
		page.LeaveURL = votingRecordURL(meeting.ID) + "/leave"
	}
	for _, objection := range own.List {
		line := c.countObjection(meeting, objection, "")
		if objection.Own && objection.State == lifecycle.ObjectionOpen {
			line.WithdrawURL = objectingURL(meeting.ID) + "/" + objection.ID + "/withdraw"
		}
		page.List = append(page.List, line)
	}
	switch {
	case own.MayObject:
		page.Till, page.Object = web.Instant(meeting.ObjectionUntil), countObjectionForm(meeting, in, problems)
	case problems != nil:
		return nil, nil
	}
	return page, nil
}

// countObjectionForm lists what an objection may name.
func countObjectionForm(meeting models.Meeting, in countObjectionRequest, problems []web.Problem) *web.CountObjectionForm {
	form := &web.CountObjectionForm{Form: web.Form{Action: objectingURL(meeting.ID), Problems: problems}, Subject: in.Subject, Matter: in.Matter,
		Candidate: in.Candidate, Text: in.Text, Matters: []web.Option{{Text: web.NoneNamed}}}
	for _, matter := range meeting.Matters {
		form.Matters = append(form.Matters, web.Option{Value: matter.ID, Text: web.MatterLine(matter.Position, matter.Title)})
		if matter.Rule.Kind != voting.Election && matter.Rule.Kind != voting.Selection {
			continue
		}
		if form.Candidates == nil {
			form.Candidates = []web.Option{{Text: web.NoneNamed}}
		}
		for _, name := range matter.Rule.Options {
			form.Candidates = append(form.Candidates, web.Option{Value: name, Text: name})
		}
	}
	return form
}

// countObjection is an objection as its objector and staff see it; its files lead on where they have an address.
func (c *call) countObjection(meeting models.Meeting, o models.Objection, files string) web.CountObjection {
	line := web.CountObjection{ID: o.ID, Number: o.Number, Subject: string(o.Subject), State: string(o.State), At: web.Instant(o.CreatedAt),
		Due: web.Instant(o.DueAt), Late: o.Overdue(c.store.Now()), Text: o.Body, Upheld: o.Verdict == models.Upheld, Answer: o.Answer,
		AnsweredAt: web.Instant(o.AnsweredAt), TextHash: o.TextHash, AnswerHash: o.AnswerHash}
	for _, matter := range meeting.Matters {
		if matter.ID == o.MatterID {
			line.About = web.MatterLine(matter.Position, matter.Title)
		}
	}
	if o.Candidate != "" {
		line.About = o.Candidate + "（" + line.About + "）"
	}
	if files != "" {
		line.Files = evidenceFiles(o.Files, files)
		return line
	}
	for _, file := range o.Files {
		line.Files = append(line.Files, web.Attachment{Name: file.Name})
	}
	return line
}

var objectToCountAct = act[countObjectionRequest]{
	do: func(c *call, in countObjectionRequest) (done, error) {
		files, err := c.sentEvidence()
		if err != nil {
			return done{}, err
		}
		objection, err := c.store.ObjectToCount(c, c.reader(), models.ObjectionText{Subject: models.ObjectionSubject(in.Subject), MatterID: in.Matter,
			Candidate: in.Candidate, Text: in.Text, Files: files})
		if err != nil {
			return done{}, err
		}
		return done{status: http.StatusCreated, body: objectionOf(objection, c.store.Now()), location: objectingURL(c.Param("meeting")), flash: "count_objected"}, nil
	},
	again: objectingView,
}

var withdrawCountAct = act[nothing]{do: func(c *call, _ nothing) (done, error) {
	if err := c.store.WithdrawObjection(c, c.reader(), c.Param("objection")); err != nil {
		return done{}, err
	}
	return done{location: objectingURL(c.Param("meeting")), flash: "objection_withdrawn"}, nil
}}

// ownObjectionsJSON are the objections of one's own home to a count.
type ownObjectionsJSON struct {
	MeetingID  string          `json:"meeting_id"`
	Places     []string        `json:"places"`
	MayObject  bool            `json:"may_object"`
	Until      int64           `json:"objection_until_at,omitempty"`
	AnswerDays int64           `json:"answer_days"` // 0: no day was promised
	Objections []objectionJSON `json:"objections"`
}

func listOwnObjections(c *call) error {
	own, err := c.store.OwnObjections(c, c.reader())
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: ownObjectionsJSON{MeetingID: own.Meeting.ID, Places: own.Places, MayObject: own.MayObject, Until: own.Meeting.ObjectionUntil,
		AnswerDays: own.AnswerDays, Objections: objectionsOf(own.List, c.store.Now())}})
}

// objectionEffectJSON tells how the objections to a count stand, and what becomes of it if every open one succeeds.
type objectionEffectJSON struct {
	Open        int64   `json:"open"`
	Upheld      int64   `json:"upheld"`
	Dismissed   int64   `json:"dismissed"`
	Stands      bool    `json:"stands"`       // whatever becomes of the open ones, every result stays
	CouldChange []int64 `json:"could_change"` // numbers of matters
	Unbound     bool    `json:"unbound"`      // one cannot be measured in votes
	Sentence    string  `json:"sentence"`     // in Chinese, as the page prints it; empty without an open one
	Consequence string  `json:"consequence"`  // in Chinese: what an upheld one leads to
}

func objectionEffect(meeting models.Meeting, e models.ObjectionEffect) web.ObjectionEffect {
	return web.ObjectionEffect{Open: e.Open, Upheld: e.Upheld, Dismissed: e.Dismissed, Unsafe: e.Unsafe, Unbound: e.Unbound, Matters: len(meeting.Matters)}
}

func objectionEffectOf(meeting models.Meeting, e models.ObjectionEffect) objectionEffectJSON {
	words := objectionEffect(meeting, e)
	return objectionEffectJSON{Open: e.Open, Upheld: e.Upheld, Dismissed: e.Dismissed, Stands: e.Stands(), CouldChange: append([]int64{}, e.Unsafe...),
		Unbound: e.Unbound, Sentence: words.Effect(), Consequence: words.Consequence()}
}

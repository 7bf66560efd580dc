package api

import (
	"net/http"
	"strings"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

func rosterObjectionsPage(c *call) error {
	page, err := rosterObjectionsView(c, deskObjectionRequest{}, nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// rosterObjectionsView is the desk; nil where it does not have the form any more that was refused.
func rosterObjectionsView(c *call, in deskObjectionRequest, problems []web.Problem) (web.Page, error) {
	list, err := c.store.Roster(c, c.community.ID, c.Param("roster"))
	if err != nil {
		return nil, err
	}
	objections, err := c.store.RosterObjections(c, c.community.ID, list.ID)
	if err != nil {
		return nil, err
	}
	address := rosterURL(c.community.ID, list.ID)
	page := web.RosterObjections{Shell: c.shell(web.TitleRosterObjections), Community: c.community.Name, RosterURL: address, Version: int(list.Version),
		Till: web.Instant(list.ObjectionUntil)}
	for _, objection := range objections {
		if objection.State == lifecycle.ObjectionOpen {
			page.Open++
		}
		page.List = append(page.List, c.rosterObjectionLine(objection))
	}
	if list.State == lifecycle.RosterPublished && c.store.Now() <= list.ObjectionUntil {
		page.Record = &web.DeskObjectionForm{Phone: in.Phone, ObjectForm: web.ObjectForm{Form: web.Form{Action: address + "/objections", Problems: problems},
			About: in.About, Text: in.Text, Wanted: in.Wanted, Building: in.Building, Stair: in.Stair, Room: in.Room}}
	} else if problems != nil {
		return nil, nil
	}
	return page, nil
}

func (c *call) rosterObjectionLine(o models.RosterObjection) web.RosterObjectionLine {
	return web.RosterObjectionLine{Number: o.Number, URL: rosterObjectionURL(c.community.ID, o), Kind: string(o.Kind), Place: web.PlaceWords(o.Place),
		State: string(o.State), Source: string(o.Source), At: web.Instant(o.CreatedAt), Due: web.Instant(o.DueAt), Late: c.store.Now() > o.DueAt,
		Upheld: o.Verdict == models.Upheld}
}

func rosterObjectionURL(communityID string, o models.RosterObjection) string {
	return rosterURL(communityID, o.RosterID) + "/objections/" + o.ID
}

// deskObjectionRequest is what somebody says who came to the desk, multipart/form-data on pages and on the API alike; a
// part `file` may stand beside it.
type deskObjectionRequest struct {
	About    string `json:"about" form:"about" binding:"required,max=20"`
	Building string `json:"building" form:"building" binding:"max=100"`
	Stair    string `json:"stair" form:"stair" binding:"max=100"`
	Room     string `json:"room" form:"room" binding:"required,max=100"`
	Phone    string `json:"phone" form:"phone" binding:"required,max=40"` // whom to tell
	Text     string `json:"text" form:"text" binding:"required,max=2000"`
	Wanted   string `json:"wanted" form:"wanted" binding:"max=500"`
}

var recordRosterObjectionAct = act[deskObjectionRequest]{
	do: func(c *call, in deskObjectionRequest) (done, error) {
		files, err := c.sentEvidence()
		if err != nil {
			return done{}, err
		}
		said := objectRequest{About: in.About, Text: in.Text, Wanted: in.Wanted, Building: in.Building, Stair: in.Stair, Room: in.Room}.said(files)
		said.Place.Phone = in.Phone
		objection, err := c.store.RecordRosterObjection(c, c.actor(), c.community.ID, c.Param("roster"), said)
		if err != nil {
			return done{}, asAsked(err)
		}
		return done{status: http.StatusCreated, body: rosterObjectionOf(objection), location: rosterURL(c.community.ID, objection.RosterID) + "/objections",
			flash: "objection_recorded"}, nil
	},
	again: rosterObjectionsView,
}

func rosterObjectionPage(c *call) error {
	page, err := rosterObjectionView(c, rosterAnswerRequest{}, nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// rosterObjectionView is one objection; nil where it has been answered meanwhile and an answer was refused.
func rosterObjectionView(c *call, in rosterAnswerRequest, problems []web.Problem) (web.Page, error) {
	o, err := c.store.RosterObjection(c, c.community.ID, c.Param("roster"), c.Param("roster_objection"))
	if err != nil {
		return nil, err
	}
	address := rosterObjectionURL(c.community.ID, o)
	page := web.RosterObjectionPage{Shell: c.shell(web.TitleRosterObjection), Community: c.community.Name,
		ListURL: rosterURL(c.community.ID, o.RosterID) + "/objections", Line: c.rosterObjectionLine(o), Text: o.Text, Wanted: o.Wanted, Phone: o.Phone,
		Answer: o.Answer, Answered: web.Instant(o.AnsweredAt)}
	page.Files = evidenceFiles(o.Files, address)
	if o.Unit != nil {
		now := displayLine(*o.Unit, true)
		page.Now = &now
	}
	page.People = personOptions(o.People)
	if o.Change != nil {
		change := rosterChange(*o.Change)
		page.Change = append(change.Lines(), change.Effect())
	}
	if _, illegal := lifecycle.Objections.Next(o.State, lifecycle.EventAnswer, lifecycle.Actor(c.staff.Role)); illegal == nil {
		page.Reply = replyForm(o, in, address, problems)
	} else if problems != nil {
		return nil, nil
	}
	return page, nil
}

// evidenceFiles are links to the files of a subject, below the address of its page.
func evidenceFiles(list []models.EvidenceFile, address string) []web.Attachment {
	var files []web.Attachment
	for _, file := range list {
		files = append(files, web.Attachment{Name: file.Name, URL: address + "/files/" + file.ID, Bytes: file.Size, Digest: file.SHA256})
	}
	return files
}

// replyForm is the form for an answer, filled with what was typed, or with the place that was claimed to be missing.
func replyForm(o models.RosterObjection, in rosterAnswerRequest, address string, problems []web.Problem) *web.RosterReplyForm {
	form := &web.RosterReplyForm{CorrectionFields: in.form(string(o.Kind), o.People), Outcome: in.Outcome, Answer: in.Answer}
	form.Form = web.Form{Action: address + "/answer", Problems: problems}
	if problems == nil && o.Kind == models.UnitMissing {
		parts := strings.Split(o.Place, "/")
		form.Building, form.Room = parts[0], parts[len(parts)-1]
		if len(parts) == 3 {
			form.Stair = parts[1]
		}
	}
	return form
}

// rosterAnswerRequest answers an objection; where it is upheld, the correction stands beside it.
type rosterAnswerRequest struct {
	Outcome string `json:"outcome" form:"outcome" binding:"required"` // upheld, dismissed
	Answer  string `json:"answer" form:"answer" binding:"required,max=2000"`
	correctionRequest
}

var answerRosterObjectionAct = act[rosterAnswerRequest]{
	do: func(c *call, in rosterAnswerRequest) (done, error) {
		var wanted models.Correction
		if models.Verdict(in.Outcome) == models.Upheld {
			var err error
			if wanted, err = in.correction(); err != nil {
				return done{}, err
			}
		}
		rosterID, id := c.Param("roster"), c.Param("roster_objection")
		err := c.store.AnswerRosterObjection(c, c.actor(), c.community.ID, rosterID, id, models.Verdict(in.Outcome), in.Answer, wanted)
		if err != nil {
			return done{}, err
		}
		objection, err := c.store.RosterObjection(c, c.community.ID, rosterID, id)
		if err != nil {
			return done{}, err
		}
		return done{body: rosterObjectionOf(objection), location: rosterObjectionURL(c.community.ID, objection), flash: "objection_settled"}, nil
	},
	again: rosterObjectionView,
}

// rosterEvidence hands out a file of an objection for saving; reading it stands in the audit.
func rosterEvidence(c *call) error {
	objection, err := c.store.RosterObjection(c, c.community.ID, c.Param("roster"), c.Param("roster_objection"))
	if err != nil {
		return err
	}
	file, err := c.store.Evidence(c, c.actor(), c.community.ID, objection.ID, c.Param("evidence"))
	if err != nil {
		return err
	}
	c.sendFile(models.Attachment{Name: file.Name, MediaType: file.MediaType, Content: file.Content})
	return nil
}

// rosterChange is a correction as pages print it.
func rosterChange(change models.RosterChange) web.RosterChange {
	shown := web.RosterChange{Number: change.Number, Place: web.PlaceWords(change.Place), At: web.Instant(change.MadeAt), What: change.What,
		After: unitFacts(change.After), Totals: [2]voting.Weight{change.TotalBefore, change.TotalAfter}}
	if change.Before != nil {
		before := unitFacts(*change.Before)
		shown.Before = &before
	}
	return shown
}

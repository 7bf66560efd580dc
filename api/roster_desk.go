package api

import (
	"net/http"
	"strings"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
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
	for _, file := range o.Files {
		page.Files = append(page.Files, web.Attachment{Name: file.Name, URL: address + "/files/" + file.ID, Bytes: file.Size, Digest: file.SHA256})
	}
	if o.Unit != nil {
		now := displayLine(*o.Unit, true)
		page.Now = &now
	}
	for _, person := range o.People {
		page.People = append(page.People, web.Option{Value: person.OwnerID, Text: web.MaskedPerson(person.Name, person.Phone)})
	}
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

// replyForm is the form for an answer, filled with what was typed, or with the place that was claimed to be missing.
func replyForm(o models.RosterObjection, in rosterAnswerRequest, address string, problems []web.Problem) *web.RosterReplyForm {
	form := &web.RosterReplyForm{Form: web.Form{Action: address + "/answer", Problems: problems}, Outcome: in.Outcome, Answer: in.Answer, Area: in.Area,
		AreaSource: in.AreaSource, Usage: in.Usage, Keep: in.Keep, Owners: string(in.Owners), Developer: in.Developer == "yes", PhoneOf: in.PhoneOf,
		Phone: in.Phone, Building: in.Building, Stair: in.Stair, Room: in.Room}
	if problems == nil && o.Kind == models.UnitMissing {
		parts := strings.Split(o.Place, "/")
		form.Building, form.Room = parts[0], parts[len(parts)-1]
		if len(parts) == 3 {
			form.Stair = parts[1]
		}
	}
	return form
}

// rosterAnswerRequest answers an objection; what follows the answer is the correction, where it is upheld.
type rosterAnswerRequest struct {
	Outcome    string   `json:"outcome" form:"outcome" binding:"required"` // upheld, dismissed
	Answer     string   `json:"answer" form:"answer" binding:"required,max=2000"`
	Area       string   `json:"area" form:"area" binding:"max=40"` // m²
	AreaSource string   `json:"area_source" form:"area_source" binding:"max=20"`
	Usage      string   `json:"usage" form:"usage" binding:"max=20"`
	Keep       []string `json:"keep" form:"keep" binding:"max=50"`       // ids of owners who stay
	Owners     lines    `json:"owners" form:"owners" binding:"max=5000"` // name, number, phone
	Developer  flag     `json:"developer" form:"developer"`              // nobody but the developer
	PhoneOf    string   `json:"phone_of" form:"phone_of" binding:"max=100"`
	Phone      string   `json:"phone" form:"phone" binding:"max=40"`
	Building   string   `json:"building" form:"building" binding:"max=100"` // of a unit that was missing
	Stair      string   `json:"stair" form:"stair" binding:"max=100"`
	Room       string   `json:"room" form:"room" binding:"max=100"`
}

// correction reads what is to be corrected. Refusals: area_invalid, owner_invalid, phone_invalid, bad_value.
func (in rosterAnswerRequest) correction() (models.Correction, error) {
	var r reader
	home := roster.ReadHome(in.Building, in.Stair, in.Room, "")
	wanted := models.Correction{Building: home.Building, Stair: home.Stair, Room: home.Room, Usage: roster.ReadUsage(in.Usage),
		AreaSource: roster.AreaSource(in.AreaSource), PhoneOf: in.PhoneOf}
	if in.AreaSource != "" && wanted.AreaSource.Name() == "" {
		r.refuse("bad_value", "area_source")
	}
	if strings.TrimSpace(in.Area) != "" {
		var code roster.Code
		if wanted.Area, code = roster.ReadArea(in.Area); code != "" {
			r.refuse("area_invalid", "area")
		}
	}
	if in.PhoneOf != "" {
		var ok bool
		if wanted.Phone, _, ok = roster.ReadPhone(in.Phone); !ok {
			r.refuse("phone_invalid", "phone")
		}
	}
	developer := r.yes("developer", in.Developer)
	if added := in.Owners.list(); developer || len(in.Keep) > 0 || len(added) > 0 {
		wanted.Owners = &models.NewOwners{Developer: developer, Keep: in.Keep, Add: r.owners(added)}
	}
	return wanted, r.err()
}

// owners reads one owner from each line: name, number of the document, phone.
func (r *reader) owners(list []string) []roster.Owner {
	owners := make([]roster.Owner, len(list))
	for i, line := range list {
		cells := strings.FieldsFunc(line, func(c rune) bool { return strings.ContainsRune(",，\t;；", c) })
		cells = append(cells, "", "")
		var code roster.Code
		if owners[i], code = roster.ReadOwner(cells[0], cells[1], strings.TrimSpace(cells[2])); code != "" || len(cells) > 5 {
			r.refuse("owner_invalid", "owners")
			return nil
		}
	}
	return owners
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

package api

import (
	"errors"
	"io"
	"net/http"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
	"gongjue/web"
)

func ownHomePage(c *call) error {
	page, err := ownHomeView(c, objectRequest{}, nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

func ownHomeView(c *call, in objectRequest, problems []web.Problem) (web.Page, error) {
	home, err := c.store.OwnHome(c, *c.owner)
	if err != nil {
		return nil, err
	}
	list := home.Roster
	page := web.OwnHome{Shell: c.shell(web.TitleOwnHome), Community: list.Community.Name, DisplayURL: displayURL(list.ID), Version: int(list.Version),
		State: string(list.State), Units: displayLines(home.Lines, true), Name: home.Name, IDNumber: home.IDNumber, Phone: home.Phone,
		LeaveURL: ownHomeURL(list.ID) + "/leave", AskURL: asksURL(list.ID), Contact: list.Contact, Place: list.Place, AnswerDays: int(list.AnswerDays)}
	for _, other := range home.Others {
		page.Others = append(page.Others, web.MaskedPerson(other.Name, other.Phone))
	}
	for _, objection := range home.Objections {
		page.Objections = append(page.Objections, c.ownObjection(objection))
	}
	if home.MayObject {
		page.Till = web.Instant(list.ObjectionUntil)
		page.Object = &web.ObjectForm{Form: web.Form{Action: ownHomeURL(list.ID) + "/objections", Problems: problems}, About: in.About, Unit: in.Unit,
			Text: in.Text, Wanted: in.Wanted, Building: in.Building, Stair: in.Stair, Room: in.Room}
		for i, line := range home.Lines {
			page.Object.Units = append(page.Object.Units, web.Option{Value: line.UnitID, Text: page.Units[i].Place})
		}
	} else if problems != nil {
		return nil, nil
	}
	return page, nil
}

func (c *call) ownObjection(o models.RosterObjection) web.OwnObjection {
	line := web.OwnObjection{Number: o.Number, Kind: string(o.Kind), Place: web.PlaceWords(o.Place), State: string(o.State), At: web.Instant(o.CreatedAt),
		Due: web.Instant(o.DueAt), Late: c.store.Now() > o.DueAt, Text: o.Text, Wanted: o.Wanted, Upheld: o.Verdict == models.Upheld, Answer: o.Answer,
		AnsweredAt: web.Instant(o.AnsweredAt)}
	for _, file := range o.Files {
		line.Files = append(line.Files, file.Name)
	}
	if o.Change != nil {
		line.Change = rosterChange(*o.Change).Lines()
	}
	if o.Own && o.State == lifecycle.ObjectionOpen {
		line.WithdrawURL = ownHomeURL(o.RosterID) + "/objections/" + o.ID + "/withdraw"
	}
	return line
}

// objectRequest is an objection of an owner, multipart/form-data on pages and on the API alike; a part `file` may stand
// beside it.
type objectRequest struct {
	About    string `json:"about" form:"about" binding:"required,max=20"`
	Unit     string `json:"unit" form:"unit" binding:"max=100"` // id of the unit; not for unit_missing
	Text     string `json:"text" form:"text" binding:"required,max=2000"`
	Wanted   string `json:"wanted" form:"wanted" binding:"max=500"`
	Building string `json:"building" form:"building" binding:"max=100"` // of a unit that is missing
	Stair    string `json:"stair" form:"stair" binding:"max=100"`
	Room     string `json:"room" form:"room" binding:"max=100"`
}

func (in objectRequest) said(files []models.SentFile) models.RosterObjectionText {
	home := roster.ReadHome(in.Building, in.Stair, in.Room, "")
	return models.RosterObjectionText{Kind: models.RosterObjectionKind(in.About), Text: in.Text, Wanted: in.Wanted, UnitID: in.Unit,
		Place: models.HomeQuery(home), Files: files}
}

// asAsked gives a refusal of an objection the field names of its forms.
func asAsked(err error) error { return renamed(err, "kind", "about") }

var objectAct = act[objectRequest]{
	do: func(c *call, in objectRequest) (done, error) {
		files, err := c.sentEvidence()
		if err != nil {
			return done{}, err
		}
		objection, err := c.store.ObjectToRoster(c, *c.owner, in.said(files))
		if err != nil {
			return done{}, asAsked(err)
		}
		return done{status: http.StatusCreated, body: rosterObjectionOf(objection), location: ownHomeURL(objection.RosterID), flash: "roster_objected"}, nil
	},
	again: ownHomeView,
}

// sentEvidence reads the part `file` where one was chosen.
func (c *call) sentEvidence() ([]models.SentFile, error) {
	sent, err := c.sentFile()
	if errors.Is(err, refuse("file_missing")) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(io.NewSectionReader(sent, 0, sent.Size))
	if err != nil {
		return nil, err
	}
	return []models.SentFile{{Name: shortName(sent.Name), Content: content}}, nil
}

var withdrawObjectionAct = act[nothing]{do: func(c *call, _ nothing) (done, error) {
	if err := c.store.WithdrawRosterObjection(c, *c.owner, c.Param("roster_objection")); err != nil {
		return done{}, err
	}
	return done{location: ownHomeURL(c.owner.Roster), flash: "roster_withdrawn"}, nil
}}

// ownHomeJSON is an owner's own home on a roster.
type ownHomeJSON struct {
	RosterID   string                `json:"roster_id"`
	State      lifecycle.RosterState `json:"state"`
	Units      []ownUnitJSON         `json:"units"`
	Name       string                `json:"name"`
	IDNumber   string                `json:"id_number,omitempty"` // masked
	Phone      string                `json:"phone"`               // the one that was proved
	Others     []personJSON          `json:"others"`              // co-owners
	MayObject  bool                  `json:"may_object"`
	Objections []rosterObjectionJSON `json:"objections"`
}

// ownUnitJSON is one of the owner's own units.
type ownUnitJSON struct {
	ID string `json:"id"`
	displayLineJSON
}

// personJSON is a person of a home, masked.
type personJSON struct {
	ID    string `json:"id,omitempty"` // missing of somebody whom this version does not know
	Name  string `json:"name"`
	Phone string `json:"phone,omitempty"`
}

func peopleOf(list []models.HomePerson) []personJSON {
	people := make([]personJSON, len(list))
	for i, person := range list {
		people[i] = personJSON{ID: person.OwnerID, Name: person.Name, Phone: person.Phone}
	}
	return people
}

func getOwnHome(c *call) error {
	home, err := c.store.OwnHome(c, *c.owner)
	if err != nil {
		return err
	}
	body := ownHomeJSON{RosterID: home.Roster.ID, State: home.Roster.State, Units: make([]ownUnitJSON, len(home.Lines)), Name: home.Name,
		IDNumber: home.IDNumber, Phone: home.Phone, Others: peopleOf(home.Others), MayObject: home.MayObject,
		Objections: rosterObjectionsOf(home.Objections)}
	for i, line := range home.Lines {
		body.Units[i] = ownUnitJSON{ID: line.UnitID, displayLineJSON: displayLineOf(line)}
	}
	return c.sendJSON(done{body: body})
}

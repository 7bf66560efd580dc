package api

import (
	"errors"
	"net/http"
	"strings"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
	"gongjue/web"
)

// mandateRoutes are about who acts for a voter of a frozen roster, and homes that were sold since: the convener notes
// it, the street approves.
func mandateRoutes() []route {
	const page, api = "/staff/communities/:community/rosters/:roster/mandates", "/api/v1/communities/:community/rosters/:roster/mandates"
	return []route{
		get(page, checking, mandatesPage),
		post(page, convening, proposeMandateAct.page),
		get(page+"/:mandate", checking, mandatePage),
		post(page+"/:mandate/approve", street, approveMandateAct.page),
		post(page+"/:mandate/refuse", street, refuseMandateAct.page),
		post(page+"/:mandate/withdraw", convening, withdrawMandateAct.page),

		get(api, checking, listMandates),
		post(api, convening, proposeMandateAct.api),
		get(api+"/:mandate", checking, getMandate),
		post(api+"/:mandate/approve", street, approveMandateAct.api),
		post(api+"/:mandate/refuse", street, refuseMandateAct.api),
		post(api+"/:mandate/withdraw", convening, withdrawMandateAct.api),
	}
}

func mandatesURL(communityID, rosterID string) string {
	return rosterURL(communityID, rosterID) + "/mandates"
}

func (c *call) mandateURL(m models.Mandate) string {
	return mandatesURL(c.community.ID, m.RosterID) + "/" + m.ID
}

func mandatesPage(c *call) error {
	page, err := mandatesView(c, mandateRequest{}, nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// mandatesView lists what was noted, and shows the convener the form for the home that was asked for.
func mandatesView(c *call, in mandateRequest, problems []web.Problem) (web.Page, error) {
	list, err := c.store.Roster(c, c.community.ID, c.Param("roster"))
	if err != nil {
		return nil, err
	}
	mandates, err := c.store.MandatesOf(c, c.community.ID, list.ID)
	if err != nil {
		return nil, err
	}
	asked := c.homeQuery()
	page := web.Mandates{Shell: c.shell(web.TitleMandates), Community: c.community.Name, RosterURL: rosterURL(c.community.ID, list.ID),
		URL: mandatesURL(c.community.ID, list.ID), Version: int(list.Version), Searched: asked.asked(), Building: asked.building, Room: asked.room}
	for _, mandate := range mandates {
		page.List = append(page.List, c.mandateLine(mandate))
	}
	if c.staff.Role != models.RoleConvener || list.FrozenAt == 0 {
		return page, nil
	}
	buildings, _, err := c.store.RosterParts(c, c.community.ID, list.ID)
	if err != nil {
		return nil, err
	}
	for _, building := range buildings {
		page.Buildings = append(page.Buildings, building.Name)
	}
	if in.Unit == "" && !asked.asked() {
		return page, nil
	}
	unit, people, err := c.amendableUnit(list.ID, in.Unit)
	if errors.Is(err, refuse("unit_unknown")) {
		return page, nil
	}
	if err != nil {
		return nil, err
	}
	now := displayLine(unit, true)
	page.Now, page.Propose = &now, &web.MandateForm{Form: web.Form{Action: page.URL, Problems: problems}, Unit: unit.UnitID, Capacity: in.Capacity,
		People: personOptions(people), Owner: in.Owner, Person: in.Person, Phone: in.Phone, Document: in.Document, Reason: in.Reason}
	return page, nil
}

func (c *call) mandateLine(m models.Mandate) web.MandateLine {
	line := web.MandateLine{Number: int(m.Number), State: string(m.State), Capacity: string(m.Kind), Place: web.PlaceWords(m.Place), Document: m.Document,
		Reason: m.Reason, ForAll: m.Acts, ProposedAt: web.Instant(m.ProposedAt), ProposedBy: m.ProposedBy, DecidedAt: web.Instant(m.DecidedAt),
		DecidedBy: m.DecidedBy, Refusal: m.Refusal, URL: c.mandateURL(m)}
	if m.Owner.Name != "" {
		line.Owner = web.MaskedPerson(m.Owner.Name, m.Owner.Phone)
	}
	if m.Person.Name != "" {
		line.Person = web.MaskedPerson(m.Person.Name, m.Person.Phone)
	}
	return line
}

// mandateRequest notes who acts for the voter of a home.
type mandateRequest struct {
	Unit     string `json:"unit" form:"unit" binding:"required,max=100"`
	Capacity string `json:"capacity" form:"capacity" binding:"required,max=40"` // lifecycle.MandateKind
	Owner    string `json:"owner" form:"owner" binding:"max=100"`               // acted for, or chosen
	Person   string `json:"person" form:"person" binding:"max=100"`             // name of who acts and is none of the owners
	Phone    string `json:"phone" form:"phone" binding:"max=40"`
	Document string `json:"document" form:"document" binding:"max=200"` // what was shown
	Reason   string `json:"reason" form:"reason" binding:"max=200"`
}

// wanted reads the request. Refusals: phone_invalid, person_missing.
func (in mandateRequest) wanted() (models.WantedMandate, error) {
	wanted := models.WantedMandate{Kind: lifecycle.MandateKind(in.Capacity), UnitID: in.Unit, OwnerID: in.Owner, Document: in.Document, Reason: in.Reason}
	if strings.TrimSpace(in.Person) == "" {
		return wanted, nil
	}
	var r reader
	phone, mobile, ok := roster.ReadPhone(in.Phone)
	if !ok || !mobile {
		r.refuse("phone_invalid", "phone")
	}
	name, code := roster.ReadName(in.Person)
	if code != "" {
		r.refuse("person_missing", "person")
	}
	wanted.Person = roster.Owner{Name: name, Phone: phone}
	return wanted, r.err()
}

var proposeMandateAct = act[mandateRequest]{
	do: func(c *call, in mandateRequest) (done, error) {
		wanted, err := in.wanted()
		if err != nil {
			return done{}, err
		}
		mandate, err := c.store.ProposeMandate(c, c.actor(), c.community.ID, c.Param("roster"), wanted)
		if err != nil {
			return done{}, err
		}
		return done{status: http.StatusCreated, body: mandateOf(mandate), location: c.mandateURL(mandate), flash: "mandate_proposed"}, nil
	},
	again: mandatesView,
}

// mandateHere is the mandate of the address. Refusal: not_found.
func (c *call) mandateHere() (models.Mandate, error) {
	mandate, err := c.store.Mandate(c, c.community.ID, c.Param("mandate"))
	if err == nil && mandate.RosterID != c.Param("roster") {
		err = refuse("not_found")
	}
	return mandate, err
}

func mandatePage(c *call) error {
	page, err := mandateView(c, amendmentTrouble{})
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// mandateView is one mandate; nil where the step that was refused is not on the page any more.
func mandateView(c *call, t amendmentTrouble) (web.Page, error) {
	m, err := c.mandateHere()
	if err != nil {
		return nil, err
	}
	page, offered := web.MandatePage{Shell: c.shell(web.TitleMandates), Community: c.community.Name, ListURL: mandatesURL(c.community.ID, m.RosterID),
		Line: c.mandateLine(m)}, t.step == ""
	for _, event := range lifecycle.Amendments.Events(m.State, lifecycle.Actor(c.staff.Role)) {
		step := web.NewAct("mandate_"+string(event), c.mandateURL(m)+"/"+string(event))
		if event == t.step {
			step.Problem, step.Reason, offered = sentencesOf(t.problems), t.reason, true
		}
		page.Acts = append(page.Acts, step)
	}
	if !offered {
		return nil, nil
	}
	return page, nil
}

// settled takes a step of the mandate of the address and answers with it.
func (c *call) settled(step func(id string) error) (done, error) {
	mandate, err := c.mandateHere()
	if err != nil {
		return done{}, err
	}
	if err := step(mandate.ID); err != nil {
		return done{}, err
	}
	if mandate, err = c.mandateHere(); err != nil {
		return done{}, err
	}
	return done{body: mandateOf(mandate), location: c.mandateURL(mandate), flash: "mandate_" + string(mandate.State)}, nil
}

var approveMandateAct = act[nothing]{
	do: func(c *call, _ nothing) (done, error) {
		return c.settled(func(id string) error { return c.store.ApproveMandate(c, c.actor(), c.community.ID, id) })
	},
	again: func(c *call, _ nothing, problems []web.Problem) (web.Page, error) {
		return mandateView(c, amendmentTrouble{step: lifecycle.EventApprove, problems: problems})
	},
}

var refuseMandateAct = act[reasonRequest]{
	do: func(c *call, in reasonRequest) (done, error) {
		return c.settled(func(id string) error { return c.store.RefuseMandate(c, c.actor(), c.community.ID, id, in.Reason) })
	},
	again: func(c *call, in reasonRequest, problems []web.Problem) (web.Page, error) {
		return mandateView(c, amendmentTrouble{lifecycle.EventRefuse, in.Reason, problems})
	},
}

var withdrawMandateAct = act[nothing]{
	do: func(c *call, _ nothing) (done, error) {
		return c.settled(func(id string) error { return c.store.WithdrawMandate(c, c.actor(), c.community.ID, id) })
	},
	again: func(c *call, _ nothing, problems []web.Problem) (web.Page, error) {
		return mandateView(c, amendmentTrouble{step: lifecycle.EventWithdraw, problems: problems})
	},
}

package api

import (
	"errors"
	"net/http"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

func amendmentsURL(communityID, rosterID string) string {
	return rosterURL(communityID, rosterID) + "/amendments"
}

func (c *call) amendmentURL(a models.Amendment) string {
	return amendmentsURL(c.community.ID, a.RosterID) + "/" + a.ID
}

func amendmentsPage(c *call) error {
	list, err := c.store.Roster(c, c.community.ID, c.Param("roster"))
	if err != nil {
		return err
	}
	amendments, err := c.store.AmendmentsOf(c, c.community.ID, list.ID)
	if err != nil {
		return err
	}
	page := web.Amendments{Shell: c.shell(web.TitleAmendments), Community: c.community.Name, RosterURL: rosterURL(c.community.ID, list.ID), Version: int(list.Version)}
	for _, amendment := range amendments {
		line := rosterAmendment(amendment)
		line.URL = c.amendmentURL(amendment)
		page.List = append(page.List, line)
	}
	if c.staff.Role == models.RoleConvener && list.State == lifecycle.RosterFrozen {
		page.NewURL = amendmentsURL(c.community.ID, list.ID) + "/new"
	}
	return c.render(http.StatusOK, page)
}

// rosterAmendment is an amendment as pages print it.
func rosterAmendment(a models.Amendment) web.RosterAmendment {
	shown := web.RosterAmendment{State: string(a.State), Reason: a.Reason, ProposedAt: web.Instant(a.ProposedAt), RootBefore: a.RootBefore, RootAfter: a.RootAfter,
		BeforeURL: displayURL(a.RosterID), RosterChange: rosterChange(models.RosterChange{Number: a.Number, Place: a.Place, What: a.What, Before: a.Before,
			After: a.After, TotalBefore: a.TotalBefore, TotalAfter: a.TotalAfter, MadeAt: a.ProposedAt})}
	if a.DecidedAt != 0 {
		shown.At = web.Instant(a.DecidedAt)
	}
	return shown
}

func rosterAmendments(list []models.Amendment) []web.RosterAmendment {
	amendments := make([]web.RosterAmendment, len(list))
	for i, amendment := range list {
		amendments[i] = rosterAmendment(amendment)
	}
	return amendments
}

func newAmendmentPage(c *call) error {
	page, err := newAmendmentView(c, amendmentRequest{}, nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// newAmendmentView looks for the unit that was asked for, and shows the form for it. It is nil where the roster
// is not in force any more.
func newAmendmentView(c *call, in amendmentRequest, problems []web.Problem) (web.Page, error) {
	list, err := c.store.Roster(c, c.community.ID, c.Param("roster"))
	if err != nil {
		return nil, err
	}
	switch {
	case list.State == lifecycle.RosterFrozen:
	case problems != nil:
		return nil, nil
	case list.State == lifecycle.RosterSuperseded:
		return nil, refuse("roster_superseded")
	default:
		return nil, refuse("roster_not_frozen")
	}
	buildings, _, err := c.store.RosterParts(c, c.community.ID, list.ID)
	if err != nil {
		return nil, err
	}
	address, asked := amendmentsURL(c.community.ID, list.ID), c.homeQuery()
	page := web.NewAmendment{Shell: c.shell(web.TitleNewAmendment), Community: c.community.Name, ListURL: address, URL: address + "/new",
		MissingURL: address + "/new?missing=yes", Version: int(list.Version), Building: asked.building, Room: asked.room, Searched: asked.asked()}
	for _, building := range buildings {
		page.Buildings = append(page.Buildings, building.Name)
	}
	missing := c.Query("missing") == "yes" || problems != nil && in.Unit == ""
	if !missing && in.Unit == "" && !asked.asked() {
		return page, nil
	}
	form := web.AmendmentForm{CorrectionFields: in.form(web.MissingUnit, nil), Unit: in.Unit, Reason: in.Reason}
	if !missing {
		unit, people, err := c.amendableUnit(list.ID, in.Unit)
		if errors.Is(err, refuse("unit_unknown")) {
			return page, nil
		}
		if err != nil {
			return nil, err
		}
		now := displayLine(unit, true)
		page.Now, form.CorrectionFields, form.Unit = &now, in.form(web.AnyPart, people), unit.UnitID
	}
	form.Form = web.Form{Action: address, Problems: problems}
	page.Propose = &form
	return page, nil
}

// amendableUnit is the unit with that id, or the one that the address asks for.
func (c *call) amendableUnit(rosterID, id string) (models.DisplayLine, []models.HomePerson, error) {
	query := c.homeQuery().lines()
	return c.store.AmendableUnit(c, c.community.ID, rosterID, id, models.HomeQuery{Building: query.Building, Stair: query.Stair, Room: query.Room})
}

// amendmentRequest proposes an amendment, multipart/form-data on pages and on the API alike, with a part `file`.
type amendmentRequest struct {
	Unit   string `json:"unit" form:"unit" binding:"max=100"` // id; empty for a unit that is missing
	Reason string `json:"reason" form:"reason" binding:"required,max=1000"`
	correctionRequest
}

var proposeAmendmentAct = act[amendmentRequest]{
	do: func(c *call, in amendmentRequest) (done, error) {
		wanted, err := in.correction()
		if err != nil {
			return done{}, err
		}
		if in.Unit != "" {
			wanted.UnitID, wanted.Building, wanted.Stair, wanted.Room = in.Unit, "", "", ""
		}
		files, err := c.sentEvidence()
		if err != nil {
			return done{}, err
		}
		amendment, err := c.store.ProposeAmendment(c, c.actor(), c.community.ID, c.Param("roster"), wanted, in.Reason, files)
		if err != nil {
			return done{}, err
		}
		return done{status: http.StatusCreated, body: amendmentOf(amendment), location: c.amendmentURL(amendment), flash: "amendment_proposed"}, nil
	},
	again: newAmendmentView,
}

// amendmentTrouble is the step of an amendment that was refused, and what was typed for it.
type amendmentTrouble struct {
	step     lifecycle.Event
	reason   string
	problems []web.Problem
}

func amendmentPage(c *call) error {
	page, err := amendmentView(c, amendmentTrouble{})
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// amendmentHere is the amendment of the address. Refusal: not_found.
func (c *call) amendmentHere() (models.Amendment, error) {
	amendment, err := c.store.Amendment(c, c.community.ID, c.Param("amendment"))
	if err == nil && amendment.RosterID != c.Param("roster") {
		err = refuse("not_found")
	}
	return amendment, err
}

// amendmentView is one amendment; nil where the step that was refused is not on the page any more.
func amendmentView(c *call, t amendmentTrouble) (web.Page, error) {
	a, err := c.amendmentHere()
	if err != nil {
		return nil, err
	}
	from, to, err := c.store.AmendmentOwners(c, c.community.ID, a.ID)
	if err != nil {
		return nil, err
	}
	page := web.AmendmentPage{Shell: c.shell(web.TitleAmendment), Community: c.community.Name, ListURL: amendmentsURL(c.community.ID, a.RosterID),
		Line: rosterAmendment(a), OwnersFrom: maskedPeople(from), OwnersTo: maskedPeople(to), ProposedBy: a.ProposedBy,
		DecidedAt: web.Instant(a.DecidedAt), DecidedBy: a.DecidedBy, Files: evidenceFiles(a.Files, c.amendmentURL(a)), Refusal: a.Refusal, ExpiresAt: web.Instant(a.ExpiresAt), Expired: c.store.Now() > a.ExpiresAt}
	if a.NextID != "" {
		page.NextURL = rosterURL(c.community.ID, a.NextID)
	}
	var offered bool
	page.Acts, offered = c.amendmentActs(a, t)
	if t.step != "" && !offered {
		return nil, nil
	}
	return page, nil
}

func maskedPeople(people []models.HomePerson) []string {
	var list []string
	for _, person := range people {
		list = append(list, web.MaskedPerson(person.Name, person.Phone))
	}
	return list
}

// amendmentActs are the steps that the one who asks may take, and whether the refused one is among them.
func (c *call) amendmentActs(a models.Amendment, t amendmentTrouble) (acts []web.Act, offered bool) {
	for _, event := range lifecycle.Amendments.Events(a.State, lifecycle.Actor(c.staff.Role)) {
		step := web.NewAct("amendment_"+string(event), c.amendmentURL(a)+"/"+string(event))
		if event == lifecycle.EventApprove {
			if c.store.Now() > a.ExpiresAt {
				step.Refusal = web.Sentence("amendment_expired")
			}
			step.Will, step.Hidden = web.AmendmentWill, []web.Field{{Name: "digest", Value: a.Digest}}
		}
		if event == t.step {
			step.Problem, step.Reason, offered = sentencesOf(t.problems), t.reason, true
		}
		acts = append(acts, step)
	}
	return acts, offered
}

// approveRequest names what the second person saw.
type approveRequest struct {
	Digest string `json:"digest" form:"digest" binding:"required,max=64"`
}

var approveAmendmentAct = act[approveRequest]{
	do: func(c *call, in approveRequest) (done, error) {
		return c.decided(lifecycle.EventApprove, func(id string) error {
			return c.store.ApproveAmendment(c, c.actor(), c.community.ID, id, in.Digest)
		})
	},
	again: func(c *call, _ approveRequest, problems []web.Problem) (web.Page, error) {
		return amendmentView(c, amendmentTrouble{step: lifecycle.EventApprove, problems: problems})
	},
}

var refuseAmendmentAct = act[reasonRequest]{
	do: func(c *call, in reasonRequest) (done, error) {
		return c.decided(lifecycle.EventRefuse, func(id string) error {
			return c.store.RefuseAmendment(c, c.actor(), c.community.ID, id, in.Reason)
		})
	},
	again: func(c *call, in reasonRequest, problems []web.Problem) (web.Page, error) {
		return amendmentView(c, amendmentTrouble{lifecycle.EventRefuse, in.Reason, problems})
	},
}

var withdrawAmendmentAct = act[nothing]{
	do: func(c *call, _ nothing) (done, error) {
		return c.decided(lifecycle.EventWithdraw, func(id string) error {
			return c.store.WithdrawAmendment(c, c.actor(), c.community.ID, id)
		})
	},
	again: func(c *call, _ nothing, problems []web.Problem) (web.Page, error) {
		return amendmentView(c, amendmentTrouble{step: lifecycle.EventWithdraw, problems: problems})
	},
}

// decided takes a step of the amendment of the address and answers with it.
func (c *call) decided(event lifecycle.Event, step func(id string) error) (done, error) {
	amendment, err := c.amendmentHere()
	if err != nil {
		return done{}, err
	}
	if err := step(amendment.ID); err != nil {
		return done{}, err
	}
	if amendment, err = c.amendmentHere(); err != nil {
		return done{}, err
	}
	return done{body: amendmentOf(amendment), location: c.amendmentURL(amendment), flash: "amendment_" + string(amendment.State)}, nil
}

// amendmentEvidence hands out a file that proves an amendment, for saving; reading it stands in the audit.
func amendmentEvidence(c *call) error {
	amendment, err := c.amendmentHere()
	if err != nil {
		return err
	}
	file, err := c.store.Evidence(c, c.actor(), c.community.ID, amendment.ID, c.Param("proof"))
	if err != nil {
		return err
	}
	c.sendFile(models.Attachment{Name: file.Name, MediaType: file.MediaType, Content: file.Content})
	return nil
}

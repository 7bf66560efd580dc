package api

import (
	"net/http"
	"slices"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// emergencyRoutes are the emergency uses of the maintenance fund: for everybody, and for convener and street.
func emergencyRoutes() []route {
	const page, api = "/staff/communities/:community/emergencies", "/api/v1/communities/:community/emergencies"
	return []route{
		get("/b/:community/emergencies", public, publicEmergencyPage),
		get("/api/v1/public/communities/:community/emergencies", public, listPublicEmergencies),

		get(page, inside, emergencyPage),
		post(page, convening, proposeEmergencyAct.page),
		post(page+"/:emergency/confirm", street, confirmEmergencyAct.page).heldBy(page),
		post(page+"/:emergency/refuse", street, refuseEmergencyAct.page).heldBy(page),
		post(page+"/:emergency/withdraw", convening, withdrawEmergencyAct.page).heldBy(page),
		post(page+"/:emergency/complete", convening, completeEmergencyAct.page).heldBy(page),

		get(api, inside, listEmergencies),
		post(api, convening, proposeEmergencyAct.api),
		post(api+"/:emergency/confirm", street, confirmEmergencyAct.api),
		post(api+"/:emergency/refuse", street, refuseEmergencyAct.api),
		post(api+"/:emergency/withdraw", convening, withdrawEmergencyAct.api),
		post(api+"/:emergency/complete", convening, completeEmergencyAct.api),
	}
}

func emergenciesURL(community string) string { return boardURL(community) + "/emergencies" }

// emergencyView is an emergency use as pages show it.
func emergencyView(use models.EmergencyUse) web.Emergency {
	view := web.Emergency{ID: use.ID, Number: use.Number, State: string(use.State), Cause: web.EmergencyCause(string(use.Cause)), Place: use.Place, Body: use.Body,
		Contractor: use.Contractor, Estimate: use.Estimate.String(), ProposedAt: web.Instant(use.ProposedAt), DecidedAt: web.Instant(use.DecidedAt),
		Refusal: use.Refusal, Acceptance: use.Acceptance, Audit: use.Audit, Overrun: use.Overrun, DoneAt: web.Instant(use.DoneAt)}
	if use.State == lifecycle.EmergencyDone {
		view.Cost = use.Cost.String()
		if use.Cost > use.Estimate {
			view.Over = (use.Cost - use.Estimate).String()
		}
	}
	return view
}

func publicEmergencyPage(c *call) error {
	community, uses, err := c.publicEmergencies()
	if err != nil {
		return err
	}
	page := web.EmergencyPublic{Shell: c.shell(community.Name + " " + web.TitleEmergency), Community: community.Name, BoardURL: boardURL(community.ID)}
	for _, use := range uses {
		page.Uses = append(page.Uses, emergencyView(use))
	}
	return c.render(http.StatusOK, page)
}

// publicEmergencies are those of a community, and the community. Refusal: not_found.
func (c *call) publicEmergencies() (models.Community, []models.EmergencyUse, error) {
	community, err := c.store.Community(c, c.Param("community"))
	if err != nil {
		return community, nil, err
	}
	uses, err := c.store.Emergencies(c, community.ID, true)
	return community, uses, err
}

// emergencyTrouble is what refused the last attempt; id: of the use whose form it was.
type emergencyTrouble struct {
	id, form string // propose, refuse or complete
	propose  emergencyRequest
	refuse   reasonRequest
	complete emergencyDoneRequest
	problems []web.Problem
}

func (t emergencyTrouble) of(id, form string) []web.Problem {
	if t.form == form && t.id == id {
		return t.problems
	}
	return nil
}

func emergencyPage(c *call) error {
	page, err := emergencyDesk(c, emergencyTrouble{})
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// emergencyDesk is the list for staff with the forms that the one who asks may send now.
func emergencyDesk(c *call, t emergencyTrouble) (web.Page, error) {
	uses, err := c.store.Emergencies(c, c.community.ID, false)
	if err != nil {
		return nil, err
	}
	page := web.EmergencyPage{Shell: c.shell(c.community.Name + " " + web.TitleEmergency), Community: c.community.Name, CommunityURL: c.communityURL(), PublicURL: emergenciesURL(c.community.ID)}
	if c.staff.Role == models.RoleConvener {
		page.Propose = &web.EmergencyForm{Form: web.Form{Action: c.communityURL("emergencies"), Problems: t.of("", "propose")}, Cause: string(t.propose.Cause), Place: t.propose.Place,
			Body: t.propose.Body, Contractor: t.propose.Contractor, Estimate: t.propose.Estimate}
	}
	shown := t.form == "" || (t.form == "propose" && page.Propose != nil)
	for _, use := range uses {
		view := c.emergencyForms(use, t)
		shown = shown || t.id == use.ID && (t.form == "refuse" && view.Refuse != nil || t.form == "complete" && view.Complete != nil)
		page.Uses = append(page.Uses, view)
	}
	if !shown {
		return nil, nil
	}
	return page, nil
}

func (c *call) emergencyForms(use models.EmergencyUse, t emergencyTrouble) web.Emergency {
	view := emergencyView(use)
	at := func(act string) string { return c.communityURL("emergencies", use.ID, act) }
	events := lifecycle.Emergencies.Events(use.State, lifecycle.Actor(c.staff.Role))
	if slices.Contains(events, lifecycle.EventApprove) {
		view.ConfirmURL = at("confirm")
		view.Refuse = &web.EmergencyRefusal{Form: web.Form{Action: at("refuse"), Problems: t.of(use.ID, "refuse")}, Reason: t.refuse.Reason}
	}
	if slices.Contains(events, lifecycle.EventWithdraw) {
		view.WithdrawURL = at("withdraw")
	}
	if slices.Contains(events, lifecycle.EventComplete) {
		view.Complete = &web.EmergencyDone{Form: web.Form{Action: at("complete"), Problems: t.of(use.ID, "complete")}}
		if t.id == use.ID {
			view.Complete.Cost, view.Complete.Acceptance, view.Complete.Audit, view.Complete.Overrun = t.complete.Cost, t.complete.Acceptance, t.complete.Audit, t.complete.Overrun
		}
	}
	return view
}

// emergencyRequest proposes an emergency use.
type emergencyRequest struct {
	Cause      lifecycle.EmergencyCause `json:"cause" form:"cause" binding:"required"`
	Place      string                   `json:"place" form:"place" binding:"required,max=200"`
	Body       string                   `json:"body" form:"body" binding:"required,max=2000"`
	Contractor string                   `json:"contractor" form:"contractor" binding:"max=200"`
	Estimate   string                   `json:"estimate" form:"estimate" binding:"required,max=30"` // yuan, two decimals at most
}

// emergencyDoneRequest says what the works cost.
type emergencyDoneRequest struct {
	Cost       string `json:"cost" form:"cost" binding:"required,max=30"` // yuan, two decimals at most
	Acceptance string `json:"acceptance" form:"acceptance" binding:"required,max=200"`
	Audit      string `json:"audit" form:"audit" binding:"max=200"`
	Overrun    string `json:"overrun" form:"overrun" binding:"max=200"` // where it cost more than estimated
}

// emergencyDone answers an act with the list as it stands.
func emergencyDone(c *call, flash string) (done, error) {
	uses, err := c.store.Emergencies(c, c.community.ID, false)
	return done{body: emergenciesOf(uses), location: c.communityURL("emergencies"), flash: flash}, err
}

var proposeEmergencyAct = act[emergencyRequest]{
	do: func(c *call, in emergencyRequest) (done, error) {
		var r reader
		wanted := models.EmergencyUse{Cause: in.Cause, Place: in.Place, Body: in.Body, Contractor: in.Contractor, Estimate: r.money("estimate", in.Estimate)}
		if err := r.err(); err != nil {
			return done{}, err
		}
		if err := c.store.ProposeEmergency(c, c.actor(), c.community.ID, wanted); err != nil {
			return done{}, err
		}
		return emergencyDone(c, "emergency_proposed")
	},
	again: func(c *call, in emergencyRequest, problems []web.Problem) (web.Page, error) {
		return emergencyDesk(c, emergencyTrouble{form: "propose", propose: in, problems: problems})
	},
}

var confirmEmergencyAct = act[nothing]{
	do: func(c *call, _ nothing) (done, error) {
		if err := c.store.ConfirmEmergency(c, c.actor(), c.community.ID, c.Param("emergency")); err != nil {
			return done{}, err
		}
		return emergencyDone(c, "emergency_confirmed")
	},
}

var withdrawEmergencyAct = act[nothing]{
	do: func(c *call, _ nothing) (done, error) {
		if err := c.store.WithdrawEmergency(c, c.actor(), c.community.ID, c.Param("emergency")); err != nil {
			return done{}, err
		}
		return emergencyDone(c, "emergency_withdrawn")
	},
}

var refuseEmergencyAct = act[reasonRequest]{
	do: func(c *call, in reasonRequest) (done, error) {
		if err := c.store.RefuseEmergency(c, c.actor(), c.community.ID, c.Param("emergency"), in.Reason); err != nil {
			return done{}, err
		}
		return emergencyDone(c, "emergency_refused")
	},
	again: func(c *call, in reasonRequest, problems []web.Problem) (web.Page, error) {
		return emergencyDesk(c, emergencyTrouble{id: c.Param("emergency"), form: "refuse", refuse: in, problems: problems})
	},
}

var completeEmergencyAct = act[emergencyDoneRequest]{
	do: func(c *call, in emergencyDoneRequest) (done, error) {
		var r reader
		finished := models.EmergencyUse{Cost: r.money("cost", in.Cost), Acceptance: in.Acceptance, Audit: in.Audit, Overrun: in.Overrun}
		if err := r.err(); err != nil {
			return done{}, err
		}
		if err := c.store.CompleteEmergency(c, c.actor(), c.community.ID, c.Param("emergency"), finished); err != nil {
			return done{}, err
		}
		return emergencyDone(c, "emergency_done")
	},
	again: func(c *call, in emergencyDoneRequest, problems []web.Problem) (web.Page, error) {
		return emergencyDesk(c, emergencyTrouble{id: c.Param("emergency"), form: "complete", complete: in, problems: problems})
	},
}

// emergenciesJSON are the emergency uses of a community, the newest first.
type emergenciesJSON struct {
	Emergencies []emergencyJSON `json:"emergencies"`
}

type emergencyJSON struct {
	ID         string                   `json:"id"`
	Number     int64                    `json:"number"`
	State      lifecycle.EmergencyState `json:"state"`
	Cause      lifecycle.EmergencyCause `json:"cause"`
	Place      string                   `json:"place"`
	Body       string                   `json:"body"`
	Contractor string                   `json:"contractor"`
	Estimate   int64                    `json:"estimate_fen"`
	ProposedAt int64                    `json:"proposed_at"`
	DecidedAt  int64                    `json:"decided_at,omitempty"`
	Refusal    string                   `json:"refusal,omitempty"`
	Cost       int64                    `json:"cost_fen,omitempty"`
	Acceptance string                   `json:"acceptance,omitempty"`
	Audit      string                   `json:"audit,omitempty"`
	Overrun    string                   `json:"overrun,omitempty"`
	DoneAt     int64                    `json:"done_at,omitempty"`
}

func emergenciesOf(uses []models.EmergencyUse) emergenciesJSON {
	list := emergenciesJSON{Emergencies: make([]emergencyJSON, len(uses))}
	for i, use := range uses {
		list.Emergencies[i] = emergencyJSON{use.ID, use.Number, use.State, use.Cause, use.Place, use.Body, use.Contractor, int64(use.Estimate), use.ProposedAt,
			use.DecidedAt, use.Refusal, int64(use.Cost), use.Acceptance, use.Audit, use.Overrun, use.DoneAt}
	}
	return list
}

func listEmergencies(c *call) error {
	answer, err := emergencyDone(c, "")
	if err != nil {
		return err
	}
	return c.sendJSON(answer)
}

func listPublicEmergencies(c *call) error {
	_, uses, err := c.publicEmergencies()
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: emergenciesOf(uses)})
}

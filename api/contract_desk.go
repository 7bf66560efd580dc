package api

import (
	"net/http"
	"strconv"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// contractTrouble is what refused the last attempt; id: of the contract whose form it was, event: which of its forms, or
// file.
type contractTrouble struct {
	id, event string
	record    contractRequest
	step      contractStepRequest
	problems  []web.Problem
}

func (t contractTrouble) of(id, event string) []web.Problem {
	if t.id == id && t.event == event {
		return t.problems
	}
	return nil
}

func contractPage(c *call) error {
	page, err := contractDesk(c, contractTrouble{})
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// contractDesk is the list for staff with the forms that the one who asks may send now.
func contractDesk(c *call, t contractTrouble) (web.Page, error) {
	contracts, err := c.store.Contracts(c, c.community, false)
	if err != nil {
		return nil, err
	}
	decisions, err := c.store.FirmDecisions(c, c.community.ID)
	if err != nil {
		return nil, err
	}
	page := web.ContractPage{Shell: c.shell(c.community.Name + " " + web.TitleContracts), Community: c.community.Name, CommunityURL: c.communityURL(), PublicURL: contractsURL(c.community.ID)}
	if c.staff.Role == models.RoleConvener {
		if open := undrawn(decisions, contracts); len(open) > 0 {
			page.Decided = c.contractForm(t, "decided")
			page.Decided.Decisions = open
		}
		page.Earlier = c.contractForm(t, "earlier")
	}
	shown := t.event == "" || t.event == "decided" && page.Decided != nil || t.event == "earlier" && page.Earlier != nil
	for _, contract := range contracts {
		view, err := c.contractView(contract)
		if err != nil {
			return nil, err
		}
		c.contractForms(&view, contract, decisions, t)
		for _, step := range view.Steps {
			shown = shown || t.id == contract.ID && t.event == step.Event
		}
		shown = shown || t.id == contract.ID && t.event == fileField && view.Publish != nil
		page.Contracts = append(page.Contracts, view)
	}
	if !shown {
		return nil, nil
	}
	return page, nil
}

// undrawn are the decisions for a firm that have no contract yet.
func undrawn(decisions []models.FirmDecision, contracts []models.Contract) (open []web.Option) {
	for _, decision := range decisions {
		has := !decision.Selects() && !(decision.Act == voting.RenewFirm && decision.Passed)
		for _, contract := range contracts {
			has = has || contract.MeetingID == decision.MeetingID && contract.Position == decision.Position && contract.State != lifecycle.ContractWithdrawn
		}
		if !has {
			open = append(open, decisionOption(decision))
		}
	}
	return open
}

func decisionOption(d models.FirmDecision) web.Option {
	return web.Option{Value: d.MeetingID + ":" + strconv.FormatInt(d.Position, 10), Text: web.ContractDecision(d.Meeting, d.Title, d.Firm), Note: web.Instant(d.PublishedAt).Day()}
}

// contractForm is one of the two forms that record a contract, filled where it was refused.
func (c *call) contractForm(t contractTrouble, which string) *web.ContractForm {
	form := &web.ContractForm{Form: web.Form{Action: c.communityURL("contracts"), Problems: t.of("", which)}}
	if in := t.record; t.event == which {
		form.Decision, form.Kind, form.Firm, form.Principal, form.Area, form.FeeMode, form.Price = in.Decision, string(in.Kind), in.Firm, in.Principal, in.Area, string(in.FeeMode), in.Price
		form.SignedOn, form.From, form.To, form.Terms = in.SignedOn, in.From, in.To, in.Terms
	}
	return form
}

// contractForms adds the forms of one contract.
func (c *call) contractForms(view *web.Contract, contract models.Contract, decisions []models.FirmDecision, t contractTrouble) {
	if c.staff.Role == models.RoleConvener || c.staff.Role == models.RoleStreet {
		view.Proofs = evidenceFiles(contract.Proofs, c.communityURL("contracts", contract.ID, "proofs"))
	}
	for _, event := range contract.May(lifecycle.Actor(c.staff.Role), c.store.Now()) {
		step := web.NewContractStep(event)
		step.Form = web.Form{Action: c.communityURL("contracts", contract.ID, "steps"), Problems: t.of(contract.ID, string(event))}
		if in := t.step; t.id == contract.ID && t.event == string(event) {
			step.Day, step.Until, step.Side, step.Decision, step.Parties, step.BodyTyped = in.Day, in.Until, string(in.Side), in.Decision, in.Parties, in.Body
		}
		for _, decision := range decisions {
			fits := event == lifecycle.EventDismiss && decision.Dismisses(contract.Firm) || event == lifecycle.EventDecline && decision.Declines(contract.Firm)
			if fits && decision.After(contract) {
				step.Decisions = append(step.Decisions, decisionOption(decision))
			}
		}
		view.Steps = append(view.Steps, step)
	}
	if c.staff.Role == models.RoleConvener && contract.State != lifecycle.ContractWithdrawn {
		view.Publish = &web.ContractFileForm{Form: web.Form{Action: c.communityURL("contracts", contract.ID, "files"), Problems: t.of(contract.ID, fileField)}}
		for i, file := range contract.Files {
			view.Files[i].RemoveURL = c.communityURL("contracts", contract.ID, "files", file.ID, "remove")
		}
	}
}

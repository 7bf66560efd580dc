package api

import (
	"net/http"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
	"gongjue/web"
)

// decisionRoutes are the meetings of committees and their decisions: for everybody, for the committee, and for the
// authorities that supervise them.
func decisionRoutes() []route {
	const page, api = "/staff/communities/:community/committee-meetings", "/api/v1/communities/:community/committee-meetings"
	const one, oneAPI = "/staff/communities/:community/decisions/:decision", "/api/v1/communities/:community/decisions/:decision"
	acting := staff(models.RoleDistrict, models.RoleStreet, models.RoleConvener)
	return []route{
		get("/b/:community/decisions", public, publicDecisionPage),
		get("/api/v1/public/communities/:community/decisions", public, listPublicDecisions),

		get(page, inside, decisionPage),
		post(page, convening, callSittingAct.page),
		post(page+"/:sitting/cancel", convening, cancelSittingAct.page).heldBy(page),
		upload(page+"/:sitting/record", convening, recordSittingAct.page).heldBy(page),
		get(page+"/:sitting/files/:evidence", checking, sittingMinutes),
		get(one, inside, oneDecisionPage),
		post(one, acting, superviseDecisionAct.page),

		get(api, inside, listDecisions),
		post(api, convening, callSittingAct.api),
		post(api+"/:sitting/cancel", convening, cancelSittingAct.api),
		upload(api+"/:sitting/record", convening, recordSittingJSON),
		get(oneAPI, inside, getDecision),
		post(oneAPI, acting, superviseDecisionAct.api),
	}
}

func decisionsURL(community string) string { return boardURL(community) + "/decisions" }

// ruleOf says when the body that acts for the owners of a community decides now.
func (c *call) ruleOf(community models.Community) (string, error) {
	pack, err := rules.At(community.Place, c.store.Now())
	if err != nil {
		return "", err
	}
	terms, err := c.store.Committees(c, community.ID)
	if err != nil {
		return "", err
	}
	if acting := models.ActingCommittee(terms); acting != nil && acting.Kind == lifecycle.PropertyManagementCommittee {
		return web.InterimRule(pack.Procedure.InterimBody), nil
	}
	clause := pack.Procedure.CommitteeDecision
	if clause == nil {
		return web.DecisionRule(false, ""), nil
	}
	return web.DecisionRule(clause.Value == rules.HalfOfAll, articleOf(clause.Source)), nil
}

// sittingViews are the meetings as pages show them. open: with the names of those who did not agree to be named, and the
// signed minutes.
func (c *call) sittingViews(community models.Community, list []models.Sitting, open bool) ([]web.Sitting, error) {
	terms, err := c.store.Committees(c, community.ID)
	if err != nil {
		return nil, err
	}
	names, numbers := map[string]string{}, map[string]int64{}
	for _, term := range terms {
		names[term.ID] = term.Name
	}
	for _, sitting := range list {
		for _, decision := range sitting.Decisions {
			numbers[decision.ID] = decision.Number
		}
	}
	views := make([]web.Sitting, len(list))
	for i, s := range list {
		view := web.Sitting{Number: s.Number, State: string(s.State), Committee: names[s.CommitteeID], CalledBy: web.CalledByText(s.CalledBy, s.Callers), HeldAt: web.Instant(s.HeldAt),
			Place: s.Place, Agenda: s.Agenda, CalledAt: web.Instant(s.CalledAt), Reason: s.Reason, EndedAt: web.Instant(s.EndedAt), All: s.All, Present: int64(len(s.Present)), Signed: s.Signed(),
			Interim: s.Kind == lifecycle.PropertyManagementCommittee}
		pack, err := rules.At(community.Place, s.HeldAt)
		if err != nil {
			return nil, err
		}
		if due, clause := s.PublishBy(pack.Procedure); clause != nil {
			view.Due, view.Clock, view.Overdue = web.Instant(due), web.ClockWords(clause.Days, false, articleOf(clause.Source)), c.store.Now() > due
		}
		if until, body := s.DisplayUntil(pack.Procedure); body != nil {
			view.Display, view.Shows, view.Displayed = web.Instant(until), web.ClockWords(body.DisplayWorkingDays, true, articleOf(body.Source)), c.store.Now() > until
		}
		view.Who = presentText(s, open)
		for _, decision := range s.Decisions {
			view.Decisions = append(view.Decisions, decisionView(decision, s.All, numbers))
		}
		views[i] = view
	}
	return views, nil
}

func presentText(s models.Sitting, open bool) string {
	var named []string
	unnamed := int64(0)
	for _, member := range s.Present {
		if !open && !member.Named {
			unnamed++
			continue
		}
		named = append(named, web.MemberText(member.Name, member.Post))
	}
	return web.PostsText(named, unnamed)
}

func decisionView(d models.Decision, all int64, numbers map[string]int64) web.Decision {
	view := web.Decision{Number: d.Number, Position: d.Position, Title: d.Title, Body: d.Body, Basis: d.Basis, InFavour: d.InFavour, Against: d.Against, Abstained: d.Abstained,
		All: all, Passed: d.Passed, Replaces: numbers[d.ReplacesID], Newer: numbers[d.ReplacedBy]}
	if d.Passed {
		view.State = string(d.State())
	}
	for _, order := range d.Orders {
		view.Orders = append(view.Orders, web.DecisionOrder{Title: web.SupervisionTitle(order.Kind), Name: order.Name, At: web.Instant(order.At),
			Lines: web.SupervisionLines(order.Breached, order.Basis, web.SupervisionBody(order.Kind), order.Body, web.Instant(order.LimitAt), order.Court, order.CaseNumber, order.JudgedOn)})
	}
	return view
}

// publicSittings are those of a community, and the community. Refusal: not_found.
func (c *call) publicSittings() (models.Community, []models.Sitting, error) {
	community, err := c.store.Community(c, c.Param("community"))
	if err != nil {
		return community, nil, err
	}
	list, err := c.store.Sittings(c, community.ID, false)
	return community, list, err
}

func publicDecisionPage(c *call) error {
	community, list, err := c.publicSittings()
	if err != nil {
		return err
	}
	page := web.DecisionBoard{Shell: c.shell(community.Name + " " + web.TitleDecisions), Community: community.Name, BoardURL: boardURL(community.ID)}
	if page.Sittings, err = c.sittingViews(community, list, false); err != nil {
		return err
	}
	if page.Rule, err = c.ruleOf(community); err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// sittingMinutes hands out the signed minutes; reading them stands in the audit.
func sittingMinutes(c *call) error {
	file, err := c.store.SittingMinutes(c, c.actor(), c.community.ID, c.Param("sitting"), c.Param("evidence"))
	if err != nil {
		return err
	}
	c.sendFile(models.Attachment{Name: file.Name, MediaType: file.MediaType, Content: file.Content})
	return nil
}

// decisionsOf is what waits because of a committee's meetings.
func (c *call) decisionsOf(overview models.Overview) (work []web.WorkItem) {
	url := staffCommunityURL(overview.ID) + "/committee-meetings"
	if overview.Unrecorded > 0 && c.staff.Role == models.RoleConvener {
		work = append(work, web.WorkItem{Text: web.WorkSittings(overview.Name, overview.Unrecorded), URL: url})
	}
	if overview.Corrections > 0 && c.staff.Role == models.RoleConvener {
		work = append(work, web.WorkItem{Text: web.WorkCorrections(overview.Name, overview.Corrections), URL: url})
	}
	if overview.Reports > 0 && c.staff.Role == models.RoleStreet {
		work = append(work, web.WorkItem{Text: web.WorkReports(overview.Name, overview.Reports), URL: url})
	}
	return work
}

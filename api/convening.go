package api

import (
	"net/http"
	"slices"
	"strconv"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
	"gongjue/web"
)

// conveningRoutes are a street's orders to call a meeting: for everybody, and for the street and whoever must follow.
func conveningRoutes() []route {
	const page, api = "/staff/communities/:community/convenings", "/api/v1/communities/:community/convenings"
	return []route{
		get("/b/:community/convenings", public, publicConveningPage),
		get("/api/v1/public/communities/:community/convenings", public, listPublicConvenings),

		get(page, inside, conveningPage),
		post(page, street, orderMeetingAct.page),
		post(page+"/:convening/take-over", street, streetConvenesAct.page).heldBy(page),
		post(page+"/:convening/withdraw", street, withdrawConveningAct.page).heldBy(page),

		get(api, inside, listConvenings),
		post(api, street, orderMeetingAct.api),
		post(api+"/:convening/take-over", street, streetConvenesAct.api),
		post(api+"/:convening/withdraw", street, withdrawConveningAct.api),
	}
}

func conveningsURL(community string) string { return boardURL(community) + "/convenings" }

// conveningView is an order as pages show it.
func conveningView(order models.Convening, now int64) web.Convening {
	view := web.Convening{ID: order.ID, Number: order.Number, State: string(order.State), Overdue: order.Overdue(now),
		Late: order.State == lifecycle.ConveningFollowed && order.MetAt > order.LimitAt,
		Kind: web.ConveningKind(string(order.Kind)), Ground: web.ConveningGround(string(order.Ground)), Asked: order.Asked, Obliged: web.ConveningObliged(string(order.ConvenerKind)),
		Basis: order.Basis, Body: order.Body, Street: order.StreetName, OrderedAt: web.Instant(order.OrderedAt), Limit: web.Instant(order.LimitAt),
		MeetingTitle: order.MeetingTitle, MetAt: web.Instant(order.MetAt), TakenAt: web.Instant(order.TakenAt), WithdrawnAt: web.Instant(order.WithdrawnAt), Reason: order.Reason}
	if order.MeetingID != "" {
		view.MeetingURL = noticeURL(order.MeetingID)
	}
	return view
}

func publicConveningPage(c *call) error {
	community, orders, err := c.publicConvenings()
	if err != nil {
		return err
	}
	page := web.ConveningPublic{Shell: c.shell(community.Name + " " + web.TitleConvening), Community: community.Name, BoardURL: boardURL(community.ID)}
	for _, order := range orders {
		page.List = append(page.List, conveningView(order, c.store.Now()))
	}
	return c.render(http.StatusOK, page)
}

// publicConvenings are the orders in a community, and the community. Refusal: not_found.
func (c *call) publicConvenings() (models.Community, []models.Convening, error) {
	community, err := c.store.Community(c, c.Param("community"))
	if err != nil {
		return community, nil, err
	}
	orders, err := c.store.Convenings(c, community.ID)
	return community, orders, err
}

// conveningLinks are the orders that stand open, for the notices of a board.
func conveningLinks(orders []models.Convening, now int64) (links []web.Link) {
	for _, order := range orders {
		if view := conveningView(order, now); order.State == lifecycle.ConveningOrdered || order.State == lifecycle.ConveningTakenOver {
			links = append(links, web.Link{Text: web.ConveningLine(view), URL: conveningURL(order)})
		}
	}
	return links
}

// conveningURL is where an order stands on the public list.
func conveningURL(order models.Convening) string {
	return conveningsURL(order.CommunityID) + "#c" + strconv.FormatInt(order.Number, 10)
}

// conveningTrouble is what refused the last attempt; id: of the order whose form it was.
type conveningTrouble struct {
	id, form string // order, take-over or withdraw
	order    conveningRequest
	takeOver streetConvenesRequest
	withdraw reasonRequest
	problems []web.Problem
}

func (t conveningTrouble) of(id, form string) []web.Problem {
	if t.form == form && t.id == id {
		return t.problems
	}
	return nil
}

func conveningPage(c *call) error {
	page, err := conveningDesk(c, conveningTrouble{})
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// conveningDesk is the list for staff with the forms that the one who asks may send now.
func conveningDesk(c *call, t conveningTrouble) (web.Page, error) {
	orders, err := c.store.Convenings(c, c.community.ID)
	if err != nil {
		return nil, err
	}
	clause, err := models.StreetConvenes(c.community.Place, c.store.Now())
	if err != nil {
		return nil, err
	}
	page := web.ConveningPage{Shell: c.shell(c.community.Name + " " + web.TitleConvening), Community: c.community.Name, CommunityURL: c.communityURL(), PublicURL: conveningsURL(c.community.ID)}
	if clause != nil {
		page.Rule = web.StreetConvenes(string(clause.Value), clause.Source.String())
	}
	if c.staff.Role == models.RoleStreet {
		page.Order = &web.ConveningForm{Form: web.Form{Action: c.communityURL("convenings"), Problems: t.of("", "order")}, Kind: string(t.order.Kind), Ground: string(t.order.Ground),
			Asked: string(t.order.Asked), ConvenerKind: string(t.order.ConvenerKind), Basis: t.order.Basis, Body: t.order.Body, Limit: t.order.Limit}
		if clause != nil && t.form == "" {
			page.Order.Basis = clause.Source.String()
		}
	}
	shown := t.form == "" || (t.form == "order" && page.Order != nil)
	for _, order := range orders {
		view := c.conveningForms(order, clause, t)
		shown = shown || t.id == order.ID && (t.form == "take-over" && view.TakeOver != nil || t.form == "withdraw" && view.Withdraw != nil)
		page.List = append(page.List, view)
	}
	if !shown {
		return nil, nil
	}
	return page, nil
}

func (c *call) conveningForms(order models.Convening, clause *rules.Choice, t conveningTrouble) web.Convening {
	now := c.store.Now()
	view := conveningView(order, now)
	form := func(act string) web.Form {
		return web.Form{Action: c.communityURL("convenings", order.ID, act), Problems: t.of(order.ID, act)}
	}
	events := lifecycle.Convenings.Events(order.State, lifecycle.Actor(c.staff.Role))
	if slices.Contains(events, lifecycle.EventTakeOver) && clause != nil && (clause.Value == rules.WithoutAnOrder || now > order.LimitAt) {
		view.TakeOver = &web.ConveningTakeOver{Form: form("take-over"), Asks: clause.Value == rules.AskedByOwners && order.Asked == 0}
		if t.id == order.ID {
			view.TakeOver.Asked = string(t.takeOver.Asked)
		}
	}
	if slices.Contains(events, lifecycle.EventWithdraw) {
		view.Withdraw = &web.ConveningWithdrawal{Form: form("withdraw")}
		if t.id == order.ID {
			view.Withdraw.Reason = t.withdraw.Reason
		}
	}
	if order.State == lifecycle.ConveningTakenOver && c.staff.Role == models.RoleConvener {
		view.DraftURL = c.communityURL("meetings", "new")
	}
	return view
}

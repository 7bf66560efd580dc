package api

import (
	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// conveningRequest orders a meeting.
type conveningRequest struct {
	Kind         lifecycle.ConveningKind   `json:"kind" form:"kind" binding:"required"`
	Ground       lifecycle.ConveningGround `json:"ground" form:"ground" binding:"required"`
	Asked        numeral                   `json:"asked" form:"asked"` // owners, of that ground
	ConvenerKind lifecycle.ConvenerKind    `json:"convener_kind" form:"convener_kind" binding:"required"`
	Basis        string                    `json:"basis" form:"basis" binding:"required,max=200"`
	Body         string                    `json:"body" form:"body" binding:"required,max=2000"`
	Limit        string                    `json:"limit" form:"limit" binding:"required,max=20"` // date
}

// streetConvenesRequest makes the street the convener.
type streetConvenesRequest struct {
	Asked numeral `json:"asked" form:"asked"` // owners, where the rules want them to ask
}

// conveningDone answers an act with the list as it stands.
func conveningDone(c *call, flash string) (done, error) {
	orders, err := c.store.Convenings(c, c.community.ID)
	return done{body: conveningsOf(orders, c.store.Now()), location: c.communityURL("convenings"), flash: flash}, err
}

var orderMeetingAct = act[conveningRequest]{
	do: func(c *call, in conveningRequest) (done, error) {
		var r reader
		wanted := models.WantedConvening{Kind: in.Kind, Ground: in.Ground, Asked: r.number("asked", in.Asked), ConvenerKind: in.ConvenerKind, Basis: in.Basis, Body: in.Body, Limit: in.Limit}
		if err := r.err(); err != nil {
			return done{}, err
		}
		if err := c.store.OrderMeeting(c, c.actor(), c.community.ID, wanted); err != nil {
			return done{}, err
		}
		return conveningDone(c, "convening_ordered")
	},
	again: func(c *call, in conveningRequest, problems []web.Problem) (web.Page, error) {
		return conveningDesk(c, conveningTrouble{form: "order", order: in, problems: problems})
	},
}

var streetConvenesAct = act[streetConvenesRequest]{
	do: func(c *call, in streetConvenesRequest) (done, error) {
		var r reader
		asked := r.number("asked", in.Asked)
		if err := r.err(); err != nil {
			return done{}, err
		}
		if err := c.store.TakeOver(c, c.actor(), c.community.ID, c.Param("convening"), asked); err != nil {
			return done{}, err
		}
		return conveningDone(c, "convening_taken_over")
	},
	again: func(c *call, in streetConvenesRequest, problems []web.Problem) (web.Page, error) {
		return conveningDesk(c, conveningTrouble{id: c.Param("convening"), form: "take-over", takeOver: in, problems: problems})
	},
}

var withdrawConveningAct = act[reasonRequest]{
	do: func(c *call, in reasonRequest) (done, error) {
		if err := c.store.WithdrawConvening(c, c.actor(), c.community.ID, c.Param("convening"), in.Reason); err != nil {
			return done{}, err
		}
		return conveningDone(c, "convening_withdrawn")
	},
	again: func(c *call, in reasonRequest, problems []web.Problem) (web.Page, error) {
		return conveningDesk(c, conveningTrouble{id: c.Param("convening"), form: "withdraw", withdraw: in, problems: problems})
	},
}

// conveningsJSON are the orders of a community, the newest first.
type conveningsJSON struct {
	Convenings []conveningJSON `json:"convenings"`
}

type conveningJSON struct {
	ID           string                    `json:"id"`
	Number       int64                     `json:"number"`
	State        lifecycle.ConveningState  `json:"state"`
	Overdue      bool                      `json:"overdue"`
	Kind         lifecycle.ConveningKind   `json:"kind"`
	Ground       lifecycle.ConveningGround `json:"ground"`
	Asked        int64                     `json:"asked,omitempty"`
	ConvenerKind lifecycle.ConvenerKind    `json:"convener_kind"`
	Basis        string                    `json:"basis"`
	Body         string                    `json:"body"`
	Street       string                    `json:"street"`
	OrderedAt    int64                     `json:"ordered_at"`
	LimitAt      int64                     `json:"limit_at"`
	MeetingID    string                    `json:"meeting_id,omitempty"`
	MetAt        int64                     `json:"met_at,omitempty"`
	TakenAt      int64                     `json:"taken_at,omitempty"`
	WithdrawnAt  int64                     `json:"withdrawn_at,omitempty"`
	Reason       string                    `json:"reason,omitempty"`
}

func conveningsOf(orders []models.Convening, now int64) conveningsJSON {
	list := conveningsJSON{Convenings: make([]conveningJSON, len(orders))}
	for i, o := range orders {
		list.Convenings[i] = conveningJSON{o.ID, o.Number, o.State, o.Overdue(now), o.Kind, o.Ground, o.Asked, o.ConvenerKind, o.Basis, o.Body, o.StreetName,
			o.OrderedAt, o.LimitAt, o.MeetingID, o.MetAt, o.TakenAt, o.WithdrawnAt, o.Reason}
	}
	return list
}

func listConvenings(c *call) error {
	answer, err := conveningDone(c, "")
	if err != nil {
		return err
	}
	return c.sendJSON(answer)
}

func listPublicConvenings(c *call) error {
	_, orders, err := c.publicConvenings()
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: conveningsOf(orders, c.store.Now())})
}

package models

import (
	"testing"

	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
)

// wantedMeeting orders the committee to call a meeting of the kind within ten days.
func (h *hall) wantedMeeting(kind lifecycle.ConveningKind) WantedConvening {
	return WantedConvening{Kind: kind, Ground: lifecycle.DutyBreached, ConvenerKind: lifecycle.Committee, Basis: "物业管理条例第13条",
		Body: "请在期限以内发出会议通知。", Limit: calendar.DayText(h.now + 10*day)}
}

func (h *hall) orderMeeting(kind lifecycle.ConveningKind) Convening {
	h.t.Helper()
	h.must(h.OrderMeeting(h.ctx(), h.by(RoleStreet), h.community.ID, h.wantedMeeting(kind)))
	return h.convening(1)
}

// convening reads the order with the number.
func (h *hall) convening(number int64) Convening {
	h.t.Helper()
	list, err := h.Convenings(h.ctx(), h.community.ID)
	h.must(err)
	for _, order := range list {
		if order.Number == number {
			return order
		}
	}
	h.t.Fatalf("no order %d", number)
	return Convening{}
}

// called drafts a meeting of such terms with an agenda; notice issues it.
func (h *hall) called(change func(*MeetingTerms), matters ...Matter) (Meeting, error) {
	h.t.Helper()
	terms := h.terms(h.frozenRoster())
	change(&terms)
	meeting, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, terms)
	if err != nil {
		return Meeting{}, err
	}
	if len(matters) == 0 {
		matters = []Matter{{Title: "修改议事规则", Body: "同意新的议事规则。", Rule: voting.Matter{Kind: voting.Motion, Item: 1}}}
	}
	for _, matter := range matters {
		_, err := h.AddMatter(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, matter)
		h.must(err)
	}
	return meeting, nil
}

func (h *hall) issueNotice(meeting Meeting) error {
	return h.IssueNotice(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID)
}

func TestAnOrderToConveneIsCheckedAndFollowedByAFittingNoticeAlone(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.frozenRoster() // 6 heads
		for name, c := range map[string]struct {
			role  Role
			spoil func(*WantedConvening)
			code  string
		}{
			"the convener":         {RoleConvener, func(*WantedConvening) {}, "illegal_step"},
			"the district":         {RoleDistrict, func(*WantedConvening) {}, "illegal_step"},
			"an unknown kind":      {RoleStreet, func(w *WantedConvening) { w.Kind = "party" }, "bad_value"},
			"an unknown ground":    {RoleStreet, func(w *WantedConvening) { w.Ground = "dislike" }, "bad_value"},
			"the street itself":    {RoleStreet, func(w *WantedConvening) { w.ConvenerKind = lifecycle.StreetOffice }, "bad_value"},
			"no article":           {RoleStreet, func(w *WantedConvening) { w.Basis = " " }, "required"},
			"no reasons":           {RoleStreet, func(w *WantedConvening) { w.Body = "" }, "required"},
			"a number of somebody": {RoleStreet, func(w *WantedConvening) { w.Body = "请联系 19900001234。" }, "reason_names_person"},
			"today":                {RoleStreet, func(w *WantedConvening) { w.Limit = calendar.DayText(h.now) }, "bad_value"},
			"no day":               {RoleStreet, func(w *WantedConvening) { w.Limit = "soon" }, "bad_value"},
			"asked by nobody":      {RoleStreet, func(w *WantedConvening) { w.Ground = lifecycle.AskedFor }, "required"},
			"asked by fewer than a fifth": {RoleStreet, func(w *WantedConvening) {
				w.Ground, w.Asked = lifecycle.AskedFor, (list.Weight.Heads+askedOf-1)/askedOf-1
			}, "asked_too_few"},
		} {
			wanted := h.wantedMeeting(lifecycle.ConveneExtraordinary)
			c.spoil(&wanted)
			if err := h.OrderMeeting(h.ctx(), h.by(c.role), h.community.ID, wanted); err == nil {
				t.Errorf("%s: the order is made", name)
			} else {
				h.refused(err, c.code)
			}
		}
		asked := h.wantedMeeting(lifecycle.ConveneExtraordinary)
		asked.Ground, asked.Asked = lifecycle.AskedFor, (list.Weight.Heads+askedOf-1)/askedOf
		h.must(h.OrderMeeting(h.ctx(), h.by(RoleStreet), h.community.ID, asked))
		h.refused(h.OrderMeeting(h.ctx(), h.by(RoleStreet), h.community.ID, asked), "convening_open")
		h.must(h.OrderMeeting(h.ctx(), h.by(RoleStreet), h.community.ID, h.wantedMeeting(lifecycle.ReElection)))

		regular, err := h.called(func(terms *MeetingTerms) { terms.Extraordinary = false })
		h.must(err)
		h.must(h.issueNotice(regular))
		if h.convening(1).State != lifecycle.ConveningOrdered || h.convening(2).State != lifecycle.ConveningOrdered {
			t.Error("a regular meeting without an election follows an order for another one")
		}
		wanted, err := h.called(func(terms *MeetingTerms) { terms.Extraordinary = true })
		h.must(err)
		if h.convening(1).State != lifecycle.ConveningOrdered {
			t.Error("a draft follows an order")
		}
		h.must(h.issueNotice(wanted))
		if got := h.convening(1); got.State != lifecycle.ConveningFollowed || got.MeetingID != wanted.ID || got.MetAt != h.now || got.MeetingTitle == "" {
			t.Errorf("the order is %+v", got)
		}
		h.refused(h.WithdrawConvening(h.ctx(), h.by(RoleStreet), h.community.ID, h.convening(1).ID, "已召开。"), "illegal_step")
		h.must(h.CancelMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, wanted.ID, "改期。"))
		if got := h.convening(1); got.State != lifecycle.ConveningOrdered || got.MeetingID != "" || got.MetAt != 0 {
			t.Errorf("a notice that was withdrawn leaves the order %+v", got)
		}
		h.now = h.convening(1).LimitAt
		if h.convening(1).Overdue(h.now) || !h.convening(1).Overdue(h.now+1) {
			t.Error("an order is overdue after its last day, not on it")
		}
	})
}

func TestTheStreetConvenesOnlyWhereTheRulesLetItAndNobodyDid(t *testing.T) {
	inHall(t, func(h *hall) {
		street := func(terms *MeetingTerms) { terms.ConvenerKind, terms.Extraordinary = lifecycle.StreetOffice, true }
		take := func(order Convening, asked int64) error {
			return h.TakeOver(h.ctx(), h.by(RoleStreet), h.community.ID, order.ID, asked)
		}
		h.livesIn("山东省/青岛市/市南区")
		_, err := h.called(street)
		h.refused(err, "street_not_convener")
		order := h.orderMeeting(lifecycle.ConveneExtraordinary)
		h.refused(h.TakeOver(h.ctx(), h.by(RoleConvener), h.community.ID, order.ID, 0), "illegal_step")
		h.now = order.LimitAt
		h.refused(take(order, 0), "limit_open")
		h.now++
		h.livesIn("")
		h.refused(take(order, 0), "street_not_convener") // the national rules have no such clause
		h.livesIn("上海市")
		h.refused(take(order, 0), "required") // owners must ask
		h.livesIn("山东省/青岛市/市南区")
		h.must(take(order, 0))
		h.refused(take(order, 0), "illegal_step")

		own, err := h.called(func(terms *MeetingTerms) { terms.Extraordinary = true })
		h.must(err)
		h.must(h.issueNotice(own))
		if h.convening(1).State != lifecycle.ConveningTakenOver {
			t.Error("the committee's meeting is taken for the street's")
		}
		other, err := h.called(func(terms *MeetingTerms) { street(terms); terms.Extraordinary = false })
		h.must(err)
		h.refused(h.issueNotice(other), "street_not_convener") // not what was ordered
		meeting, err := h.called(street)
		h.must(err)
		h.must(h.issueNotice(meeting))
		if got := h.convening(1); got.State != lifecycle.ConveningHeld || got.MeetingID != meeting.ID {
			t.Errorf("the order is %+v", got)
		}
		_, err = h.called(street)
		h.refused(err, "street_not_convener") // one meeting, not any number
		h.must(h.CancelMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, "改期。"))
		if got := h.convening(1).State; got != lifecycle.ConveningTakenOver {
			t.Errorf("after its notice was withdrawn the order is %s", got)
		}
		h.must(h.WithdrawConvening(h.ctx(), h.by(RoleStreet), h.community.ID, order.ID, "业主委员会已经召开。"))
		_, err = h.called(street)
		h.refused(err, "street_not_convener")
	})
}

func TestWhereNoOrderIsNeededTheStreetConvenesAtOnceAndWhereOwnersMustAskTheyAsk(t *testing.T) {
	inHall(t, func(h *hall) {
		h.livesIn("山东省/日照市")
		order := h.orderMeeting(lifecycle.ReElection)
		h.must(h.TakeOver(h.ctx(), h.by(RoleStreet), h.community.ID, order.ID, 0))
		h.must(h.WithdrawConvening(h.ctx(), h.by(RoleStreet), h.community.ID, order.ID, "另行办理。"))
		h.livesIn("上海市")
		h.must(h.OrderMeeting(h.ctx(), h.by(RoleStreet), h.community.ID, h.wantedMeeting(lifecycle.ReElection)))
		order = h.convening(2)
		h.now = order.LimitAt + 1
		h.must(h.TakeOver(h.ctx(), h.by(RoleStreet), h.community.ID, order.ID, 3))
		if got := h.convening(2); got.Asked != 3 || got.TakenAt != h.now {
			t.Errorf("taken over: %+v", got)
		}
		overview, err := h.OverviewOf(h.ctx(), h.community.ID)
		h.must(err)
		if len(overview.Convenings) != 1 || overview.Convenings[0].Number != 2 {
			t.Errorf("what waits: %+v", overview.Convenings)
		}
	})
}

package models

import (
	"fmt"
	"testing"

	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
)

// interim is a lawful body of 杭州: seven members, four of them owners, the chair for the street.
func interim() InterimBody {
	body := InterimBody{Document: "样例街〔2026〕5号", Reason: "换届没有完成", Members: []InterimMember{
		{Name: "街道一", Capacity: lifecycle.ForStreet, Post: lifecycle.Chair, Named: true}, {Name: "居委一", Capacity: lifecycle.ForResidents, Post: lifecycle.Deputy},
		{Name: "民警一", Capacity: lifecycle.ForPolice, Post: lifecycle.PlainMember}}}
	for i := range 4 {
		body.Members = append(body.Members, InterimMember{Name: fmt.Sprintf("业主%d", i+1), Capacity: lifecycle.AsOwner, Post: lifecycle.PlainMember})
	}
	return body
}

func TestAnInterimBodyIsFormedByTheRulesOfThePlace(t *testing.T) {
	inHall(t, func(h *hall) {
		form := func(role Role, body InterimBody) error {
			return h.FormInterimBody(h.ctx(), h.by(role), h.community.ID, body)
		}
		h.refused(form(RoleStreet, interim()), "no_interim_rules")
		h.livesIn("浙江省/杭州市/西湖区")
		owner := InterimMember{Name: "业主九", Capacity: lifecycle.AsOwner, Post: lifecycle.PlainMember}
		for name, c := range map[string]struct {
			spoil func(*InterimBody)
			code  string
		}{
			"five members":               {func(b *InterimBody) { b.Members = b.Members[:5] }, "interim_size"},
			"six members":                {func(b *InterimBody) { b.Members = b.Members[:6] }, "interim_size"},
			"eight members":              {func(b *InterimBody) { b.Members = append(b.Members, owner) }, "interim_odd"},
			"three owners of seven":      {func(b *InterimBody) { b.Members[6].Capacity = lifecycle.ForParty }, "interim_owners"},
			"a chair of another office":  {func(b *InterimBody) { b.Members[0].Capacity = lifecycle.ForResidents }, "interim_chair"},
			"no chair":                   {func(b *InterimBody) { b.Members[0].Post = lifecycle.PlainMember }, "interim_chair"},
			"two chairs for the street":  {func(b *InterimBody) { b.Members[1].Post, b.Members[1].Capacity = lifecycle.Chair, lifecycle.ForStreet }, "interim_chair"},
			"one name twice":             {func(b *InterimBody) { b.Members[6].Name = " 业主1 " }, "bad_value"},
			"without the decision":       {func(b *InterimBody) { b.Document = "" }, "required"},
			"without a reason":           {func(b *InterimBody) { b.Reason = "" }, "required"},
			"for an office that is none": {func(b *InterimBody) { b.Members[2].Capacity = "army" }, "bad_value"},
		} {
			body := interim()
			c.spoil(&body)
			if err := form(RoleStreet, body); err == nil || err.(*Refusal).Code != c.code {
				t.Errorf("%s: %v", name, err)
			}
		}
		h.refused(form(RoleConvener, interim()), "illegal_step")
		h.must(form(RoleStreet, interim()))
		h.refused(form(RoleStreet, interim()), "interim_exists")
		body := h.register()[0]
		_, err := h.CommitteeInOffice(h.ctx(), h.community.ID)
		h.refused(err, "no_committee")
		h.refused(h.SeatInterimBody(h.ctx(), h.by(RoleStreet), h.community.ID, body.ID), "display_open")
		h.now = body.DisplayUntil
		h.isDue()
		h.refused(h.SeatInterimBody(h.ctx(), h.by(RoleStreet), h.community.ID, body.ID), "display_open")
		h.now++
		h.isDue(DutyTakeOffice)
		h.must(h.SeatInterimBody(h.ctx(), h.by(RoleStreet), h.community.ID, body.ID))
		body, err = h.CommitteeInOffice(h.ctx(), h.community.ID)
		h.must(err)
		if body.Kind != lifecycle.PropertyManagementCommittee || body.AllAt(h.now) != 7 || body.TermTo != calendar.EndOfDay(calendar.AddMonths(h.now, 24), 0) {
			t.Errorf("%+v", body)
		}
		h.isDue()
		// It ends when a committee that the owners elected chooses its chair.
		h.elect()
		h.constitutedTerm()
		list := h.register()
		if list[0].Kind != lifecycle.Committee || list[1].State != lifecycle.CommitteeEnded {
			t.Errorf("%s %s, %s %s", list[0].Kind, list[0].State, list[1].Kind, list[1].State)
		}
		h.refused(form(RoleStreet, interim()), "committee_in_office")
	})
}

func TestAListOnDisplayCanBeTakenBack(t *testing.T) {
	inHall(t, func(h *hall) {
		h.livesIn("北京市/东城区")
		body := interim()
		h.refused(h.FormInterimBody(h.ctx(), h.by(RoleStreet), h.community.ID, body), "interim_chair") // the residents' committee presides
		body.Members[0].Capacity = lifecycle.ForResidents
		h.must(h.FormInterimBody(h.ctx(), h.by(RoleStreet), h.community.ID, body))
		id := h.register()[0].ID
		h.refused(h.WithdrawInterimBody(h.ctx(), h.by(RoleStreet), h.community.ID, id, " "), "required")
		h.must(h.WithdrawInterimBody(h.ctx(), h.by(RoleStreet), h.community.ID, id, "名单有误"))
		h.refused(h.SeatInterimBody(h.ctx(), h.by(RoleStreet), h.community.ID, id), "illegal_step")
		h.must(h.FormInterimBody(h.ctx(), h.by(RoleStreet), h.community.ID, body))
		if list := h.register(); len(list) != 2 || list[0].Number != 2 {
			t.Errorf("%+v", list)
		}
	})
}

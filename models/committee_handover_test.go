package models

import (
	"testing"

	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

func TestAHandoverIsSignedByTwoItemByItem(t *testing.T) {
	inHall(t, func(h *hall) {
		_, term := h.constituted()
		ctx, community := h.ctx(), h.community.ID
		h.refused(h.ListHandover(ctx, h.by(RoleConvener), community, term.ID, lifecycle.HandoverSeals, "公章一枚"), "illegal_step") // it is not over yet
		h.must(h.db.Exec("UPDATE committee SET state = 'serving' WHERE id = ?", term.ID).Error)
		h.must(h.FormRenewalGroup(ctx, h.by(RoleStreet), community, term.ID, TermAct{Document: "一号"}))
		h.refused(h.ListHandover(ctx, h.by(RoleTeller), community, term.ID, lifecycle.HandoverSeals, "公章一枚"), "illegal_step")
		h.refused(h.ListHandover(ctx, h.by(RoleConvener), community, term.ID, "house", "公章一枚"), "bad_value")
		h.refused(h.ListHandover(ctx, h.by(RoleConvener), community, term.ID, lifecycle.HandoverSeals, " "), "required")
		h.isDue()
		for _, kind := range []lifecycle.HandoverKind{lifecycle.HandoverSeals, lifecycle.HandoverPapers} {
			h.must(h.ListHandover(ctx, h.by(RoleConvener), community, term.ID, kind, "样例"))
		}
		h.isDue(DutyHandover)
		items := h.register()[0].Handover
		incoming, err := h.AddStaff(ctx, System, NewStaff{Login: "next", Name: "新一届经办人", Password: "a-long-password-1", Role: RoleConvener, Scope: community})
		h.must(err)
		name := func(role Role, account string, side lifecycle.HandoverSide) error {
			return h.NameHandoverParty(ctx, h.by(role), community, term.ID, account, side, "")
		}
		h.refused(h.StepHandover(ctx, h.by(RoleConvener), community, items[0].ID, HandoverGive, ""), "no_side")
		h.refused(name(RoleConvener, incoming.ID, lifecycle.Incoming), "illegal_step")
		h.refused(name(RoleStreet, h.staff[RoleTeller].ID, lifecycle.Incoming), "not_found")
		h.refused(name(RoleStreet, incoming.ID, "street"), "bad_value")
		h.must(name(RoleStreet, incoming.ID, lifecycle.Outgoing)) // by mistake: the newest record counts
		h.must(name(RoleStreet, incoming.ID, lifecycle.Incoming))
		h.must(name(RoleStreet, h.by(RoleConvener).ID, lifecycle.Outgoing))
		step := func(role Role, item HandoverItem, what HandoverStep, reason string) error {
			return h.StepHandover(ctx, h.by(role), community, item.ID, what, reason)
		}
		h.refused(step(RoleStreet, items[0], HandoverTake, ""), "illegal_step") // nobody gave it
		h.refused(step(RoleConvener, items[0], "lose", ""), "bad_value")
		h.refused(step(RoleStreet, items[0], HandoverRefuse, ""), "required")
		h.must(step(RoleStreet, items[0], HandoverRefuse, "原主任拒绝交出公章"))
		h.isDue(DutyRefusal)
		h.refused(h.StepHandover(ctx, incoming.Actor(), community, items[0].ID, HandoverGive, ""), "no_side") // it takes
		h.must(step(RoleConvener, items[0], HandoverGive, ""))
		h.refused(step(RoleConvener, items[0], HandoverGive, ""), "illegal_step")
		h.refused(step(RoleConvener, items[0], HandoverTake, ""), "two_roles_needed")
		h.must(step(RoleStreet, items[0], HandoverTake, ""))
		h.refused(step(RoleConvener, items[0], HandoverRefuse, "晚了"), "illegal_step") // what was taken stays so
		h.isDue(DutyHandover)
		h.must(step(RoleStreet, items[1], HandoverGive, "")) // as a witness
		second, err := h.AddStaff(ctx, System, NewStaff{Login: "street2", Name: "街道经办人二", Password: "a-long-password-1", Role: RoleStreet, Scope: h.staff[RoleStreet].StreetID})
		h.must(err)
		h.refused(h.StepHandover(ctx, second.Actor(), community, items[1].ID, HandoverTake, ""), "two_roles_needed") // the street is no side of its own
		h.refused(step(RoleConvener, items[1], HandoverTake, ""), "no_side")
		h.must(name(RoleStreet, incoming.ID, ""))
		h.refused(h.StepHandover(ctx, incoming.Actor(), community, items[1].ID, HandoverTake, ""), "no_side")
		h.must(name(RoleStreet, incoming.ID, lifecycle.Incoming))
		h.must(h.StepHandover(ctx, incoming.Actor(), community, items[1].ID, HandoverTake, ""))
		h.isDue()
		items = h.register()[0].Handover
		if items[0].GivenAs != lifecycle.Outgoing || items[0].TakenAs != lifecycle.SignedByStreet || items[1].GivenAs != lifecycle.SignedByStreet || items[1].TakenAs != lifecycle.Incoming {
			t.Errorf("who signed: %+v", items)
		}
		parties, err := h.HandoverParties(ctx, community, term.ID)
		h.must(err)
		if len(parties) != 2 || parties[0].Side == parties[1].Side {
			t.Errorf("parties: %+v", parties)
		}
		h.refused(h.AttachAudit(ctx, h.by(RoleConvener), community, term.ID, TermAct{}), "required")
		h.must(h.AttachAudit(ctx, h.by(RoleConvener), community, term.ID, TermAct{FileName: "审计.pdf", File: []byte("%PDF-1.4")}))
		entries, err := h.CommitteeEntries(ctx, community, true)
		h.must(err)
		n := len(entries)
		if entries[n-3].Kind != lifecycle.EntryRefused || entries[n-2].Kind != lifecycle.EntryHandedOver || entries[n-1].Kind != lifecycle.EntryAudit || len(entries[n-1].Evidence) != 1 {
			t.Errorf("%+v", entries[n-3:])
		}
		other, err := h.CreateCommunity(ctx, System, "样例区", "样例街道", "另一个样例小区")
		h.must(err)
		h.refused(h.StepHandover(ctx, h.by(RoleStreet), other.ID, items[0].ID, HandoverGive, ""), "not_found")
	})
}

func TestTheDaysOfAHandoverRunAsThePlaceSays(t *testing.T) {
	for place, want := range map[string]int64{"上海市/浦东新区": calendar.Date(2026, 3, 3), "浙江省/杭州市/西湖区": calendar.Date(2026, 3, 23), "山东省/青岛市/市南区": 0} {
		at := calendar.Date(2026, 5, 1)
		pack, err := rules.At(place, at)
		if err != nil {
			t.Fatal(err)
		}
		term := Committee{State: lifecycle.CommitteeEnded, GroupAt: calendar.Date(2026, 3, 3), EndedAt: calendar.Date(2026, 3, 23)}
		if want != 0 {
			want = calendar.Deadline(want, 10)
		}
		if due, clause := term.HandoverDue(pack.Procedure); due != want || (want != 0) != (clause != nil) {
			t.Errorf("%s: due %d %v, want %d", place, due, clause, want)
		}
	}
}

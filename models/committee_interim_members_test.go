package models

import (
	"testing"

	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
)

func TestTheStreetFillsAVacantSeatOfAnInterimBody(t *testing.T) {
	inHall(t, func(h *hall) {
		term := h.seated()
		told := TermAct{Reason: "原代表调离", Document: "样例街〔2026〕9号"}
		owner := InterimMember{Name: "业主九", Capacity: lifecycle.AsOwner, Post: lifecycle.PlainMember}
		appoint := func(role Role, id string, who InterimMember, told TermAct) error {
			return h.AppointInterimMember(h.ctx(), h.by(role), h.community.ID, id, who, told)
		}
		h.refused(appoint(RoleStreet, term.ID, owner, told), "interim_size") // no seat is vacant
		leave := func(name string) {
			h.must(h.LeaveCommittee(h.ctx(), h.by(RoleStreet), h.community.ID, memberNamed(term, name).ID, MemberChange{Ground: lifecycle.Disqualified, Reason: "调离"}))
		}
		leave("业主1")
		leave("街道一")
		h.isDue(DutyMembers)
		changed := func(change func(*InterimMember)) InterimMember {
			who := owner
			change(&who)
			return who
		}
		h.refused(appoint(RoleConvener, term.ID, owner, told), "illegal_step")
		h.refused(appoint(RoleStreet, "nothing", owner, told), "not_found")
		h.refused(appoint(RoleStreet, term.ID, owner, TermAct{Document: "一号"}), "required")
		h.refused(appoint(RoleStreet, term.ID, owner, TermAct{Reason: "一"}), "required")
		h.refused(appoint(RoleStreet, term.ID, changed(func(m *InterimMember) { m.Name = " 业主2 " }), told), "bad_value")
		h.refused(appoint(RoleStreet, term.ID, changed(func(m *InterimMember) { m.Post = "boss" }), told), "bad_value")
		h.refused(appoint(RoleStreet, term.ID, changed(func(m *InterimMember) { m.Post = lifecycle.Chair }), told), "interim_chair") // for the residents' committee
		police := changed(func(m *InterimMember) { m.Name, m.Capacity = "民警二", lifecycle.ForPolice })
		h.refused(appoint(RoleStreet, term.ID, police, told), "interim_chair") // one seat for the owner and the chair who are missing
		h.must(appoint(RoleStreet, term.ID, InterimMember{Name: "居委二", Capacity: lifecycle.ForResidents, Post: lifecycle.Chair}, told))
		h.refused(appoint(RoleStreet, term.ID, police, told), "interim_owners") // three owners of seven
		h.must(appoint(RoleStreet, term.ID, owner, told))
		if body := h.register()[0]; body.AllAt(h.now) != 7 || memberNamed(body, "业主九").Since != h.now {
			t.Errorf("filled: %s", people(body))
		}
	})
}

func TestASeatOfAnInterimBodyIsHeldOnceItsListWasDisplayed(t *testing.T) {
	inHall(t, func(h *hall) {
		h.livesIn("浙江省/杭州市/西湖区")
		h.must(h.FormInterimBody(h.ctx(), h.by(RoleStreet), h.community.ID, interim()))
		h.now = h.register()[0].DisplayUntil + 1
		term := h.register()[0]
		h.must(h.SeatInterimBody(h.ctx(), h.by(RoleStreet), h.community.ID, term.ID))
		h.must(h.LeaveCommittee(h.ctx(), h.by(RoleStreet), h.community.ID, memberNamed(term, "业主1").ID, MemberChange{Ground: lifecycle.NoOwner, Reason: "已过户"}))
		h.must(h.AppointInterimMember(h.ctx(), h.by(RoleStreet), h.community.ID, term.ID, InterimMember{Name: "业主九", Capacity: lifecycle.AsOwner, Post: lifecycle.PlainMember},
			TermAct{Reason: "补足", Document: "一号"}))
		h.isDue()
		since := calendar.EndOfDay(h.now, 7)
		if term = h.register()[0]; term.AllAt(since) != 6 || term.AllAt(since+1) != 7 {
			t.Errorf("%d members on the last day of the display, %d after it", term.AllAt(since), term.AllAt(since+1))
		}
		over := h.register()[0].TermTo
		h.now = over - day
		h.isDue()
		late := WantedSitting{CalledBy: lifecycle.CalledByChair, HeldAt: over, Place: "一层", Agenda: []string{"保洁"}}
		h.must(h.CallSitting(h.ctx(), h.by(RoleConvener), h.community.ID, late))
		late.HeldAt++
		h.refused(h.CallSitting(h.ctx(), h.by(RoleConvener), h.community.ID, late), "interim_over")
		h.now = over + 1
		h.isDue(DutyReform)
		h.must(h.FormInterimBody(h.ctx(), h.by(RoleStreet), h.community.ID, interim())) // anew, beside the one whose term is over
		h.now = h.register()[0].DisplayUntil + 1
		h.must(h.SeatInterimBody(h.ctx(), h.by(RoleStreet), h.community.ID, h.register()[0].ID))
		list := h.register()
		if list[0].State != lifecycle.CommitteeServing || list[1].State != lifecycle.CommitteeEnded || list[0].Number != 2 {
			t.Errorf("re-formed: %+v", list)
		}
	})
}

package models

import (
	"testing"

	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// letter is a change with its paper.
func letter(ground lifecycle.LeavingGround) MemberChange {
	return MemberChange{Ground: ground, FileName: "辞职书.pdf", File: []byte("%PDF-1.4")}
}

// duties are the kinds of what is due for the newest term.
func (h *hall) duties() (kinds []CommitteeDutyKind) {
	h.t.Helper()
	pack, err := rules.At(h.community.Place, h.now)
	h.must(err)
	for _, duty := range h.register()[0].Duties(pack.Procedure, h.now) {
		kinds = append(kinds, duty.Kind)
	}
	return kinds
}

// isDue holds what is due to a list.
func (h *hall) isDue(want ...CommitteeDutyKind) {
	h.t.Helper()
	got := h.duties()
	if len(got) != len(want) {
		h.t.Errorf("due %v, want %v", got, want)
		return
	}
	for i := range want {
		if got[i] != want[i] {
			h.t.Errorf("due %v, want %v", got, want)
		}
	}
}

func TestVacantSeatsAreFilledInTheOrderOfTheCount(t *testing.T) {
	inHall(t, func(h *hall) {
		h.elect()
		h.isDue(DutyFirstMeeting)
		_, term := h.constitutedTerm()
		h.isDue()
		id := func(name string) string { return memberNamed(term, name).ID }
		ctx, community := h.ctx(), h.community.ID
		fill := func(name string) error { return h.FillSeat(ctx, h.by(RoleConvener), community, id(name)) }
		h.refused(fill("丁"), "not_next") // no seat is vacant
		h.refused(h.LeaveCommittee(ctx, h.by(RoleConvener), community, id("乙"), MemberChange{Ground: lifecycle.Resigned}), "required")
		h.refused(h.LeaveCommittee(ctx, h.by(RoleConvener), community, id("乙"), letter(lifecycle.Recalled)), "bad_value")
		late := letter(lifecycle.Resigned)
		late.Day = calendar.DayText(h.now + day)
		h.refused(h.LeaveCommittee(ctx, h.by(RoleConvener), community, id("乙"), late), "bad_value")
		h.must(h.LeaveCommittee(ctx, h.by(RoleConvener), community, id("乙"), letter(lifecycle.Resigned)))
		h.refused(h.LeaveCommittee(ctx, h.by(RoleConvener), community, id("乙"), letter(lifecycle.Resigned)), "illegal_step")
		h.isDue(DutyFill)
		h.refused(fill("戊"), "not_next")
		h.refused(fill("丙"), "not_next")
		h.refused(h.DeclineSeat(ctx, h.by(RoleConvener), community, id("丁"), MemberChange{}), "required")
		h.refused(h.DeclineSeat(ctx, h.by(RoleConvener), community, id("戊"), letter("")), "not_next")
		h.must(h.DeclineSeat(ctx, h.by(RoleConvener), community, id("丁"), letter("")))
		h.refused(fill("丁"), "not_next")
		h.wait(day)
		h.must(fill("戊"))
		h.refused(fill("戊"), "not_next")
		term = h.register()[0]
		if got := people(term); got != "1甲 serving chair, 2乙 left deputy, 3丙 serving member, 4丁 left , 5戊 serving member" {
			t.Errorf("%s", got)
		}
		if before, after := term.AllAt(h.now-1), term.AllAt(h.now); before != 2 || after != 3 {
			t.Errorf("%d, then %d members", before, after)
		}
		h.isDue()
		h.must(h.LeaveCommittee(ctx, h.by(RoleConvener), community, id("甲"), letter(lifecycle.Resigned)))
		h.isDue(DutyChair, DutyVacancy)
		h.refused(h.ChoosePosts(ctx, h.by(RoleConvener), community, term.ID, CommitteeChoice{HeldOn: calendar.DayText(h.now), Present: 2, InFavour: 1, Chair: id("丙")}), "not_over_half")
		h.must(h.ChoosePosts(ctx, h.by(RoleConvener), community, term.ID, CommitteeChoice{HeldOn: calendar.DayText(h.now), Present: 2, InFavour: 2, Chair: id("丙")}))
		h.isDue(DutyVacancy)
		h.must(h.LeaveCommittee(ctx, h.by(RoleConvener), community, id("戊"), letter(lifecycle.Resigned)))
		h.isDue(DutyReElection) // one of three
		list, err := h.Waiting(ctx, h.staff[RoleStreet])
		h.must(err)
		if len(list) != 1 || len(list[0].Duties) != 1 || list[0].Duties[0].Kind != DutyReElection || list[0].Duties[0].Article == "" {
			t.Errorf("the street's work: %+v", list[0].Duties)
		}
	})
}

// constitutedTerm constitutes the newest term.
func (h *hall) constitutedTerm() (Committee, Committee) {
	h.t.Helper()
	before := h.register()[0]
	h.must(h.ChoosePosts(h.ctx(), h.by(RoleConvener), h.community.ID, before.ID, h.choice(before)))
	return before, h.register()[0]
}

func TestTheStreetEndsAndSuspendsMembershipsAndTheConvenerDoesNot(t *testing.T) {
	inHall(t, func(h *hall) {
		_, term := h.constituted()
		member := memberNamed(term, "乙").ID
		ctx, community := h.ctx(), h.community.ID
		sold := MemberChange{Ground: lifecycle.NoOwner, Reason: "房屋已经转让"}
		h.refused(h.LeaveCommittee(ctx, h.by(RoleConvener), community, member, sold), "illegal_step")
		h.refused(h.LeaveCommittee(ctx, h.by(RoleStreet), community, member, MemberChange{Ground: lifecycle.NoOwner}), "required")
		h.refused(h.LeaveCommittee(ctx, h.by(RoleStreet), community, member, MemberChange{Ground: lifecycle.NoOwner, Reason: "电话 19900001234"}), "reason_names_person")
		suspension := MemberChange{Reason: "泄露业主信息", Until: calendar.DayText(h.now + 2*day)}
		h.refused(h.SuspendMember(ctx, h.by(RoleConvener), community, member, suspension), "illegal_step")
		h.refused(h.SuspendMember(ctx, h.by(RoleStreet), community, memberNamed(term, "丁").ID, suspension), "illegal_step") // an alternate has no vote
		h.refused(h.SuspendMember(ctx, h.by(RoleStreet), community, member, MemberChange{Reason: "一", Until: calendar.DayText(h.now)}), "bad_value")
		h.refused(h.LiftSuspension(ctx, h.by(RoleStreet), community, member, suspension), "illegal_step")
		h.must(h.SuspendMember(ctx, h.by(RoleStreet), community, member, suspension))
		h.refused(h.SuspendMember(ctx, h.by(RoleStreet), community, member, suspension), "illegal_step")
		now := h.register()[0]
		if len(now.VotersAt(h.now)) != 2 || now.AllAt(h.now) != 3 {
			t.Error("a suspended member keeps the seat and has no vote")
		}
		end := memberNamed(now, "乙").SuspendedUntil
		if len(now.VotersAt(end)) != 2 || len(now.VotersAt(end+1)) != 3 {
			t.Error("a suspension ends with its last day")
		}
		h.must(h.LiftSuspension(ctx, h.by(RoleStreet), community, member, MemberChange{Reason: "已经改正"}))
		if now = h.register()[0]; len(now.VotersAt(h.now)) != 3 {
			t.Error("lifted, and still without a vote")
		}
		h.must(h.LeaveCommittee(ctx, h.by(RoleStreet), community, member, sold))
		other, err := h.CreateCommunity(ctx, System, "样例区", "样例街道", "另一个样例小区")
		h.must(err)
		h.refused(h.LeaveCommittee(ctx, h.by(RoleStreet), other.ID, memberNamed(term, "甲").ID, sold), "not_found")
	})
}

func TestAMemberIsRecalledByAVoteThatNamesThem(t *testing.T) {
	inHall(t, func(h *hall) {
		_, term := h.constituted()
		vote := func(title string) Meeting {
			meeting, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, h.terms(h.frozenRoster()))
			h.must(err)
			_, err = h.AddMatter(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, Matter{Title: title, Body: "现提请表决。", Rule: voting.Matter{Kind: voting.Motion, Item: 3}})
			h.must(err)
			return h.held(meeting)
		}
		recall := func(name string, meeting Meeting, matter int64) error {
			return h.RecallMember(h.ctx(), h.by(RoleStreet), h.community.ID, memberNamed(term, name).ID, meeting.ID, matter)
		}
		meeting := vote("罢免委员丙")
		h.refused(recall("甲", meeting, 1), "no_recall") // it names another
		h.refused(recall("丙", meeting, 2), "no_recall")
		_, err := h.supervise(RoleStreet, meeting, WantedSupervision{Kind: lifecycle.Revoked, Breached: "一", Basis: "二", Body: "三"})
		h.must(err)
		h.refused(recall("丙", meeting, 1), "no_recall") // revoked
		meeting = vote("罢免委员丙")
		h.must(recall("丙", meeting, 1))
		member := memberNamed(h.register()[0], "丙")
		if member.Ground != lifecycle.Recalled || member.LeftAt != meeting.PublishedAt {
			t.Errorf("%+v", member)
		}
		h.must(h.FillSeat(h.ctx(), h.by(RoleStreet), h.community.ID, memberNamed(term, "丁").ID))
		// A by-election fills what the alternates do not: 庚 is new, and 戊 was an alternate.
		h.must(h.LeaveCommittee(h.ctx(), h.by(RoleConvener), h.community.ID, memberNamed(term, "丁").ID, letter(lifecycle.Resigned)))
		h.electAmong(voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"戊", "辛"}, Seats: 1, Alternates: 1, Sitting: 2, MinMembers: 3})
		if got := people(h.register()[0]); got != "1甲 serving chair, 2乙 serving deputy, 3丙 left member, 4丁 left member, 5戊 alternate , 6辛 serving member" {
			t.Errorf("%s", got)
		}
	})
}

func TestTheEndOfATermIsSeenInTime(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.elect()
		h.livesIn("北京市/东城区")
		h.constitutedTerm()
		filing := h.submit(meeting, "")
		h.must(h.CertifyFiling(h.ctx(), h.by(RoleStreet), h.community.ID, filing.ID, FilingChecks, FilingParticulars{TermFrom: "2026-04-08", TermTo: "2029-04-07"}))
		h.now = calendar.Date(2028, 10, 7) - 1
		h.isDue()
		h.now++
		h.isDue(DutyRenewal) // six months before the last day
		term := h.register()[0]
		h.refused(h.FormRenewalGroup(h.ctx(), h.by(RoleConvener), h.community.ID, term.ID, TermAct{Document: "一号"}), "illegal_step")
		h.refused(h.FormRenewalGroup(h.ctx(), h.by(RoleStreet), h.community.ID, term.ID, TermAct{}), "required")
		h.must(h.FormRenewalGroup(h.ctx(), h.by(RoleStreet), h.community.ID, term.ID, TermAct{Document: "样例街〔2028〕31号"}))
		h.isDue()
		if term = h.register()[0]; term.State != lifecycle.CommitteeRenewal || term.GroupAt != h.now {
			t.Errorf("%+v", term)
		}
		h.now = calendar.Date(2029, 4, 8) - 1
		h.isDue()
		h.now++
		h.isDue(DutyLapsed)
		h.refused(h.DissolveCommittee(h.ctx(), h.by(RoleStreet), h.community.ID, term.ID, TermAct{Document: "一号"}), "required")
		h.must(h.DissolveCommittee(h.ctx(), h.by(RoleStreet), h.community.ID, term.ID, TermAct{Document: "样例街〔2029〕2号", Reason: "物业管理区域调整"}))
		h.isDue()
		if term = h.register()[0]; term.State != lifecycle.CommitteeDissolved || term.AllAt(h.now) != 0 {
			t.Errorf("%+v", term)
		}
	})
}

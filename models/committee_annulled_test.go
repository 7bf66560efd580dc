package models

import (
	"testing"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
)

// falls revokes a published meeting, or some of its matters.
func (h *hall) falls(meeting Meeting, matters ...int64) {
	h.t.Helper()
	h.now++
	_, err := h.supervise(RoleStreet, meeting, WantedSupervision{Kind: lifecycle.Revoked, Matters: matters, Breached: "法律一", Basis: "物业管理条例第19条第2款", Body: "违法，撤销。"})
	h.must(err)
}

// kindsOf are the kinds of the newest entries, the oldest of them first.
func (h *hall) kindsOf(n int) (kinds []lifecycle.CommitteeEntryKind) {
	h.t.Helper()
	entries, err := h.CommitteeEntries(h.ctx(), h.community.ID, false)
	h.must(err)
	for _, entry := range entries[len(entries)-n:] {
		kinds = append(kinds, entry.Kind)
	}
	return kinds
}

func TestWhomAByElectionElectedLeavesWithIt(t *testing.T) {
	inHall(t, func(h *hall) {
		_, term := h.constituted()
		leave := func(name string) {
			h.must(h.LeaveCommittee(h.ctx(), h.by(RoleStreet), h.community.ID, memberNamed(h.register()[0], name).ID, MemberChange{Ground: lifecycle.NoOwner, Reason: "已过户"}))
		}
		leave("甲") // the chair
		leave("丙")
		by := h.electAmong(voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"丁", "己", "辛"}, Seats: 2, Alternates: 1, Sitting: 1, MinMembers: 3})
		now := h.register()[0]
		if now.ID != term.ID || now.AllAt(h.now) != 3 || memberNamed(now, "己").MeetingID != by.ID {
			t.Fatalf("by-election: %s", people(now))
		}
		h.falls(by)
		now = h.register()[0]
		if now.State != lifecycle.CommitteeConstituted || now.AllAt(h.now) != 1 {
			t.Errorf("the committee stays, with whom it had: %s %s", now.State, people(now))
		}
		for _, member := range now.Members {
			if member.MeetingID == by.ID && member.State != lifecycle.MemberLeft {
				t.Errorf("%s is left of the by-election: %s", member.Name, member.State)
			}
		}
		if memberNamed(now, "丁").State != lifecycle.MemberAlternate || memberNamed(now, "丁").Since != 0 {
			t.Errorf("an alternate of the first election stands by again: %s", people(now))
		}
		h.isDue(DutyChair, DutyFill)
		if next := now.NextAlternates(); len(next) != 1 || next[0] != memberNamed(now, "丁").ID {
			t.Errorf("the next is one of the election that stands: %v", next)
		}
		h.refused(h.RegisterElection(h.ctx(), h.by(RoleStreet), h.community.ID, by.ID), "illegal_step")
	})
}

func TestAFurtherVoteThatFallsLeavesTheCommitteeOfTheFirst(t *testing.T) {
	inHall(t, func(h *hall) {
		h.announce = func(terms *MeetingTerms) { terms.Policies.Shortfall = voting.OverHalfStands }
		first, second := h.furtherVote(2)
		h.falls(second)
		list := h.register()
		if list[0].State != lifecycle.CommitteeElected || people(list[0]) != "1甲 serving member, 2乙 serving member, 3丙 left member" || h.kindsOf(1)[0] != lifecycle.EntryUnseated {
			t.Fatalf("the first stands: %s %s", list[0].State, people(list[0]))
		}
		h.falls(first)
		if list = h.register(); list[0].State != lifecycle.CommitteeRevoked {
			t.Errorf("the first falls: %s", list[0].State)
		}
	})
}

func TestACommitteeThatAFurtherVoteFormedFallsWithTheFirst(t *testing.T) {
	inHall(t, func(h *hall) {
		first, second := h.furtherVote(3)
		if term := h.register()[0]; term.MeetingID != second.ID {
			t.Fatalf("formed by the second: %+v", term)
		}
		h.falls(first)
		if term := h.register()[0]; term.State != lifecycle.CommitteeRevoked || term.AllAt(h.now) != 0 {
			t.Errorf("%s: %s", term.State, people(term))
		}
	})
}

// furtherVote elects 甲 and 乙 of three, and 丙 in the further vote; smallest: members without whom there is no committee.
func (h *hall) furtherVote(smallest int) (first, second Meeting) {
	h.t.Helper()
	first = h.electAmong(voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"庚", "乙", "甲"}, Seats: 3, MinMembers: smallest})
	second, err := h.DraftRunOff(h.ctx(), h.by(RoleConvener), h.community.ID, first.ID, furtherWords)
	h.must(err)
	matter := second.Matters[0]
	matter.Rule.Options = []string{"丙"}
	h.must(h.UpdateMatter(h.ctx(), h.by(RoleConvener), h.community.ID, second.ID, matter))
	return first, h.held(second)
}

func TestWhomARecallThatFellTookOutComesBack(t *testing.T) {
	inHall(t, func(h *hall) {
		_, term := h.constituted()
		meeting, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, h.terms(h.frozenRoster()))
		h.must(err)
		for _, title := range []string{"罢免委员丙", "罢免委员戊"} {
			_, err = h.AddMatter(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, Matter{Title: title, Body: "现提请表决。", Rule: voting.Matter{Kind: voting.Motion, Item: 3}})
			h.must(err)
		}
		meeting = h.held(meeting)
		for i, name := range []string{"丙", "戊"} {
			h.must(h.RecallMember(h.ctx(), h.by(RoleStreet), h.community.ID, memberNamed(term, name).ID, meeting.ID, int64(i)+1))
		}
		h.must(h.FillSeat(h.ctx(), h.by(RoleStreet), h.community.ID, memberNamed(term, "丁").ID))
		h.falls(meeting, 1)
		if got := people(h.register()[0]); got != "1甲 serving chair, 2乙 serving deputy, 3丙 serving member, 4丁 alternate , 5戊 left " {
			t.Errorf("the first recall fell: %s", got)
		}
		if kinds := h.kindsOf(2); kinds[0] != lifecycle.EntryStoodBack || kinds[1] != lifecycle.EntryReinstated {
			t.Errorf("entries: %v", kinds)
		}
		h.falls(meeting, 2)
		if got := people(h.register()[0]); got != "1甲 serving chair, 2乙 serving deputy, 3丙 serving member, 4丁 alternate , 5戊 alternate " {
			t.Errorf("the second recall fell: %s", got)
		}
		h.isDue()
	})
}

func TestAnOrderThatACommitteeMissedStandsOnItsRecord(t *testing.T) {
	inHall(t, func(h *hall) {
		_, term := h.constituted()
		order := h.orderMeeting(lifecycle.ConveneRegular)
		missed := func(at int64) int {
			orders, err := h.Convenings(h.ctx(), h.community.ID)
			h.must(err)
			return len(term.MissedOrders(orders, at))
		}
		if missed(order.LimitAt) != 0 || missed(order.LimitAt+1) != 1 {
			t.Error("it is missed after its last moment, not before")
		}
		orders := []Convening{order}
		for name, c := range map[string]struct {
			change func(*Convening)
			want   int
		}{
			"followed in time":           {func(o *Convening) { o.State, o.MetAt = lifecycle.ConveningFollowed, o.LimitAt }, 0},
			"followed late":              {func(o *Convening) { o.State, o.MetAt = lifecycle.ConveningFollowed, o.LimitAt+1 }, 1},
			"taken over after the limit": {func(o *Convening) { o.State, o.TakenAt = lifecycle.ConveningHeld, o.LimitAt+1 }, 1},
			"taken over at once":         {func(o *Convening) { o.State, o.TakenAt = lifecycle.ConveningTakenOver, o.LimitAt }, 0},
			"withdrawn":                  {func(o *Convening) { o.State = lifecycle.ConveningWithdrawn }, 0},
			"of another body":            {func(o *Convening) { o.ConvenerKind = lifecycle.RenewalGroup }, 0},
			"of the term before":         {func(o *Convening) { o.OrderedAt = term.BeganAt - 1 }, 0},
		} {
			changed := orders[0]
			c.change(&changed)
			if got := len(term.MissedOrders([]Convening{changed}, order.LimitAt+1)); got != c.want {
				t.Errorf("%s: %d", name, got)
			}
		}
		term.EndedAt = order.LimitAt
		if missed(order.LimitAt+1) != 0 {
			t.Error("the limit ran out for the next one")
		}
	})
}

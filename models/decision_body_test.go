package models

import (
	"fmt"
	"testing"

	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// seated is an interim body of 北京 in office: seven members, four of them owners, the chair for the residents' committee.
func (h *hall) seated() Committee {
	h.t.Helper()
	h.livesIn("北京市/东城区")
	body := interim()
	body.Members[0].Capacity, body.Members[1].Capacity = lifecycle.ForResidents, lifecycle.ForStreet
	h.must(h.FormInterimBody(h.ctx(), h.by(RoleStreet), h.community.ID, body))
	h.now++
	h.must(h.SeatInterimBody(h.ctx(), h.by(RoleStreet), h.community.ID, h.register()[0].ID))
	return h.register()[0]
}

func TestAnInterimBodyDecidesBySignedConsentWithItsOwnersPresent(t *testing.T) {
	inHall(t, func(h *hall) {
		term := h.seated()
		sitting := h.call("调整保洁班次")
		h.now = sitting.HeldAt
		owners := members(term, "业主1", "业主2", "业主3", "业主4")
		offices := members(term, "街道一", "居委一", "民警一")
		record := func(owned, signed int, inFavour int64) error {
			present := append(append([]string{}, offices...), owners[:owned]...)
			return h.RecordSitting(h.ctx(), h.by(RoleConvener), h.community.ID, sitting.ID, SittingRecord{Present: present, Signed: present[:signed], Minutes: signedMinutes(),
				Decisions: []Decision{{Position: 1, Body: "每周二、周五清洗地面。", InFavour: inFavour, Against: int64(len(present)) - inFavour}}})
		}
		h.refused(record(2, 4, 4), "owners_absent") // two of four are no more than half
		h.refused(record(3, 3, 3), "too_few_signed")
		h.refused(record(3, 4, 5), "consent_unsigned")
		h.must(record(3, 4, 4))
		held := h.sitting()
		if !held.Decisions[0].Passed || held.Kind != lifecycle.PropertyManagementCommittee || held.All != 7 {
			t.Errorf("four of seven: %+v", held)
		}
		law, err := placeRules(h.db, h.community.ID, h.now)
		h.must(err)
		if until, body := held.DisplayUntil(law); body == nil || until != calendar.WorkingDeadline(h.now, 10) {
			t.Errorf("on display until %d", until)
		}
		sitting = h.call("再议")
		h.now = sitting.HeldAt
		h.must(record(4, 7, 3))
		if h.sitting().Decisions[0].Passed {
			t.Error("three of seven carry nothing")
		}
	})
}

func TestACommitteeIsBoundToNoDisplay(t *testing.T) {
	inHall(t, func(h *hall) {
		h.livesIn("北京市/东城区")
		h.must(h.EnterCommittee(h.ctx(), h.by(RoleStreet), h.community.ID, h.before()))
		h.decidesInCommittee()
		law, err := placeRules(h.db, h.community.ID, h.now)
		h.must(err)
		if until, body := h.sitting().DisplayUntil(law); body != nil || until != 0 {
			t.Errorf("on display until %d", until)
		}
	})
}

// renewing is a community of 上海 whose committee is in its renewal.
func (h *hall) renewing() Committee {
	h.t.Helper()
	h.livesIn("上海市/浦东新区")
	h.must(h.EnterCommittee(h.ctx(), h.by(RoleStreet), h.community.ID, h.before()))
	h.must(h.FormRenewalGroup(h.ctx(), h.by(RoleStreet), h.community.ID, h.register()[0].ID, TermAct{Document: "一号"}))
	return h.register()[0]
}

func TestDuringARenewalACommitteeDecidesNothingThatIsFrozen(t *testing.T) {
	inHall(t, func(h *hall) {
		term := h.renewing()
		there := members(term, "赵一", "钱二", "孙三")
		record := func(body, basis string) error {
			sitting := h.call("物业服务")
			h.now = sitting.HeldAt
			return h.RecordSitting(h.ctx(), h.by(RoleConvener), h.community.ID, sitting.ID, SittingRecord{Present: there, Signed: there, Minutes: signedMinutes(),
				Decisions: []Decision{{Position: 1, Body: body, Basis: basis, InFavour: 3}}})
		}
		h.refused(record("提请召开业主大会会议，续聘物业服务企业。", ""), "powers_frozen")
		h.refused(record("将物业服务费上调两成。", ""), "powers_frozen")
		h.must(record("按中标方案续签物业服务合同。", "2025 年业主大会第二项决定"))
		h.must(record("每周二、周五清洗地面。", ""))
	})
}

func TestDuringARenewalACommitteeCallsNoVoteOnTheFirm(t *testing.T) {
	inHall(t, func(h *hall) {
		h.renewing()
		roster := h.frozenRoster()
		draft := func(kind lifecycle.ConvenerKind, item int) Meeting {
			terms := h.terms(roster)
			terms.ConvenerKind = kind
			meeting, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, terms)
			h.must(err)
			_, err = h.AddMatter(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, Matter{Title: fmt.Sprint("事项", item), Body: "是否同意？",
				Rule: voting.Matter{Kind: voting.Motion, Item: item}})
			h.must(err)
			return meeting
		}
		barred := func(m Meeting) error { return h.NoticeBarred(h.ctx(), h.community.ID, m.ID) }
		firm := draft(lifecycle.Committee, voting.FirmItem)
		h.refused(barred(firm), "powers_frozen")
		h.refused(h.IssueNotice(h.ctx(), h.by(RoleConvener), h.community.ID, firm.ID), "powers_frozen")
		desk, err := h.DeskOf(h.ctx(), h.community.ID, firm.ID)
		h.must(err)
		if desk.Frozen == nil || desk.Frozen.Source.Article != "第28条" {
			t.Errorf("the draft says nothing of it: %+v", desk.Frozen)
		}
		h.must(barred(draft(lifecycle.Committee, 9)))
		h.must(h.db.Exec("UPDATE committee SET state = 'serving'").Error)
		h.must(barred(firm)) // before the renewal group was formed
	})
}

func TestTheNextElectionEndsTheFreeze(t *testing.T) {
	pack, err := rules.At("上海市/浦东新区", calendar.Date(2026, 5, 1))
	if err != nil {
		t.Fatal(err)
	}
	renewing, elected := Committee{State: lifecycle.CommitteeRenewal}, Committee{State: lifecycle.CommitteeElected}
	for name, c := range map[string]struct {
		list []Committee
		want bool
	}{
		"no committee":             {nil, false},
		"one that serves":          {[]Committee{{State: lifecycle.CommitteeServing}}, false},
		"one in its renewal":       {[]Committee{renewing}, true},
		"the next one is elected":  {[]Committee{renewing, elected}, false},
		"the election was revoked": {[]Committee{renewing, {State: lifecycle.CommitteeRevoked}}, true},
	} {
		if got := FrozenPowers(c.list, pack.Procedure) != nil; got != c.want {
			t.Errorf("%s: frozen %v", name, got)
		}
	}
}

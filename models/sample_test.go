package models

import (
	"slices"
	"testing"

	"gongjue/voting"
	"gongjue/voting/sample"
)

// shownSample is a counted meeting whose figures are on display, and the announcement of a lot a day and a half ahead.
func (h *hall) shownSample() (Meeting, SampleAnnouncement) {
	h.t.Helper()
	meeting := h.counted()
	h.must(h.DisplayPreliminary(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
	return h.again(meeting), h.sampling()
}

func (h *hall) sampling() SampleAnnouncement {
	return SampleAnnouncement{Certainty: sample.Certainties[0], DueAt: h.now + 3*day/2, Place: "样例小区会所", Manner: "摸球", Digits: 6}
}

// round is the newest one.
func (h *hall) round(meeting Meeting) Sample {
	h.t.Helper()
	rounds, err := h.SamplesOf(h.ctx(), meeting)
	h.must(err)
	if len(rounds) == 0 {
		h.t.Fatal("no round")
	}
	return rounds[len(rounds)-1]
}

// drawSample goes on until the ballots are known.
func (h *hall) drawSample(meeting Meeting, announced SampleAnnouncement) Sample {
	h.t.Helper()
	h.must(h.AnnounceSample(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID, announced))
	h.wait(2 * day)
	h.must(h.RecordSample(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID, LotEntry{Number: "004217", DrawnAt: announced.DueAt, Witnesses: "业主三名"}))
	h.must(h.ConfirmSample(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, "００4217"))
	return h.round(meeting)
}

func TestASampleGoesFromItsPlanToItsFinding(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting, announced := h.shownSample()
		drawn := h.drawSample(meeting, announced)
		if drawn.State != SampleDrawn || drawn.Number != "004217" || int64(len(drawn.Certain)+len(drawn.ByLot)) != drawn.Plan.Asked() || drawn.Plan.Ballots != 4 {
			t.Fatalf("drawn: %+v", drawn)
		}
		all := []int64{1, 2, 3, 4}
		others := slices.DeleteFunc(slices.Clone(all), func(leaf int64) bool { return slices.Contains(drawn.Certain, leaf) })
		if again := sample.Draw(drawn.CloseRoot+"/004217", others, drawn.Plan.Drawn); !slices.Equal(again, drawn.ByLot) {
			t.Errorf("the lot is %v, anybody else draws %v", drawn.ByLot, again)
		}
		calls, err := h.SampleCalls(h.ctx(), h.by(RoleStreet), meeting)
		h.must(err)
		if len(calls) != int(drawn.Plan.Asked()) || calls[0].Label == "" || len(calls[0].Owners) == 0 || calls[0].Owners[0].OwnerID == "" || calls[0].Owners[0].Name == "" || calls[0].Channel == "" {
			t.Fatalf("the call list: %+v", calls)
		}
		h.refused(h.EndSample(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID), "sample_unasked")
		for i, call := range calls {
			answer := sample.Confirmed
			if i == 0 {
				h.must(h.AnswerSample(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID, call.Leaf, sample.Unreached))
				h.wait(day)
				answer = sample.Denied
			}
			h.must(h.AnswerSample(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID, call.Leaf, answer))
		}
		calls, err = h.SampleCalls(h.ctx(), h.by(RoleStreet), meeting)
		h.must(err)
		if calls[0].Tries != 2 || calls[0].Answer != sample.Denied {
			t.Errorf("the first call: %+v", calls[0])
		}
		h.must(h.EndSample(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID))
		ended := h.round(meeting)
		if ended.State != SampleEnded || ended.Finding == nil || ended.Finding.Denied != 1 || ended.Finding.Confirmed != drawn.Plan.Asked()-1 ||
			len(ended.Finding.Stands) != len(meeting.Matters) {
			t.Errorf("ended: %+v, %+v", ended, ended.Finding)
		}
		if n := len(h.auditOf("sample_answered")); n != len(calls)+1 {
			t.Errorf("%d answers in the audit", n)
		}
	})
}

func TestWhoMaySampleAndWhen(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting, announced := h.shownSample()
		street, convener, teller := h.by(RoleStreet), h.by(RoleConvener), h.by(RoleTeller)
		id := h.community.ID
		announce := func(by Actor, change func(*SampleAnnouncement)) error {
			wanted := announced
			change(&wanted)
			return h.AnnounceSample(h.ctx(), by, id, meeting.ID, wanted)
		}
		same := func(*SampleAnnouncement) {}
		h.refused(announce(convener, same), "illegal_step")
		h.refused(announce(h.by(RoleDistrict), same), "illegal_step")
		h.refused(announce(street, func(a *SampleAnnouncement) { a.DueAt = h.now + LotLead - 1 }), "sample_too_early")
		h.refused(announce(street, func(a *SampleAnnouncement) { a.Certainty = sample.Certainty{Num: 1, Den: 2} }), "bad_value")
		h.refused(announce(street, func(a *SampleAnnouncement) { a.Place = " " }), "required")
		h.refused(h.RecordSample(h.ctx(), street, id, meeting.ID, LotEntry{}), "sample_none")
		h.must(announce(street, same))
		h.refused(announce(street, same), "sample_open")
		entry := LotEntry{Number: "004217", DrawnAt: announced.DueAt, Witnesses: "业主三名"}
		h.refused(h.RecordSample(h.ctx(), street, id, meeting.ID, entry), "lot_not_yet")
		h.wait(2 * day)
		h.refused(h.RecordSample(h.ctx(), street, id, meeting.ID, LotEntry{Number: "4217", DrawnAt: announced.DueAt, Witnesses: "业主"}), "lot_number_invalid")
		h.refused(h.RecordSample(h.ctx(), street, id, meeting.ID, LotEntry{Number: "004217", DrawnAt: announced.DueAt - 1, Witnesses: "业主"}), "lot_day_wrong")
		h.refused(h.ConfirmSample(h.ctx(), convener, id, meeting.ID, "004217"), "sample_none")
		h.must(h.RecordSample(h.ctx(), street, id, meeting.ID, LotEntry{Number: "004218", DrawnAt: announced.DueAt, Witnesses: "业主"}))
		h.refused(h.RecordSample(h.ctx(), teller, id, meeting.ID, entry), "sample_waiting")
		h.must(h.RecordSample(h.ctx(), street, id, meeting.ID, entry)) // mended by the same person
		if waiting := h.round(meeting); waiting.Number != "" || len(waiting.ByLot) != 0 {
			t.Errorf("before the second person something is known: %+v", waiting)
		}
		h.refused(h.ConfirmSample(h.ctx(), street, id, meeting.ID, "004217"), "lot_same_role")
		h.refused(h.ConfirmSample(h.ctx(), teller, id, meeting.ID, "004218"), "lot_differs")
		if h.round(meeting).Differed != 1 {
			t.Error("another number is not counted")
		}
		_, err := h.SampleCalls(h.ctx(), street, meeting)
		h.refused(err, "sample_none")
		h.must(h.ConfirmSample(h.ctx(), teller, id, meeting.ID, "004217"))
		_, err = h.SampleCalls(h.ctx(), convener, meeting)
		h.refused(err, "forbidden")
		h.refused(h.WithdrawSample(h.ctx(), street, id, meeting.ID, "不抽了"), "sample_none")
		leaf := slices.Concat(h.round(meeting).Certain, h.round(meeting).ByLot)[0]
		h.refused(h.AnswerSample(h.ctx(), convener, id, meeting.ID, leaf, sample.Confirmed), "illegal_step")
		h.refused(h.AnswerSample(h.ctx(), street, id, meeting.ID, 99, sample.Confirmed), "not_found")
		h.refused(h.AnswerSample(h.ctx(), street, id, meeting.ID, leaf, "yes"), "bad_value")
	})
}

func TestAWithdrawnSampleStaysOnRecord(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting, announced := h.shownSample()
		h.must(h.AnnounceSample(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID, announced))
		h.refused(h.WithdrawSample(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID, " "), "reason_missing")
		h.refused(h.WithdrawSample(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, "改期"), "illegal_step")
		h.must(h.WithdrawSample(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID, "场地停电，改期"))
		h.must(h.AnnounceSample(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID, announced))
		rounds, err := h.SamplesOf(h.ctx(), meeting)
		h.must(err)
		if len(rounds) != 2 || rounds[0].State != SampleWithdrawn || rounds[0].Reason == "" || rounds[1].State != SampleAnnounced || rounds[1].Round != 2 {
			t.Errorf("%+v", rounds)
		}
	})
}

func TestAnAlteredLogIsNotSampled(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting, announced := h.shownSample()
		h.must(h.AnnounceSample(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID, announced))
		h.wait(2 * day)
		h.must(h.RecordSample(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID, LotEntry{Number: "004217", DrawnAt: announced.DueAt, Witnesses: "业主三名"}))
		h.must(h.alter("UPDATE ledger_leaf SET body = (SELECT body FROM ledger_leaf l WHERE l.meeting_id = ledger_leaf.meeting_id AND l.idx = 2) WHERE meeting_id = ? AND idx = 1", meeting.ID).Error)
		h.refused(h.ConfirmSample(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID, "004217"), "ledger_mismatch")
	})
}

func TestASampleOfAPartLooksAtThePart(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting, _ := h.shownSample() // its last matter is for building 2 alone
		last := len(meeting.Matters) - 1
		plans, err := h.SamplePlans(h.ctx(), meeting)
		h.must(err)
		if len(plans) != len(sample.Certainties) || len(plans[0].Wrong) != len(meeting.Matters) {
			t.Errorf("%+v", plans)
		}
		counted, err := readSampled(h.read(h.ctx()), meeting)
		h.must(err)
		inside := 0
		for _, ballot := range counted.ballots {
			if ballot.Within[last] != (voting.Weight{}) {
				inside++
			}
			if ballot.Within[0].Area != ballot.Area {
				t.Errorf("ballot %d weighs %v of %v in a matter for all", ballot.Number, ballot.Within[0].Area, ballot.Area)
			}
		}
		if inside == 0 || inside == len(counted.ballots) {
			t.Errorf("%d of %d ballots are inside the building", inside, len(counted.ballots))
		}
	})
}

package models

import (
	"testing"

	"gongjue/voting"
	"gongjue/voting/bundle"
	"gongjue/voting/lifecycle"
)

// silenceVote: persons 1 and 3+4 are in favour, person 2 is against (1.7, 1.0 and 0.9 million cm²); person 6 (0.8) has a
// sheet and stays silent; the developer (1.4) could not be found and got a public notice. What became of the sheet of
// person 5 (1.0), who does not answer either, differs.
func (h *hall) silenceVote(policy voting.Silence, five DeliveryResult) []MatterResult {
	h.t.Helper()
	meeting := h.silent(policy)
	sheets := h.sheets(meeting)
	for i, mark := range []voting.Mark{voting.Yes, voting.No, voting.Yes} {
		_, err := h.cast(sheets[i], mark, key1)
		h.must(err)
		h.deliver(meeting, arrived(sheets[i], h.now))
	}
	if five != "" {
		delivery := arrived(sheets[3], h.now)
		delivery.Result = five
		h.deliver(meeting, delivery)
	}
	h.deliver(meeting, arrived(sheets[4], h.now))
	h.deliver(meeting, Delivery{VoterID: sheets[5].VoterID, Mode: PublicNotice, Result: Undeliverable, At: h.now, Relation: ToNobody, Proof: "公告栏"})
	h.wait(10*day + CloseGrace)
	h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
	results, err := h.Results(h.ctx(), h.community.ID, meeting.ID)
	h.must(err)
	h.must(h.DisplayPreliminary(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
	h.wait(6 * day)
	h.must(h.PublishFinal(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID)) // the count is found again
	return results[0].Matters
}

func heads(n int64, area voting.Area) voting.Weight { return voting.Weight{Heads: n, Area: area} }

func TestSilenceCountsAsAnnouncedAndTheOtherReadingStandsBeside(t *testing.T) {
	for policy, want := range map[voting.Silence]struct {
		participants, yes voting.Weight
		result            voting.Result
	}{
		voting.SilenceAbstains:             {heads(5, 5_400_000), heads(2, 2_700_000), voting.Rejected},
		voting.JoinMajority:                {heads(5, 5_400_000), heads(4, 4_500_000), voting.Passed},
		voting.JoinMajorityIfOverHalfOfAll: {heads(3, 3_600_000), heads(2, 2_700_000), voting.NotFormed}, // 2 of 6 are no half
	} {
		t.Run(string(policy), func(t *testing.T) {
			inHall(t, func(h *hall) {
				matters := h.silenceVote(policy, Delivered)
				o := matters[0].Outcome
				if o.Counted.SilentDelivered != heads(2, 1_800_000) || o.Counted.Participants != want.participants ||
					o.Counted.Options[voting.OptionYes] != want.yes || o.Result != want.result {
					t.Errorf("counted %+v, %s", o.Counted, o.Result)
				}
				quiet, there := o.Variants[voting.WithoutSilence]
				if !there || quiet.Counted.Participants != heads(3, 3_600_000) || quiet.Result != voting.NotFormed {
					t.Errorf("without silence: %+v", quiet)
				}
				d := matters[0].Delivery
				lines := linesOf(d)
				if lines[voting.ClassVoted] != heads(3, 3_600_000) || lines[voting.ClassDeliveredSilent] != heads(2, 1_800_000) ||
					lines[voting.ClassNotIssued] != (voting.Weight{}) {
					t.Errorf("classes %+v", d)
				}
				// The developer alone got none: neither its area nor what is left without it is told.
				if lines[voting.ClassUndeliverable] != heads(1, hidden) || lines[""] != heads(5, hidden) {
					t.Errorf("an area points to a home: %+v", lines)
				}
				// Building 2: persons 1 (0.8, voted) and 6 (0.8, silent), and the developer (1.4).
				two := matters[3]
				if two.Outcome.Counted.SilentDelivered != heads(1, 800_000) || two.Delivery.Delivered.Heads != 2 || two.Outcome.Counted.Total != heads(3, 3_000_000) {
					t.Errorf("building 2: %+v, %+v", two.Outcome.Counted, two.Delivery)
				}
			})
		})
	}
}

// hidden stands for an area that is left out.
const hidden = -1

// linesOf are the published lines by class, those with a proof under none.
func linesOf(d *bundle.Delivery) map[voting.VoterClass]voting.Weight {
	lines := map[voting.VoterClass]voting.Weight{}
	for _, line := range append(d.Lines(), d.Proved()) {
		if line.Few {
			line.Weight.Area = hidden
		}
		lines[line.Class] = line.Weight
	}
	return lines
}

func TestOnlyAProvedDeliveryIsSilence(t *testing.T) {
	for five, class := range map[DeliveryResult]voting.VoterClass{Refused: voting.ClassRefused, Undeliverable: voting.ClassUndeliverable, "": voting.ClassNotIssued} {
		t.Run(string(class), func(t *testing.T) {
			inHall(t, func(h *hall) {
				matter := h.silenceVote(voting.JoinMajority, five)[0]
				if got := matter.Outcome.Counted; got.SilentDelivered != heads(1, 800_000) || got.Participants != heads(4, 4_400_000) || matter.Outcome.Result != voting.NotFormed {
					t.Errorf("%+v, %s", got, matter.Outcome.Result)
				}
				want := heads(1, hidden)
				if class == voting.ClassUndeliverable {
					want.Heads++ // with the developer
				}
				if got := linesOf(matter.Delivery)[class]; got != want {
					t.Errorf("%s is %+v, want %+v", class, got, want)
				}
			})
		})
	}
}

func TestSilenceIsNobodysWhereNoOptionLeads(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.silent(voting.JoinMajority)
		sheets := h.sheets(meeting)
		// 1.7 million cm² of one head against 0.9 + 0.8 of two: the heads lead, the area is equal.
		for i, mark := range map[int]voting.Mark{0: voting.Yes, 1: voting.No, 4: voting.No} {
			_, err := h.cast(sheets[i], mark, key1)
			h.must(err)
		}
		for _, i := range []int{2, 3} {
			h.deliver(meeting, arrived(sheets[i], h.now))
		}
		h.wait(10*day + CloseGrace)
		h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
		results, err := h.Results(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		o := results[0].Matters[0].Outcome
		if o.Result != voting.Undetermined || o.Reason != voting.NoSingleLeader || o.Counted.Participants != heads(5, 5_400_000) ||
			o.Counted.Options[voting.OptionNo] != heads(2, 1_700_000) || o.Variants[voting.WithoutSilence].Result != voting.NotFormed {
			t.Errorf("%s, %s, %+v", o.Result, o.Reason, o.Counted)
		}
	})
}

func TestAFirstMeetingIsForcedToTheDefault(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.silent(voting.JoinMajority)
		sheets := h.sheets(meeting)
		for _, sheet := range sheets[:4] {
			_, err := h.cast(sheet, voting.Yes, key1)
			h.must(err)
		}
		h.deliver(meeting, arrived(sheets[4], h.now))
		// Casting refuses a meeting that is not what its notice says; should the flag be there all the same, it alone decides.
		h.must(h.db.Exec(`UPDATE meeting SET policies = REPLACE(policies, '"first_meeting":false', '"first_meeting":true') WHERE id = ?`, meeting.ID).Error)
		h.wait(10*day + CloseGrace)
		h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
		results, err := h.Results(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		o := results[0].Matters[0].Outcome
		if o.Counted.Participants != heads(4, 4_600_000) || o.Counted.SilentDelivered != heads(1, 800_000) || len(o.Variants) != 0 {
			t.Errorf("%+v with variants %v", o.Counted, o.Variants)
		}
	})
}

// 聊城 lets the interim covenant say what becomes of silent ballots at the first meeting; no other place does.
func TestTheInterimCovenantCarriesSilenceOnlyInLiaocheng(t *testing.T) {
	inHall(t, func(h *hall) {
		first := func(m *MeetingTerms) {
			m.ConvenerKind, m.Policies.FirstMeeting, m.Policies.Silence = lifecycle.PreparationGroup, true, voting.JoinMajority
			m.SilenceRule = &voting.SilenceConditions{Document: "临时管理规约", Clause: "第三十条", CoversElections: true, InterimCovenant: true}
		}
		terms := h.terms(h.frozenRoster())
		first(&terms)
		_, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, terms)
		h.refused(err, "silence_first_meeting")

		community, err := h.CreateCommunity(h.ctx(), System, "山东省/聊城市/样例区", "样例街道", "样例小区")
		h.must(err)
		h.community, h.announce = community, first
		meeting := h.voting()
		if rule := meeting.SilenceRule; !meeting.Policies.InterimCovenant || rule.Law != "聊城市物业管理条例第16条" || rule.RuleAdopted || !meeting.CountsSilence() {
			t.Fatalf("announced %+v, %+v", meeting.Policies, rule)
		}
		sheet := h.sheets(meeting)[4]
		h.deliver(meeting, arrived(sheet, h.now))
		_, err = h.cast(h.sheets(meeting)[0], voting.Yes, key1)
		h.must(err)
		h.wait(10*day + CloseGrace)
		h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
		results, err := h.Results(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		o := results[0].Matters[0].Outcome
		if o.Counted.SilentDelivered.Heads != 1 || o.Counted.Options[voting.OptionYes].Heads != 2 || o.Counted.Participants.Heads != 2 {
			t.Errorf("counted %+v", o.Counted)
		}

		terms = h.terms(h.frozenRoster()) // the next version of the same roster
		terms.ConvenerKind, terms.Policies.FirstMeeting = lifecycle.Committee, false
		_, err = h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, terms)
		h.refused(err, "silence_rule_missing") // at a later meeting a covenant has to be adopted
	})
}

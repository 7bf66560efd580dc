package voting_test

import (
	"reflect"
	"testing"

	"gongjue/voting"
)

func decide(t *testing.T, p voting.Policies, m voting.Matter, c voting.Counts) voting.Outcome {
	t.Helper()
	outcome, err := voting.Decide(civilCode, p, m, c)
	if err != nil {
		t.Fatal(err)
	}
	return outcome
}

func TestSilenceInAMotion(t *testing.T) {
	matter := voting.Matter{Kind: voting.Motion, Item: 9}
	counts := func(yes, no, silent voting.Weight) voting.Counts {
		return voting.Counts{Total: w(100, 10_000), Voted: yes.Plus(no), SilentDelivered: silent,
			Options: map[string]voting.Weight{"yes": yes, "no": no}}
	}
	tests := []struct {
		name         string
		silence      voting.Silence
		first        bool
		counts       voting.Counts
		want         voting.Result
		reason       voting.Reason
		participants voting.Weight
		yes          voting.Weight
	}{
		{"by default the silent take no part", "", false, counts(w(40, 4_000), w(20, 2_000), w(30, 3_000)), voting.NotFormed, "", w(60, 6_000), w(40, 4_000)},
		{"abstaining they take part and agree to nothing", voting.SilenceAbstains, false, counts(w(40, 4_000), w(20, 2_000), w(30, 3_000)), voting.Rejected, "", w(90, 9_000), w(40, 4_000)},
		{"they join the leader", voting.JoinMajority, false, counts(w(40, 4_000), w(20, 2_000), w(30, 3_000)), voting.Passed, "", w(90, 9_000), w(70, 7_000)},
		{"the leader may be no", voting.JoinMajority, false, counts(w(20, 2_000), w(40, 4_000), w(30, 3_000)), voting.Rejected, "", w(90, 9_000), w(20, 2_000)},
		{"a tie by heads leads nowhere", voting.JoinMajority, false, counts(w(35, 4_000), w(35, 3_000), w(20, 2_000)), voting.Undetermined, voting.NoSingleLeader, w(90, 9_000), w(35, 4_000)},
		{"a tie by area leads nowhere", voting.JoinMajority, false, counts(w(40, 3_000), w(30, 3_000), w(20, 2_000)), voting.Undetermined, voting.NoSingleLeader, w(90, 8_000), w(40, 3_000)},
		{"without silent ballots a tie is only a rejection", voting.JoinMajority, false, counts(w(35, 3_500), w(35, 3_500), w(0, 0)), voting.Rejected, "", w(70, 7_000), w(35, 3_500)},
		{"nobody voted, all are silent", voting.JoinMajority, false, counts(w(0, 0), w(0, 0), w(90, 9_000)), voting.Undetermined, voting.NoSingleLeader, w(90, 9_000), w(0, 0)},
		{"at a first meeting no rule exists yet", voting.JoinMajority, true, counts(w(40, 4_000), w(20, 2_000), w(30, 3_000)), voting.NotFormed, "", w(60, 6_000), w(40, 4_000)},
		{"the leader has exactly half of all heads", voting.JoinMajorityIfOverHalfOfAll, false, counts(w(50, 5_001), w(10, 1_000), w(30, 3_000)), voting.NotFormed, "", w(60, 6_001), w(50, 5_001)},
		{"the leader has exactly half of all area", voting.JoinMajorityIfOverHalfOfAll, false, counts(w(51, 5_000), w(10, 1_000), w(30, 3_000)), voting.NotFormed, "", w(61, 6_000), w(51, 5_000)},
		{"the leader has more than half of all", voting.JoinMajorityIfOverHalfOfAll, false, counts(w(51, 5_001), w(10, 1_000), w(30, 3_000)), voting.Passed, "", w(91, 9_001), w(81, 8_001)},
		{"without a leader the cap rule adds nobody and leaves nothing open", voting.JoinMajorityIfOverHalfOfAll, false, counts(w(35, 3_500), w(35, 3_500), w(20, 2_000)), voting.Rejected, "", w(70, 7_000), w(35, 3_500)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := decide(t, voting.Policies{Silence: test.silence, FirstMeeting: test.first}, matter, test.counts)
			if got.Result != test.want || got.Reason != test.reason || got.Counted.Participants != test.participants || got.Counted.Options["yes"] != test.yes {
				t.Errorf("%s %s, participants %v, yes %v", got.Result, got.Reason, got.Counted.Participants, got.Counted.Options["yes"])
			}
			_, both := got.Variants[voting.WithoutSilence]
			inForce := test.silence != "" && !test.first && test.counts.SilentDelivered != w(0, 0)
			if both != inForce {
				t.Errorf("reading without silence given: %v, wanted: %v", both, inForce)
			}
		})
	}
}

func TestFollowMajority(t *testing.T) {
	policies := voting.Policies{FollowMajority: true}
	firms := voting.Matter{Kind: voting.Selection, Item: 4, Method: voting.Pick, Options: []string{"东", "西"}}
	counts := voting.Counts{Total: w(100, 10_000), Voted: w(90, 9_000), FollowMajority: w(20, 2_000),
		Options: map[string]voting.Weight{"东": w(40, 4_000), "西": w(30, 3_000)}}
	if got := decide(t, policies, firms, counts); got.Selected != "东" || got.Counted.Options["东"] != w(60, 6_000) {
		t.Errorf("从众 joins the leader: %+v", got)
	}
	counts.Options = map[string]voting.Weight{"东": w(35, 4_000), "西": w(35, 3_000)}
	got := decide(t, policies, firms, counts)
	if got.Result != voting.Undetermined || got.Reason != voting.NoSingleLeader || got.Selected != "" || len(got.NotSelected) != 0 {
		t.Errorf("从众 without a leader: %+v", got)
	}
	if len(got.Steps) != 6 {
		t.Errorf("the approval steps of an open matter are printed all the same: %d steps", len(got.Steps))
	}
	alone := voting.Matter{Kind: voting.Selection, Item: 4, Method: voting.Pick, Options: []string{"东"}}
	counts = voting.Counts{Total: w(100, 10_000), Voted: w(90, 9_000), FollowMajority: w(90, 9_000),
		Options: map[string]voting.Weight{"东": w(0, 0)}}
	if got := decide(t, policies, alone, counts); got.Result != voting.Undetermined {
		t.Errorf("an option without any real vote leads nothing: %+v", got)
	}
}

func TestSilenceWhereTheRuleIsUndefined(t *testing.T) {
	each := voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"甲", "乙"}, Seats: 2, MinMembers: 1}
	pick := voting.Matter{Kind: voting.Election, Item: 3, Method: voting.Pick, Options: []string{"甲", "乙"}, Seats: 2, MinMembers: 1}
	counts := voting.Counts{Total: w(100, 10_000), Voted: w(60, 6_000), SilentDelivered: w(30, 3_000),
		Options: map[string]voting.Weight{"甲": w(40, 4_000), "乙": w(20, 2_000)},
		Against: map[string]voting.Weight{"甲": w(10, 1_000), "乙": w(30, 3_000)}}
	got := decide(t, voting.Policies{Silence: voting.JoinMajority}, each, counts)
	if got.Counted.Options["甲"] != w(70, 7_000) || got.Counted.Options["乙"] != w(20, 2_000) || got.Counted.Against["乙"] != w(60, 6_000) {
		t.Errorf("each option has its own leader: %+v", got.Counted)
	}
	if got.Result != voting.RunOffDue || !reflect.DeepEqual(got.Elected, []string{"甲"}) {
		t.Errorf("%+v", got)
	}
	counts.Against["乙"] = w(20, 3_000)
	if got = decide(t, voting.Policies{Silence: voting.JoinMajority}, each, counts); got.Reason != voting.NoSingleLeader || got.Counted.Options["甲"] != w(70, 7_000) {
		t.Errorf("one option without a leader leaves the matter open, the others keep theirs: %+v", got)
	}
	if got = decide(t, voting.Policies{Silence: voting.JoinMajorityIfOverHalfOfAll}, each, counts); got.Reason != voting.SilenceUndefined || got.Counted.Participants != w(90, 9_000) || got.Committee != voting.CommitteeUndetermined || got.OpenSeats != 2 {
		t.Errorf("the cap rule per option: %+v", got)
	}
	counts.Against = nil
	for _, silence := range []voting.Silence{voting.JoinMajority, voting.JoinMajorityIfOverHalfOfAll} {
		got = decide(t, voting.Policies{Silence: silence}, pick, counts)
		if got.Reason != voting.SilenceUndefined || got.Counted.Options["甲"] != w(40, 4_000) {
			t.Errorf("%s in an election by names: %+v", silence, got)
		}
	}
	if got = decide(t, voting.Policies{Silence: voting.SilenceAbstains}, pick, counts); got.Result != voting.RunOffDue || len(got.Elected) != 0 {
		t.Errorf("abstaining is defined everywhere: %+v", got)
	}
}

func TestVoidBallots(t *testing.T) {
	matter := voting.Matter{Kind: voting.Motion, Item: 9}
	counts := voting.Counts{Total: w(90, 9_000), Voted: w(59, 5_900), Void: w(1, 100),
		Options: map[string]voting.Weight{"yes": w(59, 5_900), "no": w(0, 0)}}
	tests := []struct {
		name   string
		inside *bool
		want   voting.Result
	}{
		{"announced as participants they carry the vote over two thirds", announced(true), voting.Passed},
		{"announced as none they do not", announced(false), voting.NotFormed},
		{"not announced and decisive: undetermined", nil, voting.Undetermined},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := decide(t, voting.Policies{VoidParticipates: test.inside}, matter, counts)
			if got.Result != test.want || (got.Reason == voting.VoidNotAnnounced) != (test.inside == nil) {
				t.Errorf("%+v", got)
			}
			if test.inside == nil && (got.Variants[voting.WithVoid].Result != voting.Passed || got.Variants[voting.WithoutVoid].Result != voting.NotFormed) {
				t.Errorf("the two readings: %+v", got.Variants)
			}
		})
	}
	counts.Total = w(80, 8_000)
	got := decide(t, voting.Policies{}, matter, counts)
	if got.Result != voting.Passed || got.Counted.Participants != w(60, 6_000) || len(got.Variants) != 2 {
		t.Errorf("not announced and not decisive: the reading with void ballots, both shown: %+v", got)
	}
}

func TestEveryVariantTogether(t *testing.T) {
	got := decide(t, voting.Policies{Silence: voting.SilenceAbstains}, voting.Matter{Kind: voting.Motion, Item: 9}, voting.Counts{
		Total: w(90, 9_000), Voted: w(59, 5_900), Void: w(1, 100), SilentDelivered: w(10, 1_000),
		Options: map[string]voting.Weight{"yes": w(59, 5_900), "no": w(0, 0)},
	})
	if len(got.Variants) != len(voting.VariantNames) {
		t.Fatalf("%d variants", len(got.Variants))
	}
	for _, name := range voting.VariantNames {
		variant, there := got.Variants[name]
		if !there || variant.Variants != nil {
			t.Errorf("%s: %v, with variants of its own: %v", name, there, variant.Variants)
		}
	}
	if reading := got.Variants[voting.WithoutSilence]; reading.Reason != voting.VoidNotAnnounced {
		t.Errorf("without silence the void ballots decide: %+v", reading)
	}
}

func TestCountsThatCannotBeAreRefused(t *testing.T) {
	matter := voting.Matter{Kind: voting.Motion, Item: 9}
	fine := func() voting.Counts {
		return voting.Counts{Total: w(10, 1_000), Voted: w(6, 600), Void: w(1, 100), SilentDelivered: w(3, 300), Abstain: w(1, 100),
			Options: map[string]voting.Weight{"yes": w(3, 300), "no": w(2, 200)}}
	}
	decide(t, voting.Policies{}, matter, fine())
	tests := []struct {
		name   string
		change func(*voting.Counts)
		code   voting.Code
		field  string
	}{
		{"nobody", func(c *voting.Counts) { c.Total.Heads = 0 }, voting.CodeBadValue, "total"},
		{"no area", func(c *voting.Counts) { c.Total.Area = 0 }, voting.CodeBadValue, "total"},
		{"too many heads", func(c *voting.Counts) { c.Total.Heads = voting.MaxNumber + 1 }, voting.CodeBadValue, "total"},
		{"too much area", func(c *voting.Counts) { c.Total.Area = voting.MaxArea + 1 }, voting.CodeBadValue, "total"},
		{"a head more than all", func(c *voting.Counts) { c.SilentDelivered.Heads++ }, voting.CodeDoesNotAddUp, "voted"},
		{"a square centimetre more than all", func(c *voting.Counts) { c.Void.Area++ }, voting.CodeDoesNotAddUp, "voted"},
		{"a negative part", func(c *voting.Counts) { c.Void.Heads = -1 }, voting.CodeBadValue, "void"},
		{"options that do not close", func(c *voting.Counts) { c.Options["no"] = w(1, 200) }, voting.CodeDoesNotAddUp, "voted"},
		{"an option above the valid ballots", func(c *voting.Counts) { c.Options["yes"] = w(7, 300) }, voting.CodeDoesNotAddUp, "options"},
		{"an option that is missing", func(c *voting.Counts) { delete(c.Options, "no") }, voting.CodeMissingField, "options[1]"},
		{"an option too many", func(c *voting.Counts) { c.Options["maybe"] = w(0, 0) }, voting.CodeUnknownName, "options"},
		{"votes against where nobody votes against", func(c *voting.Counts) { c.Against = map[string]voting.Weight{"yes": {}} }, voting.CodeUnknownName, "against"},
		{"从众 that was not offered", func(c *voting.Counts) { c.FollowMajority, c.Abstain = c.Abstain, w(0, 0) }, voting.CodeMarkNotOffered, "follow_majority"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			counts := fine()
			test.change(&counts)
			_, err := voting.Decide(civilCode, voting.Policies{}, matter, counts)
			refused(t, err, test.code, test.field)
		})
	}
}

package voting_test

import (
	"slices"
	"testing"

	"gongjue/voting"
)

func robust(t *testing.T, law voting.Law, p voting.Policies, m voting.Matter, c voting.Counts, d voting.Disputed) voting.Robustness {
	t.Helper()
	r, err := voting.Robust(law, p, m, c, d)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func disputed(heads int64, area voting.Area) voting.Disputed {
	return voting.Disputed{Ballots: heads, Weight: w(heads, area)}
}

func TestRobustMotions(t *testing.T) {
	counts := func(yes, no voting.Weight) voting.Counts {
		return voting.Counts{Total: w(1_000, 1_000_000), Voted: yes.Plus(no), Options: map[string]voting.Weight{"yes": yes, "no": no}}
	}
	tests := []struct {
		name     string
		law      voting.Law
		item     int
		counts   voting.Counts
		disputed voting.Disputed
		stands   bool
		could    []voting.Result
	}{
		{"passed with 49 heads to spare stands 49", civilCode, 9, counts(w(450, 600_000), w(350, 200_000)), disputed(49, 0), true, []voting.Result{voting.Passed}},
		{"and falls with 50", civilCode, 9, counts(w(450, 600_000), w(350, 200_000)), disputed(50, 0), false, []voting.Result{voting.Passed, voting.Rejected}},
		{"area alone can defeat it", civilCode, 9, counts(w(600, 400_003), w(200, 399_997)), disputed(1, 3), false, []voting.Result{voting.Passed, voting.Rejected}},
		{"two square centimetres cannot", civilCode, 9, counts(w(600, 400_003), w(200, 399_997)), disputed(1, 2), true, []voting.Result{voting.Passed}},
		{"participation falls first", civilCode, 9, counts(w(660, 700_000), w(10, 0)), disputed(4, 0), false, []voting.Result{voting.Passed, voting.NotFormed}},
		{"participation just holds", civilCode, 9, counts(w(660, 700_000), w(10, 0)), disputed(3, 0), true, []voting.Result{voting.Passed}},
		{"rejected by one head and one cm² turns with one ballot", civilCode, 9, counts(w(400, 400_000), w(400, 400_000)), disputed(1, 1), false, []voting.Result{voting.Passed, voting.Rejected}},
		{"rejected by area: heads alone turn nothing", civilCode, 9, counts(w(400, 400_000), w(400, 400_000)), disputed(50, 0), true, []voting.Result{voting.Rejected}},
		{"rejected with little participation may turn into nothing decided", civilCode, 9, counts(w(100, 100_000), w(567, 567_000)), disputed(1, 0), false, []voting.Result{voting.Rejected, voting.NotFormed}},
		{"not formed by ten heads stands nine", civilCode, 9, counts(w(657, 700_000), w(0, 0)), disputed(9, 9), true, []voting.Result{voting.NotFormed}},
		{"not formed by ten heads falls with ten", civilCode, 9, counts(w(657, 700_000), w(0, 0)), disputed(10, 10), false, []voting.Result{voting.Passed, voting.NotFormed}},
		{"everybody disputed, and everybody could agree", civilCode, 6, counts(w(0, 0), w(700, 700_000)), disputed(1_000, 1_000_000), false, []voting.Result{voting.Passed, voting.Rejected, voting.NotFormed}},
		{"nothing disputed stands by the last head", civilCode, 9, counts(w(334, 667_000), w(333, 0)), disputed(0, 0), true, []voting.Result{voting.Passed}},
		{"the older law measures against all", propertyLaw, 7, counts(w(501, 500_001), w(100, 100_000)), disputed(1, 1), false, []voting.Result{voting.Passed, voting.Rejected}},
		{"the older law, exactly enough to spare", propertyLaw, 7, counts(w(502, 500_002), w(100, 100_000)), disputed(1, 1), true, []voting.Result{voting.Passed}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			inside := voting.Policies{VoidParticipates: announced(true)}
			got := robust(t, test.law, inside, voting.Matter{Kind: voting.Motion, Item: test.item}, test.counts, test.disputed)
			if got.Stands != test.stands || !got.Exact || !slices.Equal(got.Could, test.could) {
				t.Errorf("%+v", got)
			}
		})
	}
	bounded := disputed(50, 0)
	bounded.AreaBound = true
	got := robust(t, civilCode, voting.Policies{}, voting.Matter{Kind: voting.Motion, Item: 9}, counts(w(450, 600_000), w(350, 200_000)), bounded)
	if got.Stands || got.Exact || !slices.Contains(got.Could, voting.Undetermined) {
		t.Errorf("a bound is never certain, and a void ballot was not announced: %+v", got)
	}
	poll := voting.Matter{Kind: voting.Consult, Poll: &voting.Poll{Threshold: voting.OverHalf, Dimensions: []voting.Dimension{voting.ByHeads}}}
	got = robust(t, civilCode, voting.Policies{}, poll, counts(w(6, 6), w(3, 900)), disputed(1, 900))
	if !got.Stands {
		t.Errorf("a poll by heads needs no participation and no area: %+v", got)
	}
}

func TestRobustElections(t *testing.T) {
	matter := voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"甲", "乙", "丙"}, Seats: 2, MinMembers: 1}
	high, mid, low := w(90, 900_000), w(70, 700_000), w(56, 560_000)
	tests := []struct {
		name     string
		rank     voting.Rank
		yes      []voting.Weight
		disputed voting.Disputed
		unsafe   []string
	}{
		{"two elected stay ahead", "", []voting.Weight{high, mid, low}, disputed(6, 6_000), nil},
		{"the second may be overtaken, and fall level is enough", "", []voting.Weight{high, mid, low}, disputed(7, 70_000), []string{"乙", "丙"}},
		{"somebody who cannot pass overtakes nobody", "", []voting.Weight{high, mid, w(40, 690_000)}, disputed(9, 90_000), nil},
		{"an open seat can be won", "", []voting.Weight{high, mid, w(40, 400_000)}, disputed(11, 110_000), nil},
		{"by area first", voting.AreaThenHeads, []voting.Weight{high, w(70, 570_000), low}, disputed(1, 5_001), []string{"乙", "丙"}},
		{"by area first, level in area and ahead in heads", voting.AreaThenHeads, []voting.Weight{high, w(70, 570_000), low}, disputed(1, 5_000), nil},
		{"by shares", voting.SumOfShares, []voting.Weight{high, mid, low}, disputed(6, 60_000), nil},
		{"by shares, level", voting.SumOfShares, []voting.Weight{high, mid, low}, disputed(7, 70_000), []string{"乙", "丙"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			policies := voting.Policies{Rank: test.rank, VoidParticipates: announced(true)}
			got := robust(t, civilCode, policies, matter, tally(matter.Options, test.yes...), test.disputed)
			if !slices.Equal(got.Unsafe, test.unsafe) || got.Stands != (test.unsafe == nil) {
				t.Errorf("%+v", got)
			}
		})
	}
	short := robust(t, civilCode, voting.Policies{VoidParticipates: announced(true)}, matter, tally(matter.Options, high, w(40, 400_000), w(30, 300_000)), disputed(11, 110_000))
	if short.Stands || short.Exact || !slices.Equal(short.Unsafe, []string{"乙"}) || !slices.Equal(short.Could, []voting.Result{voting.Passed, voting.RunOffDue}) {
		t.Errorf("an open seat: %+v", short)
	}
	tied := robust(t, civilCode, voting.Policies{}, matter, tally(matter.Options, high, mid, mid), disputed(1, 1))
	if tied.Stands || !slices.Equal(tied.Unsafe, []string{"乙", "丙"}) {
		t.Errorf("one ballot ends a tie: %+v", tied)
	}
	half := voting.Counts{Total: w(100, 1_000_000), Voted: w(60, 600_000), Options: map[string]voting.Weight{"甲": w(50, 500_000), "乙": {}, "丙": {}},
		Against: map[string]voting.Weight{"甲": {}, "乙": {}, "丙": {}}}
	if got := robust(t, civilCode, voting.Policies{}, matter, half, disputed(7, 70_000)); got.Stands || got.Result != voting.NotFormed || !slices.Contains(got.Could, voting.RunOffDue) {
		t.Errorf("not formed: %+v", got)
	}
	older := matter
	if got := robust(t, propertyLaw, voting.Policies{Rank: voting.SumOfShares}, older, tally(matter.Options, high, mid, low), disputed(2, 20_000)); !got.Stands {
		t.Errorf("the older law: %+v", got)
	}
}

func TestRobustSelections(t *testing.T) {
	firms := voting.Matter{Kind: voting.Selection, Item: 4, Method: voting.Pick, Options: []string{"东", "西", "南"}}
	counts := func(votes ...int64) voting.Counts {
		c := voting.Counts{Total: w(100, 1_000_000), Options: map[string]voting.Weight{}}
		for i, heads := range votes {
			c.Options[firms.Options[i]] = w(heads, voting.Area(heads*10_000))
			c.Voted = c.Voted.Plus(c.Options[firms.Options[i]])
		}
		return c
	}
	again := voting.Policies{RunOff: true, VoidParticipates: announced(true)}
	tests := []struct {
		name     string
		policies voting.Policies
		counts   voting.Counts
		disputed int64
		unsafe   []string
		could    []voting.Result
	}{
		{"selected with nine to spare", again, counts(60, 30, 10), 9, nil, []voting.Result{voting.Passed}},
		{"selected with ten disputed", again, counts(60, 30, 10), 10, []string{"东"}, []voting.Result{voting.Passed, voting.Rejected, voting.RunOffDue}},
		{"nobody, and nobody could", again, counts(40, 35, 25), 2, nil, []voting.Result{voting.RunOffDue}},
		{"the second place in the run-off is not safe", again, counts(40, 35, 25), 5, []string{"西", "南"}, []voting.Result{voting.Rejected, voting.RunOffDue}},
		{"three in the run-off are two with one ballot", again, counts(40, 30, 30), 1, []string{"东", "西", "南"}, []voting.Result{voting.Rejected, voting.RunOffDue}},
		{"nobody, without a run-off, whoever is second", voting.Policies{VoidParticipates: announced(false)}, counts(40, 35, 25), 5, nil, []voting.Result{voting.Rejected}},
		{"nobody, and somebody could", voting.Policies{VoidParticipates: announced(false)}, counts(40, 35, 25), 11, []string{"东"}, []voting.Result{voting.Passed, voting.Rejected, voting.RunOffDue}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := robust(t, civilCode, test.policies, firms, test.counts, disputed(test.disputed, voting.Area(test.disputed*10_000)))
			if !slices.Equal(got.Unsafe, test.unsafe) || !slices.Equal(got.Could, test.could) {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestRobustnessOfAJoinedLead(t *testing.T) {
	motion := voting.Matter{Kind: voting.Motion, Item: 9}
	counts := func(yes, no, silent, follow int64) voting.Counts {
		c := voting.Counts{Total: w(100, 1_000_000), SilentDelivered: w(silent, voting.Area(silent*10_000)), FollowMajority: w(follow, voting.Area(follow*10_000)),
			Options: map[string]voting.Weight{"yes": w(yes, voting.Area(yes*10_000)), "no": w(no, voting.Area(no*10_000))}}
		c.Voted = c.Options["yes"].Plus(c.Options["no"]).Plus(c.FollowMajority)
		return c
	}
	inside := announced(true)
	join := voting.Policies{Silence: voting.JoinMajority, VoidParticipates: inside}
	capped := voting.Policies{Silence: voting.JoinMajorityIfOverHalfOfAll, VoidParticipates: inside}
	follow := voting.Policies{FollowMajority: true, VoidParticipates: inside}
	tests := []struct {
		name     string
		policies voting.Policies
		counts   voting.Counts
		disputed int64
		stands   bool
	}{
		{"the lead of ten holds four", join, counts(40, 30, 30, 0), 4, true},
		{"the lead of ten does not hold five", join, counts(40, 30, 30, 0), 5, false},
		{"从众 joins only a lead that holds", follow, counts(40, 30, 0, 30), 5, false},
		{"从众 with a safe lead", follow, counts(40, 30, 0, 30), 4, true},
		{"silent ballots inside stay inside", capped, counts(55, 5, 30, 0), 4, true},
		{"silent ballots inside might fall out", capped, counts(55, 5, 30, 0), 5, false},
		{"silent ballots outside stay outside", capped, counts(46, 40, 10, 0), 3, false},
		{"silent ballots outside might come in", capped, counts(30, 50, 15, 0), 1, false},
		{"and far outside they do not", capped, counts(30, 45, 20, 0), 4, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := robust(t, civilCode, test.policies, motion, test.counts, disputed(test.disputed, voting.Area(test.disputed*10_000)))
			if got.Stands != test.stands {
				t.Errorf("%+v", got)
			}
			if !got.Stands && got.Exact && slices.Contains(got.Could, voting.Undetermined) {
				t.Errorf("certain of something open: %+v", got)
			}
		})
	}
	for measure, contested := range map[string]voting.Disputed{"heads": disputed(5, 1), "area": disputed(1, 50_000)} {
		if got := robust(t, civilCode, join, motion, counts(40, 30, 30, 0), contested); got.Stands {
			t.Errorf("the lead is lost by %s alone: %+v", measure, got)
		}
	}
	alone := voting.Matter{Kind: voting.Selection, Item: 4, Method: voting.Pick, Options: []string{"东"}}
	only := voting.Counts{Total: w(100, 1_000_000), Voted: w(90, 900_000), FollowMajority: w(80, 800_000), Options: map[string]voting.Weight{"东": w(10, 100_000)}}
	if got := robust(t, civilCode, follow, alone, only, disputed(10, 100_000)); got.Stands {
		t.Errorf("the only option may lose its last vote: %+v", got)
	}
	if got := robust(t, civilCode, follow, alone, only, disputed(9, 90_000)); !got.Stands {
		t.Errorf("and keeps it: %+v", got)
	}
	each := voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"甲", "乙"}, Seats: 1, MinMembers: 1}
	pairs := voting.Counts{Total: w(100, 1_000_000), Voted: w(60, 600_000), SilentDelivered: w(40, 400_000),
		Options: map[string]voting.Weight{"甲": w(40, 400_000), "乙": w(10, 100_000)}, Against: map[string]voting.Weight{"甲": w(10, 100_000), "乙": w(40, 400_000)}}
	if got := robust(t, civilCode, join, each, pairs, disputed(14, 140_000)); !got.Stands {
		t.Errorf("both leads of thirty hold fourteen: %+v", got)
	}
	if got := robust(t, civilCode, join, each, pairs, disputed(15, 150_000)); got.Stands {
		t.Errorf("and not fifteen: %+v", got)
	}
	if got := robust(t, civilCode, join, motion, counts(25, 25, 10, 0), disputed(6, 60_000)); got.Result != voting.NotFormed || !got.Stands {
		t.Errorf("no lead matters where too few take part: %+v", got)
	}
	if got := robust(t, civilCode, join, motion, counts(25, 25, 10, 0), disputed(7, 70_000)); got.Stands || !slices.Contains(got.Could, voting.Undetermined) {
		t.Errorf("and where enough may take part, nobody leads: %+v", got)
	}
	if got := robust(t, civilCode, join, motion, counts(35, 35, 30, 0), disputed(1, 1)); got.Result != voting.Undetermined || got.Stands || got.Could != nil {
		t.Errorf("an open outcome never stands: %+v", got)
	}
}

func TestRobustIsRefused(t *testing.T) {
	motion := voting.Matter{Kind: voting.Motion, Item: 9}
	counts := voting.Counts{Total: w(10, 100), Voted: w(9, 90), Options: map[string]voting.Weight{"yes": w(9, 90), "no": {}}}
	for _, test := range []struct {
		d    voting.Disputed
		code voting.Code
	}{
		{voting.Disputed{Ballots: -1}, voting.CodeBadValue},
		{disputed(-1, 0), voting.CodeBadValue},
		{disputed(11, 0), voting.CodeDoesNotAddUp},
		{disputed(1, 101), voting.CodeDoesNotAddUp},
	} {
		_, err := voting.Robust(civilCode, voting.Policies{}, motion, counts, test.d)
		refused(t, err, test.code, "disputed")
	}
	_, err := voting.Robust(civilCode, voting.Policies{}, voting.Matter{}, counts, disputed(1, 1))
	refused(t, err, voting.CodeBadValue, "kind")
}

func TestDisputedBallotsAreAddedUpOrBounded(t *testing.T) {
	if got := voting.DisputedOf([]voting.Weight{w(1, 5), w(0, 2)}); got != (voting.Disputed{Ballots: 2, Weight: w(1, 7)}) {
		t.Errorf("%+v", got)
	}
	stair := voting.Matter{Kind: voting.Motion, Item: 5, Scope: []string{"3号楼/2单元"}}
	want := voting.Disputed{Ballots: 2, Weight: w(2, 2_960_000), AreaBound: true}
	if got := voting.DisputedAmong(stair, neighbours, 2); got != want {
		t.Errorf("%+v", got)
	}
	if got := voting.DisputedAmong(stair, neighbours, 9); got.Weight != w(3, 3_860_000) || got.Ballots != 9 {
		t.Errorf("%+v", got)
	}
	if got := voting.DisputedAmong(stair, neighbours, -1); got.Weight != w(0, 0) {
		t.Errorf("%+v", got)
	}
}

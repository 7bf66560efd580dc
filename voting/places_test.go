package voting_test

import (
	"fmt"
	"reflect"
	"testing"

	"gongjue/voting"
)

// votes gives every option that weight, in ballot order a, b, c, …; 100 heads and 10,000 cm² take part.
func places(t *testing.T, p voting.Policies, m voting.Matter, votes ...voting.Weight) voting.Outcome {
	t.Helper()
	counts := voting.Counts{Total: w(120, 12_000), Voted: w(100, 10_000), Options: map[string]voting.Weight{}, Against: map[string]voting.Weight{}}
	m.Method, m.Options = voting.ApprovalEach, nil
	for i, weight := range votes {
		name := string(rune('a' + i))
		m.Options = append(m.Options, name)
		counts.Options[name], counts.Against[name] = weight, w(0, 0)
	}
	return decide(t, p, m, counts)
}

func TestRankingKeys(t *testing.T) {
	firms := voting.Matter{Kind: voting.Selection, Item: 4}
	a, b := w(60, 8_000), w(70, 7_000) // by sum of shares both have 1.40
	tests := []struct {
		rank     voting.Rank
		votes    []voting.Weight
		selected string
		runOff   []string
	}{
		{"", []voting.Weight{a, b}, "b", nil},
		{voting.HeadsThenArea, []voting.Weight{a, b}, "b", nil},
		{voting.AreaThenHeads, []voting.Weight{a, b}, "a", nil},
		{voting.SumOfShares, []voting.Weight{a, b}, "", []string{"a", "b"}},
		{voting.SumOfShares, []voting.Weight{a, w(70, 7_001)}, "b", nil},
		{voting.HeadsThenArea, []voting.Weight{w(60, 7_000), w(60, 7_001)}, "b", nil},
		{voting.AreaThenHeads, []voting.Weight{w(60, 7_000), w(61, 7_000)}, "b", nil},
		{voting.HeadsThenArea, []voting.Weight{w(60, 7_000), w(55, 9_000), w(60, 7_000)}, "", []string{"a", "c"}},
	}
	for i, test := range tests {
		t.Run(fmt.Sprintf("%d %s", i, test.rank), func(t *testing.T) {
			got := places(t, voting.Policies{Rank: test.rank}, firms, test.votes...)
			if got.Selected != test.selected || !reflect.DeepEqual(got.RunOff, test.runOff) {
				t.Errorf("selected %q, run-off %v", got.Selected, got.RunOff)
			}
			if want := test.selected == ""; (got.Result == voting.RunOffDue) != want {
				t.Errorf("result %s", got.Result)
			}
		})
	}
	got := places(t, voting.Policies{}, firms, w(60, 7_000), w(55, 9_000), w(60, 7_000))
	if !reflect.DeepEqual(got.NotSelected, map[string]voting.Shortness{"b": voting.Outranked}) {
		t.Errorf("the tied have no code, who passes behind them is outranked: %v", got.NotSelected)
	}
}

func TestNobodyPassesASelection(t *testing.T) {
	firms := voting.Matter{Kind: voting.Selection, Item: 4}
	low := []voting.Weight{w(30, 3_000), w(20, 2_000), w(20, 2_000), w(10, 1_000)}
	tests := []struct {
		name   string
		runOff bool
		votes  []voting.Weight
		want   voting.Result
		names  []string
	}{
		{"no run-off was announced", false, low, voting.Rejected, nil},
		{"the first two and who is tied with the second", true, low, voting.RunOffDue, []string{"a", "b", "c"}},
		{"three tied for the first place", true, []voting.Weight{low[1], low[1], low[1]}, voting.RunOffDue, []string{"a", "b", "c"}},
		{"two options need no run-off between the same two", true, low[:2], voting.Rejected, nil},
		{"the two best of three", true, []voting.Weight{low[3], low[0], low[1]}, voting.RunOffDue, []string{"b", "c"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := places(t, voting.Policies{RunOff: test.runOff}, firms, test.votes...)
			if got.Result != test.want || !reflect.DeepEqual(got.RunOff, test.names) || len(got.NotSelected) != len(test.votes) {
				t.Errorf("%s %v %v", got.Result, got.RunOff, got.NotSelected)
			}
		})
	}
}

func TestSeatsAndAlternates(t *testing.T) {
	vote := func(heads int64) voting.Weight { return w(heads, 6_000) }
	tests := []struct {
		name               string
		seats, alternates  int
		votes              []voting.Weight
		elected, tied      []string
		alternate, altTied []string
		outranked          []string
		want               voting.Result
	}{
		{"as many as seats", 2, 0, []voting.Weight{vote(60), vote(70)}, []string{"b", "a"}, nil, nil, nil, nil, voting.Passed},
		{"equals inside the seats are no tie", 2, 0, []voting.Weight{vote(60), vote(60)}, []string{"a", "b"}, nil, nil, nil, nil, voting.Passed},
		{"equals across the last seat are a tie as a whole", 2, 2, []voting.Weight{vote(70), vote(60), vote(60), vote(55)}, []string{"a"}, []string{"b", "c"}, []string{"d"}, nil, nil, voting.RunOffDue},
		{"a tie that also fills the alternates' places", 1, 1, []voting.Weight{vote(60), vote(60), vote(55)}, nil, []string{"a", "b"}, nil, nil, []string{"c"}, voting.RunOffDue},
		{"alternates by rank", 1, 2, []voting.Weight{vote(55), vote(70), vote(60), vote(52)}, []string{"b"}, nil, []string{"c", "a"}, nil, []string{"d"}, voting.Passed},
		{"equals across the last alternate's place", 1, 1, []voting.Weight{vote(70), vote(60), vote(60)}, []string{"a"}, nil, nil, []string{"b", "c"}, nil, voting.Passed},
		{"no alternates were announced", 1, 0, []voting.Weight{vote(70), vote(60)}, []string{"a"}, nil, nil, nil, []string{"b"}, voting.Passed},
		{"ranking never lifts who lacks a majority", 2, 2, []voting.Weight{w(99, 5_000), vote(51), w(50, 9_999)}, []string{"b"}, nil, nil, nil, nil, voting.RunOffDue},
		{"nobody passes", 2, 0, []voting.Weight{w(50, 5_000)}, nil, nil, nil, nil, nil, voting.RunOffDue},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := places(t, voting.Policies{}, voting.Matter{Kind: voting.Election, Item: 3, Seats: test.seats, Alternates: test.alternates}, test.votes...)
			lists := [][]string{got.Elected, got.TiePending, got.Alternates, got.AlternatesTied}
			if want := [][]string{test.elected, test.tied, test.alternate, test.altTied}; !reflect.DeepEqual(lists, want) {
				t.Errorf("elected, tied, alternates, alternates tied: %v, want %v", lists, want)
			}
			if got.Result != test.want || got.OpenSeats != test.seats-len(test.elected) {
				t.Errorf("%s with %d open seats", got.Result, got.OpenSeats)
			}
			for _, name := range test.outranked {
				if got.NotElected[name] != voting.Outranked {
					t.Errorf("%s: %s", name, got.NotElected[name])
				}
			}
		})
	}
}

func TestWhatIsLacking(t *testing.T) {
	got := places(t, voting.Policies{}, voting.Matter{Kind: voting.Election, Item: 3, Seats: 1}, w(51, 5_001), w(50, 5_001), w(51, 5_000), w(50, 5_000))
	want := map[string]voting.Shortness{"b": voting.HeadsShort, "c": voting.AreaShort, "d": voting.BothShort}
	if !reflect.DeepEqual(got.NotElected, want) {
		t.Errorf("%v", got.NotElected)
	}
}

func TestCommittee(t *testing.T) {
	pass, fail := w(60, 6_000), w(10, 1_000)
	tests := []struct {
		name      string
		shortfall voting.Shortfall
		matter    voting.Matter
		votes     []voting.Weight
		want      voting.CommitteeState
	}{
		{"every seat filled, even an even number", "", voting.Matter{Seats: 2}, []voting.Weight{pass, pass}, voting.Constituted},
		{"a seat open and further vote announced", voting.FurtherVote, voting.Matter{Seats: 5, MinMembers: 1}, []voting.Weight{pass, pass, pass}, voting.NotConstituted},
		{"more than half, odd, at the minimum", voting.OverHalfStands, voting.Matter{Seats: 5, MinMembers: 3}, []voting.Weight{pass, pass, pass, fail}, voting.Constituted},
		{"below the minimum", voting.OverHalfStands, voting.Matter{Seats: 5, MinMembers: 4}, []voting.Weight{pass, pass, pass}, voting.NotConstituted},
		{"the minimum is five unless announced", voting.OverHalfStands, voting.Matter{Seats: 5}, []voting.Weight{pass, pass, pass}, voting.NotConstituted},
		{"more than half but even", voting.OverHalfStands, voting.Matter{Seats: 5, MinMembers: 3}, []voting.Weight{pass, pass, pass, pass}, voting.EvenNumber},
		{"exactly half", voting.OverHalfStands, voting.Matter{Seats: 6, MinMembers: 3}, []voting.Weight{pass, pass, pass}, voting.NotConstituted},
		{"those who stay in office count", voting.OverHalfStands, voting.Matter{Seats: 2, Sitting: 3, MinMembers: 3}, []voting.Weight{fail}, voting.Constituted},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.matter.Kind, test.matter.Item = voting.Election, 3
			if got := places(t, voting.Policies{Shortfall: test.shortfall}, test.matter, test.votes...); got.Committee != test.want {
				t.Errorf("got %s", got.Committee)
			}
		})
	}
}

func TestAnElectionThatWasNotFormedElectsNobody(t *testing.T) {
	counts := voting.Counts{Total: w(100, 10_000), Voted: w(60, 6_000),
		Options: map[string]voting.Weight{"甲": w(60, 6_000)}, Against: map[string]voting.Weight{"甲": {}}}
	matter := voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"甲"}, Seats: 1, Sitting: 4, MinMembers: 3}
	got := decide(t, voting.Policies{}, matter, counts)
	if got.Result != voting.NotFormed || len(got.Elected) != 0 || got.OpenSeats != 1 || len(got.Steps) != 2 || got.Committee != voting.NotConstituted {
		t.Errorf("%+v", got)
	}
	got = decide(t, voting.Policies{Shortfall: voting.OverHalfStands}, matter, counts)
	if got.Committee != voting.EvenNumber {
		t.Errorf("the sitting members remain four of five: %s", got.Committee)
	}
}

package voting_test

import (
	"slices"
	"testing"

	"gongjue/voting"
)

// named gives a matter the options that places makes.
func named(m voting.Matter, votes int) voting.Matter {
	m.Method = voting.ApprovalEach
	for i := range votes {
		m.Options = append(m.Options, string(rune('a'+i)))
	}
	return m
}

func TestWhereRankDecides(t *testing.T) {
	two, one, firms := voting.Matter{Kind: voting.Election, Item: 3, Seats: 2}, voting.Matter{Kind: voting.Election, Item: 3, Seats: 1}, voting.Matter{Kind: voting.Selection, Item: 4}
	first, second, third, short := w(80, 8_000), w(70, 6_000), w(60, 7_000), w(50, 9_000)
	for name, test := range map[string]struct {
		matter voting.Matter
		rank   voting.Rank
		votes  []voting.Weight
		want   []voting.Contest
	}{
		"the last seat and the next behind it":     {two, "", []voting.Weight{third, first, second}, []voting.Contest{{Last: "c", Next: "a", Margin: w(10, -1_000)}}},
		"by area the other way round":              {two, voting.AreaThenHeads, []voting.Weight{third, first, second}, []voting.Contest{{Last: "a", Next: "c", Margin: w(-10, 1_000)}}},
		"whoever lacks a majority is no next":      {two, "", []voting.Weight{first, second, short}, []voting.Contest{{Last: "b"}}},
		"an open seat has nobody behind it":        {two, "", []voting.Weight{first, short}, []voting.Contest{{Last: "a"}}},
		"a tie for the last seat":                  {one, "", []voting.Weight{first, first, third}, nil},
		"a tie for a seat that both get":           {two, "", []voting.Weight{first, first, third}, []voting.Contest{{Last: "b", Next: "c", Margin: w(20, 1_000)}}},
		"nobody passes":                            {two, "", []voting.Weight{short, short}, nil},
		"a firm and the best that was outranked":   {firms, "", []voting.Weight{second, first, third}, []voting.Contest{{Last: "b", Next: "a", Margin: w(10, 2_000)}}},
		"no firm":                                  {firms, "", []voting.Weight{short, short}, nil},
		"the sum of shares, one cm² of difference": {one, voting.SumOfShares, []voting.Weight{w(60, 8_000), w(70, 7_001)}, []voting.Contest{{Last: "b", Next: "a", Margin: w(10, -999)}}},
	} {
		t.Run(name, func(t *testing.T) {
			p := voting.Policies{Rank: test.rank}
			outcome := places(t, p, test.matter, test.votes...)
			if got := voting.Contests(named(test.matter, len(test.votes)), p, outcome); !slices.Equal(got, test.want) {
				t.Errorf("%+v, want %+v", got, test.want)
			}
		})
	}
	for _, result := range []voting.Result{voting.NotFormed, voting.Undetermined} {
		if got := voting.Contests(named(two, 2), voting.Policies{}, voting.Outcome{Result: result, Elected: []string{"a"}}); got != nil {
			t.Errorf("%s: %+v", result, got)
		}
	}
	if got := voting.Contests(voting.Matter{Kind: voting.Motion, Item: 1}, voting.Policies{}, voting.Outcome{Result: voting.Passed}); got != nil {
		t.Errorf("a motion: %+v", got)
	}
}

func TestEverySeatGroupHasItsOwnContest(t *testing.T) {
	m := named(voting.Matter{Kind: voting.Election, Item: 3, Seats: 2}, 4)
	m.SeatGroups = []voting.SeatGroup{{Name: "东", Seats: 1, Options: []string{"a", "b"}}, {Name: "西", Seats: 1, Options: []string{"c", "d"}}}
	counts := voting.Counts{Total: w(120, 12_000), Voted: w(100, 10_000), Against: map[string]voting.Weight{"a": {}, "b": {}, "c": {}, "d": {}},
		Options: map[string]voting.Weight{"a": w(60, 6_000), "b": w(70, 7_000), "c": w(80, 8_000), "d": w(80, 8_000)}}
	outcome := decide(t, voting.Policies{}, m, counts)
	want := []voting.Contest{{Group: "东", Last: "b", Next: "a", Margin: w(10, 1_000)}} // in the west a tie is pending
	if got := voting.Contests(m, voting.Policies{}, outcome); !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

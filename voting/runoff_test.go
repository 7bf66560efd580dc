package voting_test

import (
	"reflect"
	"slices"
	"testing"

	"gongjue/voting"
)

func TestRunOffOfASelection(t *testing.T) {
	firms := voting.Matter{Kind: voting.Selection, Item: 4, Method: voting.ApprovalEach, Options: []string{"东", "西", "南"}, Scope: []string{"3号楼"}, LinkedTo: 1, LinkedWhen: voting.IfRejected}
	counts := tally(firms.Options, w(40, 400_000), w(45, 450_000), w(10, 100_000))
	next, err := voting.RunOffMatter(firms, decide(t, voting.Policies{RunOff: true}, firms, counts))
	want := voting.Matter{Kind: voting.Selection, Item: 4, Method: voting.ApprovalEach, Options: []string{"西", "东"}, Scope: []string{"3号楼"}}
	if err != nil || !reflect.DeepEqual(next, want) {
		t.Errorf("%+v, %v", next, err)
	}
	_, err = voting.RunOffMatter(firms, decide(t, voting.Policies{}, firms, counts))
	refused(t, err, voting.CodeNoRunOff, "outcome")
	tied := decide(t, voting.Policies{}, byLot(firms), tally(firms.Options, w(60, 600_000), w(60, 600_000), w(10, 100_000)))
	_, err = voting.RunOffMatter(firms, tied)
	refused(t, err, voting.CodeNoRunOff, "outcome")
}

func TestFurtherVoteOfAnElection(t *testing.T) {
	matter := voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"甲", "乙", "丙", "丁"}, Seats: 2, Alternates: 2, Sitting: 3, MinMembers: 5}
	high, tied, low := w(90, 900_000), w(60, 600_000), w(40, 400_000)
	tests := []struct {
		name string
		yes  []voting.Weight
		want voting.Matter
	}{
		{"between the tied, whose losers are alternates", []voting.Weight{high, tied, tied, low},
			voting.Matter{Options: []string{"乙", "丙"}, Seats: 1, Alternates: 1, Sitting: 4, MinMembers: 5}},
		{"for the open seat, those who fell short", []voting.Weight{low, high, low, low},
			voting.Matter{Options: []string{"甲", "丙", "丁"}, Seats: 1, Sitting: 4, MinMembers: 5}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.want.Kind, test.want.Item, test.want.Method = voting.Election, 3, voting.ApprovalEach
			next, err := voting.RunOffMatter(matter, decide(t, voting.Policies{}, matter, tally(matter.Options, test.yes...)))
			if err != nil || !reflect.DeepEqual(next, test.want) {
				t.Errorf("%+v, %v", next, err)
			}
		})
	}
	few := voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"甲"}, Seats: 2}
	_, err := voting.RunOffMatter(few, decide(t, voting.Policies{}, few, tally(few.Options, high)))
	refused(t, err, voting.CodeNominationNeeded, "options")

	groups := grouped(voting.ApprovalEach)
	next, err := voting.RunOffMatter(groups, decide(t, voting.Policies{}, groups, tally(groups.Options, tied, low, high, low, tied)))
	want := voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"甲", "丙", "子", "丑"}, Seats: 2, Alternates: 1, Sitting: 1, Forming: true, MinMembers: 3,
		SeatGroups: []voting.SeatGroup{{Name: "3号楼", Seats: 1, Alternates: 1, Options: []string{"甲", "丙"}}, {Name: "5号楼", Seats: 1, Options: []string{"子", "丑"}}}}
	if err != nil || !reflect.DeepEqual(next, want) {
		t.Errorf("%+v, %v", next, err)
	}
	full := tally(groups.Options, tied, tied, high, low, low)
	full.Options["乙"], full.Options["丑"] = low, tied
	next, err = voting.RunOffMatter(groups, decide(t, voting.Policies{}, groups, full))
	if err != nil || len(next.SeatGroups) != 2 || next.SeatGroups[1].Seats != 1 {
		t.Errorf("%+v, %v", next, err)
	}
	filled := tally(groups.Options, tied, tied, high, low, low)
	filled.Options["甲"], filled.Options["乙"] = low, high
	next, err = voting.RunOffMatter(groups, decide(t, voting.Policies{}, groups, filled))
	if err != nil || len(next.SeatGroups) != 1 || next.SeatGroups[0].Name != "3号楼" || next.Sitting != 2 {
		t.Errorf("a group whose seats are filled votes no more: %+v, %v", next, err)
	}
	vacant := groups
	vacant.Seats, vacant.SeatGroups = 4, append(slices.Clone(groups.SeatGroups), voting.SeatGroup{Name: "商铺", Seats: 1})
	next, err = voting.RunOffMatter(vacant, decide(t, voting.Policies{}, vacant, filled))
	if err != nil || len(next.SeatGroups) != 2 || next.Seats != 2 || next.Sitting+next.Seats != 4 || next.Validate(civilCode) != nil {
		t.Errorf("the seat that nobody stands for is forgotten: %+v, %v", next, err)
	}
}

func TestSeatsThatNobodyIsLeftForAreNamed(t *testing.T) {
	high, tied, low := w(90, 900_000), w(60, 600_000), w(40, 400_000)
	seats := func(n int, options ...string) voting.Matter {
		return voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: options, Seats: n, MinMembers: 1}
	}
	groups := seats(3, "甲", "乙", "丙", "丁")
	groups.SeatGroups = []voting.SeatGroup{{Name: "1号楼", Seats: 1, Options: []string{"甲", "乙"}}, {Name: "2号楼", Seats: 2, Options: []string{"丙", "丁"}}}
	lot := byLot(groups)
	tests := []struct {
		name   string
		matter voting.Matter
		yes    []voting.Weight
		want   []voting.Vacancy
		stand  []string // of the further vote; nil: nomination comes first
	}{
		{"every seat is filled", seats(1, "甲", "乙"), []voting.Weight{high, low}, nil, nil},
		{"a tie leaves enough", seats(1, "甲", "乙"), []voting.Weight{tied, tied}, nil, []string{"甲", "乙"}},
		{"just as many fell short as seats are open", seats(2, "甲", "乙"), []voting.Weight{high, low}, nil, []string{"乙"}},
		{"one fell short for two open seats", seats(3, "甲", "乙"), []voting.Weight{high, low}, []voting.Vacancy{{Seats: 2, Standing: 1}}, []string{"乙"}},
		{"too few candidates, all elected", seats(3, "甲", "乙"), []voting.Weight{high, tied}, []voting.Vacancy{{Seats: 1}}, nil},
		{"one group votes again, the other has nobody", groups, []voting.Weight{low, low, high, low}, nil, []string{"甲", "乙", "丁"}},
		{"a group with too few", func() voting.Matter {
			m := seats(3, "甲", "乙", "丙")
			m.SeatGroups = []voting.SeatGroup{{Name: "1号楼", Seats: 1, Options: []string{"甲", "乙"}}, {Name: "2号楼", Seats: 2, Options: []string{"丙"}}}
			return m
		}(), []voting.Weight{low, low, high}, []voting.Vacancy{{Group: "2号楼", Seats: 1}}, []string{"甲", "乙"}},
		{"a lot fills what it can", lot, []voting.Weight{tied, tied, high, high}, nil, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			outcome := decide(t, voting.Policies{}, test.matter, tally(test.matter.Options, test.yes...))
			if got := voting.Vacancies(test.matter, outcome); !slices.Equal(got, test.want) {
				t.Errorf("%+v", got)
			}
			if next, err := voting.RunOffMatter(test.matter, outcome); !slices.Equal(next.Options, test.stand) || (err == nil) != (test.stand != nil) {
				t.Errorf("%+v, %v", next, err)
			}
		})
	}
	motion := voting.Matter{Kind: voting.Motion, Item: 9}
	if got := voting.Vacancies(motion, voting.Outcome{Result: voting.RunOffDue}); got != nil {
		t.Errorf("a motion has seats: %+v", got)
	}
}

// A further vote completes the committee of the first one, or fills the vacancies of a committee that stands: the sentences
// differ, and so does what the draft says of itself.
func TestAFurtherVoteKnowsWhetherACommitteeStands(t *testing.T) {
	high, low := w(90, 900_000), w(40, 400_000)
	matter := voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"甲", "乙", "丙"}, Seats: 3, MinMembers: 1}
	serving := matter
	serving.Sitting = 2
	forming := serving
	forming.Forming = true
	one, two := []voting.Weight{high, low, low}, []voting.Weight{high, high, low}
	for _, c := range []struct {
		name     string
		matter   voting.Matter
		policies voting.Policies
		yes      []voting.Weight
		want     bool
	}{
		{"nobody was elected: the whole committee is voted on again", matter, voting.Policies{}, []voting.Weight{low, low, low}, false},
		{"some were, and seats are missing", matter, voting.Policies{}, two, true},
		{"more than half stands as announced, with an even number in doubt", matter, voting.Policies{Shortfall: voting.OverHalfStands}, two, true},
		{"a by-election stays one", serving, voting.Policies{}, one, false},
		{"what is not formed yet stays so", forming, voting.Policies{}, two, true},
		{"until over half stands", forming, voting.Policies{Shortfall: voting.OverHalfStands}, one, false},
	} {
		next, err := voting.RunOffMatter(c.matter, decide(t, c.policies, c.matter, tally(c.matter.Options, c.yes...)))
		if err != nil || next.Forming != c.want || next.Validate(civilCode) != nil {
			t.Errorf("%s: %+v, %v", c.name, next, err)
		}
	}
	matter.Forming = true
	refused(t, matter.Validate(civilCode), voting.CodeBadValue, "forming")
}

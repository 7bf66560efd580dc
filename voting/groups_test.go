package voting_test

import (
	"reflect"
	"slices"
	"testing"

	"gongjue/voting"
)

// grouped is an election with two seats for 3号楼 and one for 5号楼.
func grouped(method voting.Method) voting.Matter {
	return voting.Matter{Kind: voting.Election, Item: 3, Method: method, Seats: 3, Alternates: 1, MinMembers: 3,
		Options: []string{"甲", "子", "乙", "丑", "丙"},
		SeatGroups: []voting.SeatGroup{
			{Name: "3号楼", Seats: 2, Alternates: 1, Options: []string{"甲", "乙", "丙"}},
			{Name: "5号楼", Seats: 1, Options: []string{"子", "丑"}},
		}}
}

func TestSeatsAreFilledGroupByGroup(t *testing.T) {
	matter := grouped(voting.ApprovalEach)
	few := w(40, 400_000)
	tests := []struct {
		name                string
		yes                 []voting.Weight // 甲 子 乙 丑 丙
		policies            voting.Policies
		elected, alternates []string
		tie                 []string
		open                int
		result              voting.Result
		committee           voting.CommitteeState
		groups              []voting.GroupOutcome
	}{
		{"a candidate with more votes of another group takes no seat away",
			[]voting.Weight{w(60, 600_000), w(55, 550_000), w(70, 700_000), w(52, 520_000), w(58, 580_000)}, voting.Policies{},
			[]string{"乙", "甲", "子"}, []string{"丙"}, nil, 0, voting.Passed, voting.Constituted,
			[]voting.GroupOutcome{{Name: "3号楼", Elected: []string{"乙", "甲"}, Alternates: []string{"丙"}}, {Name: "5号楼", Elected: []string{"子"}}}},
		{"a tie in one group, a shortfall in the other",
			[]voting.Weight{w(60, 600_000), few, w(70, 700_000), few, w(60, 600_000)}, voting.Policies{},
			[]string{"乙"}, nil, []string{"甲", "丙"}, 2, voting.RunOffDue, voting.NotConstituted,
			[]voting.GroupOutcome{{Name: "3号楼", Elected: []string{"乙"}, TiePending: []string{"甲", "丙"}, OpenSeats: 1}, {Name: "5号楼", OpenSeats: 1}}},
		{"the committee is judged over all groups: two of three are more than half, and fewer than three",
			[]voting.Weight{w(60, 600_000), few, w(70, 700_000), few, few}, voting.Policies{Shortfall: voting.OverHalfStands},
			[]string{"乙", "甲"}, nil, nil, 1, voting.RunOffDue, voting.NotConstituted,
			[]voting.GroupOutcome{{Name: "3号楼", Elected: []string{"乙", "甲"}}, {Name: "5号楼", OpenSeats: 1}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := decide(t, test.policies, matter, tally(matter.Options, test.yes...))
			if !slices.Equal(got.Elected, test.elected) || !slices.Equal(got.Alternates, test.alternates) || !slices.Equal(got.TiePending, test.tie) ||
				got.OpenSeats != test.open || got.Result != test.result || got.Committee != test.committee || !reflect.DeepEqual(got.Groups, test.groups) {
				t.Errorf("%+v", got)
			}
		})
	}
	smaller := matter
	smaller.MinMembers = 2
	yes := []voting.Weight{w(60, 600_000), few, w(70, 700_000), few, few}
	if got := decide(t, voting.Policies{Shortfall: voting.OverHalfStands}, smaller, tally(matter.Options, yes...)); got.Committee != voting.EvenNumber {
		t.Errorf("two of three: %s", got.Committee)
	}
}

func TestALotStaysInsideItsGroup(t *testing.T) {
	matter := byLot(grouped(voting.ApprovalEach))
	tied := w(60, 600_000)
	before := decide(t, voting.Policies{}, matter, tally(matter.Options, tied, tied, tied, tied, tied))
	after, err := voting.ResolveTie(civilCode, voting.Policies{}, matter, before, "s", "m")
	if err != nil || len(after.Lots) != 2 || after.Lots[0].Group != "3号楼" || after.Lots[1].Group != "5号楼" || after.Result != voting.Passed {
		t.Fatalf("%+v, %v", after, err)
	}
	order, _, _ := voting.Lot("s", "m", []string{"甲", "乙", "丙"})
	if !slices.Equal(after.Groups[0].Elected, order[:2]) || !slices.Equal(after.Groups[0].Alternates, order[2:]) || len(after.Groups[1].Elected) != 1 {
		t.Errorf("%+v", after.Groups)
	}
}

func TestAnOverVoteInsideOneGroup(t *testing.T) {
	matter := grouped(voting.Pick)
	if matter.MostNames() != 3 {
		t.Errorf("most names %d", matter.MostNames())
	}
	wider := grouped(voting.Pick)
	wider.SeatGroups[1].MaxChoices = 2
	tests := []struct {
		name   string
		matter voting.Matter
		names  []string
		fine   bool
	}{
		{"two and one", matter, []string{"甲", "乙", "子"}, true},
		{"three of 3号楼", matter, []string{"甲", "乙", "丙"}, false},
		{"two of 5号楼", matter, []string{"子", "丑"}, false},
		{"two of 5号楼 where two were announced", wider, []string{"子", "丑"}, true},
		{"one name twice is one name", matter, []string{"子", "子"}, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			choice := voting.Choice{Names: test.names}
			if err := choice.Check(test.matter, voting.Policies{}); (err == nil) != test.fine {
				t.Errorf("%v", err)
			}
			counts, err := voting.Count(test.matter, voting.Policies{}, neighbours[:1], []voting.Ballot{{Voter: "李", Choice: choice}}, nil)
			if err != nil || (counts.Void == voting.Weight{}) != test.fine {
				t.Errorf("%+v, %v", counts, err)
			}
		})
	}
}

func TestSeatGroupsMustShareOutTheElection(t *testing.T) {
	tests := []struct {
		name   string
		change func(*voting.Matter)
		code   voting.Code
		field  string
	}{
		{"groups of firms", func(m *voting.Matter) { *m = valid(voting.Selection); m.SeatGroups = make([]voting.SeatGroup, 1) }, voting.CodeBadValue, "seat_groups"},
		{"one limit for all groups", func(m *voting.Matter) { m.MaxChoices = 3 }, voting.CodeBadValue, "max_choices"},
		{"candidates of a group that stand in none", func(m *voting.Matter) { m.SeatGroups[1].Options = nil }, voting.CodeDoesNotAddUp, "seat_groups.options"},
		{"a stranger", func(m *voting.Matter) { m.SeatGroups[1].Options[1] = "寅" }, voting.CodeUnknownName, "seat_groups[1].options"},
		{"no seats", func(m *voting.Matter) { m.SeatGroups[0].Seats = 0 }, voting.CodeMissingField, "seat_groups[0].seats"},
		{"negative seats", func(m *voting.Matter) { m.SeatGroups[0].Seats = -1 }, voting.CodeBadValue, "seat_groups[0].seats"},
		{"negative alternates", func(m *voting.Matter) { m.SeatGroups[0].Alternates = -1 }, voting.CodeBadValue, "seat_groups[0].alternates"},
		{"a negative limit", func(m *voting.Matter) { m.SeatGroups[0].MaxChoices = -1 }, voting.CodeBadValue, "seat_groups[0].max_choices"},
		{"a name of a group twice", func(m *voting.Matter) { m.SeatGroups[1].Name = "3号楼" }, voting.CodeDuplicate, "seat_groups[1]"},
		{"a group without name", func(m *voting.Matter) { m.SeatGroups[1].Name = "" }, voting.CodeBadValue, "seat_groups[1]"},
		{"a candidate in two groups", func(m *voting.Matter) { m.SeatGroups[1].Options[1] = "甲" }, voting.CodeDuplicate, "seat_groups.options[4]"},
		{"a candidate in no group", func(m *voting.Matter) { m.SeatGroups[1].Options = []string{"子"} }, voting.CodeDoesNotAddUp, "seat_groups.options"},
		{"a seat too many", func(m *voting.Matter) { m.Seats = 4 }, voting.CodeDoesNotAddUp, "seat_groups.seats"},
		{"an alternate too many", func(m *voting.Matter) { m.Alternates = 2 }, voting.CodeDoesNotAddUp, "seat_groups.alternates"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			matter := grouped(voting.Pick)
			test.change(&matter)
			refused(t, matter.Validate(civilCode), test.code, test.field)
		})
	}
	each := grouped(voting.ApprovalEach)
	each.SeatGroups[0].MaxChoices = 1
	refused(t, each.Validate(civilCode), voting.CodeBadValue, "seat_groups[0].max_choices")
	for _, method := range voting.Methods {
		if err := grouped(method).Validate(civilCode); err != nil {
			t.Error(err)
		}
	}
}

// Seats kept for a group in which nobody stands stay open, however many of another group have both majorities: no rule of
// domain §11 hands them on, and the committee is judged with them.
func TestAReservedSeatWithoutACandidateStaysOpen(t *testing.T) {
	matter := grouped(voting.ApprovalEach)
	matter.Seats, matter.SeatGroups = 4, append(matter.SeatGroups, voting.SeatGroup{Name: "商铺", Seats: 1})
	if err := matter.Validate(civilCode); err != nil {
		t.Fatal(err)
	}
	high := w(60, 600_000)
	counts := tally(matter.Options, w(60, 600_000), high, w(70, 700_000), w(52, 520_000), w(58, 580_000))
	got := decide(t, voting.Policies{}, matter, counts)
	if !slices.Equal(got.Elected, []string{"乙", "甲", "子"}) || got.OpenSeats != 1 || got.Result != voting.RunOffDue || got.Committee != voting.NotConstituted ||
		got.NotElected["丑"] != voting.Outranked || !reflect.DeepEqual(got.Groups[2], voting.GroupOutcome{Name: "商铺", OpenSeats: 1}) {
		t.Errorf("%+v", got)
	}
	if got = decide(t, voting.Policies{Shortfall: voting.OverHalfStands}, matter, counts); got.Committee != voting.Constituted {
		t.Errorf("three of four, and three are enough: %s", got.Committee)
	}
	if vacant := voting.Vacancies(matter, got); !slices.Equal(vacant, []voting.Vacancy{{Group: "商铺", Seats: 1}}) {
		t.Errorf("%+v", vacant)
	}
	_, err := voting.RunOffMatter(matter, got)
	refused(t, err, voting.CodeNominationNeeded, "options")
	if pick := grouped(voting.Pick); pick.MostNames() != 3 {
		t.Error("the case has another limit")
	}
	matter.Method = voting.Pick
	if most := matter.MostNames(); most != 3 {
		t.Errorf("a ballot offers %d crosses, and nobody stands for the fourth seat", most)
	}
}

package watch

import (
	"slices"
	"testing"
)

func history() []Entry {
	return []Entry{
		{Kind: Dismissed, Reasons: []Reason{TermLapsed}, Facts: []string{"a"}, At: 10},
		{Kind: Listed, Reasons: []Reason{Deadline}, Facts: []string{"b"}, Until: 50, At: 20},
		{Kind: Changed, Reasons: []Reason{Deadline, Dispute}, Until: 60, At: 30},
		{Kind: Removed, Facts: []string{"b", "c"}, At: 70},
		{Kind: Listed, Reasons: []Reason{Other}, At: 80},
	}
}

func TestTheListIsToldAsOfAnyMoment(t *testing.T) {
	for name, c := range map[string]struct {
		at      int64
		on      bool
		over    bool
		since   int64
		reasons []Reason
	}{
		"a dismissal lists nothing":             {19, false, false, 0, nil},
		"from the entry on":                     {20, true, false, 20, []Reason{Deadline}},
		"before it was changed":                 {29, true, false, 20, []Reason{Deadline}},
		"a change keeps since when":             {30, true, false, 20, []Reason{Deadline, Dispute}},
		"to the end of the last day":            {60, true, false, 20, []Reason{Deadline, Dispute}},
		"and no longer":                         {61, false, true, 20, []Reason{Deadline, Dispute}},
		"whoever is taken off is off":           {70, false, false, 0, nil},
		"and on again with a reason of its own": {80, true, false, 80, []Reason{Other}},
		"without a last day for good":           {1 << 50, true, false, 80, []Reason{Other}},
	} {
		got := At(history(), c.at)
		if got.On != c.on || got.Over != c.over || got.Since != c.since || !slices.Equal(got.Reasons, c.reasons) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestAFactSuggestsUntilSomebodyLookedAtIt(t *testing.T) {
	for name, c := range map[string]struct {
		fact Fact
		at   int64
		want bool
	}{
		"before it was dismissed":                        {Fact{TermLapsed, "a", 1}, 9, true},
		"once it was":                                    {Fact{TermLapsed, "a", 1}, 10, false},
		"another fact of the same flag":                  {Fact{TermLapsed, "d", 1}, 10, true},
		"before the community was listed for it":         {Fact{Deadline, "b", 1}, 19, true},
		"while it is listed for it":                      {Fact{Deadline, "e", 1}, 20, false},
		"while it is listed for something else":          {Fact{Failed, "f", 1}, 20, true},
		"after the last day":                             {Fact{Deadline, "b", 1}, 61, true},
		"once it was taken off by one who knew the fact": {Fact{Deadline, "c", 1}, 70, false},
		"a fact that came later":                         {Fact{Deadline, "g", 1}, 70, true},
	} {
		if got := Suggested(c.fact, history(), c.at); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestFlagsAreTheReasonsThatTheSystemFinds(t *testing.T) {
	if last := Flags[len(Flags)-1]; last != Unanswered || slices.Contains(Flags, Dispute) {
		t.Errorf("the flags end with %s", last)
	}
}

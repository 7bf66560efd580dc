package committee

import (
	"slices"
	"testing"

	"gongjue/voting/lifecycle"
)

func TestMoreThanHalfOfAllIsMoreThanHalf(t *testing.T) {
	for _, c := range []struct {
		part, all int64
		want      bool
	}{{2, 5, false}, {3, 5, true}, {3, 6, false}, {4, 6, true}, {1, 1, true}, {0, 0, false}} {
		if got := Majority(c.part, c.all); got != c.want {
			t.Errorf("%d of %d: %v", c.part, c.all, got)
		}
	}
}

func TestTooFewAreLessThanHalfOrLessThanTheSmallest(t *testing.T) {
	for _, c := range []struct {
		holding, seats, smallest int64
		want                     bool
	}{{3, 7, 0, true}, {4, 7, 0, false}, {3, 6, 0, false}, {2, 6, 0, true}, {4, 7, 5, true}, {5, 7, 5, false}} {
		if got := TooFew(c.holding, c.seats, c.smallest); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

const (
	serves    = lifecycle.MemberServing
	suspended = lifecycle.MemberSuspended
	left      = lifecycle.MemberLeft
	alternate = lifecycle.MemberAlternate
)

func TestVacantSeatsGoToTheNextAlternateOfTheirGroup(t *testing.T) {
	whole, shared := []Group{{"", 3}}, []Group{{"1号楼", 1}, {"2号楼", 1}}
	for name, c := range map[string]struct {
		seats  []Seat
		groups []Group
		want   []int64
	}{
		"nobody left":                               {[]Seat{{1, serves, ""}, {2, serves, ""}, {3, serves, ""}, {4, alternate, ""}}, whole, nil},
		"a suspended member holds the seat":         {[]Seat{{1, serves, ""}, {2, suspended, ""}, {3, serves, ""}, {4, alternate, ""}}, whole, nil},
		"one left, the first alternate follows":     {[]Seat{{1, serves, ""}, {2, left, ""}, {3, serves, ""}, {5, alternate, ""}, {4, alternate, ""}}, whole, []int64{4}},
		"the first declined, the second follows":    {[]Seat{{1, serves, ""}, {2, left, ""}, {3, serves, ""}, {4, left, ""}, {5, alternate, ""}}, whole, []int64{5}},
		"nobody is left to follow":                  {[]Seat{{1, serves, ""}, {2, left, ""}, {3, serves, ""}, {4, left, ""}}, whole, nil},
		"the seat was filled":                       {[]Seat{{1, serves, ""}, {2, left, ""}, {3, serves, ""}, {4, serves, ""}, {5, alternate, ""}}, whole, nil},
		"a seat of one building stays in it":        {[]Seat{{1, left, "1号楼"}, {2, serves, "2号楼"}, {3, alternate, "2号楼"}}, shared, nil},
		"each building is filled from its own list": {[]Seat{{1, left, "1号楼"}, {2, left, "2号楼"}, {3, alternate, "2号楼"}, {4, alternate, "1号楼"}}, shared, []int64{4, 3}},
	} {
		if got := Fillers(c.seats, c.groups); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	if got := Holding([]Seat{{1, serves, ""}, {2, suspended, ""}, {3, left, ""}, {4, alternate, ""}}); got != 2 {
		t.Errorf("%d hold a seat", got)
	}
}

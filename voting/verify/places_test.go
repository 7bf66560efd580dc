package verify

import (
	"fmt"
	"testing"
)

func TestSeatsAndAlternatesAreFilledByRank(t *testing.T) {
	for _, c := range []struct {
		name  string
		seats int64
		alts  int64
		ranks [][]string
		want  string // elected, pending, alternates, tied alternates, outranked
	}{
		{"fewer than seats", 3, 1, [][]string{{"a"}, {"b"}}, "[a b] [] [] [] []"},
		{"all inside", 2, 1, [][]string{{"a", "b"}, {"c"}, {"d"}}, "[a b] [] [c] [] [d]"},
		{"equals over the last seat", 2, 1, [][]string{{"a"}, {"b", "c"}, {"d"}}, "[a] [b c] [] [] [d]"},
		{"equals over seats and alternates", 1, 1, [][]string{{"a", "b", "c"}, {"d"}}, "[] [a b c] [] [] [d]"},
		{"equals over the last alternate", 1, 1, [][]string{{"a"}, {"b", "c"}, {"d"}}, "[a] [] [] [b c] [d]"},
		{"no alternates at all", 1, 0, [][]string{{"a"}, {"b"}}, "[a] [] [] [] [b]"},
		{"nobody", 2, 1, nil, "[] [] [] [] []"},
	} {
		s := group{seats: c.seats, alternates: c.alts}.place(c.ranks)
		if got := fmt.Sprint(s.elected, s.tied, s.alternates, s.alternatesTied, s.outranked); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

package voting_test

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"gongjue/voting"
)

func TestNeededTurnsEveryStep(t *testing.T) {
	outcome := decide(t, voting.Policies{}, voting.Matter{Kind: voting.Motion, Item: 9}, voting.Counts{Total: w(1_000, 1_000_000),
		Voted: w(700, 800_000), Options: map[string]voting.Weight{"yes": w(340, 500_000), "no": w(360, 300_000)}})
	want := []voting.Gap{
		{What: voting.Participation, Dimension: voting.ByHeads, Met: true, Turn: 34, Come: voting.Impossible},
		{What: voting.Participation, Dimension: voting.ByArea, Met: true, Turn: 133_334, Come: voting.Impossible},
		{What: voting.Approval, Option: "yes", Dimension: voting.ByHeads, Turn: 11, Come: 21},
		{What: voting.Approval, Option: "yes", Dimension: voting.ByArea, Met: true, Turn: 100_000, Come: 200_000},
	}
	if got := voting.Needed(outcome); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	missed := decide(t, voting.Policies{}, voting.Matter{Kind: voting.Motion, Item: 9}, voting.Counts{Total: w(1_000, 1_000_000),
		Voted: w(600, 800_000), Options: map[string]voting.Weight{"yes": w(340, 500_000), "no": w(260, 300_000)}})
	if got := voting.Needed(missed)[0]; got != (voting.Gap{What: voting.Participation, Dimension: voting.ByHeads, Turn: 67, Come: 67}) {
		t.Errorf("%+v", got)
	}
}

// Every gap is the smallest: with it the test turns, with one less it does not.
func TestGapsAreTheSmallest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMeeting(t)
		_, outcome, some := m.run(t)
		if !some {
			t.Skip("nobody in the scope")
		}
		for i, gap := range voting.Needed(outcome) {
			step := outcome.Steps[i]
			outside := outcome.Counted.Total.Minus(outcome.Counted.Participants).In(step.Dimension)
			turns := func(n int64) bool {
				if step.Met {
					return step.Threshold.Met(step.Part-n, step.Whole) != step.Met
				}
				return step.Threshold.Met(step.Part+n, step.Whole) != step.Met
			}
			comes := func(n int64) bool {
				part, whole := step.Part, step.Whole
				if !step.Met {
					part += n
				}
				if !step.OfTotal {
					whole += n
				}
				return step.Threshold.Met(part, whole) != step.Met
			}
			if !turns(gap.Turn) || turns(gap.Turn-1) {
				t.Fatalf("%+v of %+v", gap, step)
			}
			switch {
			case gap.Come == voting.Impossible && step.What == voting.Approval:
				if comes(outside) {
					t.Fatalf("not impossible: %+v of %+v", gap, step)
				}
			case gap.Come != voting.Impossible:
				if !comes(gap.Come) || comes(gap.Come-1) || gap.Come > outside {
					t.Fatalf("%+v of %+v", gap, step)
				}
			}
		}
	})
}

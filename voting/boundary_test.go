package voting_test

import (
	"testing"

	"gongjue/voting"
)

// motion decides a motion on counts without void, silent or 从众 ballots.
func motion(t *testing.T, law voting.Law, item int, total, yes, no, abstain voting.Weight) voting.Outcome {
	t.Helper()
	outcome, err := voting.Decide(law, voting.Policies{}, voting.Matter{Kind: voting.Motion, Item: item}, voting.Counts{
		Total: total, Voted: yes.Plus(no).Plus(abstain), Abstain: abstain,
		Options: map[string]voting.Weight{voting.OptionYes: yes, voting.OptionNo: no},
	})
	if err != nil {
		t.Fatal(err)
	}
	return outcome
}

func TestParticipationOfTwoThirdsIsInclusiveInBothMeasures(t *testing.T) {
	total := w(858, 73_103_500_2) // both divisible by three: 572 heads and 487,356,668 cm² are exactly two thirds
	tests := []struct {
		name string
		part voting.Weight
		want voting.Result
	}{
		{"exactly two thirds of both", w(572, 487_356_668), voting.Passed},
		{"one head less", w(571, 487_356_668), voting.NotFormed},
		{"one square centimetre less", w(572, 487_356_667), voting.NotFormed},
		{"all heads and one square centimetre less", w(858, 487_356_667), voting.NotFormed},
		{"one more of both", w(573, 487_356_669), voting.Passed},
		{"nobody at all", w(0, 0), voting.NotFormed},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := motion(t, civilCode, 9, total, test.part, w(0, 0), w(0, 0)); got.Result != test.want {
				t.Errorf("got %s", got.Result)
			}
		})
	}
}

func TestApprovalBoundaries(t *testing.T) {
	total := w(1_000, 100_000_000)
	tests := []struct {
		name string
		item int
		yes  voting.Weight // of 800 heads and 80,000,000 cm² who vote
		want voting.Result
	}{
		{"ordinary: exactly half of the heads fails", 9, w(400, 40_000_001), voting.Rejected},
		{"ordinary: exactly half of the area fails", 9, w(401, 40_000_000), voting.Rejected},
		{"ordinary: one above half of both passes", 9, w(401, 40_000_001), voting.Passed},
		{"ordinary: one below half of both fails", 9, w(399, 39_999_999), voting.Rejected},
		{"ordinary: using the fund needs no three quarters", 5, w(401, 40_000_001), voting.Passed},
		{"ordinary: many heads with little area fail", 9, w(800, 40_000_000), voting.Rejected},
		{"special: exactly three quarters of both passes", 6, w(600, 60_000_000), voting.Passed},
		{"special: one head less fails", 7, w(599, 60_000_000), voting.Rejected},
		{"special: one square centimetre less fails", 8, w(600, 59_999_999), voting.Rejected},
		{"special: one above passes", 8, w(601, 60_000_001), voting.Passed},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			no := w(800, 80_000_000).Minus(test.yes)
			if got := motion(t, civilCode, test.item, total, test.yes, no, w(0, 0)); got.Result != test.want {
				t.Errorf("against no: %s, want %s", got.Result, test.want)
			}
			// An abstention is a participant and blocks like a no (domain trap 6).
			if got := motion(t, civilCode, test.item, total, test.yes, w(0, 0), no); got.Result != test.want {
				t.Errorf("against abstentions: %s, want %s", got.Result, test.want)
			}
		})
	}
}

func TestTheOlderLawMeasuresAgainstAll(t *testing.T) {
	total := w(1_200, 120_000_000)
	tests := []struct {
		name string
		item int
		yes  voting.Weight
		want voting.Result
	}{
		{"ordinary: exactly half of all does not even meet", 7, w(600, 60_000_000), voting.NotFormed},
		{"ordinary: one above half of all passes", 7, w(601, 60_000_001), voting.Passed},
		{"special: one head below two thirds of all", 5, w(799, 80_000_000), voting.Rejected},
		{"special: one square centimetre below two thirds of all", 6, w(800, 79_999_999), voting.Rejected},
		{"special: exactly two thirds of all passes", 5, w(800, 80_000_000), voting.Passed},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := motion(t, propertyLaw, test.item, total, test.yes, w(0, 0), w(0, 0))
			if got.Result != test.want {
				t.Errorf("got %s", got.Result)
			}
			if got.Result != voting.NotFormed && got.Steps[2].Whole != total.Heads {
				t.Errorf("approval measured against %d", got.Steps[2].Whole)
			}
		})
	}
	// Everybody who came agreed, and under the older law it still fails.
	if got := motion(t, propertyLaw, 5, total, w(700, 70_000_000), w(0, 0), w(0, 0)); got.Result != voting.Rejected {
		t.Errorf("700 of 1,200 on item 5: %s", got.Result)
	}
}

func TestStepsTellTheWholeComparison(t *testing.T) {
	got := motion(t, civilCode, 6, w(9, 8_205_000), w(6, 5_400_000), w(2, 1_800_000), w(0, 0))
	want := []voting.Step{
		{What: voting.Participation, Dimension: voting.ByHeads, Part: 8, Whole: 9, OfTotal: true, Threshold: voting.TwoThirds, Met: true, Margin: 2, Law: "民法典第278条第2款"},
		{What: voting.Participation, Dimension: voting.ByArea, Part: 7_200_000, Whole: 8_205_000, OfTotal: true, Threshold: voting.TwoThirds, Met: true, Margin: 1_730_000, Law: "民法典第278条第2款"},
		{What: voting.Approval, Option: "yes", Dimension: voting.ByHeads, Part: 6, Whole: 8, Threshold: voting.ThreeQuarters, Met: true, Margin: 0, Law: "民法典第278条第2款"},
		{What: voting.Approval, Option: "yes", Dimension: voting.ByArea, Part: 5_400_000, Whole: 7_200_000, Threshold: voting.ThreeQuarters, Met: true, Margin: 0, Law: "民法典第278条第2款"},
	}
	if len(got.Steps) != len(want) {
		t.Fatalf("%d steps", len(got.Steps))
	}
	for i := range want {
		if got.Steps[i] != want[i] {
			t.Errorf("step %d: %+v, want %+v", i, got.Steps[i], want[i])
		}
	}
}

func TestPollMeasures(t *testing.T) {
	half := voting.Threshold{Num: 1, Den: 2}
	tests := []struct {
		name string
		poll voting.Poll
		yes  voting.Weight // of 6 voted of 10
		want voting.Result
	}{
		{"半数以上 of all heads, just met", voting.Poll{Threshold: half, OfAll: true, Dimensions: []voting.Dimension{voting.ByHeads}}, w(5, 1), voting.Passed},
		{"半数以上 of all heads, one short", voting.Poll{Threshold: half, OfAll: true, Dimensions: []voting.Dimension{voting.ByHeads}}, w(4, 600), voting.Rejected},
		{"of participants, just met", voting.Poll{Threshold: half, Dimensions: []voting.Dimension{voting.ByHeads}}, w(3, 1), voting.Passed},
		{"both measures, area short", voting.Poll{Threshold: half, Dimensions: voting.Dimensions}, w(6, 299), voting.Rejected},
		{"area alone, just met", voting.Poll{Threshold: half, Dimensions: []voting.Dimension{voting.ByArea}}, w(1, 300), voting.Passed},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			matter := voting.Matter{Kind: voting.Consult, Poll: &test.poll}
			got, err := voting.Decide(civilCode, voting.Policies{Silence: voting.JoinMajority}, matter, voting.Counts{
				Total: w(10, 1_000), Voted: w(6, 600), SilentDelivered: w(4, 400),
				Options: map[string]voting.Weight{"yes": test.yes, "no": w(6, 600).Minus(test.yes)},
			})
			if err != nil || got.Result != test.want || got.Binding || got.Variants != nil {
				t.Errorf("%+v, %v", got, err)
			}
			for _, step := range got.Steps {
				if step.What != voting.Approval || step.Law != "" {
					t.Errorf("a poll has no participation test and no law: %+v", step)
				}
			}
		})
	}
}

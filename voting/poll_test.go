package voting_test

import (
	"testing"

	"gongjue/voting"
)

// TestSatisfactionIsWhatTheFavourableGradesHoldTogether: no grade alone needs half, and an abstention agrees with nothing.
func TestSatisfactionIsWhatTheFavourableGradesHoldTogether(t *testing.T) {
	matter := voting.Matter{Kind: voting.Consult, Method: voting.Pick, Options: []string{"满意", "基本满意", "不满意"},
		Poll: &voting.Poll{Threshold: voting.Threshold{Num: 1, Den: 2}, Dimensions: voting.Dimensions, About: voting.AboutFirm, Favour: 2}}
	if err := matter.Validate(civilCode); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name                  string
		good, fair, bad, none voting.Weight
		want                  voting.Result
	}{
		{"exactly half, of two grades", w(2, 200), w(3, 300), w(4, 400), w(1, 100), voting.Passed},
		{"one head short", w(2, 250), w(2, 250), w(5, 400), w(1, 100), voting.Rejected},
		{"one square centimetre short", w(3, 250), w(3, 249), w(3, 400), w(1, 101), voting.Rejected},
		{"those who abstain are in the base", w(4, 400), w(0, 0), w(0, 0), w(6, 600), voting.Rejected},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := voting.Decide(civilCode, voting.Policies{}, matter, voting.Counts{Total: w(100, 10_000), Voted: w(10, 1_000), Abstain: test.none,
				Options: map[string]voting.Weight{"满意": test.good, "基本满意": test.fair, "不满意": test.bad}})
			if err != nil || got.Result != test.want || got.Binding || len(got.Steps) != 2 || got.Steps[0].Option != voting.OptionYes ||
				got.Steps[0].Part != test.good.Heads+test.fair.Heads {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
	if err := (voting.Choice{Names: []string{"满意", "不满意"}}).Check(matter, voting.Policies{}); err == nil {
		t.Error("two grades on one ballot are taken")
	}
	if err := (voting.Choice{Mark: voting.Yes}).Check(matter, voting.Policies{}); err == nil {
		t.Error("a yes on a scale is taken")
	}
}

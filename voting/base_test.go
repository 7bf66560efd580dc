package voting_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"gongjue/voting"
	"gongjue/voting/rules"
)

var (
	civilCode   = lawOf("cn-civil-code-2021")
	propertyLaw = lawOf("cn-property-law-2007")
)

func lawOf(id string) voting.Law {
	pack, err := rules.For(id)
	if err != nil {
		panic(err) // a test cannot begin without the packs
	}
	return pack.Law()
}

func w(heads int64, area voting.Area) voting.Weight { return voting.Weight{Heads: heads, Area: area} }

func announced(inside bool) *bool { return &inside }

func TestParseArea(t *testing.T) {
	tests := []struct {
		text string
		want voting.Area
		fine bool
	}{
		{"90", 900_000, true}, {"115344.34", 1_153_443_400, true}, {"0.0001", 1, true}, {"00000001.5", 15_000, true},
		{"99999999.9999", voting.MaxArea, true}, {"0", 0, true},
		{"", 0, false}, {".5", 0, false}, {"5.", 0, false}, {"5.00000", 0, false}, {"123456789", 0, false},
		{"-1", 0, false}, {"+1", 0, false}, {"1e3", 0, false}, {"1 ", 0, false}, {"1.2.3", 0, false},
		{"1,000", 0, false}, {"１２", 0, false}, {"12㎡", 0, false},
	}
	for _, test := range tests {
		got, err := voting.ParseArea(test.text)
		if got != test.want || (err == nil) != test.fine || (err != nil && !errors.Is(err, voting.ErrArea)) {
			t.Errorf("%q: %d, %v", test.text, got, err)
		}
	}
}

func TestAreaPrintsAndReadsBack(t *testing.T) {
	for area, want := range map[voting.Area]string{
		0: "0.00", 1: "0.0001", 900_000: "90.00", 905_000: "90.50", 675_000_001: "67500.0001", 12_300: "1.23",
		12_340: "1.234", -1: "-0.0001", -905_000: "-90.50",
	} {
		if got := area.String(); got != want {
			t.Errorf("%d cm² printed %s, want %s", int64(area), got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		area := voting.Area(rapid.Int64Range(0, int64(voting.MaxArea)).Draw(t, "cm²"))
		if back, err := voting.ParseArea(area.String()); err != nil || back != area {
			t.Fatalf("%d came back as %d, %v", area, back, err)
		}
	})
}

func TestNeedIsTheSmallestThatMeetsTheThreshold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		den := rapid.Int64Range(1, 100).Draw(t, "den")
		threshold := voting.Threshold{Num: rapid.Int64Range(1, den).Draw(t, "num"), Den: den, Strict: rapid.Bool().Draw(t, "strict")}
		whole := rapid.Int64Range(0, int64(voting.MaxArea)).Draw(t, "whole")
		meets := func(part int64) bool {
			if threshold.Strict {
				return part*den > threshold.Num*whole
			}
			return part*den >= threshold.Num*whole
		}
		need := threshold.Need(whole)
		if need < 1 || !meets(need) || (need > 1 && meets(need-1)) {
			t.Fatalf("need %d of %d for %v", need, whole, threshold)
		}
		if !threshold.Met(need, whole) || threshold.Met(need-1, whole) {
			t.Fatalf("Met does not agree with need %d", need)
		}
	})
}

func TestShareIsHalfUpToTwoDecimals(t *testing.T) {
	tests := []struct {
		part, whole int64
		want        string
	}{
		{646, 817, "79.07"}, {1, 2, "50.00"}, {2, 3, "66.67"}, {1, 3, "33.33"}, {1, 8, "12.50"},
		{1, 20_000, "0.01"}, {1, 20_001, "0.00"}, {587_293_400, 925_087_600, "63.49"}, {0, 5, "0.00"},
		{5, 0, "0.00"}, {3, 3, "100.00"}, {1_000_000_000_000, 1_000_000_000_000, "100.00"},
	}
	for _, test := range tests {
		if got := voting.Share(test.part, test.whole); got != test.want {
			t.Errorf("%d of %d: %s, want %s", test.part, test.whole, got, test.want)
		}
	}
}

func TestWordsForLogsAndFiles(t *testing.T) {
	if got := voting.TwoThirds.String(); got != "2/3" {
		t.Errorf("two thirds print %s", got)
	}
	step := voting.Step{Part: 1, Whole: 8}
	if got := step.Share(); got != "12.50" {
		t.Errorf("a step's share prints %s", got)
	}
	refusal := voting.Matter{Kind: voting.Motion}.Validate(civilCode)
	if got := refusal.Error(); got != "missing_field: item" {
		t.Errorf("a refusal prints %s", got)
	}
}

package voting_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"gongjue/voting"
)

// published are shares and needs of real notices, recomputed with exact fractions.
type published struct {
	Shares []struct {
		Case, What, Part, Whole, Share string
		Threshold                      *string
		Strict, Passes                 *bool
	}
	Totals []struct {
		ID            string
		Heads         int64
		AreaM2        string `json:"area_m2"`
		HeadsTwo      int64  `json:"min_heads_two_thirds"`
		AreaTwo       string `json:"min_area_two_thirds_m2"`
		HeadsHalf     int64  `json:"min_heads_over_half"`
		HeadsQuarters int64  `json:"min_heads_three_quarters"`
	}
}

func readPublished(t *testing.T) published {
	t.Helper()
	data, err := os.ReadFile("testdata/published.json")
	if err != nil {
		t.Fatal(err)
	}
	var notices published
	if err := json.Unmarshal(data, &notices); err != nil {
		t.Fatal(err)
	}
	return notices
}

func area(t *testing.T, text string) int64 {
	t.Helper()
	cm2, err := voting.ParseArea(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return int64(cm2)
}

func TestSharesOfPublishedNotices(t *testing.T) {
	notices := readPublished(t)
	if len(notices.Shares) < 80 {
		t.Fatalf("%d shares", len(notices.Shares))
	}
	for _, share := range notices.Shares {
		t.Run(share.Case+" "+share.What, func(t *testing.T) {
			// Heads read as areas are scaled alike above and below, which leaves every fraction.
			part, whole := area(t, share.Part), area(t, share.Whole)
			if got := voting.Share(part, whole); got != share.Share {
				t.Errorf("%s of %s: %s, want %s", share.Part, share.Whole, got, share.Share)
			}
			if share.Threshold == nil || share.Passes == nil {
				return
			}
			threshold := voting.Threshold{Strict: *share.Strict}
			if _, err := fmt.Sscanf(strings.TrimSpace(*share.Threshold), "%d/%d", &threshold.Num, &threshold.Den); err != nil {
				t.Fatal(err)
			}
			if threshold.Met(part, whole) != *share.Passes {
				t.Errorf("%s of %s against %v: want %v", share.Part, share.Whole, threshold, *share.Passes)
			}
		})
	}
}

func TestNeedsOfRealRosters(t *testing.T) {
	for _, total := range readPublished(t).Totals {
		t.Run(total.ID, func(t *testing.T) {
			needs := map[string][2]int64{
				"two thirds of heads":     {voting.TwoThirds.Need(total.Heads), total.HeadsTwo},
				"half of heads":           {voting.OverHalf.Need(total.Heads), total.HeadsHalf},
				"three quarters of heads": {voting.ThreeQuarters.Need(total.Heads), total.HeadsQuarters},
			}
			if total.AreaM2 != "" { // one notice gives heads only
				needs["two thirds of area"] = [2]int64{voting.TwoThirds.Need(area(t, total.AreaM2)), area(t, total.AreaTwo)}
			}
			for what, need := range needs {
				if need[0] != need[1] {
					t.Errorf("%s: %d, want %d", what, need[0], need[1])
				}
			}
		})
	}
}

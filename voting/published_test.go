package voting_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"gongjue/voting"
)

// published are checks made from published results of owners' assemblies, with the figures as they were printed;
// what was misprinted stands as it was.
type published struct {
	Cases []struct {
		ID        string
		Published struct {
			Options []struct {
				Heads  *int64
				AreaM2 *string `json:"area_m2"`
			}
			Channels map[string]json.RawMessage
		}
		Checks []struct {
			What, Part, Whole string
			Threshold         *string
			Strict, Passes    *bool
			PublishedShare    *string `json:"published_share"`
			Computed          string  `json:"computed_share_half_up"`
			ShareAgrees       *bool   `json:"share_agrees"`
		}
		Outcome struct {
			Statute  string
			Variants map[string]string
		}
	}
	Thresholds []struct {
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
	data, err := os.ReadFile("testdata/real-results.json")
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

// rounded prints the share half-up with as many decimals as the notice printed.
func rounded(part, whole int64, like string) string {
	_, decimals, _ := strings.Cut(like, ".")
	scale := int64(1)
	for range decimals {
		scale *= 10
	}
	units := (200*scale*part + whole) / (2 * whole)
	if decimals == "" {
		return fmt.Sprint(units)
	}
	return fmt.Sprintf("%d.%0*d", units/scale, len(decimals), units%scale)
}

func TestChecksOfPublishedNotices(t *testing.T) {
	notices, checks, disagree := readPublished(t), 0, 0
	for _, notice := range notices.Cases {
		for _, check := range notice.Checks {
			checks++
			t.Run(notice.ID+" "+check.What, func(t *testing.T) {
				// Heads read as areas are scaled alike above and below, which leaves every fraction.
				part, whole := area(t, check.Part), area(t, check.Whole)
				if got := voting.Share(part, whole); got != check.Computed {
					t.Errorf("%s of %s: %s, want %s", check.Part, check.Whole, got, check.Computed)
				}
				if check.PublishedShare != nil && check.ShareAgrees != nil {
					got := rounded(part, whole, *check.PublishedShare)
					if agrees := got == *check.PublishedShare; agrees != *check.ShareAgrees {
						t.Errorf("%s printed, %s computed, agreement should be %v", *check.PublishedShare, got, *check.ShareAgrees)
					}
					if !*check.ShareAgrees {
						disagree++
					}
				}
				if check.Threshold == nil || check.Passes == nil {
					return
				}
				threshold := voting.Threshold{Strict: *check.Strict}
				if _, err := fmt.Sscanf(*check.Threshold, "%d/%d", &threshold.Num, &threshold.Den); err != nil {
					t.Fatal(err)
				}
				if threshold.Met(part, whole) != *check.Passes {
					t.Errorf("%s of %s against %v: want %v", check.Part, check.Whole, threshold, *check.Passes)
				}
			})
		}
	}
	if len(notices.Cases) != 20 || checks != 86 || disagree != 2 {
		t.Errorf("%d cases, %d checks, %d misprinted shares", len(notices.Cases), checks, disagree)
	}
}

// figures are one way to complete what a notice printed: the rule, and the total, the participants and the yes.
type figures struct {
	law              voting.Law
	special          bool
	total, part, yes voting.Weight
}

func (f figures) result(t *testing.T) voting.Result {
	t.Helper()
	matter := voting.Matter{Kind: voting.Motion, Item: 4}
	if f.special {
		matter.Item = f.law.SpecialItems[0]
	}
	outcome, err := voting.Decide(f.law, voting.Policies{}, matter, voting.Counts{Total: f.total, Voted: f.part,
		Options: map[string]voting.Weight{"yes": f.yes, "no": f.part.Minus(f.yes)}})
	if err != nil {
		t.Fatalf("%+v: %v", f, err)
	}
	return outcome.Result
}

// areas completes heads by an area of which everybody, or next to nobody, took part and agreed.
func areas(law voting.Law, special bool, total, part, yes int64) []figures {
	const all = 1_000_000
	return []figures{
		{law, special, w(total, all), w(part, all), w(yes, all)},
		{law, special, w(total, all), w(part, all), w(yes, 1)},
	}
}

// twoThirdsOfAll is the rule of 2003 as far as the notice of that time tells it.
var twoThirdsOfAll = voting.Law{Items: 7, SpecialItems: []int{5}, ElectionItem: 3,
	Participation: voting.Test{Threshold: voting.OverHalf, OfTotal: true},
	Ordinary:      voting.Test{Threshold: voting.TwoThirds, OfTotal: true}, Special: voting.Test{Threshold: voting.TwoThirds, OfTotal: true}}

// completions are, for every case and variant, figures that agree with all that was printed: if the rule gives one
// result for all of them it is decided, and if it gives several it is not.
var completions = map[string][]figures{
	"ziming-2026-firm":              {{civilCode, false, w(817, 1_153_443_400), w(646, 925_087_600), w(411, 587_293_400)}},
	"ziming-2026-firm/with_silence": {{civilCode, false, w(817, 1_153_443_400), w(646, 925_087_600), w(411, 587_293_400)}},
	"ziming-2026-firm/without_silence": { // the area of the 41 silent ballots was not printed
		{civilCode, false, w(817, 1_153_443_400), w(605, 925_077_600), w(370, 587_283_400)},
		{civilCode, false, w(817, 1_153_443_400), w(605, 765_087_600), w(370, 427_293_400)}},
	"junyue-2022-firm-rejected":                 {{civilCode, false, w(1505, 1_916_192_100), w(1360, 1_717_552_230), w(238, 297_342_500)}},
	"junyue-2022-firm-rejected/with_silence":    {{civilCode, false, w(1505, 1_916_192_100), w(1360, 1_717_552_230), w(238, 297_342_500)}},
	"junyue-2022-firm-rejected/without_silence": {{civilCode, false, w(1505, 1_916_192_100), w(1260, 1_587_543_230), w(238, 297_342_500)}},
	"chongqing-nanan-2021-firm": {
		{civilCode, false, w(5726, 4_829_144_900), w(3936, 3_405_754_500), w(3179, 2_811_942_100)},
		{civilCode, false, w(5726, 4_828_460_400), w(3936, 3_405_754_500), w(3179, 2_811_942_100)}},
	"fuzhou-cangshan-2025-quorum-failed": areas(civilCode, false, 1708, 41, 41),
	"shanghai-1st-2019-15-flats":         append(areas(propertyLaw, false, 821, 821, 407), areas(propertyLaw, false, 813, 813, 407)...),
	"shenzhen-dexing-2020-renewal": {
		{propertyLaw, false, w(1428, 1_326_755_600), w(1376, 1_280_475_000), w(446, 435_764_300)},
		{propertyLaw, false, w(1428, 1_326_755_600), w(1428, 1_326_755_600), w(446, 435_764_300)}},
	"shanghai-2012-renew-fee":                       append(areas(propertyLaw, false, 1583, 1583, 1297), areas(propertyLaw, false, 1583, 1272, 986)...),
	"shanghai-2012-renew-fee/with_silence":          areas(propertyLaw, false, 1583, 1583, 1297),
	"shanghai-2012-renew-fee/without_silence":       areas(propertyLaw, false, 1583, 1272, 986),
	"shanghai-jinshuiwan-2007-firm":                 append(areas(twoThirdsOfAll, false, 530, 430, 426), areas(twoThirdsOfAll, false, 530, 377, 373)...),
	"shanghai-jinshuiwan-2007-firm/with_silence":    areas(twoThirdsOfAll, false, 530, 430, 426),
	"shanghai-jinshuiwan-2007-firm/without_silence": areas(twoThirdsOfAll, false, 530, 377, 373),
	"beijing-mingjia-self-management":               areas(propertyLaw, false, 5495, 2984, 2910),
	"taian-huaxin-2019-fee":                         areas(propertyLaw, false, 2278, 1431, 1276),
	"yycb-2022-lawsuit-authority":                   append(areas(civilCode, false, 2237, 1492, 1151), areas(civilCode, false, 2237, 1491, 1151)...),
	"pmceo-garden-950":                              append(areas(propertyLaw, false, 950, 616, 609), areas(civilCode, false, 950, 616, 609)...),
	"pmceo-garden-950/rule_before_2021":             areas(propertyLaw, false, 950, 616, 609),
	"pmceo-garden-950/rule_from_2021":               areas(civilCode, false, 950, 616, 609),
	"daibiao-5959-election": { // only shares were printed; they stand as operands
		{propertyLaw, false, w(10_000, 1_000_000), w(6_635, 528_100), w(6_635, 528_100)}, {propertyLaw, false, w(10_000, 1_000_000), w(10_000, 1_000_000), w(8_889, 900_300)}},
	"daibiao-5959-election/with_silence":         {{propertyLaw, false, w(10_000, 1_000_000), w(10_000, 1_000_000), w(8_889, 900_300)}},
	"daibiao-5959-election/without_silence":      {{propertyLaw, false, w(10_000, 1_000_000), w(6_635, 528_100), w(6_635, 528_100)}},
	"bali-2020-removal":                          append(areas(propertyLaw, false, 537, 398, 398), areas(propertyLaw, false, 2_000, 398, 398)...),
	"shunqing-elevator-24":                       append(areas(civilCode, true, 24, 24, 17), areas(civilCode, true, 24, 24, 19)...),
	"shunqing-elevator-24/complainant":           areas(civilCode, true, 24, 24, 17),
	"shunqing-elevator-24/street":                areas(civilCode, true, 24, 24, 19),
	"shantou-elevator-fund":                      append(areas(civilCode, false, 122, 40, 40), areas(civilCode, false, 122, 82, 40)...),
	"shanxi-changfeng-90-of-1603":                areas(civilCode, false, 1603, 90, 90),
	"guangzhou-yinghao-area-base":                append(bases(2_070_758_400), bases(2_264_210_857)...),
	"guangzhou-yinghao-area-base/announced_base": bases(2_070_758_400),
	"guangzhou-yinghao-area-base/register_base":  bases(2_264_210_857),
	"meishan-lanxi-2022-election":                append(areas(civilCode, false, 150, 103, 52), areas(civilCode, false, 160, 103, 52)...),
	"kaiyuan-101-first-election":                 append(areas(propertyLaw, false, 448, 253, 240), areas(propertyLaw, false, 448, 253, 100)...),
}

// bases are the same 109,746.30 m² against one total, with most and with few of the heads, which were not printed.
func bases(total voting.Area) []figures {
	return []figures{
		{propertyLaw, false, w(1_000, total), w(1_000, total), w(900, 1_097_463_000)},
		{propertyLaw, false, w(1_000, total), w(1_000, total), w(100, 1_097_463_000)},
	}
}

func TestOutcomesOfPublishedNotices(t *testing.T) {
	met := 0
	for _, notice := range readPublished(t).Cases {
		statutes := map[string]string{notice.ID: notice.Outcome.Statute}
		for variant, statute := range notice.Outcome.Variants {
			statutes[notice.ID+"/"+variant] = statute
		}
		for name, statute := range statutes {
			t.Run(name, func(t *testing.T) {
				var results []voting.Result
				for _, f := range completions[name] {
					if result := f.result(t); !slices.Contains(results, result) {
						results = append(results, result)
					}
				}
				decided := len(results) == 1 && string(results[0]) == statute
				if !decided && (statute != "undetermined" || len(results) < 2) {
					t.Errorf("%v, want %s", results, statute)
				}
			})
			met++
		}
	}
	if met != len(completions) {
		t.Errorf("%d outcomes for %d completions", met, len(completions))
	}
}

// The head counts per channel close to the option, and silent ballots to what they were added to.
func TestPublishedSumsClose(t *testing.T) {
	for _, notice := range readPublished(t).Cases {
		if notice.ID != "junyue-2022-firm-rejected" {
			continue
		}
		for i, option := range []string{"yes", "no", "abstain"} {
			var channels map[string]int64
			if err := json.Unmarshal(notice.Published.Channels[option], &channels); err != nil {
				t.Fatal(err)
			}
			sum := int64(0)
			for _, heads := range channels {
				sum += heads
			}
			if want := *notice.Published.Options[i].Heads; sum != want || len(channels) != 3 {
				t.Errorf("%s: the channels give %d, printed %d", option, sum, want)
			}
		}
		return
	}
	t.Error("the notice with channels is gone")
}

func TestNeedsOfRealRosters(t *testing.T) {
	rosters := readPublished(t).Thresholds
	if len(rosters) != 8 {
		t.Errorf("%d rosters", len(rosters))
	}
	for _, total := range rosters {
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

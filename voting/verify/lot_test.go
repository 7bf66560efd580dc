package verify_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"gongjue/voting"
	"gongjue/voting/bundle"
	"gongjue/voting/verify"
)

// tied is the sample with an election in which three candidates are equal for two seats, and a lot drawn for them.
func tied(t failer, tier bundle.Tier) *town {
	w := sample(t, tier)
	w.matters[1].TieWay, w.number = voting.TieByLot, "038617"
	for _, b := range w.ballots {
		b.answers["matter-2"].Each["丙"] = voting.Yes
	}
	return w
}

func TestALotIsDrawnAgainFromItsSeed(t *testing.T) {
	for _, tier := range bundle.Tiers {
		b := tied(t, tier).bundle(t)
		if !bytes.Contains(b.Result, []byte(`"lots":[{`)) {
			t.Fatal("no lot was drawn")
		}
		r := report(t, pack(t, b), verify.Options{LogKey: logKeyText()})
		if wrong := failures(r); wrong != "" || r.Findings[21].State != verify.Passed {
			t.Errorf("%s: %s %s", tier, r.Findings[21].State, wrong)
		}
	}
}

// Tellers may be handed the record between the lot and the final result.
func TestACopyFromBeforeTheFinalResultHoldsTheDisplayedOne(t *testing.T) {
	w := tied(t, bundle.Tellers)
	final := w.bundle(t)
	displayed, err := w.result(t).Encode()
	must(t, err)
	final.Result = displayed
	if wrong := failures(report(t, pack(t, final), verify.Options{})); wrong != "" {
		t.Error(wrong)
	}
	public := tied(t, bundle.Public).bundle(t)
	public.Result = displayed
	if found := report(t, pack(t, public), verify.Options{}).Failures(); !slices.Contains(found, 18) {
		t.Errorf("the public record of a final result holds the displayed one: found by %v", found)
	}
}

func TestEveryForgeryOfALotIsFoundByItsCheck(t *testing.T) {
	inLot := func(old, fresh string) func(*town) {
		return func(w *town) {
			w.forgeLeaf = func(_ int64, leaf string) string {
				if strings.Contains(leaf, `"t":"lot"`) {
					return strings.Replace(leaf, old, fresh, 1)
				}
				return leaf
			}
		}
	}
	for _, c := range []struct {
		name  string
		check int
		forge func(*town)
	}{
		{"another number than the order was made of", 12, inLot(`"number":"038617"`, `"number":"038618"`)},
		{"a number that is no number", 22, inLot(`"number":"038617"`, `"number":"O38617"`)},
		{"a number of another length", 22, inLot(`"number":"038617"`, `"number":"38617"`)},
		{"drawn before the announced time", 22, inLot(`"due":"2026-05-11T02`, `"due":"2026-05-11T03`)},
		{"announced after it was drawn", 22, inLot(`"announced":"2026-05-11T01`, `"announced":"2026-05-11T02`)},
		{"one person recorded it twice", 22, inLot("staff-2", "staff-1")},
		{"a seed of another root", 22, func(w *town) {
			w.forgeLeaf = func(_ int64, leaf string) string {
				if before, root, isLot := strings.Cut(leaf, `"root":"`); isLot {
					return before + `"root":"` + strings.Map(func(r rune) rune {
						if r == 'a' {
							return 'b'
						}
						return r
					}, root[:64]) + root[64:]
				}
				return leaf
			}
		}},
		{"an order that the seed does not give", 12, func(w *town) {
			w.forgeResult = func(text []byte) []byte {
				at := bytes.Index(text, []byte(`"elected":["`)) + len(`"elected":["`)
				first, second := text[at:at+3], text[at+6:at+9]
				return slices.Concat(text[:at], second, text[at+3:at+6], first, text[at+9:])
			}
		}},
		{"a result after the lot without the lot", 22, func(w *town) {
			w.forgeResult = func([]byte) []byte {
				again := tied(t, bundle.Tellers)
				text, err := again.result(t).Encode()
				must(t, err)
				return text
			}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := tied(t, bundle.Tellers)
			c.forge(w)
			r := report(t, pack(t, w.bundle(t)), verify.Options{LogKey: logKeyText()})
			if found := r.Failures(); !slices.Contains(found, c.check) {
				t.Errorf("found by %v, want %d\n%s", found, c.check, failures(r))
			}
		})
	}
	files := unpack(t, pack(t, tied(t, bundle.Public).bundle(t)))
	swap(bundle.FileStanding, "摸球", "电脑")(t, files)
	if found := report(t, repack(t, files, true), verify.Options{}).Failures(); !slices.Equal(found, []int{22}) {
		t.Errorf("another announcement: found by %v", found)
	}
}

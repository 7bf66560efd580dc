package verify_test

import (
	"strings"
	"testing"

	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
	"gongjue/voting/verify"
)

// held is the sample with a key that three people held, and a street that was named and went without its signature.
func held(t failer, tier bundle.Tier) *town {
	w := sample(t, tier)
	_, key := street(t, 1)
	sealed := ledger.Sum([]byte("seal"))
	w.witnesses = []string{key}
	w.seal = &bundle.Seal{Kept: "holders", Key: sealed.String(), Need: 2}
	for i, role := range []string{"convener", "street", "teller"} {
		w.seal.Cards = append(w.seal.Cards, bundle.SealCard{Number: int64(i + 1), Role: role, Key: ledger.Sum([]byte(role)).String(), Share: ledger.Sum([]byte("share" + role)).String()})
	}
	w.logged = bundle.LoggedActs
	w.unseal = &ledger.Unseal{Key: sealed, FirstCard: 3, SecondCard: 1, Entered: w.opens + 241*hour, First: "staff-3", Second: "staff-1"}
	w.waiver = &bundle.Waiver{Reason: "见证用的电脑坏了", At: w.opens + 242*hour}
	w.published = w.opens + 300*hour
	return w
}

func TestTheLogTellsWhoOpenedTheBallotsAndWhoWaivedAWitness(t *testing.T) {
	for _, tier := range bundle.Tiers {
		r := report(t, pack(t, held(t, tier).bundle(t)), verify.Options{LogKey: logKeyText()})
		if wrong := failures(r); wrong != "" {
			t.Fatal(wrong)
		}
		seal, witness := r.Findings[25], r.Findings[20]
		if seal.State != verify.Passed || seal.Detail.EN != "card of the teller (staff-3) at 2026-05-11 01:00:00 +0800, card of the convener (staff-1) at 2026-05-11 01:00:00 +0800" {
			t.Errorf("%s %+v", seal.State, seal.Detail)
		}
		if witness.State != verify.Unasked || !strings.Contains(witness.Detail.ZH, "说明不作见证") || !strings.Contains(witness.Detail.EN, "waived its witness at 2026-05-11 01:00:00") {
			t.Errorf("%s %+v", witness.State, witness.Detail)
		}
	}
}

func TestAnEarlierRecordLacksNothing(t *testing.T) {
	w := held(t, bundle.Tellers)
	w.logged, w.unseal, w.waiver = nil, nil, nil
	r := report(t, pack(t, w.bundle(t)), verify.Options{})
	if wrong := failures(r); wrong != "" || r.Findings[25].State != verify.Unasked || r.Findings[20].State != verify.Unasked {
		t.Errorf("%s %s %s", wrong, r.Findings[25].State, r.Findings[20].State)
	}
	// An earlier notice with a later log: the leaves are read and checked all the same.
	w = held(t, bundle.Tellers)
	w.logged = nil
	if r := report(t, pack(t, w.bundle(t)), verify.Options{}); failures(r) != "" || r.Findings[25].State != verify.Passed {
		t.Error(failures(r))
	}
}

func TestAFalseOpeningOrWaiverIsFound(t *testing.T) {
	for _, c := range []struct {
		name  string
		check int
		forge func(*town)
	}{
		{"nobody opened the ballots", 26, func(w *town) { w.unseal = nil }},
		{"another key was opened", 26, func(w *town) { w.unseal.Key = ledger.Sum(nil) }},
		{"a card came before the end of voting", 26, func(w *town) { w.unseal.Entered = w.opens + 240*hour - 1 }},
		{"cards that the notice does not know", 26, func(w *town) { w.seal = nil }},
		{"one person with both cards", 26, func(w *town) {
			w.forgeLeaf = func(_ int64, leaf string) string {
				return strings.Replace(leaf, `"second":"staff-1","second_card"`, `"second":"staff-3","second_card"`, 1)
			}
		}},
		{"one card twice", 26, func(w *town) {
			w.forgeLeaf = func(_ int64, leaf string) string {
				return strings.Replace(leaf, `"second_card":1`, `"second_card":3`, 1)
			}
		}},
		{"a card with no number", 26, func(w *town) {
			w.forgeLeaf = func(_ int64, leaf string) string {
				return strings.Replace(leaf, `"second_card":1`, `"second_card":0`, 1)
			}
		}},
		{"the opening stands after the result", 26, func(w *town) { w.unsealLate = true }},
		{"a published result that the street neither signed nor waived", 21, func(w *town) { w.waiver = nil }},
		{"a waiver of another result", 21, func(w *town) {
			w.forgeLeaf = func(_ int64, leaf string) string {
				if strings.Contains(leaf, `"t":"waive"`) {
					at := strings.Index(leaf, `"result":"`) + len(`"result":"`)
					return leaf[:at] + strings.Repeat("0", 64) + leaf[at+64:]
				}
				return leaf
			}
		}},
		{"a waiver where no street was named", 21, func(w *town) { w.witnesses = nil }},
	} {
		w := held(t, bundle.Public)
		c.forge(w)
		r := report(t, pack(t, w.bundle(t)), verify.Options{})
		if found := r.Failures(); len(found) != 1 || found[0] != c.check {
			t.Errorf("%s: found by %v, want %d\n%s", c.name, found, c.check, failures(r))
		}
	}
	for name, change := range map[string][2]string{
		"another reason is published": {"电脑坏了", "电脑丢了"},
		"another moment is published": {`"waiver":{"at":1`, `"waiver":{"at":2`},
		"the reason is kept back":     {},
	} {
		files := unpack(t, pack(t, held(t, bundle.Public).bundle(t)))
		text := string(files[bundle.FileStanding])
		if name == "the reason is kept back" {
			from := strings.Index(text, `,"waiver":`)
			files[bundle.FileStanding] = []byte(text[:from] + "}")
		} else {
			swap(bundle.FileStanding, change[0], change[1])(t, files)
		}
		if r := report(t, repack(t, files, true), verify.Options{}); len(r.Failures()) != 1 || r.Failures()[0] != 21 {
			t.Errorf("%s: %s", name, failures(r))
		}
	}
	// The street signed after all: nothing was to be waived.
	w := held(t, bundle.Public)
	w.waiver = nil
	b := w.bundle(t)
	cosign(t, &b, resultPlace, 1, w.opens+500*hour)
	if r := report(t, pack(t, b), verify.Options{}); failures(r) != "" || r.Findings[20].State != verify.Passed {
		t.Error(failures(r))
	}
}

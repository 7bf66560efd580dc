package verify_test

import (
	"slices"
	"strings"
	"testing"

	"gongjue/voting"
	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
	"gongjue/voting/verify"
)

// amend writes what became known of the roster: each correction of the version before it.
func (w *town) amend(d *draft, root ledger.Hash, total voting.Weight) []bundle.Amendment {
	d.t.Helper()
	first, newest := root, root
	list := slices.Clone(w.amended)
	for i := range list {
		entry := &list[i]
		old, next := newest, newest
		if entry.Kind != ledger.AmendRoster {
			old, next, entry.Heads, entry.Area = first, first, total.Heads, total.Area
		} else {
			next = ledger.Sum([]byte(old.String()))
			newest = next
		}
		entry.OldRoot, entry.NewRoot = old.String(), next.String()
		change, err := entry.Hash()
		must(d.t, err)
		d.at = max(d.at, entry.ApprovedAt)
		d.add(ledger.Amend{Kind: entry.Kind, Change: change, OldRoot: old, NewRoot: next, Heads: entry.Heads, Area: entry.Area, Approved: entry.ApprovedAt,
			First: "staff-1", Second: "staff-3"})
		d.sign()
	}
	return list
}

// sampleAmended is the sample with a correction before voting began, and a sale, a correction and a mandate afterwards.
func sampleAmended(t failer, tier bundle.Tier) *town {
	w := sample(t, tier)
	w.amended = []bundle.Amendment{
		{Kind: ledger.AmendRoster, Number: 1, Place: "1/1/0", What: []string{"area"}, AreaBefore: 1000, AreaAfter: 1200, Heads: 10, Area: 12_860, Reason: "测绘有误",
			Proof: []string{ledger.Sum(nil).String()}, ProposedAt: w.opens - 2*hour, ApprovedAt: w.opens - hour},
		{Kind: ledger.AmendTransfer, Number: 1, Place: "2/1/1", What: []string{}, AreaBefore: 1010, AreaAfter: 1010, Reason: "不动产登记簿",
			Proof: []string{ledger.Sum(nil).String()}, ProposedAt: w.opens, ApprovedAt: w.opens},
		{Kind: ledger.AmendRoster, Number: 2, Place: "2/1/3", What: []string{"owners"}, AreaBefore: 1030, AreaAfter: 1030, Heads: 9, Area: 12_860, Reason: "法院判决",
			Proof: []string{ledger.Sum(nil).String()}, ProposedAt: w.opens, ApprovedAt: w.opens + 500},
		{Kind: ledger.AmendMandate, Number: 2, Place: "2/1/2", What: []string{}, Proof: []string{ledger.Sum([]byte("keyed")).String()}, ProposedAt: w.opens, ApprovedAt: w.opens + 600},
	}
	return w
}

func TestAmendmentsOfTheRosterAreCheckedAndPointedOut(t *testing.T) {
	for _, tier := range bundle.Tiers {
		r := report(t, pack(t, sampleAmended(t, tier).bundle(t)), verify.Options{LogKey: logKeyText()})
		detail := r.Findings[5].Detail
		if wrong := failures(r); wrong != "" || !strings.Contains(detail.ZH, "4 项更正、转让或者投票人的登记，其中 3 项在投票开始以后") || !strings.Contains(detail.EN, "3 of them after") {
			t.Errorf("%s: %s %+v", tier, wrong, detail)
		}
	}
}

func TestAnAmendmentThatIsNotWhatItSaysFailsItsCheck(t *testing.T) {
	at := func(index int64, old, fresh string) func(*town) {
		return func(w *town) {
			w.forgeLeaf = func(i int64, leaf string) string {
				if i == index {
					return strings.Replace(leaf, old, fresh, 1)
				}
				return leaf
			}
		}
	}
	zero := strings.Repeat("0", 64)
	for name, forge := range map[string]func(*town){
		"one person did both":             at(1, "staff-3", "staff-1"),
		"it was recorded before approval": at(1, `"approved":"2026-04-30`, `"approved":"2026-05-30`),
		"the first amends another roster": func(w *town) {
			w.forgeLeaf = func(i int64, leaf string) string {
				if from := strings.Index(leaf, `"old_root":"`) + 12; i == 1 {
					return leaf[:from] + zero + leaf[from+64:]
				}
				return leaf
			}
		},
		"a transfer with fewer heads":       at(2, `"heads":10`, `"heads":9`),
		"a transfer with another area":      at(2, `"area_cm2":12660`, `"area_cm2":12661`),
		"a mandate with another area":       at(4, `"area_cm2":12660`, `"area_cm2":12661`),
		"a mandate of one person":           at(4, "staff-3", "staff-1"),
		"a mandate with the reason":         func(w *town) { w.amended[3].Reason = "未成年人" },
		"a mandate with the area":           func(w *town) { w.amended[3].AreaBefore, w.amended[3].AreaAfter = 1020, 1020 },
		"a mandate that says what changed":  func(w *town) { w.amended[3].What = []string{"guardian"} },
		"a mandate of no home":              func(w *town) { w.amended[3].Place = "" },
		"a mandate bound to nobody":         func(w *town) { w.amended[3].Proof = []string{} },
		"a correction taken for a transfer": at(3, `"kind":"roster"`, `"kind":"transfer"`),
	} {
		t.Run(name, func(t *testing.T) {
			w := sampleAmended(t, bundle.Public)
			forge(w)
			if found := report(t, pack(t, w.bundle(t)), verify.Options{LogKey: logKeyText()}).Failures(); !slices.Contains(found, 6) {
				t.Errorf("found by %v", found)
			}
		})
	}
	for name, tamper := range map[string]func(*testing.T, map[string][]byte){
		"another reason is published":   swap(bundle.FileStanding, "测绘有误", "面积有误"),
		"another place is published":    swap(bundle.FileStanding, "1/1/0", "1/1/2"),
		"other totals are published":    swap(bundle.FileStanding, `"heads":9`, `"heads":8`),
		"an amendment is kept back":     swap(bundle.FileStanding, `"amendments":[`, `"amendments":[],"others":[`),
		"an amendment is made up":       swap(bundle.FileStanding, `"amendments":[`, `"amendments":[{},`),
		"none of them is published":     swap(bundle.FileStanding, `"amendments"`, `"amendment"`),
		"another proof is published":    swap(bundle.FileStanding, ledger.Sum(nil).String(), zero),
		"another moment is published":   swap(bundle.FileStanding, `"proposed_at":`, `"proposed_at":1`),
		"another home of the mandate":   swap(bundle.FileStanding, "2/1/2", "2/1/3"),
		"somebody else acts":            swap(bundle.FileStanding, ledger.Sum([]byte("keyed")).String(), zero),
		"a mandate is called a sale":    swap(bundle.FileStanding, `"kind":"mandate"`, `"kind":"transfer"`),
		"a transfer is called the sale": swap(bundle.FileStanding, `"kind":"transfer"`, `"kind":"sale"`),
	} {
		t.Run(name, func(t *testing.T) {
			files := unpack(t, pack(t, sampleAmended(t, bundle.Public).bundle(t)))
			tamper(t, files)
			if found := report(t, repack(t, files, true), verify.Options{LogKey: logKeyText()}).Failures(); !slices.Contains(found, 6) {
				t.Errorf("found by %v", found)
			}
		})
	}
}

func TestNothingIsAmendedAfterTheCount(t *testing.T) {
	w := sample(t, bundle.Public)
	w.forgeLeaf = func(i int64, leaf string) string {
		if i != 11 { // the certificate
			return leaf
		}
		return ledger.LeafPrefix + `{"approved":"2026-05-01T00:00:00.000+08:00","area_cm2":1,"at":"2026-05-11T01:00:00.000+08:00","by":"server","change":"` + strings.Repeat("0", 64) +
			`","first":"a","heads":1,"i":11,"kind":"transfer","m":"` + meetingID + `","new_root":"` + strings.Repeat("0", 64) + `","old_root":"` + strings.Repeat("0", 64) +
			`","second":"b","t":"amend","v":1}` + "\n"
	}
	if r := report(t, pack(t, w.bundle(t)), verify.Options{LogKey: logKeyText()}); r.Findings[5].State != verify.Failed || !strings.Contains(r.Findings[5].Detail.EN, "after the count") {
		t.Errorf("%+v", r.Findings[5])
	}
}

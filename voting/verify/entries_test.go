package verify_test

import (
	"slices"
	"strings"
	"testing"

	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
	"gongjue/voting/verify"
)

// objected is a vote with two objections, one taken back, and two rounds of a sample, one given up.
func objected(t failer) *town {
	w := sample(t, bundle.Public)
	w.logged = slices.Concat(bundle.LoggedActs, bundle.LoggedAfterwards)
	at := w.opens + 250*hour
	about := func(number int64, act ledger.ObjectionAct, text string) bundle.Objection {
		at++
		return bundle.Objection{Act: act, Number: number, Subject: "ballot", Source: "owner", Text: text, At: at}
	}
	round := func(n int64, act ledger.SampleAct) bundle.Sample {
		at++
		return bundle.Sample{Act: act, Round: n, At: at}
	}
	text := ledger.ObjectionText("m", "o", "我家投的是反对。").String()
	w.entries = []bundle.Entry{about(1, "recorded", text), round(1, "announced"), about(2, "recorded", text), about(1, "withdrawn", ""), round(1, "withdrawn"),
		round(2, "announced"), about(2, "dismissed", text), round(2, "drawn"), round(2, "ended")}
	w.objections = bundle.Objections{Dismissed: 1, Withdrawn: 1}
	return w
}

func TestWhatBecameOfObjectionsAndSamplesIsComparedWithTheLog(t *testing.T) {
	if r := report(t, pack(t, objected(t).bundle(t)), verify.Options{}); failures(r) != "" {
		t.Fatal(failures(r))
	}
	drop := func(i int) func(*town) { return func(w *town) { w.entries = slices.Delete(w.entries, i, i+1) } }
	swapped := func(i, j int) func(*town) {
		return func(w *town) { w.entries[i], w.entries[j] = w.entries[j], w.entries[i] }
	}
	for name, forge := range map[string]func(*town){
		"an objection that was never raised is withdrawn": drop(0),
		"an answer before the objection":                  swapped(2, 6),
		"an objection without the one before it":          swapped(0, 2),
		"a lot without an announcement":                   drop(5),
		"a finding without a lot":                         drop(7),
		"a second round without the first":                func(w *town) { w.entries = slices.Delete(slices.Delete(w.entries, 4, 5), 1, 2) },
		"an objection that is answered twice":             func(w *town) { w.entries = append(w.entries, w.entries[6]) },
		"an open objection is said to be dismissed":       drop(6),
		"a dismissed objection is said to be upheld":      func(w *town) { w.objections = bundle.Objections{Upheld: 1, Withdrawn: 1} },
		"an objection is kept out of log and numbers":     func(w *town) { w.entries, w.objections = nil, bundle.Objections{Dismissed: 1} },
		"an act that nobody knows": func(w *town) {
			w.forgeLeaf = func(_ int64, leaf string) string { return strings.Replace(leaf, `"act":"ended"`, `"act":"lost"`, 1) }
		},
	} {
		w := objected(t)
		forge(w)
		r := report(t, pack(t, w.bundle(t)), verify.Options{})
		if found := r.Failures(); len(found) == 0 || found[0] != 16 && found[0] != 2 {
			t.Errorf("%s: found by %v\n%s", name, found, failures(r))
		}
	}
	for name, change := range map[string][2]string{
		"another text is published":   {`"text":"`, `"text":"0`},
		"another moment is published": {`"act":"ended","at":1`, `"act":"ended","at":2`},
		"an entry is made up":         {`"entries":[`, `"entries":[{},`},
	} {
		files := unpack(t, pack(t, objected(t).bundle(t)))
		swap(bundle.FileStanding, change[0], change[1])(t, files)
		if r := report(t, repack(t, files, true), verify.Options{}); !slices.Equal(r.Failures(), []int{16}) {
			t.Errorf("%s: %s", name, failures(r))
		}
	}
	// A notice from before logs told of objections promises nothing of their numbers.
	w := objected(t)
	w.logged, w.entries = bundle.LoggedActs, nil
	if r := report(t, pack(t, w.bundle(t)), verify.Options{}); failures(r) != "" {
		t.Error(failures(r))
	}
}

func TestANoticeMayNameTheAnnulledVoteThatItRepeats(t *testing.T) {
	w := sample(t, bundle.Public)
	w.forgeNotice = func(text []byte) []byte {
		return []byte(strings.Replace(string(text), `"roster":{`, `"repeats":"an-earlier-vote","roster":{`, 1))
	}
	b := w.bundle(t)
	if r := report(t, pack(t, b), verify.Options{}); failures(r) != "" || !strings.Contains(string(b.Announced), "an-earlier-vote") {
		t.Error(failures(r))
	}
}

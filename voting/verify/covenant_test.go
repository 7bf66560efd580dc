package verify_test

import (
	"bytes"
	"slices"
	"testing"

	"gongjue/voting/bundle"
	"gongjue/voting/rules"
	"gongjue/voting/verify"
)

// inLiaocheng makes the meeting a first one whose silence rule stands in the interim covenant (聊城市物业管理条例第16条).
func (w *town) inLiaocheng(t failer) {
	t.Helper()
	pack, err := rules.At("山东省/聊城市", w.opens)
	must(t, err)
	w.pack, w.policies.FirstMeeting, w.policies.InterimCovenant = pack, true, true
}

func TestOnlyTheInterimCovenantCarriesSilenceAtAFirstMeeting(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*town)
		counts bool // silence does
		found  []int
	}{
		"in 聊城 it does":                                  {func(*town) {}, true, nil},
		"without its clause nothing does":                {func(w *town) { w.policies.InterimCovenant = false }, false, nil},
		"nor where the rules of the place do not say so": {func(w *town) { w.pack = packAt(t, w.opens) }, true, []int{19}},
	} {
		t.Run(name, func(t *testing.T) {
			w := sample(t, bundle.Owners)
			w.inLiaocheng(t)
			c.change(w)
			b := w.bundle(t)
			if joined := bytes.Contains(b.Result, []byte("without_silence")); joined != c.counts {
				t.Errorf("silence counts: %v", joined)
			}
			if found := report(t, pack(t, b), verify.Options{}).Failures(); !slices.Equal(found, c.found) {
				t.Errorf("found by %v, want %v", found, c.found)
			}
		})
	}
}

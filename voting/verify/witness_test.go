package verify_test

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
	"gongjue/voting/verify"
)

// street is a witness of these tests: one byte of seed, one key.
func street(t failer, seed byte) (ed25519.PrivateKey, string) {
	t.Helper()
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))
	w, err := ledger.NewWitness(streetName(seed), key.Public())
	must(t, err)
	return key, w.String()
}

func streetName(seed byte) string { return fmt.Sprintf("street-%d.example", seed) }

// cosign puts a witness's line under the checkpoint of the bundle at that place, counted from the end where negative.
func cosign(t failer, b *bundle.Bundle, place int, seed byte, at int64) {
	t.Helper()
	if place < 0 {
		place += len(b.Checkpoints)
	}
	key, _ := street(t, seed)
	signer, err := ledger.NewCosigner(streetName(seed), key, at)
	must(t, err)
	note, err := ledger.Cosign([]byte(b.Checkpoints[place].Note), signer)
	must(t, err)
	b.Checkpoints[place].Note = string(note)
}

// resultPlace is the place of the checkpoint that the result was signed with: the open leaf, the close and the result
// have one each, in this order.
const resultPlace = 2

func TestAQuorumIsOfWitnessesThatSawTheResult(t *testing.T) {
	_, one := street(t, 1)
	_, two := street(t, 2)
	type put struct {
		place int
		seed  byte
	}
	for name, c := range map[string]struct {
		named   []string // in the open leaf
		signed  []put
		options verify.Options
		fails   bool
		state   verify.State
	}{
		"nobody was asked for, nobody is named":          {nil, nil, verify.Options{}, false, verify.Unasked},
		"the named street signed the result":             {[]string{one}, []put{{resultPlace, 1}}, verify.Options{}, false, verify.Passed},
		"and is asked for":                               {[]string{one}, []put{{resultPlace, 1}}, verify.Options{Quorum: 1}, false, verify.Passed},
		"a later checkpoint covers the result as well":   {[]string{one}, []put{{resultPlace + 1, 1}}, verify.Options{Quorum: 1}, false, verify.Passed},
		"the named street signed nothing":                {[]string{one}, nil, verify.Options{}, false, verify.Unasked},
		"and is asked for, and did not":                  {[]string{one}, nil, verify.Options{Quorum: 1}, true, verify.Failed},
		"it signed the close alone":                      {[]string{one}, []put{{0, 1}, {1, 1}}, verify.Options{Quorum: 1}, true, verify.Failed},
		"one of two is not two":                          {[]string{one, two}, []put{{resultPlace, 1}, {resultPlace + 1, 1}}, verify.Options{Quorum: 2}, true, verify.Failed},
		"two are two":                                    {[]string{one, two}, []put{{resultPlace, 1}, {resultPlace + 1, 2}}, verify.Options{Quorum: 2}, false, verify.Passed},
		"one key given twice is one":                     {nil, []put{{resultPlace, 1}}, verify.Options{WitnessKeys: []string{one, one}, Quorum: 2}, true, verify.Failed},
		"a key from elsewhere needs no name in the leaf": {nil, []put{{resultPlace, 1}}, verify.Options{WitnessKeys: []string{one}}, false, verify.Passed},
		"a key from elsewhere asks for one at least":     {nil, nil, verify.Options{WitnessKeys: []string{one}}, true, verify.Failed},
		"another street's signature is not this one's":   {[]string{two}, []put{{resultPlace, 2}}, verify.Options{WitnessKeys: []string{one}}, true, verify.Failed},
		"a key that is none":                             {nil, []put{{resultPlace, 1}}, verify.Options{WitnessKeys: []string{one, "street"}, Quorum: 1}, true, verify.Failed},
		"the log's own key is no witness":                {nil, nil, verify.Options{WitnessKeys: []string{logKeyText()}, Quorum: 1}, true, verify.Failed},
	} {
		w := sample(t, bundle.Public)
		w.witnesses = c.named
		b := w.bundle(t)
		for _, p := range c.signed {
			cosign(t, &b, p.place, p.seed, w.opens+500*hour)
		}
		r := report(t, pack(t, b), c.options)
		if found := r.Failures(); c.fails != slices.Equal(found, []int{21}) || (!c.fails && found != nil) || c.fails != (r.Exit() == verify.ExitWitness) {
			t.Errorf("%s: exit %d\n%s", name, r.Exit(), failures(r))
		}
		if state := r.Findings[20].State; state != c.state {
			t.Errorf("%s: %s", name, state)
		}
	}
}

func TestAForgedCosignatureIsToldAlsoWhereNobodyAsks(t *testing.T) {
	_, one := street(t, 1)
	for name, forge := range map[string]func(files map[string][]byte, name string){
		"moved from the checkpoint before": func(files map[string][]byte, name string) {
			_, line, _ := bytes.Cut(files["checkpoints/1.txt"], []byte("— street"))
			text, _, _ := bytes.Cut(files[name], []byte("— street"))
			files[name] = append(append(slices.Clone(text), "— street"...), line...)
		},
		"cut short": func(files map[string][]byte, name string) {
			files[name] = append(bytes.TrimRight(files[name], "=\n")[:len(files[name])-9], '\n')
		},
	} {
		w := sample(t, bundle.Public)
		w.witnesses = []string{one}
		b := w.bundle(t)
		cosign(t, &b, 0, 1, w.opens+hour)
		cosign(t, &b, resultPlace, 1, w.opens+500*hour)
		files := unpack(t, pack(t, b))
		forge(files, fmt.Sprintf("checkpoints/%d.txt", b.Checkpoints[resultPlace].Size))
		r := report(t, repack(t, files, true), verify.Options{})
		if !slices.Contains(r.Failures(), 21) {
			t.Errorf("%s: found by %v", name, r.Failures())
		}
	}
}

func TestTheNoticeNamesTheWitnessesOfTheOpenLeaf(t *testing.T) {
	_, one := street(t, 1)
	_, two := street(t, 2)
	w := sample(t, bundle.Public)
	w.witnesses = []string{one}
	w.forgeLeaf = func(index int64, leaf string) string { return strings.Replace(leaf, one, two, 1) }
	if found := report(t, pack(t, w.bundle(t)), verify.Options{}).Failures(); !slices.Equal(found, []int{5}) {
		t.Errorf("a key exchanged between notice and start: found by %v", found)
	}
}

// Two servers with one key show two logs; whoever has both copies sees it.
func TestCopiesOfOneLogAreCompared(t *testing.T) {
	honest := sample(t, bundle.Public)
	packed, mine := pack(t, honest.bundle(t)), honest.bundle(t)
	other := sample(t, bundle.Public)
	other.ballots[2].answers["matter-1"] = other.ballots[4].answers["matter-4"] // one ballot altered
	forked := other.bundle(t)
	earlier := mine
	earlier.Checkpoints = mine.Checkpoints[:2]
	note := func(b bundle.Bundle, place int) []byte { return []byte(b.Checkpoints[place].Note) }
	key, _ := street(t, 1)
	strange, err := ledger.NewSigner(origin, key)
	must(t, err)
	unsigned, err := ledger.Checkpoint{Origin: origin, Size: 1, Root: ledger.Sum(nil)}.Sign(strange)
	must(t, err)
	for name, c := range map[string]struct {
		others [][]byte
		state  verify.State
	}{
		"the same bundle":                        {[][]byte{packed}, verify.Passed},
		"a note of it":                           {[][]byte{note(mine, 0)}, verify.Passed},
		"two notes of it":                        {[][]byte{note(mine, 0), note(mine, 1)}, verify.Passed},
		"a note as a witness was offered it":     {[][]byte{ledger.Offer{Old: 1, Note: note(mine, 1)}.Bytes()}, verify.Passed},
		"a forked bundle":                        {[][]byte{pack(t, forked)}, verify.Failed},
		"a note of the fork":                     {[][]byte{note(forked, 1)}, verify.Failed},
		"one good note and one of the fork":      {[][]byte{note(mine, 1), note(forked, 1)}, verify.Failed},
		"a note from before the fork":            {[][]byte{note(forked, 0)}, verify.Passed},
		"a note that somebody else signed":       {[][]byte{unsigned}, verify.Failed},
		"something else":                         {[][]byte{[]byte("一页纸")}, verify.Failed},
		"a zip that is no bundle":                {[][]byte{[]byte("PK\x03\x04")}, verify.Failed},
		"nothing":                                {nil, verify.Unasked},
		"an earlier copy that is shorter":        {[][]byte{note(earlier, 1)}, verify.Passed},
		"a bundle of another tier with one more": {[][]byte{pack(t, sample(t, bundle.Owners).bundle(t))}, verify.Passed},
	} {
		r := report(t, packed, verify.Options{Others: c.others})
		if state := r.Findings[23].State; state != c.state || (c.state == verify.Failed) != (r.Exit() == verify.ExitRecord) {
			t.Errorf("%s: %s, exit %d\n%s", name, state, r.Exit(), failures(r))
		}
	}
	both := report(t, packed, verify.Options{Others: [][]byte{pack(t, forked)}}).Findings[23].Detail
	for _, side := range []bundle.Bundle{mine, forked} {
		if root := strings.Split(side.Checkpoints[1].Note, "\n")[2]; !strings.Contains(both.EN, root) || !strings.Contains(both.ZH, root) {
			t.Errorf("the contradiction does not show both notes:\n%s", both.EN)
		}
	}
	longer := unpack(t, pack(t, sample(t, bundle.Owners).bundle(t)))
	last := slices.MaxFunc(slices.Collect(maps.Keys(longer)), func(a, b string) int {
		var x, y int
		_, _ = fmt.Sscanf(a, "checkpoints/%d.txt", &x) // other files count as 0
		_, _ = fmt.Sscanf(b, "checkpoints/%d.txt", &y)
		return x - y
	})
	if r := report(t, packed, verify.Options{Others: [][]byte{longer[last]}}); r.Findings[23].State != verify.Absent || r.Exit() != verify.ExitOK {
		t.Errorf("a note that is newer than the bundle: %s", r.Findings[23].State)
	}
}

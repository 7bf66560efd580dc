package verify_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
	"gongjue/voting/verify"
)

// receiptFor is the part of a receipt file that programs read.
func receiptFor(b bundle.Bundle, index int) string {
	return fmt.Sprintf("投票回执\r\n\r\ngongjue.receipt/v1\r\nmeeting %s\r\nleaf %d\r\nhash %s\r\n", b.Meeting, index, ledger.LeafHash(b.Leaves[index]))
}

func TestAReceiptIsLookedUpInTheLog(t *testing.T) {
	b := sample(t, bundle.Public).bundle(t)
	packed, good := pack(t, b), receiptFor(b, 3)
	for name, c := range map[string]struct {
		receipt string
		want    []int
	}{
		"a good one":                  {good, nil},
		"with other line ends":        {strings.ReplaceAll(good, "\r\n", "\n"), nil},
		"of another ballot":           {strings.Replace(good, "leaf 3", "leaf 4", 1), []int{14}},
		"of no ballot":                {receiptFor(b, 0), []int{14}},
		"of the close":                {receiptFor(b, 9), []int{14}},
		"beyond the log":              {strings.Replace(good, "leaf 3", "leaf 99", 1), []int{14}},
		"of another meeting":          {strings.Replace(good, "meeting 0189", "meeting 0188", 1), []int{14}},
		"with an altered hash":        {strings.Replace(good, "hash "+ledger.LeafHash(b.Leaves[3]).String()[:2], "hash zz", 1), []int{14}},
		"with a number that is none":  {strings.Replace(good, "leaf 3", "leaf three", 1), []int{14}},
		"cut off":                     {good[:len(good)-80], []int{14}},
		"of another version":          {strings.Replace(good, "receipt/v1", "receipt/v2", 1), []int{14}},
		"that is empty":               {"", []int{14}},
		"with nothing for a program":  {"投票回执\r\n", []int{14}},
		"whose leaf was exchanged":    {strings.Replace(good, ledger.LeafHash(b.Leaves[3]).String(), ledger.LeafHash(b.Leaves[4]).String(), 1), []int{14}},
		"with its lines in disorder":  {strings.Replace(good, "leaf 3\r\nhash", "hash", 1), []int{14}},
		"with a hash in capitals too": {strings.Replace(good, ledger.LeafHash(b.Leaves[3]).String(), strings.ToUpper(ledger.LeafHash(b.Leaves[3]).String()), 1), []int{14}},
	} {
		r := report(t, packed, verify.Options{Receipt: []byte(c.receipt)})
		if found := r.Failures(); !slices.Equal(found, c.want) || (len(c.want) > 0) != (r.Exit() == verify.ExitReceipt) {
			t.Errorf("a receipt %s: found by %v, exit %d\n%s", name, found, r.Exit(), failures(r))
		}
	}
}

func TestAPrintedFingerprintIsLookedUp(t *testing.T) {
	w := sample(t, bundle.Public)
	b := w.bundle(t)
	packed := pack(t, b)
	root, notice, result := ledger.RosterRoot(b.Roster), ledger.Sum(b.Announced), ledger.Sum(b.Result)
	var hashes []ledger.Hash
	for _, leaf := range b.Leaves {
		hashes = append(hashes, ledger.LeafHash(leaf))
	}
	for printed, good := range map[string]bool{
		root.Printed(): true, strings.ToUpper(strings.ReplaceAll(notice.Printed(), "-", " ")): true, result.String(): true,
		ledger.Root(hashes).Printed(): true, ledger.Root(hashes[:1]).Printed(): true,
		ledger.Checkpoint{Size: 1, Root: ledger.Root(hashes[:1])}.Mark(): true, "1 / " + strings.ToUpper(ledger.Root(hashes[:1]).Printed()): true,
		"2/" + ledger.Root(hashes[:1]).Printed(): false, "1/" + root.Printed(): false, "1/": false, "/" + root.Printed(): false,
		root.Printed()[:17]: false, "0000-0000-0000-0000": false, ledger.Root(hashes[:2]).Printed(): false, "8F3A": false,
	} {
		found := report(t, packed, verify.Options{Printed: printed}).Failures()
		if good && found != nil || !good && !slices.Equal(found, []int{17}) {
			t.Errorf("%s: found by %v", printed, found)
		}
	}
}

func TestWhatIsNoBundleIsUnreadable(t *testing.T) {
	packed := pack(t, sample(t, bundle.Public).bundle(t))
	change := func(change func(map[string][]byte)) []byte {
		files := unpack(t, packed)
		change(files)
		return repack(t, files, false)
	}
	for name, data := range map[string][]byte{
		"nothing":          nil,
		"a text":           []byte("核对文件"),
		"half a zip":       packed[:len(packed)/2],
		"no manifest":      change(func(files map[string][]byte) { delete(files, bundle.FileManifest) }),
		"another version":  change(func(files map[string][]byte) { swap(bundle.FileManifest, "bundle/v1", "bundle/v2")(t, files) }),
		"an unknown tier":  change(func(files map[string][]byte) { swap(bundle.FileManifest, `"public"`, `"secret"`)(t, files) }),
		"a broken list":    change(func(files map[string][]byte) { files[bundle.FileManifest] = []byte(`{"files":[{}]}`) }),
		"a file too large": change(func(files map[string][]byte) { files["zeros"] = make([]byte, 1<<20) }),
	} {
		if _, err := verify.Verify(data, verify.Options{}); !errors.Is(err, verify.ErrUnreadable) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNumbersAndNamesOfTheChecksAreStable(t *testing.T) {
	want := []string{"manifest", "leaves", "tree", "signatures", "opening", "amendments", "ballots", "paper", "voids", "close", "commitments", "count",
		"result", "receipt", "register", "certificate", "printed", "figures", "law", "homes", "witness", "lot", "import", "copies"}
	for i, check := range verify.Checks {
		if check.Number != i+1 || i < len(want) && check.Name != want[i] || check.Asks.ZH == "" || check.Asks.EN == "" {
			t.Errorf("check %d is %+v", i+1, check)
		}
	}
}

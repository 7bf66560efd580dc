package verify_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
)

var update = flag.Bool("update", false, "write the kept records anew")

// The sample's record in every tier, a receipt and two records of homes are kept as files: the page that checks records in
// a browser is held to them (web/checker_test.go).
func TestTheKeptRecordsAreTheSample(t *testing.T) {
	files := map[string][]byte{}
	for _, tier := range bundle.Tiers {
		files[string(tier)+".zip"] = pack(t, sample(t, tier).bundle(t))
	}
	files["held.zip"] = pack(t, held(t, bundle.Public).bundle(t))
	w := sample(t, bundle.Tellers)
	files["nothing.txt"] = answerFor(t, w, silentVoter, whole, true).signed()
	files["promise.txt"] = answerFor(t, w, silentVoter, 6, false).signed()
	voted := answerFor(t, w, votedVoter, whole, true)
	files["opened.txt"] = voted.signed()
	voted.record.Ballots, voted.record.Counted = nil, nil
	files["false.txt"] = voted.signed()
	leaf := answerFor(t, w, votedVoter, 6, false).record
	checkpoint, err := ledger.Checkpoint{Origin: origin, Size: leaf.Size, Root: leaf.Root}.Sign(logSigner())
	must(t, err)
	lines, err := ledger.ReceiptProof{Meeting: meetingID, Index: 4, Leaf: leaf.Ballots[0].ProvenLeaf, Key: logKeyText(), Checkpoint: string(checkpoint)}.Lines()
	must(t, err)
	files["receipt.txt"] = []byte("投票回执\r\n" + strings.Join(lines, "\r\n") + "\r\n")
	for name, want := range files {
		path := filepath.Join("testdata", "kept", name)
		if *update {
			must(t, os.MkdirAll(filepath.Dir(path), 0o755))
			must(t, os.WriteFile(path, want, 0o644))
		}
		got, err := os.ReadFile(path)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not the sample's: %v; go test ./voting/verify -run Kept -update", name, err)
		}
	}
}

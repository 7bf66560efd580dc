package cli

import (
	"bytes"
	"crypto/ed25519"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongjue/voting/ledger"
)

// offerFile is what a log of so many leaves offers to whoever saw old of them; other leaves make another log.
func offerFile(t *testing.T, name string, size, old int64) (path, logKey string) {
	t.Helper()
	leaves := make([]ledger.Hash, size)
	for i := range leaves {
		leaves[i] = ledger.Sum([]byte{name[0], byte(i)})
	}
	tree, key := ledger.NewTree(leaves), ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
	origin := ledger.Origin("test.example", "1")
	signer, err := ledger.NewSigner(origin, key)
	if err != nil {
		t.Fatal(err)
	}
	note, err := ledger.Checkpoint{Origin: origin, Size: size, Root: ledger.Root(leaves)}.Sign(signer)
	if err != nil {
		t.Fatal(err)
	}
	offer := ledger.Offer{Old: old, Note: note}
	if old > 0 {
		if offer.Proof, err = ledger.ProveConsistency(size, old, tree); err != nil {
			t.Fatal(err)
		}
	}
	if logKey, err = ledger.VerifierKey(origin, key.Public()); err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "checkpoint.txt")
	if err := os.WriteFile(path, offer.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path, logKey
}

func TestAStreetMakesAKeyAndSignsWithoutANetwork(t *testing.T) {
	dir := t.TempDir()
	key, state := filepath.Join(dir, "street.key"), filepath.Join(dir, "witness")
	code, out, complaint := call(t, nil, "", "witness", "keygen", "--name", "lianhua.street", "--key", key)
	_, proof, _ := strings.Cut(out, "\n\ngongjue.witness/v1\n")
	w, err := ledger.ReadWitnessProof("gongjue.witness/v1\n" + proof)
	if code != 0 || err != nil || !strings.Contains(out, w.Fingerprint().Printed()) {
		t.Fatalf("exit %d, %v, %q, %q", code, err, out, complaint)
	}
	if code, _, complaint = call(t, nil, "", "witness", "keygen", "--name", "lianhua.street", "--key", key); code != 1 {
		t.Errorf("over a key that is there: exit %d, %q", code, complaint)
	}
	first, logKey := offerFile(t, "a", 5, 0)
	if code, _, complaint = call(t, nil, "", "witness", "sign", "--key", key, "--state", state, first); code != 1 || !strings.Contains(complaint, "--log-key") {
		t.Errorf("without the log's key: exit %d, %q", code, complaint)
	}
	code, out, complaint = call(t, nil, "", "witness", "sign", "--key", key, "--state", state, "--log-key", logKey, first)
	if head, err := ledger.OpenByKey([]byte(out), logKey); code != 0 || err != nil || head.Size != 5 || !strings.Contains(out, "— lianhua.street ") {
		t.Fatalf("exit %d, %v, %q, %q", code, err, out, complaint)
	}
	next, _ := offerFile(t, "a", 9, 5)
	if code, out, complaint = call(t, nil, "", "witness", "sign", "--key", key, "--state", state, next); code != 0 || !strings.HasPrefix(out, "test.example/m/1\n9\n") {
		t.Errorf("exit %d, %q, %q", code, out, complaint)
	}
	forked, _ := offerFile(t, "b", 12, 9)
	code, out, complaint = call(t, nil, "", "witness", "sign", "--key", key, "--state", state, forked)
	if code != exitContradiction || out != "" || !strings.Contains(complaint, "test.example/m/1\n9\n") || !strings.Contains(complaint, "test.example/m/1\n12\n") {
		t.Errorf("a fork: exit %d, %q, %q", code, out, complaint)
	}
}

func TestAWitnessSaysWhatItLacks(t *testing.T) {
	for name, args := range map[string][]string{
		"no key":           {"run", "--server", "https://gongjue.example", "--state", "x"},
		"no server":        {"run", "--key", "x", "--state", "x"},
		"a server in gaps": {"run", "--server", "gongjue", "--key", "x", "--state", "x"},
		"too often":        {"run", "--server", "https://gongjue.example", "--key", "x", "--state", "x", "--every", "1s"},
		"no such key":      {"run", "--server", "https://gongjue.example", "--key", filepath.Join(t.TempDir(), "x"), "--state", "x"},
		"no name":          {"keygen", "--key", "x"},
		"a Chinese name":   {"keygen", "--name", "莲花街道", "--key", filepath.Join(t.TempDir(), "x")},
	} {
		if code, out, complaint := call(t, nil, "", append([]string{"witness"}, args...)...); code != 1 || out != "" || complaint == "" {
			t.Errorf("%s: exit %d, %q, %q", name, code, out, complaint)
		}
	}
}

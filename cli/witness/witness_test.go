package witness

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongjue/voting/ledger"
)

const (
	testMeeting = "01890000-0000-7000-8000-000000000001"
	testDomain  = "test.example"
	testAt      = 1_780_308_000_000
)

func testKey(t testing.TB) Key {
	t.Helper()
	return Key{"street.example", ed25519.NewKeyFromSeed(bytes.Repeat([]byte{3}, 32))}
}

// round opens the folder, goes round once and closes it, as a run of the command does.
func (l *liar) round(dir string) ([]Signed, error) {
	l.t.Helper()
	keeper, err := Open(dir)
	if err != nil {
		return nil, err
	}
	client, err := NewClient(l.URL + "/")
	if err != nil {
		l.t.Fatal(err)
	}
	var told []Signed
	err = keeper.Round(context.Background(), client, testKey(l.t), func() int64 { return testAt }, func(s Signed) { told = append(told, s) })
	if failed := keeper.Close(); failed != nil {
		l.t.Fatal(failed)
	}
	return told, err
}

func TestAWitnessSignsOnceAndGoesOn(t *testing.T) {
	l, dir := newLiar(t), t.TempDir()
	told, err := l.round(dir)
	if err != nil || len(told) != 1 || told[0].Size != 5 || !told[0].First || !told[0].Fresh {
		t.Fatalf("%+v, %v", told, err)
	}
	if told, err = l.round(dir); err != nil || len(told) != 0 || len(l.posted) != 1 {
		t.Errorf("again: %+v, %v, handed in %d times", told, err, len(l.posted))
	}
	l.become(func(l *liar) { l.leaves = leavesOf("a", 9) })
	if told, err = l.round(dir); err != nil || len(told) != 1 || told[0].Size != 9 || told[0].First {
		t.Errorf("a longer log: %+v, %v", told, err)
	}
	w, err := testKey(t).Witness()
	if err != nil {
		t.Fatal(err)
	}
	for _, note := range l.posted {
		log, err := ledger.OpenByKey(note, l.logKey())
		if err != nil || !strings.Contains(string(note), w.Name()) {
			t.Errorf("%+v, %v:\n%s", log, err, note)
		}
	}
}

func TestAWitnessRefusesWhatIsNotTheLogThatItSaw(t *testing.T) {
	for name, c := range map[string]struct {
		change func(l *liar)
		want   error
	}{
		"an older state, as from an old backup": {func(l *liar) { l.leaves = l.leaves[:4] }, ledger.ErrOlder},
		"one leaf altered":                      {func(l *liar) { l.leaves[2] = ledger.Sum([]byte("x")) }, ledger.ErrForked},
		"a fork that has grown":                 {func(l *liar) { l.leaves = fork(l.leaves, 3, 12) }, ledger.ErrForked},
		"an old backup that went on":            {func(l *liar) { l.leaves = fork(l.leaves, 4, 6) }, ledger.ErrForked},
		"another key of the log":                {func(l *liar) { l.key = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{8}, 32)) }, ErrOtherKey},
		"the log is not shown any more":         {func(l *liar) { l.hidden = true }, ErrLost},
	} {
		l, dir := newLiar(t), t.TempDir()
		if _, err := l.round(dir); err != nil {
			t.Fatal(err)
		}
		l.become(c.change)
		for range 2 { // and it does not get used to it
			told, err := l.round(dir)
			if !errors.Is(err, c.want) || len(told) != 0 || len(l.posted) != 1 {
				t.Errorf("%s: %+v, %v, handed in %d times", name, told, err, len(l.posted))
			}
			var contradiction *Contradiction
			if !errors.As(err, &contradiction) {
				continue
			}
			seen, _ := os.ReadFile(filepath.Join(contradiction.Folder, "seen.txt"))   // an empty text fails below
			shown, _ := os.ReadFile(filepath.Join(contradiction.Folder, "shown.txt")) // likewise
			if len(seen) == 0 || len(shown) == 0 || !strings.Contains(err.Error(), string(seen)) || !strings.Contains(err.Error(), string(shown)) {
				t.Errorf("%s: the evidence is\n%s\nand\n%s", name, seen, shown)
			}
		}
	}
}

func TestAServerThatAnswersNonsenseGetsNothing(t *testing.T) {
	for name, change := range map[string]func(l *liar){
		"more than anybody reads": func(l *liar) { l.garbage = true },
		"no server at all":        func(l *liar) { l.Server.CloseClientConnections(); l.Server.Listener.Close() },
	} {
		l, dir := newLiar(t), t.TempDir()
		l.become(change)
		if told, err := l.round(dir); err == nil || len(told) != 0 || len(l.posted) != 0 {
			t.Errorf("%s: %+v, %v", name, told, err)
		}
	}
}

func TestWhatWasSignedIsHandedInAfterACrash(t *testing.T) {
	l, dir := newLiar(t), t.TempDir()
	l.become(func(l *liar) { l.down = true })
	if told, err := l.round(dir); err == nil || len(told) != 0 {
		t.Fatalf("%+v, %v", told, err)
	}
	keeper, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := keeper.Recall(l.origin())
	if err != nil || kept.Size != 5 {
		t.Errorf("nothing was written down before it was handed in: %+v, %v", kept, err)
	}
	if err := keeper.Close(); err != nil {
		t.Fatal(err)
	}
	l.become(func(l *liar) { l.down = false })
	if told, err := l.round(dir); err != nil || len(told) != 1 || told[0].Fresh || string(l.posted[0]) != kept.Note {
		t.Errorf("%+v, %v", told, err)
	}
}

func TestTwoProcessesNeverWorkInOneFolder(t *testing.T) {
	dir := t.TempDir()
	first, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); !errors.Is(err, ErrBusy) {
		t.Errorf("the second: %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	second, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := second.Close(); err != nil {
		t.Error(err)
	}
}

func TestADamagedMemoryIsNoFirstSight(t *testing.T) {
	l, dir := newLiar(t), t.TempDir()
	if _, err := l.round(dir); err != nil {
		t.Fatal(err)
	}
	file := (&Keeper{dir: dir}).fileOf(l.origin())
	for name, text := range map[string]string{"empty": "", "half": `{"origin":"` + l.origin(), "of another log": `{"origin":"x","log_key":"k","size":3}`} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		l.become(func(l *liar) { l.leaves = fork(l.leaves, 2, 9) })
		if told, err := l.round(dir); err == nil || len(told) != 0 {
			t.Errorf("%s: %+v, %v", name, told, err)
		}
	}
}

func TestAnOfferIsSignedWithoutANetwork(t *testing.T) {
	l := newLiar(t)
	keeper, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = keeper.Close() }() // the folder goes with the test
	key := testKey(t)
	if _, err := keeper.Sign(key, "", l.offerOf(l.leaves, 0), testAt); !errors.Is(err, ErrNoKey) {
		t.Errorf("without the log's key: %v", err)
	}
	signed, err := keeper.Sign(key, l.logKey(), l.offerOf(l.leaves, 0), testAt)
	if err != nil || signed.Size != 5 {
		t.Fatalf("%+v, %v", signed, err)
	}
	again, err := keeper.Sign(key, "", l.offerOf(l.leaves, 0), testAt+1000)
	if err != nil || again.Fresh || !bytes.Equal(again.Note, signed.Note) {
		t.Errorf("the same again: %+v, %v", again, err)
	}
	longer := leavesOf("a", 9)
	if _, err := keeper.Sign(key, "", l.offerOf(longer, 2), testAt); !errors.Is(err, ledger.ErrOtherStart) || !strings.Contains(err.Error(), "?from=5") {
		t.Errorf("a proof from elsewhere: %v", err)
	}
	next, err := keeper.Sign(key, "", l.offerOf(longer, 5), testAt-1000)
	if err != nil || next.Size != 9 {
		t.Errorf("a longer one: %+v, %v", next, err)
	}
	for name, wrong := range map[string][]byte{"nothing": nil, "a note alone": l.offerOf(longer, 5)[6:], "another log's signature": bytes.Replace(l.offerOf(longer, 5), []byte("\n\n— "), []byte("\n\n— x"), 1)} {
		if _, err := keeper.Sign(key, "", wrong, testAt); !errors.Is(err, ledger.ErrCheckpoint) && !errors.Is(err, ErrNoKey) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAKeyFileIsForItsOwnerAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "street.key")
	key, err := NewKey("street.example")
	if err != nil {
		t.Fatal(err)
	}
	if err := key.Write(path); err != nil {
		t.Fatal(err)
	}
	if err := key.Write(path); !errors.Is(err, os.ErrExist) {
		t.Errorf("over one that is there: %v", err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o400 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	again, err := ReadKey(path)
	if err != nil || !again.secret.Equal(key.secret) || again.Name != key.Name {
		t.Errorf("%v", err)
	}
	if err := os.Chmod(path, 0o440); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadKey(path); !errors.Is(err, ErrKeyFile) {
		t.Errorf("one that others may read: %v", err)
	}
	if _, err := NewKey("街道"); !errors.Is(err, ledger.ErrWitness) {
		t.Errorf("a name that a note cannot carry: %v", err)
	}
	proof, err := key.Proof(testAt)
	if err != nil {
		t.Fatal(err)
	}
	if w, err := ledger.ReadWitnessProof(proof); err != nil || w.Name() != key.Name {
		t.Errorf("%v", err)
	}
}

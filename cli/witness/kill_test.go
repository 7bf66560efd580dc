package witness

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"gongjue/voting/ledger"
)

// TestR35NeverTwoInconsistentCosignatures kills the witness at any moment while the server shows one history and the other.
func TestR35NeverTwoInconsistentCosignatures(t *testing.T) {
	if server := os.Getenv("GONGJUE_WITNESS_SERVER"); server != "" {
		for { // the process that is killed
			goRound(t, server, os.Getenv("GONGJUE_WITNESS_DIR"))
		}
	}
	kills := 25
	if drill := os.Getenv("GONGJUE_DRILL"); drill != "" {
		kills = 1000
	}
	l, dir := newLiar(t), t.TempDir()
	honest := leavesOf("a", 2000)
	if _, err := l.round(dir); err != nil { // whichever it sees first is its log
		t.Fatal(err)
	}
	for kill := range kills {
		l.become(func(l *liar) {
			l.leaves = honest[:5+kill]
			if kill%3 == 1 {
				l.leaves = fork(honest, 4, 6+kill)
			}
		})
		process := exec.Command(os.Args[0], "-test.run=^TestR35NeverTwoInconsistentCosignatures$")
		process.Env = append(os.Environ(), "GONGJUE_WITNESS_SERVER="+l.URL, "GONGJUE_WITNESS_DIR="+dir)
		if err := process.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(15+7*(kill%9)) * time.Millisecond)
		if err := process.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = process.Wait() // killed
	}
	l.become(func(l *liar) { l.leaves = honest[:1999] })
	if _, err := l.round(dir); err != nil {
		t.Errorf("after all: %v", err)
	}
	if len(l.posted) < 2 {
		t.Fatalf("only %d cosignatures were handed in", len(l.posted))
	}
	tree := ledger.NewTree(honest)
	for _, note := range l.posted {
		head, err := ledger.OpenByKey(note, l.logKey())
		if err != nil {
			t.Fatal(err)
		}
		if root, err := ledger.RootOf(head.Size, tree); err != nil || root != head.Root {
			t.Fatalf("a cosignature of the fork:\n%s", note)
		}
	}
	t.Logf("%d cosignatures over %d kills", len(l.posted), kills)
}

func goRound(t *testing.T, server, dir string) {
	keeper, err := Open(dir)
	if err != nil {
		return // the one before is not quite gone
	}
	client, err := NewClient(server)
	if err != nil {
		t.Fatal(err)
	}
	_ = keeper.Round(context.Background(), client, testKey(t), func() int64 { return testAt }, func(Signed) {}) // forks are refused
	if err := keeper.Close(); err != nil {
		t.Fatal(err)
	}
}

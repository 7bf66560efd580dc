package ledger

import (
	"errors"
	"slices"
	"strconv"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"
)

func numbered(n int) []Hash {
	hashes := make([]Hash, n)
	for i := range hashes {
		hashes[i] = LeafHash([]byte(strconv.Itoa(i)))
	}
	return hashes
}

func TestTreesGrownInEveryWayHaveTheSameRoots(t *testing.T) {
	leaves := numbered(70)
	var edge Edge
	var appended Tree
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(places []int64) ([]tlog.Hash, error) {
		var hashes []tlog.Hash
		for _, place := range places {
			hashes = append(hashes, stored[place])
		}
		return hashes, nil
	})
	for n := range len(leaves) + 1 {
		want := Root(leaves[:n])
		byStore, err := RootOf(int64(n), reader)
		if err != nil || byStore != want {
			t.Fatalf("%d leaves by store: %s, want %s, %v", n, byStore, want, err)
		}
		byTree, err := RootOf(int64(n), &appended)
		if err != nil || byTree != want || appended.Size() != int64(n) {
			t.Fatalf("%d leaves by tree: %s of %d, want %s, %v", n, byTree, appended.Size(), want, err)
		}
		if edge.Root() != want || edge.Size != int64(n) || int64(len(stored)) != StoredCount(int64(n)) {
			t.Fatalf("%d leaves by edge: %s of %d", n, edge.Root(), edge.Size)
		}
		if n == len(leaves) {
			break
		}
		added, err := Grow(int64(n), leaves[n], reader)
		if err != nil || stored == nil != (n == 0) {
			t.Fatal(err)
		}
		stored = append(stored, toTlog(added)...)
		edge.Append(leaves[n])
		if err := appended.Append(leaves[n]); err != nil {
			t.Fatal(err)
		}
	}
	if built := NewTree(leaves); !slices.Equal(built.stored, appended.stored) || !slices.Equal(built.stored, stored) {
		t.Error("the stored hashes differ")
	}
}

func TestPropertyProofsHoldForTheirLeafAndNoOther(t *testing.T) {
	leaves := numbered(300)
	tree := NewTree(leaves)
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Int64Range(2, 300).Draw(t, "size")
		index := rapid.Int64Range(0, size-1).Draw(t, "index")
		root := Root(leaves[:size])
		proof, err := ProveInclusion(size, index, tree)
		if err != nil {
			t.Fatal(err)
		}
		if err := CheckInclusion(proof, size, root, index, leaves[index]); err != nil {
			t.Fatal(err)
		}
		other := (index + rapid.Int64Range(1, size-1).Draw(t, "shift")) % size
		for name, err := range map[string]error{
			"another leaf":   CheckInclusion(proof, size, root, index, leaves[other]),
			"another index":  CheckInclusion(proof, size, root, other, leaves[index]),
			"another root":   CheckInclusion(proof, size, leaves[0], index, leaves[index]),
			"a shorter one":  CheckInclusion(proof[1:], size, root, index, leaves[index]),
			"a longer one":   CheckInclusion(append(proof, root), size, root, index, leaves[index]),
			"an index below": CheckInclusion(proof, size, root, -1, leaves[index]),
			"an index above": CheckInclusion(proof, size, root, size, leaves[index]),
		} {
			if !errors.Is(err, ErrProof) {
				t.Fatalf("%s: %v", name, err)
			}
		}
	})
}

func TestPropertyConsistencyHoldsForPrefixesOnly(t *testing.T) {
	leaves := numbered(300)
	tree := NewTree(leaves)
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Int64Range(2, 300).Draw(t, "size")
		older := rapid.Int64Range(1, size-1).Draw(t, "older")
		root, olderRoot := Root(leaves[:size]), Root(leaves[:older])
		proof, err := ProveConsistency(size, older, tree)
		if err != nil {
			t.Fatal(err)
		}
		if err := CheckConsistency(proof, size, root, older, olderRoot); err != nil {
			t.Fatal(err)
		}
		forged := slices.Clone(leaves[:size])
		forged[rapid.Int64Range(0, older-1).Draw(t, "altered")][0] ^= 1
		if err := CheckConsistency(proof, size, Root(forged), older, olderRoot); !errors.Is(err, ErrProof) {
			t.Fatalf("an altered log: %v", err)
		}
		forgedProof, err := ProveConsistency(size, older, NewTree(forged))
		if err != nil {
			t.Fatal(err)
		}
		if err := CheckConsistency(forgedProof, size, Root(forged), older, olderRoot); !errors.Is(err, ErrProof) {
			t.Fatalf("an altered log with its own proof: %v", err)
		}
	})
}

func TestPartsThatATreeDoesNotHaveAreRefused(t *testing.T) {
	tree := NewTree(numbered(5))
	for name, err := range map[string]error{
		"the leaf at the size":       second(ProveInclusion(5, 5, tree)),
		"a leaf below 0":             second(ProveInclusion(5, -1, tree)),
		"a size beyond the tree":     second(ProveInclusion(9, 0, tree)),
		"an older tree of nothing":   second(ProveConsistency(5, 0, tree)),
		"an older tree that is more": second(ProveConsistency(5, 6, tree)),
		"a root of less than none":   second(RootOf(-1, tree)),
		"a root beyond the tree":     second(RootOf(8, tree)),
	} {
		if !errors.Is(err, ErrTree) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestAnEdgeIsStoredAndReadBack(t *testing.T) {
	var edge Edge
	for _, leaf := range append([]Hash{{}}, numbered(40)...) {
		read, err := ParseEdge(edge.Bytes())
		if err != nil || read.Size != edge.Size || !slices.Equal(read.Peaks, edge.Peaks) {
			t.Fatalf("size %d: %+v, %v", edge.Size, read, err)
		}
		edge.Append(leaf)
	}
	whole := edge.Bytes()
	for name, stored := range map[string][]byte{
		"nothing":             nil,
		"half a size":         whole[:7],
		"a peak missing":      whole[:len(whole)-32],
		"a byte missing":      whole[:len(whole)-1],
		"a peak too many":     append(slices.Clone(whole), make([]byte, 32)...),
		"a size out of range": slices.Repeat([]byte{255}, 8),
	} {
		if _, err := ParseEdge(stored); !errors.Is(err, ErrTree) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

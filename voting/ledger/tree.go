package ledger

import (
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// ErrProof says that a proof does not show what it is said to show.
var ErrProof = errors.New("proof does not hold")

// ErrTree says that hashes asked for are not there: an index beyond the tree, or a store with gaps.
var ErrTree = errors.New("no such part of the tree")

// HashReader gives stored hashes of a tree by their place (see StoredPlace); a database may stand behind it.
type HashReader = tlog.HashReader

// StoredPlace is the place of a node in the storage order of a tree: level 0 holds the leaves, n counts
// from 0 in its level. A tree of n leaves fills the places below StoredCount(n).
func StoredPlace(level int, n int64) int64 { return tlog.StoredHashIndex(level, n) }

// StoredCount is how many hashes a tree of that many leaves stores.
func StoredCount(leaves int64) int64 { return tlog.StoredHashCount(leaves) }

// Grow gives the hashes to store, at the places from StoredCount(size) on, when a leaf joins a tree of
// that size.
func Grow(size int64, leaf Hash, stored HashReader) ([]Hash, error) {
	added, err := tlog.StoredHashesForRecordHash(size, tlog.Hash(leaf), stored)
	if err != nil {
		return nil, fmt.Errorf("grow tree of %d leaves: %w", size, err)
	}
	return fromTlog(added), nil
}

// RootOf is the root of the first size leaves.
func RootOf(size int64, stored HashReader) (Hash, error) {
	if size < 0 {
		return Hash{}, ErrTree
	}
	root, err := tlog.TreeHash(size, stored)
	if err != nil {
		return Hash{}, fmt.Errorf("root of %d leaves: %w", size, err)
	}
	return Hash(root), nil
}

// ProveInclusion proves that the leaf at index is among the first size leaves. It refuses with ErrTree an
// index outside.
func ProveInclusion(size, index int64, stored HashReader) ([]Hash, error) {
	if index < 0 || index >= size {
		return nil, ErrTree
	}
	proof, err := tlog.ProveRecord(size, index, stored)
	if err != nil {
		return nil, fmt.Errorf("prove leaf %d of %d: %w", index, size, err)
	}
	return fromTlog(proof), nil
}

// CheckInclusion tells whether the proof ties the leaf at index to the root of size leaves; ErrProof if not.
func CheckInclusion(proof []Hash, size int64, root Hash, index int64, leaf Hash) error {
	if index < 0 || index >= size {
		return ErrProof
	}
	if err := tlog.CheckRecord(toTlog(proof), size, tlog.Hash(root), index, tlog.Hash(leaf)); err != nil {
		return fmt.Errorf("%w: %w", ErrProof, err)
	}
	return nil
}

// ProveConsistency proves that the tree of size leaves begins with the tree of the first older leaves.
// It refuses with ErrTree an older tree that is empty or larger.
func ProveConsistency(size, older int64, stored HashReader) ([]Hash, error) {
	if older < 1 || older > size {
		return nil, ErrTree
	}
	proof, err := tlog.ProveTree(size, older, stored)
	if err != nil {
		return nil, fmt.Errorf("prove that %d leaves begin with %d: %w", size, older, err)
	}
	return fromTlog(proof), nil
}

// CheckConsistency tells whether the proof shows that nothing of the older tree was changed; ErrProof if not.
func CheckConsistency(proof []Hash, size int64, root Hash, older int64, olderRoot Hash) error {
	if older < 1 || older > size {
		return ErrProof
	}
	if err := tlog.CheckTree(toTlog(proof), size, tlog.Hash(root), older, tlog.Hash(olderRoot)); err != nil {
		return fmt.Errorf("%w: %w", ErrProof, err)
	}
	return nil
}

// Tree keeps the hashes of a whole tree in memory, about two per leaf. The zero value is the empty tree.
// It is a HashReader, and not safe for writing by several goroutines at once.
type Tree struct{ stored []tlog.Hash }

// NewTree builds the tree over leaf hashes in log order.
func NewTree(leaves []Hash) *Tree {
	t := &Tree{stored: make([]tlog.Hash, 0, StoredCount(int64(len(leaves))))}
	edge := Edge{}
	for _, leaf := range leaves {
		t.add(&edge, leaf)
	}
	return t
}

// Root is the root of leaf hashes in log order; of none, SHA-256 of nothing (RFC 6962).
func Root(leaves []Hash) Hash {
	var edge Edge
	for _, leaf := range leaves {
		edge.Append(leaf)
	}
	return edge.Root()
}

// add stores the leaf and every node that it completes.
func (t *Tree) add(edge *Edge, leaf Hash) {
	t.stored = append(t.stored, tlog.Hash(leaf))
	edge.join(leaf, func(node Hash) { t.stored = append(t.stored, tlog.Hash(node)) })
}

// Append adds leaves at the end.
func (t *Tree) Append(leaves ...Hash) error {
	edge, err := t.edge()
	if err != nil {
		return err
	}
	for _, leaf := range leaves {
		t.add(&edge, leaf)
	}
	return nil
}

// edge reads the right edge back out of the stored hashes: for every one bit of the size the highest
// complete subtree that begins where the larger ones end.
func (t *Tree) edge() (Edge, error) {
	size := t.Size()
	e := Edge{Size: size}
	for level, begin := 62, int64(0); level >= 0; level-- {
		if size&(1<<level) == 0 {
			continue
		}
		place := StoredPlace(level, begin>>level)
		if place >= int64(len(t.stored)) {
			return Edge{}, ErrTree
		}
		e.Peaks = append(e.Peaks, Hash(t.stored[place]))
		begin += 1 << level
	}
	return e, nil
}

// Size is the number of leaves.
func (t *Tree) Size() int64 {
	stored := int64(len(t.stored))
	// A tree of n leaves stores between n and 2n hashes, so n lies in [stored/2, stored].
	low, high := stored/2, stored
	for low < high {
		if middle := (low + high) / 2; StoredCount(middle) < stored {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

// ReadHashes gives stored hashes by place; ErrTree for a place that is not filled.
func (t *Tree) ReadHashes(places []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, 0, len(places))
	for _, place := range places {
		if place < 0 || place >= int64(len(t.stored)) {
			return nil, ErrTree
		}
		hashes = append(hashes, t.stored[place])
	}
	return hashes, nil
}

func fromTlog(hashes []tlog.Hash) []Hash {
	converted := make([]Hash, len(hashes))
	for i, h := range hashes {
		converted[i] = Hash(h)
	}
	return converted
}

func toTlog(hashes []Hash) []tlog.Hash {
	converted := make([]tlog.Hash, len(hashes))
	for i, h := range hashes {
		converted[i] = tlog.Hash(h)
	}
	return converted
}

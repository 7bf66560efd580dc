package ledger

import (
	"crypto/sha256"
	"encoding/binary"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// Edge is the right edge of a tree: all that is needed to append and to know the root, in 32 bytes per
// one bit of the size. The row of a meeting's log head holds it, so that a group of ballots is appended
// under that row's lock without reading a leaf. The zero value is the empty tree.
type Edge struct {
	Size  int64
	Peaks []Hash // roots of the complete subtrees, the largest (leftmost) first
}

// Append adds a leaf hash at the end.
func (e *Edge) Append(leaf Hash) { e.join(leaf, func(Hash) {}) }

// join merges the leaf with every complete subtree of its own height and reports each node so completed.
func (e *Edge) join(leaf Hash, completed func(Hash)) {
	node := leaf
	for range bits.TrailingZeros64(^uint64(e.Size)) {
		last := len(e.Peaks) - 1
		node = Hash(tlog.NodeHash(tlog.Hash(e.Peaks[last]), tlog.Hash(node)))
		e.Peaks = e.Peaks[:last]
		completed(node)
	}
	e.Peaks = append(e.Peaks, node)
	e.Size++
}

// Root is the root of the tree so far.
func (e *Edge) Root() Hash {
	if len(e.Peaks) == 0 {
		return sha256.Sum256(nil)
	}
	root := e.Peaks[len(e.Peaks)-1]
	for i := len(e.Peaks) - 2; i >= 0; i-- {
		root = Hash(tlog.NodeHash(tlog.Hash(e.Peaks[i]), tlog.Hash(root)))
	}
	return root
}

// Bytes is the stored form: eight bytes of size, most significant first, then the peaks.
func (e *Edge) Bytes() []byte {
	stored := binary.BigEndian.AppendUint64(nil, uint64(e.Size))
	for _, peak := range e.Peaks {
		stored = append(stored, peak[:]...)
	}
	return stored
}

// ParseEdge reads what Bytes gives. It refuses with ErrTree a size that does not fit the number of peaks.
func ParseEdge(stored []byte) (Edge, error) {
	if len(stored) < 8 {
		return Edge{}, ErrTree
	}
	size := binary.BigEndian.Uint64(stored)
	peaks := stored[8:]
	if size > maxIndex || len(peaks) != bits.OnesCount64(size)*len(Hash{}) {
		return Edge{}, ErrTree
	}
	e := Edge{Size: int64(size)}
	for len(peaks) > 0 {
		e.Peaks = append(e.Peaks, Hash(peaks[:len(Hash{})]))
		peaks = peaks[len(Hash{}):]
	}
	return e, nil
}

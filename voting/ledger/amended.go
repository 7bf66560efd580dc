package ledger

import (
	"fmt"
	"slices"

	"gongjue/voting"
)

// AmendKind says what became known of a frozen roster.
type AmendKind string

// The kinds. None changes what a meeting counts: its roster is the one that the open leaf fixed.
const (
	AmendRoster   AmendKind = "roster"   // a correction made the next version, for later meetings
	AmendTransfer AmendKind = "transfer" // a unit was sold: the roster stays as it is
	AmendMandate  AmendKind = "mandate"  // it changed who casts for a unit, which stays its owners': so does the roster
)

// AmendKinds lists every kind.
var AmendKinds = []AmendKind{AmendRoster, AmendTransfer, AmendMandate}

// Amend records what two people found about the roster of a meeting after it was frozen. Those that were approved
// between the notice and the start stand directly above the first ballots, in their order.
type Amend struct {
	Kind     AmendKind
	Change   Hash // of the published entry, see bundle.Amendment
	OldRoot  Hash
	NewRoot  Hash // of the version that a correction made; OldRoot of the other kinds
	Heads    int64
	Area     voting.Area
	Approved int64  // Unix ms
	First    string // pseudonym of whoever proposed it; written as a Meeting
	Second   string // of whoever approved it, who is somebody else
}

// Type is amend.
func (Amend) Type() LeafType { return LeafAmend }

func (b Amend) write(o *object) {
	o.text("kind", string(b.Kind))
	o.hash("change", b.Change)
	o.hash("old_root", b.OldRoot)
	o.hash("new_root", b.NewRoot)
	o.number("heads", b.Heads)
	o.number("area_cm2", int64(b.Area))
	o.text("approved", Instant(b.Approved))
	o.text("first", b.First)
	o.text("second", b.Second)
}

func (b Amend) check(h Header) error {
	switch {
	case !slices.Contains(AmendKinds, b.Kind):
		return fmt.Errorf("%w: unknown kind of amendment", ErrLeaf)
	case (b.OldRoot == b.NewRoot) == (b.Kind == AmendRoster):
		return fmt.Errorf("%w: a correction makes another root, and nothing else does", ErrLeaf)
	case b.Heads < 1 || b.Area < 1:
		return fmt.Errorf("%w: an amended roster without heads or area", ErrLeaf)
	case !instantInRange(b.Approved) || b.Approved > h.At:
		return fmt.Errorf("%w: approved after it was recorded", ErrLeaf)
	case !identifier(b.First) || !identifier(b.Second) || b.First == b.Second:
		return fmt.Errorf("%w: an amendment takes two people", ErrLeaf)
	}
	return nil
}

func (r *reader) amended() Amend {
	return Amend{Kind: AmendKind(r.text("kind")), Change: r.hash("change"), OldRoot: r.hash("old_root"), NewRoot: r.hash("new_root"),
		Heads: r.number("heads"), Area: voting.Area(r.number("area_cm2")), Approved: r.instant("approved"), First: r.text("first"), Second: r.text("second")}
}

package ledger

import (
	"fmt"

	"gongjue/voting"
)

// Lot records a public lot (公开抽签) by which options that were equal came into an order. It holds what the seed was
// made of and no order: anybody draws that again (voting.Lot). It follows the result leaf, and at most one stands
// in a log: a number that did not please is not drawn again.
type Lot struct {
	Root          Hash   // of the log up to its close leaf: the half of the seed that was fixed before anybody knew of a tie
	Number        string // the other half, drawn in public: digits exactly as written
	Result        Hash   // the displayed result with the ties, as the result leaf names it
	Announcements Hash   // SHA-256 of the canonical JSON of every announcement of the draw, the oldest first
	Announced     int64  // Unix ms: when the announcement in force was made
	Due           int64  // the time that it named
	Drawn         int64  // when the number was drawn
	First         string // pseudonym of who recorded the number; written as a Meeting
	Second        string // of who typed it again, in another role
}

// Type is lot.
func (Lot) Type() LeafType { return LeafLot }

func (b Lot) write(o *object) {
	o.hash("root", b.Root)
	o.text("number", b.Number)
	o.hash("result", b.Result)
	o.hash("announcements", b.Announcements)
	o.text("announced", Instant(b.Announced))
	o.text("due", Instant(b.Due))
	o.text("drawn", Instant(b.Drawn))
	o.text("first", b.First)
	o.text("second", b.Second)
}

func (b Lot) check(h Header) error {
	number, written := voting.LotNumber(b.Number, int64(len(b.Number)))
	switch {
	case !identifier(b.First) || !identifier(b.Second) || b.First == b.Second:
		return fmt.Errorf("%w: a lot is recorded by two people", ErrLeaf)
	case !written || number != b.Number:
		return fmt.Errorf("%w: the number of a lot", ErrLeaf)
	case !instantInRange(b.Announced) || b.Announced >= b.Due || b.Due > b.Drawn || b.Drawn > h.At:
		return fmt.Errorf("%w: a lot is announced, due, drawn and recorded in this order", ErrLeaf)
	}
	return nil
}

func (r *reader) lot() Lot {
	return Lot{
		Root: r.hash("root"), Number: r.text("number"), Result: r.hash("result"), Announcements: r.hash("announcements"),
		Announced: r.instant("announced"), Due: r.instant("due"), Drawn: r.instant("drawn"),
		First: r.text("first"), Second: r.text("second"),
	}
}

package ledger

import "fmt"

// Unseal records by whose seal cards the ballots were opened, where three people held the key: the convener has card 1,
// the street card 2, a teller card 3. It stands directly above the result leaf, and the time of that leaf is its own.
type Unseal struct {
	Key        Hash   // X25519, as it is: the public key that the notice announced
	FirstCard  int64  // the card that came first and waited
	SecondCard int64  // the one that opened the ballots together with it
	Entered    int64  // Unix ms: when the first was typed in
	First      string // pseudonym of who typed the first; written as a Meeting
	Second     string // of who typed the second, who is somebody else
}

// sealCards is how many cards a seal has.
const sealCards = 3

// Type is unseal.
func (Unseal) Type() LeafType { return LeafUnseal }

func (b Unseal) write(o *object) {
	o.hash("key", b.Key)
	o.number("first_card", b.FirstCard)
	o.number("second_card", b.SecondCard)
	o.text("entered", Instant(b.Entered))
	o.text("first", b.First)
	o.text("second", b.Second)
}

func (b Unseal) check(h Header) error {
	switch {
	case b.FirstCard < 1 || b.FirstCard > sealCards || b.SecondCard < 1 || b.SecondCard > sealCards || b.FirstCard == b.SecondCard:
		return fmt.Errorf("%w: a seal is opened by two of its cards", ErrLeaf)
	case !identifier(b.First) || !identifier(b.Second) || b.First == b.Second:
		return fmt.Errorf("%w: a seal is opened by two people", ErrLeaf)
	case !instantInRange(b.Entered) || b.Entered > h.At:
		return fmt.Errorf("%w: a card that was typed in afterwards", ErrLeaf)
	}
	return nil
}

func (r *reader) unseal() Unseal {
	return Unseal{Key: r.hash("key"), FirstCard: r.number("first_card"), SecondCard: r.number("second_card"), Entered: r.instant("entered"),
		First: r.text("first"), Second: r.text("second")}
}

// Waive records that the street lets a result be announced which its witness did not sign. By names the account of
// the street that said so, by the pseudonym of the meeting.
type Waive struct {
	Result Hash // what may be announced, as the newest result leaf names it
	Waiver Hash // of the published entry, see bundle.Waiver
}

// Type is waive.
func (Waive) Type() LeafType { return LeafWaive }

func (b Waive) write(o *object) {
	o.hash("result", b.Result)
	o.hash("waiver", b.Waiver)
}

func (Waive) check(Header) error { return nil }

package ledger

import (
	"fmt"
	"slices"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
)

// Profile says who may see the book after the close; the open leaf fixes it from the rules of procedure.
type Profile string

// The profiles.
const (
	OpenBook   Profile = "A" // choices per room to the owners of the meeting
	SealedBook Profile = "B" // public recount without choices
	ClosedBook Profile = "C" // tellers recount under the street's eyes
)

// Profiles lists every profile.
var Profiles = []Profile{OpenBook, SealedBook, ClosedBook}

// Open is leaf 0: everything that may not change once voting begins.
type Open struct {
	RosterRoot Hash
	Units      int64 // units on the frozen roster, counted or not
	Heads      int64
	Area       voting.Area
	Rules      Hash     // rules of procedure: the rule pack's snapshot
	Agenda     Hash     // matters and announced parameters
	Opens      int64    // Unix ms
	Closes     int64    // Unix ms; a ballot counts when it is received before
	LogKey     string   // verifier key of the log, as note.NewVerifier reads it
	StreetKeys []string // verifier keys of the street; may be empty
	Release    Hash     // the program that ran the meeting
	Profile    Profile
}

// Type is open.
func (Open) Type() LeafType { return LeafOpen }

func (b Open) write(o *object) {
	o.hash("roster_root", b.RosterRoot)
	o.number("units", b.Units)
	o.number("heads", b.Heads)
	o.number("area_cm2", int64(b.Area))
	o.hash("rules", b.Rules)
	o.hash("agenda", b.Agenda)
	o.text("opens", Instant(b.Opens))
	o.text("closes", Instant(b.Closes))
	o.text("log_key", b.LogKey)
	o.texts("street_keys", b.StreetKeys)
	o.hash("release", b.Release)
	o.text("profile", string(b.Profile))
}

func (b Open) check(Header) error {
	switch {
	case b.Units < 1 || b.Heads < 1 || b.Area < 1:
		return fmt.Errorf("%w: a roster without units, heads or area", ErrLeaf)
	case !instantInRange(b.Opens) || !instantInRange(b.Closes) || b.Opens >= b.Closes:
		return fmt.Errorf("%w: it closes before it opens", ErrLeaf)
	case !printable(b.LogKey) || slices.ContainsFunc(b.StreetKeys, func(k string) bool { return !printable(k) }):
		return fmt.Errorf("%w: a key is not printable", ErrLeaf)
	case !slices.Contains(Profiles, b.Profile):
		return fmt.Errorf("%w: unknown profile", ErrLeaf)
	}
	return nil
}

// Ballot records that somebody voted and commits to what, without saying who or what.
type Ballot struct {
	Slot       Hash              // commitment to the slot, see SlotCommitment
	Channel    lifecycle.Channel // every one but paper, whose sheets have a leaf type of their own
	Revision   int64             // 1 for the first ballot of a voter
	Choices    Hash              // c, see BallotCommitment
	Evidence   Hash              // ev, see EvidenceCommitment
	Supersedes int64             // index of the ballot that this one replaces; 0 for none
}

// Type is ballot.
func (Ballot) Type() LeafType { return LeafBallot }

func (b Ballot) write(o *object) {
	o.hash("slot", b.Slot)
	o.text("channel", string(b.Channel))
	o.number("revision", b.Revision)
	o.hash("c", b.Choices)
	o.hash("ev", b.Evidence)
	o.number("supersedes", b.Supersedes)
}

func (b Ballot) check(h Header) error {
	if !slices.Contains(lifecycle.Channels, b.Channel) || b.Channel == lifecycle.Paper {
		return fmt.Errorf("%w: channel", ErrLeaf)
	}
	return checkRevision(h, b.Revision, b.Supersedes)
}

func checkRevision(h Header, revision, supersedes int64) error {
	switch {
	case revision < 1 || supersedes < 0 || supersedes >= h.Index:
		return fmt.Errorf("%w: revision or superseded index", ErrLeaf)
	case (revision > 1) != (supersedes > 0):
		return fmt.Errorf("%w: a later revision names the earlier ballot, a first one none", ErrLeaf)
	}
	return nil
}

// Close ends the casting. It holds no choices. It counts what was recorded at that moment: no ballot leaf
// follows it, but paper leaves may, of sheets that were in the box (see Paper), and the result of a city's platform
// below its import leaf (see Import).
type Close struct {
	Leaves    int64                       // leaves before this one: its own index
	Ballots   int64                       // effective ballots so far, superseded ones left out
	ByChannel map[lifecycle.Channel]int64 // adds up to Ballots; channels without a ballot are left out
}

// Type is close.
func (Close) Type() LeafType { return LeafClose }

func (b Close) write(o *object) {
	o.number("leaves", b.Leaves)
	o.number("ballots", b.Ballots)
	var counts object
	for channel, n := range b.ByChannel {
		counts.number(string(channel), n)
	}
	o.object("by_channel", &counts)
}

func (b Close) check(h Header) error {
	sum := int64(0)
	for channel, n := range b.ByChannel {
		if !slices.Contains(lifecycle.Channels, channel) || n < 1 || n > b.Ballots {
			return fmt.Errorf("%w: ballots of a channel", ErrLeaf)
		}
		sum += n
	}
	// Each ballot has its leaf after the open leaf, hence fewer than Leaves.
	if b.Leaves != h.Index || b.Ballots < 0 || b.Ballots >= b.Leaves || sum != b.Ballots {
		return fmt.Errorf("%w: counts of the close", ErrLeaf)
	}
	return nil
}

// Result commits to the count, before anybody announces it. A second one follows the leaf of a lot: the same count
// in the order drawn.
type Result struct {
	FullBook   Hash
	PublicBook Hash
	Outcome    Hash // the result with its steps
}

// Type is result.
func (Result) Type() LeafType { return LeafResult }

func (b Result) write(o *object) {
	o.hash("full_book", b.FullBook)
	o.hash("public_book", b.PublicBook)
	o.hash("result", b.Outcome)
}

func (Result) check(Header) error { return nil }

// Certify records the street's certificate (备案证明).
type Certify struct {
	Certificate Hash // of the signed certificate
}

// Type is certify.
func (Certify) Type() LeafType { return LeafCertify }

func (b Certify) write(o *object) { o.hash("certificate", b.Certificate) }

func (Certify) check(Header) error { return nil }

// Access records that somebody of the staff was handed a copy of a book that is not public. By names the reader,
// by the pseudonym of the meeting; the copy names the index of this leaf.
type Access struct {
	Tier string // which book: owners or tellers
}

// AccessTiers lists the books whose copies are recorded.
var AccessTiers = []string{"owners", "tellers"}

// Type is access.
func (Access) Type() LeafType { return LeafAccess }

func (b Access) write(o *object) { o.text("tier", b.Tier) }

func (b Access) check(Header) error {
	if !slices.Contains(AccessTiers, b.Tier) {
		return fmt.Errorf("%w: unknown book", ErrLeaf)
	}
	return nil
}

package ledger

import (
	"crypto/sha256"
	"fmt"
	"slices"
)

// ObjectionAct is what happened to an objection to the count.
type ObjectionAct string

// The acts about objections.
const (
	ObjectionRecorded  ObjectionAct = "recorded"
	ObjectionWithdrawn ObjectionAct = "withdrawn"
	ObjectionUpheld    ObjectionAct = "upheld"
	ObjectionDismissed ObjectionAct = "dismissed"
)

// ObjectionActs lists every act.
var ObjectionActs = []ObjectionAct{ObjectionRecorded, ObjectionWithdrawn, ObjectionUpheld, ObjectionDismissed}

// Objection records an act about an objection to the count. By is the server for an owner, whom the log does not name.
type Objection struct {
	Act      ObjectionAct
	Document Hash // of the published entry, see bundle.Objection
}

// Type is objection.
func (Objection) Type() LeafType { return LeafObjection }

func (b Objection) write(o *object) { o.entry(string(b.Act), b.Document) }

func (b Objection) check(Header) error { return known(b.Act, ObjectionActs) }

// ObjectionText stands for what was objected or answered: SHA-256("gongjue.objection/v1\0" ‖ LP(meeting) ‖ LP(id of the
// objection) ‖ LP(text)). The id is random and not public, so that nobody finds a short text by trial.
func ObjectionText(meeting, id, text string) Hash {
	return sha256.Sum256(appendParts([]byte("gongjue.objection/v1\x00"), []byte(meeting), []byte(id), []byte(text)))
}

// SampleAct is a step of a street's sample.
type SampleAct string

// The steps of a sample.
const (
	SampleAnnounced SampleAct = "announced" // with its plan, before anybody knows the number
	SampleDrawn     SampleAct = "drawn"     // which ballots the public number meets
	SampleEnded     SampleAct = "ended"     // with what it shows
	SampleWithdrawn SampleAct = "withdrawn"
)

// SampleActs lists every step.
var SampleActs = []SampleAct{SampleAnnounced, SampleDrawn, SampleEnded, SampleWithdrawn}

// Sample records a step of a street's sample.
type Sample struct {
	Act      SampleAct
	Document Hash // of the published entry, see bundle.Sample
}

// Type is sample.
func (Sample) Type() LeafType { return LeafSample }

func (b Sample) write(o *object) { o.entry(string(b.Act), b.Document) }

func (b Sample) check(Header) error { return known(b.Act, SampleActs) }

// entry writes an act and the hash of what is published of it.
func (o *object) entry(act string, document Hash) {
	o.text("act", act)
	o.hash("document", document)
}

func known[T ~string](act T, acts []T) error {
	if !slices.Contains(acts, act) {
		return fmt.Errorf("%w: unknown act %s", ErrLeaf, act)
	}
	return nil
}

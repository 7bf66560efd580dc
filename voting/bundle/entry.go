package bundle

import (
	"gongjue/voting/ledger"
	"gongjue/voting/sample"
)

// Entry is what is published of an act after the count. Its leaf holds the hash of its canonical JSON.
type Entry interface {
	// Leaf gives the leaf and the canonical JSON. It fails as [ledger.Canonical] does.
	Leaf() (ledger.Body, []byte, error)
}

// Objection is one published entry about an objection to the count. Of the texts it holds a hash: they may name people, and
// whoever knows text and id of the objection can show that it is this one.
type Objection struct {
	Type      ledger.LeafType     `json:"type"` // objection; set by Leaf
	Act       ledger.ObjectionAct `json:"act"`
	Number    int64               `json:"number"` // 1-based within the meeting
	Subject   string              `json:"subject"`
	Matter    string              `json:"matter,omitempty"`    // id
	Candidate string              `json:"candidate,omitempty"` // name of the option
	Source    string              `json:"source"`              // desk or owner
	Text      string              `json:"text,omitempty"`      // see [ledger.ObjectionText]: of what was objected or answered; none of a withdrawal
	At        int64               `json:"at"`                  // Unix ms
}

// Leaf is an [Entry]'s.
func (o Objection) Leaf() (ledger.Body, []byte, error) {
	o.Type = ledger.LeafObjection
	text, err := ledger.Canonical(o)
	return ledger.Objection{Act: o.Act, Document: ledger.Sum(text)}, text, err
}

// Sample is one published entry about a round of a street's sample. Ballots are named by their leaves.
type Sample struct {
	Type      ledger.LeafType  `json:"type"` // sample; set by Leaf
	Act       ledger.SampleAct `json:"act"`
	Round     int64            `json:"round"` // 1-based within the meeting
	At        int64            `json:"at"`    // Unix ms, as below
	Plan      *sample.Plan     `json:"plan,omitempty"`
	DueAt     int64            `json:"due_at,omitempty"` // when the number is drawn in public
	Place     string           `json:"place,omitempty"`
	Manner    string           `json:"manner,omitempty"`
	Digits    int64            `json:"digits,omitempty"`
	Number    string           `json:"number,omitempty"`
	NumberAt  int64            `json:"number_at,omitempty"`
	Witnesses string           `json:"witnesses,omitempty"` // by role
	Root      string           `json:"root,omitempty"`      // of the log up to its close leaf: the seed is this, `/`, the number
	Certain   []int64          `json:"certain,omitempty"`   // leaves that are asked about without a lot
	ByLot     []int64          `json:"by_lot,omitempty"`    // the others, in the order of the lot
	Finding   *sample.Finding  `json:"finding,omitempty"`
	Reason    string           `json:"reason,omitempty"` // of a withdrawal
}

// Leaf is an [Entry]'s.
func (s Sample) Leaf() (ledger.Body, []byte, error) {
	s.Type = ledger.LeafSample
	text, err := ledger.Canonical(s)
	return ledger.Sample{Act: s.Act, Document: ledger.Sum(text)}, text, err
}

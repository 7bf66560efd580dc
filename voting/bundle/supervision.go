package bundle

import (
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// Supervision is one entry of what an authority did about the decisions: a leaf holds its hash.
type Supervision struct {
	Number     int64                     `json:"number"` // running number in the community
	Kind       lifecycle.SupervisionKind `json:"kind"`
	Settles    int64                     `json:"settles,omitempty"` // number of the order that it answers
	Authority  lifecycle.Actor           `json:"authority"`
	Name       string                    `json:"name"`                  // of the authority or the convener
	Matters    []int64                   `json:"matters,omitempty"`     // positions; none for all
	Breached   string                    `json:"breached,omitempty"`    // which law, rules or covenant
	Basis      string                    `json:"basis,omitempty"`       // what empowers the authority
	Body       string                    `json:"body"`                  // what is to be done, was done, or is so
	LimitAt    int64                     `json:"limit_at,omitempty"`    // Unix ms
	Court      string                    `json:"court,omitempty"`       //
	CaseNumber string                    `json:"case_number,omitempty"` //
	JudgedOn   string                    `json:"judged_on,omitempty"`   // date
	At         int64                     `json:"at"`                    // Unix ms
}

// Hash is what the leaf holds: SHA-256 of the entry's canonical JSON.
func (s Supervision) Hash() (ledger.Hash, error) {
	text, err := ledger.Canonical(s)
	return ledger.Sum(text), err
}

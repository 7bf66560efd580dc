package bundle

import (
	"gongjue/voting"
	"gongjue/voting/ledger"
)

// Amendment is what became known of a frozen roster, as everybody may read it: no names, no phones.
type Amendment struct {
	Kind       ledger.AmendKind `json:"kind"`
	Number     int64            `json:"number"`          // within the community, of its kind
	Place      string           `json:"place"`           // of the unit, such as "3号楼/1单元/301"
	What       []string         `json:"what"`            // what changed: area, owners, …; of the other kinds nothing
	AreaBefore voting.Area      `json:"area_before_cm2"` // of the unit; 0 where it was missing, and of a mandate
	AreaAfter  voting.Area      `json:"area_after_cm2"`
	Heads      int64            `json:"heads"`    // of the roster afterwards
	Area       voting.Area      `json:"area_cm2"` // of the roster afterwards
	OldRoot    string           `json:"old_root"`
	NewRoot    string           `json:"new_root"`
	Reason     string           `json:"reason"`      // empty of a mandate: that somebody has a guardian is nobody's business
	Proof      []string         `json:"proof"`       // SHA-256 of the files that prove it; of a mandate one keyed hash of who acts for whom
	ProposedAt int64            `json:"proposed_at"` // Unix ms, as below
	ApprovedAt int64            `json:"approved_at"`
}

// Hash is what the leaf of an amendment says of it: SHA-256 of its canonical JSON. It fails as [ledger.Canonical] does.
func (a Amendment) Hash() (ledger.Hash, error) {
	text, err := ledger.Canonical(a)
	return ledger.Sum(text), err
}

package ledger

import "gongjue/voting/lifecycle"

// Supervise records what an authority did about the decisions of the meeting, or what was reported to it. By names the
// account, by the pseudonym of the meeting.
type Supervise struct {
	Act      lifecycle.SupervisionKind
	Document Hash // of the published entry, see bundle.Supervision
}

// Type is supervise.
func (Supervise) Type() LeafType { return LeafSupervise }

func (b Supervise) write(o *object) { o.entry(string(b.Act), b.Document) }

func (b Supervise) check(Header) error { return known(b.Act, lifecycle.SupervisionKinds) }

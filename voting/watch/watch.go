// Package watch keeps the watch list (重点关注名单): which communities a street or a district looks after more closely, since
// when, why and until when, as of any moment, and which facts suggest that one be put on it. A fact never lists a
// community: a person does, with a reason. It knows neither a database nor what a fact is about.
package watch

import "slices"

// Reason is why a community is on the list.
type Reason string

// The reasons. Those up to Unanswered are flags: the system finds their facts itself.
const (
	Deadline   Reason = "deadline_missed"
	TermLapsed Reason = "term_lapsed"
	Correction Reason = "correction_open"
	Upheld     Reason = "objection_upheld"
	Failed     Reason = "votes_failed" // twice in a row
	Handover   Reason = "handover_refused"
	Unanswered Reason = "convening_unanswered"

	Dispute   Reason = "dispute"
	Abandoned Reason = "abandoned" // by its property firm
	Funds     Reason = "funds"
	Safety    Reason = "safety"
	Other     Reason = "other"
)

// Reasons lists every reason in the order in which forms offer them, Flags those with facts of their own.
var (
	Reasons = []Reason{Deadline, TermLapsed, Correction, Upheld, Failed, Handover, Unanswered, Dispute, Abandoned, Funds, Safety, Other}
	Flags   = Reasons[:7]
)

// Kind is what an entry of the list does.
type Kind string

// The kinds.
const (
	Listed    Kind = "listed"
	Changed   Kind = "changed" // other reasons, or another day
	Removed   Kind = "removed"
	Dismissed Kind = "dismissed" // a suggestion
)

// Kinds lists every kind.
var Kinds = []Kind{Listed, Changed, Removed, Dismissed}

// Entry is one line of a community's history. Instants are Unix ms.
type Entry struct {
	Kind    Kind
	Reasons []Reason // of a dismissal the flag
	Facts   []string // keys of the facts that whoever made it had before them
	Until   int64    // last ms of the last day on the list; 0 for until it is taken off
	At      int64
}

// Standing is how a community stands at a moment.
type Standing struct {
	On      bool
	Over    bool // its last day has passed, and nobody has decided what follows
	Since   int64
	Until   int64 // as in [Entry]
	Reasons []Reason
	Entry   int // of the entries, the one that says so
}

// At is how a community with these entries, the oldest first, stood at a moment.
func At(entries []Entry, at int64) (found Standing) {
	for i, entry := range entries {
		if entry.At > at {
			break
		}
		switch entry.Kind {
		case Listed:
			found = Standing{On: true, Since: entry.At, Until: entry.Until, Reasons: entry.Reasons, Entry: i}
		case Changed:
			found.Until, found.Reasons, found.Entry = entry.Until, entry.Reasons, i
		case Removed:
			found = Standing{Entry: i}
		}
	}
	if found.On && found.Until != 0 && at > found.Until {
		found.On, found.Over = false, true
	}
	return found
}

// Fact is something that the system found out. Its key names it for good, so that what somebody looked at and put aside
// does not come back, and something new does.
type Fact struct {
	Reason Reason
	Key    string
	At     int64 // when it came to be
}

// Suggested tells whether a fact suggests, at a moment, that the community be put on the list, or kept on it for this reason
// too: not where it is on it for that already, nor where somebody had the fact before them and dismissed it or took the
// community off.
func Suggested(fact Fact, entries []Entry, at int64) bool {
	if now := At(entries, at); now.On && slices.Contains(now.Reasons, fact.Reason) {
		return false
	}
	return !slices.ContainsFunc(entries, func(e Entry) bool {
		return e.At <= at && (e.Kind == Dismissed || e.Kind == Removed) && slices.Contains(e.Facts, fact.Key)
	})
}

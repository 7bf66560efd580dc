// Package stage tells where a community stands on its way to a committee as of any moment, from the instants of its
// events alone: what was true on a day follows from what had happened by then, so that no history is kept. It knows
// neither the rule packs nor a database.
package stage

import (
	"slices"

	"gongjue/voting/calendar"
)

// Stage is where a community stands.
type Stage string

// The stages, in the order of the way. A community with a committee in its term stands at the committee, also while it
// votes on other things or elects the next one.
const (
	None      Stage = "none"      // no committee, and no election under way
	Preparing Stage = "preparing" // a meeting that elects was noticed
	Voting    Stage = "voting"    // from the opening of the vote to the final result
	Filing    Stage = "filing"    // somebody was elected, and it is not certified yet
	InTerm    Stage = "in_term"   // the committee is certified
	Renewal   Stage = "renewal"   // and the time before the end of its term has begun in which the next one is elected
	Lapsed    Stage = "lapsed"    // the term ended without another committee
)

// Stages lists every stage.
var Stages = []Stage{None, Preparing, Voting, Filing, InTerm, Renewal, Lapsed}

// Body is who acts for the owners.
type Body string

// The bodies.
const (
	NoBody    Body = "none"
	Committee Body = "committee" // certified, in its term
	Interim   Body = "interim"   // 物业管理委员会
)

// Bodies lists every body.
var Bodies = []Body{NoBody, Committee, Interim}

// Window is what a place's rules say about terms; zero where they are silent.
type Window struct {
	TermYears     int // the longest term, for a certificate that names no end
	RenewalMonths int // before the end of the term, or
	RenewalDays   int
	InterimYears  int // for which an interim body stands
}

// Meeting is one with an election, or one that an interim body convened. Instants are Unix ms; 0 for what has not
// happened.
type Meeting struct {
	ID        string
	Elects    bool
	Interim   bool // convened by the interim body
	Noticed   int64
	Opened    int64
	Published int64 // the final result
	Ended     int64 // cancelled, annulled or revoked
	Elected   bool  // its final result elected somebody; a certificate may be for other decisions of the meeting
	HandIns   []HandIn
	Term      *Term // of the register that its election began or joined; nil where the register knows of none
}

// Term is one term of a committee or of an interim body in the register. Instants are Unix ms; 0 for what has not happened.
type Term struct {
	Interim bool
	Meeting string // whose result elected it; empty where that was elsewhere, and for an interim body
	From    int64  // its first moment in office, where no certificate of a meeting here tells it
	To      int64  // last ms of its last day; 0 where nothing says
	Group   int64  // the renewal group was formed
	Ended   int64  // another took its place, or the street dissolved it
	Revoked int64  // with its election
}

// HandIn is one version of a meeting's filing.
type HandIn struct {
	Submitted int64
	Decided   int64
	Certified bool
	Ended     int64 // the certificate was withdrawn or cancelled
	TermTo    int64 // last ms of the last day of the term, as the certificate says; 0 where it says nothing
}

// Standing is where a community stood at a moment.
type Standing struct {
	Stage       Stage
	Body        Body
	Meeting     string // the election behind it; empty for none
	TermEnds    int64  // of the newest committee, last ms; 0 where nothing says
	RenewalFrom int64  // 0 where the rules say nothing
}

// At is where a community with these meetings and terms stood at a moment, under the rules that held there then.
func At(meetings []Meeting, terms []*Term, window Window, at int64) Standing {
	found := Standing{Stage: None}
	since, term := found.committee(meetings, terms, window, at)
	found.Body = bodyOf(since, found.TermEnds, meetings, terms, window, at)
	found.RenewalFrom = window.Renewal(found.TermEnds)
	if term != nil && by(term.Group, at) && (found.RenewalFrom == 0 || term.Group < found.RenewalFrom) {
		found.RenewalFrom = term.Group // whoever began early is in the renewal
	}
	if found.Body == Committee {
		found.Stage = InTerm
		if found.RenewalFrom != 0 && at >= found.RenewalFrom {
			found.Stage = Renewal
		}
		return found
	}
	if since != 0 {
		found.Stage = Lapsed
	}
	found.process(meetings, since, at)
	return found
}

// BodyAt is the body of [At] alone, for a line of many moments over thousands of communities.
func BodyAt(meetings []Meeting, terms []*Term, window Window, at int64) Body {
	var found Standing
	since, _ := found.committee(meetings, terms, window, at)
	return bodyOf(since, found.TermEnds, meetings, terms, window, at)
}

// bodyOf is who acts: the committee since an instant until its term ends, else an interim body.
func bodyOf(since, ends int64, meetings []Meeting, terms []*Term, window Window, at int64) Body {
	if since != 0 && at <= latest(ends) {
		return Committee
	}
	known := latest(0) // from then on the register says what interim bodies there were
	for _, term := range terms {
		if !term.Interim || term.From == 0 {
			continue
		}
		known = min(known, term.From)
		if by(term.From, at) && at <= latest(term.ends(window.InterimYears)) && !by(term.Ended, at) && !by(term.Revoked, at) {
			return Interim
		}
	}
	for i := range meetings {
		meeting := &meetings[i]
		if meeting.Interim && meeting.Noticed < known && by(meeting.Noticed, at) && at < known && window.InterimYears > 0 && at <= later(meeting.Noticed, 12*window.InterimYears) {
			return Interim
		}
	}
	return NoBody
}

// ends is the last moment of a term, of so many years at most where the register does not say; 0 for an open one.
func (t *Term) ends(years int) int64 {
	if t.To == 0 && years > 0 {
		return later(t.From, 12*years)
	}
	return t.To
}

// committee finds the newest committee that stood at the moment, by its certificate or in the register, and its term, and
// gives when its election was published or its term began; 0 where there is none.
func (s *Standing) committee(meetings []Meeting, terms []*Term, window Window, at int64) (newest int64, newestTerm *Term) {
	newest, newestTerm = s.certified(meetings, window, at)
	for _, term := range terms {
		if term.Interim || term.Meeting != "" || term.From < newest || !by(term.From, at) || by(term.Revoked, at) {
			continue
		}
		newest, newestTerm = term.From, term
		s.Meeting, s.TermEnds = "", term.ends(window.TermYears)
	}
	if newestTerm != nil && by(newestTerm.Ended, at) && newestTerm.Ended <= latest(s.TermEnds) {
		s.TermEnds = newestTerm.Ended - 1
	}
	return newest, newestTerm
}

// certified finds the newest certificate that stood at the moment.
func (s *Standing) certified(meetings []Meeting, window Window, at int64) (newest int64, newestTerm *Term) {
	for i := range meetings {
		meeting := &meetings[i]
		if !meeting.Elects || !meeting.Elected || meeting.Published < newest || !by(meeting.Published, at) || by(meeting.Ended, at) ||
			meeting.Term != nil && by(meeting.Term.Revoked, at) {
			continue
		}
		for j := len(meeting.HandIns) - 1; j >= 0; j-- {
			hand := &meeting.HandIns[j]
			if !hand.Certified || !by(hand.Decided, at) {
				continue
			}
			if by(hand.Ended, at) {
				break // what it took the place of does not come back
			}
			newest, newestTerm, s.Meeting = meeting.Published, meeting.Term, meeting.ID
			s.TermEnds = meeting.termEnds(hand, window)
			break
		}
	}
	return newest, newestTerm
}

// termEnds is the end of the term that a certificate confirmed: what it says itself; else, and for members who joined a
// committee that served already, what the register says; else the longest term of the place.
func (m *Meeting) termEnds(hand *HandIn, window Window) int64 {
	if m.Term != nil && m.Term.To != 0 && (hand.TermTo == 0 || m.Term.Meeting != m.ID) {
		return m.Term.To
	}
	if hand.TermTo == 0 && window.TermYears > 0 {
		return later(m.Published, 12*window.TermYears)
	}
	return hand.TermTo
}

// Renewal is the first moment of the time before the end of a term in which the next committee is elected; 0 where nothing
// says when.
func (w Window) Renewal(ends int64) int64 {
	switch {
	case ends == 0:
		return 0
	case w.RenewalMonths > 0:
		return calendar.StartOfDay(later(ends, -w.RenewalMonths))
	case w.RenewalDays > 0:
		return calendar.StartOfDay(ends) - int64(w.RenewalDays)*day
	}
	return 0
}

// process moves a community without a committee as far as its newest election has come that was noticed after a moment.
func (s *Standing) process(meetings []Meeting, newest, at int64) {
	for _, meeting := range meetings {
		if !meeting.Elects || !by(meeting.Noticed, at) || by(meeting.Ended, at) || meeting.Noticed < newest {
			continue
		}
		stage := Preparing
		switch {
		case by(meeting.Published, at) && (!meeting.Elected || meeting.wasCertified(at)):
			continue // it came to nothing, or its term is over
		case by(meeting.Published, at):
			stage = Filing
		case by(meeting.Opened, at):
			stage = Voting
		}
		newest, s.Stage, s.Meeting = meeting.Noticed, stage, meeting.ID
	}
}

// wasCertified tells whether a certificate had been issued by the moment, whatever became of it.
func (m Meeting) wasCertified(at int64) bool {
	return slices.ContainsFunc(m.HandIns, func(h HandIn) bool { return h.Certified && by(h.Decided, at) })
}

const day = int64(24 * 60 * 60 * 1000)

// by tells whether something had happened at a moment.
func by(event, at int64) bool { return event != 0 && event <= at }

// latest is an end that is not known as one that never comes.
func latest(ends int64) int64 {
	if ends == 0 {
		return 1<<63 - 1
	}
	return ends
}

// later is the last moment of the day so many months after, or before, a moment's day; of a day that the month does not
// have, the last that it has (民法典第202条).
func later(ms int64, months int) int64 { return calendar.EndOfDay(calendar.AddMonths(ms, months), 0) }

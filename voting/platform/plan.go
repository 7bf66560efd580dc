package platform

import (
	"slices"

	"gongjue/voting"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

// Plan is what a file is read against: the meeting as its notice froze it, and its frozen roster.
type Plan struct {
	Matters  []Matter // in the order of the agenda
	Policies voting.Policies
	Units    []Unit
	OpensAt  int64 // Unix ms
	ClosesAt int64 // Unix ms; the first moment at which a vote is late
	// Voted are the voters who have a ballot of another channel already.
	Voted map[string]lifecycle.Channel
}

// Matter is one question on the agenda; its number is its place in the plan, from 1.
type Matter struct {
	ID    string
	Title string
	Rule  voting.Matter
}

// Unit is a home of the roster with its voter.
type Unit struct {
	Building, Stair, Room string
	Voter                 string
	voting.Unit
}

// weighs tells whether the unit counts for anything.
func (u Unit) weighs() bool { return u.Area > 0 || !u.NoHead }

// inside tells whether the unit belongs to the scope of a matter and counts there.
func (u Unit) inside(m Matter) bool { return u.weighs() && voting.Inside(u.Place, m.Rule.Scope) }

// Votes are the homes that count for any matter, in the order of the roster.
func (p Plan) Votes() []Unit {
	var units []Unit
	for _, unit := range p.Units {
		if slices.ContainsFunc(p.Matters, unit.inside) {
			units = append(units, unit)
		}
	}
	return units
}

// File is what a file says. It holds choices: nothing of it is shown or stored in the clear before the count, except
// the numbers, the columns and the issues.
type File struct {
	Sheet     string
	HeaderRow int // 1-based; 0 where none was found
	Columns   []Column
	Rows      int // with an answer, as the platform counts its ballots
	Empty     int // homes listed without any answer: nobody voted for them there
	Ballots   []Ballot
	Issues    []Issue
}

// Ballot is what one voter answered on the platform. A matter is missing where none of the voter's homes inside its
// scope stands in the file: on that matter the voter took no part there.
type Ballot struct {
	Voter   string
	Marks   map[string]ledger.PaperMark // by matter id
	At      int64                       // Unix ms, the earliest of its rows; 0 where the platform gives no time
	Serials []string                    // the platform's numbers, in the order of the rows
	Row     int                         // first row of the voter
}

// Failed tells whether an error keeps the file out.
func (f File) Failed() bool { return f.count(roster.Error) > 0 }

// Doubtful tells whether there is anything that a person has to confirm.
func (f File) Doubtful() bool { return f.count(roster.Warning) > 0 }

func (f File) count(s roster.Severity) int {
	n := 0
	for _, issue := range f.Issues {
		if issue.Severity == s {
			n++
		}
	}
	return n
}

package voting

import (
	"errors"
	"fmt"
	"slices"
)

// Counts are the ballots of one matter, added up: everything that [Decide] needs to know of them. Refused,
// undeliverable and never-issued ballots are the rest of Total and stand nowhere (domain trap 8).
type Counts struct {
	Total           Weight            `json:"total"`            // everybody in the scope
	Voted           Weight            `json:"voted"`            // all valid ballots, abstentions and 从众 included
	Void            Weight            `json:"void"`             //
	SilentDelivered Weight            `json:"silent_delivered"` // delivered with proof, nothing came back
	Abstain         Weight            `json:"abstain"`          // zero for approval_each, where marks stand per option
	FollowMajority  Weight            `json:"follow_majority"`  // 从众
	Options         map[string]Weight `json:"options"`          // real votes: yes and no; the names; approval_each: the yes of each
	Against         map[string]Weight `json:"against"`          // approval_each: the no of each; nil otherwise
}

// Tally is one matter of a box, added up.
type Tally struct {
	Counts    Counts
	Classes   map[VoterClass]Weight // everybody in the scope, each voter in one class; an empty class is missing
	Delivered Weight                // sheets delivered with proof, those included that came back
}

// Count adds up the ballots of one matter. The matter's scope rebuilds every figure: a voter without a unit
// inside weighs nothing, and their ballot and delivery are left aside. Each voter falls into the first class
// that fits: void; more names than allowed, void; blank, as announced; voted; no ballot but delivered, silent.
// It refuses with a *[Refusal]: duplicate or unknown_name (voters, ballots, delivered), what
// [Choice.Check] refuses except an over-vote, and bad_value when nobody is in the scope.
func Count(m Matter, p Policies, voters []Voter, ballots []Ballot, delivered []string) (Counts, error) {
	box, err := NewBox([]Matter{m}, p, voters)
	if err != nil {
		return Counts{}, err
	}
	for i, ballot := range ballots {
		answer, unreadable := box.Read(0, Answer{ballot.Choice, ballot.Void})
		err := box.Cast(ballot.Voter, box.Sheet([]int{answer}))
		if err == nil {
			err = unreadable
		}
		if err != nil {
			return Counts{}, in(fmt.Sprintf("ballots[%d]", i), err)
		}
	}
	for i, voter := range delivered {
		if err := box.Handle(voter, SheetDelivered); err != nil {
			return Counts{}, refuse(CodeUnknownName, fmt.Sprintf("delivered[%d]", i))
		}
	}
	return box.Count()[0].Counts, nil
}

// in says where in a list the refused thing stands.
func in(place string, err error) error {
	var refusal *Refusal
	if !errors.As(err, &refusal) {
		return err
	}
	return refuse(refusal.Code, place+"."+refusal.Field)
}

// Count adds up every matter of the agenda, in its order.
func (b *Box) Count() []Tally {
	held := make([][]packed, len(b.scopes))
	for i, scope := range b.scopes {
		held[i] = scope.weights.sums(b.held, len(b.states))
	}
	tallies := make([]Tally, len(b.agenda))
	for i, matter := range b.agenda {
		a := adder{names: matter.OptionNames(), classes: make([]Weight, len(VoterClasses))}
		a.yes, a.no = make([]Weight, len(a.names)), make([]Weight, len(a.names))
		for number, state := range b.states {
			if sum := held[b.scopeOf[i]][number]; sum != 0 {
				a.add(b.answers[i][b.sheets[state.sheet][i]], Handlings[state.handling], sum.weight())
			}
		}
		tallies[i] = a.tally(matter, b.scopes[b.scopeOf[i]].total)
	}
	return tallies
}

// adder adds up the states of one matter by place: the options as on the ballot, the classes as in VoterClasses.
type adder struct {
	names           []string
	yes, no         []Weight
	abstain, follow Weight
	classes         []Weight
	delivered       Weight
}

// add puts everybody of one state into their class and to the options that they named.
func (a *adder) add(r reading, handling Handling, weight Weight) {
	if handling == SheetDelivered {
		a.delivered = a.delivered.Plus(weight)
	}
	class := r.class
	if class == "" {
		class = handling.SilentClass()
	}
	place := slices.Index(VoterClasses, class)
	a.classes[place] = a.classes[place].Plus(weight)
	switch {
	case r.abstain:
		a.abstain = a.abstain.Plus(weight)
	case r.follow:
		a.follow = a.follow.Plus(weight)
	}
	for _, place := range r.yes {
		a.yes[place] = a.yes[place].Plus(weight)
	}
	for _, place := range r.no {
		a.no[place] = a.no[place].Plus(weight)
	}
}

// tally writes the sums under their names.
func (a *adder) tally(m Matter, total Weight) Tally {
	t := Tally{Classes: map[VoterClass]Weight{}, Delivered: a.delivered}
	for i, class := range VoterClasses {
		if a.classes[i] != (Weight{}) {
			t.Classes[class] = a.classes[i]
		}
	}
	t.Counts = Counts{Total: total, Voted: t.Classes[ClassVoted], Void: t.Classes[ClassVoid], SilentDelivered: t.Classes[ClassDeliveredSilent],
		Abstain: a.abstain, FollowMajority: a.follow, Options: make(map[string]Weight, len(a.names))}
	if m.Method == ApprovalEach {
		t.Counts.Against = make(map[string]Weight, len(a.names))
	}
	for i, name := range a.names {
		t.Counts.Options[name] = a.yes[i]
		if t.Counts.Against != nil {
			t.Counts.Against[name] = a.no[i]
		}
	}
	return t
}

// OptionNames are the keys under which the matter's votes are counted: the options in the order of the
// ballot, or yes and no.
func (m Matter) OptionNames() []string {
	if m.YesNo() {
		return []string{OptionYes, OptionNo}
	}
	return m.Options
}

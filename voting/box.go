package voting

import (
	"fmt"
	"slices"
)

// Box is the ballots of one meeting (票箱), laid out so that counting is adding up. Every voter is a row, and every
// different state of a row has a number: how its sheet was filled in, and what became of the sheet before. Each
// different answer is read once, however many voters gave it; [Box.Count] then adds one column of weights. It is not
// for use by several goroutines at once.
type Box struct {
	agenda   []Matter
	policies Policies
	rows     map[string]int // by voter
	held     []uint32       // column: the number of the state of each row
	states   []state        // by number; the first is that of a row of which nothing came back and nothing is known
	numbers  [][]uint32     // by sheet, then by handling: one more than the number of the state; 0 = none yet
	answers  [][]reading    // by matter, then by the number of the answer; the first is none
	sheets   [][]int        // by sheet, then by matter: the number of the answer; the first is no sheet at all
	scopes   []scope        // the different scopes of the agenda
	scopeOf  []int          // by matter: its scope
}

// state is what is known of a voter at the close.
type state struct {
	sheet    int // as numbered by Box.Sheet; 0 = none came back
	handling int // place in Handlings; the first is SheetNotIssued
}

// scope is one part of the community that votes: what each row weighs in it, and all rows together.
type scope struct {
	places  []string
	weights column
	total   Weight
}

// NewBox lays out the voters of a meeting for its matters; each scope on the agenda rebuilds every weight. It refuses with
// a *[Refusal]: duplicate for a voter's second row, and bad_value for an area out of range, for more weight than is ever
// counted, and for a scope that holds no head or no area.
func NewBox(agenda []Matter, p Policies, voters []Voter) (*Box, error) {
	b := &Box{agenda: agenda, policies: p, rows: make(map[string]int, len(voters)), held: make([]uint32, len(voters)),
		states: make([]state, 1), numbers: [][]uint32{make([]uint32, len(Handlings))},
		answers: make([][]reading, len(agenda)), sheets: [][]int{make([]int, len(agenda))}}
	b.numbers[0][0] = 1
	for i, voter := range voters {
		if _, twice := b.rows[voter.ID]; twice {
			return nil, refuse(CodeDuplicate, fmt.Sprintf("voters[%d].id", i))
		}
		b.rows[voter.ID] = i
		for j, unit := range voter.Units {
			if unit.Area < 0 || unit.Area > MaxArea {
				return nil, refuse(CodeBadValue, fmt.Sprintf("voters[%d].units[%d].area_cm2", i, j))
			}
		}
	}
	for i, matter := range agenda {
		b.answers[i] = make([]reading, 1)
		if err := b.weigh(matter.Scope, voters); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// weigh gives the next matter its column of weights, which it shares with every matter of the same scope.
func (b *Box) weigh(places []string, voters []Voter) error {
	at := slices.IndexFunc(b.scopes, func(s scope) bool { return slices.Equal(s.places, places) })
	if at >= 0 {
		b.scopeOf = append(b.scopeOf, at)
		return nil
	}
	s := scope{places: places, weights: column{areas: make([]uint32, 0, len(voters))}}
	for _, voter := range voters {
		weight := voter.Within(places)
		s.total = s.total.Plus(weight)
		if s.total.Heads > MaxNumber || s.total.Area > MaxArea {
			return refuse(CodeBadValue, "voters")
		}
		s.weights.add(weight)
	}
	if s.total.Heads < 1 || s.total.Area < 1 {
		return refuse(CodeBadValue, "voters")
	}
	b.scopeOf, b.scopes = append(b.scopeOf, len(b.scopes)), append(b.scopes, s)
	return nil
}

// Read reads an answer to the matter at that place of the agenda and gives its number, under which any sheet may carry it.
// It refuses what [Choice.Check] refuses except an over-vote, which makes the answer void.
func (b *Box) Read(matter int, a Answer) (int, error) {
	read, err := a.read(b.agenda[matter], b.policies)
	if err != nil {
		return 0, err
	}
	b.answers[matter] = append(b.answers[matter], read)
	return len(b.answers[matter]) - 1, nil
}

// Sheet gives a number to one way of filling in the whole sheet: for every matter of the agenda the number of the answer,
// or 0 where the sheet does not put the matter. The caller does not change the list afterwards.
func (b *Box) Sheet(answers []int) int {
	b.sheets, b.numbers = append(b.sheets, answers), append(b.numbers, nil)
	return len(b.sheets) - 1
}

// Cast puts a voter's sheet into the box. It refuses unknown_name, and duplicate for a second sheet.
func (b *Box) Cast(voter string, sheet int) error {
	row, known := b.rows[voter]
	if !known {
		return refuse(CodeUnknownName, "voter")
	}
	if b.states[b.held[row]].sheet != 0 {
		return refuse(CodeDuplicate, "voter")
	}
	b.hold(row, state{sheet, b.states[b.held[row]].handling})
	return nil
}

// Handle notes what became of a voter's sheet before any answer; the last note holds. It refuses unknown_name, and
// bad_value for an unknown handling.
func (b *Box) Handle(voter string, handling Handling) error {
	row, known := b.rows[voter]
	if !known {
		return refuse(CodeUnknownName, "voter")
	}
	if handling == "" {
		handling = SheetNotIssued
	}
	place := slices.Index(Handlings, handling)
	if place < 0 {
		return refuse(CodeBadValue, "handling")
	}
	b.hold(row, state{b.states[b.held[row]].sheet, place})
	return nil
}

// hold gives the state a number, if it has none yet, and writes the number into the row.
func (b *Box) hold(row int, s state) {
	if b.numbers[s.sheet] == nil {
		b.numbers[s.sheet] = make([]uint32, len(Handlings))
	}
	number := &b.numbers[s.sheet][s.handling]
	if *number == 0 {
		b.states = append(b.states, s)
		*number = uint32(len(b.states))
	}
	b.held[row] = *number - 1
}

package sample

import (
	"cmp"
	"fmt"
	"slices"

	"gongjue/voting"
)

// Ballot is one counted ballot as a sample sees it.
type Ballot struct {
	Number int64           // index of its leaf in the log
	Area   voting.Area     // all that its voter holds and that counts
	Within []voting.Weight // by matter: what it weighs there, nothing where the voter has no say
}

// Decision is one decided matter, as it was counted.
type Decision struct {
	Law      voting.Law
	Policies voting.Policies
	Matter   voting.Matter
	Counts   voting.Counts
}

// Certainty is the share of all possible lots in which enough wrong ballots to change a decision would show: Num of Den,
// such as 19 of 20. The rest is the risk that the announcement states.
type Certainty struct {
	Num int64 `json:"num"`
	Den int64 `json:"den"`
}

// The certainties that can be announced, the usual one first.
var Certainties = []Certainty{{19, 20}, {9, 10}, {99, 100}}

// Plan says how many are asked.
type Plan struct {
	Ballots   int64     `json:"ballots"`   // counted
	Certain   int64     `json:"certain"`   // those that weigh most, asked without a lot
	Drawn     int64     `json:"drawn"`     // of the others, by lot
	Certainty Certainty `json:"certainty"` //
	Wrong     []int64   `json:"wrong"`     // by matter: so few wrong ones among the others could change it; 0 where none could
}

// Asked is how many are asked in all.
func (p Plan) Asked() int64 { return p.Certain + p.Drawn }

// maxCertain bounds how many are asked without a lot; leastOf is the part that is always drawn (security.md T09: the
// street calls back 5 %).
const (
	maxCertain = 300
	leastOf    = 20
)

// New makes the plan with the fewest questions: for every number of largest ballots that are all asked, the others need
// so many by lot that as many wrong ones as could change a decision stay hidden no more often than announced. It
// refuses what [voting.Robust] refuses.
func New(decisions []Decision, ballots []Ballot, c Certainty) (Plan, error) {
	all := heaviest(decisions, ballots)
	total := int64(len(ballots))
	best := Plan{Ballots: total, Drawn: total + 1, Certainty: c}
	for certain := int64(0); certain <= min(total, maxCertain) && certain < best.Asked(); certain++ {
		wrong, least, err := all.fewestWrong(certain)
		if err != nil {
			return Plan{}, err
		}
		rest := total - certain
		drawn := min(rest, (rest+leastOf-1)/leastOf)
		if least > 0 {
			drawn = max(drawn, needed(rest, least, c))
		}
		if plan := (Plan{Ballots: total, Certain: certain, Drawn: drawn, Certainty: c, Wrong: wrong}); plan.Asked() < best.Asked() {
			best = plan
		}
		if least == 0 { // nothing among the others could change anything: more need not be asked without a lot
			break
		}
	}
	return best, nil
}

// Largest are the numbers of the ballots that are asked without a lot: those of the largest areas, of equal ones those
// that were cast first.
func Largest(ballots []Ballot, certain int64) []int64 {
	numbers := make([]int64, 0, certain)
	for _, ballot := range byArea(ballots)[:certain] {
		numbers = append(numbers, ballot.Number)
	}
	return numbers
}

func byArea(ballots []Ballot) []Ballot {
	return slices.SortedFunc(slices.Values(ballots), func(a, b Ballot) int {
		return cmp.Or(cmp.Compare(b.Area, a.Area), cmp.Compare(a.Number, b.Number))
	})
}

// weights are the ballots of every matter, the heaviest of the matter first.
type weights struct {
	decisions []Decision
	matters   [][]ranked
}

// ranked is what a ballot weighs in a matter, with its place among all ballots by area.
type ranked struct {
	place  int64
	weight voting.Weight
}

func heaviest(decisions []Decision, ballots []Ballot) weights {
	all := weights{decisions: decisions, matters: make([][]ranked, len(decisions))}
	for place, ballot := range byArea(ballots) {
		for i, weight := range ballot.Within {
			if weight != (voting.Weight{}) {
				all.matters[i] = append(all.matters[i], ranked{int64(place), weight})
			}
		}
	}
	for _, list := range all.matters {
		slices.SortStableFunc(list, func(a, b ranked) int { return cmp.Compare(b.weight.Area, a.weight.Area) })
	}
	return all
}

// fewestWrong is, by matter and over all, the smallest number of wrong ballots that could change a decision, when the
// largest ones are known to be right; 0 where no number of them could.
func (w weights) fewestWrong(certain int64) (byMatter []int64, least int64, err error) {
	byMatter = make([]int64, len(w.decisions))
	var sums []voting.Weight
	for i, decision := range w.decisions {
		sums = append(sums[:0], voting.Weight{})
		for _, one := range w.matters[i] {
			if one.place >= certain {
				sums = append(sums, sums[len(sums)-1].Plus(oneHead(one.weight)))
			}
		}
		if byMatter[i], err = decision.fewest(sums); err != nil {
			return nil, 0, fmt.Errorf("matter %d: %w", i+1, err)
		}
		if byMatter[i] > 0 && (least == 0 || byMatter[i] < least) {
			least = byMatter[i]
		}
	}
	return byMatter, least, nil
}

// oneHead takes a ballot for one with a head: which of the others are wrong is not known, and each may have one.
func oneHead(weight voting.Weight) voting.Weight {
	return voting.Weight{Heads: 1, Area: weight.Area}
}

// fewest is the first number of wrong ballots with which the decision may not stand; sums[k] is the most that k weigh.
func (d Decision) fewest(sums []voting.Weight) (int64, error) {
	var failure error
	falls := func(wrong int64) bool {
		stands, err := d.stands(wrong, sums[wrong])
		failure = cmp.Or(failure, err)
		return !stands
	}
	all := int64(len(sums)) - 1
	if all == 0 || !falls(all) {
		return 0, failure
	}
	low, high := int64(1), all // the decision falls with high
	for low < high {
		if middle := (low + high) / 2; falls(middle) {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return high, failure
}

// stands tells whether so many wrong ballots of at most that weight leave the decision as it is. A matter without a
// decision has nothing that could change.
func (d Decision) stands(wrong int64, weight voting.Weight) (bool, error) {
	if wrong == 0 {
		return true, nil
	}
	weight.Heads, weight.Area = min(weight.Heads, d.Counts.Total.Heads), min(weight.Area, d.Counts.Total.Area)
	robust, err := voting.Robust(d.Law, d.Policies, d.Matter, d.Counts, voting.Disputed{Ballots: wrong, Weight: weight, AreaBound: true})
	return err != nil || robust.Stands || robust.Result == voting.Undetermined, err
}

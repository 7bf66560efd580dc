package sample

import "gongjue/voting"

// Answer is what came of asking about one ballot.
type Answer string

// The answers. Only a confirmed ballot counts as right.
const (
	Confirmed Answer = "confirmed" // it is theirs
	Denied    Answer = "denied"    // it is not: nobody of the home cast it, or they meant another
	Unreached Answer = "unreached" // nobody answered, after several tries on different days
	Declined  Answer = "declined"  // they would not say
)

// Answers lists every answer.
var Answers = []Answer{Confirmed, Denied, Unreached, Declined}

// Finding is what a sample shows.
type Finding struct {
	Confirmed int64  `json:"confirmed"`
	Denied    int64  `json:"denied"`
	Open      int64  `json:"open"`     // unreached, declined, or not asked yet
	AtMost    int64  `json:"at_most"`  // wrong ballots among those of the lot and those not asked, with the announced certainty; the open ones taken for wrong
	Stands    []bool `json:"stands"`   // by matter: with so many wrong the decision stays, whichever they are
	IfRight   []bool `json:"if_right"` // the same if all open ones were right
}

// Judge says what the answers show. Whoever could not be reached may be the one whose ballot was forged, so that the
// finding takes every open ballot for wrong; beside it stands what it would be if all of them were right.
func Judge(decisions []Decision, ballots []Ballot, plan Plan, seed string, answers map[int64]Answer) (Finding, error) {
	certain, drawn := Selected(plan, ballots, seed)
	j := judged{ballots: ballots, decisions: decisions, plan: plan, answers: answers, certain: certain, drawn: drawn}
	var f Finding
	for _, number := range append(certain[:len(certain):len(certain)], drawn...) {
		switch answers[number] {
		case Confirmed:
			f.Confirmed++
		case Denied:
			f.Denied++
		default:
			f.Open++
		}
	}
	var err error
	if f.AtMost, f.Stands, err = j.with(func(a Answer) bool { return a != Confirmed }); err != nil {
		return Finding{}, err
	}
	_, f.IfRight, err = j.with(func(a Answer) bool { return a == Denied })
	return f, err
}

// judged is a sample whose answers are looked at.
type judged struct {
	decisions      []Decision
	ballots        []Ballot
	plan           Plan
	answers        map[int64]Answer
	certain, drawn []int64
}

// with judges with some answers taken for wrong: those asked without a lot weigh what they weigh, and among the others
// there are at most so many as the lot does not exclude, the heaviest that nobody confirmed.
func (j judged) with(wrong func(Answer) bool) (most int64, stands []bool, err error) {
	shown, surely := int64(0), map[int64]bool{}
	for _, number := range j.drawn {
		if wrong(j.answers[number]) {
			shown++
		}
	}
	asked := map[int64]bool{}
	for _, number := range j.certain {
		asked[number] = true
		surely[number] = wrong(j.answers[number])
	}
	most = atMost(j.plan.Ballots-j.plan.Certain, j.plan.Drawn, shown, j.plan.Certainty)
	rest := make([]Ballot, 0, len(j.ballots))
	fixed := make([]voting.Weight, len(j.decisions))
	count := int64(0)
	for _, ballot := range j.ballots {
		switch {
		case surely[ballot.Number]:
			count++
			for i, weight := range ballot.Within {
				fixed[i] = fixed[i].Plus(weight)
			}
		case !asked[ballot.Number] && (wrong(j.answers[ballot.Number]) || j.answers[ballot.Number] == ""):
			rest = append(rest, ballot)
		}
	}
	stands, err = j.stand(heaviest(j.decisions, rest), fixed, count, most)
	return most, stands, err
}

func (j judged) stand(rest weights, fixed []voting.Weight, count, most int64) ([]bool, error) {
	stands := make([]bool, len(j.decisions))
	for i, decision := range j.decisions {
		weight, wrong := fixed[i], count
		for _, one := range rest.matters[i][:min(most, int64(len(rest.matters[i])))] {
			weight, wrong = weight.Plus(oneHead(one.weight)), wrong+1
		}
		var err error
		if stands[i], err = decision.stands(wrong, weight); err != nil {
			return nil, err
		}
	}
	return stands, nil
}

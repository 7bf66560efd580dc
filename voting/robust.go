package voting

import (
	"cmp"
	"slices"
)

// Disputed are ballots that somebody contests: together they weigh at most Weight.
type Disputed struct {
	Ballots   int64  `json:"ballots"`
	Weight    Weight `json:"weight"`
	AreaBound bool   `json:"area_bound,omitempty"` // which ballots is not known: the area is the most that so many can hold
}

// DisputedOf adds up ballots whose weights are known.
func DisputedOf(ballots []Weight) Disputed {
	d := Disputed{Ballots: int64(len(ballots))}
	for _, ballot := range ballots {
		d.Weight = d.Weight.Plus(ballot)
	}
	return d
}

// DisputedAmong bounds so many ballots of the matter's scope when it is not known which: they may be those of the
// voters with the largest areas.
func DisputedAmong(m Matter, voters []Voter, ballots int64) Disputed {
	var weights []Weight
	for _, voter := range voters {
		if voter.Entitled(m.Scope) {
			weights = append(weights, voter.Within(m.Scope))
		}
	}
	slices.SortFunc(weights, func(a, b Weight) int { return cmp.Compare(b.Area, a.Area) })
	d := Disputed{Ballots: ballots, AreaBound: true}
	for _, weight := range weights[:max(0, min(ballots, int64(len(weights))))] {
		d.Weight.Heads++ // each may have a head, whichever they are
		d.Weight.Area += weight.Area
	}
	return d
}

// Robustness tells whether disputed ballots can change an outcome.
type Robustness struct {
	Disputed Disputed `json:"disputed"`
	Result   Result   `json:"result"`           // as decided
	Stands   bool     `json:"stands"`           // whatever becomes of them, result and places stay
	Exact    bool     `json:"exact"`            // when it does not stand: a change is certain in the worst case, not only possible
	Could    []Result `json:"could"`            // results that cannot be excluded, in the order of Results
	Unsafe   []string `json:"unsafe,omitempty"` // options whose seat, selection or place in the run-off could change, in ballot order
}

// Robust tells whether the outcome stands with all disputed ballots reversed in the worst way: each may turn to any
// answer, become void, be struck out, or be a valid one that was not counted. Heads and area are taken apart, each
// as bad as it can be, in the participation test and in the approval tests; so what stands, stands, and where areas
// are only bounded or options compete for places the answer may be too careful, never too bold. A ballot that was
// cast never becomes a silent or a 从众 one. Where silent or 从众 ballots joined a leader, it stands only if the lead
// does. Of an election the seats are looked at, not the order of the alternates.
//
// An undetermined outcome never stands: it says nothing yet. It refuses what [Decide] refuses, bad_value for
// negative disputed weights, and does_not_add_up when they are more than everybody.
func Robust(law Law, p Policies, m Matter, c Counts, d Disputed) (Robustness, error) {
	outcome, err := Decide(law, p, m, c)
	if err != nil {
		return Robustness{}, err
	}
	if d.Ballots < 0 {
		return Robustness{}, refuse(CodeBadValue, "disputed")
	}
	if err := within(d.Weight, c.Total, "disputed"); err != nil {
		return Robustness{}, err
	}
	r := Robustness{Disputed: d, Result: outcome.Result}
	if outcome.Result == Undetermined {
		return r, nil
	}
	readings := []bool{p.VoidParticipates != nil && *p.VoidParticipates}
	if p.VoidParticipates == nil && c.Void != (Weight{}) {
		readings = []bool{true, false}
	}
	could := map[Result]bool{outcome.Result: true}
	for _, voidInside := range readings {
		o := read(law, p, m, c, voidInside)
		q := question{m: m, o: o, d: d.Weight, law: law, rank: p.Rank, measure: approvalOf(law, m, o.Counted)}
		if !q.staysUnformed(p) && !leadHolds(p, m, c, d.Weight) { // the joined ballots may go to another option, or to none
			for _, result := range Results {
				could[result] = could[result] || m.canEnd(result)
			}
		}
		q.ask(could, &r)
	}
	r.conclude(p, m, could)
	return r, nil
}

// conclude sums up what all readings could not exclude.
func (r *Robustness) conclude(p Policies, m Matter, could map[Result]bool) {
	slices.SortFunc(r.Unsafe, func(a, b string) int { return cmp.Compare(slices.Index(m.Options, a), slices.Index(m.Options, b)) })
	r.Unsafe = slices.Compact(r.Unsafe)
	r.Stands = !slices.ContainsFunc(Results, func(result Result) bool { return could[result] && result != r.Result }) && len(r.Unsafe) == 0
	plain := m.Kind == Motion || m.Kind == Consult
	r.Exact = r.Stands || (plain && !r.Disputed.AreaBound && !could[Undetermined])
	if !r.Stands && p.VoidParticipates == nil { // a ballot found void may then leave it open
		could[Undetermined] = true
	}
	for _, result := range Results {
		if could[result] {
			r.Could = append(r.Could, result)
		}
	}
}

// canEnd tells whether a matter of the kind can have that result at all.
func (m Matter) canEnd(result Result) bool {
	switch result {
	case Rejected:
		return m.Kind != Election
	case RunOffDue:
		return m.Kind == Election || m.Kind == Selection
	}
	return true
}

// question is one reading of an outcome with the weight that may move.
type question struct {
	m       Matter
	o       Outcome
	d       Weight
	law     Law
	rank    Rank
	measure yardstick
}

// ask adds the results and the places that cannot be excluded.
func (q question) ask(could map[Result]bool, r *Robustness) {
	if q.d == (Weight{}) {
		return
	}
	surely, possibly := true, true
	if q.m.Kind != Consult {
		surely, possibly = q.gate()
	}
	if !surely {
		could[NotFormed] = true
	}
	if !possibly {
		return
	}
	switch q.m.Kind {
	case Election:
		q.askSeats(could, r)
	case Selection:
		q.askSelection(could, r)
	default:
		if q.mayPass(OptionYes) {
			could[Passed] = true
		}
		if !q.mustPass(OptionYes) {
			could[Rejected] = true
		}
	}
}

// gate tells whether participation is met with every disputed ballot away, and with every one added.
func (q question) gate() (surely, possibly bool) {
	surely, possibly = true, true
	test, counted := q.law.Participation.Threshold, q.o.Counted
	for _, d := range Dimensions {
		part, whole, move := counted.Participants.In(d), counted.Total.In(d), q.d.In(d)
		surely = surely && test.Met(max(part-move, 0), whole)
		possibly = possibly && test.Met(min(part+move, whole), whole)
	}
	return surely, possibly
}

// staysUnformed: too few take part whatever happens, and no leader decides whether silent ballots do.
func (q question) staysUnformed(p Policies) bool {
	_, possibly := q.gate()
	return q.o.Result == NotFormed && !possibly && p.SilenceIn(q.m.Kind) != JoinMajorityIfOverHalfOfAll
}

// worst is the option with every disputed ballot turned away from it. Turning hurts most: a ballot that is struck
// out leaves the base as well.
func (q question) worst(name string) Weight {
	votes := q.m.votes(name, q.o.Counted.Options)
	return Weight{max(votes.Heads-q.d.Heads, 0), max(votes.Area-q.d.Area, 0)}
}

// best is the option with every disputed ballot turned to it, and the base it is then measured against: first those
// who took part and did not agree, then those who took no part.
func (q question) best(name string) (votes, whole Weight) {
	now, counted := q.m.votes(name, q.o.Counted.Options), q.o.Counted
	move := func(d Dimension) (int64, int64) {
		inside := min(q.d.In(d), counted.Participants.In(d)-now.In(d))
		outside := min(q.d.In(d)-inside, counted.Total.In(d)-counted.Participants.In(d))
		base := q.measure.whole.In(d)
		if !q.measure.ofTotal {
			base += outside
		}
		return now.In(d) + inside + outside, base
	}
	heads, headBase := move(ByHeads)
	area, areaBase := move(ByArea)
	return Weight{heads, Area(area)}, Weight{headBase, Area(areaBase)}
}

func (q question) mustPass(name string) bool { return q.passes(q.worst(name), q.measure.whole) }

func (q question) mayPass(name string) bool { return q.passes(q.best(name)) }

func (q question) passes(votes, whole Weight) bool {
	for _, d := range q.measure.dimensions {
		if !q.measure.threshold.Met(votes.In(d), whole.In(d)) {
			return false
		}
	}
	return true
}

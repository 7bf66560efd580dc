package verify

import (
	"math/big"
	"slices"
)

// object is a JSON object in the making.
type object = map[string]any

// verdict is what one reading of a matter comes to, in the form of the result document.
type verdict struct {
	object
	outcome string
	reason  string
	elected int64
	awaits  bool   // a tie in it waits for the announced lot
	lots    []any  // as they were drawn
	decided string // everything that a decision is, to compare two readings
}

// measures are the two dimensions, in the order of the steps.
var measures = []string{"heads", "area"}

func (w weight) in(measure string) int64 {
	if measure == "area" {
		return w.area
	}
	return w.heads
}

func (w weight) json() object { return object{"heads": w.heads, "area_cm2": w.area} }

// conclude makes the comparisons and says what they come to.
func (r reading) conclude(f final) verdict {
	m := r.matter
	v := verdict{object: object{"binding": m.kind != consult, "counted": r.counted(f)}, reason: f.reason}
	steps, formed := []any{}, true
	if m.kind != consult {
		for _, measure := range measures {
			met := r.step(&steps, "participation", "", measure, f.partake, f.real.total, r.law.partake, true, r.law.partakeArticle)
			formed = formed && met
		}
	}
	if !formed {
		v.object["steps"], v.reason = steps, ""
		return r.nothing(v, "not_formed")
	}
	short := r.approvals(&steps, f)
	v.object["steps"] = steps
	switch {
	case f.reason != "":
		return r.nothing(v, "undetermined")
	case m.kind == election:
		r.seat(&v, f, short)
	case m.kind == selection:
		r.choose(&v, f, short)
	case short["yes"] == "":
		v.outcome = "passed"
	default:
		v.outcome = "rejected"
	}
	return v.done()
}

func (v verdict) done() verdict {
	if len(v.lots) > 0 {
		v.object["lots"] = v.lots
	}
	v.object["outcome"], v.object["reason"] = v.outcome, v.reason
	decision := object{}
	for _, key := range []string{"outcome", "committee", "selected", "elected", "alternates", "alternates_tied", "tie_pending", "run_off"} {
		decision[key] = v.object[key]
	}
	v.decided = string(write(nil, decision))
	return v
}

// nothing: no decision came about, so nobody has a place.
func (r reading) nothing(v verdict, outcome string) verdict {
	v.outcome = outcome
	if r.matter.kind == election {
		v.object["open_seats"] = r.matter.seats
		v.object["committee"] = "undetermined"
		if outcome == "not_formed" {
			v.object["committee"] = r.committee(0)
		}
	}
	return v.done()
}

func (r reading) counted(f final) object {
	t := f.real
	counted := object{"total": t.total.json(), "participants": f.partake.json(), "voted": t.voted.json(), "void": t.void.json(),
		"silent_delivered": t.silent.json(), "abstain": t.abstained.json(), "options": byName(r.matter.names(), f.yes), "against": nil}
	if r.matter.method == each {
		counted["against"] = byName(r.matter.options, f.no)
	}
	return counted
}

func byName(names []string, votes []weight) object {
	found := object{}
	for i, name := range names {
		found[name] = votes[i].json()
	}
	return found
}

// step makes one comparison and tells whether it is met.
func (r reading) step(steps *[]any, what, option, measure string, part, whole weight, t bar, ofAll bool, article string) bool {
	margin := part.in(measure) - t.least(whole.in(measure))
	*steps = append(*steps, object{"what": what, "option": option, "dimension": measure, "part": part.in(measure), "whole": whole.in(measure),
		"of_total": ofAll, "threshold": object{"num": t.num, "den": t.den, "strict": t.strict}, "met": margin >= 0, "margin": margin, "law": article})
	return margin >= 0
}

// approvals makes the approval comparisons, and says of each option that falls short in which measure it does.
func (r reading) approvals(steps *[]any, f final) map[string]string {
	m, t, ofAll, article, in := r.matter, r.law.approvalOf(r.matter.item), r.law.ofAll, r.law.approvalArticle, measures
	if m.kind == consult {
		t, ofAll, article = m.poll.bar, m.poll.ofAll, ""
		in = slices.DeleteFunc(slices.Clone(measures), func(measure string) bool { return !slices.Contains(m.poll.measures, measure) })
	}
	asked := m.options
	if m.kind == motion || m.kind == consult {
		asked = yesNo[:1]
	}
	short := map[string]string{}
	for i, name := range asked {
		lacks := ""
		for _, measure := range in {
			if !r.step(steps, "approval", name, measure, m.agreed(f.yes, i), r.whole(f, ofAll), t, ofAll, article) {
				lacks += measure
			}
		}
		if lacks != "" {
			short[name] = map[string]string{"heads": "heads_short", "area": "area_short"}[lacks]
			if lacks == "headsarea" {
				short[name] = "both_short"
			}
		}
	}
	return short
}

// whole is what approval is measured against.
func (r reading) whole(f final, ofAll bool) weight {
	if ofAll {
		return f.real.total
	}
	return f.partake
}

// ranking places names by their final votes on the announced key, the best first; names that are equal on it share
// a place, in the order given.
func (r reading) ranking(f final, names []string) [][]string {
	votes := map[string]weight{}
	for i, name := range r.matter.options {
		votes[name] = f.yes[i]
	}
	var places [][]string
	for _, name := range names {
		at, same := slices.BinarySearchFunc(places, name, func(place []string, name string) int {
			return r.compare(votes[name], votes[place[0]], r.whole(f, r.law.ofAll))
		})
		if same {
			places[at] = append(places[at], name)
		} else {
			places = slices.Insert(places, at, []string{name})
		}
	}
	return places
}

// compare is positive when b comes before a.
func (r reading) compare(b, a weight, whole weight) int {
	byHeads, byArea := big.NewInt(b.heads).Cmp(big.NewInt(a.heads)), big.NewInt(b.area).Cmp(big.NewInt(a.area))
	first, second := byHeads, byArea
	switch r.policies.rank {
	case areaThenHeads:
		first, second = byArea, byHeads
	case sumOfShares:
		return shares(b, whole).Cmp(shares(a, whole))
	}
	if first != 0 {
		return first
	}
	return second
}

// shares is heads ÷ all heads + area ÷ all area, as an exact fraction.
func shares(w, whole weight) *big.Rat {
	sum := new(big.Rat)
	if whole.heads > 0 {
		sum.Add(sum, big.NewRat(w.heads, whole.heads))
	}
	if whole.area > 0 {
		sum.Add(sum, big.NewRat(w.area, whole.area))
	}
	return sum
}

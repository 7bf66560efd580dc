package verify

import (
	"math/big"
	"slices"
)

// The words of the silence policies and of the ranking keys.
const (
	notParticipating = "not_participating"
	abstain          = "abstain"
	joinMajority     = "join_majority"
	joinIfOverHalf   = "join_majority_if_over_half_of_all"

	headsThenArea = "heads_then_area"
	areaThenHeads = "area_then_heads"
	sumOfShares   = "sum_of_shares"
)

// reading is one way to read the piles of a matter: void ballots take part or not, silent ones count as a policy
// says.
type reading struct {
	matter   matter
	policies policies
	law      statute
	voidsIn  bool
	silence  string
	lot      *drawing // nil where none was drawn
}

// silenceFor is the policy in force: a first meeting has no rule of its own yet, unless the interim covenant carries one,
// and a poll counts real answers.
func (p policies) silenceFor(kind string) string {
	if (p.firstMeeting && !p.interim) || kind == consult || p.silence == "" {
		return notParticipating
	}
	return p.silence
}

// final are the votes of one reading, after 从众 and silent ballots found their place.
type final struct {
	real    pile // as the ballots were cast
	yes, no []weight
	partake weight // those who take part
	reason  string // why nothing can be decided; empty if it can
}

// leader is the option with the most real votes by heads and by area, alone in both; −1 if there is none. An
// option without any real vote never leads.
func leader(votes []weight) int {
	byHeads, byArea := ahead(votes, func(w weight) int64 { return w.heads }), ahead(votes, func(w weight) int64 { return w.area })
	if byHeads != byArea || byHeads < 0 || (votes[byHeads] == weight{}) {
		return -1
	}
	return byHeads
}

// ahead is the one option that has more than every other; −1 where the first place is shared.
func ahead(votes []weight, measure func(weight) int64) int {
	best, shared := -1, false
	for i, w := range votes {
		switch {
		case best < 0 || measure(w) > measure(votes[best]):
			best, shared = i, false
		case measure(w) == measure(votes[best]):
			shared = true
		}
	}
	if shared {
		return -1
	}
	return best
}

// settle says who takes part and where 从众 and silent ballots go. Who joins a majority that does not exist joins
// nobody, and the matter stays open.
func (r reading) settle(t pile) final {
	f := final{real: t, yes: slices.Clone(t.yes), no: slices.Clone(t.no), partake: t.voted}
	if r.voidsIn {
		f.partake = f.partake.plus(t.void)
	}
	someSilent := t.silent != weight{}
	joins := r.silence == joinMajority || r.silence == joinIfOverHalf
	silentIn := r.silence != notParticipating
	switch {
	case r.matter.kind == election && r.matter.method == pick:
		if joins && someSilent {
			f.reason = "silence_undefined"
		}
	case r.matter.method == each:
		r.joinEach(&f, someSilent)
	default:
		silentIn = r.joinOne(&f, silentIn)
	}
	if silentIn {
		f.partake = f.partake.plus(t.silent)
	}
	return f
}

// joinEach: marked option by option, the yes of each competes with its own no.
func (r reading) joinEach(f *final, someSilent bool) {
	if !someSilent {
		return
	}
	if r.silence == joinIfOverHalf {
		f.reason = "silence_undefined"
	}
	if r.silence != joinMajority {
		return
	}
	for i := range f.yes {
		switch leader([]weight{f.real.yes[i], f.real.no[i]}) {
		case 0:
			f.yes[i] = f.yes[i].plus(f.real.silent)
		case 1:
			f.no[i] = f.no[i].plus(f.real.silent)
		default:
			f.reason = "no_single_leader"
		}
	}
}

// joinOne: the options compete with each other. It tells whether silent ballots take part.
func (r reading) joinOne(f *final, silentIn bool) bool {
	first, joining := leader(f.real.yes), f.real.following
	switch r.silence {
	case joinMajority:
		joining = joining.plus(f.real.silent)
	case joinIfOverHalf:
		half := bar{1, 2, true}
		silentIn = first >= 0 && half.reached(f.real.yes[first].heads, f.real.total.heads) && half.reached(f.real.yes[first].area, f.real.total.area)
		if silentIn {
			joining = joining.plus(f.real.silent)
		}
	}
	if joining == (weight{}) {
		return silentIn
	}
	if first < 0 {
		f.reason = "no_single_leader"
		return silentIn
	}
	f.yes[first] = f.yes[first].plus(joining)
	return silentIn
}

// reached tells whether part is the announced share of whole or more; strict: only more. Nothing reaches anything
// with nothing.
func (t bar) reached(part, whole int64) bool { return part >= t.least(whole) }

// least is the smallest whole number from 1 on that reaches the bar: part × den against num × whole.
func (t bar) least(whole int64) int64 {
	need, rest := new(big.Int).QuoRem(new(big.Int).Mul(big.NewInt(t.num), big.NewInt(whole)), big.NewInt(t.den), new(big.Int))
	if rest.Sign() > 0 || t.strict {
		need.Add(need, big.NewInt(1))
	}
	return max(need.Int64(), 1)
}

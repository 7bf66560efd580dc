package verify

import (
	"maps"
	"slices"
)

// decide gives the outcome of a matter from its piles, with the other readings where law and notice leave more
// than one: with and without void ballots where nobody announced which, and without silent ones where a policy
// counts them.
func decide(r reading, t pile) verdict {
	v, variants := r.read(t)
	if r.silence != notParticipating && t.silent != (weight{}) {
		r.silence = notParticipating
		quiet, _ := r.read(t)
		variants["without_silence"] = quiet.object
	}
	if len(variants) > 0 {
		v.object = maps.Clone(v.object) // it may stand among the variants itself
		v.object["variants"] = variants
	}
	return v
}

// read decides under one treatment of silence.
func (r reading) read(t pile) (verdict, object) {
	r.voidsIn = r.policies.voids == "in"
	if r.policies.voids != "" || t.void == (weight{}) {
		return r.conclude(r.settle(t)), object{}
	}
	with, without := r, r
	with.voidsIn = true
	in, out := with.conclude(with.settle(t)), without.conclude(without.settle(t))
	variants := object{"with_void": in.object, "without_void": out.object}
	if in.decided == out.decided {
		return in, variants
	}
	// Which reading holds decides the matter, and nobody may pick it afterwards.
	open := verdict{object: object{"binding": in.object["binding"], "counted": in.object["counted"], "steps": in.object["steps"]},
		reason: "void_not_announced"}
	return with.nothing(open, "undetermined"), variants
}

// decideAll decides every matter. Where a lot was drawn, its seed settles the ties that waited for it: not those of a
// matter that leads to nothing, because its condition is not met.
func decideAll(a announced, piles []*pile, seed string) []verdict {
	verdicts, law := make([]verdict, len(a.matters)), statuteAt(a.opens)
	readings := make([]reading, len(a.matters))
	for i, m := range a.matters {
		readings[i] = reading{matter: m, policies: a.policies, law: law, silence: a.policies.silenceFor(m.kind)}
		verdicts[i] = decide(readings[i], *piles[i])
	}
	if seed == "" {
		return verdicts
	}
	for i, effect := range effects(a.matters, slices.Clone(verdicts)) {
		if verdicts[i].awaits && effect != "lapsed" {
			readings[i].lot = &drawing{seed, a.matters[i].id}
			verdicts[i] = decide(readings[i], *piles[i])
		}
	}
	return verdicts
}

// effects says what each matter comes to once the matters it depends on are decided: it takes effect, leads to
// nothing by itself, lapses because its condition was not met, or waits.
func effects(matters []matter, verdicts []verdict) []string {
	list := make([]string, len(matters))
	for i, m := range matters {
		list[i] = own(m, verdicts[i])
		on := m.linkedTo - 1
		if on < 0 || on >= int64(i) {
			continue
		}
		outcome := verdicts[on].outcome
		switch {
		case list[on] == "lapsed":
			list[i] = "lapsed"
		case list[on] == "waiting" || outcome == "run_off_due":
			list[i] = "waiting"
		case outcome != m.linkedWhen:
			list[i] = "lapsed"
		}
	}
	return list
}

func own(m matter, v verdict) string {
	switch {
	case m.kind == consult:
		return "no_decision"
	case v.outcome == "passed" || v.elected > 0:
		return "takes_effect"
	case v.outcome == "run_off_due" || v.outcome == "undetermined":
		return "waiting"
	}
	return "no_decision"
}

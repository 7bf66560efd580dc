package verify

import "maps"

// decide gives the outcome of a matter from its piles, with the other readings where law and notice leave more
// than one: with and without void ballots where nobody announced which, and without silent ones where a policy
// counts them.
func decide(m matter, p policies, law statute, t pile) verdict {
	silence := p.silenceFor(m.kind)
	v, variants := read(m, p, law, t, silence)
	if silence != notParticipating && t.silent != (weight{}) {
		quiet, _ := read(m, p, law, t, notParticipating)
		variants["without_silence"] = quiet.object
	}
	if len(variants) > 0 {
		v.object = maps.Clone(v.object) // it may stand among the variants itself
		v.object["variants"] = variants
	}
	return v
}

// read decides under one treatment of silence.
func read(m matter, p policies, law statute, t pile, silence string) (verdict, object) {
	r := reading{matter: m, policies: p, law: law, voidsIn: p.voids == "in", silence: silence}
	if p.voids != "" || t.void == (weight{}) {
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

package verify

import (
	"crypto/sha256"
	"slices"
)

// figures reads a published result back, to see whether it agrees with itself: the one check of the figures that
// takes no ballot.
type figures struct {
	b    *book
	a    announced
	law  statute
	wide weight              // everybody on the roster
	lots map[string]*drawing // by matter, where a lot settled its ties
}

// checkFiguresOf carries it out on every matter and every reading. seed is that of the lot whose order the result is
// in; empty without one. It gives the number of ballots that count, within the bounds that the log sets.
func checkFiguresOf(b *book, a announced, committed hash, ballots bounds, text []byte, wide weight, seed string) int64 {
	if sha256.Sum256(text) != committed {
		b.fail(checkFigures, say("结果文件不是计票时固定的那一份", "the result is not the one fixed at the count"))
	}
	published, err := parse(text)
	if err != nil || at(published, "meeting") != a.meeting || at(published, "format") != "gongjue.result/v1" {
		b.fail(checkFigures, say("结果文件不合格式", "the result is not in its form"))
		return ballots.most
	}
	n, isNumber := at(published, "ballots").(int64)
	if !isNumber || n < ballots.least || n > ballots.most {
		b.fail(checkFigures, say("结果写 %s 张票，记录里是 %s 张", "the result counts %s ballots, the log %s", short(at(published, "ballots")), ballots))
		n = ballots.most
	}
	list, _ := at(published, "matters").([]any) // nil: no matter at all
	if len(list) != len(a.matters) {
		b.fail(checkFigures, say("结果有 %d 个事项，通知有 %d 个", "%d matters in the result and %d in the notice", len(list), len(a.matters)))
		return n
	}
	f := figures{b: b, a: a, law: statuteAt(a.opens), wide: wide}
	f.asAnnounced(list)
	if seed != "" {
		f.draw(list, seed)
	}
	for i, m := range a.matters {
		f.matter(m, at(list[i], "outcome"))
		f.delivery(m, list[i])
	}
	b.pass(checkFigures, say("%d 个事项", "%d matters", len(list)))
	return n
}

// draw finds the matters whose ties waited for the lot, from what the published totals came to before it.
func (f *figures) draw(list []any, seed string) {
	before := make([]verdict, len(list))
	for i, m := range f.a.matters {
		r := f.top(m)
		if fixed, reason, ok := totals(r, at(list[i], "outcome")); ok {
			before[i] = f.concluded(r, fixed, reason)
		}
	}
	f.lots = map[string]*drawing{}
	for i, effect := range effects(f.a.matters, before) {
		if id := f.a.matters[i].id; before[i].awaits && effect != "lapsed" {
			f.lots[id] = &drawing{seed, id}
		}
	}
}

// asAnnounced: each matter is the one of the notice, and one that depends on another says what it comes to.
func (f *figures) asAnnounced(list []any) {
	verdicts := make([]verdict, len(list))
	for i, one := range list {
		elected, _ := at(one, "outcome", "elected").([]any)             // nil: nobody
		verdicts[i].outcome, _ = at(one, "outcome", "outcome").(string) // anything else is found by matter
		verdicts[i].elected = int64(len(elected))
	}
	linked := effects(f.a.matters, verdicts)
	for i, m := range f.a.matters {
		want := object{"matter": m.id, "position": m.position, "title": m.title, "rule": verbatim(m.raw)}
		if m.linkedTo > 0 {
			want["effect"] = linked[i]
		}
		got := object{}
		published, _ := list[i].(object) // nil has no member
		for key, value := range published {
			if key != "outcome" && key != "delivery" {
				got[key] = value
			}
		}
		if place, wanted, found := differ("matter", want, got); place != "" {
			f.b.fail(checkFigures, say("事项 %d：%s 是 %s，按通知应当是 %s", "matter %d: %s is %s, by the notice %s", m.position, place, found, wanted))
		}
	}
}

// delivery: everybody of the scope stands in one class.
func (f *figures) delivery(m matter, one any) {
	classes, kept := at(one, "delivery", "classes").(object)
	if !kept {
		return
	}
	sum := int64(0)
	for _, figure := range classes {
		heads, _ := at(figure, "heads").(int64) // no number adds nothing
		sum += heads
	}
	if total := at(one, "outcome", "counted", "total", "heads"); total != sum {
		f.wrong(m, "delivery.classes", total, sum)
	}
}

// top is the reading that the outcome itself is under.
func (f *figures) top(m matter) reading {
	return reading{matter: m, policies: f.a.policies, law: f.law, voidsIn: f.a.policies.voids != "out", silence: f.a.policies.silenceFor(m.kind)}
}

// matter checks an outcome and its other readings.
func (f *figures) matter(m matter, outcome any) {
	r := f.top(m)
	r.lot = f.lots[m.id]
	f.reading(r, outcome)
	variants, _ := at(outcome, "variants").(object) // nil: no other reading
	for name, variant := range variants {
		other := r
		switch name {
		case "without_silence":
			other.silence = notParticipating
		case "with_void":
			other.voidsIn = true
		case "without_void":
			other.voidsIn = false
		default:
			f.wrong(m, name, "", name)
		}
		f.reading(other, variant)
	}
}

func (f *figures) wrong(m matter, place string, wanted, found any) {
	f.b.fail(checkFigures, say("事项 %d：%s 是 %s，应当是 %s", "matter %d: %s is %s and should be %s", m.position, place, short(found), short(wanted)))
}

// reading redoes everything that follows from the published totals, and looks whether these can be totals at all.
func (f *figures) reading(r reading, outcome any) {
	fixed, reason, ok := totals(r, outcome)
	if !ok {
		f.wrong(r.matter, "counted", "", at(outcome, "counted"))
		return
	}
	f.sums(r, fixed, slices.Contains([]any{"passed", "rejected", "run_off_due"}, at(outcome, "outcome")))
	want := f.concluded(r, fixed, reason)
	published, _ := outcome.(object) // totals were read from it
	bare := object{}
	for key, value := range published {
		if key != "variants" {
			bare[key] = value
		}
	}
	if place, wanted, found := differ("outcome", want.object, bare); place != "" {
		f.b.fail(checkFigures, say("事项 %d：%s 是 %s，按公布的数字应当是 %s", "matter %d: %s is %s, and by the published totals should be %s", r.matter.position, place, found, wanted))
	}
}

// totals reads the published sums of a reading, and why it is undetermined, if it is.
func totals(r reading, outcome any) (fixed final, reason string, ok bool) {
	counted, m := at(outcome, "counted"), r.matter
	ok = true
	take := func(key string) weight {
		w, good := asWeight(at(counted, key))
		ok = ok && good
		return w
	}
	t := &fixed.real
	t.total, fixed.partake, t.voted, t.void = take("total"), take("participants"), take("voted"), take("void")
	t.silent, t.abstained = take("silent_delivered"), take("abstain")
	var good bool
	fixed.yes, good = asVotes(m.names(), at(counted, "options"))
	ok = ok && good
	if m.method == each {
		fixed.no, good = asVotes(m.options, at(counted, "against"))
		ok = ok && good
	}
	reason, _ = at(outcome, "reason").(string) // anything else differs from what follows
	if reason == "no_single_leader" || reason == "silence_undefined" {
		fixed.reason = reason
	}
	return fixed, reason, ok
}

// concluded redoes steps, places and outcome from the totals.
func (f *figures) concluded(r reading, fixed final, reason string) verdict {
	want := r.conclude(fixed)
	if reason == "void_not_announced" && f.a.policies.voids == "" {
		return r.nothing(verdict{object: object{"binding": want.object["binding"], "counted": want.object["counted"], "steps": want.object["steps"]},
			reason: reason}, "undetermined")
	}
	return want
}

// sums: participants are whole classes, and votes stay within them.
func (f *figures) sums(r reading, t final, decided bool) {
	m := r.matter
	if len(m.scope) == 0 && t.real.total != f.wide {
		f.wrong(m, "counted.total", f.wide.json(), t.real.total.json())
	}
	all := t.real.voted.plus(t.real.void).plus(t.real.silent)
	if all.heads > t.real.total.heads || all.area > t.real.total.area {
		f.wrong(m, "counted.voted", t.real.total.json(), all.json())
	}
	with, without := t.real.voted, t.real.voted
	if r.voidsIn {
		with, without = with.plus(t.real.void), without.plus(t.real.void)
	}
	if r.silence != notParticipating {
		with = with.plus(t.real.silent)
	}
	mayStayOut := r.silence == joinIfOverHalf && m.method != each && m.kind != election
	if t.partake != with && !(mayStayOut && t.partake == without) {
		f.wrong(m, "counted.participants", with.json(), t.partake.json())
	}
	f.votes(r, t, decided, t.partake != without)
}

// votes: where one ballot names one thing, the things close to the ballots, unless those that follow a majority
// found none and so nothing was decided; everywhere else no option is above the ballots.
func (f *figures) votes(r reading, t final, decided, silentIn bool) {
	m, most, sum := r.matter, t.real.voted, t.real.abstained
	if silentIn && (r.silence == joinMajority || r.silence == joinIfOverHalf) {
		most = most.plus(t.real.silent)
	}
	for i := range t.yes {
		both := t.yes[i]
		if m.method == each {
			both = both.plus(t.no[i])
		}
		sum = sum.plus(t.yes[i])
		if both.heads > most.heads || both.area > most.area {
			f.wrong(m, "counted.options."+m.names()[i], most.json(), both.json())
		}
	}
	single := m.kind == motion || m.kind == consult || m.kind == selection && m.method == pick
	if single && (decided && sum != most || sum.heads > most.heads || sum.area > most.area) {
		f.wrong(m, "counted.options", most.json(), sum.json())
	}
}

func asWeight(value any) (weight, bool) {
	heads, okHeads := at(value, "heads").(int64)
	area, okArea := at(value, "area_cm2").(int64)
	fields, _ := value.(object) // nil has none
	return weight{heads, area}, okHeads && okArea && len(fields) == 2 && heads >= 0 && area >= 0
}

func asVotes(names []string, value any) ([]weight, bool) {
	votes, all := make([]weight, len(names)), true
	for i, name := range names {
		var ok bool
		votes[i], ok = asWeight(at(value, name))
		all = all && ok
	}
	found, _ := value.(object) // nil has none
	for name := range found {
		all = all && slices.Contains(names, name)
	}
	return votes, all
}

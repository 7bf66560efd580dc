package verify

import (
	"crypto/sha256"
	"slices"
	"sync/atomic"
)

// recount is what counting again gives: the piles of every matter and what each comes to, before and after a lot.
type recount struct {
	piles      []*pile
	displayed  []verdict
	verdicts   []verdict // the same where no lot was drawn
	deliveries []object  // by matter; nil where no register was kept
	voids      object    // answers found void on paper, by matter and reason
}

// countAgain counts every ballot of the book on every matter.
func countAgain(b *book, a announced, units []unit, full fullBook, seed string) recount {
	c := recount{piles: make([]*pile, len(a.matters)), deliveries: make([]object, len(a.matters)), voids: object{}}
	s := spread{a: a, answers: make([][]*answer, len(a.matters)), weights: make([][]weight, len(a.matters))}
	for i, m := range a.matters {
		s.answers[i], s.weights[i] = make([]*answer, len(units)), m.weigh(units)
	}
	var unreadable atomic.Int64
	inParallel(len(full.ballots), func(from, to int) {
		if at := s.take(full.ballots[from:to]); at > 0 {
			unreadable.Store(at)
		}
	})
	if at := unreadable.Load(); at > 0 {
		b.fail(checkCount, say("第 %d 条：票上有表决票没有提供的选择", "leaf %d: a choice that the ballot does not offer", at))
		return c
	}
	for i, m := range a.matters {
		c.piles[i] = heap(m, s.weights[i], s.answers[i], full.deliveries)
		c.deliveries[i] = deliveryOf(a.policies, s.weights[i], s.answers[i], full.deliveries)
		if reasons := voidsOf(s.answers[i]); len(reasons) > 0 {
			c.voids[m.id] = reasons
		}
	}
	c.displayed, c.verdicts = decideAll(a, c.piles, ""), decideAll(a, c.piles, seed)
	return c
}

// spread lays the answers of all ballots out by matter and head group, beside the weights.
type spread struct {
	a       announced
	answers [][]*answer
	weights [][]weight
}

// take puts the answers of some ballots to the matters that they are about. A ballot answers the matters on which its
// head has a weight, and no other. It gives the leaf of a ballot that does not; 0 if all do. An answer that many
// ballots give is read once.
func (s spread) take(ballots []opened) int64 {
	known := make([]map[string]*answer, len(s.a.matters))
	for i := range known {
		known[i] = map[string]*answer{}
	}
	var r record
	var list []member
	for _, o := range ballots {
		var err error
		if list, err = members(o.choices, list[:0]); err != nil {
			return o.leaf
		}
		for _, one := range list {
			at := slices.IndexFunc(s.a.matters, func(m matter) bool { return m.id == string(one.key) })
			if at < 0 || s.weights[at][o.slot] == (weight{}) {
				return o.leaf
			}
			said := known[at][string(one.raw)]
			if said == nil {
				var ok bool
				if said, ok = s.a.matters[at].understand(&r, s.a.policies, one.raw); !ok {
					return o.leaf
				}
				known[at][string(one.raw)] = said
			}
			s.answers[at][o.slot] = said
		}
	}
	return 0
}

// heap puts everybody of the scope where they belong: an answer goes before what became of the sheet.
func heap(m matter, weights []weight, answers []*answer, deliveries map[int64]string) *pile {
	t := m.newPile()
	for slot, w := range weights {
		t.total = t.total.plus(w)
		switch said := answers[slot]; {
		case said != nil:
			t.put(said, w)
		case len(deliveries) > 0 && deliveries[int64(slot)] == "delivered":
			t.silent = t.silent.plus(w)
		}
	}
	return t
}

// voidsOf counts the answers that are marked void, by reason.
func voidsOf(answers []*answer) object {
	counts := map[string]int64{}
	for _, said := range answers {
		if said != nil && said.reason != "" {
			counts[said.reason]++
		}
	}
	found := object{}
	for reason, n := range counts {
		found[reason] = n
	}
	return found
}

// compareCount compares what counting gives with what was published, figure by figure, and then byte by byte; the
// result that was displayed before a lot is compared by its hash.
func compareCount(b *book, a announced, c recount, ballots int, displayed hash, published []byte) {
	if first := write(nil, c.document(a, ballots, c.displayed)); sha256.Sum256(first) != displayed {
		b.fail(checkResult, say("计票时固定的结果不是逐票计算的结果", "the result fixed at the count is not what the ballots count to"))
	}
	got, err := parse(published)
	if err != nil {
		b.fail(checkResult, say("结果文件不合格式", "the result is not in its form"))
		return
	}
	want := c.document(a, ballots, c.verdicts)
	for i, m := range a.matters {
		if place, wanted, found := differ("outcome", c.verdicts[i].object, at(got, "matters", i, "outcome")); place != "" {
			b.fail(checkCount, say("事项 %d：%s 公布的是 %s，重新计票是 %s", "matter %d: %s was published as %s and counts as %s", m.position, place, found, wanted))
		}
	}
	if place, wanted, found := differ("result", want, got); place != "" {
		b.fail(checkResult, say("结果文件的 %s 是 %s，应当是 %s", "%s of the result is %s and should be %s", place, found, wanted))
	}
	b.pass(checkCount, say("%d 个事项，%d 张票", "%d matters, %d ballots", len(a.matters), ballots))
	b.pass(checkResult, say("%d 字节", "%d bytes", len(published)))
}

// at walks into a parsed value; nil where it has no such part.
func at(value any, path ...any) any {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			inner, _ := value.(object) // nil has no member
			value = inner[step]
		case int:
			list, _ := value.([]any) // nil has no element
			if step >= len(list) {
				return nil
			}
			value = list[step]
		}
	}
	return value
}

// document is the whole result as it should have been published.
func (c recount) document(a announced, ballots int, verdicts []verdict) object {
	linked := effects(a.matters, verdicts)
	var matters []any
	for i, m := range a.matters {
		one := object{"matter": m.id, "position": m.position, "title": m.title, "rule": verbatim(m.raw), "outcome": verdicts[i].object}
		if m.linkedTo > 0 {
			one["effect"] = linked[i]
		}
		if d := c.deliveries[i]; d != nil {
			one["delivery"] = d
		}
		matters = append(matters, one)
	}
	return object{"format": "gongjue.result/v1", "meeting": a.meeting, "ballots": int64(ballots), "matters": matters}
}

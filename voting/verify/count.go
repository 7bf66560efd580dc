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
	c := recount{piles: make([]*pile, len(a.matters)), deliveries: make([]object, len(a.matters))}
	answers := make([][]*answer, len(a.matters)) // by matter and head group
	weights := make([][]weight, len(a.matters))
	for i, m := range a.matters {
		answers[i], weights[i] = make([]*answer, len(units)), m.weigh(units)
	}
	var unreadable atomic.Int64
	inParallel(len(full.ballots), func(from, to int) {
		for _, o := range full.ballots[from:to] {
			if !spread(a, o, weights, answers) {
				unreadable.Store(o.leaf)
			}
		}
	})
	if at := unreadable.Load(); at > 0 {
		b.fail(checkCount, say("第 %d 条：票上有表决票没有提供的选择", "leaf %d: a choice that the ballot does not offer", at))
		return c
	}
	for i, m := range a.matters {
		c.piles[i] = heap(m, a.policies, weights[i], answers[i], full.deliveries)
		c.deliveries[i] = deliveryOf(m, a.policies, weights[i], answers[i], full.deliveries)
	}
	c.displayed, c.verdicts = decideAll(a, c.piles, ""), decideAll(a, c.piles, seed)
	c.voids = voidsOf(full)
	return c
}

// spread puts the answers of one ballot to the matters that they are about. A ballot answers the matters on which
// its head has a weight, and no other.
func spread(a announced, o opened, weights [][]weight, answers [][]*answer) bool {
	list, err := members(o.choices, nil)
	if err != nil {
		return false
	}
	for _, one := range list {
		at := slices.IndexFunc(a.matters, func(m matter) bool { return m.id == one.key })
		if at < 0 || weights[at][o.slot] == (weight{}) {
			return false
		}
		said, ok := readAnswer(one.raw)
		if !ok || !a.matters[at].offered(a.policies, said) {
			return false
		}
		answers[at][o.slot] = &said
	}
	return true
}

// heap puts everybody of the scope where they belong: an answer goes before what became of the sheet.
func heap(m matter, p policies, weights []weight, answers []*answer, deliveries map[int64]string) *pile {
	t := m.newPile()
	for slot, w := range weights {
		t.total = t.total.plus(w)
		switch said := answers[slot]; {
		case said != nil:
			t.put(m, p, *said, w)
		case deliveries[int64(slot)] == "delivered":
			t.silent = t.silent.plus(w)
		}
	}
	return t
}

// voidsOf counts the answers that are marked void, by matter and reason.
func voidsOf(full fullBook) object {
	counts := map[string]map[string]int64{}
	for _, o := range full.ballots {
		list, _ := members(o.choices, nil) // spread has read it
		for _, one := range list {
			r := open(one.raw)
			if r.maybe("void") == nil {
				continue
			}
			if counts[one.key] == nil {
				counts[one.key] = map[string]int64{}
			}
			counts[one.key][r.text("void")]++
		}
	}
	found := object{}
	for id, reasons := range counts {
		one := object{}
		for reason, n := range reasons {
			one[reason] = n
		}
		found[id] = one
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

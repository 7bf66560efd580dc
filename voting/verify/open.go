package verify

import (
	"crypto/sha256"
	"slices"
	"strconv"
	"sync/atomic"
)

// opened is a line of the full book: a ballot as it was cast.
type opened struct {
	leaf    int64
	slot    int64
	choices []byte
	at      int64 // Unix ms: of its leaf; of an imported one, as the platform gave it
	valid   bool  // the line is in its form
}

// fullBook is the book that the tellers read.
type fullBook struct {
	ballots    []opened         // that count
	all        []opened         // also those that were superseded
	deliveries map[int64]string // by head group
}

// cutBook reads the lines: ballots first, in the order of the log, then the register of deliveries, in the order of
// slots.
func cutBook(b *book, text []byte) (fullBook, [][]byte) {
	found := fullBook{deliveries: map[int64]string{}}
	all, ended := lines(text)
	ballots := len(all)
	for ballots > 0 && isDelivery(all[ballots-1]) {
		ballots--
	}
	last := int64(-1)
	var r record
	for _, line := range all[ballots:] {
		r.reset(line)
		slot, result := r.number("slot"), r.word("delivery", "delivered", "refused", "undeliverable")
		if r.close() != nil || slot <= last {
			b.fail(checkCommitments, say("送达登记有一行不合格式", "a line of the register of deliveries is not in its form"))
		}
		found.deliveries[slot], last = result, slot
	}
	if !ended {
		b.fail(checkCommitments, say("逐张票不完整", "the book is cut off"))
	}
	return found, all[:ballots]
}

func isDelivery(line []byte) bool {
	const start = `{"delivery":`
	return len(line) > len(start) && string(line[:len(start)]) == start
}

// openBook opens every ballot leaf with its line of the book. A line that does not open its leaf, a leaf without a
// line, or a head that voted twice fails check 11.
func openBook(b *book, a announced, leaves []leaf, h history, units []unit, text []byte) fullBook {
	if sha256.Sum256(text) != leaves[h.results[0]].result.fullBook {
		b.fail(checkCommitments, say("逐张票不是计票时固定的那一份", "the book is not the one fixed at the count"))
	}
	full, all := cutBook(b, text)
	var ballots []int // every ballot leaf, also those that were superseded; those of a replaced import nobody opens
	for i, l := range leaves {
		if _, gone := h.superseded[int64(i)]; l.isBallot() && !(l.imported() && gone) {
			ballots = append(ballots, i)
		}
	}
	if len(all) != len(ballots) {
		b.fail(checkCommitments, say("记录里有 %d 张票，打开的有 %d 张", "%d ballots in the log and %d in the book", len(ballots), len(all)))
		return full
	}
	full.ballots = make([]opened, len(all))
	var wrong atomic.Int64
	inParallel(len(all), func(from, to int) {
		var r record
		for i := from; i < to; i++ {
			r.reset(all[i])
			if full.ballots[i] = r.opened(leaves, ballots[i], units, a.meeting); !full.ballots[i].valid {
				wrong.Store(int64(ballots[i]))
			}
		}
	})
	if at := wrong.Load(); at > 0 {
		b.fail(checkCommitments, say("第 %d 条：打开的票不是当时封存的那一张", "leaf %d: the opened ballot is not the one that was sealed", at))
	}
	full.all = slices.Clone(full.ballots)
	full.oneEach(b, leaves, h, len(units))
	full.oneOfTwo(a, leaves)
	b.pass(checkCommitments, say("打开 %d 张", "%d opened", len(all)))
	return full
}

// opened reads a line and opens the commitments of its leaf: two, and of an imported ballot also that to its time and
// its numbers on the platform.
func (r *record) opened(leaves []leaf, at int, units []unit, meeting string) opened {
	o := opened{leaf: r.number("leaf"), slot: r.number("slot"), choices: r.raw("choices"), at: leaves[at].at}
	revision, key := r.number("revision"), r.salt("salt")
	moment, serials := "", ""
	if leaves[at].imported() {
		o.at, moment, serials = r.instant("at"), r.text("at"), r.text("serials")
		r.asked-- // the time was asked for twice
	}
	if r.close() != nil || o.leaf != int64(at) || o.slot < 0 || o.slot >= int64(len(units)) || units[o.slot].group != o.slot {
		return o
	}
	l, slot, turn := leaves[at], strconv.FormatInt(o.slot, 10), strconv.FormatInt(revision, 10)
	voter := sha256.Sum256(lengths("gongjue.voter/v1\x00", meeting, units[o.slot].voter))
	forSlot := salt(key.commit("gongjue.slot-salt/v1\x00"))
	o.valid = revision == l.revision && forSlot.commit("gongjue.slot/v1\x00", meeting, slot, turn) == l.slot &&
		key.commit("gongjue.ballot/v1\x00", meeting, slot, turn, string(o.choices), string(voter[:])) == l.choices
	if l.imported() {
		evidence := salt(key.commit("gongjue.evidence-salt/v1\x00"))
		o.valid = o.valid && evidence.commit("gongjue.evidence/v1\x00", meeting, slot, turn, "platform", moment+"\n"+serials, "", "") == l.evidence
	}
	return o
}

// oneEach keeps the ballots that count: one of its own for each head, and one that was imported.
func (f *fullBook) oneEach(b *book, leaves []leaf, h history, slots int) {
	type way struct{ here, imported bool }
	replaced := map[int64]int64{} // leaf that was replaced → slot
	seen := make([]way, slots)
	for _, o := range f.ballots {
		if by, gone := h.superseded[o.leaf]; gone {
			replaced[int64(by)] = o.slot
		}
	}
	f.ballots = slices.DeleteFunc(f.ballots, func(o opened) bool {
		if slot, there := replaced[o.leaf]; there && slot != o.slot {
			b.fail(checkCommitments, say("第 %d 条取代了别人的票", "leaf %d replaces somebody else's ballot", o.leaf))
		}
		_, gone := h.superseded[o.leaf]
		return gone
	})
	for _, o := range f.ballots {
		if !o.valid {
			continue // its slot may be none
		}
		this := &seen[o.slot].here
		if leaves[o.leaf].imported() {
			this = &seen[o.slot].imported
		}
		if *this {
			b.fail(checkCommitments, say("第 %d 条：同一投票权人有两张有效票", "leaf %d: a head with two ballots", o.leaf))
		}
		*this = true
	}
}

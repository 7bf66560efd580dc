package verify

import "crypto/sha256"

// amendLeaf is what became known of the frozen roster, as the log records it.
type amendLeaf struct {
	kind             string
	change           hash
	oldRoot, newRoot hash
	total            weight
	approved         int64 // Unix ms
}

func (r *record) amended() *amendLeaf {
	return &amendLeaf{kind: r.word("kind", "roster", "transfer", "mandate"), change: r.hash("change"), oldRoot: r.hash("old_root"), newRoot: r.hash("new_root"),
		total: weight{r.number("heads"), r.number("area_cm2")}, approved: r.instant("approved")}
}

// amendments is the line of versions that the log tells of, beside the roster that is counted.
type amendments struct {
	all   []int // leaves
	later int   // approved after voting began
	root  hash  // of the newest version
}

// amend: two people, before the count. A correction amends the version that the one before it made, the first that of
// the open leaf, and makes another; a transfer and a mandate leave
// roster and totals as they are.
func (h *history) amend(b *book, leaves []leaf, i int, o opening) {
	l, a := leaves[i], leaves[i].amended
	if len(h.amended.all) == 0 {
		h.amended.root = o.rosterRoot
	}
	switch {
	case l.first == l.second:
		b.fail(checkAmendments, say("第 %d 条：更正的两个人是同一个", "leaf %d: one person amended the roster alone", i))
	case len(h.results) > 0:
		b.fail(checkAmendments, say("第 %d 条：计票以后又更正了名册", "leaf %d: the roster was amended after the count", i))
	case a.approved > l.at:
		b.fail(checkAmendments, say("第 %d 条：记录以后才核准", "leaf %d: approved after it was recorded", i))
	case a.kind == "roster" && (a.oldRoot != h.amended.root || a.newRoot == a.oldRoot):
		b.fail(checkAmendments, say("第 %d 条更正的不是前一版名册", "leaf %d does not amend the version before it", i))
	case a.kind != "roster" && (a.oldRoot != o.rosterRoot || a.newRoot != o.rosterRoot || a.total != weight{o.heads, o.area}):
		b.fail(checkAmendments, say("第 %d 条：转让或者投票人的登记改了名册的指纹或者总数", "leaf %d: a transfer or a mandate changed root or totals", i))
	}
	if a.kind == "roster" {
		h.amended.root = a.newRoot
	}
	if a.approved >= o.opens {
		h.amended.later++
	}
	h.amended.all = append(h.amended.all, i)
}

// tell says what was found of amendments: those after the start of voting are pointed out, though they change no count.
func (m amendments) tell(b *book) {
	if len(m.all) == 0 {
		b.pass(checkAmendments, say("没有更改记录", "no amendment"))
		return
	}
	b.pass(checkAmendments, say("名册锁定以后有 %d 项更正、转让或者投票人的登记，其中 %d 项在投票开始以后；本次仍按开始时的名册计票",
		"%d amendments, transfers and mandates, %d of them after voting began; the count is over the roster of the open leaf all the same", len(m.all), m.later))
}

// checkAmendmentsOf: what is published of each amendment is what its leaf commits to, no more and no less.
func checkAmendmentsOf(b *book, leaves []leaf, h history, standing []byte) {
	published, err := parse(standing)
	list, _ := at(published, "amendments").([]any) // nil: none
	if err != nil || len(list) != len(h.amended.all) {
		b.fail(checkAmendments, say("公布的更正有 %d 项，记录里有 %d 项", "%d amendments are published and %d in the log", len(list), len(h.amended.all)))
		return
	}
	for i, index := range h.amended.all {
		a, entry := leaves[index].amended, list[i]
		same := sha256.Sum256(write(nil, entry)) == a.change && at(entry, "kind") == a.kind && at(entry, "heads") == a.total.heads &&
			at(entry, "area_cm2") == a.total.area && at(entry, "old_root") == a.oldRoot.String() && at(entry, "new_root") == a.newRoot.String() &&
			at(entry, "approved_at") == a.approved
		if !same {
			b.fail(checkAmendments, say("第 %d 条：公布的更正与记录的不符", "leaf %d: the published amendment is not the recorded one", index))
		}
		if a.kind == "mandate" && !bareMandate(entry) {
			b.fail(checkAmendments, say("第 %d 条：投票人的登记公布了不该公布的内容，或者没有凭证", "leaf %d: a mandate publishes what concerns nobody, or has no proof", index))
		}
	}
}

// bareMandate tells whether the published entry of a mandate names the home and nothing of the people, and is bound to
// them by one proof.
func bareMandate(entry any) bool {
	what, _ := at(entry, "what").([]any)
	proof, _ := at(entry, "proof").([]any)
	place, _ := at(entry, "place").(string)
	return len(what) == 0 && len(proof) == 1 && place != "" && at(entry, "reason") == "" && at(entry, "area_before_cm2") == int64(0) &&
		at(entry, "area_after_cm2") == int64(0)
}

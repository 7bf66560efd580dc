package verify

import (
	"cmp"
	"crypto/sha256"
	"slices"
)

// lotLeaf is a public lot (公开抽签) as the log records it.
type lotLeaf struct {
	root, result, announcements hash
	number                      string
	announced, due, drawn       int64 // Unix ms
	first, second               string
}

func (r *record) lot() *lotLeaf {
	return &lotLeaf{root: r.hash("root"), result: r.hash("result"), announcements: r.hash("announcements"), number: r.text("number"),
		announced: r.instant("announced"), due: r.instant("due"), drawn: r.instant("drawn"), first: r.identifier("first"), second: r.identifier("second")}
}

// seed is what every order is made of: the root of the log at the close, fixed before anybody knew of a tie, and the
// number drawn in public afterwards, which nobody knew at the close.
func (l *lotLeaf) seed() string { return l.root.String() + "/" + l.number }

// drawing is a lot that was drawn: its seed and the matter that it is for.
type drawing struct{ seed, matter string }

// order puts equals into the order of the lot: by the SHA-256 of a text that ends with the name. It also gives the
// steps as the result prints them.
func (d drawing) order(names []string) ([]string, []any) {
	type ticket struct{ name, sum string }
	tickets := make([]ticket, len(names))
	for i, name := range names {
		tickets[i] = ticket{name, hash(sha256.Sum256([]byte("gongjue.lot/v1\n" + d.seed + "\n" + d.matter + "\n" + name))).String()}
	}
	slices.SortFunc(tickets, func(a, b ticket) int { return cmp.Compare(a.sum, b.sum) })
	order, steps := make([]string, len(names)), make([]any, len(names))
	for i, t := range tickets {
		order[i], steps[i] = t.name, object{"option": t.name, "hash": t.sum}
	}
	return order, steps
}

// cut draws the lot for every shared rank that reaches over the end of some places, so that nobody shares one there.
func (r reading) cut(v *verdict, group string, ranks [][]string, ends ...int64) [][]string {
	if r.lot == nil {
		return ranks
	}
	var single [][]string
	taken := int64(0)
	for _, names := range ranks {
		before := taken
		taken += int64(len(names))
		over := slices.ContainsFunc(ends, func(end int64) bool { return before < end && taken > end })
		if !over {
			single = append(single, names)
			continue
		}
		order, steps := r.lot.order(names)
		drawn := object{"seed": r.lot.seed, "matter": r.lot.matter, "steps": steps}
		if group != "" {
			drawn["group"] = group
		}
		v.lots = append(v.lots, drawn)
		for _, name := range order {
			single = append(single, []string{name})
		}
	}
	return single
}

// checkLotOf: a lot stands between the result that was displayed and the one in its order, at most once in a log; it
// was announced before it was drawn, and its seed is the root at the close and a number of the announced length.
func checkLotOf(b *book, leaves []leaf, h history, standing []byte) {
	if len(h.lots) == 0 {
		if len(h.results) > 1 {
			b.fail(checkLot, say("记录里有两个结果，却没有抽签", "the log has two results and no lot"))
		}
		b.set(checkLot, Unasked, say("没有抽签", "no lot was drawn"))
		return
	}
	at := h.lots[0]
	l := leaves[at].lot
	switch {
	case len(h.lots) > 1:
		b.fail(checkLot, say("抽了不止一次签", "more than one lot was drawn"))
	case len(h.results) != 2 || h.results[0] > at || h.results[1] != at+1:
		b.fail(checkLot, say("抽签没有记在公示的结果和最后的结果之间", "the lot does not stand between the displayed result and the final one"))
	case h.closed < 0 || l.root != rootOf(hashesOf(leaves[:h.closed+1])):
		b.fail(checkLot, say("抽签用的指纹不是截止时的指纹", "the seed does not begin with the root at the close"))
	case leaves[h.results[0]].result.result == leaves[h.results[1]].result.result:
		b.fail(checkLot, say("抽签以后的结果和抽签以前一样", "the result after the lot is the one before it"))
	case l.result != leaves[h.results[0]].result.result:
		b.fail(checkLot, say("抽签写的结果不是公示的结果", "the lot names another result than the displayed one"))
	case !digits(l.number) || l.first == l.second:
		b.fail(checkLot, say("抽签的号码不合格式，或者两次登记是同一个人", "the number is not in its form, or one person recorded it twice"))
	case l.announced >= l.due || l.due > l.drawn || l.drawn > leaves[at].at:
		b.fail(checkLot, say("公告、约定时间、抽签、登记的先后不对", "announced, due, drawn and recorded are out of order"))
	case leaves[h.results[0]].result.fullBook != leaves[h.results[1]].result.fullBook ||
		leaves[h.results[0]].result.publicBook != leaves[h.results[1]].result.publicBook:
		b.fail(checkLot, say("抽签以后的结果换了票", "the result after the lot rests on other ballots"))
	}
	checkAnnouncements(b, l, standing)
	b.pass(checkLot, say("号码 %s", "number %s", l.number))
}

// checkAnnouncements: the announcements are those that the lot was drawn by, and the last of them is in force.
func checkAnnouncements(b *book, l *lotLeaf, standing []byte) {
	published, err := parse(standing)
	list, _ := at(published, "lot").([]any) // nil: none
	if err != nil || len(list) == 0 || sha256.Sum256(write(nil, list)) != l.announcements {
		b.fail(checkLot, say("抽签公告与记录里的不符", "the announcements of the lot are not those in the log"))
		return
	}
	last := list[len(list)-1]
	if at(last, "announced_at") != l.announced || at(last, "due_at") != l.due || at(last, "digits") != int64(len(l.number)) {
		b.fail(checkLot, say("抽签的时间或者号码位数与公告不符", "time or length of the number are not as announced"))
	}
}

func hashesOf(leaves []leaf) []hash {
	list := make([]hash, len(leaves))
	for i, l := range leaves {
		list[i] = l.hash
	}
	return list
}

// digits tells whether a number is written in 4 to 20 digits.
func digits(number string) bool {
	for i := range len(number) {
		if number[i] < '0' || number[i] > '9' {
			return false
		}
	}
	return len(number) >= 4 && len(number) <= 20
}

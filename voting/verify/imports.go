package verify

import (
	"crypto/sha256"
	"slices"
	"strconv"
)

// importLeaf says that the result of a city's platform was taken over; its ballots stand directly below it.
type importLeaf struct {
	platform hash
	ballots  int64
	replaces int64 // index of the import that it takes the place of; 0 for none
}

// The announced treatments of a head that answered here and on the platform.
const (
	firstValid        = "first_valid"
	electronicWins    = "electronic_wins"
	paperWins         = "paper_wins"
	identicalElseVoid = "identical_else_void"
)

func (r *record) taken() *importLeaf {
	r.hash("file") // a commitment: the file itself is nowhere in a bundle
	found := &importLeaf{platform: r.hash("platform"), ballots: r.number("ballots"), replaces: r.number("replaces")}
	if found.ballots < 0 {
		r.fail("ballots")
	}
	return found
}

func (l leaf) imported() bool { return l.kind == "ballot" && l.channel == "imported" }

// expect: below an import stand its ballots, all of them; nowhere else stands one.
func (h *history) expect(b *book, l leaf, i int) {
	switch {
	case l.imported() && h.due == 0:
		b.fail(checkImport, say("第 %d 条：不属于任何一次导入的票", "leaf %d: a ballot of no import", i))
	case l.imported() && (l.revision != 1 || l.supersedes != 0):
		b.fail(checkImport, say("第 %d 条：导入的票不取代任何一张票", "leaf %d: an imported ballot replaces none", i))
	case l.imported():
		h.due--
		return
	case h.due > 0:
		b.fail(checkImport, say("第 %d 条以前少了 %d 张导入的票", "above leaf %d are %d imported ballots too few", i, h.due))
	}
	h.due = 0
}

// take: a platform hands its result out when voting is over, so an import follows the close, but never the result. A
// later one names the one before, and none of the ballots of that one counts.
func (h *history) take(b *book, leaves []leaf, i int) {
	l := leaves[i]
	switch {
	case h.closed < 0:
		b.fail(checkImport, say("第 %d 条：截止以前就导入了", "leaf %d: an import before the close", i))
	case len(h.results) > 0:
		b.fail(checkImport, say("第 %d 条：计票以后又导入了", "leaf %d: an import after the count", i))
	case l.first == l.second:
		b.fail(checkImport, say("第 %d 条：两次交来的是同一个人", "leaf %d: handed in twice by one person", i))
	case l.taken.replaces != int64(h.taken):
		b.fail(checkImport, say("第 %d 条：替换的不是前一次导入", "leaf %d: it does not replace the import before it", i))
	}
	for _, at := range h.counting {
		if _, gone := h.superseded[int64(at)]; leaves[at].imported() && !gone {
			h.superseded[int64(at)] = i
		}
	}
	h.taken, h.due = i, l.taken.ballots
}

// checkImportOf: what was imported is of the platform that the notice named, and where it named one, it was imported.
func checkImportOf(b *book, a announced, leaves []leaf, h history) {
	switch {
	case a.platform == "" && h.taken > 0:
		b.fail(checkImport, say("会议通知没有写明平台，却导入了结果", "a result was imported, and no platform was announced"))
	case a.platform != "" && h.taken == 0 && len(h.results) > 0:
		b.fail(checkImport, say("会议通知写明的平台的结果没有导入", "the result of the announced platform was not imported"))
	}
	if h.taken == 0 {
		b.set(checkImport, Unasked, say("没有导入市平台的结果", "no result of a platform was imported"))
		return
	}
	name := hash(sha256.Sum256(lengths("gongjue.platform/v1\x00", a.platform)))
	for i, l := range leaves {
		if l.kind == "import" && l.taken.platform != name {
			b.fail(checkImport, say("第 %d 条导入的不是会议通知写明的平台的结果", "leaf %d is of another platform than the announced one", i))
		}
	}
	b.pass(checkImport, say("第 %d 条，%d 张", "leaf %d, %d ballots", h.taken, leaves[h.taken].taken.ballots))
}

// bounds say how many ballots count at least and at most.
type bounds struct{ least, most int64 }

func (n bounds) String() string {
	if n.least == n.most {
		return strconv.FormatInt(n.most, 10)
	}
	return strconv.FormatInt(n.least, 10) + "–" + strconv.FormatInt(n.most, 10)
}

// voters: every ballot counts, except that whoever answered here and on the platform has two; who that is only the
// book tells.
func (h *history) voters(leaves []leaf) bounds {
	all, imported := int64(len(h.counting)), h.byChannel(leaves)["imported"]
	return bounds{least: max(imported, all-imported), most: all}
}

// mayStandBack tells whether a ballot of this way may not count because the same head's other one does.
func (a announced) mayStandBack(channel string) bool {
	switch {
	case a.platform == "":
		return false
	case channel == "imported":
		return true
	}
	return a.conflict != identicalElseVoid && !(a.conflict == paperWins && channel == "paper")
}

// oneOfTwo leaves one ballot to every head that has one of its own and an imported one, as the announced rule says.
func (f *fullBook) oneOfTwo(a announced, leaves []leaf) {
	if a.platform == "" {
		return
	}
	own := make(map[int64]int, len(f.ballots)) // by slot
	for i, o := range f.ballots {
		if !leaves[o.leaf].imported() {
			own[o.slot] = i
		}
	}
	gone := map[int64]bool{} // by leaf
	for _, there := range f.ballots {
		i, both := own[there.slot]
		if !both || !leaves[there.leaf].imported() {
			continue
		}
		here := &f.ballots[i]
		switch paper := leaves[here.leaf].channel == "paper"; {
		case a.conflict == identicalElseVoid:
			here.choices = alikeOrVoid(here.choices, there.choices)
			gone[there.leaf] = true
		case paper && a.conflict == paperWins, !(paper && a.conflict == electronicWins) && here.at <= there.at:
			gone[there.leaf] = true
		default:
			gone[here.leaf] = true
		}
	}
	f.ballots = slices.DeleteFunc(f.ballots, func(o opened) bool { return gone[o.leaf] })
}

// alikeOrVoid keeps what both say alike and what one alone says; a matter on which they differ is void.
func alikeOrVoid(here, there []byte) []byte {
	both := object{}
	for _, choices := range [][]byte{here, there} {
		list, err := members(choices, nil)
		if err != nil {
			return choices // which check 12 cannot read either
		}
		for _, one := range list {
			if known, twice := both[string(one.key)].(verbatim); twice && string(known) != string(one.raw) {
				both[string(one.key)] = verbatim(`{"void":"DUP"}`)
				continue
			}
			both[string(one.key)] = verbatim(one.raw)
		}
	}
	return write(nil, both)
}

package verify

import "slices"

// history is the order of the log: what was recorded when, without knowing what anybody chose.
type history struct {
	closed     int           // index of the close leaf; −1 without one
	results    []int         // of the result leaves
	lots       []int         // of the leaves of lots
	unsealed   []int         // of the leaves that say who opened the ballots
	waived     []int         // of the leaves by which a street waives its witness
	superseded map[int64]int // leaf that no longer counts → the one that replaced it
	counting   []int         // ballot and paper leaves that count, in the order of the log
	taken      int           // the import leaf in force; 0 without one
	due        int64         // ballots of it that are still to come
	amended    amendments
}

// readHistory walks over the log once and carries out the checks that need nothing else.
func readHistory(b *book, leaves []leaf) history {
	h := history{closed: -1, superseded: map[int64]int{}}
	serials := map[hash]int{}
	o := leaves[0].opening
	for i, l := range leaves {
		h.expect(b, l, i)
		switch l.kind {
		case "ballot":
			h.ballot(b, leaves, i, *o)
		case "import":
			h.take(b, leaves, i)
		case "paper":
			h.paper(b, leaves, i, serials)
		case "close":
			h.close(b, leaves, i, *o)
		case "amend":
			h.amend(b, leaves, i, *o)
		case "lot":
			h.lots = append(h.lots, i)
		case unsealAct:
			h.unsealed = append(h.unsealed, i)
		case waiveAct:
			h.waived = append(h.waived, i)
		case "result":
			h.results = append(h.results, i)
			if h.closed < 0 {
				b.fail(checkClose, say("第 %d 条结果记在截止以前", "the result at leaf %d stands before the close", i))
			}
		}
	}
	h.expect(b, leaf{}, len(leaves))
	h.settle(b, leaves)
	h.amended.tell(b)
	if h.closed < 0 || len(h.results) == 0 {
		b.fail(checkClose, say("记录里没有截止或者没有结果", "the log has no close or no result"))
	}
	b.pass(checkBallots, say("%d 张有效", "%d ballots count", len(h.counting)))
	b.pass(checkPaper, say("%d 张纸质票", "%d paper sheets", len(serials)))
	return h
}

// ballot: a ballot was recorded within the window. Its time is that of its request; only where the leaf above it
// is later does it take that one's time, since times never decrease. One that was imported is of its import.
func (h *history) ballot(b *book, leaves []leaf, i int, o opening) {
	l := leaves[i]
	switch {
	case l.imported():
		h.counting = append(h.counting, i)
		return
	case h.closed >= 0:
		b.fail(checkBallots, say("第 %d 条：截止以后又记了一张票", "leaf %d: a ballot after the close", i))
	case l.at < o.opens:
		b.fail(checkBallots, say("第 %d 条：投票开始以前就有票", "leaf %d: a ballot before voting began", i))
	case l.at >= o.closes && l.at > leaves[i-1].at:
		b.fail(checkBallots, say("第 %d 条：票的时间在截止时间以后", "leaf %d: a ballot after the end of voting", i))
	}
	h.supersede(b, leaves, i)
}

// paper: sheets lie in boxes until somebody reads them, so they may follow the close, but never the result.
func (h *history) paper(b *book, leaves []leaf, i int, serials map[hash]int) {
	l := leaves[i]
	earlier, twice := serials[l.serial]
	switch {
	case twice:
		b.fail(checkPaper, say("第 %d 条与第 %d 条是同一张纸质票", "leaves %d and %d are the same sheet", earlier, i))
	case l.first == l.second:
		b.fail(checkPaper, say("第 %d 条：两次录入是同一个人", "leaf %d: entered twice by the same person", i))
	case l.serial == hash{}:
		b.fail(checkPaper, say("第 %d 条：纸质票没有编号", "leaf %d: a sheet without a serial", i))
	case len(h.results) > 0:
		b.fail(checkPaper, say("第 %d 条：计票以后又录入了纸质票", "leaf %d: a sheet after the count", i))
	}
	serials[l.serial] = i
	if l.at < leaves[0].opening.opens {
		b.fail(checkBallots, say("第 %d 条：投票开始以前就有票", "leaf %d: a ballot before voting began", i))
	}
	h.supersede(b, leaves, i)
}

// supersede: a later ballot of a voter names the one that it replaces; the first one names none.
func (h *history) supersede(b *book, leaves []leaf, i int) {
	l := leaves[i]
	h.counting = append(h.counting, i)
	if l.supersedes == 0 && l.revision == 1 {
		return
	}
	older := l.supersedes
	if older < 1 || older >= int64(i) || !leaves[older].isBallot() || leaves[older].imported() || leaves[older].revision+1 != l.revision {
		b.fail(checkBallots, say("第 %d 条：取代的不是同一户的上一张票", "leaf %d: it does not replace the ballot before it", i))
		return
	}
	if by, twice := h.superseded[older]; twice {
		b.fail(checkBallots, say("第 %d 条和第 %d 条取代了同一张票", "leaves %d and %d replace the same ballot", by, i))
	}
	h.superseded[older] = i
}

// close: it counts what was recorded before it.
func (h *history) close(b *book, leaves []leaf, i int, o opening) {
	c := leaves[i].closing
	counted, total := map[string]int64{}, int64(0)
	for _, at := range h.counting {
		if _, gone := h.superseded[int64(at)]; !gone {
			counted[leaves[at].channel]++
			total++
		}
	}
	same := len(counted) == len(c.byChannel)
	for channel, n := range c.byChannel {
		same = same && counted[channel] == n && slices.Contains(channels, channel)
	}
	switch {
	case h.closed >= 0:
		b.fail(checkClose, say("第 %d 条：截止了两次", "leaf %d: closed twice", i))
	case c.leaves != int64(i):
		b.fail(checkClose, say("截止时写的记录条数是 %d，实际是 %d", "the close counts %d leaves before it, there are %d", c.leaves, i))
	case c.ballots != total || !same:
		b.fail(checkClose, say("截止时写的票数是 %d，记录里是 %d，或者各种方式的票数不符", "the close counts %d ballots, the log %d, or another number of some channel", c.ballots, total))
	case leaves[i].at < o.closes:
		b.fail(checkClose, say("截止早于公布的时间", "closed before the announced end"))
	}
	h.closed = i
	b.pass(checkClose, say("截止时 %d 张", "%d ballots at the close", c.ballots))
}

// settle leaves the superseded ballots out.
func (h *history) settle(b *book, leaves []leaf) {
	h.counting = slices.DeleteFunc(h.counting, func(i int) bool {
		_, gone := h.superseded[int64(i)]
		return gone
	})
	for i, l := range leaves {
		if l.kind == "access" && (len(h.results) == 0 || i < h.results[0]) {
			b.fail(checkAmendments, say("第 %d 条：计票以前就有人查阅", "leaf %d: a book was read before the count", i))
		}
	}
}

// byChannel counts the ballots that count by the way they came in.
func (h *history) byChannel(leaves []leaf) map[string]int64 {
	counted := map[string]int64{}
	for _, i := range h.counting {
		counted[leaves[i].channel]++
	}
	return counted
}

package verify

import (
	"crypto/sha256"
	"slices"
	"strconv"
)

// unsealLeaf says by whose cards the ballots were opened.
type unsealLeaf struct {
	key     hash
	cards   [2]int64
	entered int64 // Unix ms: when the first card was typed in
}

func (r *record) unsealed() *unsealLeaf {
	return &unsealLeaf{key: r.hash("key"), cards: [2]int64{r.number("first_card"), r.number("second_card")}, entered: r.instant("entered")}
}

// The acts that a notice may promise to the log, by the types of their leaves.
const (
	unsealAct = "unseal"
	waiveAct  = "waive"
)

// checkSealOf: where three people hold the key, two of their cards opened the ballots, after the close and directly before
// the count. A notice from before the log told of it promises no leaf, and then none is missing.
func checkSealOf(b *book, a announced, leaves []leaf, h history) {
	if a.seal.need == 0 {
		if len(h.unsealed) > 0 {
			b.fail(checkSeal, say("通知没有说由三方保管，记录里却有开票卡", "the log tells of cards, and the notice of none"))
		}
		b.set(checkSeal, Unasked, say("密钥由系统保管，没有开票卡", "the server kept the key: there are no cards"))
		return
	}
	if len(h.unsealed) == 0 {
		if slices.Contains(a.logged, unsealAct) {
			b.fail(checkSeal, say("没有记下是谁的卡打开的选票", "whose cards opened the ballots is not in the log"))
		}
		b.set(checkSeal, Unasked, say("这是较早的记录，当时不记是谁的卡打开的", "an earlier record: it does not tell whose cards opened the ballots"))
		return
	}
	at := h.unsealed[0]
	l := leaves[at]
	u := l.unsealed
	switch {
	case len(h.unsealed) > 1:
		b.fail(checkSeal, say("选票打开了不止一次", "the ballots were opened more than once"))
	case h.closed < 0 || at < h.closed || h.results[0] != at+1:
		b.fail(checkSeal, say("打开选票没有记在截止以后、紧靠着结果以前", "the opening does not stand after the close and directly before the result"))
	case u.key != a.seal.key:
		b.fail(checkSeal, say("打开的不是通知公布的那一把密钥", "another key was opened than the announced one"))
	case u.cards[0] == u.cards[1] || u.cards[0] < 1 || u.cards[1] < 1 || u.cards[0] > a.seal.cards || u.cards[1] > a.seal.cards:
		b.fail(checkSeal, say("打开选票的不是两张不同的开票卡", "the ballots were not opened by two different cards"))
	case l.first == l.second:
		b.fail(checkSeal, say("两张开票卡是同一个人录入的", "one person typed both cards"))
	case u.entered < a.closes || u.entered > l.at:
		b.fail(checkSeal, say("第一张开票卡录入的时间不在截止以后、开票以前", "the first card was not typed in between the end of voting and the opening"))
	default:
		b.pass(checkSeal, say("%s的卡（%s）于 %s、%s的卡（%s）于 %s 录入", "card of the %[7]s (%[2]s) at %[3]s, card of the %[8]s (%[5]s) at %[6]s",
			holderNames[u.cards[0]-1], l.first, millis(u.entered), holderNames[u.cards[1]-1], l.second, millis(l.at), holders[u.cards[0]-1], holders[u.cards[1]-1]))
	}
}

// holderNames are the roles of the cards for people, in their order.
var holderNames = []string{"召集人", "街道", "计票人"}

// millis prints Unix ms in 北京时间.
func millis(at int64) string { return moment(uint64(at / 1000)) }

// waiveLeaf says that the street lets a result be announced that its witness did not sign.
type waiveLeaf struct{ result, waiver hash }

// checkWaivers: a waiver is of a street that the open leaf names, of the result that stands above it, at most one, and
// its published reason is the recorded one. Where the notice promises that the log tells of waivers, a result is only
// published with the street's signature or with one. It tells what to say of waivers.
func checkWaivers(b *book, r *run, o opening) []Text {
	standing, err := parse(r.files[fileStanding])
	published := at(standing, "waiver")
	if err != nil || (published == nil) != (len(r.history.waived) == 0) {
		b.fail(checkWitness, say("公布的“街道不作见证”的原因与投票记录不符", "the published waiver of the street is not the one of the log"))
		return nil
	}
	if published == nil {
		return nil
	}
	index := r.history.waived[0]
	l := r.leaves[index]
	last := -1
	for _, result := range r.history.results {
		if result < index {
			last = result
		}
	}
	switch {
	case len(r.history.waived) > 1:
		b.fail(checkWitness, say("街道不止一次说不作见证", "the street waived more than once"))
	case len(o.streetKeys) == 0:
		b.fail(checkWitness, say("第 %d 条：没有见证人，却说不作见证", "leaf %d waives a witness that nobody named", index))
	case last < 0 || r.leaves[last].result.result != l.waived.result:
		b.fail(checkWitness, say("第 %d 条说的不是它前面的结果", "leaf %d is not about the result above it", index))
	case sha256.Sum256(write(nil, published)) != l.waived.waiver:
		b.fail(checkWitness, say("第 %d 条：公布的原因不是当时记下的", "leaf %d: the published reason is not the recorded one", index))
	}
	return []Text{say("街道（%s）于 %s 说明不作见证，理由见 %s", "the street (%s) waived its witness at %s for the reason in %s", l.by, millis(l.at), fileStanding)}
}

// checkSeenOrWaived: what the notice promises, that no result is published without the street or its word.
func checkSeenOrWaived(b *book, r *run, o opening) {
	standing, _ := parse(r.files[fileStanding]) // nil: other checks say so
	until, _ := at(standing, "published_at").(int64)
	if until == 0 || len(o.streetKeys) == 0 || len(r.history.waived) > 0 || len(r.history.results) == 0 || !slices.Contains(r.notice.logged, waiveAct) {
		return
	}
	covered := int64(r.history.results[len(r.history.results)-1]) + 1
	for _, key := range o.streetKeys {
		w, ok := readWitness(key)
		if !ok {
			return // of a kind that this program does not know: whether it signed nobody can tell here
		}
		for _, c := range r.checkpoints {
			if at, holds := w.seen(c); holds && at > 0 && c.size >= covered {
				return
			}
		}
	}
	b.fail(checkWitness, say("街道没有见证到第 %s 条的结果，也没有说明不作见证", "the street neither signed the result of leaf %s nor waived it", strconv.FormatInt(covered-1, 10)))
}

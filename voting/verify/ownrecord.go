package verify

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// ownRecord is what the operator signed that the log holds for one head: its ballots, or none.
type ownRecord struct {
	text                   []byte // the whole note
	meeting, roster, voter string
	size                   int64
	root                   hash
	opening                provenLeaf
	units                  []ownUnit
	ballots                []ownBallot
	result                 *provenLeaf
	register               []byte // nil before figures were public
}

type ownUnit struct {
	unit
	slot  int64
	line  hash
	id    string
	key   salt
	proof []hash
}

type ownBallot struct {
	provenLeaf
	choices []byte // nil where it stays closed
	key     salt
	slotKey *salt // opens the slot alone; nil where nothing does
}

// bound tells whether the record shows that the ballot is one of its head; that it does is checked on reading.
func (b ownBallot) bound() bool { return b.choices != nil || b.slotKey != nil }

// readOwnRecord reads a record below its words for people.
func readOwnRecord(text []byte) (o ownRecord, err error) {
	o.text = []byte(strings.ReplaceAll(string(text), "\r\n", "\n"))
	_, rest, found := strings.Cut("\n"+string(o.text), "\ngongjue.record/v1\n")
	line, _, ended := strings.Cut(rest, "\n")
	if !found || !ended {
		return o, fmt.Errorf("no gongjue.record/v1")
	}
	r := open([]byte(line))
	o.meeting, o.roster, o.voter = r.text("meeting"), r.text("roster"), r.text("voter")
	o.size, o.root = r.number("size"), r.hash("root")
	r.number("at")
	o.opening = r.inner("opening", o.meeting)
	for _, one := range r.objects("units") {
		o.units = append(o.units, one.ownUnit())
		r.take("units", one)
	}
	for _, one := range r.objects("ballots") {
		b := ownBallot{provenLeaf: one.proven(o.meeting)}
		if b.choices = one.maybe("choices"); b.choices != nil {
			b.key = one.salt("salt")
		} else if one.has("slot_salt") {
			key := one.salt("slot_salt")
			b.slotKey = &key
		}
		o.ballots = append(o.ballots, b)
		r.take("ballots", one)
	}
	if r.maybe("result") != nil {
		r.asked--
		result := r.inner("result", o.meeting)
		o.result, o.register = &result, []byte(r.text("register"))
	}
	return o, r.close()
}

func (r *record) inner(key, meeting string) provenLeaf {
	inner := open(r.raw(key))
	found := inner.proven(meeting)
	r.take(key, inner)
	return found
}

func (r *record) ownUnit() ownUnit {
	line := r.raw("line")
	u := ownUnit{id: r.text("unit"), key: r.salt("salt"), proof: r.hashes("proof"), line: unitHash(line)}
	inner := open(line)
	u.unit, u.slot = inner.unit(), inner.number("slot")
	u.place = r.text("place")
	r.take("line", inner)
	return u
}

// slot is the head group that the record is about.
func (o ownRecord) slot() int64 { return o.units[0].group }

func (o ownRecord) places() string {
	var list []string
	for _, u := range o.units {
		list = append(list, strings.ReplaceAll(u.place, "/", " "))
	}
	return strings.Join(list, "、")
}

// itself checks everything that the record shows by itself; false where nothing more can be asked of it.
func (o ownRecord) itself(b *book, key string) bool {
	fail := func(zh, en string, values ...any) bool {
		b.fail(checkRecord, say(zh, en, values...))
		return false
	}
	if key == "" && o.opening.opening != nil {
		key = o.opening.opening.logKey
	}
	body, signed := signedNote(o.text, key)
	switch {
	case !signed || !ofMeeting(key, o.meeting) || !strings.Contains("\n"+body, "\ngongjue.record/v1\n"):
		return fail("本户记录没有系统的有效签名", "the record has no valid signature of the log")
	case o.opening.opening == nil || !o.opening.under(o.size, o.root):
		return fail("本户记录里的开始记录不在签名的记录里", "the opening of the record is not in the signed log")
	case len(o.units) == 0 || !o.homes():
		return fail("本户记录里的房屋不在锁定的名册里，或者不是同一个投票权人", "the homes of the record are not on the frozen roster, or not of one head")
	}
	last := int64(0)
	for _, ballot := range o.ballots {
		if !ballot.isBallot() || ballot.index <= last || !ballot.under(o.size, o.root) {
			return fail("本户记录里第 %d 条票不在签名的记录里", "the ballot at leaf %d of the record is not in the signed log", ballot.index)
		}
		if ballot.choices != nil && !o.opens(ballot) {
			return fail("第 %d 条：打开的选择不是当时封存的那一张", "leaf %d: the opened choices are not those that were sealed", ballot.index)
		}
		if ballot.slotKey != nil && !o.ofSlot(*ballot.slotKey, ballot) {
			return fail("第 %d 条不是这一户的票", "leaf %d is no ballot of this head", ballot.index)
		}
		last = ballot.index
	}
	if o.result == nil {
		return true
	}
	if o.result.result == nil || !o.result.under(o.size, o.root) || sha256.Sum256(o.register) != o.result.result.publicBook {
		return fail("本户记录里的名单不是计票时固定的那一份", "the register of the record is not the one fixed at the count")
	}
	channel, formed := registered(o.register, o.slot())
	if !formed {
		return fail("本户记录里的名单不合格式", "the register of the record is not in its form")
	}
	return o.agrees(b, channel, func(ballot ownBallot) bool { return ballot.imported() })
}

// homes: every line stands under the root of the opening and is the home that it is said to be; all are of one head.
func (o ownRecord) homes() bool {
	start := o.opening.opening
	first := o.units[0]
	for i, u := range o.units {
		if i > 0 && u.slot <= o.units[i-1].slot || u.group != first.group || !included(u.proof, start.units, start.rosterRoot, u.slot, u.line) ||
			u.key.commit("gongjue.unit/v1\x00", o.roster, u.id, u.place) != u.commitment || u.key.commit("gongjue.head/v1\x00", o.roster, o.voter) != u.head {
			return false
		}
	}
	return first.slot == first.group // the lowest slot of a head is its group
}

// opens tells whether choices and salt open the commitments of a ballot of this head.
func (o ownRecord) opens(ballot ownBallot) bool {
	slot, turn := strconv.FormatInt(o.slot(), 10), strconv.FormatInt(ballot.revision, 10)
	voter := sha256.Sum256(lengths("gongjue.voter/v1\x00", o.meeting, o.voter))
	return o.ofSlot(salt(ballot.key.commit("gongjue.slot-salt/v1\x00")), ballot) &&
		ballot.key.commit("gongjue.ballot/v1\x00", o.meeting, slot, turn, string(ballot.choices), string(voter[:])) == ballot.leaf.choices
}

// ofSlot tells whether a salt opens the slot of a ballot to this head.
func (o ownRecord) ofSlot(key salt, ballot ownBallot) bool {
	return key.commit("gongjue.slot/v1\x00", o.meeting, strconv.FormatInt(o.slot(), 10), strconv.FormatInt(ballot.revision, 10)) == ballot.slot
}

// unbound is a ballot of a record from after the count that nothing shows to be one of its head: whoever swapped two homes
// in the register would list the ballot of the other. It is nil where there is none. What was imported and replaced
// stays closed, and counts for nothing.
func (o ownRecord) unbound() *ownBallot {
	if o.result == nil {
		return nil
	}
	shown := slices.ContainsFunc(o.ballots, ownBallot.bound)
	for i, ballot := range o.ballots {
		if !ballot.bound() && !(ballot.imported() && shown) {
			return &o.ballots[i]
		}
	}
	return nil
}

// registered reads the register for one head: by which way it voted, empty for not at all.
func registered(text []byte, slot int64) (channel string, formed bool) {
	all, ended := lines(text)
	last := int64(-1)
	var r record
	for _, line := range all {
		r.reset(line)
		at, way := r.number("slot"), r.word("channel", channels...)
		if r.close() != nil || at <= last {
			return "", false
		}
		if last = at; at == slot {
			channel = way
		}
	}
	return channel, ended
}

// agrees compares the listed ballots with a register of who voted. A ballot for which gone holds may have been replaced.
func (o ownRecord) agrees(b *book, channel string, gone func(ownBallot) bool) bool {
	switch {
	case channel != "" && !slices.ContainsFunc(o.ballots, func(ballot ownBallot) bool { return ballot.channel == channel }):
		b.fail(checkRecord, say("名单上这一户投了票（%s），本户记录里没有这张票", "this head voted by the register (%s), and the record has no such ballot", channel))
	case channel == "" && slices.ContainsFunc(o.ballots, func(ballot ownBallot) bool { return !gone(ballot) }):
		b.fail(checkRecord, say("本户记录里有票，名单上这一户没有投票", "the record has a ballot, and by the register this head did not vote"))
	}
	return b.holds(checkRecord)
}

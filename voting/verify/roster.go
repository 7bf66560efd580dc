package verify

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strconv"
	"sync/atomic"
)

// weight is what everything is counted in: heads, and area in cm².
type weight struct{ heads, area int64 }

func (w weight) plus(other weight) weight { return weight{w.heads + other.heads, w.area + other.area} }

// unit is one exclusive part of the roster.
type unit struct {
	commitment, head hash
	area             int64 // cm²
	group            int64 // the lowest slot of the same head
	countsArea       bool
	countsHead       bool
	place            string // where the tier tells it
	voter            string
}

// widest is the largest area of one unit, in cm², that a roster can hold; it keeps sums far from overflow.
const widest = 999_999_999_999

// readRoster reads the units in the order of their slots and gives the root of their tree. What cannot be a
// roster fails check 5.
func readRoster(b *book, text []byte) (units []unit, root hash) {
	all, ended := lines(text)
	units = make([]unit, len(all))
	hashes := make([]hash, len(all))
	var malformed atomic.Int64
	inParallel(len(all), func(from, to int) {
		var r record
		for i := from; i < to; i++ {
			r.reset(all[i])
			units[i] = r.unit()
			if r.number("slot") != int64(i) || r.close() != nil {
				malformed.Add(1)
			}
			hashes[i] = unitHash(all[i])
		}
	})
	if malformed.Load() > 0 || !ended || len(all) == 0 {
		b.fail(checkOpening, say("名册有 %d 行不合格式", "%d lines of the roster are not in their form", malformed.Load()))
	}
	for slot, u := range units {
		if u.group < 0 || u.group > int64(slot) || units[u.group].group != u.group {
			b.fail(checkOpening, say("名册第 %d 行的投票权人编号不对", "the head group of slot %d is not the lowest slot of its head", slot))
		}
	}
	return units, rootOf(hashes)
}

// unit reads a line of the roster but for its slot.
func (r *record) unit() unit {
	u := unit{commitment: r.hash("unit"), head: r.hash("head"), area: r.number("area_cm2"), group: r.number("head_group"),
		countsArea: r.flag("counts_area"), countsHead: r.flag("counts_heads")}
	if r.number("owners") < 0 || u.area < 0 || u.area > widest {
		r.fail("area_cm2")
	}
	return u
}

func unitHash(line []byte) hash {
	var room [1024]byte
	return sha256.Sum256(append(append(room[:0], "\x00gongjue.unit/v1\n"...), line...))
}

// everybody is the weight of a whole roster.
func everybody(units []unit) weight {
	var sum weight
	heads := make([]bool, len(units))
	for _, u := range units {
		if u.countsArea {
			sum.area += u.area
		}
		if u.countsHead && !heads[u.group] {
			heads[u.group] = true
			sum.heads++
		}
	}
	return sum
}

// checkOpeningOf compares what the open leaf fixed with the documents and the roster that are here.
func checkOpeningOf(b *book, o opening, a announced, files map[string][]byte, units []unit, root hash) {
	sum := everybody(units)
	for _, pair := range []struct {
		same bool
		what Text
	}{
		{o.agenda == sha256.Sum256(files[fileAnnounced]), Text{"会议通知", "the notice"}},
		{o.rules == sha256.Sum256(files[fileRules]) && o.rules == a.rules, Text{"规定", "the rules"}},
		{o.rosterRoot == root && o.rosterRoot == a.rosterRoot, Text{"名册指纹", "the root of the roster"}},
		{o.units == int64(len(units)) && o.units == a.units, Text{"名册户数", "the number of units"}},
		{o.heads == sum.heads && o.heads == a.total.heads, Text{"总人数", "the heads"}},
		{o.area == sum.area && o.area == a.total.area, Text{"总面积", "the total area"}},
		{o.opens == a.opens && o.closes == a.closes && o.opens < o.closes, Text{"投票时间", "the window"}},
		{slices.Equal(o.streetKeys, a.witnesses), Text{"街道的见证公钥", "the witness keys of the street"}},
	} {
		if !pair.same {
			b.fail(checkOpening, say("%[1]s与开始时固定的不符", "%[2]s is not what the open leaf fixed", pair.what.ZH, pair.what.EN))
		}
	}
	found := say("%d 个专有部分，%d 人，%s 平方米", "%d units, %d heads, %s m²", len(units), sum.heads, squareMetres(sum.area))
	if a.seal.cards > 0 {
		held := say("；封存选票的钥匙分成 %d 张卡，%d 张到齐才能打开", "; the key of the ballots is in %d cards, %d of which open", a.seal.cards, a.seal.need)
		found.ZH, found.EN = found.ZH+held.ZH, found.EN+held.EN
	}
	b.pass(checkOpening, found)
}

// squareMetres prints an area in cm² exactly.
func squareMetres(area int64) string {
	fraction := strconv.FormatInt(10_000+area%10_000, 10)[1:]
	return strconv.FormatInt(area/10_000, 10) + "." + fraction
}

// salt opens a commitment.
type salt [32]byte

func (r *record) salt(key string) salt { return salt(r.hash(key)) }

// commit is HMAC-SHA256(salt, prefix ‖ parts), each part after four bytes of its length. It is written out, because a
// record takes half a million of them.
func (s salt) commit(prefix string, parts ...string) hash {
	var inner, outer [sha256.BlockSize]byte
	for i := range inner {
		inner[i], outer[i] = 0x36, 0x5c
	}
	for i, b := range s {
		inner[i], outer[i] = b^0x36, b^0x5c
	}
	var room [512]byte // on the stack: what is longer is moved
	text := sha256.Sum256(appendLengths(append(append(room[:0], inner[:]...), prefix...), parts...))
	var both [sha256.BlockSize + sha256.Size]byte
	copy(both[copy(both[:], outer[:]):], text[:])
	return sha256.Sum256(both[:])
}

// lengths joins parts behind a prefix, each after four bytes of its length, the most significant first.
func lengths(prefix string, parts ...string) []byte { return appendLengths([]byte(prefix), parts...) }

func appendLengths(text []byte, parts ...string) []byte {
	for _, part := range parts {
		text = binary.BigEndian.AppendUint32(text, uint32(len(part)))
		text = append(text, part...)
	}
	return text
}

// readHomes reads which home each slot is and opens the commitments of its line of the roster.
func readHomes(b *book, roster string, units []unit, text []byte) {
	all, ended := lines(text)
	if len(all) != len(units) || !ended {
		b.fail(checkHomes, say("房屋有 %d 行，名册有 %d 行", "%d homes and %d lines of the roster", len(all), len(units)))
		return
	}
	var wrong atomic.Int64
	inParallel(len(all), func(from, to int) {
		var r record
		for i := from; i < to; i++ {
			r.reset(all[i])
			u := &units[i]
			u.place, u.voter = r.text("place"), r.text("voter")
			key, id := r.salt("salt"), r.text("unit")
			if r.number("slot") != int64(i) || r.close() != nil || key.commit("gongjue.unit/v1\x00", roster, id, u.place) != u.commitment ||
				key.commit("gongjue.head/v1\x00", roster, u.voter) != u.head {
				wrong.Add(1)
			}
		}
	})
	if wrong.Load() > 0 {
		b.fail(checkHomes, say("%d 行房屋与锁定的名册不符", "%d homes are not those that were frozen", wrong.Load()))
	}
	groups := make(map[string]int64, len(units))
	for slot, u := range units {
		if group, known := groups[u.voter]; known && group != u.group || !known && u.group != int64(slot) {
			b.fail(checkHomes, say("名册第 %d 行：一个投票权人被分成两个，或者两个被合成一个", "slot %d: one voter has two heads, or two have one", slot))
		}
		groups[u.voter] = u.group
	}
	b.pass(checkHomes, say("%d 户", "%d homes", len(units)))
}

package verify

import (
	"encoding/hex"
	"fmt"
	"time"
)

// hash is a SHA-256 value.
type hash [32]byte

func (h hash) String() string { return hex.EncodeToString(h[:]) }

// record is one object under reading: every member is asked for by its name and type, and what nobody asked for
// is as wrong as what is missing.
type record struct {
	members []member
	asked   int
	wrong   string // the first member that is missing, of another type, or not known
	list    [16]member
	day     [10]byte // of the moment that was read last
	dayAt   int64    // Unix ms of its beginning
}

// open splits an object; its record says what is wrong with it when it is closed.
func open(text []byte) *record {
	r := &record{}
	r.reset(text)
	return r
}

// reset takes up another object with the same memory.
func (r *record) reset(text []byte) {
	r.asked, r.wrong = 0, ""
	var err error
	if r.members, err = members(text, r.list[:0]); err != nil {
		r.wrong = "{}"
	}
}

// close is nil when everything was there, of its type, and nothing else.
func (r *record) close() error {
	if r.wrong == "" && r.asked == len(r.members) {
		return nil
	}
	if r.wrong != "" {
		return fmt.Errorf("member %q is missing or has another form", r.wrong)
	}
	return fmt.Errorf("%d members, %d of them known", len(r.members), r.asked)
}

func (r *record) fail(key string) {
	if r.wrong == "" {
		r.wrong = key
	}
}

// maybe gives the bytes of a member that may be left out; nil if it is.
func (r *record) maybe(key string) []byte {
	for _, m := range r.members {
		if string(m.key) == key {
			r.asked++
			return m.raw
		}
	}
	return nil
}

func (r *record) raw(key string) []byte {
	raw := r.maybe(key)
	if raw == nil {
		r.fail(key)
	}
	return raw
}

func (r *record) text(key string) string {
	raw := r.raw(key)
	if len(raw) == 0 || raw[0] != '"' {
		r.fail(key)
		return ""
	}
	return unquote(raw)
}

// optional reads a text that may be left out, for "".
func (r *record) optional(key string) string {
	if r.maybe(key) == nil {
		return ""
	}
	r.asked--
	return r.text(key)
}

// word reads a text that must be one of a list.
func (r *record) word(key string, list ...string) string {
	raw := r.raw(key)
	for _, word := range list {
		if quoted(raw, word) {
			return word
		}
	}
	r.fail(key)
	return ""
}

// quoted tells whether raw is a plain word in quotes.
func quoted(raw []byte, word string) bool {
	return len(raw) == len(word)+2 && raw[0] == '"' && string(raw[1:len(raw)-1]) == word
}

// says tells whether a member is a text that needs no escapes.
func (r *record) says(key, text string) bool { return quoted(r.raw(key), text) }

func (r *record) number(key string) int64 { return r.whole(key, r.raw(key)) }

// count reads a number that may be left out, for 0, and is never below 0.
func (r *record) count(key string) int64 {
	raw := r.maybe(key)
	if raw == nil {
		return 0
	}
	n := r.whole(key, raw)
	if n < 0 {
		r.fail(key)
	}
	return n
}

func (r *record) whole(key string, raw []byte) int64 {
	n, width := integer(raw)
	if width == 0 || width != len(raw) {
		r.fail(key)
	}
	return n
}

func (r *record) flag(key string) bool {
	switch string(r.raw(key)) {
	case "true":
		return true
	case "false":
		return false
	}
	r.fail(key)
	return false
}

func (r *record) hash(key string) hash {
	raw := r.raw(key)
	if len(raw) != 66 || raw[0] != '"' {
		r.fail(key)
		return hash{}
	}
	h, ok := parseHash(raw[1:65])
	if !ok {
		r.fail(key)
	}
	return h
}

// parseHash reads 64 lower-case hex digits.
func parseHash(digits []byte) (hash, bool) {
	var h hash
	if len(digits) != 64 {
		return h, false
	}
	wrong := byte(0)
	for i := range h {
		high, low := nibbles[digits[2*i]], nibbles[digits[2*i+1]]
		wrong |= high | low
		h[i] = high<<4 | low&15
	}
	return h, wrong < 16
}

// nibbles are the values of lower-case hex digits; 255 for other bytes.
var nibbles = func() (table [256]byte) {
	for i := range table {
		table[i] = 255
	}
	for i, digit := range []byte("0123456789abcdef") {
		table[digit] = byte(i)
	}
	return table
}()

// instantForm is how moments stand in leaves: 北京时间 with three decimals.
const instantForm = "2006-01-02T15:04:05.000-07:00"

// instant reads a moment of a leaf in Unix ms.
func (r *record) instant(key string) int64 {
	raw := r.raw(key)
	if len(raw) != len(instantForm)+2 || raw[0] != '"' {
		r.fail(key)
		return 0
	}
	text := raw[1 : len(raw)-1]
	if day := [10]byte(text); day != r.day { // a log has few days and many moments
		at, err := time.ParseInLocation(time.DateOnly, string(text[:10]), beijing)
		if err != nil || at.Format(time.DateOnly) != string(text[:10]) {
			r.fail(key)
			return 0
		}
		r.day, r.dayAt = day, at.UnixMilli()
	}
	hours, minutes, seconds, millis := digit2(text[11:]), digit2(text[14:]), digit2(text[17:]), 10*digit2(text[20:])+int64(text[22]-'0')
	if text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != '.' || string(text[23:]) != "+08:00" || text[22] < '0' || text[22] > '9' ||
		hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59 || millis < 0 {
		r.fail(key)
		return 0
	}
	return r.dayAt + ((hours*60+minutes)*60+seconds)*1000 + millis
}

// digit2 reads two digits; far below 0 where they are none.
func digit2(text []byte) int64 {
	if text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9' {
		return -1000
	}
	return 10*int64(text[0]-'0') + int64(text[1]-'0')
}

var beijing = time.FixedZone("", 8*60*60)

// texts reads a list of texts; a member that is left out is an empty list.
func (r *record) texts(key string) []string {
	raw := r.maybe(key)
	if raw == nil {
		return nil
	}
	items, err := elements(raw)
	if err != nil {
		r.fail(key)
	}
	list := make([]string, 0, len(items))
	for _, item := range items {
		if item[0] != '"' {
			r.fail(key)
			return nil
		}
		list = append(list, unquote(item))
	}
	return list
}

// objects reads a list of objects; a member that is left out is an empty list.
func (r *record) objects(key string) []*record {
	raw := r.maybe(key)
	if raw == nil {
		return nil
	}
	items, err := elements(raw)
	if err != nil {
		r.fail(key)
	}
	list := make([]*record, len(items))
	for i, item := range items {
		list[i] = open(item)
	}
	return list
}

// take merges the verdict on an inner object.
func (r *record) take(key string, inner *record) {
	if inner.close() != nil {
		r.fail(key + "." + inner.wrong)
	}
}

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
	text := r.text(key)
	for _, word := range list {
		if text == word {
			return text
		}
	}
	r.fail(key)
	return ""
}

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
	for _, b := range digits {
		if b >= 'A' && b <= 'F' {
			return h, false
		}
	}
	_, err := hex.Decode(h[:], digits)
	return h, err == nil
}

// instantForm is how moments stand in leaves: 北京时间 with three decimals.
const instantForm = "2006-01-02T15:04:05.000-07:00"

// instant reads a moment of a leaf in Unix ms.
func (r *record) instant(key string) int64 {
	text := r.text(key)
	at, err := time.Parse(instantForm, text)
	if err != nil || at.In(beijing).Format(instantForm) != text {
		r.fail(key)
		return 0
	}
	return at.UnixMilli()
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

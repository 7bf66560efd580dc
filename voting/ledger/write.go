package ledger

import (
	"slices"
	"strconv"
	"strings"
)

// object collects the members of one canonical JSON object; they may come in any order.
type object struct {
	raw     []byte
	members []member
}

// member is a key and where its encoded value stands in raw.
type member struct {
	key      string
	from, to int
}

func (o *object) add(key string, from int) {
	o.members = append(o.members, member{key, from, len(o.raw)})
}

func (o *object) text(key, value string) {
	from := len(o.raw)
	o.raw = appendText(o.raw, value)
	o.add(key, from)
}

func (o *object) number(key string, value int64) {
	from := len(o.raw)
	o.raw = strconv.AppendInt(o.raw, value, 10)
	o.add(key, from)
}

func (o *object) flag(key string, value bool) {
	from := len(o.raw)
	o.raw = strconv.AppendBool(o.raw, value)
	o.add(key, from)
}

// canonical takes a value that is canonical JSON already.
func (o *object) canonical(key string, value []byte) {
	from := len(o.raw)
	o.raw = append(o.raw, value...)
	o.add(key, from)
}

func (o *object) reset() { o.raw, o.members = o.raw[:0], o.members[:0] }

func (o *object) hash(key string, value Hash) { o.text(key, value.String()) }

func (o *object) texts(key string, values []string) {
	from := len(o.raw)
	o.raw = appendTexts(o.raw, values)
	o.add(key, from)
}

func (o *object) object(key string, value *object) {
	from := len(o.raw)
	o.raw = value.appendTo(o.raw)
	o.add(key, from)
}

// appendTo writes the object with its keys in byte order. Keys are different by construction.
func (o *object) appendTo(dst []byte) []byte {
	slices.SortFunc(o.members, func(a, b member) int { return strings.Compare(a.key, b.key) })
	dst = append(dst, '{')
	for i, m := range o.members {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(appendText(dst, m.key), ':')
		dst = append(dst, o.raw[m.from:m.to]...)
	}
	return append(dst, '}')
}

func appendTexts(dst []byte, values []string) []byte {
	dst = append(dst, '[')
	for i, value := range values {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendText(dst, value)
	}
	return append(dst, ']')
}

// shortEscapes are the control characters with a two-character escape.
var shortEscapes = map[byte]byte{'\b': 'b', '\t': 't', '\n': 'n', '\f': 'f', '\r': 'r'}

// appendText writes a JSON string with as few escapes as JSON allows. The text is valid UTF-8.
func appendText(dst []byte, text string) []byte {
	const hexDigits = "0123456789abcdef"
	dst = append(dst, '"')
	for i := range len(text) {
		switch b := text[i]; {
		case b == '"' || b == '\\':
			dst = append(dst, '\\', b)
		case b >= 0x20:
			dst = append(dst, b)
		case shortEscapes[b] != 0:
			dst = append(dst, '\\', shortEscapes[b])
		default:
			dst = append(dst, '\\', 'u', '0', '0', hexDigits[b>>4], hexDigits[b&15])
		}
	}
	return append(dst, '"')
}

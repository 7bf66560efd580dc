package verify

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"
)

// errJSON says that bytes are not the one canonical text of a JSON value: keys in byte order and each once, no
// blanks, whole numbers, the shortest escapes.
var errJSON = errors.New("not canonical JSON")

const deepest = 16

// member is one entry of an object: its key, without quotes and escapes, and the bytes of its value. Both are parts of the
// text that was read.
type member struct{ key, raw []byte }

// scanner walks over one canonical text.
type scanner struct {
	text []byte
	at   int
}

// whole checks that a text is exactly one canonical value.
func whole(text []byte) error {
	s := scanner{text: text}
	if !s.value(deepest) || s.at != len(text) {
		return errJSON
	}
	return nil
}

// members splits an object into its entries, appended to into. The text is checked on the way.
func members(text []byte, into []member) ([]member, error) {
	s := scanner{text: text}
	if !s.take('{') {
		return nil, errJSON
	}
	into, ok := s.object(deepest-1, into, true)
	if !ok || s.at != len(text) {
		return nil, errJSON
	}
	return into, nil
}

// elements splits a list into its values.
func elements(text []byte) ([][]byte, error) {
	s, list := scanner{text: text}, [][]byte{}
	if !s.take('[') {
		return nil, errJSON
	}
	ok := s.list(deepest-1, func(raw []byte) { list = append(list, raw) })
	if !ok || s.at != len(text) {
		return nil, errJSON
	}
	return list, nil
}

func (s *scanner) take(b byte) bool {
	if s.at < len(s.text) && s.text[s.at] == b {
		s.at++
		return true
	}
	return false
}

func (s *scanner) value(depth int) bool {
	if s.at >= len(s.text) {
		return false
	}
	switch b := s.text[s.at]; {
	case b == '"':
		return s.string()
	case b == '-' || (b >= '0' && b <= '9'):
		return s.number()
	case depth == 0:
		return s.word()
	case b == '{':
		s.at++
		_, ok := s.object(depth-1, nil, false)
		return ok
	case b == '[':
		s.at++
		return s.list(depth-1, func([]byte) {})
	}
	return s.word()
}

func (s *scanner) word() bool {
	for _, word := range []string{"true", "false", "null"} {
		if bytes.HasPrefix(s.text[s.at:], []byte(word)) {
			s.at += len(word)
			return true
		}
	}
	return false
}

// number scans a whole number: no sign but one minus, no zero before a digit, nothing beyond int64.
func (s *scanner) number() bool {
	_, width := integer(s.text[s.at:])
	s.at += width
	return width > 0
}

// integer reads a whole number and tells how many bytes it takes; 0 for none, or one that is not written as it should.
func integer(text []byte) (n int64, width int) {
	digits := 0
	if len(text) > 0 && text[0] == '-' {
		digits = 1
	}
	end := digits
	for end < len(text) && text[end] >= '0' && text[end] <= '9' {
		end++
	}
	long := end - digits
	if long == 0 || long > 19 || text[digits] == '0' && (long > 1 || digits > 0) {
		return 0, 0
	}
	if long == 19 { // near the ends of int64
		n, err := strconv.ParseInt(string(text[:end]), 10, 64)
		if err != nil {
			return 0, 0
		}
		return n, end
	}
	for _, digit := range text[digits:end] {
		n = n*10 + int64(digit-'0')
	}
	if digits > 0 {
		n = -n
	}
	return n, end
}

func (s *scanner) string() bool {
	text, high := s.text[s.at+1:], byte(0)
	for i := 0; i < len(text); i++ {
		b := text[i]
		high |= b
		switch {
		case b == '"':
			s.at += i + 2
			return high < utf8.RuneSelf || utf8.Valid(text[:i])
		case b < 0x20:
			return false
		case b == '\\':
			_, width := escape(text[i:])
			if width == 0 {
				return false
			}
			i += width - 1
		}
	}
	return false
}

// escape reads one escape in its shortest form and tells how many bytes it takes; 0 for any other.
func escape(text []byte) (byte, int) {
	const short = `"\btnfr`
	if len(text) < 2 {
		return 0, 0
	}
	if at := strings.IndexByte(short, text[1]); at >= 0 {
		return "\"\\\b\t\n\f\r"[at], 2
	}
	if len(text) < 6 || string(text[1:4]) != "u00" {
		return 0, 0
	}
	n, err := strconv.ParseUint(string(text[4:6]), 16, 8)
	if err != nil || n >= 0x20 || strings.IndexByte("\b\t\n\f\r", byte(n)) >= 0 || text[5] >= 'A' && text[5] <= 'F' {
		return 0, 0
	}
	return byte(n), 6
}

// object scans the entries of an object, and gives them where they are kept.
func (s *scanner) object(depth int, into []member, keep bool) ([]member, bool) {
	if s.take('}') {
		return into, true
	}
	var last []byte
	for first := true; ; first = false {
		from := s.at
		if s.at >= len(s.text) || s.text[s.at] != '"' || !s.string() {
			return into, false
		}
		key := s.text[from+1 : s.at-1]
		if bytes.IndexByte(key, '\\') >= 0 {
			key = []byte(unquote(s.text[from:s.at]))
		}
		if !first && bytes.Compare(key, last) <= 0 || !s.take(':') {
			return into, false
		}
		from = s.at
		if !s.value(depth) {
			return into, false
		}
		if keep {
			into = append(into, member{key, s.text[from:s.at]})
		}
		last = key
		if s.take('}') {
			return into, true
		}
		if !s.take(',') {
			return into, false
		}
	}
}

func (s *scanner) list(depth int, each func(raw []byte)) bool {
	if s.take(']') {
		return true
	}
	for {
		from := s.at
		if !s.value(depth) {
			return false
		}
		each(s.text[from:s.at])
		if s.take(']') {
			return true
		}
		if !s.take(',') {
			return false
		}
	}
}

// unquote gives the text of a string that was scanned.
func unquote(raw []byte) string {
	raw = raw[1 : len(raw)-1]
	if bytes.IndexByte(raw, '\\') < 0 {
		return string(raw)
	}
	text := make([]byte, 0, len(raw))
	for len(raw) > 0 {
		if raw[0] != '\\' {
			text, raw = append(text, raw[0]), raw[1:]
			continue
		}
		b, width := escape(raw)
		text, raw = append(text, b), raw[width:]
	}
	return string(text)
}

// quote writes a string in its canonical form.
func quote(dst []byte, text string) []byte {
	const hexDigits = "0123456789abcdef"
	dst = append(dst, '"')
	for i := range len(text) {
		b := text[i]
		switch at := strings.IndexByte("\"\\\b\t\n\f\r", b); {
		case at >= 0:
			dst = append(dst, '\\', `"\btnfr`[at])
		case b < 0x20:
			dst = append(dst, '\\', 'u', '0', '0', hexDigits[b>>4], hexDigits[b&15])
		default:
			dst = append(dst, b)
		}
	}
	return append(dst, '"')
}

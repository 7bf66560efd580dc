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

// member is one entry of an object: its key and the bytes of its value.
type member struct {
	key string
	raw []byte
}

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
	ok := s.object(deepest-1, func(key string, raw []byte) { into = append(into, member{key, raw}) })
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
		return s.object(depth-1, func(string, []byte) {})
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

func (s *scanner) number() bool {
	start := s.at
	for s.at < len(s.text) && (s.text[s.at] == '-' || (s.text[s.at] >= '0' && s.text[s.at] <= '9')) {
		s.at++
	}
	written := string(s.text[start:s.at])
	n, err := strconv.ParseInt(written, 10, 64)
	return err == nil && strconv.FormatInt(n, 10) == written
}

func (s *scanner) string() bool {
	start := s.at
	s.at++
	for s.at < len(s.text) {
		switch b := s.text[s.at]; {
		case b == '"':
			s.at++
			return utf8.Valid(s.text[start:s.at])
		case b < 0x20:
			return false
		case b == '\\':
			if _, width := escape(s.text[s.at:]); width > 0 {
				s.at += width
				continue
			}
			return false
		default:
			s.at++
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

func (s *scanner) object(depth int, each func(key string, raw []byte)) bool {
	if s.take('}') {
		return true
	}
	last, first := "", true
	for {
		from := s.at
		if s.at >= len(s.text) || s.text[s.at] != '"' || !s.string() {
			return false
		}
		key := unquote(s.text[from:s.at])
		if !first && key <= last || !s.take(':') {
			return false
		}
		from = s.at
		if !s.value(depth) {
			return false
		}
		each(key, s.text[from:s.at])
		last, first = key, false
		if s.take('}') {
			return true
		}
		if !s.take(',') {
			return false
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

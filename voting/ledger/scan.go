package ledger

import (
	"fmt"
	"strconv"
	"strings"
)

// scanner reads canonical JSON. It is quick because it knows one spelling of everything, and may take a little more than
// that: whoever needs the one spelling writes what was read again and compares, as parseCanonical does.
type scanner struct {
	text string
	at   int
}

// scan reads one value into map[string]any, []any, string, int64, bool or nil; no key twice.
func scan(text string) (any, error) {
	s := scanner{text: text}
	value, err := s.value(maxDepth)
	if err == nil {
		err = s.end()
	}
	return value, err
}

func (s *scanner) end() error {
	if s.at < len(s.text) {
		return s.wrong("something follows the value")
	}
	return nil
}

func (s *scanner) wrong(what string) error {
	return fmt.Errorf("%w: %s at byte %d", ErrCanonical, what, s.at)
}

// take steps over that byte, if it is the next.
func (s *scanner) take(b byte) bool {
	if s.at < len(s.text) && s.text[s.at] == b {
		s.at++
		return true
	}
	return false
}

func (s *scanner) value(depth int) (any, error) {
	rest := s.text[s.at:]
	switch {
	case rest == "":
		return nil, s.wrong("a value is missing")
	case rest[0] == '"':
		return s.string()
	case rest[0] == '{' && depth > 0:
		return s.object(depth - 1)
	case rest[0] == '[' && depth > 0:
		return s.list(depth - 1)
	case rest[0] == '-' || (rest[0] >= '0' && rest[0] <= '9'):
		return s.number()
	}
	for word, value := range map[string]any{"true": true, "false": false, "null": nil} {
		if strings.HasPrefix(rest, word) {
			s.at += len(word)
			return value, nil
		}
	}
	return nil, s.wrong("no value, or nested too deeply")
}

// skip steps over one value inside an object without reading it: brackets are counted, not matched. Whoever needs what it
// says reads it later, and finds then what is wrong with it.
func (s *scanner) skip() error {
	start, depth := s.at, 0
	for s.at < len(s.text) {
		b := s.text[s.at]
		switch {
		case depth == 0 && (b == ',' || b == '}' || b == ']'):
			if s.at == start {
				return s.wrong("a value is missing")
			}
			return nil
		case b == '"':
			if _, err := s.string(); err != nil {
				return err
			}
		case b == '{' || b == '[':
			depth++
			s.at++
		case b == '}' || b == ']':
			depth--
			s.at++
		default:
			s.at++
			continue
		}
		if depth == 0 {
			return nil
		}
	}
	return s.wrong("an object without an end")
}

func (s *scanner) object(depth int) (any, error) {
	members := map[string]any{}
	s.at++
	if s.take('}') {
		return members, nil
	}
	for {
		key, err := s.key()
		if err != nil {
			return nil, err
		}
		if _, twice := members[key]; twice {
			return nil, s.wrong("a key twice")
		}
		if members[key], err = s.value(depth); err != nil {
			return nil, err
		}
		if s.take('}') {
			return members, nil
		}
		if !s.take(',') {
			return nil, s.wrong("no comma")
		}
	}
}

// key reads a key with its colon.
func (s *scanner) key() (string, error) {
	key, err := s.string()
	if err == nil && !s.take(':') {
		err = s.wrong("no colon")
	}
	return key, err
}

func (s *scanner) list(depth int) (any, error) {
	list := []any{}
	s.at++
	if s.take(']') {
		return list, nil
	}
	for {
		value, err := s.value(depth)
		if err != nil {
			return nil, err
		}
		list = append(list, value)
		if s.take(']') {
			return list, nil
		}
		if !s.take(',') {
			return nil, s.wrong("no comma")
		}
	}
}

func (s *scanner) number() (any, error) {
	end := s.at + 1
	for end < len(s.text) && s.text[end] >= '0' && s.text[end] <= '9' {
		end++
	}
	n, err := strconv.ParseInt(s.text[s.at:end], 10, 64)
	if err != nil {
		return nil, s.wrong("a number that is no int64")
	}
	s.at = end
	return n, nil
}

// string reads a string; one without escapes is a part of the text and no copy.
func (s *scanner) string() (string, error) {
	if !s.take('"') {
		return "", s.wrong("no string")
	}
	start := s.at
	for ; s.at < len(s.text); s.at++ {
		switch b := s.text[s.at]; {
		case b == '"':
			s.at++
			return s.text[start : s.at-1], nil
		case b == '\\':
			return s.escaped(start)
		case b < 0x20:
			return "", s.wrong("a control character")
		}
	}
	return "", s.wrong("a string without an end")
}

// escaped reads on from the first escape of a string that began at start.
func (s *scanner) escaped(start int) (string, error) {
	for ; s.at < len(s.text); s.at++ {
		switch s.text[s.at] {
		case '\\':
			s.at++
		case '"':
			value, err := strconv.Unquote(s.text[start-1 : s.at+1])
			if err != nil {
				return "", s.wrong("an escape that is none")
			}
			s.at++
			return value, nil
		}
	}
	return "", s.wrong("a string without an end")
}

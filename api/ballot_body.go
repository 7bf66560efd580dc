package api

import (
	"strings"

	"gongjue/voting"
)

// plainBallot reads the body of nearly every ballot: one mark for each matter, in texts without escapes. Anything else,
// also what is wrong, is left to the reader of all JSON bodies (ok false), which takes ten times as long.
func plainBallot(body string) (choices map[string]voting.Choice, ok bool) {
	b := ballotBody{rest: body}
	choices = make(map[string]voting.Choice, 8)
	if !b.take('{') || b.text() != "choices" || !b.take(':') || !b.take('{') {
		return nil, false
	}
	for {
		matter := b.text()
		if _, twice := choices[matter]; twice || matter == "" || !b.take(':') || !b.take('{') || b.text() != "mark" || !b.take(':') {
			return nil, false
		}
		mark := b.text()
		if mark == "" || !b.take('}') {
			return nil, false
		}
		choices[matter] = voting.Choice{Mark: voting.Mark(mark)}
		if b.take('}') {
			break
		}
		if !b.take(',') {
			return nil, false
		}
	}
	return choices, b.take('}') && b.blank() == ""
}

// ballotBody is what is still to be read.
type ballotBody struct{ rest string }

// blank leaves out what JSON allows between its parts.
func (b *ballotBody) blank() string {
	b.rest = strings.TrimLeft(b.rest, " \t\r\n")
	return b.rest
}

// take reads one sign, if it is the next.
func (b *ballotBody) take(sign byte) bool {
	if rest := b.blank(); rest == "" || rest[0] != sign {
		return false
	}
	b.rest = b.rest[1:]
	return true
}

// text reads a text of printable ASCII without escapes; empty for any other.
func (b *ballotBody) text() string {
	if !b.take('"') {
		return ""
	}
	for i := range len(b.rest) {
		switch sign := b.rest[i]; {
		case sign == '"':
			text := b.rest[:i]
			b.rest = b.rest[i+1:]
			return text
		case sign < ' ' || sign > '~' || sign == '\\':
			return ""
		}
	}
	return ""
}

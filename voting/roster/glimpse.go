package roster

import (
	"strings"
	"unicode"
)

// Glimpse is the beginning of a line or a cell of a file, for a person who looks whether it is Chinese or what stands
// in the column: what names a column as it is, of every other word the first character, numbers masked, and without what
// cannot be seen. Nobody's name is told, so that looking leaves no row in the audit.
func Glimpse(line string, runes int) string {
	if long := []rune(line); len(long) > runes+longestNumber {
		line = string(long[:runes+longestNumber])
	}
	var told strings.Builder
	for rest := line; rest != ""; {
		at := strings.IndexAny(rest, ",;\t，；|")
		cell, separator := rest, ""
		if at >= 0 {
			separator = string([]rune(rest[at:])[0])
			cell = rest[:at]
		}
		rest = rest[len(cell)+len(separator):]
		told.WriteString(glimpseOfCell(cell) + strings.ReplaceAll(separator, "\t", " "))
	}
	text := []rune(told.String())
	if len(text) > runes {
		text = append(text[:runes:runes], '…')
	}
	return string(text)
}

func glimpseOfCell(cell string) string {
	cell = strings.Join(strings.Fields(withoutHidden(cell)), " ")
	if _, names := fieldOf(strings.Trim(cell, `"' `)); names {
		return cell
	}
	return starWords(maskRuns(halfWidth(cell)))
}

// starWords keeps the first letter of every word. Blanks within a word do not end it: names are written 张 三.
func starWords(text string) string {
	var told strings.Builder
	letters, blanks := 0, 0
	for _, r := range text {
		switch {
		case unicode.IsLetter(r):
			if letters++; letters == 1 {
				told.WriteRune(r)
			} else if letters <= 3 {
				told.WriteByte('*')
			}
			blanks = 0
		case unicode.IsMark(r): // of the letter before it
			if letters == 1 {
				told.WriteRune(r)
			}
		case unicode.IsSpace(r):
			blanks++
		default:
			told.WriteString(strings.Repeat(" ", min(blanks, 1)))
			told.WriteRune(r)
			letters, blanks = 0, 0
		}
	}
	return told.String()
}

package roster

import (
	"strings"
	"unicode/utf8"
)

// MaskName keeps the first character and shows one or two stars, so that the length of a long name is
// not told: 张三丰 → 张**.
func MaskName(name string) string {
	first, size := utf8.DecodeRuneInString(name)
	if size == 0 {
		return ""
	}
	stars := min(utf8.RuneCountInString(name)-1, 2)
	return string(first) + strings.Repeat("*", stars)
}

// MaskPhone keeps the first three and the last four digits of a mobile number: 199****1276. Shorter
// numbers keep the last two.
func MaskPhone(phone string) string { return maskMiddle(phone, 3, 4, 11) }

// MaskID keeps the first three and the last four characters of an 18-digit number, and less of shorter
// ones; the date of birth is never shown.
func MaskID(number string) string { return maskMiddle(number, 3, 4, 15) }

// maskMiddle keeps head and tail of a text of at least enough characters; of a shorter one it keeps the
// first and the last two, and of one below six nothing.
func maskMiddle(text string, head, tail, enough int) string {
	runes := []rune(text)
	switch {
	case len(runes) < 6:
		return strings.Repeat("*", len(runes))
	case len(runes) < enough:
		head, tail = 1, 2
	}
	hidden := strings.Repeat("*", len(runes)-head-tail)
	return string(runes[:head]) + hidden + string(runes[len(runes)-tail:])
}

// maskRuns masks every run of nine or more letters and digits inside a free text, so that an ID number
// or a phone in the wrong column does not reach a message.
func maskRuns(text string) string {
	var out, run strings.Builder
	flush := func() {
		if s := run.String(); len(s) >= 9 && strings.ContainsAny(s, "0123456789") {
			out.WriteString(maskMiddle(s, 1, 2, 9))
		} else {
			out.WriteString(s)
		}
		run.Reset()
	}
	for _, r := range text {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			run.WriteRune(r)
			continue
		}
		flush()
		out.WriteRune(r)
	}
	flush()
	return out.String()
}

// shown is the masked and shortened form of a cell for an issue.
func shown(field Field, value string) string {
	value = strings.TrimSpace(withoutHidden(value))
	switch field {
	case FieldName, FieldNamed, FieldGuardian, FieldRepresentative:
		return MaskName(value)
	case FieldIDNumber, FieldCoOwnerID:
		if digitRun(value) == 0 && !isASCII(value) {
			return MaskName(value) // whose number is missing
		}
		return MaskID(compact(value))
	case FieldPhone, FieldCoOwnerPhone:
		return MaskPhone(compact(value))
	case FieldCoOwners:
		return "" // several people in one text: nothing of it can be shown safely
	}
	const most = 40
	if runes := []rune(value); len(runes) > most {
		value = string(runes[:most]) + "…"
	}
	return maskRuns(halfWidth(value))
}

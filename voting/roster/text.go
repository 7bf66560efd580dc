package roster

import (
	"strings"
	"unicode"
)

// halfWidth turns full-width letters, digits and signs (３．５㎡ typed in a Chinese input method) into
// plain ones. Names are never passed through it.
func halfWidth(text string) string {
	if isASCII(text) {
		return text
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '　':
			return ' '
		case r == '−' || r == '–' || r == '—':
			return '-'
		}
		return r
	}, text)
}

// compact is halfWidth without any blank, for everything that is a code and not prose.
func compact(text string) string {
	text = halfWidth(text)
	if strings.IndexFunc(text, unicode.IsSpace) < 0 {
		return text
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

func isASCII(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}

func isDigits(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}

// hidden tells whether a text holds a character that cannot be seen: text direction marks, zero-width
// characters, control codes, fillers. They make two names look equal that are not. Line breaks are allowed,
// a spreadsheet cell may have several lines.
func hidden(text string) bool {
	return strings.IndexFunc(text, isHidden) >= 0
}

func isHidden(r rune) bool {
	switch {
	case r < 0x80:
		return (r < ' ' && r != '\n' && r != '\r' && r != '\t') || r == 0x7f
	case r == 0x034F, r == 0x115F, r == 0x1160, r == 0x3164, r == 0xFFA0, r == 0x2800:
		return true // letters and marks by their class that print nothing
	}
	return unicode.In(r, unicode.Cf, unicode.Cc) || unicode.Is(unicode.Variation_Selector, r) && r < 0xE0100
}

// isPrivate tells characters that only one computer's fonts can print. Rare names were typed with them once.
func isPrivate(r rune) bool { return unicode.Is(unicode.Co, r) }

func withoutHidden(text string) string {
	return strings.Map(func(r rune) rune {
		if isHidden(r) {
			return -1
		}
		return r
	}, text)
}

// lostDigits tells whether a number was stored as 1.99E+10: the digits behind the mantissa are gone.
func lostDigits(text string) bool {
	mantissa, exponent, found := strings.Cut(strings.ToUpper(text), "E+")
	return found && isDigits(exponent) && isDigits(strings.Replace(mantissa, ".", "", 1))
}

// middleDots are the signs that are typed for the dot in a name of several parts (古丽娜尔·吐尔逊江).
const middleDots = "·・•‧∙⋅．●ㆍ᛫"

// sameName is a name in the spelling in which two of them are compared: one middle dot, no blanks, plain
// letters in small. The name itself stays as it is written.
func sameName(name string) string {
	plain := true
	for i := 0; i < len(name) && plain; i++ {
		plain = name[i] >= 0x80
	}
	if plain && !strings.ContainsAny(name, middleDots+"　") {
		return name
	}
	return strings.ToLower(strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(middleDots, r), r == '.':
			return '·'
		case unicode.IsSpace(r):
			return -1
		}
		return r
	}, halfWidth(name)))
}

// hanOnly tells whether a text is made of ideographs and nothing else.
func hanOnly(text string) bool {
	for _, r := range text {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return text != ""
}

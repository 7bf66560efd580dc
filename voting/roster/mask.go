package roster

import (
	"slices"
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

// maskRuns masks what may be a number inside a free text, so that an ID number or a phone in the wrong column does not
// reach a message: nine or more letters and digits in a row, and eleven with single blanks and hyphens between the
// digits, as people write 199 0000 1276.
func maskRuns(text string) string {
	if len(text) < 9 {
		return text
	}
	runes := []rune(text)
	for i := 0; i < len(runes); {
		n, joined, longest := numberAt(runes[i:])
		switch {
		case n == 0:
			i++
			continue
		case longest < 9 && joined >= 11:
			maskIn(runes[i : i+n])
		case longest >= 9:
			for j := i; j < i+n; j++ {
				if end := j + solid(runes[j:i+n]); end-j >= 9 {
					maskIn(runes[j:end])
					j = end
				}
			}
		}
		i += n
	}
	return string(runes)
}

// numberAt measures the letters and digits at the start of a text, with single separators between digits: how long that
// is, how many letters and digits stand in rows that hold a digit, and how many at most in one of them.
func numberAt(text []rune) (length, joined, longest int) {
	for length < len(text) {
		n := solid(text[length:])
		if n == 0 {
			break
		}
		if slices.ContainsFunc(text[length:length+n], isDigit) {
			joined, longest = joined+n, max(longest, n)
		}
		length += n
		if length+1 >= len(text) || !strings.ContainsRune(" -_.'", text[length]) || !isDigit(text[length-1]) || !isDigit(text[length+1]) {
			break
		}
		length++
	}
	return length, joined, longest
}

// solid is the number of letters and digits in a row at the start.
func solid(text []rune) int {
	for i, r := range text {
		if !isLetterOrDigit(r) {
			return i
		}
	}
	return len(text)
}

// maskIn hides the letters and digits of a number but the first and the last two.
func maskIn(number []rune) {
	shown := 0
	for i := len(number) - 1; i > 0; i-- {
		if !isLetterOrDigit(number[i]) {
			continue
		}
		if shown++; shown > 2 {
			number[i] = '*'
		}
	}
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isLetterOrDigit(r rune) bool { return isDigit(r) || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' }

// glimpse is the beginning of a cell: without what cannot be seen, and with numbers masked. A name stands in it in clear.
func glimpse(text string, runes int) string {
	return cutAfterMasking(strings.Join(strings.Fields(withoutHidden(text)), " "), runes)
}

// MaskPlace is a place as the pages of a file show it before anybody looked through it: a column of numbers that was
// taken for the rooms shows none of them. As a key the place stands as it is.
func MaskPlace(place string) string { return maskRuns(halfWidth(place)) }

// longestNumber is more than any number has, with blanks between its digits.
const longestNumber = 64

// cutAfterMasking masks a text and keeps that many characters of it. A number that is cut first is no longer known for
// one by its length.
func cutAfterMasking(text string, most int) string {
	runes := []rune(text)
	masked := []rune(maskRuns(halfWidth(string(runes[:min(len(runes), most+longestNumber)]))))
	if len(masked) > most {
		masked = append(masked[:most:most], '…')
	}
	return string(masked)
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
	return cutAfterMasking(value, 40)
}

// IsPersonal tells whether a text by itself is a resident's ID number with its check digit, or a mobile number.
func IsPersonal(text string) bool {
	number := readID(halfWidth(text))
	switch len(number) {
	case 18:
		return isDigits(number[:17]) && number[17] == checkDigit(number[:17])
	case 11:
		return isDigits(number) && number[0] == '1' && number[1] >= '3'
	}
	return false
}

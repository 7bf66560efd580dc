package roster

import "strings"

// ReadNumber brings the number that somebody looks for into the spellings under which the roster may hold it: as an
// ID number, and as a phone. Blanks, a leading apostrophe and lower-case letters do not matter; phone is empty where
// the text cannot be one.
func ReadNumber(text string) (id, phone string) {
	id = readID(text)
	if number, code := readPhone(text); code == "" {
		phone = number
	}
	return id, phone
}

// HoldsNumber tells whether a text holds what could be an ID number or a phone, however wide its characters are: seven
// letters and digits in a row, or eleven with blanks and hyphens between them (a date with its hour has ten).
func HoldsNumber(text string) bool {
	row, joined, digits := 0, 0, 0
	for _, r := range halfWidth(text) {
		switch {
		case r >= '0' && r <= '9':
			row, joined, digits = row+1, joined+1, digits+1
		case (r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z') && joined > 0:
			row, joined = row+1, joined+1
		case strings.ContainsRune(" -_.'", r):
			row = 0
		default:
			row, joined, digits = 0, 0, 0
		}
		if digits >= 4 && (row >= 7 || joined >= 11) {
			return true
		}
	}
	return false
}

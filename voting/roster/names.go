package roster

import (
	"strings"
	"unicode/utf8"
)

// longestName is the number of characters that a name may have (security.md R21); more is a text.
const longestName = 100

// namesOf splits the cell of names. How many ID numbers stand beside it decides in doubt: 甲一和乙二 with two
// numbers are two people. The code says what was guessed.
func namesOf(cell string, numbers int) (names []string, code Code) {
	if utf8.RuneCountInString(cell) > longestName*4 {
		return []string{readName(cell)}, NameTooLong
	}
	if oneName(cell, numbers) {
		names = []string{cell}
		if organisation(cell) {
			return []string{readName(cell)}, ""
		}
		code = NameDoubtful
	} else {
		names = listed(cell)
	}
	finer := splitAll(names)
	switch {
	case len(finer) == len(names):
	case numbers == len(finer):
		names = finer
	case numbers == 0:
		names, code = finer, OwnersSplit
	case numbers == len(names):
		code = NameDoubtful
	}
	for i, name := range names {
		names[i] = readName(name)
		if utf8.RuneCountInString(names[i]) > longestName {
			code = NameTooLong
		}
	}
	return names, code
}

// oneName tells cells whose separators belong to the name: of a firm (甲&乙贸易公司), or of a foreigner with one
// number (Müller, Hans).
func oneName(cell string, numbers int) bool {
	if numbers > 1 || !strings.ContainsAny(cell, separators) {
		return false
	}
	if organisation(cell) {
		return !strings.ContainsAny(cell, "、，,;；\n|")
	}
	return numbers == 1 && strings.Count(cell, ",") == 1 && !strings.ContainsAny(cell, "、，;；/／|&＆\n") && isLatin(cell)
}

func isLatin(text string) bool {
	for _, r := range text {
		if r >= 0x2000 {
			return false
		}
	}
	return true
}

// splitAll takes apart what looks like several names in one: two or more of two to four ideographs with
// blanks or a joining word between them.
func splitAll(names []string) []string {
	var finer []string
	for _, name := range names {
		finer = append(finer, split(name)...)
	}
	return finer
}

func split(name string) []string {
	if isASCII(name) || organisation(name) {
		return []string{name}
	}
	if pieces := strings.Fields(name); len(pieces) > 1 {
		if areNames(pieces) {
			return pieces
		}
		return []string{name}
	}
	for i, r := range name {
		if r != '和' && r != '及' && r != '与' {
			continue
		}
		if pieces := []string{name[:i], name[i+len(string(r)):]}; areNames(pieces) {
			return pieces
		}
	}
	return []string{name}
}

func areNames(pieces []string) bool {
	for _, piece := range pieces {
		if n := utf8.RuneCountInString(piece); n < 2 || n > 4 || !hanOnly(piece) {
			return false
		}
	}
	return true
}

// coOwnersIn reads the people of one cell, each with a number and a phone behind the name.
func coOwnersIn(cell string, field Field) (owners []Owner, doubts []doubt) {
	for _, person := range people(cell) {
		if person.Name == "" {
			doubts = append(doubts, doubt{field, OwnersUnclear, ""})
			continue
		}
		if pieces := split(person.Name); len(pieces) > 1 && person.IDNumber == "" {
			doubts = append(doubts, doubt{field, OwnersSplit, person.Name})
			for _, piece := range pieces {
				owners = append(owners, Owner{Name: piece})
				doubts = append(doubts, doubt{field, IDMissing, piece})
			}
			continue
		}
		if utf8.RuneCountInString(person.Name) > longestName {
			doubts = append(doubts, doubt{field, NameTooLong, person.Name})
		}
		person.IDKind = readIDKind("", person.IDNumber, person.Name)
		if code := checkID(person.IDKind, person.IDNumber); code != "" {
			value := person.IDNumber
			if value == "" {
				value = person.Name
			}
			doubts = append(doubts, doubt{field, code, value})
		}
		owners = append(owners, person)
	}
	return owners, doubts
}

// people reads the co-owners of one cell: name, ID number and phone of each in any of the usual
// separators, such as 任超/ID/电话；邱静/ID/电话. What is neither a name nor a number gives a person
// without a name.
func people(cell string) []Owner {
	var all []Owner
	current := Owner{}
	flush := func() {
		if current != (Owner{}) {
			all = append(all, current)
		}
		current = Owner{}
	}
	for _, token := range tokens(cell) {
		text := readID(token.text)
		switch {
		case token.strong && text == "":
			flush()
		case len(text) == 11 && text[0] == '1' && isDigits(text):
			current.Phone = text
		case strings.ContainsAny(text, "0123456789"):
			if len(text) < 7 {
				flush()
				return append(all, Owner{}) // a share such as 50%: a person has to read it
			}
			current.IDNumber = text
		case current.Name != "" && current.IDNumber == "" && current.Phone == "" && isASCII(token.text) && !token.strong:
			current.Name += " " + token.text
		default:
			if current.Name != "" {
				flush()
			}
			current.Name = readName(token.text)
		}
	}
	flush()
	return all
}

type token struct {
	text   string
	strong bool // stands for a separator that ends a person
}

func tokens(cell string) []token {
	var list []token
	start := 0
	push := func(end int) {
		if text := strings.TrimSpace(cell[start:end]); text != "" {
			list = append(list, token{text: text})
		}
	}
	for i, r := range cell {
		strong := strings.ContainsRune("；;、\n|&＆", r)
		if strong || strings.ContainsRune(" \t\r　\u00a0/／,，:：()（）", r) {
			push(i)
			start = i + len(string(r))
		}
		if strong {
			list = append(list, token{strong: true})
		}
	}
	push(len(cell))
	return list
}

// digitRun is the length of the longest run of digits in a text.
func digitRun(text string) int {
	longest, run := 0, 0
	for i := 0; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}

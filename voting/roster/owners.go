package roster

import (
	"strings"
	"unicode"
)

// readOwners reads the owner columns of one row: one owner, or several in one cell, and the column of
// co-owners. The codes are those of the cells, in the order found.
func readOwners(get func(Field) string) (owners []Owner, doubts []doubt) {
	owners, doubts = mainOwners(get)
	for _, cell := range people(get(FieldCoOwners)) {
		if cell.Name == "" {
			doubts = append(doubts, doubt{FieldCoOwners, OwnersUnclear, ""})
			continue
		}
		cell.IDKind = readIDKind("", cell.IDNumber, cell.Name)
		if code := checkID(cell.IDKind, cell.IDNumber); code != "" {
			doubts = append(doubts, doubt{FieldCoOwners, code, ""})
		}
		owners = append(owners, cell)
	}
	return unrepeated(owners), doubts
}

// doubt is an issue about a field of a row, before it knows sheet and row.
type doubt struct {
	field Field
	code  Code
	value string
}

func mainOwners(get func(Field) string) (owners []Owner, doubts []doubt) {
	nameCell, idCell, phoneCell := get(FieldName), get(FieldIDNumber), get(FieldPhone)
	names := listed(nameCell)
	numbers, phones := numbersOf(idCell, len(names)), listed(phoneCell)
	if len(names) == 1 && len(numbers) > 1 {
		names = strings.Fields(names[0])
	}
	for i, name := range names {
		names[i] = readName(name)
	}
	if len(names) == 0 {
		if strings.TrimSpace(idCell) == "" {
			return nil, nil
		}
		return nil, []doubt{{FieldName, OwnerMissing, ""}}
	}
	if len(numbers) > 0 && len(numbers) != len(names) || len(phones) > len(names) && len(names) > 1 {
		return nil, []doubt{{FieldIDNumber, OwnersUnclear, ""}}
	}
	for i, name := range names {
		owner := Owner{Name: name}
		if len(numbers) > 0 {
			owner.IDNumber = numbers[i]
		}
		owner.IDKind = readIDKind(get(FieldIDKind), owner.IDNumber, name)
		if code := checkID(owner.IDKind, owner.IDNumber); code != "" {
			doubts = append(doubts, doubt{FieldIDNumber, code, owner.IDNumber})
		}
		if i < len(phones) {
			var code Code
			if owner.Phone, code = readPhone(phones[i]); code != "" {
				doubts = append(doubts, doubt{FieldPhone, code, phones[i]})
			}
		}
		owners = append(owners, owner)
	}
	return owners, doubts
}

// listed splits a cell of several names or phones at the separators people use; a blank is none, for a
// foreign name holds one.
func listed(cell string) []string {
	var list []string
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune("、，,;；/／|&\n", r) }) {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// numbersOf splits the ID cell. A blank inside a number is a slip of the hand, a blank between two whole
// numbers is a separator: the number of names tells them apart.
func numbersOf(cell string, names int) []string {
	var numbers []string
	for _, part := range listed(cell) {
		pieces := strings.Fields(halfWidth(part))
		if whole := wholeNumbers(pieces); names != 1 && whole || whole && len(pieces) > 1 {
			for _, piece := range pieces {
				numbers = append(numbers, readID(piece))
			}
			continue
		}
		numbers = append(numbers, readID(part))
	}
	return numbers
}

func wholeNumbers(pieces []string) bool {
	for _, piece := range pieces {
		if len(piece) < 15 {
			return false
		}
	}
	return true
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
		strong := strings.ContainsRune("；;、\n|", r)
		if strong || unicode.IsSpace(r) || strings.ContainsRune("/／,，:：()（）", r) {
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

// unrepeated drops an owner who stands twice with the same number and name.
func unrepeated(owners []Owner) []Owner {
	if len(owners) < 2 {
		return owners
	}
	var kept []Owner
next:
	for _, o := range owners {
		for i := range kept {
			if kept[i].Name == o.Name && kept[i].IDNumber == o.IDNumber {
				if kept[i].Phone == "" {
					kept[i].Phone = o.Phone
				}
				continue next
			}
		}
		kept = append(kept, o)
	}
	return kept
}

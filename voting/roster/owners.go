package roster

import "strings"

// doubt is an issue about a field of a row, before it knows sheet and row.
type doubt struct {
	field Field
	code  Code
	value string
}

// readOwners reads the owner columns of one row: one owner, or several in one cell, and the columns of
// co-owners. The first listed of them are from the owner's own columns.
func readOwners(get func(Field) string) (owners []Owner, listed int, doubts []doubt) {
	owners, doubts = mainOwners(get)
	listed = len(owners)
	co := get(FieldCoOwners)
	if ids, phones := get(FieldCoOwnerID), get(FieldCoOwnerPhone); ids+phones != "" {
		more, doubtful := ownersOf(ownerCells{name: co, id: ids, phone: phones},
			ownerCells{name: string(FieldCoOwners), id: string(FieldCoOwnerID), phone: string(FieldCoOwnerPhone)})
		owners, doubts = append(owners, more...), append(doubts, doubtful...)
	} else if co != "" {
		more, doubtful := coOwnersIn(co, FieldCoOwners)
		owners, doubts = append(owners, more...), append(doubts, doubtful...)
	}
	if len(owners) > mostOwners {
		return nil, 0, []doubt{{FieldName, OwnersUnclear, ""}}
	}
	return unrepeated(owners), listed, doubts
}

// ownerCells are the cells about the owners of one row, or the fields they stand in.
type ownerCells struct{ name, kind, id, phone string }

func mainOwners(get func(Field) string) ([]Owner, []doubt) {
	cells := ownerCells{get(FieldName), get(FieldIDKind), get(FieldIDNumber), get(FieldPhone)}
	if cells.id == "" && digitRun(cells.name) >= 7 {
		return coOwnersIn(cells.name, FieldName) // names and numbers in one cell
	}
	owners, doubts := ownersOf(cells, ownerCells{string(FieldName), string(FieldIDKind), string(FieldIDNumber), string(FieldPhone)})
	if len(owners) > 0 {
		owners[0].Representative, owners[0].Guardian = readName(get(FieldRepresentative)), readName(get(FieldGuardian))
	}
	return owners, doubts
}

// ownersOf matches the names of one cell with the numbers and phones of others, in their order.
func ownersOf(cells, fields ownerCells) (owners []Owner, doubts []doubt) {
	say := func(field string, code Code, value string) { doubts = append(doubts, doubt{Field(field), code, value}) }
	numbers := numbersOf(cells.id, len(listed(cells.name)))
	names, code := namesOf(cells.name, len(numbers))
	phones := listedNumbers(cells.phone)
	if len(names) == 0 {
		if strings.TrimSpace(cells.id) != "" {
			say(fields.name, OwnerMissing, "")
		}
		return nil, doubts
	}
	if len(numbers) > 0 && len(numbers) != len(names) || len(phones) > len(names) && len(names) > 1 {
		say(fields.id, OwnersUnclear, "")
		return nil, doubts
	}
	if code != "" {
		say(fields.name, code, cells.name)
	}
	for i, name := range names {
		owner := Owner{Name: name}
		if len(numbers) > 0 {
			owner.IDNumber = numbers[i]
		}
		owner.IDKind = readIDKind(cells.kind, owner.IDNumber, name)
		if code := checkID(owner.IDKind, owner.IDNumber); code != "" {
			say(fields.id, code, owner.IDNumber)
		}
		if i < len(phones) {
			if owner.Phone, code = readPhone(phones[i]); code != "" {
				say(fields.phone, code, phones[i])
			}
		}
		owners = append(owners, owner)
	}
	if len(phones) > len(names) {
		say(fields.phone, PhoneExtra, phones[1])
	}
	return owners, doubts
}

// separators end a name or a number; a blank is none, for a foreign name holds one.
const separators = "、，,;；/／|&＆\n"

// listed splits a cell of several names at the separators people use.
func listed(cell string) []string {
	if !strings.ContainsAny(cell, separators) {
		if cell = strings.TrimSpace(cell); cell == "" {
			return nil
		}
		return []string{cell}
	}
	var list []string
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// listedNumbers splits a cell of numbers, in which 和 and 及 can only be separators.
func listedNumbers(cell string) []string {
	if isASCII(cell) {
		return listed(cell)
	}
	return listed(joiningWords.Replace(cell))
}

var joiningWords = strings.NewReplacer("和", "、", "及", "、", "与", "、")

// numbersOf splits the ID cell. A blank inside a number is a slip of the hand, a blank between two whole
// numbers is a separator: the number of names tells them apart.
func numbersOf(cell string, names int) []string {
	var numbers []string
	for _, part := range listedNumbers(cell) {
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

// unrepeated drops an owner who stands twice with the same number and name.
func unrepeated(owners []Owner) []Owner {
	if len(owners) < 2 {
		return owners
	}
	kept := make([]Owner, 0, len(owners))
	at := make(map[string]int, len(owners))
	for _, o := range owners {
		key := sameName(o.Name) + "#" + o.IDNumber
		first, twice := at[key]
		if !twice {
			at[key] = len(kept)
			kept = append(kept, o)
			continue
		}
		if kept[first].Phone == "" {
			kept[first].Phone = o.Phone
		}
	}
	return kept
}

package roster

import (
	"unicode/utf8"

	"gongjue/voting"
)

// What follows reads what a person types with the papers at hand, cell by cell as the importer does. What the
// importer would only doubt is refused here: whoever types can put it right at once.

// ReadArea reads an area in m²; the code is empty, or one of the importer's on areas.
func ReadArea(text string) (voting.Area, Code) { return readArea(text) }

// ReadUsage gives the usual words for a use the three that counting knows; empty where nothing was typed.
func ReadUsage(text string) string {
	if usage := readUsage(text); usage != UsageUnstated {
		return usage
	}
	return ""
}

// ReadPhone reads a phone. A mobile can get a message; a landline can only be called. ok is false for anything else.
func ReadPhone(text string) (phone string, mobile, ok bool) {
	phone, code := readPhone(text)
	if phone == "" || code != "" {
		return "", false, false
	}
	return phone, len(phone) == 11 && phone[0] == '1' && isDigits(phone), true
}

// ReadName reads the name of a person or a body. The code is empty, or says what is wrong.
func ReadName(text string) (string, Code) {
	name := readName(text)
	switch {
	case name == "":
		return "", OwnerMissing
	case hidden(text):
		return "", HiddenCharacter
	case utf8.RuneCountInString(name) > longestName:
		return "", NameTooLong
	}
	return name, ""
}

// ReadOwner reads one owner: the name, the number of a document, which is needed to know the same person elsewhere on
// the roster, and a phone, which may be missing. The code is empty, or says what is wrong.
func ReadOwner(name, number, phone string) (Owner, Code) {
	if hidden(number) {
		return Owner{}, HiddenCharacter
	}
	read, code := ReadName(name)
	if code != "" {
		return Owner{}, code
	}
	owner := Owner{Name: read, IDNumber: readID(number)}
	owner.IDKind = readIDKind("", owner.IDNumber, owner.Name)
	if code := checkID(owner.IDKind, owner.IDNumber); code != "" {
		return Owner{}, code
	}
	if phone != "" {
		var ok bool
		if owner.Phone, _, ok = ReadPhone(phone); !ok {
			return Owner{}, PhoneFormat
		}
	}
	return owner, ""
}

package ledger

import (
	"encoding/hex"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
)

// Opened is a ballot as the tellers read it after the close.
type Opened struct {
	Leaf     int64 // index of its leaf
	Slot     int64 // head group of its voter
	Revision int64
	Choices  []byte // canonical, as they were committed to
	Salt     Salt

	// Of an imported ballot, what its evidence commits to beside the platform; At is 0 for every other.
	At      int64  // Unix ms, as the platform gives it, or of the import
	Serials string // the platform's numbers, a line each
}

// Handled tells what became of the sheet of a head, where the register of deliveries names it.
type Handled struct {
	Slot   int64           // head group
	Result voting.Handling // delivered, refused or undeliverable
}

// Book is the text of the full book: a line of canonical JSON for every ballot in the order of the log, then
// one for every sheet of the register of deliveries in the order of slots. The result leaf holds its SHA-256.
func Book(ballots []Opened, sheets []Handled) []byte {
	text := make([]byte, 0, 256*len(ballots)+48*len(sheets))
	o := object{raw: make([]byte, 0, 512), members: make([]member, 0, 7)}
	for _, ballot := range ballots {
		o.reset()
		if ballot.At != 0 {
			o.text("at", Instant(ballot.At))
			o.text("serials", ballot.Serials)
		}
		o.canonical("choices", ballot.Choices)
		o.number("leaf", ballot.Leaf)
		o.number("revision", ballot.Revision)
		o.text("salt", hex.EncodeToString(ballot.Salt[:]))
		o.number("slot", ballot.Slot)
		text = append(o.appendTo(text), '\n')
	}
	for _, sheet := range sheets {
		o.reset()
		o.text("delivery", string(sheet.Result))
		o.number("slot", sheet.Slot)
		text = append(o.appendTo(text), '\n')
	}
	return text
}

// Voted tells that a head voted, and by which way; never what, and never when.
type Voted struct {
	Slot    int64 // head group
	Channel lifecycle.Channel
}

// VotedBook is the text of the book as the owners of the meeting may see it: a line for every head that voted,
// in the order of slots. The result leaf holds its SHA-256 as that of the public book.
func VotedBook(heads []Voted) []byte {
	text := make([]byte, 0, 40*len(heads))
	for _, head := range heads {
		var o object
		o.text("channel", string(head.Channel))
		o.number("slot", head.Slot)
		text = append(o.appendTo(text), '\n')
	}
	return text
}

// Place tells which home a slot of the roster is, with the salt that opens the commitments of its leaf.
type Place struct {
	Slot  int64
	Place string // such as 3号楼/1单元/301
	Unit  string // id
	Voter string // id
	Salt  Salt
}

// Places is the text of the homes behind a roster, a line for each in the order of slots.
func Places(homes []Place) []byte {
	text := make([]byte, 0, 256*len(homes))
	for _, home := range homes {
		var o object
		o.text("place", home.Place)
		o.text("salt", hex.EncodeToString(home.Salt[:]))
		o.number("slot", home.Slot)
		o.text("unit", home.Unit)
		o.text("voter", home.Voter)
		text = append(o.appendTo(text), '\n')
	}
	return text
}

// Roster is the text of roster leaves, a line for each in the order given.
func Roster(units []RosterLeaf) []byte {
	text := make([]byte, 0, 300*len(units))
	for _, unit := range units {
		text = append(unit.appendTo(text), '\n')
	}
	return text
}

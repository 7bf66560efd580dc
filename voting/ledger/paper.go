package ledger

import (
	"crypto/sha256"
	"fmt"
	"slices"

	"gongjue/voting"
)

// Paper records a sheet (表决票) that was handed in on paper: as Ballot, whose channel is then no question,
// with the sheet and the two people who read it, each without seeing what the other entered.
//
// Sheets lie in a box until somebody reads them, so a paper leaf may follow the close leaf, which no ballot
// leaf may: its enterers then vouch that the sheet was in the box in time. None follows the result leaf.
type Paper struct {
	Slot       Hash
	Revision   int64
	Choices    Hash   // c over CanonicalPaper
	Evidence   Hash   // ev
	Supersedes int64  // as in Ballot
	Serial     Hash   // see SerialHash
	Scan       Hash   // SHA-256 of the scanned sheet; zero where none was made
	First      string // pseudonym of the first enterer; written as a Meeting
	Second     string // of the second, who is somebody else
}

// Type is paper.
func (Paper) Type() LeafType { return LeafPaper }

func (b Paper) write(o *object) {
	o.hash("slot", b.Slot)
	o.number("revision", b.Revision)
	o.hash("c", b.Choices)
	o.hash("ev", b.Evidence)
	o.number("supersedes", b.Supersedes)
	o.hash("serial", b.Serial)
	o.hash("scan", b.Scan)
	o.text("first", b.First)
	o.text("second", b.Second)
}

func (b Paper) check(h Header) error {
	switch {
	case !identifier(b.First) || !identifier(b.Second) || b.First == b.Second:
		return fmt.Errorf("%w: a sheet is entered by two people", ErrLeaf)
	case b.Serial == Hash{}:
		return fmt.Errorf("%w: a sheet without a serial", ErrLeaf)
	}
	return checkRevision(h, b.Revision, b.Supersedes)
}

func (r *reader) paper() Paper {
	return Paper{
		Slot: r.hash("slot"), Revision: r.number("revision"), Choices: r.hash("c"), Evidence: r.hash("ev"),
		Supersedes: r.number("supersedes"), Serial: r.hash("serial"), Scan: r.hash("scan"),
		First: r.text("first"), Second: r.text("second"),
	}
}

// SerialHash stands for a sheet in its leaf: SHA-256("gongjue.sheet/v1\0" ‖ LP(meeting) ‖ LP(ten bytes of
// the serial)). Whoever holds the sheet finds its leaf; 80 random bits cannot be tried.
func SerialHash(meeting string, serial Serial) Hash {
	return sha256.Sum256(appendParts([]byte("gongjue.sheet/v1\x00"), []byte(meeting), serial[:]))
}

// VoidReason says why a sheet, or one answer on it, is void (废票).
type VoidReason string

// The reasons for which whoever reads a sheet may find it void.
const (
	VoidUnsigned   VoidReason = "UNSIGNED"
	VoidUnreadable VoidReason = "UNREADABLE" // also for one answer: crossed out, or two marks where one belongs
	VoidNotOwner   VoidReason = "NOTOWNER"
	VoidProxyBad   VoidReason = "PROXY_BAD"
)

// VoidDuplicate is no reason for whoever reads a sheet: the count finds it, where a voter answered twice, differently,
// and the notice announced that such answers are void (see voting.IdenticalElseVoid).
const VoidDuplicate VoidReason = "DUP"

// VoidReasons lists every reason.
var VoidReasons = []VoidReason{VoidUnsigned, VoidUnreadable, VoidNotOwner, VoidProxyBad}

// PaperMark is what a sheet says on one matter. A void one has a reason and no choice; a zero PaperMark is
// a blank, whose meaning was announced.
type PaperMark struct {
	voting.Choice
	Void VoidReason `json:"void,omitempty"`
}

// CanonicalPaper is CanonicalChoices of a sheet: an answer that is void is {"void":reason} and nothing else,
// so that two people who agree on that write the same bytes.
func CanonicalPaper(marks map[string]PaperMark) []byte {
	sheet := object{raw: make([]byte, 0, 256)}
	for matter, mark := range marks {
		var o object
		if mark.Void != "" {
			o.text("void", string(mark.Void))
		} else {
			o.choice(mark.Choice)
		}
		sheet.object(matter, &o)
	}
	return sheet.appendTo(nil)
}

// Answers takes the canonical text of a sheet (CanonicalChoices, CanonicalPaper) apart: each matter with the text of the
// answer to it, which is the same for everybody who answered alike. ErrCanonical for a text that is no object; what the
// answers say is for whoever reads them.
func Answers(sheet string, each func(matter, answer string) error) error {
	s := scanner{text: sheet}
	if !s.take('{') {
		return s.wrong("no object")
	}
	if s.take('}') {
		return s.end()
	}
	for {
		matter, err := s.key()
		if err != nil {
			return err
		}
		start := s.at
		if err := s.skip(); err != nil {
			return err
		}
		if err := each(matter, sheet[start:s.at]); err != nil {
			return err
		}
		if s.take('}') {
			return s.end()
		}
		if !s.take(',') {
			return s.wrong("no comma")
		}
	}
}

// choice writes the parts of a choice that are not empty, names in byte order and each once.
func (o *object) choice(choice voting.Choice) {
	if choice.Mark != "" {
		o.text("mark", string(choice.Mark))
	}
	if len(choice.Names) > 0 {
		names := slices.Clone(choice.Names)
		slices.Sort(names)
		o.texts("names", slices.Compact(names))
	}
	if len(choice.Each) > 0 {
		var each object
		for name, mark := range choice.Each {
			each.text(name, string(mark))
		}
		o.object("each", &each)
	}
}

package ledger

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/note"
)

// ErrRecord says that a record cannot be written: its words are no text of a signed note.
var ErrRecord = errors.New("not a record of a home")

// RecordPrefix begins the part of a record that programs read; what stands above it is for people.
const RecordPrefix = "gongjue.record/v1\n"

// Record (本户投票记录) is what the log holds for one voter among its first Size leaves: their ballots, or none. Signed by
// the log's key it is a promise that can be broken only in sight: any ballot leaf below Size that is later opened to
// this slot and is not listed here contradicts it.
type Record struct {
	Meeting string
	At      int64 // Unix ms of the answer
	Size    int64 // of the log
	Root    Hash  // of those leaves
	Opening ProvenLeaf
	Roster  string // id
	Voter   string // id
	Units   []RecordedUnit
	Ballots []RecordedBallot // in the order of the log, also those that were superseded
	Counted *CountedRecord   // once figures are public
}

// ProvenLeaf is a leaf, as Encode writes it, with the proof that it is in the tree of the record.
type ProvenLeaf struct {
	Leaf  []byte
	Proof []Hash
}

// RecordedUnit is one home of the voter with all that opens its line of the roster, and the proof that the line stands
// under the root of the open leaf.
type RecordedUnit struct {
	Line  RosterLeaf
	Home  Place
	Proof []Hash
}

// RecordedBallot is a ballot leaf of the voter. Choices and Salt open it; Choices is nil where it stays closed. Then
// SlotSalt shows, once the ballots were counted, that it is a ballot of this voter, and tells nothing of the choices.
type RecordedBallot struct {
	ProvenLeaf
	Choices  []byte
	Salt     Salt
	SlotSalt *Salt // see [Salt.SlotSalt]; nil before the count, and of a replaced import
}

// CountedRecord shows who voted at all: the text of [VotedBook] and the first result leaf, which holds its hash.
type CountedRecord struct {
	Result   ProvenLeaf
	Register []byte
}

// SignRecord writes a record below words for people and signs both. It refuses with ErrRecord words that a note cannot
// hold or that could be read as the record itself.
func SignRecord(words string, r Record, signer note.Signer) ([]byte, error) {
	body, err := r.encode()
	if err != nil {
		return nil, err
	}
	if !utf8.ValidString(words) || strings.Contains("\n"+words, "\n"+RecordPrefix) || strings.ContainsFunc(words, func(c rune) bool { return c < ' ' && c != '\n' }) {
		return nil, ErrRecord
	}
	signed, err := note.Sign(&note.Note{Text: strings.TrimRight(words, "\n") + "\n\n" + RecordPrefix + string(body) + "\n"}, signer)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRecord, err)
	}
	return signed, nil
}

// The members of a record as they are written; docs/ledger-format.md tells them.
type (
	recordText struct {
		At       int64         `json:"at"`
		Ballots  []ballotProof `json:"ballots"`
		Meeting  string        `json:"meeting"`
		Opening  leafProof     `json:"opening"`
		Register *string       `json:"register,omitempty"`
		Result   *leafProof    `json:"result,omitempty"`
		Root     Hash          `json:"root"`
		Roster   string        `json:"roster"`
		Size     int64         `json:"size"`
		Units    []unitProof   `json:"units"`
		Voter    string        `json:"voter"`
	}
	leafProof struct {
		Leaf  json.RawMessage `json:"leaf"`
		Proof []Hash          `json:"proof"`
	}
	ballotProof struct {
		leafProof
		Choices  json.RawMessage `json:"choices,omitempty"`
		Salt     string          `json:"salt,omitempty"`
		SlotSalt string          `json:"slot_salt,omitempty"`
	}
	unitProof struct {
		Line  json.RawMessage `json:"line"`
		Place string          `json:"place"`
		Proof []Hash          `json:"proof"`
		Salt  string          `json:"salt"`
		Unit  string          `json:"unit"`
	}
)

func (r Record) encode() ([]byte, error) {
	text := recordText{At: r.At, Ballots: make([]ballotProof, len(r.Ballots)), Meeting: r.Meeting, Root: r.Root, Roster: r.Roster, Size: r.Size,
		Units: make([]unitProof, len(r.Units)), Voter: r.Voter}
	var err error
	if text.Opening, err = r.Opening.text(); err != nil {
		return nil, err
	}
	for i, ballot := range r.Ballots {
		if text.Ballots[i].leafProof, err = ballot.text(); err != nil {
			return nil, err
		}
		if ballot.Choices != nil {
			text.Ballots[i].Choices, text.Ballots[i].Salt = ballot.Choices, hex.EncodeToString(ballot.Salt[:])
		} else if ballot.SlotSalt != nil {
			text.Ballots[i].SlotSalt = hex.EncodeToString(ballot.SlotSalt[:])
		}
	}
	for i, unit := range r.Units {
		text.Units[i] = unitProof{Line: unit.Line.appendTo(nil), Place: unit.Home.Place, Proof: atLeastEmpty(unit.Proof),
			Salt: hex.EncodeToString(unit.Home.Salt[:]), Unit: unit.Home.Unit}
	}
	if r.Counted != nil {
		result, err := r.Counted.Result.text()
		if err != nil {
			return nil, err
		}
		register := string(r.Counted.Register)
		text.Result, text.Register = &result, &register
	}
	return Canonical(text)
}

func (p ProvenLeaf) text() (leafProof, error) {
	line, ok := strings.CutPrefix(string(p.Leaf), LeafPrefix)
	if !ok {
		return leafProof{}, fmt.Errorf("%w: a proof of no leaf", ErrLeaf)
	}
	return leafProof{Leaf: json.RawMessage(strings.TrimSuffix(line, "\n")), Proof: atLeastEmpty(p.Proof)}, nil
}

// atLeastEmpty writes no hash as an empty list: a tree of one leaf needs none.
func atLeastEmpty(proof []Hash) []Hash {
	if proof == nil {
		return []Hash{}
	}
	return proof
}

package ledger

import (
	"crypto/sha256"
	"fmt"

	"gongjue/voting/lifecycle"
)

// Import records that the result of a city's voting platform was taken over (导入). The leaves directly below it, as
// many as Ballots says, are its ballots: every one a Ballot of the channel imported, of another voter, revision 1.
//
// A platform hands its result out when its own window has ended, so an import follows the close leaf, and none follows the
// result leaf. A later import that names this one in Replaces takes the place of it and of all its ballots.
type Import struct {
	Platform Hash // see PlatformHash
	File     Hash // see ImportCommitment
	Ballots  int64
	Replaces int64  // index of the import leaf that this one replaces; 0 for none
	First    string // pseudonym of whoever handed the file in; written as a Meeting
	Second   string // of whoever handed in the same content again, who is somebody else
}

// Type is import.
func (Import) Type() LeafType { return LeafImport }

func (b Import) write(o *object) {
	o.hash("platform", b.Platform)
	o.hash("file", b.File)
	o.number("ballots", b.Ballots)
	o.number("replaces", b.Replaces)
	o.text("first", b.First)
	o.text("second", b.Second)
}

func (b Import) check(h Header) error {
	switch {
	case b.Platform == Hash{}:
		return fmt.Errorf("%w: an import of no platform", ErrLeaf)
	case !identifier(b.First) || !identifier(b.Second) || b.First == b.Second:
		return fmt.Errorf("%w: an import is handed in by two people", ErrLeaf)
	case b.Ballots < 0 || b.Ballots > maxIndex || b.Replaces < 0 || b.Replaces >= h.Index:
		return fmt.Errorf("%w: ballots or replaced index", ErrLeaf)
	}
	return nil
}

func (r *reader) imported() Import {
	return Import{Platform: r.hash("platform"), File: r.hash("file"), Ballots: r.number("ballots"), Replaces: r.number("replaces"),
		First: r.text("first"), Second: r.text("second")}
}

// PlatformHash stands for the name of a platform, as the notice announced it: SHA-256("gongjue.platform/v1\0" ‖ LP(name)).
// Leaves hold no text beyond ASCII.
func PlatformHash(name string) Hash {
	return sha256.Sum256(appendParts([]byte("gongjue.platform/v1\x00"), []byte(name)))
}

// ImportCommitment stands for a file in its leaf: HMAC-SHA256(salt, "gongjue.import/v1\0" ‖ LP(meeting) ‖ LP(SHA-256 of
// the file)). The file's own hash would give the choices of a small meeting away: its lines could be tried.
func ImportCommitment(salt Salt, meeting string, file Hash) Hash {
	return salt.mac("gongjue.import/v1\x00", []byte(meeting), file[:])
}

// EffectiveImport is the index of the import that counts: the last one, which replaces the others; 0 without any.
// It refuses with ErrLeaf a log whose imports do not each replace the one before, or are not followed by exactly their
// ballots.
func EffectiveImport(leaves []Body) (int64, error) {
	effective, due := int64(0), int64(0)
	for i, leaf := range leaves {
		imported, isImport := leaf.(Import)
		ballot, isBallot := leaf.(Ballot)
		switch {
		case isBallot && ballot.Channel == lifecycle.Imported:
			if due == 0 || ballot.Revision != 1 {
				return 0, fmt.Errorf("%w: leaf %d is a ballot of no import", ErrLeaf, i)
			}
			due--
		case due > 0:
			return 0, fmt.Errorf("%w: %d ballots are missing above leaf %d", ErrLeaf, due, i)
		case isImport && imported.Replaces != effective:
			return 0, fmt.Errorf("%w: leaf %d replaces another import than the last", ErrLeaf, i)
		case isImport:
			effective, due = int64(i), imported.Ballots
		}
	}
	if due > 0 {
		return 0, fmt.Errorf("%w: %d ballots are missing at the end", ErrLeaf, due)
	}
	return effective, nil
}

// AlikeOrVoid is the sheet that two of one voter come to where the notice announced that what differs is void (see
// voting.IdenticalElseVoid): what both answer alike and what one alone answers stays, where they differ the matter is
// void. Texts are compared as they are: canonical, so that what is the same is written the same. ErrCanonical for a text
// that is no sheet.
func AlikeOrVoid(here, there string) (string, error) {
	answers := map[string]string{}
	for _, sheet := range []string{here, there} {
		err := Answers(sheet, func(matter, answer string) error {
			if known, both := answers[matter]; both && known != answer {
				answer = `{"void":"` + string(VoidDuplicate) + `"}`
			}
			answers[matter] = answer
			return nil
		})
		if err != nil {
			return "", err
		}
	}
	var o object
	for matter, answer := range answers {
		o.canonical(matter, []byte(answer))
	}
	return string(o.appendTo(nil)), nil
}

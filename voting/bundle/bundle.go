package bundle

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"gongjue/voting/ledger"
)

// The files of a bundle. Checkpoints stand one in a file, named by their size.
const (
	FileAnnounced = "announced.json"
	FileRules     = "rules.json"
	FileResult    = "result.json"
	FileStanding  = "meeting.json"
	FileRoster    = "roster.jsonl"
	FileLeaves    = "leaves.jsonl"
	FilePlaces    = "places.jsonl" // owners and tellers
	FileVoted     = "voted.jsonl"  // owners and tellers
	FileBook      = "book.jsonl"   // tellers
	FileGuide     = "README.txt"
	FileManifest  = "manifest.json"

	dirCheckpoints = "checkpoints/"
)

// Bundle is one meeting as it is published in one tier. Texts are those whose hashes the ledger holds.
type Bundle struct {
	Tier        Tier
	Meeting     string
	Copy        int64 // index of the access leaf that records this copy; 0 in the public tier
	Announced   []byte
	Rules       []byte
	Result      []byte
	Standing    Standing
	Roster      []ledger.RosterLeaf // in the order of slots
	Leaves      [][]byte            // in the order of the log, as the ledger encodes them
	Checkpoints []Checkpoint
	Places      []ledger.Place // in the order of slots; not for the public
	Voted       []byte         // not for the public
	Book        []byte         // for tellers
}

// Checkpoint is a signed note over the first leaves of the log.
type Checkpoint struct {
	Size int64
	Note string
}

// part is one file of a bundle.
type part struct {
	name string
	text []byte
}

// Write gives out the zip, with a guide for people beside the record. The same bundle and guide always give the
// same bytes.
func (b Bundle) Write(w io.Writer, guide string) error {
	parts, err := b.parts(guide)
	if err != nil {
		return err
	}
	manifest, err := b.manifest(parts)
	if err != nil {
		return err
	}
	return writeZip(w, sorted(append(parts, manifest)))
}

func (b Bundle) parts(guide string) ([]part, error) {
	standing, err := b.Standing.encode()
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", FileStanding, err)
	}
	leaves, err := leafLines(b.Leaves)
	if err != nil {
		return nil, err
	}
	parts := []part{{FileAnnounced, b.Announced}, {FileRules, b.Rules}, {FileResult, b.Result}, {FileStanding, standing},
		{FileRoster, ledger.Roster(b.Roster)}, {FileLeaves, leaves}, {FileGuide, []byte(guide)}}
	for _, checkpoint := range b.Checkpoints {
		parts = append(parts, part{fmt.Sprintf("%s%d.txt", dirCheckpoints, checkpoint.Size), []byte(checkpoint.Note)})
	}
	if b.Tier != Public {
		parts = append(parts, part{FilePlaces, ledger.Places(b.Places)}, part{FileVoted, b.Voted})
	}
	if b.Tier == Tellers {
		parts = append(parts, part{FileBook, b.Book})
	}
	return sorted(parts), nil
}

func sorted(parts []part) []part {
	return slices.SortedFunc(slices.Values(parts), func(a, b part) int { return strings.Compare(a.name, b.name) })
}

// leafLines leaves out what is the same for all leaves: the first line of each.
func leafLines(leaves [][]byte) ([]byte, error) {
	var text []byte
	for i, leaf := range leaves {
		line, ok := bytes.CutPrefix(leaf, []byte(ledger.LeafPrefix))
		if !ok {
			return nil, fmt.Errorf("leaf %d: %w", i, ledger.ErrLeaf)
		}
		text = append(text, line...)
	}
	return text, nil
}

type manifestFile struct {
	Name   string      `json:"name"`
	Size   int         `json:"size"`
	SHA256 ledger.Hash `json:"sha256"`
}

// manifest names every other file with its size and hash, in byte order of the names.
func (b Bundle) manifest(parts []part) (part, error) {
	document := struct {
		Copy    int64          `json:"copy,omitempty"`
		Files   []manifestFile `json:"files"`
		Format  string         `json:"format"`
		Meeting string         `json:"meeting"`
		Tier    Tier           `json:"tier"`
	}{Copy: b.Copy, Format: formatManifest, Meeting: b.Meeting, Tier: b.Tier}
	for _, p := range parts {
		document.Files = append(document.Files, manifestFile{p.name, len(p.text), ledger.Sum(p.text)})
	}
	text, err := ledger.Canonical(document)
	if err != nil {
		return part{}, fmt.Errorf("write %s: %w", FileManifest, err)
	}
	return part{FileManifest, text}, nil
}

package bundle

import (
	"encoding/json"

	"gongjue/voting"
	"gongjue/voting/ledger"
)

// Formats of the documents; a change of one byte in a form is a new number.
const (
	formatAnnounced = "gongjue.notice/v1"
	formatResult    = "gongjue.result/v1"
	formatStanding  = "gongjue.meeting/v1"
	formatManifest  = "gongjue.bundle/v1"
)

// Announced is everything that a notice fixes. The open leaf holds the SHA-256 of its text, and the notice
// prints it. Policies, the silence rule and the rules of the matters are the JSON that was stored: a later
// version of the program that knows more of them does not change what an earlier one announced.
type Announced struct {
	Meeting       string          `json:"meeting"`
	Title         string          `json:"title"`
	Kind          string          `json:"kind"` // regular or extraordinary
	ConvenerKind  string          `json:"convener_kind"`
	ConvenerName  string          `json:"convener_name"`
	Contact       string          `json:"contact"`
	Place         string          `json:"place"`
	OpensAt       int64           `json:"opens_at"` // Unix ms, as below
	ClosesAt      int64           `json:"closes_at"`
	ObjectionDays int64           `json:"objection_days"`
	DeliveryTimes string          `json:"delivery_times"`
	Policies      json.RawMessage `json:"policies"`
	SilenceRule   json.RawMessage `json:"silence_rule"`      // null with the default policy
	RunOffOf      string          `json:"run_off_of"`        // the earlier meeting that led to this one; empty for any other
	Repeats       string          `json:"repeats,omitempty"` // the annulled meeting that this one runs again
	Rules         ledger.Hash     `json:"rules_sha256"`      // of the rule pack's text
	Roster        AnnouncedRoster `json:"roster"`
	Matters       []Matter        `json:"matters"`
	Files         []File          `json:"files"`

	Platform string `json:"platform,omitempty"`         // the city's voting platform whose result is imported
	Conflict string `json:"channel_conflict,omitempty"` // what counts of a voter who answered there and here; with a platform

	Witnesses []string `json:"witnesses,omitempty"` // verifier keys of the street; without its cosignature no result is announced

	Seal *Seal `json:"seal,omitempty"` // how the key of the ballots is kept; the server keeps it where nothing is said

	Logged []ledger.LeafType `json:"logged,omitempty"` // acts that stand in the log or did not happen; earlier notices name none
}

// LoggedActs are what the log of every meeting has recorded since its notice says so: that the ballots were opened by
// cards, and that the street waived its witness. LoggedAfterwards are what it records of the time after the count,
// since its notice says so as well: objections and the street's samples.
var (
	LoggedActs       = []ledger.LeafType{ledger.LeafUnseal, ledger.LeafWaive}
	LoggedAfterwards = []ledger.LeafType{ledger.LeafObjection, ledger.LeafSample}
)

// Seal is a key of the ballots that people hold in shares, so that the server alone opens none. Whoever put another key in
// its place while ballots come in would contradict the notice.
type Seal struct {
	Kept  string     `json:"kept"` // holders
	Key   string     `json:"key"`  // hex, X25519: ballots are sealed to it
	Need  int64      `json:"need"` // how many of the cards open
	Cards []SealCard `json:"cards"`
}

// SealCard is one holder's card.
type SealCard struct {
	Number int64  `json:"number"` // from 1
	Role   string `json:"role"`   // convener, street, teller
	Key    string `json:"key"`    // hex, X25519: the share is sealed to it
	Share  string `json:"share"`  // SHA-256 of the share, see docs/ledger-format.md
}

// AnnouncedRoster is the frozen roster that the notice names.
type AnnouncedRoster struct {
	ID    string      `json:"id"`
	Root  ledger.Hash `json:"root"`
	Units int64       `json:"units"`
	Heads int64       `json:"heads"`
	Area  voting.Area `json:"area_cm2"`
}

// Matter is a matter as the notice announces it.
type Matter struct {
	ID       string          `json:"id"`
	Position int64           `json:"position"`
	Title    string          `json:"title"`
	Text     string          `json:"text"`
	Rule     json.RawMessage `json:"rule"`
}

// File is a file of the notice by its content.
type File struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

// Encode is the one text of the document. It fails as [ledger.Canonical] does.
func (a Announced) Encode() ([]byte, error) {
	return ledger.Canonical(struct {
		Format string `json:"format"`
		Announced
	}{formatAnnounced, a})
}

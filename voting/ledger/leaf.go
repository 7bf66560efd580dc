package ledger

import (
	"errors"
	"fmt"
	"time"
)

// LeafPrefix is the first line of every leaf of version 1.
const LeafPrefix = "gongjue.leaf/v1\n"

// LeafType says what a leaf records.
type LeafType string

// The leaf types. Decode reads them all but void, unvoid, answer and extend, which it refuses by name.
const (
	LeafOpen      LeafType = "open"
	LeafBallot    LeafType = "ballot"
	LeafPaper     LeafType = "paper"
	LeafVoid      LeafType = "void"
	LeafUnvoid    LeafType = "unvoid"
	LeafObjection LeafType = "objection"
	LeafAnswer    LeafType = "answer"
	LeafAmend     LeafType = "amend"
	LeafExtend    LeafType = "extend"
	LeafClose     LeafType = "close"
	LeafResult    LeafType = "result"
	LeafLot       LeafType = "lot"
	LeafCertify   LeafType = "certify"
	LeafAccess    LeafType = "access"
	LeafImport    LeafType = "import"    // the result of a city's platform
	LeafUnseal    LeafType = "unseal"    // by whose cards the ballots were opened
	LeafWaive     LeafType = "waive"     // the street goes without its witness
	LeafSupervise LeafType = "supervise" // an authority orders correction or revokes
	LeafSample    LeafType = "sample"    // a step of a street's sample
)

// LeafTypes lists every leaf type.
var LeafTypes = []LeafType{
	LeafOpen, LeafBallot, LeafPaper, LeafVoid, LeafUnvoid, LeafObjection, LeafAnswer,
	LeafAmend, LeafExtend, LeafClose, LeafResult, LeafLot, LeafCertify, LeafAccess, LeafImport, LeafUnseal, LeafWaive, LeafSupervise, LeafSample,
}

// ErrLeaf says that a leaf is malformed or contradicts itself.
var ErrLeaf = errors.New("malformed leaf")

// Header is what every leaf carries beside its type and version.
type Header struct {
	Meeting string // meeting id, 1–64 of a–z, 0–9 and '-'
	Index   int64  // place in the meeting's log, from 0
	At      int64  // Unix ms; never before the leaf above it, which the writer sees to
	By      string // pseudonym of the acting role, such as "server" or "convener-2"; written as a Meeting
}

// Body is the content of one type of leaf: Open, Ballot, Paper, Import, Amend, Close, Unseal, Result, Objection, Lot, Sample, Waive, Certify,
// Supervise or Access.
type Body interface {
	// Type is the leaf type of the body.
	Type() LeafType

	write(*object)
	check(Header) error
}

// Encode gives the exact bytes of a leaf. It refuses with ErrLeaf what Decode would refuse.
func Encode(h Header, b Body) ([]byte, error) {
	if err := checkLeaf(h, b); err != nil {
		return nil, err
	}
	o := object{raw: make([]byte, 0, 512), members: make([]member, 0, 20)}
	o.number("v", 1)
	o.text("m", h.Meeting)
	o.number("i", h.Index)
	o.text("t", string(b.Type()))
	o.text("at", Instant(h.At))
	o.text("by", h.By)
	b.write(&o)
	leaf := append(make([]byte, 0, 1024), LeafPrefix...)
	return append(o.appendTo(leaf), '\n'), nil
}

// maxIndex keeps sums of counts far from overflow; no log comes near it.
const maxIndex = 1 << 40

func checkLeaf(h Header, b Body) error {
	switch {
	case !identifier(h.Meeting) || !identifier(h.By):
		return fmt.Errorf("%w: meeting or role is no identifier", ErrLeaf)
	case h.Index < 0 || h.Index > maxIndex || !instantInRange(h.At):
		return fmt.Errorf("%w: index or time out of range", ErrLeaf)
	case (b.Type() == LeafOpen) != (h.Index == 0):
		return fmt.Errorf("%w: open is leaf 0 and no other", ErrLeaf)
	}
	return b.check(h)
}

// beijing is written into leaves; it had no summer time since 1991 and so needs no table.
var beijing = time.FixedZone("", 8*60*60)

// instantLayout always has three decimals, so that one instant has one spelling.
const instantLayout = "2006-01-02T15:04:05.000-07:00"

// maxInstant is the last millisecond of the year 9998, safely four digits in every zone.
const maxInstant = 253_370_764_799_999

func instantInRange(ms int64) bool { return ms >= 0 && ms <= maxInstant }

// Instant writes Unix ms in 北京时间 with its offset: "2026-11-21T18:00:00.000+08:00".
func Instant(ms int64) string { return time.UnixMilli(ms).In(beijing).Format(instantLayout) }

// ParseInstant reads what Instant writes and nothing else, in Unix ms; ErrLeaf otherwise.
func ParseInstant(text string) (int64, error) {
	at, err := time.Parse(instantLayout, text)
	if err != nil || !instantInRange(at.UnixMilli()) || Instant(at.UnixMilli()) != text {
		return 0, fmt.Errorf("%w: not an instant with offset", ErrLeaf)
	}
	return at.UnixMilli(), nil
}

// identifier tells whether a text is 1–64 of a–z, 0–9 and '-'.
func identifier(text string) bool {
	for i := range len(text) {
		b := text[i]
		if (b < 'a' || b > 'z') && (b < '0' || b > '9') && b != '-' {
			return false
		}
	}
	return len(text) >= 1 && len(text) <= 64
}

// printable tells whether a text is 1–256 characters of ASCII from '!' to '~'.
func printable(text string) bool {
	for i := range len(text) {
		if text[i] < '!' || text[i] > '~' {
			return false
		}
	}
	return len(text) >= 1 && len(text) <= 256
}

package ledger

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Offer is what a log offers to its witnesses: its newest checkpoint, and the proof that it goes on from the one of
// size Old. Its text is the body of an add-checkpoint request of C2SP tlog-witness.
type Offer struct {
	Old   int64
	Proof []Hash
	Note  []byte // signed
}

// maxProof is the longest proof that C2SP tlog-witness allows.
const maxProof = 63

// Bytes writes the offer: "old" and the size, the proof, an empty line, the note.
func (o Offer) Bytes() []byte {
	var text bytes.Buffer
	fmt.Fprintf(&text, "old %d\n", o.Old)
	for _, h := range o.Proof {
		text.WriteString(base64.StdEncoding.EncodeToString(h[:]) + "\n")
	}
	text.WriteByte('\n')
	text.Write(o.Note)
	return text.Bytes()
}

// ParseOffer reads an offer in its one spelling; ErrCheckpoint otherwise.
func ParseOffer(text []byte) (Offer, error) {
	head, rest, found := bytes.Cut(text, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	size, ok := strings.CutPrefix(lines[0], "old ")
	old, err := strconv.ParseInt(size, 10, 64)
	if !found || !ok || err != nil || old < 0 || strconv.FormatInt(old, 10) != size || len(lines) > 1+maxProof {
		return Offer{}, fmt.Errorf("%w: not an offer", ErrCheckpoint)
	}
	offer := Offer{Old: old, Note: rest}
	for _, line := range lines[1:] {
		h, err := base64.StdEncoding.Strict().DecodeString(line)
		if err != nil || len(h) != len(Hash{}) {
			return Offer{}, fmt.Errorf("%w: not a proof", ErrCheckpoint)
		}
		offer.Proof = append(offer.Proof, Hash(h))
	}
	return offer, nil
}

// The reasons why a witness does not sign.
var (
	ErrOtherStart = errors.New("the proof starts from another size than the witness has seen")
	ErrOlder      = errors.New("the log is shorter than it was")
	ErrForked     = errors.New("the log is not the one that was seen")
)

// Follow decides what a witness must decide before it signs: whether the offered checkpoint goes on from the one that
// was seen last. The zero Checkpoint has seen nothing and takes what comes. Errors: ErrOtherStart (ask again for a proof
// from seen.Size), ErrOlder, ErrForked.
func (c Checkpoint) Follow(offered Checkpoint, old int64, proof []Hash) error {
	switch {
	case c.Size == 0:
		return nil
	case c.Origin != offered.Origin:
		return fmt.Errorf("%w: another origin", ErrForked)
	case offered.Size < c.Size:
		return ErrOlder
	case offered.Size == c.Size && offered.Root != c.Root:
		return ErrForked
	case offered.Size == c.Size:
		return nil
	case old != c.Size:
		return ErrOtherStart
	}
	if err := CheckConsistency(proof, offered.Size, offered.Root, c.Size, c.Root); err != nil {
		return fmt.Errorf("%w: %w", ErrForked, err)
	}
	return nil
}

// OpenByKey reads a checkpoint that a log signed, by the log's verifier key: its name is the origin. ErrCheckpoint as in
// OpenCheckpoint, also for a key of an unknown kind.
func OpenByKey(signed []byte, key string) (Checkpoint, error) {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("%w: %w", ErrCheckpoint, err)
	}
	return OpenCheckpoint(signed, verifier.Name(), verifier)
}

// KeyMaterial is what the verifier keys of all logs of one installation share: the key without its name, which is
// another for every log. It is empty for a text that is no verifier key.
func KeyMaterial(key string) string {
	parts := strings.SplitN(key, "+", 3)
	if len(parts) != 3 {
		return ""
	}
	return parts[2]
}

package witness

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"gongjue/voting/ledger"
)

// The reasons, beside those of the ledger, for which a witness does not sign.
var (
	ErrOtherKey = errors.New("the log is signed by another key than before")
	ErrNoKey    = errors.New("the log was never seen here, and nobody said which key signs it")
)

// Signed is what a witness has to say about an offer.
type Signed struct {
	Origin string
	Size   int64
	Note   []byte // cosigned; written down before it is given to anybody
	Fresh  bool   // signed now; false where this checkpoint was signed before
	First  bool   // nothing was known of the log's key: compare it with what is printed
	LogKey string
}

// Sign decides about what a log offers, and signs it. logKey is the verifier key that the offer claims; empty means the
// one that is known. at is Unix ms. Errors: ErrNoKey, ledger.ErrCheckpoint (not signed by that key), ledger.ErrOtherStart,
// and a *Contradiction for what must not be: an older log, a fork, another key.
func (k *Keeper) Sign(key Key, logKey string, offerText []byte, at int64) (Signed, error) {
	offer, err := ledger.ParseOffer(offerText)
	if err != nil {
		return Signed{}, err
	}
	origin, _, _ := strings.Cut(string(offer.Note), "\n")
	known, err := k.Recall(origin)
	if err != nil {
		return Signed{}, err
	}
	if logKey == "" {
		logKey = known.LogKey
	}
	if logKey == "" {
		return Signed{}, fmt.Errorf("%w: %s", ErrNoKey, origin)
	}
	head, err := ledger.OpenByKey(offer.Note, logKey)
	if err != nil {
		return Signed{}, err
	}
	first, err := k.pin(origin, logKey)
	if errors.Is(err, ErrOtherKey) {
		return Signed{}, k.contradict(withOrigin(known, origin), offerText, err)
	}
	if err != nil {
		return Signed{}, err
	}
	seen := ledger.Checkpoint{}
	if known.Size > 0 {
		if seen, err = ledger.OpenByKey([]byte(known.Note), known.LogKey); err != nil {
			return Signed{}, fmt.Errorf("read what was seen of %s: %w", origin, err)
		}
	}
	switch err := seen.Follow(head, offer.Old, offer.Proof); {
	case errors.Is(err, ledger.ErrOtherStart):
		return Signed{}, fmt.Errorf("%w: %d leaves were seen here, so ask for ?from=%d", err, seen.Size, seen.Size)
	case err != nil:
		return Signed{}, k.contradict(known, offerText, err)
	case head.Size == seen.Size:
		return Signed{Origin: origin, Size: seen.Size, Note: []byte(known.Note), LogKey: logKey}, nil
	}
	return k.signNew(key, known, head, offer.Note, logKey, at, first)
}

func withOrigin(m Memory, origin string) Memory {
	m.Origin = origin
	return m
}

// signNew signs a checkpoint that goes on from what was seen, and writes it down before anybody gets it.
func (k *Keeper) signNew(key Key, known Memory, head ledger.Checkpoint, note []byte, logKey string, at int64, first bool) (Signed, error) {
	at = max(at, known.SeenAt) // a clock that went back does not make a later sight earlier
	cosigned, err := key.sign(bare(note, head.Origin), at)
	if err != nil {
		return Signed{}, err
	}
	if err := k.remember(Memory{Origin: head.Origin, LogKey: logKey, Size: head.Size, Note: string(cosigned), SeenAt: at, Server: k.server}); err != nil {
		return Signed{}, err
	}
	return Signed{Origin: head.Origin, Size: head.Size, Note: cosigned, Fresh: true, First: first, LogKey: logKey}, nil
}

// bare leaves the signatures of the log under a note and no others: what other witnesses say is theirs to hand in.
func bare(note []byte, origin string) []byte {
	text, lines, _ := strings.Cut(string(note), "\n\n")
	kept := text + "\n\n"
	for line := range strings.Lines(lines) {
		if strings.HasPrefix(line, "— "+origin+" ") {
			kept += line
		}
	}
	return []byte(kept)
}

// pinsFile keeps, for every installation, the key that signs its logs. All logs of an installation have the same.
const pinsFile = "log-keys.json"

// pin holds an installation to its key. first tells that nothing was known of it. ErrOtherKey for another one.
func (k *Keeper) pin(origin, logKey string) (first bool, err error) {
	path := filepath.Join(k.dir, pinsFile)
	pins := map[string]string{}
	text, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(text, &pins)
	} else if errors.Is(err, os.ErrNotExist) {
		err = nil
	}
	if err != nil {
		return false, fmt.Errorf("read the pinned keys: %w", err)
	}
	domain, material := domainOf(origin), ledger.KeyMaterial(logKey)
	switch pins[domain] {
	case material:
		return false, nil
	case "":
		pins[domain] = material
		encoded, err := json.MarshalIndent(pins, "", "  ")
		if err != nil {
			return false, fmt.Errorf("write down a key: %w", err)
		}
		return true, replace(path, append(encoded, '\n'))
	}
	return false, ErrOtherKey
}

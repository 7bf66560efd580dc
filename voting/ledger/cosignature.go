package ledger

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// ErrWitness says that a witness key or a cosignature is malformed, of another kind, or does not hold.
var ErrWitness = errors.New("not a signature of this witness")

// cosignatureNote is the algorithm byte of cosignature/v1 (C2SP tlog-cosignature): Ed25519 over a checkpoint and the
// moment at which the witness saw it. Another algorithm has another byte and its own case in [ParseWitness].
const cosignatureNote = 4

// maxWitnessName bounds the name of a witness, which stands in every note that it signs.
const maxWitnessName = 100

// Witness is the public key of somebody who cosigns checkpoints, such as the street: a note.Verifier of its cosignatures.
type Witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

// NewWitness names a public key. It refuses with ErrWitness a key that is not Ed25519, and a name that is empty, too
// long, or not printable ASCII without blanks and plus signs.
func NewWitness(name string, public crypto.PublicKey) (Witness, error) {
	key, ok := public.(ed25519.PublicKey)
	if !ok || len(key) != ed25519.PublicKeySize {
		return Witness{}, fmt.Errorf("%w: the key is not Ed25519", ErrWitness)
	}
	if name == "" || len(name) > maxWitnessName || strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r > '~' || r == '+' }) {
		return Witness{}, fmt.Errorf("%w: the name is not printable ASCII without blanks", ErrWitness)
	}
	digest := sha256.Sum256(append([]byte(name+"\n"), append([]byte{cosignatureNote}, key...)...))
	return Witness{name, binary.BigEndian.Uint32(digest[:4]), key}, nil
}

// ParseWitness reads a verifier key "name+hash+key" of a witness, in its one spelling; ErrWitness otherwise.
func ParseWitness(text string) (Witness, error) {
	name, rest, _ := strings.Cut(text, "+")
	_, encoded, found := strings.Cut(rest, "+")
	key, err := base64.StdEncoding.Strict().DecodeString(encoded)
	if !found || err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != cosignatureNote {
		return Witness{}, fmt.Errorf("%w: not a key of cosignature/v1", ErrWitness)
	}
	w, err := NewWitness(name, ed25519.PublicKey(key[1:]))
	if err != nil {
		return Witness{}, err
	}
	if w.String() != text {
		return Witness{}, fmt.Errorf("%w: another spelling of the key", ErrWitness)
	}
	return w, nil
}

// String is the verifier key as open leaves and notices name it.
func (w Witness) String() string {
	return fmt.Sprintf("%s+%08x+%s", w.name, w.hash, base64.StdEncoding.EncodeToString(append([]byte{cosignatureNote}, w.key...)))
}

// Fingerprint is SHA-256 of the verifier key; its first 16 hex digits are what people compare.
func (w Witness) Fingerprint() Hash { return Sum([]byte(w.String())) }

// Name is the name of the key.
func (w Witness) Name() string { return w.name }

// KeyHash tells keys of one name apart.
func (w Witness) KeyHash() uint32 { return w.hash }

// KeyID is KeyHash in hex, as the verifier key has it.
func (w Witness) KeyID() string { return fmt.Sprintf("%08x", w.hash) }

// Verify tells whether signature is a cosignature of the text of a checkpoint.
func (w Witness) Verify(text, signature []byte) bool {
	at, ok := cosignedAt(signature)
	return ok && ed25519.Verify(w.key, cosigned(text, at), signature[8:])
}

// maxCosignedAt is the end of the year 9999 in Unix seconds: a later moment is a slip of the pen.
const maxCosignedAt = 253_402_300_799

// cosignedAt reads the moment of a cosignature: eight bytes of Unix seconds before 64 bytes of Ed25519.
func cosignedAt(signature []byte) (seconds uint64, ok bool) {
	if len(signature) != 8+ed25519.SignatureSize {
		return 0, false
	}
	seconds = binary.BigEndian.Uint64(signature)
	return seconds, seconds > 0 && seconds <= maxCosignedAt
}

// cosigned is what a witness signs: a first line, the moment, and the text of the checkpoint.
func cosigned(text []byte, seconds uint64) []byte {
	return append([]byte("cosignature/v1\ntime "+strconv.FormatUint(seconds, 10)+"\n"), text...)
}

// cosigner signs the texts of checkpoints as seen at one moment.
type cosigner struct {
	Witness
	key     crypto.Signer
	seconds uint64
}

// NewCosigner makes the note signer of a witness for a moment in Unix ms; a device may hold the key. It refuses as
// NewWitness does, and a moment before 1970 or after 9999.
func NewCosigner(name string, key crypto.Signer, at int64) (note.Signer, error) {
	w, err := NewWitness(name, key.Public())
	if err != nil {
		return nil, err
	}
	if at < 1000 || at/1000 > maxCosignedAt {
		return nil, fmt.Errorf("%w: the clock says %d", ErrWitness, at)
	}
	return cosigner{w, key, uint64(at / 1000)}, nil
}

// Sign gives the moment and the signature over it and the text.
func (c cosigner) Sign(text []byte) ([]byte, error) {
	signature, err := c.key.Sign(nil, cosigned(text, c.seconds), crypto.Hash(0))
	if err != nil {
		return nil, fmt.Errorf("cosign: %w", err)
	}
	return append(binary.BigEndian.AppendUint64(nil, c.seconds), signature...), nil
}

// Cosign adds the signature of a witness to a signed checkpoint; lines that are there already stay. It does not look at
// what is signed: see [Checkpoint.Follow].
func Cosign(signed []byte, witness note.Signer) ([]byte, error) {
	text, _, found := bytes.Cut(signed, []byte("\n\n"))
	if !found {
		return nil, ErrCheckpoint
	}
	line, err := note.Sign(&note.Note{Text: string(text) + "\n"}, witness)
	if err != nil {
		return nil, fmt.Errorf("cosign: %w", err)
	}
	return append(slices.Clone(signed), line[len(text)+2:]...), nil
}

// Cosignature is one valid signature of a witness under a checkpoint.
type Cosignature struct {
	Witness Witness
	At      int64  // Unix ms; what the witness's own clock said
	Line    string // as it stands in a note, with its line feed
}

// OpenCosigned reads a checkpoint that the log signed, and the valid cosignatures of the given witnesses under it, in
// the order of the note. Lines of others are ignored by rule. ErrCheckpoint as in OpenCheckpoint; ErrWitness for a
// signature in the name of a witness that does not hold.
func OpenCosigned(signed []byte, origin string, log note.Verifier, witnesses ...Witness) (Checkpoint, []Cosignature, error) {
	c, err := OpenCheckpoint(signed, origin, log)
	if err != nil {
		return c, nil, err
	}
	known := make([]note.Verifier, len(witnesses))
	for i, w := range witnesses {
		known[i] = w
	}
	opened, err := note.Open(signed, note.VerifierList(known...))
	var unverified *note.UnverifiedNoteError
	if errors.As(err, &unverified) {
		return c, nil, nil
	}
	if err != nil {
		return c, nil, fmt.Errorf("%w: %w", ErrWitness, err)
	}
	return c, cosignaturesIn(opened, witnesses), nil
}

// cosignaturesIn are the signatures of witnesses under an opened note, in its order.
func cosignaturesIn(opened *note.Note, witnesses []Witness) (list []Cosignature) {
	for _, sig := range opened.Sigs {
		i := slices.IndexFunc(witnesses, func(w Witness) bool { return w.name == sig.Name && w.hash == sig.Hash })
		if i < 0 {
			continue
		}
		raw, _ := base64.StdEncoding.DecodeString(sig.Base64) // note.Open decoded it
		seconds := binary.BigEndian.Uint64(raw[4:12])         // Verify read it
		list = append(list, Cosignature{Witness: witnesses[i], At: int64(seconds) * 1000,
			Line: "— " + sig.Name + " " + base64.StdEncoding.EncodeToString(raw) + "\n"})
	}
	return list
}

// Mark is the short text of a checkpoint for paper: its size, a slash, and the root as it is printed.
func (c Checkpoint) Mark() string { return strconv.FormatInt(c.Size, 10) + "/" + c.Root.Printed() }

// witnessProof is the first line of what shows that a key is in the hands of whoever registers it. With two lines it is
// no checkpoint, so that nobody can make one of it.
const witnessProof = "gongjue.witness/v1"

// WitnessProof is a witness's verifier key, signed with it: nobody registers a key that they mistyped or that somebody
// else holds.
func WitnessProof(key Witness, signer note.Signer) (string, error) {
	signed, err := note.Sign(&note.Note{Text: witnessProof + "\n" + key.String() + "\n"}, signer)
	if err != nil {
		return "", fmt.Errorf("sign a witness key: %w", err)
	}
	return string(signed), nil
}

// ReadWitnessProof reads a proof, also as an editor or a form leaves it; ErrWitness otherwise.
func ReadWitnessProof(text string) (Witness, error) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")) + "\n"
	lines := strings.Split(text, "\n")
	if lines[0] != witnessProof || len(lines) < 2 {
		return Witness{}, fmt.Errorf("%w: no proof of a key", ErrWitness)
	}
	w, err := ParseWitness(lines[1])
	if err != nil {
		return Witness{}, err
	}
	opened, err := note.Open([]byte(text), note.VerifierList(w))
	if err != nil || opened.Text != witnessProof+"\n"+w.String()+"\n" {
		return Witness{}, fmt.Errorf("%w: the proof is not signed with the key", ErrWitness)
	}
	return w, nil
}

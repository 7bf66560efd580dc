package ledger

import (
	"crypto"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// ErrCheckpoint says that a checkpoint is malformed, of another log, or not signed by the wanted key.
var ErrCheckpoint = errors.New("not a checkpoint of this log")

// Checkpoint is the head of a meeting's log at a size. Signed, it is a note without extension lines in
// the form of C2SP tlog-checkpoint: origin, size, root in base64.
type Checkpoint struct {
	Origin string
	Size   int64
	Root   Hash
}

// Origin names a meeting's log: the domain of the installation, "/m/", the meeting id. The same name is
// the name of the log's key, so that a witness can find the key of an origin.
func Origin(domain, meeting string) string { return domain + "/m/" + meeting }

// Text is the note text that is signed.
func (c Checkpoint) Text() string {
	return c.Origin + "\n" + strconv.FormatInt(c.Size, 10) + "\n" + base64.StdEncoding.EncodeToString(c.Root[:]) + "\n"
}

// ParseCheckpoint reads a note text without extension lines; ErrCheckpoint otherwise.
func ParseCheckpoint(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[0] == "" || lines[3] != "" {
		return Checkpoint{}, ErrCheckpoint
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	root, err64 := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || err64 != nil || size < 0 || len(root) != len(Hash{}) {
		return Checkpoint{}, ErrCheckpoint
	}
	c := Checkpoint{Origin: lines[0], Size: size, Root: Hash(root)}
	if c.Text() != text {
		return Checkpoint{}, ErrCheckpoint
	}
	return c, nil
}

// Sign gives the signed note, a line for every signer; other algorithms may stand beside Ed25519.
func (c Checkpoint) Sign(signers ...note.Signer) ([]byte, error) {
	if len(signers) == 0 {
		return nil, fmt.Errorf("%w: no signer", ErrCheckpoint)
	}
	if _, err := ParseCheckpoint(c.Text()); err != nil {
		return nil, err
	}
	signed, err := note.Sign(&note.Note{Text: c.Text()}, signers...)
	if err != nil {
		return nil, fmt.Errorf("sign checkpoint %d of %s: %w", c.Size, c.Origin, err)
	}
	return signed, nil
}

// OpenCheckpoint reads a signed checkpoint of that origin. Every given verifier must find its own valid
// signature; lines of unknown keys are ignored by rule. ErrCheckpoint otherwise.
func OpenCheckpoint(signed []byte, origin string, verifiers ...note.Verifier) (Checkpoint, error) {
	if len(verifiers) == 0 {
		return Checkpoint{}, fmt.Errorf("%w: no verifier", ErrCheckpoint)
	}
	opened, err := note.Open(signed, note.VerifierList(verifiers...))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("%w: %w", ErrCheckpoint, err)
	}
	for _, verifier := range verifiers {
		if !signedBy(opened, verifier) {
			return Checkpoint{}, fmt.Errorf("%w: no signature of %s", ErrCheckpoint, verifier.Name())
		}
	}
	c, err := ParseCheckpoint(opened.Text)
	if err != nil {
		return Checkpoint{}, err
	}
	if c.Origin != origin {
		return Checkpoint{}, fmt.Errorf("%w: another origin", ErrCheckpoint)
	}
	return c, nil
}

func signedBy(opened *note.Note, verifier note.Verifier) bool {
	for _, sig := range opened.Sigs {
		if sig.Name == verifier.Name() && sig.Hash == verifier.KeyHash() {
			return true
		}
	}
	return false
}

// ed25519Note is the algorithm byte of Ed25519 in signed notes.
const ed25519Note = 1

// logSigner signs notes with a key that it cannot print: a file, another process or a device may hold it.
type logSigner struct {
	name string
	hash uint32
	key  crypto.Signer
}

// NewSigner makes the note signer of a name, usually an Origin, from an Ed25519 key. It refuses with
// ErrCheckpoint a key of another kind and a name that a note cannot carry.
func NewSigner(name string, key crypto.Signer) (note.Signer, error) {
	verifierKey, err := VerifierKey(name, key.Public())
	if err != nil {
		return nil, err
	}
	if _, err := note.NewVerifier(verifierKey); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCheckpoint, err)
	}
	public, _ := key.Public().(ed25519.PublicKey) // VerifierKey refused every other kind
	digest := sha256.Sum256(append([]byte(name+"\n"), append([]byte{ed25519Note}, public...)...))
	return logSigner{name, binary.BigEndian.Uint32(digest[:4]), key}, nil
}

// VerifierKey is the public text "name+hash+key" from which note.NewVerifier makes the verifier.
func VerifierKey(name string, public crypto.PublicKey) (string, error) {
	key, ok := public.(ed25519.PublicKey)
	if !ok {
		return "", fmt.Errorf("%w: the log's key is not Ed25519", ErrCheckpoint)
	}
	text, err := note.NewEd25519VerifierKey(name, key)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrCheckpoint, err)
	}
	return text, nil
}

// Name is the key's name.
func (s logSigner) Name() string { return s.name }

// KeyHash tells keys of one name apart.
func (s logSigner) KeyHash() uint32 { return s.hash }

// Sign signs the text itself: Ed25519 needs neither a digest nor randomness.
func (s logSigner) Sign(text []byte) ([]byte, error) { return s.key.Sign(nil, text, crypto.Hash(0)) }

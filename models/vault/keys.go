package vault

import (
	"crypto"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"sync"
)

// KeySize is the length of every raw key in bytes.
const KeySize = 32

// ErrKey says that a raw key has the wrong length or is all zero.
var ErrKey = errors.New("a key is 32 bytes, not all zero")

// Raw are the keys as they were read from file or environment. Field and Seal are meant for new values; the old
// ones still open what they closed, and close new values too until a rotation has put the others in force. The
// token key is never rotated while a meeting is open, or printed sheets would lose their meaning.
type Raw struct {
	Field, Token, Seal []byte
	Log                []byte // Ed25519 seed
	OldField, OldSeal  [][]byte
}

// Format hides the keys from every verb.
func (Raw) Format(f fmt.State, _ rune) { redact(f) }

// MarshalText hides the keys from JSON and from logs.
func (Raw) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// Keys are the keys of an installation, ready for use and safe for use by many goroutines.
type Keys struct {
	field ring
	seal  ring

	locator, serial, receipt secret
	session, oneTime         secret
	body, index              secret
	entry, pseudonym         secret

	log logSigner
}

// NewKeys takes raw keys over; it refuses with ErrKey. The caller may wipe its own copy afterwards.
func NewKeys(raw Raw) (*Keys, error) {
	for _, key := range append(append([][]byte{raw.Field, raw.Token, raw.Seal, raw.Log}, raw.OldField...), raw.OldSeal...) {
		if len(key) != KeySize || [KeySize]byte(key) == [KeySize]byte{} {
			return nil, ErrKey
		}
	}
	field, err := newRing("field", raw.Field, raw.OldField)
	if err != nil {
		return nil, err
	}
	seal, err := newRing("seal", raw.Seal, raw.OldSeal)
	if err != nil {
		return nil, err
	}
	k := &Keys{field: field, seal: seal}
	for label, into := range map[string]*secret{
		"locator": &k.locator, "serial": &k.serial, "receipt": &k.receipt, "session": &k.session,
		"one-time-code": &k.oneTime, "idempotency-body": &k.body, "blind-index": &k.index,
		"paper-entry": &k.entry, "pseudonym": &k.pseudonym,
	} {
		if *into, err = derive(raw.Token, label); err != nil {
			return nil, err
		}
	}
	log := ed25519.NewKeyFromSeed(raw.Log)
	k.log = logSigner{func() ed25519.PrivateKey { return log }}
	return k, nil
}

// LogSigner signs checkpoints with the log's Ed25519 key, which it does not give away.
func (k *Keys) LogSigner() crypto.Signer { return k.log }

// Format hides the keys from every verb.
func (*Keys) Format(f fmt.State, _ rune) { redact(f) }

// MarshalText hides the keys from JSON and from logs.
func (*Keys) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// secret is a derived key. It stands behind a function, because fmt prints the unexported fields of other
// structs without asking Format, and follows pointers there for a verb that it does not know.
type secret struct {
	key  func() *[KeySize]byte
	macs func() *sync.Pool // of *keyedHash under the key: setting one up costs as much as using it
}

// keyedHash is an HMAC-SHA256 that is used again.
type keyedHash struct{ hash.Hash }

func derive(key []byte, label string) (secret, error) {
	derived, err := hkdf.Expand(sha256.New, key, "gongjue/v1 "+label, KeySize)
	if err != nil {
		return secret{}, fmt.Errorf("derive key for %s: %w", label, err)
	}
	macs := &sync.Pool{New: func() any { return &keyedHash{hmac.New(sha256.New, derived)} }}
	return secret{func() *[KeySize]byte { return (*[KeySize]byte)(derived) }, func() *sync.Pool { return macs }}, nil
}

// mac is HMAC-SHA256 over LP of every part, so that no two lists of parts give the same bytes.
func (s secret) mac(parts ...string) []byte {
	mac := s.macs().Get().(*keyedHash)
	defer s.macs().Put(mac)
	mac.Reset()
	mac.Write(bind(parts...)) // a hash never fails to take bytes
	return mac.Sum(nil)
}

// bind joins parts, each after four bytes of its length.
func bind(parts ...string) []byte {
	joined := make([]byte, 0, 256)
	for _, part := range parts {
		joined = binary.BigEndian.AppendUint32(joined, uint32(len(part)))
		joined = append(joined, part...)
	}
	return joined
}

type logSigner struct{ key func() ed25519.PrivateKey }

// Public is the log's ed25519.PublicKey.
func (s logSigner) Public() crypto.PublicKey { return s.key().Public() }

// Sign makes a plain Ed25519 signature of the message.
func (s logSigner) Sign(random io.Reader, message []byte, opts crypto.SignerOpts) ([]byte, error) {
	return s.key().Sign(random, message, opts)
}

// Format hides the key from every verb.
func (logSigner) Format(f fmt.State, _ rune) { redact(f) }

const redacted = "[secret]"

func redact(f fmt.State) {
	_, _ = io.WriteString(f, redacted) // fmt reports its own write errors to its caller
}

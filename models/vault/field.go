package vault

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
)

// ErrOpen says that something sealed cannot be opened: an unknown key, another place, or altered bytes.
var ErrOpen = errors.New("cannot be opened with these keys at this place")

// ErrUnknownKey is the ErrOpen of something that was closed under a key which this process does not have:
// another process, with the newer keys, can open it.
var ErrUnknownKey = fmt.Errorf("%w: the key is not known to this process", ErrOpen)

// Column is where an encrypted value lives; a value copied anywhere else does not open there.
type Column struct {
	Community string // community id
	Name      string // table and column, such as "owners.phone"
	Row       string // row id: stops an exchange of two values of one column; may be empty
}

// FieldKey is one field key: it closes values and makes the indexes by which they are found. Which of the known
// keys is in force is for the caller to know; every known key opens.
type FieldKey struct{ key *ringKey }

// Format hides the key from every verb.
func (FieldKey) Format(f fmt.State, _ rune) { redact(f) }

// FieldKey is the key that was configured for new values.
func (k *Keys) FieldKey() FieldKey { return FieldKey{k.field.keys[0]} }

// FieldKeyOf is the key that closed a value; ErrUnknownKey where it is not among the known ones.
func (k *Keys) FieldKeyOf(encrypted []byte) (FieldKey, error) {
	key, _, err := k.field.find(encrypted)
	return FieldKey{key}, err
}

// ID names the key without telling it: the four bytes in front of everything that it made.
func (f FieldKey) ID() []byte { return slices.Clone(f.key.id[:]) }

// Encrypt closes a value for its column: key id (4 bytes) ‖ nonce (12) ‖ AES-256-GCM. The same value never
// gives the same bytes twice; Index finds it again.
func (f FieldKey) Encrypt(at Column, value []byte) []byte {
	return f.key.seal(bind(at.Community, at.Name, at.Row), value)
}

// Index is key id (4 bytes) ‖ HMAC-SHA256, by which an encrypted value is found: equal for equal values of one
// column and community under one key, and useless without it. The caller brings the value to one form first.
func (f FieldKey) Index(column, community, value string) []byte {
	return append(f.ID(), f.key.index.mac(column, community, value)...)
}

// Made tells whether the key made an encrypted value or an index, or whether it is due for making again.
func (f FieldKey) Made(value []byte) bool { return bytes.HasPrefix(value, f.key.id[:]) }

// FieldIndexes are all indexes under which a value may stand: one of every known key, so that nothing is lost
// from sight while a rotation goes on, and the one without a key id of databases from before.
func (k *Keys) FieldIndexes(column, community, value string) [][]byte {
	var list [][]byte
	for _, key := range k.field.keys {
		list = append(list, FieldKey{key}.Index(column, community, value))
	}
	return append(list, k.BlindIndex(column, community, value))
}

// DecryptField gives back the value; ErrOpen for any other column or byte, ErrUnknownKey for another key.
func (k *Keys) DecryptField(at Column, encrypted []byte) ([]byte, error) {
	return k.field.open(bind(at.Community, at.Name, at.Row), encrypted)
}

// BlindIndex is a keyed hash of 32 bytes under the token key: for counters and checks, which no rotation of the
// field key may touch.
func (k *Keys) BlindIndex(column, community, value string) []byte {
	return k.index.mac(column, community, value)
}

// ring is a current AEAD key and older ones that still open.
type ring struct{ keys []*ringKey }

type ringKey struct {
	id    [4]byte
	aead  cipher.AEAD
	index secret
}

func newRing(label string, current []byte, older [][]byte) (ring, error) {
	var r ring
	for _, raw := range append([][]byte{current}, older...) {
		key, err := newRingKey(label, raw)
		if err != nil {
			return ring{}, err
		}
		for _, other := range r.keys {
			if other.id == key.id {
				return ring{}, fmt.Errorf("%w: the same %s key twice", ErrKey, label)
			}
		}
		r.keys = append(r.keys, key)
	}
	return r, nil
}

func newRingKey(label string, raw []byte) (*ringKey, error) {
	id, err := derive(raw, label+" id")
	if err != nil {
		return nil, err
	}
	key, err := derive(raw, label)
	if err != nil {
		return nil, err
	}
	index, err := derive(raw, label+" index")
	if err != nil {
		return nil, err
	}
	aead, err := newAEAD(key.key())
	if err != nil {
		return nil, err
	}
	digest := sha256.Sum256(id.key()[:])
	return &ringKey{[4]byte(digest[:4]), aead, index}, nil
}

// newAEAD is AES-256-GCM that draws a nonce for every value and puts it in front.
func newAEAD(key *[KeySize]byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, fmt.Errorf("make cipher: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("make cipher: %w", err)
	}
	return aead, nil
}

func (k *ringKey) seal(aad, value []byte) []byte {
	return append(slices.Clone(k.id[:]), k.aead.Seal(nil, nil, value, aad)...)
}

// find gives the key that closed something, and what stands behind the key's id.
func (r ring) find(sealed []byte) (key *ringKey, rest []byte, err error) {
	for _, key := range r.keys {
		if rest, ok := bytes.CutPrefix(sealed, key.id[:]); ok {
			return key, rest, nil
		}
	}
	return nil, nil, ErrUnknownKey
}

func (r ring) open(aad, sealed []byte) ([]byte, error) {
	key, rest, err := r.find(sealed)
	if err != nil {
		return nil, err
	}
	value, err := key.aead.Open(nil, nil, rest, aad)
	if err != nil {
		return nil, ErrOpen
	}
	return value, nil
}

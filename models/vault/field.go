package vault

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"errors"
	"fmt"
)

// ErrOpen says that something sealed cannot be opened: an unknown key, another place, or altered bytes.
var ErrOpen = errors.New("cannot be opened with these keys at this place")

// Column is where an encrypted value lives; a value copied anywhere else does not open there.
type Column struct {
	Community string // community id
	Name      string // table and column, such as "owners.phone"
	Row       string // row id: stops an exchange of two values of one column; may be empty
}

// EncryptField encrypts a value for its column: key id (4 bytes) ‖ nonce (12) ‖ AES-256-GCM. The same value
// never gives the same bytes twice; BlindIndex finds it again.
func (k *Keys) EncryptField(at Column, value []byte) ([]byte, error) {
	return k.field.seal(bind(at.Community, at.Name, at.Row), value), nil
}

// DecryptField gives back the value; ErrOpen for any other column, key or byte.
func (k *Keys) DecryptField(at Column, encrypted []byte) ([]byte, error) {
	return k.field.open(bind(at.Community, at.Name, at.Row), encrypted)
}

// FieldIsCurrent tells whether the value stands under the current field key, or is due for encrypting again.
func (k *Keys) FieldIsCurrent(encrypted []byte) bool {
	return bytes.HasPrefix(encrypted, k.field.keys[0].id[:])
}

// BlindIndex is the 32 bytes by which an encrypted value is found: equal for equal values of one column
// and community, and useless without the key. The caller brings the value to one form first.
func (k *Keys) BlindIndex(column, community, value string) []byte {
	return k.index.mac(column, community, value)
}

// ring is a current AEAD key and older ones that still open.
type ring struct{ keys []*ringKey }

type ringKey struct {
	id   [4]byte
	aead cipher.AEAD
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
	aead, err := newAEAD(key.key())
	if err != nil {
		return nil, err
	}
	digest := sha256.Sum256(id.key()[:])
	return &ringKey{[4]byte(digest[:4]), aead}, nil
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

func (r ring) seal(aad, value []byte) []byte {
	current := r.keys[0]
	return append(current.id[:], current.aead.Seal(nil, nil, value, aad)...)
}

func (r ring) open(aad, sealed []byte) ([]byte, error) {
	for _, key := range r.keys {
		if rest, ok := bytes.CutPrefix(sealed, key.id[:]); ok {
			value, err := key.aead.Open(nil, nil, rest, aad)
			if err != nil {
				return nil, ErrOpen
			}
			return value, nil
		}
	}
	return nil, ErrOpen
}

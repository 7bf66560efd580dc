package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// Hash is a SHA-256 value: of a leaf, a tree node, a document, or a commitment.
type Hash [32]byte

// ErrHash says that a text is not 64 lower-case hex digits.
var ErrHash = errors.New("not a hash of 64 lower-case hex digits")

// String prints 64 lower-case hex digits.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// Printed is the short form for notices: the first 16 hex digits in groups of four, "8f3a-91c2-77d0-04be".
func (h Hash) Printed() string {
	digits := h.String()
	return strings.Join([]string{digits[0:4], digits[4:8], digits[8:12], digits[12:16]}, "-")
}

// ParseHash reads what String prints and nothing else; ErrHash otherwise.
func ParseHash(text string) (Hash, error) {
	var h Hash
	if len(text) != 2*len(h) || strings.ToLower(text) != text {
		return Hash{}, ErrHash
	}
	if _, err := hex.Decode(h[:], []byte(text)); err != nil {
		return Hash{}, ErrHash
	}
	return h, nil
}

// MarshalText prints the hash in hex wherever it stands in JSON.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads what MarshalText prints; ErrHash otherwise.
func (h *Hash) UnmarshalText(text []byte) error {
	parsed, err := ParseHash(string(text))
	if err == nil {
		*h = parsed
	}
	return err
}

// LeafHash is the RFC 6962 hash of a leaf: SHA-256 of a zero byte and the leaf's bytes.
func LeafHash(leaf []byte) Hash { return Hash(tlog.RecordHash(leaf)) }

// Sum is the plain SHA-256 of a document, as sha256sum prints it: rules, agenda, books, certificate.
func Sum(document []byte) Hash { return sha256.Sum256(document) }

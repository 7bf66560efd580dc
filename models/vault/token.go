package vault

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strconv"
)

// ErrToken says that a token, code or session is malformed or was not made here.
var ErrToken = errors.New("not a valid token")

// Locator is the token in the QR of a voter's sheet: 128 bits in 22 characters of base64url. It finds, it
// proves nothing. It follows from meeting, voter and issue, so that a sheet can be printed again though
// only LocatorHash is stored; a revoked one is followed by the next issue, counted from 0.
func (k *Keys) Locator(meeting, voter string, issue int) string {
	return base64.RawURLEncoding.EncodeToString(k.locator.mac(meeting, voter, strconv.Itoa(issue))[:16])
}

// LocatorHash is what is stored and looked up: SHA-256 of the 16 bytes. It refuses with ErrToken a text
// that is no locator, before any look-up.
func LocatorHash(locator string) ([]byte, error) { return tokenHash(locator, 16) }

// Serial is the number of a voter's paper sheet: 80 bits, made as Locator is; ledger.Serial prints it.
func (k *Keys) Serial(meeting, voter string, issue int) [10]byte {
	return [10]byte(k.serial.mac(meeting, voter, strconv.Itoa(issue)))
}

// ReceiptCode is the code of a ballot's receipt: 80 bits that follow from meeting and ballot id, so that a
// repeated request gets the same receipt though only CodeHash is stored; ledger.Receipt prints it.
func (k *Keys) ReceiptCode(meeting, ballot string) [10]byte {
	return [10]byte(k.receipt.mac(meeting, ballot))
}

// CodeHash is what is stored of a serial or a receipt code: SHA-256 of its ten bytes.
func CodeHash(code [10]byte) []byte {
	hash := sha256.Sum256(code[:])
	return hash[:]
}

// NewSessionToken draws the 256-bit token of a staff session: the text for the cookie (43 characters) and
// the hash to store.
func NewSessionToken() (cookie string, hash []byte) {
	var token [32]byte
	_, _ = rand.Read(token[:]) // never fails: the runtime ends the process rather than give poor randomness
	digest := sha256.Sum256(token[:])
	return base64.RawURLEncoding.EncodeToString(token[:]), digest[:]
}

// SessionTokenHash is what to look up for a cookie; ErrToken for a text that is no session token.
func SessionTokenHash(cookie string) ([]byte, error) { return tokenHash(cookie, 32) }

func tokenHash(text string, size int) ([]byte, error) {
	token, err := decodeToken(text, size)
	if err != nil {
		return nil, err
	}
	hash := sha256.Sum256(token)
	return hash[:], nil
}

// decodeToken reads base64url of exactly that many bytes in its one spelling.
func decodeToken(text string, size int) ([]byte, error) {
	if len(text) != base64.RawURLEncoding.EncodedLen(size) {
		return nil, ErrToken
	}
	token, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(token) != size {
		return nil, ErrToken
	}
	return token, nil
}

package vault

import (
	"crypto/hmac"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
)

// ErrDigits says that a one-time code of that many digits is not made here.
var ErrDigits = errors.New("one-time codes have 6 or 8 digits")

// CodeBinding is what a one-time code is good for; it is worthless for anything else.
type CodeBinding struct {
	Meeting string
	Voter   string
	Owner   string
	Act     string // such as "vote"
	Session string // hash or id of the browser session that asked for it; empty where there is none
}

// NewOneTimeCode draws a code of 6 digits, or of 8 once a meeting sees too many failures. Every value is
// equally likely.
func NewOneTimeCode(digits int) (string, error) {
	limits := map[int]int64{6: 1_000_000, 8: 100_000_000}
	limit, ok := limits[digits]
	if !ok {
		return "", ErrDigits
	}
	n, err := rand.Int(rand.Reader, big.NewInt(limit))
	if err != nil {
		return "", fmt.Errorf("draw one-time code: %w", err)
	}
	return fmt.Sprintf("%0*d", digits, n), nil
}

// CodeMAC is what is stored of a one-time code. A plain hash would be found in a million trials.
func (k *Keys) CodeMAC(to CodeBinding, code string) []byte {
	return k.oneTime.mac(to.Meeting, to.Voter, to.Owner, to.Act, to.Session, code)
}

// CheckCode tells in constant time whether the code is the one that was stored for this binding. Age and
// number of tries are for the caller to count.
func (k *Keys) CheckCode(to CodeBinding, code string, stored []byte) bool {
	return hmac.Equal(k.CodeMAC(to, code), stored)
}

// BodyMAC is what is remembered of the body that came with an idempotency key: keyed, or the few possible
// ballots could be tried against it.
func (k *Keys) BodyMAC(meeting, voter, key string, body []byte) []byte {
	return k.body.mac(meeting, voter, key, string(body))
}

// SameBody tells in constant time whether the body is the one that first came with the key.
func (k *Keys) SameBody(meeting, voter, key string, body, stored []byte) bool {
	return hmac.Equal(k.BodyMAC(meeting, voter, key, body), stored)
}

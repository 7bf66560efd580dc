package vault

import (
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/hpke"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"strconv"
)

// SealCards is how many people hold a meeting's key together where the server does not.
const SealCards = parts

// SealNeed is how many of them.
const SealNeed = 2

// Card is the key that follows from the secret on a seal card. Nothing but its public half is ever stored.
type Card struct {
	meeting string
	number  int
	private *ecdh.PrivateKey
}

// Format hides the key from every verb.
func (*Card) Format(f fmt.State, _ rune) { redact(f) }

// NewCardSecret draws the secret of a seal card: 128 bits, so that nobody finds it from the public key.
func NewCardSecret() (secret [16]byte) {
	_, _ = rand.Read(secret[:]) // never fails: the runtime ends the process rather than give poor randomness
	return secret
}

// NewCard makes the key of a meeting's card with that number, 1 to SealCards; on another card or in another meeting the
// same secret gives another key. It does not draw anything.
func NewCard(meeting string, number int, secret [16]byte) (*Card, error) {
	seed, err := hkdf.Key(sha256.New, secret[:], nil, "gongjue/v1 seal-card"+string(bind(meeting, strconv.Itoa(number))), KeySize)
	if err != nil {
		return nil, fmt.Errorf("derive the key of a card: %w", err)
	}
	private, err := ecdh.X25519().NewPrivateKey(seed)
	if err != nil {
		return nil, fmt.Errorf("make the key of a card: %w", err)
	}
	return &Card{meeting, number, private}, nil
}

// Number is which of the meeting's cards it is.
func (c *Card) Number() int { return c.number }

// Public is what is stored of the card: shares are sealed to it.
func (c *Card) Public() []byte { return c.private.PublicKey().Bytes() }

// Fits tells whether the card is the one behind a stored public key.
func (c *Card) Fits(public []byte) bool { return subtle.ConstantTimeCompare(c.Public(), public) == 1 }

// SealedShare is one holder's share of a meeting key as it is stored.
type SealedShare struct {
	Sealed []byte   // to the holder's card
	Hash   [32]byte // of the share: what a holder brings is compared with it before it is used
}

// Share is an opened share of a meeting key. One of them says nothing of the key.
type Share struct {
	meeting string
	number  int
	value   [KeySize]byte
}

// Format hides the share from every verb.
func (*Share) Format(f fmt.State, _ rune) { redact(f) }

// NewSharedMeetingKey draws the key pair of a meeting and forgets the private key: it gives it in shares, each sealed to
// the public key of one card, card 1 first. Two cards are needed to open anything that is sealed to public; what the
// server keeps opens nothing. ErrKey for a public key that is none.
func NewSharedMeetingKey(meeting string, cards [SealCards][]byte) (public []byte, shares [SealCards]SealedShare, err error) {
	private, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		return nil, shares, fmt.Errorf("draw meeting key: %w", err)
	}
	for i, value := range split([KeySize]byte(private.Bytes())) {
		share := Share{meeting, i + 1, value}
		sealed, err := sealTo(cards[i], ownShare(meeting, share.number), value[:])
		if err != nil {
			return nil, shares, err
		}
		shares[i] = SealedShare{sealed, share.hash()}
	}
	return private.PublicKey().Bytes(), shares, nil
}

func ownShare(meeting string, number int) []byte {
	return bind("gongjue.share/v1", meeting, strconv.Itoa(number))
}

func lentShare(meeting string, from, to int) []byte {
	return bind("gongjue.lent-share/v1", meeting, strconv.Itoa(from), strconv.Itoa(to))
}

// hash is SHA-256("gongjue.share/v1\0" ‖ LP(meeting) ‖ LP(number) ‖ LP(share)). A share is 256 random bits, which no
// hash gives away.
func (s *Share) hash() [32]byte {
	return sha256.Sum256(append([]byte("gongjue.share/v1\x00"), bind(s.meeting, strconv.Itoa(s.number), string(s.value[:]))...))
}

// sealTo seals to a public key (HPKE: X25519, HKDF-SHA256, AES-256-GCM).
func sealTo(public, info, plain []byte) ([]byte, error) {
	key, err := meetingPublic(public)
	if err != nil {
		return nil, err
	}
	sealed, err := hpke.Seal(key, hpke.HKDFSHA256(), hpke.AES256GCM(), info, plain)
	if err != nil {
		return nil, fmt.Errorf("seal a share: %w", err)
	}
	return sealed, nil
}

// OpenShare opens the card's own share; ErrOpen where it is another card's, or where it or its hash was altered.
func (c *Card) OpenShare(sealed []byte, hash [32]byte) (*Share, error) {
	return c.open(ownShare(c.meeting, c.number), c.number, sealed, hash)
}

// Lend seals a share to another card, so that it waits where only that card's holder can reach it: whoever has the
// database and every key of the server still has one share less than is needed.
func (s *Share) Lend(to int, public []byte) ([]byte, error) {
	return sealTo(public, lentShare(s.meeting, s.number, to), s.value[:])
}

// OpenLent opens the share of another card that was lent to this one; ErrOpen as with OpenShare.
func (c *Card) OpenLent(from int, sealed []byte, hash [32]byte) (*Share, error) {
	return c.open(lentShare(c.meeting, from, c.number), from, sealed, hash)
}

func (c *Card) open(info []byte, number int, sealed []byte, hash [32]byte) (*Share, error) {
	key, err := hpke.NewDHKEMPrivateKey(c.private)
	if err != nil {
		return nil, fmt.Errorf("open a share: %w", err)
	}
	value, err := hpke.Open(key, hpke.HKDFSHA256(), hpke.AES256GCM(), info, sealed)
	if err != nil || len(value) != KeySize {
		return nil, ErrOpen
	}
	share := &Share{c.meeting, number, [KeySize]byte(value)}
	if share.hash() != hash {
		return nil, ErrOpen
	}
	return share, nil
}

// JoinMeetingKey makes the private key of a meeting from two shares; the caller asks after the close leaf only and
// keeps it nowhere. ErrOpen for the same share twice, shares of two meetings, and where the key does not belong to public.
func JoinMeetingKey(public []byte, a, b *Share) (*MeetingKey, error) {
	if a.meeting != b.meeting || a.number == b.number {
		return nil, ErrOpen
	}
	raw := join(a.number, a.value, b.number, b.value)
	private, err := ecdh.X25519().NewPrivateKey(raw[:])
	if err != nil || subtle.ConstantTimeCompare(private.PublicKey().Bytes(), public) != 1 {
		return nil, ErrOpen
	}
	return newMeetingKey(a.meeting, private)
}

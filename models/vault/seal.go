package vault

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hpke"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strconv"
	"sync/atomic"
)

// MeetingKeySize is the length of a meeting's public key in bytes (X25519).
const MeetingKeySize = 32

// MeetingKey is the private key of a meeting, which opens its sealed ballots after the close.
type MeetingKey struct {
	meeting string
	private hpke.PrivateKey
}

// Format hides the key from every verb.
func (*MeetingKey) Format(f fmt.State, _ rune) { redact(f) }

// SealKey is one seal key: it wraps the private keys of meetings. Which of the known keys is in force is for the
// caller to know; every known key opens.
type SealKey struct{ key *ringKey }

// Format hides the key from every verb.
func (SealKey) Format(f fmt.State, _ rune) { redact(f) }

// SealKey is the key that was configured for new meetings.
func (k *Keys) SealKey() SealKey { return SealKey{k.seal.keys[0]} }

// SealKeyOf is the key that wrapped a private key; ErrUnknownKey where it is not among the known ones.
func (k *Keys) SealKeyOf(wrapped []byte) (SealKey, error) {
	key, _, err := k.seal.find(wrapped)
	return SealKey{key}, err
}

// ID names the key without telling it: the four bytes in front of everything that it wrapped.
func (s SealKey) ID() []byte { return slices.Clone(s.key.id[:]) }

// Made tells whether the key wrapped a private key, or whether that is due for wrapping again.
func (s SealKey) Made(wrapped []byte) bool { return bytes.HasPrefix(wrapped, s.key.id[:]) }

// NewMeetingKey draws the key pair of a meeting: the public key seals while the meeting is open, the
// private one comes wrapped under the seal key and opens for this meeting only.
func (s SealKey) NewMeetingKey(meeting string) (public, wrapped []byte, err error) {
	private, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		return nil, nil, fmt.Errorf("draw meeting key: %w", err)
	}
	return private.PublicKey().Bytes(), s.key.seal(bind("meeting-key", meeting), private.Bytes()), nil
}

// Wrap wraps a meeting's private key again, under another seal key; what it seals and opens stays the same.
// ErrOpen for another meeting or altered bytes.
func (k *Keys) Wrap(under SealKey, meeting string, wrapped []byte) ([]byte, error) {
	raw, err := k.seal.open(bind("meeting-key", meeting), wrapped)
	if err != nil {
		return nil, err
	}
	return under.key.seal(bind("meeting-key", meeting), raw), nil
}

// OpenMeetingKey unwraps the private key. It knows nothing of the state of the meeting: the caller asks
// after the close leaf only. ErrOpen for another meeting or altered bytes.
func (k *Keys) OpenMeetingKey(meeting string, wrapped []byte) (*MeetingKey, error) {
	raw, err := k.seal.open(bind("meeting-key", meeting), wrapped)
	if err != nil {
		return nil, err
	}
	private, err := ecdh.X25519().NewPrivateKey(raw)
	if err != nil {
		return nil, ErrOpen
	}
	return newMeetingKey(meeting, private)
}

func newMeetingKey(meeting string, private *ecdh.PrivateKey) (*MeetingKey, error) {
	key, err := hpke.NewDHKEMPrivateKey(private)
	if err != nil {
		return nil, fmt.Errorf("open meeting key: %w", err)
	}
	return &MeetingKey{meeting, key}, nil
}

// Place is where a sealed ballot belongs; it opens nowhere else.
type Place struct {
	Meeting string
	Voter   string
	Index   int64 // of the ballot's leaf
}

func (p Place) bytes() []byte {
	return bind("ballot", p.Meeting, p.Voter, strconv.FormatInt(p.Index, 10))
}

// Group seals the ballots of one commit group under a data key of its own, which is forgotten with it.
// It is safe for use by many goroutines.
type Group struct {
	aead  cipher.AEAD
	count atomic.Uint64
}

// Format hides the key from every verb.
func (*Group) Format(f fmt.State, _ rune) { redact(f) }

// NewGroup draws a data key and seals it once to the meeting's public key (HPKE: X25519, HKDF-SHA256,
// AES-256-GCM). The wrapped key is stored with the group's ballots. ErrKey for a public key that is none.
func NewGroup(meeting string, public []byte) (group *Group, wrapped []byte, err error) {
	key, err := meetingPublic(public)
	if err != nil {
		return nil, nil, err
	}
	var data [KeySize]byte
	_, _ = rand.Read(data[:]) // never fails: the runtime ends the process rather than give poor randomness
	wrapped, err = hpke.Seal(key, hpke.HKDFSHA256(), hpke.AES256GCM(), groupInfo(meeting), data[:])
	if err != nil {
		return nil, nil, fmt.Errorf("seal group key: %w", err)
	}
	group, err = newGroup(data[:])
	return group, wrapped, err
}

func meetingPublic(public []byte) (hpke.PublicKey, error) {
	point, err := ecdh.X25519().NewPublicKey(public)
	if err != nil {
		return nil, fmt.Errorf("%w: public key of a meeting", ErrKey)
	}
	key, err := hpke.NewDHKEMPublicKey(point)
	if err != nil {
		return nil, fmt.Errorf("%w: public key of a meeting", ErrKey)
	}
	return key, nil
}

func groupInfo(meeting string) []byte { return bind("gongjue.group/v1", meeting) }

func newGroup(data []byte) (*Group, error) {
	block, err := aes.NewCipher(data)
	if err != nil {
		return nil, fmt.Errorf("make group cipher: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("make group cipher: %w", err)
	}
	return &Group{aead: aead}, nil
}

// counterSize is the part of the nonce that is stored in front of each sealed value.
const counterSize = 4

// Seal seals choices and salt for their place: counter (4 bytes) ‖ AES-256-GCM. The counter is the nonce:
// the data key is fresh, so that no nonce comes twice.
func (g *Group) Seal(at Place, plain []byte) ([]byte, error) {
	count := g.count.Add(1)
	if count > math.MaxUint32 {
		return nil, fmt.Errorf("%w: a group seals at most 2³²−1 values", ErrKey)
	}
	sealed := binary.BigEndian.AppendUint32(make([]byte, 0, counterSize+len(plain)+g.aead.Overhead()), uint32(count))
	return g.aead.Seal(sealed, nonceOf(sealed), plain, at.bytes()), nil
}

// nonceOf is eight zero bytes and the counter.
func nonceOf(sealed []byte) []byte {
	var nonce [12]byte
	copy(nonce[12-counterSize:], sealed[:counterSize])
	return nonce[:]
}

// SealedGroup opens the ballots of one commit group.
type SealedGroup struct{ group *Group }

// Format hides the key from every verb.
func (*SealedGroup) Format(f fmt.State, _ rune) { redact(f) }

// OpenGroup unwraps a group's data key, once for all its ballots; ErrOpen for another meeting's group.
func (m *MeetingKey) OpenGroup(wrapped []byte) (*SealedGroup, error) {
	data, err := hpke.Open(m.private, hpke.HKDFSHA256(), hpke.AES256GCM(), groupInfo(m.meeting), wrapped)
	if err != nil || len(data) != KeySize {
		return nil, ErrOpen
	}
	group, err := newGroup(data)
	if err != nil {
		return nil, err
	}
	return &SealedGroup{group}, nil
}

// Open gives back what Group.Seal sealed for that place; ErrOpen for any other place, group or byte.
func (s *SealedGroup) Open(at Place, sealed []byte) ([]byte, error) {
	if len(sealed) < counterSize {
		return nil, ErrOpen
	}
	plain, err := s.group.aead.Open(nil, nonceOf(sealed), sealed[counterSize:], at.bytes())
	if err != nil {
		return nil, ErrOpen
	}
	return plain, nil
}

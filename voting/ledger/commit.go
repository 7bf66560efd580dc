package ledger

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"strconv"

	"gongjue/voting"
)

// Salt blinds commitments: 32 random bytes, drawn anew for every ballot and every unit. Deleting it is
// how erasure is honoured; while a meeting is open it is as secret as the choices themselves.
type Salt [32]byte

// Format hides the salt from every verb.
func (Salt) Format(f fmt.State, _ rune) {
	_, _ = io.WriteString(f, "[salt]") // fmt reports its own write errors to its caller
}

// SlotSalt opens a ballot's slot commitment and nothing else of it: it can be given away, to show who
// voted, without the choices.
func (s Salt) SlotSalt() Salt { return s.derive("gongjue.slot-salt/v1\x00") }

// EvidenceSalt opens a ballot's evidence commitment and nothing else of it.
func (s Salt) EvidenceSalt() Salt { return s.derive("gongjue.evidence-salt/v1\x00") }

func (s Salt) derive(purpose string) Salt { return Salt(s.mac(purpose)) }

// mac is HMAC-SHA256(salt, prefix ‖ LP(part)…), written out as in RFC 2104: every ballot has five keys that are used
// once, and setting up crypto/hmac for each took longer than the hashing. A test compares the two.
func (s Salt) mac(prefix string, parts ...[]byte) Hash {
	var room [4 * sha256.BlockSize]byte
	inner := appendParts(append(s.pad(room[:0], 0x36), prefix...), parts...)
	digest := sha256.Sum256(inner)
	return sha256.Sum256(append(s.pad(room[:0], 0x5c), digest[:]...))
}

// pad is the block that begins both hashes of an HMAC: the key, filled up with zeros, each byte altered by the mask.
func (s Salt) pad(dst []byte, mask byte) []byte {
	for i := range sha256.BlockSize {
		b := mask
		if i < len(s) {
			b ^= s[i]
		}
		dst = append(dst, b)
	}
	return dst
}

// appendParts appends LP of every part.
func appendParts(dst []byte, parts ...[]byte) []byte {
	for _, part := range parts {
		dst = binary.BigEndian.AppendUint32(dst, uint32(len(part)))
		dst = append(dst, part...)
	}
	return dst
}

func decimal(n int64) []byte { return strconv.AppendInt(nil, n, 10) }

// Cast names the ballot that a commitment is about.
type Cast struct {
	Meeting  string
	Slot     int64 // the voter's head group (see RosterLeaf): the lowest slot of its units
	Revision int64 // 1 for the first ballot of the voter
}

// VoterHash stands for a voter inside commitments. It is not secret-proof by itself: ids must not be guessable.
func VoterHash(meeting, voter string) Hash {
	return sha256.Sum256(appendParts([]byte("gongjue.voter/v1\x00"), []byte(meeting), []byte(voter)))
}

// SlotCommitment hides the slot in the public leaf: slot and time together would tell who voted when.
// It takes SlotSalt of the ballot's salt.
func SlotCommitment(slotSalt Salt, cast Cast) Hash {
	return slotSalt.mac("gongjue.slot/v1\x00", []byte(cast.Meeting), decimal(cast.Slot), decimal(cast.Revision))
}

// BallotCommitment is c: HMAC-SHA256(salt, "gongjue.ballot/v1\0" ‖ LP(meeting) ‖ LP(slot) ‖ LP(revision)
// ‖ LP(canonical choices) ‖ LP(voter hash)). Unsalted it would be found in three trials.
func BallotCommitment(salt Salt, cast Cast, choices []byte, voter Hash) Hash {
	return salt.mac("gongjue.ballot/v1\x00",
		[]byte(cast.Meeting), decimal(cast.Slot), decimal(cast.Revision), choices, voter[:])
}

// Evidence is how a voter proved who they are.
type Evidence struct {
	Method        string // such as "sms" or "desk"
	Transaction   string // id of the one-time-code transaction
	Proxy         string // id of the proxy (委托), empty for none
	NetworkPrefix string // /24 or /48 of the address, empty where not kept
}

// EvidenceCommitment is ev: as BallotCommitment, with the prefix "gongjue.evidence/v1\0", over meeting,
// slot, revision, method, transaction, proxy, network prefix. It takes EvidenceSalt of the ballot's salt.
func EvidenceCommitment(evidenceSalt Salt, cast Cast, e Evidence) Hash {
	return evidenceSalt.mac("gongjue.evidence/v1\x00",
		[]byte(cast.Meeting), decimal(cast.Slot), decimal(cast.Revision),
		[]byte(e.Method), []byte(e.Transaction), []byte(e.Proxy), []byte(e.NetworkPrefix))
}

// CanonicalChoices is the canonical JSON of a whole ballot: matter id → choice, with names in byte order,
// each once, and empty parts left out. It is what BallotCommitment and sealing take.
func CanonicalChoices(choices map[string]voting.Choice) []byte {
	ballot := object{raw: make([]byte, 0, 512), members: make([]member, 0, len(choices))}
	o := object{raw: make([]byte, 0, 64), members: make([]member, 0, 3)}
	for matter, choice := range choices {
		o.reset()
		o.choice(choice)
		ballot.object(matter, &o)
	}
	return ballot.appendTo(make([]byte, 0, 512))
}

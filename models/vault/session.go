package vault

import (
	"crypto/hmac"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
)

// ErrExpired says that a session or code was valid and is over.
var ErrExpired = errors.New("expired")

// ResidentSession is what a resident's cookie says by itself, so that casting needs no look-up.
type ResidentSession struct {
	Meeting  string // ids are UUIDs in lower-case text
	Voter    string
	Owner    string
	Evidence string // the proof of identity that the session rests on; ballots commit to it
	Expires  int64  // Unix ms; from then on the session is over
}

const (
	idSize      = 16
	sessionBody = 4*idSize + 8
	tagSize     = 16
	sessionSize = sessionBody + tagSize
)

// RosterSession is what the cookie of an owner says who looks up their own home on a roster. It opens no vote.
type RosterSession struct {
	Roster   string
	Voter    string
	Owner    string
	Evidence string
	Expires  int64 // Unix ms
}

// SignSession gives the cookie text, 118 characters. It refuses with ErrToken an id that is no UUID.
func (k *Keys) SignSession(s ResidentSession) (string, error) {
	return k.sign(k.sessionTag, s.Expires, s.Meeting, s.Voter, s.Owner, s.Evidence)
}

// SignRosterSession is SignSession for an owner at a roster; neither of the two opens what the other opens.
func (k *Keys) SignRosterSession(s RosterSession) (string, error) {
	return k.sign(k.rosterTag, s.Expires, s.Roster, s.Voter, s.Owner, s.Evidence)
}

func (k *Keys) sign(tag func([]byte) []byte, expires int64, ids ...string) (string, error) {
	token := make([]byte, 0, sessionSize)
	for _, id := range ids {
		raw, err := parseID(id)
		if err != nil {
			return "", fmt.Errorf("sign session: %w", err)
		}
		token = append(token, raw[:]...)
	}
	token = binary.BigEndian.AppendUint64(token, uint64(expires))
	token = append(token, tag(token)...)
	return base64.RawURLEncoding.EncodeToString(token), nil
}

// CheckSession reads a cookie at the time now (Unix ms). It refuses with ErrToken what SignSession of
// these keys did not make, and with ErrExpired a session that is over.
func (k *Keys) CheckSession(cookie string, now int64) (ResidentSession, error) {
	ids, expires, err := openSession(k.sessionTag, cookie, now)
	if err != nil {
		return ResidentSession{}, err
	}
	return ResidentSession{Meeting: ids[0], Voter: ids[1], Owner: ids[2], Evidence: ids[3], Expires: expires}, nil
}

// CheckRosterSession is CheckSession for what SignRosterSession made.
func (k *Keys) CheckRosterSession(cookie string, now int64) (RosterSession, error) {
	ids, expires, err := openSession(k.rosterTag, cookie, now)
	if err != nil {
		return RosterSession{}, err
	}
	return RosterSession{Roster: ids[0], Voter: ids[1], Owner: ids[2], Evidence: ids[3], Expires: expires}, nil
}

func openSession(tag func([]byte) []byte, cookie string, now int64) (ids [4]string, expires int64, err error) {
	token, err := decodeToken(cookie, sessionSize)
	if err != nil {
		return ids, 0, err
	}
	body := token[:sessionBody]
	if !hmac.Equal(token[sessionBody:], tag(body)) {
		return ids, 0, ErrToken
	}
	for i := range ids {
		ids[i] = printID(body[i*idSize:])
	}
	if expires = int64(binary.BigEndian.Uint64(body[4*idSize:])); now >= expires {
		return ids, 0, ErrExpired
	}
	return ids, expires, nil
}

func (k *Keys) sessionTag(body []byte) []byte { return k.session.mac(string(body))[:tagSize] }

// rosterTag has one part more than sessionTag, and so never gives the same bytes.
func (k *Keys) rosterTag(body []byte) []byte { return k.session.mac("roster", string(body))[:tagSize] }

// parseID reads a UUID in its one lower-case spelling.
func parseID(text string) ([idSize]byte, error) {
	var id [idSize]byte
	if len(text) != 36 {
		return id, ErrToken
	}
	digits := text[0:8] + text[9:13] + text[14:18] + text[19:23] + text[24:36]
	if _, err := hex.Decode(id[:], []byte(digits)); err != nil || printID(id[:]) != text {
		return id, ErrToken
	}
	return id, nil
}

// printID prints the first 16 bytes as a UUID.
func printID(id []byte) string {
	text := make([]byte, 0, 36)
	for i, part := range [][]byte{id[0:4], id[4:6], id[6:8], id[8:10], id[10:16]} {
		if i > 0 {
			text = append(text, '-')
		}
		text = hex.AppendEncode(text, part)
	}
	return string(text)
}

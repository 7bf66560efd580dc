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

// SignSession gives the cookie text, 118 characters. It refuses with ErrToken an id that is no UUID.
func (k *Keys) SignSession(s ResidentSession) (string, error) {
	token := make([]byte, 0, sessionSize)
	for _, id := range []string{s.Meeting, s.Voter, s.Owner, s.Evidence} {
		raw, err := parseID(id)
		if err != nil {
			return "", fmt.Errorf("sign session: %w", err)
		}
		token = append(token, raw[:]...)
	}
	token = binary.BigEndian.AppendUint64(token, uint64(s.Expires))
	token = append(token, k.sessionTag(token)...)
	return base64.RawURLEncoding.EncodeToString(token), nil
}

// CheckSession reads a cookie at the time now (Unix ms). It refuses with ErrToken what SignSession of
// these keys did not make, and with ErrExpired a session that is over.
func (k *Keys) CheckSession(cookie string, now int64) (ResidentSession, error) {
	token, err := decodeToken(cookie, sessionSize)
	if err != nil {
		return ResidentSession{}, err
	}
	body, tag := token[:sessionBody], token[sessionBody:]
	if !hmac.Equal(tag, k.sessionTag(body)) {
		return ResidentSession{}, ErrToken
	}
	s := ResidentSession{
		Meeting: printID(body[0:]), Voter: printID(body[idSize:]), Owner: printID(body[2*idSize:]),
		Evidence: printID(body[3*idSize:]), Expires: int64(binary.BigEndian.Uint64(body[4*idSize:])),
	}
	if now >= s.Expires {
		return ResidentSession{}, ErrExpired
	}
	return s, nil
}

func (k *Keys) sessionTag(body []byte) []byte { return k.session.mac(string(body))[:tagSize] }

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
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[0:4], id[4:6], id[6:8], id[8:10], id[10:16])
}

package vault

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// ErrPasswordHash says that a stored password hash cannot be read.
var ErrPasswordHash = errors.New("not an argon2id hash in PHC form")

// cost are argon2id's parameters: passes, memory in KiB, lanes.
type cost struct {
	passes uint32
	memory uint32
	lanes  uint8
}

// current are the parameters that OWASP names first for argon2id: 19 MiB, 2 passes, 1 lane.
var current = cost{passes: 2, memory: 19 * 1024, lanes: 1}

// dearest bounds what a stored hash may ask of the server.
var dearest = cost{passes: 10, memory: 256 * 1024, lanes: 8}

const (
	saltSize   = 16
	digestSize = 32
)

// HashPassword gives the PHC text to store: $argon2id$v=19$m=19456,t=2,p=1$salt$hash.
func HashPassword(password string) string {
	salt := make([]byte, saltSize)
	_, _ = rand.Read(salt) // never fails: the runtime ends the process rather than give poor randomness
	digest := current.digest(password, salt)
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, current.memory, current.passes, current.lanes, encode(salt), encode(digest))
}

// VerifyPassword tells in constant time whether the password is the hashed one; ErrPasswordHash for a
// stored text that is no such hash.
func VerifyPassword(stored, password string) (bool, error) {
	c, salt, digest, err := parseHash(stored)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(c.digest(password, salt), digest) == 1, nil
}

// VerifyNobody does the work of VerifyPassword for a login that does not exist, so that time does not tell
// which logins do. Nobody's password is never right.
func VerifyNobody(password string) bool {
	digest := current.digest(password, make([]byte, saltSize))
	return subtle.ConstantTimeCompare(digest, make([]byte, digestSize)) == 1
}

func (c cost) digest(password string, salt []byte) []byte {
	return argon2.IDKey([]byte(password), salt, c.passes, c.memory, c.lanes, digestSize)
}

func parseHash(stored string) (c cost, salt, digest []byte, err error) {
	parts := strings.Split(stored, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return cost{}, nil, nil, ErrPasswordHash
	}
	_, scanned := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.lanes)
	salt, errSalt := base64.RawStdEncoding.Strict().DecodeString(parts[4])
	digest, errDigest := base64.RawStdEncoding.Strict().DecodeString(parts[5])
	if scanned != nil || errSalt != nil || errDigest != nil || !c.allowed() ||
		fmt.Sprintf("m=%d,t=%d,p=%d", c.memory, c.passes, c.lanes) != parts[3] ||
		len(salt) < 8 || len(salt) > 64 || len(digest) != digestSize {
		return cost{}, nil, nil, ErrPasswordHash
	}
	return c, salt, digest, nil
}

// allowed refuses parameters that argon2 panics on, and those that would stall the server.
func (c cost) allowed() bool {
	return c.passes >= 1 && c.passes <= dearest.passes && c.lanes >= 1 && c.lanes <= dearest.lanes &&
		c.memory >= 8*uint32(c.lanes) && c.memory <= dearest.memory
}

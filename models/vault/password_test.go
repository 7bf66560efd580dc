package vault

import (
	"errors"
	"strings"
	"testing"
)

func TestAPasswordIsVerifiedByItsHash(t *testing.T) {
	stored := HashPassword("correct horse 甲")
	if !strings.HasPrefix(stored, "$argon2id$v=19$m=19456,t=2,p=1$") || strings.Contains(stored, "horse") {
		t.Fatalf("stored %s", stored)
	}
	for password, want := range map[string]bool{"correct horse 甲": true, "correct horse 乙": false, "": false, "correct horse 甲 ": false} {
		if got, err := VerifyPassword(stored, password); err != nil || got != want {
			t.Errorf("%q: %v, %v", password, got, err)
		}
	}
	if HashPassword("correct horse 甲") == stored {
		t.Error("two hashes with one salt")
	}
	if VerifyNobody("") || VerifyNobody("correct horse 甲") {
		t.Error("nobody has a password")
	}
}

// The value was computed by OpenSSL's argon2id from the same inputs.
func TestVectorOfAPasswordHash(t *testing.T) {
	stored := "$argon2id$v=19$m=64,t=1,p=2$MDEyMzQ1Njc4OWFiY2RlZg$WSSfe1mnbabV5EdR0HMZ1l+3H3KWmc3xRljelgVL3V8"
	if ok, err := VerifyPassword(stored, "password"); err != nil || !ok {
		t.Errorf("%v, %v", ok, err)
	}
}

func TestAStoredTextThatIsNoHashIsAnErrorAndNeverAPassword(t *testing.T) {
	const salt, digest = "MDEyMzQ1Njc4OWFiY2RlZg", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	for name, stored := range map[string]string{
		"nothing":             "",
		"another algorithm":   "$argon2i$v=19$m=19456,t=2,p=1$" + salt + "$" + digest,
		"an older version":    "$argon2id$v=16$m=19456,t=2,p=1$" + salt + "$" + digest,
		"no passes":           "$argon2id$v=19$m=19456,t=0,p=1$" + salt + "$" + digest,
		"no lanes":            "$argon2id$v=19$m=19456,t=2,p=0$" + salt + "$" + digest,
		"too many lanes":      "$argon2id$v=19$m=19456,t=2,p=9$" + salt + "$" + digest,
		"too many passes":     "$argon2id$v=19$m=19456,t=11,p=1$" + salt + "$" + digest,
		"a gigabyte":          "$argon2id$v=19$m=1048576,t=2,p=1$" + salt + "$" + digest,
		"no memory":           "$argon2id$v=19$m=7,t=2,p=1$" + salt + "$" + digest,
		"an overflow":         "$argon2id$v=19$m=4294967297,t=2,p=1$" + salt + "$" + digest,
		"a sign":              "$argon2id$v=19$m=+19456,t=2,p=1$" + salt + "$" + digest,
		"something behind":    "$argon2id$v=19$m=19456,t=2,p=1,x=1$" + salt + "$" + digest,
		"a salt of seven":     "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Ng$" + digest,
		"a salt with padding": "$argon2id$v=19$m=19456,t=2,p=1$" + salt + "==$" + digest,
		"a short digest":      "$argon2id$v=19$m=19456,t=2,p=1$" + salt + "$AAAA",
		"no digest":           "$argon2id$v=19$m=19456,t=2,p=1$" + salt,
		"one part too many":   "$argon2id$v=19$m=19456,t=2,p=1$" + salt + "$" + digest + "$",
	} {
		if ok, err := VerifyPassword(stored, ""); ok || !errors.Is(err, ErrPasswordHash) {
			t.Errorf("%s: %v, %v", name, ok, err)
		}
	}
}

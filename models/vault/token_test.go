package vault

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
)

func TestALocatorIsTheSameAgainAndDifferentForEverythingElse(t *testing.T) {
	k := testKeys(t)
	locator := k.Locator("m1", "v1", 0)
	if len(locator) != 22 || locator != testKeys(t).Locator("m1", "v1", 0) {
		t.Fatalf("locator of %d characters, or not the same again", len(locator))
	}
	seen := map[string]string{locator: "itself"}
	for name, other := range map[string]string{
		"another meeting": k.Locator("m2", "v1", 0),
		"another voter":   k.Locator("m1", "v2", 0),
		"another issue":   k.Locator("m1", "v1", 1),
		"the parts moved": k.Locator("m", "1v1", 0),
		"other keys":      otherKeys(t).Locator("m1", "v1", 0),
	} {
		if twin, twice := seen[other]; twice {
			t.Errorf("%s gives the locator of %s", name, twin)
		}
		seen[other] = name
	}
}

func TestALocatorIsStoredAsItsHashAndAnythingElseIsRefused(t *testing.T) {
	locator := testKeys(t).Locator("m1", "v1", 0)
	raw, err := base64.RawURLEncoding.DecodeString(locator)
	if err != nil {
		t.Fatal(err)
	}
	want := sha256.Sum256(raw)
	if got, err := LocatorHash(locator); err != nil || !bytes.Equal(got, want[:]) {
		t.Errorf("%x, %v", got, err)
	}
	for name, text := range map[string]string{
		"nothing":               "",
		"a character too few":   locator[1:],
		"a character too many":  locator + "A",
		"another alphabet":      "+" + locator[1:],
		"a newline inside":      locator[:21] + "\n",
		"padding":               locator[:20] + "==",
		"bits that mean nought": locator[:21] + "B",
		"a very long text":      strings.Repeat("A", 1_000_000),
	} {
		if hash, err := LocatorHash(text); !errors.Is(err, ErrToken) || hash != nil {
			t.Errorf("%s: %x, %v", name, hash, err)
		}
	}
}

func TestSerialsAndReceiptsFollowFromWhatTheyAreOf(t *testing.T) {
	k := testKeys(t)
	seen := map[[10]byte]string{}
	for name, code := range map[string][10]byte{
		"a serial":             k.Serial("m1", "v1", 0),
		"of another meeting":   k.Serial("m2", "v1", 0),
		"of another voter":     k.Serial("m1", "v2", 0),
		"of another issue":     k.Serial("m1", "v1", 1),
		"a receipt":            k.ReceiptCode("m1", "v1"),
		"of another ballot":    k.ReceiptCode("m1", "v2"),
		"of a later meeting":   k.ReceiptCode("m2", "v1"),
		"a serial, other keys": otherKeys(t).Serial("m1", "v1", 0),
	} {
		if twin, twice := seen[code]; twice {
			t.Errorf("%s is the code of %s", name, twin)
		}
		seen[code] = name
	}
	if k.Serial("m1", "v1", 0) != testKeys(t).Serial("m1", "v1", 0) || k.ReceiptCode("m1", "b") != testKeys(t).ReceiptCode("m1", "b") {
		t.Error("not the same again")
	}
	want := sha256.Sum256(make([]byte, 10))
	if got := CodeHash([10]byte{}); !bytes.Equal(got, want[:]) {
		t.Errorf("hash %x", got)
	}
}

// The values were computed by another program. A locator that changes with a release would make every printed sheet worthless.
func TestVectorsOfDerivedTokens(t *testing.T) {
	k := testKeys(t)
	serial, receipt := k.Serial("m1", "v1", 0), k.ReceiptCode("m1", "b1")
	for name, pair := range map[string][2]string{
		"locator": {k.Locator("m1", "v1", 0), "r-HJMd9XRFZlH16-pyy8iQ"},
		"serial":  {hex.EncodeToString(serial[:]), "1dac93f446369c48745e"},
		"receipt": {hex.EncodeToString(receipt[:]), "532a09767bbfecb1583b"},
		"index":   {hex.EncodeToString(k.BlindIndex("owners.phone", "c1", "19900000001")), "d650b4f9dba0494c6c0f0f631f3d7fbba8886dc2ac64897c96c5b83e1326bab7"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %s, want %s", name, pair[0], pair[1])
		}
	}
}

func TestASessionTokenIsFoundByItsHash(t *testing.T) {
	cookie, hash := NewSessionToken()
	got, err := SessionTokenHash(cookie)
	if err != nil || !bytes.Equal(got, hash) || len(cookie) != 43 {
		t.Errorf("%v: cookie of %d characters", err, len(cookie))
	}
	if another, _ := NewSessionToken(); another == cookie {
		t.Error("two sessions with one token")
	}
	for _, text := range []string{"", cookie[1:], cookie + "A", "!" + cookie[1:], testKeys(t).Locator("m", "v", 0)} {
		if _, err := SessionTokenHash(text); !errors.Is(err, ErrToken) {
			t.Errorf("a cookie of %d characters: %v", len(text), err)
		}
	}
}

package vault

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestTheVectorOfASplitKeyHolds(t *testing.T) {
	want := vector(t, "share")
	secret := [KeySize]byte(unhex(t, want["secret"]))
	found := along(secret, [KeySize]byte(unhex(t, want["slope"])))
	for i := range found {
		if got := hex.EncodeToString(found[i][:]); got != want[fmt.Sprintf("at_%d", i+1)] {
			t.Errorf("part %d is %s", i+1, got)
		}
	}
	share := &Share{want["meeting"], 1, found[0]}
	if got := fmt.Sprintf("%x", share.hash()); got != want["hash_1"] {
		t.Errorf("hash of a share %s", got)
	}
	for _, pair := range [][2]int{{1, 2}, {2, 1}, {1, 3}, {3, 1}, {2, 3}, {3, 2}} {
		a, b := pair[0], pair[1]
		if got := join(a, found[a-1], b, found[b-1]); got != secret {
			t.Errorf("of parts %d and %d: %x", a, b, got)
		}
	}
}

func TestTheFieldIsThatOfAES(t *testing.T) {
	for _, vector := range []struct{ a, b, product byte }{{0x57, 0x83, 0xc1}, {0x57, 0x13, 0xfe}, {0x57, 0x02, 0xae}, {0, 0xff, 0}, {0xff, 1, 0xff}} { // FIPS 197 §4.2
		if got := times(vector.a, vector.b); got != vector.product {
			t.Errorf("%#x · %#x = %#x", vector.a, vector.b, got)
		}
	}
	for place := byte(1); place <= parts; place++ {
		if got := times(place, inverse[place]); got != 1 {
			t.Errorf("%d times its reciprocal is %#x", place, got)
		}
	}
}

func TestPropertyTwoPartsHaveTheSecretAndOneFitsEverySecret(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		secret := [KeySize]byte(rapid.SliceOfN(rapid.Byte(), KeySize, KeySize).Draw(t, "secret"))
		other := [KeySize]byte(rapid.SliceOfN(rapid.Byte(), KeySize, KeySize).Draw(t, "other"))
		found := split(secret)
		a := rapid.IntRange(1, parts).Draw(t, "a")
		b := a%parts + 1
		if join(a, found[a-1], b, found[b-1]) != secret {
			t.Fatalf("parts %d and %d do not have the secret", a, b)
		}
		// Whatever the secret were, some slope gives the same part: one part excludes nothing.
		var slope [KeySize]byte
		for i := range slope {
			slope[i] = times(other[i]^found[a-1][i], inverse[a])
		}
		if along(other, slope)[a-1] != found[a-1] {
			t.Fatalf("part %d cannot come of another secret", a)
		}
	})
}

func TestASecretIsSplitAnewEachTime(t *testing.T) {
	secret := [KeySize]byte{1, 2, 3}
	once, again := split(secret), split(secret)
	for i := range once {
		if once[i] == again[i] || bytes.Equal(once[i][:], secret[:]) {
			t.Errorf("part %d comes twice or is the secret", i+1)
		}
	}
}

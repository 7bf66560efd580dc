package vault

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"testing"
)

func testRaw() Raw {
	fill := func(b byte) []byte { return bytes.Repeat([]byte{b}, KeySize) }
	return Raw{Field: fill(0xa1), Token: fill(0xa2), Seal: fill(0xa3), Log: fill(0xa4)}
}

func testKeys(t *testing.T) *Keys {
	t.Helper()
	k, err := NewKeys(testRaw())
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// otherKeys differ from testKeys in every key.
func otherKeys(t *testing.T) *Keys {
	t.Helper()
	raw := testRaw()
	for _, key := range [][]byte{raw.Field, raw.Token, raw.Seal, raw.Log} {
		key[0]++
	}
	k, err := NewKeys(raw)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestRawKeysOfTheWrongLengthOrOfZerosAreRefused(t *testing.T) {
	for name, spoil := range map[string]func(*Raw){
		"no field key":           func(r *Raw) { r.Field = nil },
		"a token key of 31":      func(r *Raw) { r.Token = r.Token[1:] },
		"a seal key of 33":       func(r *Raw) { r.Seal = append(r.Seal, 1) },
		"a log seed of zeros":    func(r *Raw) { r.Log = make([]byte, KeySize) },
		"an old key of 16":       func(r *Raw) { r.OldField = [][]byte{r.Token[:16]} },
		"the field key as old":   func(r *Raw) { r.OldField = [][]byte{r.Field} },
		"an old seal key twice":  func(r *Raw) { r.OldSeal = [][]byte{r.Token, r.Token} },
		"an old seal key of nil": func(r *Raw) { r.OldSeal = [][]byte{nil} },
	} {
		raw := testRaw()
		spoil(&raw)
		if k, err := NewKeys(raw); !errors.Is(err, ErrKey) || k != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestKeysDoNotKeepTheCallersBytes(t *testing.T) {
	raw := testRaw()
	k, err := NewKeys(raw)
	if err != nil {
		t.Fatal(err)
	}
	before := k.Locator("m", "v", 0)
	for _, key := range [][]byte{raw.Field, raw.Token, raw.Seal, raw.Log} {
		clear(key)
	}
	if k.Locator("m", "v", 0) != before || !k.log.key().Equal(testKeys(t).log.key()) {
		t.Error("wiping the raw keys changed the keys")
	}
}

func TestEveryPurposeHasAKeyOfItsOwn(t *testing.T) {
	k := testKeys(t)
	seen := map[[KeySize]byte]bool{}
	for _, s := range []secret{k.locator, k.serial, k.receipt, k.session, k.oneTime, k.body, k.index} {
		if seen[*s.key()] {
			t.Error("two purposes share a key")
		}
		seen[*s.key()] = true
	}
	if bytes.Equal(k.CodeMAC(CodeBinding{}, "x"), k.BodyMAC("", "", "", []byte("x"))) {
		t.Error("a code and a body have one MAC")
	}
	if serial := k.Serial("m", "v", 0); strings.HasPrefix(k.Locator("m", "v", 0), base64.RawURLEncoding.EncodeToString(serial[:9])) {
		t.Error("the serial gives the locator away")
	}
}

func TestTheLogSignerSignsAndItsKeyVerifies(t *testing.T) {
	signer := testKeys(t).LogSigner()
	public, ok := signer.Public().(ed25519.PublicKey)
	sig, err := signer.Sign(nil, []byte("head"), crypto.Hash(0))
	if !ok || err != nil || !ed25519.Verify(public, []byte("head"), sig) {
		t.Errorf("%v %v", ok, err)
	}
	if other := otherKeys(t).LogSigner().Public().(ed25519.PublicKey); ed25519.Verify(other, []byte("head"), sig) {
		t.Error("another installation's key verifies too")
	}
}

// secretBytes are all bytes that must never be printed.
func secretBytes(k *Keys, raw Raw) [][]byte {
	secrets := [][]byte{raw.Field, raw.Token, raw.Seal, raw.Log, k.log.key()}
	for _, s := range []secret{k.locator, k.serial, k.receipt, k.session, k.oneTime, k.body, k.index, k.field.keys[0].index} {
		secrets = append(secrets, s.key()[:])
	}
	return secrets
}

// shows tells whether the text holds the first eight bytes of a secret in one of the forms that Go prints.
func shows(text string, secret []byte) bool {
	var decimal, hexed []string
	for _, b := range secret[:8] {
		decimal = append(decimal, strconv.Itoa(int(b)))
		hexed = append(hexed, fmt.Sprintf("0x%x", b))
	}
	lower := strings.ToLower(text)
	return strings.Contains(text, strings.Join(decimal, " ")) || strings.Contains(text, strings.Join(decimal, ",")) ||
		strings.Contains(lower, strings.Join(hexed, ", ")) || strings.Contains(lower, hex.EncodeToString(secret[:8])) ||
		strings.Contains(text, base64.StdEncoding.EncodeToString(secret[:6])) || strings.Contains(text, string(secret[:8]))
}

func TestNothingPrintsASecret(t *testing.T) {
	raw := testRaw()
	k := testKeys(t)
	_, wrapped, err := k.SealKey().NewMeetingKey("m")
	if err != nil {
		t.Fatal(err)
	}
	meeting, err := k.OpenMeetingKey("m", wrapped)
	if err != nil {
		t.Fatal(err)
	}
	private, err := meeting.private.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	secrets := append(secretBytes(k, raw), private)
	if !shows(fmt.Sprint(raw.Field), raw.Field) || !shows(fmt.Sprintf("%#v", raw.Field), raw.Field) ||
		!shows(fmt.Sprintf("%X", raw.Field), raw.Field) || !shows(string(raw.Field), raw.Field) {
		t.Fatal("the search does not find a secret that is printed")
	}
	values := []any{
		raw, &raw, k, *k, k.LogSigner(), meeting, *meeting, k.FieldKey(), k.SealKey(),
		struct{ Raw Raw }{raw}, struct{ Keys *Keys }{k}, struct{ keys *Keys }{k}, struct{ keys Keys }{*k},
		struct{ signer crypto.Signer }{k.LogSigner()}, struct{ key MeetingKey }{*meeting},
		struct{ Key FieldKey }{k.FieldKey()}, struct{ key FieldKey }{k.FieldKey()}, struct{ key SealKey }{k.SealKey()},
		[]any{k, meeting}, map[string]any{"keys": k}, fmt.Errorf("open: %v", k),
	}
	for _, value := range values {
		var texts []string
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%o"} {
			texts = append(texts, fmt.Sprintf(verb, value))
		}
		var logged bytes.Buffer
		slog.New(slog.NewJSONHandler(&logged, nil)).Info("x", "value", value)
		slog.New(slog.NewTextHandler(&logged, nil)).Info("x", "value", value)
		asJSON, err := json.Marshal(value)
		if err != nil && !errors.As(err, new(*json.UnsupportedTypeError)) {
			t.Errorf("%T as JSON: %v", value, err)
		}
		for _, text := range append(texts, logged.String(), string(asJSON)) {
			for _, secret := range secrets {
				if shows(text, secret) {
					t.Fatalf("%T prints a secret: %.300s", value, text)
				}
			}
		}
	}
}

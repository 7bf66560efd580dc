package vault

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
)

var phone = Column{Community: "c1", Name: "owners.phone", Row: "o1"}

func TestAFieldOpensInItsPlaceOnly(t *testing.T) {
	k := testKeys(t)
	encrypted := k.FieldKey().Encrypt(phone, []byte("19900000001"))
	if value, err := k.DecryptField(phone, encrypted); err != nil || string(value) != "19900000001" {
		t.Fatalf("%s, %v", value, err)
	}
	for name, at := range map[string]Column{
		"another community":  {"c2", phone.Name, phone.Row},
		"another column":     {phone.Community, "owners.id_number", phone.Row},
		"another row":        {phone.Community, phone.Name, "o2"},
		"the parts moved":    {"c", "1owners.phone", "o1"},
		"the row left out":   {phone.Community, phone.Name, ""},
		"row in column name": {phone.Community, phone.Name + "o1", ""},
	} {
		if value, err := k.DecryptField(at, encrypted); !errors.Is(err, ErrOpen) || value != nil {
			t.Errorf("%s: %s, %v", name, value, err)
		}
	}
	if _, err := otherKeys(t).DecryptField(phone, encrypted); !errors.Is(err, ErrOpen) {
		t.Errorf("other keys: %v", err)
	}
}

func TestAnAlteredFieldDoesNotOpen(t *testing.T) {
	k := testKeys(t)
	encrypted := k.FieldKey().Encrypt(phone, []byte("19900000001"))
	for i := range encrypted {
		altered := bytes.Clone(encrypted)
		altered[i] ^= 1
		if _, err := k.DecryptField(phone, altered); !errors.Is(err, ErrOpen) {
			t.Errorf("byte %d: %v", i, err)
		}
		if _, err := k.DecryptField(phone, encrypted[:i]); !errors.Is(err, ErrOpen) {
			t.Errorf("cut at %d: %v", i, err)
		}
	}
}

func TestAFieldTwiceIsNeverTheSameBytes(t *testing.T) {
	k := testKeys(t)
	a, b := k.FieldKey().Encrypt(phone, []byte("x")), k.FieldKey().Encrypt(phone, []byte("x"))
	if bytes.Equal(a, b) || bytes.Equal(a[4:16], b[4:16]) {
		t.Errorf("%x %x", a, b)
	}
	if value, err := k.DecryptField(phone, k.FieldKey().Encrypt(phone, nil)); err != nil || len(value) != 0 {
		t.Errorf("an empty field: %v %v", value, err)
	}
}

// rotated are the keys of testKeys with another field and seal key before them.
func rotated(t *testing.T) *Keys {
	t.Helper()
	raw := testRaw()
	raw.OldField, raw.OldSeal = [][]byte{raw.Field}, [][]byte{raw.Seal}
	raw.Field, raw.Seal = bytes.Repeat([]byte{0xb1}, KeySize), bytes.Repeat([]byte{0xb3}, KeySize)
	k, err := NewKeys(raw)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestAfterARotationOldFieldsOpenAndAreKnownAsOld(t *testing.T) {
	before, after := testKeys(t), rotated(t)
	old := before.FieldKey().Encrypt(phone, []byte("x"))
	if value, err := after.DecryptField(phone, old); err != nil || string(value) != "x" {
		t.Errorf("the old field: %s, %v", value, err)
	}
	fresh := after.FieldKey().Encrypt(phone, []byte("x"))
	if after.FieldKey().Made(old) || !after.FieldKey().Made(fresh) {
		t.Errorf("old is current %v, new is current %v", after.FieldKey().Made(old), after.FieldKey().Made(fresh))
	}
	if _, err := before.DecryptField(phone, fresh); !errors.Is(err, ErrUnknownKey) || !errors.Is(err, ErrOpen) {
		t.Errorf("the new field under the old key: %v", err)
	}
	key, err := after.FieldKeyOf(old)
	if err != nil || !bytes.Equal(key.ID(), before.FieldKey().ID()) || !before.FieldKey().Made(key.Encrypt(phone, nil)) {
		t.Errorf("the key that made the old field: %x, %v", key.ID(), err)
	}
	if _, err := before.FieldKeyOf(fresh); !errors.Is(err, ErrUnknownKey) {
		t.Errorf("the key that made the new field, to whom it is strange: %v", err)
	}
	if before.Locator("m", "v", 0) != after.Locator("m", "v", 0) || !bytes.Equal(before.BlindIndex("a", "b", "c"), after.BlindIndex("a", "b", "c")) {
		t.Error("locators and counters changed with the field key")
	}
}

func TestAMeetingKeyIsWrappedAgainUnderANewSealKey(t *testing.T) {
	before, after := testKeys(t), rotated(t)
	public, wrapped, err := before.SealKey().NewMeetingKey("m")
	if err != nil {
		t.Fatal(err)
	}
	again, err := after.Wrap(after.SealKey(), "m", wrapped)
	if err != nil || after.SealKey().Made(wrapped) || !after.SealKey().Made(again) {
		t.Fatalf("%v", err)
	}
	for name, value := range map[string][]byte{"as it was": wrapped, "wrapped again": again} {
		if key, err := after.OpenMeetingKey("m", value); err != nil || !bytes.Equal(key.private.PublicKey().Bytes(), public) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := after.Wrap(after.SealKey(), "another", wrapped); !errors.Is(err, ErrOpen) {
		t.Errorf("another meeting's: %v", err)
	}
	if _, err := before.OpenMeetingKey("m", again); !errors.Is(err, ErrUnknownKey) {
		t.Errorf("with the old key alone: %v", err)
	}
	if key, err := after.SealKeyOf(wrapped); err != nil || !bytes.Equal(key.ID(), before.SealKey().ID()) {
		t.Errorf("the key that wrapped it first: %v", err)
	}
}

func TestAnIndexIsEqualForEqualValuesOfOneColumnOnly(t *testing.T) {
	k := testKeys(t)
	key := k.FieldKey()
	index := key.Index("owners.phone", "c1", "19900000001")
	if len(index) != 36 || !bytes.Equal(index, key.Index("owners.phone", "c1", "19900000001")) || !key.Made(index) {
		t.Fatalf("%x", index)
	}
	for name, other := range map[string][]byte{
		"another value":     key.Index("owners.phone", "c1", "19900000002"),
		"another community": key.Index("owners.phone", "c2", "19900000001"),
		"another column":    key.Index("staff.phone", "c1", "19900000001"),
		"the parts moved":   key.Index("owners.phone", "c", "119900000001"),
		"other keys":        otherKeys(t).FieldKey().Index("owners.phone", "c1", "19900000001"),
		"the token key":     k.BlindIndex("owners.phone", "c1", "19900000001"),
	} {
		if bytes.HasSuffix(index, other[max(0, len(other)-32):]) {
			t.Errorf("%s has the same index", name)
		}
	}
}

func TestAValueIsFoundUnderEveryKnownKey(t *testing.T) {
	before, after := testKeys(t), rotated(t)
	list := after.FieldIndexes("owners.phone", "c1", "19900000001")
	found := func(index []byte) bool {
		return slices.ContainsFunc(list, func(one []byte) bool { return bytes.Equal(one, index) })
	}
	for name, index := range map[string][]byte{
		"under the new key":     after.FieldKey().Index("owners.phone", "c1", "19900000001"),
		"under the old key":     before.FieldKey().Index("owners.phone", "c1", "19900000001"),
		"from before key ids":   before.BlindIndex("owners.phone", "c1", "19900000001"),
		"of nobody":             nil,
		"of another phone":      after.FieldKey().Index("owners.phone", "c1", "19900000002"),
		"of another key's ring": otherKeys(t).FieldKey().Index("owners.phone", "c1", "19900000001"),
	} {
		if want := index != nil && !strings.HasPrefix(name, "of "); found(index) != want {
			t.Errorf("%s: found %v", name, found(index))
		}
	}
}

package vault

import (
	"bytes"
	"errors"
	"testing"
)

var phone = Column{Community: "c1", Name: "owners.phone", Row: "o1"}

func TestAFieldOpensInItsPlaceOnly(t *testing.T) {
	k := testKeys(t)
	encrypted, err := k.EncryptField(phone, []byte("19900000001"))
	if err != nil {
		t.Fatal(err)
	}
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
	encrypted, err := k.EncryptField(phone, []byte("19900000001"))
	if err != nil {
		t.Fatal(err)
	}
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
	a, errA := k.EncryptField(phone, []byte("x"))
	b, errB := k.EncryptField(phone, []byte("x"))
	if errA != nil || errB != nil || bytes.Equal(a, b) || bytes.Equal(a[4:16], b[4:16]) {
		t.Errorf("%x %x", a, b)
	}
	empty, err := k.EncryptField(phone, nil)
	if value, errOpen := k.DecryptField(phone, empty); err != nil || errOpen != nil || len(value) != 0 {
		t.Errorf("an empty field: %v %v %v", value, err, errOpen)
	}
}

func TestAfterARotationOldFieldsOpenAndAreKnownAsOld(t *testing.T) {
	before := testKeys(t)
	old, err := before.EncryptField(phone, []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	public, wrapped, err := before.NewMeetingKey("m")
	if err != nil {
		t.Fatal(err)
	}
	raw := testRaw()
	raw.OldField, raw.OldSeal = [][]byte{raw.Field}, [][]byte{raw.Seal}
	raw.Field, raw.Seal = bytes.Repeat([]byte{0xb1}, KeySize), bytes.Repeat([]byte{0xb3}, KeySize)
	after, err := NewKeys(raw)
	if err != nil {
		t.Fatal(err)
	}
	if value, err := after.DecryptField(phone, old); err != nil || string(value) != "x" {
		t.Errorf("the old field: %s, %v", value, err)
	}
	fresh, err := after.EncryptField(phone, []byte("x"))
	if err != nil || after.FieldIsCurrent(old) || !after.FieldIsCurrent(fresh) {
		t.Errorf("%v: old is current %v, new is current %v", err, after.FieldIsCurrent(old), after.FieldIsCurrent(fresh))
	}
	if _, err := before.DecryptField(phone, fresh); !errors.Is(err, ErrOpen) {
		t.Errorf("the new field under the old key: %v", err)
	}
	key, err := after.OpenMeetingKey("m", wrapped)
	if err != nil || !bytes.Equal(key.private.PublicKey().Bytes(), public) {
		t.Errorf("the old meeting key: %v", err)
	}
	if before.Locator("m", "v", 0) != after.Locator("m", "v", 0) || !bytes.Equal(before.BlindIndex("a", "b", "c"), after.BlindIndex("a", "b", "c")) {
		t.Error("locators and indexes changed with the field key")
	}
}

func TestABlindIndexIsEqualForEqualValuesOfOneColumnOnly(t *testing.T) {
	k := testKeys(t)
	index := k.BlindIndex("owners.phone", "c1", "19900000001")
	if len(index) != 32 || !bytes.Equal(index, k.BlindIndex("owners.phone", "c1", "19900000001")) {
		t.Fatalf("%x", index)
	}
	for name, other := range map[string][]byte{
		"another value":     k.BlindIndex("owners.phone", "c1", "19900000002"),
		"another community": k.BlindIndex("owners.phone", "c2", "19900000001"),
		"another column":    k.BlindIndex("staff.phone", "c1", "19900000001"),
		"the parts moved":   k.BlindIndex("owners.phone", "c", "119900000001"),
		"other keys":        otherKeys(t).BlindIndex("owners.phone", "c1", "19900000001"),
	} {
		if bytes.Equal(index, other) {
			t.Errorf("%s has the same index", name)
		}
	}
}

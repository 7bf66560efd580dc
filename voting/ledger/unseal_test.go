package ledger

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

// Both were written and hashed by another program from the forms that docs/ledger-format.md describes.
const (
	unsealLine = `{"at":"2026-11-27T09:30:00.000+08:00","by":"server","entered":"2026-11-27T09:10:00.000+08:00","first":"staff-0123456789ab","first_card":1,"i":4,"key":"0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d","m":"01890000-0000-7000-8000-000000000001","second":"staff-ba9876543210","second_card":2,"t":"unseal","v":1}`
	unsealHash = "e68b5b84a273eee47f5658452a6c8c1d0ccd04bbb65544d680b11cdcf0dc9da1"
	waiveLine  = `{"at":"2026-11-28T20:00:00.000+08:00","by":"staff-ba9876543210","i":6,"m":"01890000-0000-7000-8000-000000000001","result":"0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e","t":"waive","v":1,"waiver":"6dda9e54e24a0674d42a300a07b5dbaa292e58f1635b9a674b69e0ff97a1467a"}`
	waiveHash  = "eff7b620701670e48c72207371530e3d41bf37624f6faa5ad3d807417d08cb63"
)

func TestVectorsOfAnOpeningAndAWaiver(t *testing.T) {
	waiver, err := ParseHash("6dda9e54e24a0674d42a300a07b5dbaa292e58f1635b9a674b69e0ff97a1467a")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		line, hash string
		header     Header
		body       Body
	}{
		{unsealLine, unsealHash, Header{testMeeting, 4, mustInstant(t, "2026-11-27T09:30:00.000+08:00"), "server"}, Unseal{Key: filled(13), FirstCard: 1, SecondCard: 2,
			Entered: mustInstant(t, "2026-11-27T09:10:00.000+08:00"), First: "staff-0123456789ab", Second: "staff-ba9876543210"}},
		{waiveLine, waiveHash, Header{testMeeting, 6, mustInstant(t, "2026-11-28T20:00:00.000+08:00"), "staff-ba9876543210"}, Waive{Result: filled(14), Waiver: waiver}},
	} {
		leaf, err := Encode(c.header, c.body)
		if err != nil || string(leaf) != LeafPrefix+c.line+"\n" || LeafHash(leaf).String() != c.hash {
			t.Fatalf("%s\n%s, %v", leaf, LeafHash(leaf), err)
		}
		if h, b, err := Decode(leaf); err != nil || h != c.header || !reflect.DeepEqual(b, c.body) {
			t.Errorf("read %+v %+v, %v", h, b, err)
		}
	}
}

func TestAnOpeningThatCannotBeIsNoLeaf(t *testing.T) {
	for name, change := range map[string][2]string{
		"one card twice":                 {`"second_card":2`, `"second_card":1`},
		"a card 0":                       {`"first_card":1`, `"first_card":0`},
		"a fourth card":                  {`"second_card":2`, `"second_card":4`},
		"one person":                     {"staff-ba9876543210", "staff-0123456789ab"},
		"nobody":                         {"staff-0123456789ab", ""},
		"a card that was typed in after": {"09:10:00.000", "09:30:00.001"},
		"a key that is too short":        {`"key":"0d`, `"key":"d`},
		"a reason, which is not its":     {`"key":`, `"because":"","key":`},
	} {
		altered := strings.Replace(unsealLine, change[0], change[1], 1)
		if _, _, err := Decode([]byte(LeafPrefix + altered + "\n")); altered == unsealLine || !errors.Is(err, ErrLeaf) && !errors.Is(err, ErrCanonical) {
			t.Errorf("%s: %v", name, err)
		}
	}
	same := strings.Replace(unsealLine, "09:10:00.000", "09:30:00.000", 1)
	if _, _, err := Decode([]byte(LeafPrefix + same + "\n")); err != nil {
		t.Errorf("both cards at one moment: %v", err)
	}
	if _, _, err := Decode([]byte(LeafPrefix + strings.Replace(waiveLine, `"waiver":"6d`, `"waiver":"6D`, 1) + "\n")); !errors.Is(err, ErrLeaf) {
		t.Errorf("a waiver that is no hash: %v", err)
	}
}

package ledger

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

// lotVector is a lot on record; its bytes were computed by another program.
func lotVector(t *testing.T) vectorLeaf {
	t.Helper()
	return vectorLeaf{
		Header{testMeeting, 4, mustInstant(t, "2026-12-05T11:00:00.000+08:00"), "server"},
		Lot{
			Root: filled(13), Number: "038617", Result: filled(7), Announcements: filled(12),
			Announced: mustInstant(t, "2026-12-03T09:00:00.000+08:00"), Due: mustInstant(t, "2026-12-05T10:00:00.000+08:00"),
			Drawn: mustInstant(t, "2026-12-05T10:05:00.000+08:00"), First: "convener-18a4c77e02b3", Second: "street-5f0c2a9b71de",
		},
		`{"announced":"2026-12-03T09:00:00.000+08:00","announcements":"0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c","at":"2026-12-05T11:00:00.000+08:00","by":"server","drawn":"2026-12-05T10:05:00.000+08:00","due":"2026-12-05T10:00:00.000+08:00","first":"convener-18a4c77e02b3","i":4,"m":"01890000-0000-7000-8000-000000000001","number":"038617","result":"0707070707070707070707070707070707070707070707070707070707070707","root":"0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d","second":"street-5f0c2a9b71de","t":"lot","v":1}`,
		"f5df229eaeb3fe99987b3fadaa547a2cac179db520f1a6d90b61bbefcdc41746",
	}
}

func TestALotLeafHasItsExactBytes(t *testing.T) {
	v := lotVector(t)
	leaf, err := Encode(v.header, v.body)
	if err != nil {
		t.Fatal(err)
	}
	if want := LeafPrefix + v.text + "\n"; string(leaf) != want {
		t.Errorf("\n got %s\nwant %s", leaf, want)
	}
	if got := LeafHash(leaf).String(); got != v.hash {
		t.Errorf("hash %s, want %s", got, v.hash)
	}
	h, b, err := Decode(leaf)
	if err != nil || h != v.header || !reflect.DeepEqual(b, v.body) {
		t.Errorf("read %+v %+v, %v", h, b, err)
	}
}

func TestAnAlteredLotLeafIsRefused(t *testing.T) {
	v := lotVector(t)
	for name, change := range map[string][2]string{
		"one person twice":               {"street-5f0c2a9b71de", "convener-18a4c77e02b3"},
		"nobody second":                  {`"second":"street-5f0c2a9b71de"`, `"second":""`},
		"three digits":                   {"038617", "038"},
		"twenty-one digits":              {"038617", "038617038617038617038"},
		"full-width digits":              {"038617", "０３８６１７"},
		"a sign":                         {"038617", "-38617"},
		"a blank before the number":      {"038617", " 38617"},
		"announced at the announced":     {`"announced":"2026-12-03T09:00:00.000`, `"announced":"2026-12-05T10:00:00.000`},
		"drawn before its time":          {`"drawn":"2026-12-05T10:05:00.000`, `"drawn":"2026-12-05T09:59:59.999`},
		"drawn after it was recorded":    {`"drawn":"2026-12-05T10:05:00.000`, `"drawn":"2026-12-05T11:00:00.001`},
		"an order, which is anybody's":   {`"number":`, `"order":["甲"],"number":`},
		"without the root of the close":  {`"root":"` + filled(13).String() + `",`, ""},
		"the number as a number":         {`"038617"`, `38617`},
		"announced before 1970":          {`"announced":"2026`, `"announced":"1969`},
		"the type of a result":           {`"t":"lot"`, `"t":"result"`},
		"the hash of the result cut off": {filled(7).String(), "07"},
	} {
		text := strings.Replace(v.text, change[0], change[1], 1)
		if text == v.text {
			t.Fatalf("%s changes nothing", name)
		}
		if _, _, err := Decode([]byte(LeafPrefix + text + "\n")); !errors.Is(err, ErrLeaf) && !errors.Is(err, ErrCanonical) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheShortestAndTheLongestNumberAreWritten(t *testing.T) {
	v := lotVector(t)
	for number, written := range map[string]bool{"000": false, "0000": true, "00000000000000000000": true, "000000000000000000000": false} {
		body := v.body.(Lot)
		body.Number = number
		if _, err := Encode(v.header, body); (err == nil) != written {
			t.Errorf("%d digits: %v", len(number), err)
		}
	}
}

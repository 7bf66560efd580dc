package ledger

import (
	"bytes"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gongjue/voting/lifecycle"
)

func sortedKeys(set map[string]bool) []string { return slices.Sorted(maps.Keys(set)) }

func TestLeavesAreReadBackAsTheyWereWritten(t *testing.T) {
	for _, v := range vectorLeaves(t) {
		leaf, err := Encode(v.header, v.body)
		if err != nil {
			t.Fatal(err)
		}
		h, b, err := Decode(leaf)
		if err != nil || h != v.header || !reflect.DeepEqual(b, v.body) {
			t.Errorf("%s: read %+v %+v, %v", v.body.Type(), h, b, err)
		}
	}
}

func TestEveryLeafTypeIsReadOrRefusedByName(t *testing.T) {
	read := map[LeafType]bool{LeafObjection: true, LeafSample: true, LeafSupervise: true, LeafPaper: true, LeafAccess: true, LeafLot: true, LeafImport: true, LeafAmend: true, LeafUnseal: true, LeafWaive: true}
	for _, v := range vectorLeaves(t) {
		read[v.body.Type()] = true
	}
	for _, kind := range LeafTypes {
		leaf := `{"at":"2026-11-20T08:30:00.123+08:00","by":"server","i":1,"m":"a","t":"` + string(kind) + `","v":1}`
		_, _, err := Decode([]byte(LeafPrefix + leaf + "\n"))
		if !errors.Is(err, ErrLeaf) {
			t.Errorf("%s without its fields: %v", kind, err)
		}
		if named := err != nil && strings.Contains(err.Error(), "no body for type "+string(kind)); named == read[kind] {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

func TestADecoderRefusesEveryAlteredLeaf(t *testing.T) {
	leaves := vectorLeaves(t)
	opening, ballot, closing := leaves[0].text, leaves[1].text, leaves[2].text
	for name, leaf := range map[string]string{
		"another prefix":                    "gongjue.leaf/v2\n" + ballot + "\n",
		"no newline at the end":             LeafPrefix + ballot,
		"two newlines at the end":           LeafPrefix + ballot + "\n\n",
		"no JSON":                           LeafPrefix + "\n",
		"a list":                            LeafPrefix + "[]\n",
		"an unknown field":                  LeafPrefix + strings.Replace(ballot, `"c":`, `"b":1,"c":`, 1) + "\n",
		"a missing field":                   LeafPrefix + strings.Replace(ballot, `,"supersedes":0`, "", 1) + "\n",
		"a field of another type":           LeafPrefix + strings.Replace(ballot, `"revision":1`, `"revision":"1"`, 1) + "\n",
		"another version":                   LeafPrefix + strings.Replace(ballot, `"v":1`, `"v":2`, 1) + "\n",
		"an unknown type":                   LeafPrefix + strings.Replace(ballot, `"t":"ballot"`, `"t":"ballots"`, 1) + "\n",
		"an unknown channel":                LeafPrefix + strings.Replace(ballot, "online", "phone", 1) + "\n",
		"paper in a ballot leaf":            LeafPrefix + strings.Replace(ballot, "online", "paper", 1) + "\n",
		"revision 0":                        LeafPrefix + strings.Replace(ballot, `"revision":1`, `"revision":0`, 1) + "\n",
		"a first ballot that supersedes":    LeafPrefix + strings.Replace(strings.Replace(ballot, `"i":1`, `"i":9`, 1), `"supersedes":0`, `"supersedes":3`, 1) + "\n",
		"a second ballot that does not":     LeafPrefix + strings.Replace(ballot, `"revision":1`, `"revision":2`, 1) + "\n",
		"a ballot that supersedes itself":   LeafPrefix + strings.Replace(strings.Replace(ballot, `"revision":1`, `"revision":2`, 1), `"supersedes":0`, `"supersedes":1`, 1) + "\n",
		"a hash in upper case":              LeafPrefix + strings.Replace(ballot, `"c":"03739bb28c8a`, `"c":"03739BB28C8A`, 1) + "\n",
		"a hash one digit short":            LeafPrefix + strings.Replace(ballot, `"c":"03`, `"c":"3`, 1) + "\n",
		"another offset":                    LeafPrefix + strings.Replace(ballot, "08:30:00.123+08:00", "00:30:00.123+00:00", 1) + "\n",
		"an instant without milliseconds":   LeafPrefix + strings.Replace(ballot, ".123+", "+", 1) + "\n",
		"an instant with a comma":           LeafPrefix + strings.Replace(ballot, "00.123", "00,123", 1) + "\n",
		"an instant that does not exist":    LeafPrefix + strings.Replace(ballot, "11-20", "11-31", 1) + "\n",
		"a negative index":                  LeafPrefix + strings.Replace(ballot, `"i":1`, `"i":-1`, 1) + "\n",
		"a ballot as leaf 0":                LeafPrefix + strings.Replace(ballot, `"i":1`, `"i":0`, 1) + "\n",
		"a meeting with a blank":            LeafPrefix + strings.Replace(ballot, `"m":"0189`, `"m":" 189`, 1) + "\n",
		"a role outside ASCII":              LeafPrefix + strings.Replace(ballot, `"by":"server"`, `"by":"王"`, 1) + "\n",
		"open as leaf 1":                    LeafPrefix + strings.Replace(opening, `"i":0`, `"i":1`, 1) + "\n",
		"open without heads":                LeafPrefix + strings.Replace(opening, `"heads":867`, `"heads":0`, 1) + "\n",
		"it closes when it opens":           LeafPrefix + strings.Replace(opening, `"closes":"2026-11-27`, `"closes":"2026-11-20`, 1) + "\n",
		"an unknown profile":                LeafPrefix + strings.Replace(opening, `"profile":"C"`, `"profile":"D"`, 1) + "\n",
		"a key that is a number":            LeafPrefix + strings.Replace(opening, `["s+00000001+BB=="]`, `[1]`, 1) + "\n",
		"a key with a blank":                LeafPrefix + strings.Replace(opening, `["s+`, `["s +`, 1) + "\n",
		"a close that miscounts leaves":     LeafPrefix + strings.Replace(closing, `"leaves":2`, `"leaves":3`, 1) + "\n",
		"a close that miscounts channels":   LeafPrefix + strings.Replace(closing, `{"online":1}`, `{"online":1,"proxy":1}`, 1) + "\n",
		"a close with an empty channel":     LeafPrefix + strings.Replace(closing, `{"online":1}`, `{"online":1,"proxy":0}`, 1) + "\n",
		"a close with more ballots":         LeafPrefix + strings.Replace(strings.Replace(closing, `"ballots":1`, `"ballots":2`, 1), `"online":1`, `"online":2`, 1) + "\n",
		"a channel that is no channel":      LeafPrefix + strings.Replace(closing, `"online"`, `"fax"`, 1) + "\n",
		"a leaf of more than 64 KiB":        LeafPrefix + `{"a":"` + strings.Repeat("x", maxLeaf) + `"}` + "\n",
		"a NUL before the end":              LeafPrefix + ballot + "\x00\n",
		"no leaf at all":                    "",
		"an index beyond every log":         LeafPrefix + strings.Replace(ballot, `"i":1`, `"i":1099511627777`, 1) + "\n",
		"a time before 1970 in its own day": LeafPrefix + strings.Replace(ballot, "2026-11-20", "1969-11-20", 1) + "\n",
	} {
		h, b, err := Decode([]byte(leaf))
		if !errors.Is(err, ErrLeaf) && !errors.Is(err, ErrCanonical) {
			t.Errorf("%s: %v", name, err)
		}
		if b != nil || h != (Header{}) {
			t.Errorf("%s: a refused leaf gave %v %v", name, h, b)
		}
	}
}

func TestALeafThatWouldNotBeReadIsNotWritten(t *testing.T) {
	good := vectorLeaves(t)[1]
	for name, h := range map[string]Header{
		"no meeting":           {"", 1, 0, "server"},
		"a role in capitals":   {"a", 1, 0, "Server"},
		"a name of 65 letters": {strings.Repeat("a", 65), 1, 0, "server"},
		"a time before 1970":   {"a", 1, -1, "server"},
		"a year of 5 digits":   {"a", 1, maxInstant + 1, "server"},
		"index 0":              {"a", 0, 0, "server"},
	} {
		if leaf, err := Encode(h, good.body); !errors.Is(err, ErrLeaf) {
			t.Errorf("%s: %s, %v", name, leaf, err)
		}
	}
	if _, err := Encode(Header{strings.Repeat("a", 64), 1, maxInstant, "0-z"}, good.body); err != nil {
		t.Errorf("the largest header: %v", err)
	}
}

func TestInstantsAreWrittenInBeijingTime(t *testing.T) {
	for ms, want := range map[int64]string{
		0:                 "1970-01-01T08:00:00.000+08:00",
		1_795_708_799_999: "2026-11-26T23:59:59.999+08:00",
		1_795_708_800_000: "2026-11-27T00:00:00.000+08:00",
	} {
		if got := Instant(ms); got != want {
			t.Errorf("%d is written %s, want %s", ms, got, want)
		}
		if back, err := ParseInstant(want); err != nil || back != ms {
			t.Errorf("%s is read %d, %v", want, back, err)
		}
	}
}

func TestPropertyBallotLeavesAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		index := rapid.Int64Range(2, maxIndex).Draw(t, "index")
		b := Ballot{
			Channel:  rapid.SampledFrom([]lifecycle.Channel{lifecycle.Online, lifecycle.Onsite, lifecycle.Proxy, lifecycle.Imported}).Draw(t, "channel"),
			Revision: rapid.Int64Range(1, 9).Draw(t, "revision"),
		}
		if b.Revision > 1 {
			b.Supersedes = rapid.Int64Range(1, index-1).Draw(t, "supersedes")
		}
		for _, h := range []*Hash{&b.Slot, &b.Choices, &b.Evidence} {
			copy(h[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "hash"))
		}
		h := Header{"m-1", index, rapid.Int64Range(0, maxInstant).Draw(t, "at"), "server"}
		leaf, err := Encode(h, b)
		if err != nil {
			t.Fatal(err)
		}
		if gotH, gotB, err := Decode(leaf); err != nil || gotH != h || gotB != Body(b) {
			t.Fatalf("%s: %+v %+v %v", leaf, gotH, gotB, err)
		}
	})
}

func FuzzDecode(f *testing.F) {
	for _, v := range vectorLeaves(&testing.T{}) {
		f.Add([]byte(LeafPrefix + v.text + "\n"))
	}
	f.Add([]byte(LeafPrefix + "{}\n"))
	f.Fuzz(func(t *testing.T, leaf []byte) {
		h, b, err := Decode(leaf)
		if err != nil {
			return
		}
		again, err := Encode(h, b)
		if err != nil || !bytes.Equal(again, leaf) {
			t.Fatalf("a leaf that was read is written otherwise: %q, %q, %v", leaf, again, err)
		}
	})
}

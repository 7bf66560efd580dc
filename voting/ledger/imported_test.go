package ledger

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"gongjue/voting/lifecycle"
)

// importVector is the result of a platform, taken over after the close; its bytes were computed by another program.
func importVector(t *testing.T) vectorLeaf {
	t.Helper()
	return vectorLeaf{
		Header{testMeeting, 3, mustInstant(t, "2026-11-28T10:00:00.000+08:00"), "server"},
		Import{Platform: PlatformHash("样例市业主投票平台"), File: ImportCommitment(testSalt(), testMeeting, filled(7)), Ballots: 2,
			First: "staff-0123456789ab", Second: "staff-ba9876543210"},
		`{"at":"2026-11-28T10:00:00.000+08:00","ballots":2,"by":"server","file":"ad64032484bd805aed3747b371c57c0f82a0f27f636de30ca618cd13c40df013","first":"staff-0123456789ab","i":3,"m":"01890000-0000-7000-8000-000000000001","platform":"a1d246d0a6f40d734acb665e4efdcdd9cc6e23942129d6019dc5895c8bb96acb","replaces":0,"second":"staff-ba9876543210","t":"import","v":1}`,
		"c8aef92766806791a4da681fd95210eef112864d5fcd4812a50ce9e504b67bc8",
	}
}

func TestAnImportLeafHasItsExactBytes(t *testing.T) {
	v := importVector(t)
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

func TestAnAlteredImportLeafIsRefused(t *testing.T) {
	v := importVector(t)
	for name, change := range map[string][2]string{
		"one person twice":         {"staff-ba9876543210", "staff-0123456789ab"},
		"nobody second":            {`"second":"staff-ba9876543210"`, `"second":""`},
		"a name for a pseudonym":   {"staff-0123456789ab", "王"},
		"no platform":              {PlatformHash("样例市业主投票平台").String(), Hash{}.String()},
		"fewer than no ballots":    {`"ballots":2`, `"ballots":-1`},
		"it replaces itself":       {`"replaces":0`, `"replaces":3`},
		"it replaces a later one":  {`"replaces":0`, `"replaces":4`},
		"without the file":         {`"file":"ad64032484bd805aed3747b371c57c0f82a0f27f636de30ca618cd13c40df013",`, ""},
		"with the number of homes": {`"first":`, `"rows":3,"first":`},
	} {
		text := strings.Replace(v.text, change[0], change[1], 1)
		if text == v.text {
			t.Fatalf("%s changes nothing", name)
		}
		if _, b, err := Decode([]byte(LeafPrefix + text + "\n")); b != nil || !errors.Is(err, ErrLeaf) && !errors.Is(err, ErrCanonical) {
			t.Errorf("%s: %v, %v", name, b, err)
		}
	}
	if _, _, err := Decode([]byte(LeafPrefix + strings.Replace(v.text, `"replaces":0`, `"replaces":2`, 1) + "\n")); err != nil {
		t.Errorf("an import that replaces the one above: %v", err)
	}
}

func TestTheLastImportCountsWithExactlyItsBallots(t *testing.T) {
	ballot := Ballot{Channel: lifecycle.Imported, Revision: 1}
	online, sheet := Ballot{Channel: lifecycle.Online, Revision: 1}, Paper{Revision: 1}
	again := Ballot{Channel: lifecycle.Imported, Revision: 2, Supersedes: 2}
	of := func(n, replaces int64) Import { return Import{Ballots: n, Replaces: replaces} }
	for _, test := range []struct {
		name   string
		leaves []Body
		want   int64
		bad    bool
	}{
		{"a log without an import", []Body{Open{}, online, Close{}}, 0, false},
		{"an import below the close", []Body{Open{}, online, Close{}, of(2, 0), ballot, ballot, sheet}, 3, false},
		{"an import that nobody voted in", []Body{Open{}, Close{}, of(0, 0), sheet}, 2, false},
		{"a second import", []Body{Open{}, Close{}, of(1, 0), ballot, sheet, of(2, 2), ballot, ballot, Result{}}, 5, false},
		{"a second import that replaces nothing", []Body{Open{}, Close{}, of(1, 0), ballot, of(1, 0), ballot}, 0, true},
		{"a third one that replaces the first", []Body{Open{}, of(0, 0), of(0, 1), of(0, 1)}, 0, true},
		{"a first one that replaces something", []Body{Open{}, Close{}, of(0, 1)}, 0, true},
		{"a ballot without an import", []Body{Open{}, Close{}, ballot}, 0, true},
		{"a ballot too many", []Body{Open{}, Close{}, of(1, 0), ballot, ballot}, 0, true},
		{"a ballot too few", []Body{Open{}, Close{}, of(2, 0), ballot, sheet}, 0, true},
		{"a ballot too few at the end", []Body{Open{}, Close{}, of(2, 0), ballot}, 0, true},
		{"another leaf among the ballots", []Body{Open{}, Close{}, of(2, 0), ballot, sheet, ballot}, 0, true},
		{"an imported ballot that revises another", []Body{Open{}, Close{}, of(1, 0), again}, 0, true},
	} {
		got, err := EffectiveImport(test.leaves)
		if got != test.want || errors.Is(err, ErrLeaf) != test.bad {
			t.Errorf("%s: %d, %v", test.name, got, err)
		}
	}
}

func TestTwoSheetsKeepWhatIsAlike(t *testing.T) {
	for _, test := range []struct{ name, here, there, want string }{
		{"alike", `{"a":{"mark":"yes"}}`, `{"a":{"mark":"yes"}}`, `{"a":{"mark":"yes"}}`},
		{"different", `{"a":{"mark":"yes"},"b":{"names":["甲 & <乙>"]}}`, `{"a":{"mark":"no"},"b":{"names":["甲 & <乙>"]}}`, `{"a":{"void":"DUP"},"b":{"names":["甲 & <乙>"]}}`},
		{"one of them answers", `{"a":{"mark":"yes"}}`, `{"b":{}}`, `{"a":{"mark":"yes"},"b":{}}`},
		{"blank beside an answer", `{"a":{}}`, `{"a":{"mark":"abstain"}}`, `{"a":{"void":"DUP"}}`},
	} {
		if got, err := AlikeOrVoid(test.here, test.there); got != test.want || err != nil {
			t.Errorf("%s: %s, %v", test.name, got, err)
		}
	}
	if _, err := AlikeOrVoid(`{}`, `[]`); !errors.Is(err, ErrCanonical) {
		t.Errorf("a list: %v", err)
	}
}

package verify

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gongjue/voting/ledger"
)

func TestOnlyTheCanonicalTextOfAValueIsRead(t *testing.T) {
	deep := strings.Repeat("[", 16) + strings.Repeat("]", 16)
	for text, good := range map[string]bool{
		`{}`: true, `[]`: true, `null`: true, `true`: true, `false`: true, `0`: true, `-1`: true, `9223372036854775807`: true,
		`""`: true, `"甲"`: true, `"\"\\\b\t\n\f\r"`: true, `"\u0000\u001f"`: true, `"/"`: true, `{"a":1,"b":[1,2,{"c":null}]}`: true, deep: true,
		``: false, ` {}`: false, `{} `: false, `{"a": 1}`: false, `{"b":1,"a":1}`: false, `{"a":1,"a":1}`: false, `{"a":1,}`: false, `[1,]`: false,
		`{a:1}`: false, `{"a"}`: false, `{"a":}`: false, `{`: false, `[`: false, `[1`: false, `[1 2]`: false, `{"a":1 "b":2}`: false,
		`1.0`: false, `1e3`: false, `-0`: false, `007`: false, `--1`: false, `1-1`: false, `9223372036854775808`: false, `-`: false,
		`"a`: false, `"\u0041"`: false, `"\u000A"`: false, `"\u000a"`: false, `"\u001F"`: false, `"\/"`: false, `"\x"`: false, `"\`: false, `"\u00`: false,
		"\"\n\"": false, "\"\xff\"": false, `nul`: false, `undefined`: false, `'a'`: false, "[" + deep + "]": false,
	} {
		if err := whole([]byte(text)); (err == nil) != good {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func drawValue(t *rapid.T, depth int) any {
	switch n := rapid.IntRange(0, 6).Draw(t, "kind"); {
	case n == 0:
		return nil
	case n == 1:
		return rapid.Bool().Draw(t, "flag")
	case n == 2:
		return rapid.Int64().Draw(t, "number")
	case n <= 4 || depth == 0:
		return rapid.String().Draw(t, "text")
	case n == 5:
		list := make([]any, rapid.IntRange(0, 3).Draw(t, "length"))
		for i := range list {
			list[i] = drawValue(t, depth-1)
		}
		return list
	}
	found := object{}
	for range rapid.IntRange(0, 3).Draw(t, "members") {
		found[rapid.String().Draw(t, "key")] = drawValue(t, depth-1)
	}
	return found
}

// The two writers of canonical JSON know nothing of each other.
func TestWhatTheLedgerWritesIsReadAndWrittenTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := drawValue(t, 4)
		text, err := ledger.Canonical(value)
		if err != nil {
			t.Fatal(err)
		}
		read, err := parse(text)
		if err != nil || string(write(nil, read)) != string(text) {
			t.Fatalf("%s was read as %v: %v", text, read, err)
		}
		if place, _, _ := differ("value", value, read); place != "" {
			t.Fatalf("%s came back different at %s", text, place)
		}
	})
}

func TestWhereTwoDocumentsDifferIsNamed(t *testing.T) {
	for _, c := range []struct{ want, got, place string }{
		{`{"a":[1,{"b":2}]}`, `{"a":[1,{"b":2}]}`, ""},
		{`{"a":[1,{"b":2}]}`, `{"a":[1,{"b":3}]}`, "x.a[1].b"},
		{`{"a":1}`, `{"a":1,"b":2}`, "x.b"},
		{`{"a":1,"b":2}`, `{"a":1}`, "x.b"},
		{`[1]`, `[1,2]`, "x"},
		{`{"a":{}}`, `{"a":[]}`, "x.a"},
		{`{"a":null}`, `{"a":false}`, "x.a"},
	} {
		want, _ := parse([]byte(c.want))
		got, _ := parse([]byte(c.got))
		if place, _, _ := differ("x", want, got); place != c.place {
			t.Errorf("%s against %s: %q, want %q", c.want, c.got, place, c.place)
		}
	}
}

func TestAMomentOfALeafHasOneSpelling(t *testing.T) {
	for text, good := range map[string]bool{"2026-05-01T00:00:00.000+08:00": true, "2026-05-01T00:00:00.000Z": false, "2026-05-01T00:00:00+08:00": false,
		"2026-04-30T16:00:00.000+00:00": false, "2026-05-01T00:00:00,000+08:00": false, "2026-02-30T00:00:00.000+08:00": false} {
		r := open([]byte(`{"at":"` + text + `"}`))
		if at := r.instant("at"); (r.close() == nil) != good || good && at != 1_777_564_800_000 {
			t.Errorf("%s: %d, %v", text, at, r.close())
		}
	}
}

func TestAThresholdIsReachedExactly(t *testing.T) {
	for _, c := range []struct {
		bar         bar
		part, whole int64
		want        bool
	}{
		{bar{2, 3, false}, 2, 3, true}, {bar{2, 3, false}, 66, 100, false}, {bar{2, 3, false}, 67, 100, true},
		{bar{1, 2, true}, 50, 100, false}, {bar{1, 2, true}, 51, 100, true}, {bar{1, 2, true}, 50, 99, true},
		{bar{3, 4, false}, 75, 100, true}, {bar{3, 4, false}, 74, 100, false},
		{bar{1, 2, false}, 0, 0, false}, {bar{1, 2, true}, 1, 0, true},
		{bar{3, 4, false}, 749_999_999_999_999_999, 1_000_000_000_000_000_000, false},
		{bar{3, 4, false}, 750_000_000_000_000_000, 1_000_000_000_000_000_000, true},
	} {
		if got := c.bar.reached(c.part, c.whole); got != c.want {
			t.Errorf("%d of %d against %+v: %v", c.part, c.whole, c.bar, got)
		}
	}
}

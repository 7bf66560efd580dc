package ledger

import (
	"errors"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gongjue/voting"
)

func TestCanonicalHasOneTextForAValue(t *testing.T) {
	announced := true
	for name, c := range map[string]struct {
		value any
		want  string
	}{
		"keys stand in byte order":               {map[string]int{"b": 1, "a": 2, "B": 3, "é": 4, "中": 5}, `{"B":3,"a":2,"b":1,"é":4,"中":5}`},
		"nothing is escaped for HTML":            {"<a href='x'>&</a>", `"<a href='x'>&</a>"`},
		"line separators stand as themselves":    {"\u2028\u2029", "\"\u2028\u2029\""},
		"control characters have short escapes":  {"\b\t\n\f\r", `"\b\t\n\f\r"`},
		"other control characters have long":     {"\x00\x1f", `"\u0000\u001f"`},
		"quotes and backslashes are escaped":     {`"\`, `"\"\\"`},
		"the largest and smallest numbers stand": {[]int64{math.MaxInt64, math.MinInt64}, `[9223372036854775807,-9223372036854775808]`},
		"plane 2 stands as itself":               {"𠮷", `"𠮷"`},
		"empty list, object and nothing":         {[]any{[]int{}, map[string]int{}, nil, true, false}, `[[],{},null,true,false]`},
		"a struct goes by its JSON names": {voting.Policies{VoidParticipates: &announced},
			`{"blank":"","first_meeting":false,"follow_majority":false,"rank":"","run_off":false,"shortfall":"","silence":"","void_participates":true}`},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Canonical(c.value)
			if err != nil || string(got) != c.want {
				t.Errorf("got %s, %v, want %s", got, err, c.want)
			}
		})
	}
}

func TestCanonicalRefusesWhatHasNoForm(t *testing.T) {
	deep := any(1)
	for range maxDepth + 1 {
		deep = []any{deep}
	}
	for name, value := range map[string]any{
		"a fraction":             1.5,
		"a number beyond int64":  uint64(math.MaxInt64) + 1,
		"a channel":              make(chan int),
		"nesting beyond 16":      deep,
		"a float in an exponent": 1e30,
	} {
		if got, err := Canonical(value); !errors.Is(err, ErrCanonical) {
			t.Errorf("%s: got %s, %v", name, got, err)
		}
	}
}

func TestOnlyTheCanonicalTextIsRead(t *testing.T) {
	if _, err := parseCanonical([]byte(`{"a":[1,"x",{"b":null}],"z":-5}`)); err != nil {
		t.Fatalf("the canonical text itself: %v", err)
	}
	for name, text := range map[string]string{
		"a blank":                    `{"a": 1}`,
		"unsorted keys":              `{"b":1,"a":2}`,
		"a key twice":                `{"a":1,"a":1}`,
		"a key twice, once escaped":  `{"a":1,"\u0061":1}`,
		"minus zero":                 `{"a":-0}`,
		"an exponent":                `{"a":1e2}`,
		"a fraction":                 `{"a":1.0}`,
		"a leading zero":             `{"a":01}`,
		"a needless escape":          `{"a":"\/"}`,
		"an escaped letter":          `{"a":"\u4e2d"}`,
		"upper case in an escape":    `{"a":"\u001F"}`,
		"a long escape for a short":  `{"a":"\u000a"}`,
		"invalid UTF-8":              "{\"a\":\"\xff\"}",
		"half a surrogate":           `{"a":"\ud800"}`,
		"something after the value":  `{"a":1}{}`,
		"a newline after the value":  "{\"a\":1}\n",
		"nothing":                    ``,
		"half an object":             `{"a":1`,
		"a comma too many":           `{"a":1,}`,
		"17 levels of nesting":       strings.Repeat("[", 17) + strings.Repeat("]", 17),
		"a very deep nesting":        strings.Repeat("[", 1_000_000),
		"a number larger than int64": `{"a":9223372036854775808}`,
	} {
		if _, err := parseCanonical([]byte(text)); !errors.Is(err, ErrCanonical) {
			t.Errorf("%s was read: %v", name, err)
		}
	}
}

func TestPropertyCanonicalTextIsReadBackAsItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.MapOf(rapid.String(), rapid.SliceOf(rapid.OneOf(
			rapid.Map(rapid.String(), func(s string) any { return s }),
			rapid.Map(rapid.Int64(), func(n int64) any { return n }),
		))).Draw(t, "value")
		text, err := Canonical(value)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parseCanonical(text); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	})
}

func TestPropertyChoicesAreTheSameByHandAndByReflection(t *testing.T) {
	name := rapid.StringN(1, 8, 32)
	mark := rapid.SampledFrom([]voting.Mark{voting.Yes, voting.No, voting.Abstain})
	choice := rapid.OneOf(
		rapid.Just(voting.Choice{}),
		rapid.Map(mark, func(m voting.Mark) voting.Choice { return voting.Choice{Mark: m} }),
		rapid.Map(rapid.MapOf(name, mark), func(e map[string]voting.Mark) voting.Choice { return voting.Choice{Each: e} }),
		rapid.Map(rapid.SliceOfDistinct(name, rapid.ID[string]), func(n []string) voting.Choice { return voting.Choice{Names: n} }),
	)
	rapid.Check(t, func(t *rapid.T) {
		choices := rapid.MapOf(name, choice).Draw(t, "choices")
		got := CanonicalChoices(choices)
		for matter, c := range choices {
			sorted := map[string]bool{}
			for _, n := range c.Names {
				sorted[n] = true
			}
			c.Names = sortedKeys(sorted)
			choices[matter] = c
		}
		want, err := Canonical(choices)
		if err != nil || string(got) != string(want) {
			t.Fatalf("got %s, want %s, %v", got, want, err)
		}
	})
}

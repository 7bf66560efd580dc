package messages

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

func TestEveryCodeHasOneChineseSentence(t *testing.T) {
	shape := regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	seen := map[string]bool{}
	for _, l := range slices.Concat(topics...) {
		if !shape.MatchString(l.code) {
			t.Errorf("%q is not snake_case", l.code)
		}
		if seen[l.code] {
			t.Errorf("%s stands twice", l.code)
		}
		seen[l.code] = true
		if !strings.ContainsFunc(l.text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%s: %q is not Chinese", l.code, l.text)
		}
		if !strings.HasSuffix(l.text, "。") {
			t.Errorf("%s: %q is not a whole sentence", l.code, l.text)
		}
	}
}

func TestTextFindsWhatCodesLists(t *testing.T) {
	for _, code := range Codes() {
		if text, ok := Text(code); !ok || text == "" {
			t.Errorf("%s has no sentence", code)
		}
	}
	if text, ok := Text("no_such_code"); ok {
		t.Errorf("an unknown code says %q", text)
	}
	if !slices.IsSorted(Codes()) {
		t.Error("codes are not sorted")
	}
}

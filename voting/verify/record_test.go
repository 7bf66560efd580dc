package verify

import (
	"strings"
	"testing"
	"time"
)

func TestAMomentHasOneSpelling(t *testing.T) {
	var r record // one for all: what was read before must not show
	read := func(text string) (int64, bool) {
		r.reset([]byte(`{"at":"` + text + `"}`))
		at := r.instant("at")
		return at, r.close() == nil
	}
	for _, text := range []string{"2026-11-20T08:30:00.123+08:00", "2026-11-20T00:00:00.000+08:00", "2026-11-20T23:59:59.999+08:00", "2024-02-29T12:00:00.010+08:00",
		"1970-01-01T08:00:00.000+08:00", "2026-11-20T08:30:00.124+08:00"} {
		want, err := time.Parse(instantForm, text)
		if at, ok := read(text); err != nil || !ok || at != want.UnixMilli() {
			t.Errorf("%s is read as %d, %v, want %d, %v", text, at, ok, want.UnixMilli(), err)
		}
	}
	const good = "2026-11-20T08:30:00.123+08:00"
	for _, change := range [][2]string{{"T08", "T24"}, {":30:", ":60:"}, {":00.", ":60."}, {".123", ".12x"}, {".123", ".1x3"}, {".123", ".x23"}, {".123", ",123"},
		{"T", "t"}, {"T", " "}, {"+08:00", "+00:00"}, {"+08:00", "Z"}, {"11-20", "11-31"}, {"11-20", "13-20"}, {"2026-02", ""}, {"2026", "+026"}, {"08:30", "8:300"},
		{"08:30", "-8:30"}, {"08:30", "08-30"}, {".123+08:00", ".1234+08:0"}} {
		text := strings.Replace(good, change[0], change[1], 1)
		if at, ok := read(text); text != good && ok {
			t.Errorf("%s is read as %d", text, at)
		}
	}
}

func TestAHashHasOneSpelling(t *testing.T) {
	digits := strings.Repeat("0f9a", 16)
	if h, ok := parseHash([]byte(digits)); !ok || h.String() != digits {
		t.Errorf("%s is read as %s, %v", digits, h, ok)
	}
	for _, text := range []string{strings.ToUpper(digits), digits[1:], digits + "0", "g" + digits[1:], digits[:63] + "G", digits[:63] + "\x00", ""} {
		if h, ok := parseHash([]byte(text)); ok {
			t.Errorf("%q is read as %s", text, h)
		}
	}
}

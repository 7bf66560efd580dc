package ledger

import (
	"bytes"
	"errors"
	"testing"
)

// byTheLibrary is parseCanonical with the standard library's reader.
func byTheLibrary(text []byte) ([]byte, error) {
	tree, err := parse(text)
	if err != nil {
		return nil, err
	}
	again, err := appendValue(nil, tree)
	if err == nil && !bytes.Equal(again, text) {
		err = ErrCanonical
	}
	return again, err
}

// FuzzScan: the quick reader takes exactly what the library's reader takes, and reads the same.
func FuzzScan(f *testing.F) {
	for _, seed := range []string{
		`{}`, `[]`, `{"a":1,"b":[true,false,null,"x"],"c":{"d":-5}}`, `"\"\\\b\t\n\f\r\u0001\u001f"`, `"\u0041"`, `"\x41"`, `"\/"`, `-0`, `007`, `1.5`, `1e3`,
		`9223372036854775807`, `9223372036854775808`, `{"b":1,"a":2}`, `{"a":1,"a":2}`, `{"a":1,}`, `[1,]`, `[1 ]`, ` 1`, `1 `, `tru`, `"a`, `"\`, `{"a"}`, `{"a":}`,
		`{1:2}`, "\"\x01\"", "\"\xff\"", "\"\\n\xff\"", `[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]`, `[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]`, `"王甲"`, "\"\u2028\"", `"\ud83d\ude00"`, `-`, `--1`, ``,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		want, refused := byTheLibrary(text)
		tree, err := parseCanonical(text)
		if (err == nil) != (refused == nil) || (err != nil && !errors.Is(err, ErrCanonical)) {
			t.Fatalf("%q: %v, the library %v", text, err, refused)
		}
		if err != nil {
			return
		}
		if got, err := appendValue(nil, tree); err != nil || !bytes.Equal(got, want) {
			t.Fatalf("%q read as %q, %v", text, got, err)
		}
	})
}

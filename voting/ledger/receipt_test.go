package ledger

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gongjue/voting"
)

func TestACodeIsReadAsPeopleTypeIt(t *testing.T) {
	want := Receipt{0x99, 0xee, 0xf1, 0x51, 0x3a, 0xee, 0x08, 0xd4, 0x47, 0x6c}
	for name, text := range map[string]string{
		"as printed":            "K7QF-2M9T-XR4D-8HVC-2",
		"in lower case":         "k7qf-2m9t-xr4d-8hvc-2",
		"without dashes":        "K7QF2M9TXR4D8HVC2",
		"with blanks":           " K7QF 2M9T\tXR4D 8HVC 2\r\n",
		"in full width":         "Ｋ７ＱＦ－２Ｍ９Ｔ－ＸＲ４Ｄ－８ＨＶＣ－２",
		"with full-width blank": "K7QF\u30002M9T\u3000XR4D\u30008HVC\u30002",
		"with long dashes":      "K7QF—2M9T–XR4D—8HVC—2",
	} {
		if got, err := ParseReceipt(text); err != nil || got != want {
			t.Errorf("%s: %v, %v", name, got, err)
		}
		if got, err := ParseSerial(text); err != nil || got != Serial(want) {
			t.Errorf("%s as serial: %v, %v", name, got, err)
		}
	}
	zeroOne := Receipt{0x00, 0x42, 0x10, 0x84, 0x21, 0x08, 0x42, 0x10, 0x84, 0x21}
	printed := zeroOne.String()
	if !strings.HasPrefix(printed, "0111-1111-1111-1111-") {
		t.Fatalf("printed %s", printed)
	}
	for _, text := range []string{"OIIl-LiL1-1111-1111-", "oIlL-1111-IIII-llll-"} {
		if got, err := ParseReceipt(text + printed[len(printed)-1:]); err != nil || got != zeroOne {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
}

func TestACodeThatIsNoneIsRefusedWithoutRepeatingIt(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":             "",
		"no check symbol":     "K7QF-2M9T-XR4D-8HVC",
		"a wrong check":       "K7QF-2M9T-XR4D-8HVC-3",
		"one symbol too many": "K7QF-2M9T-XR4D-8HVC-22",
		"the letter U":        "U7QF-2M9T-XR4D-8HVC-2",
		"a Chinese character": "七7QF-2M9T-XR4D-8HVC-2",
		"invalid UTF-8":       "\xff7QF-2M9T-XR4D-8HVC-2",
		"a very long text":    strings.Repeat("K", 1_000_000),
	} {
		var refusal *voting.Refusal
		if _, err := ParseReceipt(text); !errors.As(err, &refusal) || refusal.Code != CodeMistyped || refusal.Field != "receipt" {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := ParseSerial(text); !errors.As(err, &refusal) || refusal.Code != CodeMistyped || refusal.Field != "serial" {
			t.Errorf("%s as serial: %v", name, err)
		}
	}
}

func TestPropertyTheCheckSymbolFindsOneWrongSymbolAndEveryExchange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := Receipt(rapid.SliceOfN(rapid.Byte(), 10, 10).Draw(t, "code"))
		symbols := []byte(strings.ReplaceAll(code.String(), "-", ""))
		if got, err := ParseReceipt(string(symbols)); err != nil || got != code {
			t.Fatalf("%s: %v", code, err)
		}
		for i := range symbols {
			right := symbols[i]
			for _, wrong := range []byte(crockford) {
				symbols[i] = wrong
				if _, err := ParseReceipt(string(symbols)); (err == nil) != (wrong == right) {
					t.Fatalf("%s read: %v", symbols, err)
				}
			}
			symbols[i] = right
			for j := range i {
				symbols[i], symbols[j] = symbols[j], symbols[i]
				if _, err := ParseReceipt(string(symbols)); (err == nil) != (symbols[i] == symbols[j]) {
					t.Fatalf("%s with %d and %d exchanged: %v", symbols, i, j, err)
				}
				symbols[i], symbols[j] = symbols[j], symbols[i]
			}
		}
	})
}

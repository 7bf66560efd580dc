package vault

import (
	"errors"
	"strings"
	"testing"
)

func TestOneTimeCodesHaveTheirDigitsAndAreSpreadEvenly(t *testing.T) {
	for _, digits := range []int{6, 8} {
		var counts [8][10]int
		const drawn = 20_000
		for range drawn {
			code, err := NewOneTimeCode(digits)
			if err != nil || len(code) != digits || strings.Trim(code, "0123456789") != "" {
				t.Fatalf("%d digits: %d characters, %v", digits, len(code), err)
			}
			for i, c := range code {
				counts[i][c-'0']++
			}
		}
		// The expected count is 2,000 with a deviation of 42; 400 is more than nine deviations away.
		for i := range digits {
			for digit, n := range counts[i] {
				if n < 1600 || n > 2400 {
					t.Errorf("%d digits: %d stands %d times at place %d", digits, digit, n, i)
				}
			}
		}
	}
	for _, digits := range []int{-1, 0, 5, 7, 9} {
		if code, err := NewOneTimeCode(digits); !errors.Is(err, ErrDigits) || code != "" {
			t.Errorf("%d digits: %v", digits, err)
		}
	}
}

func TestAOneTimeCodeIsGoodForWhatItWasBoundToOnly(t *testing.T) {
	k := testKeys(t)
	to := CodeBinding{Meeting: "m1", Voter: "v1", Owner: "o1", Act: "vote", Session: "s1"}
	stored := k.CodeMAC(to, "012345")
	if !k.CheckCode(to, "012345", stored) {
		t.Fatal("the code itself is refused")
	}
	for name, ok := range map[string]bool{
		"another code":     k.CheckCode(to, "012346", stored),
		"a digit less":     k.CheckCode(to, "12345", stored),
		"another meeting":  k.CheckCode(CodeBinding{"m2", "v1", "o1", "vote", "s1"}, "012345", stored),
		"another voter":    k.CheckCode(CodeBinding{"m1", "v2", "o1", "vote", "s1"}, "012345", stored),
		"another owner":    k.CheckCode(CodeBinding{"m1", "v1", "o2", "vote", "s1"}, "012345", stored),
		"another act":      k.CheckCode(CodeBinding{"m1", "v1", "o1", "phone", "s1"}, "012345", stored),
		"another session":  k.CheckCode(CodeBinding{"m1", "v1", "o1", "vote", "s2"}, "012345", stored),
		"the parts moved":  k.CheckCode(CodeBinding{"m1v", "1", "o1", "vote", "s1"}, "012345", stored),
		"a digit moved":    k.CheckCode(CodeBinding{"m1", "v1", "o1", "vote", "s10"}, "12345", stored),
		"nothing stored":   k.CheckCode(to, "012345", nil),
		"half of the MAC":  k.CheckCode(to, "012345", stored[:16]),
		"other keys":       otherKeys(t).CheckCode(to, "012345", stored),
		"a MAC of no code": k.CheckCode(to, "", stored),
	} {
		if ok {
			t.Errorf("%s is accepted", name)
		}
	}
}

func TestABodyIsKnownAgainWithItsKeyOnly(t *testing.T) {
	k := testKeys(t)
	stored := k.BodyMAC("m1", "v1", "key", []byte("{}"))
	if !k.SameBody("m1", "v1", "key", []byte("{}"), stored) {
		t.Fatal("the body itself is not known again")
	}
	for name, same := range map[string]bool{
		"another body":    k.SameBody("m1", "v1", "key", []byte("{ }"), stored),
		"another key":     k.SameBody("m1", "v1", "kez", []byte("{}"), stored),
		"another voter":   k.SameBody("m1", "v2", "key", []byte("{}"), stored),
		"another meeting": k.SameBody("m2", "v1", "key", []byte("{}"), stored),
		"the parts moved": k.SameBody("m1", "v1k", "ey", []byte("{}"), stored),
		"other keys":      otherKeys(t).SameBody("m1", "v1", "key", []byte("{}"), stored),
	} {
		if same {
			t.Errorf("%s is taken for it", name)
		}
	}
}

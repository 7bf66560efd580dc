package ledger

import (
	"strings"

	"gongjue/voting"
)

// CodeMistyped refuses a receipt code or sheet serial that was not read or typed right.
const CodeMistyped voting.Code = "code_mistyped"

// Codes lists every refusal code of this package.
var Codes = []voting.Code{CodeMistyped, CodeCardMistyped, CodeCardForeign}

// Receipt is the code of a receipt (回执): 80 bits. Printed it is 16 symbols of Crockford's base32 in
// groups of four, then one check symbol in a group of its own: "K7QF-2M9T-XR4D-8HVC-2". The check symbol
// comes from the same 32 symbols, not from Crockford's 37, which include * ~ $ = that nobody can dictate.
// It is the sum of αⁱ·dᵢ in GF(32) (polynomial x⁵+x²+1, α = 2, i = 1…16), which finds every single wrong
// symbol and every exchange of two symbols, neighbours or not.
type Receipt [10]byte

// Serial is the serial number of a paper sheet (表决票), printed in the same form as a Receipt.
type Serial [10]byte

// String prints the code with its check symbol.
func (r Receipt) String() string { return printCode(r) }

// String prints the serial with its check symbol.
func (s Serial) String() string { return printCode(s) }

// ParseReceipt reads a code as people type it: in either case, with blanks or dashes anywhere, in full
// width, O for 0, I and L for 1. It refuses with code_mistyped.
func ParseReceipt(text string) (Receipt, error) {
	code, ok := parseCode(text)
	if !ok {
		return Receipt{}, &voting.Refusal{Code: CodeMistyped, Field: "receipt"}
	}
	return code, nil
}

// ParseSerial reads a serial as ParseReceipt reads a code.
func ParseSerial(text string) (Serial, error) {
	code, ok := parseCode(text)
	if !ok {
		return Serial{}, &voting.Refusal{Code: CodeMistyped, Field: "serial"}
	}
	return code, nil
}

// crockford are the symbols in the order of their values: no I, L, O, U.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const (
	codeSymbols = 16
	groupSize   = 4
)

func printCode(code [10]byte) string {
	digits := split(code)
	return printGroups(append(digits[:], checkDigit(digits[:])))
}

// printGroups prints symbols in groups of four.
func printGroups(digits []byte) string {
	var text strings.Builder
	for i, digit := range digits {
		if i > 0 && i%groupSize == 0 {
			text.WriteByte('-')
		}
		text.WriteByte(crockford[digit])
	}
	return text.String()
}

func parseCode(text string) ([10]byte, bool) {
	digits, whole := typedDigits(text, codeSymbols+1)
	if !whole || len(digits) != codeSymbols+1 || digits[codeSymbols] != checkDigit(digits[:codeSymbols]) {
		return [10]byte{}, false
	}
	return join([codeSymbols]byte(digits)), true
}

// typedDigits reads symbols as people type them, up to the first that is none or one too many: then they are not whole.
func typedDigits(text string, most int) (digits []byte, whole bool) {
	for _, r := range text {
		if r >= '！' && r <= '～' {
			r -= '！' - '!' // full width, as Chinese keyboards type it
		}
		if strings.ContainsRune(" \t\r\n\u00a0\u3000-–—", r) {
			continue
		}
		digit, ok := symbolValue(r)
		if !ok || len(digits) == most {
			return digits, false
		}
		digits = append(digits, digit)
	}
	return digits, true
}

func symbolValue(r rune) (byte, bool) {
	if r >= 'a' && r <= 'z' {
		r -= 'a' - 'A'
	}
	switch r {
	case 'O':
		r = '0'
	case 'I', 'L':
		r = '1'
	}
	value := strings.IndexRune(crockford, r)
	return byte(max(value, 0)), value >= 0
}

// split cuts 80 bits into 16 digits of five, most significant first; join is its inverse.
func split(code [10]byte) (digits [codeSymbols]byte) {
	for i := range digits {
		digits[i] = cut(code[:], i*5)
	}
	return digits
}

func join(digits [codeSymbols]byte) (code [10]byte) {
	for i, digit := range digits {
		put(code[:], i*5, digit)
	}
	return code
}

// cut gives the five bits that begin at a bit, most significant first; put sets them where there are zeros.
func cut(code []byte, from int) (digit byte) {
	for bit := from; bit < from+5; bit++ {
		digit = digit<<1 | code[bit/8]>>(7-bit%8)&1
	}
	return digit
}

func put(code []byte, from int, digit byte) {
	for k := range 5 {
		bit := from + k
		code[bit/8] |= digit >> (4 - k) & 1 << (7 - bit%8)
	}
}

// checkDigit is Horner's rule from the last digit: ((d₁₆·α + d₁₅)·α + …)·α.
func checkDigit(digits []byte) byte {
	sum := byte(0)
	for i := len(digits) - 1; i >= 0; i-- {
		sum = timesAlpha(sum ^ digits[i])
	}
	return sum
}

// timesAlpha multiplies by x in GF(32).
func timesAlpha(digit byte) byte {
	digit <<= 1
	if digit&32 != 0 {
		digit ^= 0b100101
	}
	return digit
}

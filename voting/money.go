package voting

import (
	"errors"
	"strconv"
	"strings"
)

// Money is an amount in whole fen (分); 1 yuan = 100 fen.
type Money int64

// ErrMoney says that a text is not an amount: 1–12 digits of yuan, with or without commas between thousands, then
// optionally a dot and 1–2 digits.
var ErrMoney = errors.New("not an amount in yuan with at most two decimals")

// ParseMoney reads decimal yuan exactly. A sign, a third decimal, or a comma that does not part thousands is ErrMoney.
func ParseMoney(text string) (Money, error) {
	whole, _, _ := strings.Cut(text, ".")
	if parts := strings.Split(whole, ","); len(parts) > 1 {
		for i, part := range parts {
			if len(part) != 3 && (i > 0 || len(part) > 3) || part == "" {
				return 0, ErrMoney
			}
		}
		text = strings.Join(parts, "") + strings.TrimPrefix(text, whole)
	}
	fen, ok := decimal(text, 12, 2)
	if !ok {
		return 0, ErrMoney
	}
	return Money(fen), nil
}

// String prints yuan with commas between thousands and two decimals.
func (m Money) String() string {
	sign, fen := "", int64(m)
	if fen < 0 {
		sign, fen = "-", -fen
	}
	whole := strconv.FormatInt(fen/100, 10)
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	return sign + whole + "." + strconv.FormatInt(100+fen%100, 10)[1:]
}

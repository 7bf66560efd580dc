package voting

import (
	"errors"
	"strconv"
	"strings"
)

// Area is an exclusive floor area (专有部分面积) in whole square centimetres; 1 m² = 10,000 cm².
type Area int64

// cm2PerM2 is the number of square centimetres in one square metre.
const cm2PerM2 = 10_000

// ErrArea says that a text is not an area: 1–8 digits, then optionally a dot and 1–4 digits, in m².
var ErrArea = errors.New("not an area in square metres with at most four decimals")

// ParseArea reads decimal square metres exactly. A sign, a blank, a second dot, a fifth decimal or a
// ninth digit before the dot is ErrArea: rounding a title deed is never this program's business.
func ParseArea(text string) (Area, error) {
	cm2, ok := decimal(text, 8, 4)
	if !ok {
		return 0, ErrArea
	}
	return Area(cm2), nil
}

// decimal reads at most so many digits before the dot and so many after it, as whole units of the last of those; a sign, a
// blank, another dot or a dot without digits behind it is none.
func decimal(text string, digits, decimals int) (units int64, ok bool) {
	whole, fraction, dotted := strings.Cut(text, ".")
	if len(whole) < 1 || len(whole) > digits || len(fraction) > decimals || (dotted && fraction == "") {
		return 0, false
	}
	for _, r := range whole + fraction + strings.Repeat("0", decimals-len(fraction)) {
		if r < '0' || r > '9' {
			return 0, false
		}
		units = units*10 + int64(r-'0')
	}
	return units, true
}

// String prints square metres with at least two decimals; zeros beyond the second are dropped.
func (a Area) String() string {
	sign, cm2 := "", int64(a)
	if cm2 < 0 {
		sign, cm2 = "-", -cm2
	}
	fraction := strconv.FormatInt(cm2PerM2+cm2%cm2PerM2, 10)[1:]
	for len(fraction) > 2 && fraction[len(fraction)-1] == '0' {
		fraction = fraction[:len(fraction)-1]
	}
	return sign + strconv.FormatInt(cm2/cm2PerM2, 10) + "." + fraction
}

// Weight is what every count is counted in: heads (投票权人数) and area, always both.
type Weight struct {
	Heads int64 `json:"heads"`
	Area  Area  `json:"area_cm2"`
}

// Plus adds the other weight in both measures.
func (w Weight) Plus(other Weight) Weight {
	return Weight{w.Heads + other.Heads, w.Area + other.Area}
}

// Minus subtracts the other weight in both measures.
func (w Weight) Minus(other Weight) Weight {
	return Weight{w.Heads - other.Heads, w.Area - other.Area}
}

// In gives the weight in one dimension: heads, or square centimetres.
func (w Weight) In(d Dimension) int64 {
	if d == ByArea {
		return int64(w.Area)
	}
	return w.Heads
}

// Dimension is one of the two measures of every majority (民法典第278条第2款).
type Dimension string

// The dimensions, in the order in which steps are listed.
const (
	ByHeads Dimension = "heads"
	ByArea  Dimension = "area"
)

// Dimensions lists both measures in the order of the steps.
var Dimensions = []Dimension{ByHeads, ByArea}

package voting

import (
	"fmt"
	"math/bits"
)

// Threshold is a share that a part of a whole must reach: 过半数 is {1, 2, strict}, 三分之二以上 is
// {2, 3, not strict}. 以上 includes the number itself (民法典第1259条), 过半数 does not.
type Threshold struct {
	Num    int64 `json:"num"`
	Den    int64 `json:"den"`
	Strict bool  `json:"strict"`
}

// The thresholds of 民法典第278条第2款.
var (
	TwoThirds     = Threshold{Num: 2, Den: 3}
	OverHalf      = Threshold{Num: 1, Den: 2, Strict: true}
	ThreeQuarters = Threshold{Num: 3, Den: 4}
)

// Need is the smallest integer k ≥ 1 (heads, or cm²) that meets the threshold of the whole, whole ≥ 0.
func (t Threshold) Need(whole int64) int64 {
	hi, lo := bits.Mul64(uint64(t.Num), uint64(whole))
	quotient, rest := bits.Div64(hi, lo, uint64(t.Den))
	k := int64(quotient)
	if rest > 0 || t.Strict {
		k++
	}
	return max(k, 1)
}

// Met tells whether part reaches the threshold of whole. Nothing is reached by an empty part.
func (t Threshold) Met(part, whole int64) bool { return part >= t.Need(whole) }

// String prints the fraction, such as "2/3".
func (t Threshold) String() string { return fmt.Sprintf("%d/%d", t.Num, t.Den) }

// Share prints part of whole in percent, half-up to two decimals, without the percent sign; "0.00" when
// the whole is 0. It is for printing only: every test is decided on the fraction (domain trap 3).
func Share(part, whole int64) string {
	if whole <= 0 {
		return "0.00"
	}
	hi, lo := bits.Mul64(20_000, uint64(part))
	lo, carry := bits.Add64(lo, uint64(whole), 0)
	hundredths, _ := bits.Div64(hi+carry, lo, 2*uint64(whole))
	return fmt.Sprintf("%d.%02d", hundredths/100, hundredths%100)
}

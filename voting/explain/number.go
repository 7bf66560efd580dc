package explain

import (
	"strconv"
	"strings"

	"gongjue/voting"
)

// Count prints a whole number with thousands separated: 1,234.
func Count(n int64) string {
	if n < 0 {
		return "-" + Count(-n)
	}
	return grouped(strconv.FormatInt(n, 10))
}

// SquareMetres prints an area with its exact decimals and thousands separated, without a unit: 73,103.50.
func SquareMetres(a voting.Area) string {
	text, sign := a.String(), ""
	if strings.HasPrefix(text, "-") {
		text, sign = text[1:], "-"
	}
	whole, fraction, _ := strings.Cut(text, ".")
	return sign + grouped(whole) + "." + fraction
}

func grouped(digits string) string {
	var out strings.Builder
	for i, digit := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out.WriteByte(',')
		}
		out.WriteRune(digit)
	}
	return out.String()
}

// Threshold says a threshold in the words of the law: 过半数, 不少于三分之二, 超过三分之一.
func Threshold(t voting.Threshold) string {
	switch {
	case t == voting.OverHalf:
		return "过半数"
	case t.Strict:
		return "超过" + fraction(t)
	}
	return "不少于" + fraction(t)
}

// shareOf says a threshold as the Code does after 面积占比: 三分之二以上, 过半数.
func shareOf(t voting.Threshold) string {
	if t.Strict {
		return Threshold(t)
	}
	return fraction(t) + "以上"
}

// missed says that a threshold was not reached: 未达三分之二, 未过半数.
func missed(t voting.Threshold) string {
	switch {
	case t == voting.OverHalf:
		return "未过半数"
	case t.Strict:
		return "未超过" + fraction(t)
	}
	return "未达" + fraction(t)
}

func fraction(t voting.Threshold) string { return numeral(t.Den) + "分之" + numeral(t.Num) }

// numeral writes 1 to 100, the range of every threshold.
func numeral(n int64) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch tens, ones := n/10, digits[n%10]; {
	case n == 100:
		return "百"
	case tens == 0:
		return ones
	case tens == 1:
		return "十" + ones
	default:
		return digits[tens] + "十" + ones
	}
}

// figure prints a quantity in one measure without its unit.
func figure(n int64, d voting.Dimension) string {
	if d == voting.ByArea {
		return SquareMetres(voting.Area(n))
	}
	return Count(n)
}

// amount prints a quantity in one measure with its unit: 12 人, 34.50㎡.
func amount(n int64, d voting.Dimension) string {
	if d == voting.ByArea {
		return figure(n, d) + "㎡"
	}
	return figure(n, d) + " 人"
}

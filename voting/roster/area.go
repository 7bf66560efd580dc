package roster

import (
	"strings"

	"gongjue/voting"
)

// areaUnits are the ways in which a cell repeats the unit of the column; the longest first.
var areaUnits = []string{"平方米", "平米", "㎡", "m²", "M²", "m2", "M2", "m^2", "平"}

// readArea reads an area cell. The code is empty, or says which error keeps the unit out.
func readArea(cell string) (voting.Area, Code) {
	text := compact(cell)
	for _, unit := range areaUnits {
		if rest, found := strings.CutSuffix(text, unit); found {
			text = rest
			break
		}
	}
	if text == "" {
		return 0, AreaMissing
	}
	negative := strings.HasPrefix(text, "-")
	text = withoutThousands(strings.TrimPrefix(text, "-"))
	whole, fraction, dotted := strings.Cut(text, ".")
	// 89.5000000 is exact with four decimals; zeros that say nothing are the only thing ever dropped.
	if dotted && len(fraction) > 4 && isDigits(whole) && isDigits(fraction) {
		fraction = strings.TrimRight(fraction[4:], "0")
		if fraction != "" {
			return 0, AreaTooPrecise
		}
		text = text[:len(whole)+5]
	}
	area, err := voting.ParseArea(text)
	switch {
	case err != nil:
		return 0, AreaNotANumber
	case negative || area == 0:
		return 0, AreaNotPositive
	}
	return area, ""
}

// withoutThousands drops the commas of 1,234.56 and leaves every other use of a comma as the error it is:
// 89,5 is 89.5 to some and 895 to others.
func withoutThousands(text string) string {
	whole, _, _ := strings.Cut(text, ".")
	groups := strings.Split(whole, ",")
	if len(groups) < 2 || len(groups[0]) < 1 || len(groups[0]) > 3 {
		return text
	}
	for _, group := range groups[1:] {
		if len(group) != 3 {
			return text
		}
	}
	return strings.Join(groups, "") + text[len(whole):]
}

// The areas beyond which a person is asked whether a figure slipped, in cm²: a dwelling below 8 m² or
// above 2,000 m², anything else below 1 m² or above 100,000 m².
const (
	leastDwelling, mostDwelling voting.Area = 8 * 10_000, 2_000 * 10_000
	leastOther, mostOther       voting.Area = 10_000, 100_000 * 10_000
)

func implausible(usage string, area voting.Area) bool {
	if usage == UsageDwelling {
		return area < leastDwelling || area > mostDwelling
	}
	return area < leastOther || area > mostOther
}

// readAreaSource reads the source of an area; an unknown text is "not stated".
func readAreaSource(cell string) AreaSource {
	text := compact(cell)
	switch {
	case strings.Contains(text, "登记") || strings.Contains(text, "产权证") || strings.Contains(text, "房产证"):
		return Register
	case strings.Contains(text, "测绘") || strings.Contains(text, "实测"):
		return Survey
	case strings.Contains(text, "合同"):
		return Contract
	}
	return ""
}

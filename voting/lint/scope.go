package lint

import (
	"regexp"
	"slices"
	"strings"

	"gongjue/voting"
)

const number = `[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3}|[A-Za-z]`

var (
	buildings = regexp.MustCompile(`(` + number + `)\s*(?:号楼|栋|幢|座|#楼)`)
	stairs    = regexp.MustCompile(`(` + number + `)\s*单元`)
	lifts     = regexp.MustCompile(`电梯|单元门|门禁对讲`)
	whole     = regexp.MustCompile(`全小区|整个小区|全体楼|所有楼|各楼|各栋|各幢|全部楼|全部电梯|所有电梯|全部单元|所有单元|各单元`)
)

// plainNumber writes a house number in one way: ３, 三 and 3 are one building.
func plainNumber(text string) string {
	var out strings.Builder
	for _, r := range text {
		switch {
		case r >= '０' && r <= '９':
			out.WriteRune(r - '０' + '0')
		default:
			out.WriteRune(r)
		}
	}
	plain := strings.ToUpper(out.String())
	if value := chineseNumber(plain); value > 0 {
		return decimal(value)
	}
	return strings.TrimLeft(plain, "0")
}

// chineseNumber reads 一 to 九十九; 0 for anything else.
func chineseNumber(text string) int {
	tens, ones, ten := 0, 0, false
	for _, r := range text {
		digit := strings.IndexRune("一二三四五六七八九", r)
		switch {
		case r == '十' && !ten:
			tens, ones, ten = max(ones, 1), 0, true
		case digit >= 0 && ones == 0:
			ones = digit/len("一") + 1
		default:
			return 0
		}
	}
	return tens*10 + ones
}

func decimal(n int) string {
	if n >= 10 {
		return string(rune('0'+n/10)) + string(rune('0'+n%10))
	}
	return string(rune('0' + n))
}

// numbersIn lists the different numbers that stand before the word.
func numbersIn(word *regexp.Regexp, text string) []string {
	var numbers []string
	for _, match := range word.FindAllStringSubmatch(text, -1) {
		if n := plainNumber(match[1]); !slices.Contains(numbers, n) {
			numbers = append(numbers, n)
		}
	}
	return numbers
}

// checkScope compares the places of the text with the scope of the vote.
func checkScope(_ Draft, m Matter) []Finding {
	item, words, scope := m.Rule.Item, m.words(), m.Rule.Scope
	forAll := m.Rule.Kind == voting.Election || (m.Rule.Kind != voting.Consult && item >= 1 && item <= voting.FirmItem)
	if forAll {
		if len(scope) > 0 {
			return []Finding{finding(ScopeTooNarrow)}
		}
		return nil
	}
	var found []Finding
	inText, inScope := numbersIn(buildings, words), numbersIn(buildings, strings.Join(scope, " "))
	switch {
	case len(scope) == 0 && len(inText) > 0 && !whole.MatchString(words):
		found = append(found, finding(ScopeTooWide, strings.Join(buildings.FindAllString(words, -1), "、")))
	case len(scope) > 0 && len(inScope) > 0 && !sameNumbers(inText, inScope):
		found = append(found, finding(ScopeNotInText, "范围是"+strings.Join(scope, "、")))
	}
	stairScope := slices.ContainsFunc(scope, func(place string) bool { return strings.Contains(place, "/") })
	stairText := lifts.MatchString(words) || stairs.MatchString(words)
	if stairText && !stairScope && !whole.MatchString(words) {
		found = append(found, finding(StairMissing))
	}
	return found
}

func sameNumbers(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

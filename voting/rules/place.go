package rules

import (
	"strings"
	"unicode/utf8"
)

// regionEnds are the last characters of regions below a city.
const regionEnds = "区县市旗"

// lies tells whether a community's place lies in a region, such as "山东省/潍坊市". The place is what the
// operator typed for the community: names joined by slashes or spaces or simply run together, and the
// province may be left out, because no two cities have one name. A district alone names no city and lies
// nowhere.
func lies(place, region string) bool {
	names := strings.Split(region, "/")
	for i := range names {
		if begins(place, names[i:]) {
			return true
		}
	}
	return false
}

// begins eats the names one after the other; what is left must begin a name of its own.
func begins(place string, names []string) bool {
	rest := strings.TrimSpace(place)
	for _, name := range names {
		var found bool
		if rest, found = strings.CutPrefix(strings.TrimLeft(rest, separators), name); !found {
			return false
		}
	}
	next, _, _ := strings.Cut(strings.Map(slashed, rest), "/")
	last, _ := utf8.DecodeLastRuneInString(next)
	return next == "" || strings.ContainsRune(regionEnds, last)
}

// slashed turns every separator into a slash.
func slashed(r rune) rune {
	if strings.ContainsRune(separators, r) {
		return '/'
	}
	return r
}

// separators stand between the names of a place.
const separators = "/／ 　"

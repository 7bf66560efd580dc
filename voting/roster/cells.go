package roster

import "strings"

// HeadingOf tells which field of a roster a column name is beyond doubt; other files that list homes (the result
// of a city's voting platform) name their columns alike.
func HeadingOf(cell string) (Field, bool) {
	field, exact := fieldOf(cell)
	return field, exact
}

// Plain is a cell that holds a code or a word of a list, and no name: half-width, without any blank.
func Plain(cell string) string { return compact(cell) }

// Unreadable tells whether a cell holds what nobody can see, or a character that was lost on the way.
func Unreadable(cell string) bool { return hidden(cell) || strings.ContainsRune(cell, '\uFFFD') }

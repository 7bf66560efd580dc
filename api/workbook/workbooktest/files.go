package workbooktest

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"gongjue/api/workbook"
)

// File is a file that was built to harm, or that came about by accident and looks like it.
type File struct {
	Name   string                    // what is wrong with it
	Upload string                    // the name under which somebody sends it
	Make   func(t testing.TB) []byte // builds it when it is its turn: some are large
	Code   workbook.Code             // the refusal; empty: it is read, and no unit of it counts
}

// Files are all of them.
func Files() []File { return slices.Concat(Zips, Markup, Sheets, Texts, Disguises) }

func text(data string) func(testing.TB) []byte {
	return func(testing.TB) []byte { return []byte(data) }
}

func rows(xml string, more ...Part) func(testing.TB) []byte {
	return func(t testing.TB) []byte { return Book(t, xml, more...) }
}

// replaced is an honest book with one of its parts exchanged.
func replaced(name, with string) func(testing.TB) []byte {
	return func(t testing.TB) []byte {
		parts := []Part{{Name: "[Content_Types].xml", Text: Types}, {Name: "_rels/.rels", Text: RootRels},
			{Name: "xl/workbook.xml", Text: BookXML}, {Name: "xl/_rels/workbook.xml.rels", Text: BookRels},
			{Name: "xl/worksheets/sheet1.xml", Text: SheetHead + Header + SheetTail}}
		for i := range parts {
			if parts[i].Name == name {
				parts[i].Text = with
				return Pack(t, parts...)
			}
		}
		return Pack(t, append(parts, Part{Name: name, Text: with})...)
	}
}

// later builds a large file only when it is its turn.
func later(build func() func(testing.TB) []byte) func(testing.TB) []byte {
	return func(t testing.TB) []byte { return build()(t) }
}

// varied repeats a text so that it packs at less than a hundred to one: most bombs hide behind a modest ratio.
func varied(n int, one func(i int) string) string {
	var out strings.Builder
	out.Grow(32 * n)
	for i := range n {
		out.WriteString(one(i))
	}
	return out.String()
}

// odd is a number that looks like chance.
func odd(i int) string { return strconv.Itoa(i * 7919 % 99991) }

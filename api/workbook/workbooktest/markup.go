package workbooktest

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"gongjue/api/workbook"
)

var laughs = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "haha">]` + varied(9, func(i int) string {
	return fmt.Sprintf(`<!ENTITY %c "%s">`, 'b'+rune(i), strings.Repeat("&"+string('a'+rune(i))+";", 10))
}) + `]>`

const plainHead = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`

func sheet(xml string) func(testing.TB) []byte { return replaced("xl/worksheets/sheet1.xml", xml) }

// Markup are honest zips with XML that has no place in a spreadsheet.
var Markup = []File{
	{Name: "a billion laughs", Upload: "a.xlsx", Code: workbook.FileHostile, Make: sheet(laughs + plainHead + `<row r="1">` + Cell("A1", "&j;") + `</row></sheetData></worksheet>`)},
	{Name: "a billion laughs among the strings", Upload: "a.xlsx", Code: workbook.FileHostile, Make: rows(Header, Part{Name: "xl/sharedStrings.xml", Text: laughs + `<sst><si><t>&j;</t></si></sst>`})},
	{Name: "an external entity", Upload: "a.xlsx", Code: workbook.FileHostile, Make: sheet(`<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>` + plainHead + `<row r="1">` + Cell("A1", "&a;") + `</row></sheetData></worksheet>`)},
	{Name: "entities behind a long comment", Upload: "a.xlsx", Code: workbook.FileUnreadable, Make: later(func() func(testing.TB) []byte {
		return sheet(`<?xml version="1.0"?><!--` + strings.Repeat("-x", 4<<10) + `--><!DOCTYPE x [<!ENTITY a "haha">]>` + plainHead + `<row r="1">` + Cell("A1", "&a;") + `</row></sheetData></worksheet>`)
	})},
	{Name: "a sheet in UTF-16, in which no formula is seen", Upload: "a.xlsx", Code: workbook.FileUnreadable, Make: sheet(utf16Text(`<?xml version="1.0" encoding="UTF-16"?>` + plainHead + Header + `<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row></sheetData></worksheet>`))},
	{Name: "a sheet in GB18030", Upload: "a.xlsx", Code: workbook.FileUnreadable, Make: sheet(`<?xml version="1.0" encoding="GB18030"?>` + plainHead + Header + `</sheetData></worksheet>`)},
	{Name: "an undeclared entity in the last row", Upload: "a.xlsx", Code: workbook.FileUnreadable, Make: rows(Header + `<row r="2">` + Cell("A2", "&boom;") + `</row>`)},
	{Name: "XML that breaks between rows", Upload: "a.xlsx", Code: workbook.FileUnreadable, Make: rows(Header + `<row r="2"><c r="A2"><v>1</c></row><row r="3">` + Cell("A3", "乙") + `</row>`)},
	{Name: "XML that breaks in the last row", Upload: "a.xlsx", Code: workbook.FileUnreadable, Make: rows(Header + `<row r="2">` + Cell("A2", "甲") + `<c r="B2"><v>1</c></row>`)},
	{Name: "cells in a comment", Upload: "a.xlsx", Code: workbook.FileUnreadable, Make: rows(Header + `<row r="2"><c r="A2"><!--<c r="Z9">--><f>1+1</f><v>2</v></c></row>`)},
	{Name: "a hundred thousand elements in each other", Upload: "a.xlsx", Code: workbook.FileUnreadable, Make: later(func() func(testing.TB) []byte {
		return sheet(SheetHead + `<row r="1"><c r="A1" t="inlineStr"><is>` + strings.Repeat("<r>", 100_000) + SheetTail)
	})},
	{Name: "half a million styles", Upload: "a.xlsx", Make: later(func() func(testing.TB) []byte {
		return rows(Header, Part{Name: "xl/styles.xml", Text: `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs>` + varied(500_000, func(i int) string { return `<xf numFmtId="` + odd(i) + `"/>` }) + `</cellXfs></styleSheet>`})
	})},
	{Name: "forty thousand content types", Upload: "a.xlsx", Code: workbook.FileTooBig, Make: later(func() func(testing.TB) []byte {
		return replaced("[Content_Types].xml", strings.Replace(Types, "</Types>", varied(40_000, func(i int) string {
			return `<Override PartName="/xl/` + strconv.Itoa(i) + `.xml" ContentType="x` + odd(i) + `"/>`
		})+"</Types>", 1))
	})},
	{Name: "forty thousand names", Upload: "a.xlsx", Code: workbook.FileTooBig, Make: later(func() func(testing.TB) []byte {
		return replaced("xl/workbook.xml", strings.Replace(BookXML, "</workbook>", "<definedNames>"+varied(40_000, func(i int) string {
			return `<definedName name="n` + strconv.Itoa(i) + `">S!A` + odd(i) + `</definedName>`
		})+"</definedNames></workbook>", 1))
	})},
	{Name: "ten thousand sheets", Upload: "a.xlsx", Code: workbook.FileTooBig, Make: later(func() func(testing.TB) []byte {
		return replaced("xl/workbook.xml", strings.Replace(BookXML, "</sheets>", varied(10_000, func(i int) string {
			return fmt.Sprintf(`<sheet name="S%d" sheetId="%d" r:id="rId%d"/>`, i+2, i+2, i+2)
		})+"</sheets>", 1))
	})},
	{Name: "sixty-four sheets that are all one part", Upload: "a.xlsx", Code: workbook.FileHostile, Make: onePartManySheets},
	{Name: "a theme of five megabytes", Upload: "a.xlsx", Code: workbook.SheetEmpty, Make: func(t testing.TB) []byte {
		return withRelation(t, "theme", "theme/theme1.xml", `<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">`+varied(250_000, func(i int) string { return `<a:x y="` + odd(i) + `"/>` })+`</a:theme>`)
	}},
}

package workbooktest

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"gongjue/api/workbook"
)

func row(n int, area string) string {
	return fmt.Sprintf(`<row r="%d">%s%s<c r="C%d">%s</c>%s</row>`, n, Cell(fmt.Sprintf("A%d", n), "1号楼"), Cell(fmt.Sprintf("B%d", n), fmt.Sprint(100+n)), n, area, Cell(fmt.Sprintf("D%d", n), "样例"))
}

func areas(list ...string) string {
	rows := Header
	for i, v := range list {
		rows += row(i+2, "<v>"+v+"</v>")
	}
	return rows
}

var (
	formulas = Header + row(2, "<f>SUM(A1:A9)</f><v>89.5</v>") + row(3, `<f t="shared" si="0"/><v>90</v>`)
	quoted   = Header + strings.ReplaceAll(row(2, "<f>1+1</f><v>89.5</v>"), `"`, `'`)
)

// Sheets are well-formed and ask for too much, or hold what is no roster.
var Sheets = []File{
	{Name: "16,384 columns", Upload: "a.xlsx", Code: workbook.FileTooBig, Make: rows(`<row r="1">` + Cell("XFD1", "甲") + `</row>`)},
	{Name: "16,384 columns in each of 2,000 rows", Upload: "a.xlsx", Code: workbook.FileTooBig, Make: func(t testing.TB) []byte {
		return Book(t, varied(2_000, func(i int) string {
			return fmt.Sprintf(`<row r="%d">`, i+1) + varied(200, func(c int) string { return fmt.Sprintf(`<c><v>%d</v></c>`, i*7919%997+c) }) + fmt.Sprintf(`<c r="XFD%d"><v>1</v></c></row>`, i+1)
		}))
	}},
	{Name: "row 1,048,577", Upload: "a.xlsx", Code: workbook.FileTooBig, Make: rows(Header + `<row r="1048577">` + Cell("A1048577", "甲") + `</row>`)},
	{Name: "row 9,223,372,036,854,775,807", Upload: "a.xlsx", Code: workbook.FileTooBig, Make: rows(Header + `<row r="9223372036854775807">` + Cell("A2", "甲") + `</row>`)},
	{Name: "a million empty rows", Upload: "a.xlsx", Code: workbook.FileTooBig, Make: func(t testing.TB) []byte {
		return Book(t, varied(1_000_000, func(i int) string { return `<row r="` + strconv.Itoa(i+1) + `" ht="` + odd(i) + `"/>` })+`<row r="1000001">`+Cell("A1000001", "甲")+`</row>`)
	}},
	{Name: "the last possible row", Upload: "a.xlsx", Code: workbook.FileTooBig, Make: rows(Header + `<row r="1048576">` + Cell("A1048576", "甲") + `</row>`)},
	{Name: "rows out of order", Upload: "a.xlsx", Code: workbook.FileUnreadable, Make: rows(`<row r="2">` + Cell("A2", "甲") + `</row>` + Header)},
	{Name: "cells out of order", Upload: "a.xlsx", Code: workbook.FileUnreadable, Make: rows(`<row r="1">` + Cell("B1", "甲") + Cell("A1", "乙") + `</row>`)},
	{Name: "a cell of 33 KB", Upload: "a.xlsx", Code: workbook.FileTooBig, Make: later(func() func(testing.TB) []byte {
		return rows(`<row r="1">` + Cell("A1", strings.Repeat("甲", 11<<10)) + `</row>`)
	})},
	{Name: "a workbook without text", Upload: "a.xlsx", Code: workbook.SheetEmpty, Make: rows("")},
	{Name: "row minus one", Upload: "a.xlsx", Code: workbook.FileUnreadable, Make: rows(Header + `<row r="-1">` + Cell("A2", "甲") + `</row>`)},
	{Name: "a cell beyond the last column", Upload: "a.xlsx", Code: workbook.FileTooBig, Make: rows(`<row r="1">` + Cell("ZZZZZZZZZZ1", "甲") + `</row>`)},
	{Name: "areas that are none", Upload: "a.xlsx", Make: rows(areas("-89.5", "1e309", "1E+309", "-1E309", "NaN", "INF", "0", "0x1p10", "1e-400", "99999999999999999999"))},
	{Name: "formulas in the place of values", Upload: "a.xlsx", Make: rows(formulas)},
	{Name: "formulas behind other quotes", Upload: "a.xlsx", Make: rows(quoted)},
	{Name: "a million merged cells", Upload: "a.xlsx", Code: workbook.FileTooBig, Make: later(func() func(testing.TB) []byte {
		return replaced("xl/worksheets/sheet1.xml", SheetHead+Header+`</sheetData><mergeCells>`+varied(1_000_000, func(i int) string {
			return `<mergeCell ref="A` + strconv.Itoa(i+1) + `:A` + strconv.Itoa(i+2+i*7919%97) + `"/>`
		})+`</mergeCells></worksheet>`)
	})},
	{Name: "merged cells that all cover the whole list", Upload: "a.xlsx", Code: workbook.FileTooBig, Make: func(t testing.TB) []byte {
		list := Header + varied(6_000, func(i int) string {
			return fmt.Sprintf(`<row r="%d">%s</row>`, i+2, Cell(fmt.Sprintf("B%d", i+2), "x"))
		})
		return replaced("xl/worksheets/sheet1.xml", SheetHead+list+`</sheetData><mergeCells>`+varied(300_000, func(i int) string {
			return fmt.Sprintf(`<mergeCell ref="%c1:A1048576"/>`, 'A'+rune(i%4))
		})+`</mergeCells></worksheet>`)(t)
	}},
	{Name: "three hundred thousand shared strings for one cell", Upload: "a.xlsx", Code: workbook.FileTooBig, Make: later(func() func(testing.TB) []byte {
		return sharedStrings(varied(300_000, func(i int) string { return `<si><t>` + odd(i) + `</t></si>` }))
	})},
	{Name: "a shared string of a megabyte", Upload: "a.xlsx", Code: workbook.FileTooBig, Make: later(func() func(testing.TB) []byte {
		return sharedStrings(`<si><t>` + varied(250_000, func(i int) string { return odd(i) }) + `</t></si>`)
	})},
	{Name: "a shared string of two hundred thousand runs", Upload: "a.xlsx", Code: workbook.FileTooBig, Make: later(func() func(testing.TB) []byte {
		return sharedStrings(`<si>` + varied(200_000, func(i int) string { return `<r><t>` + odd(i) + `</t></r>` }) + `</si>`)
	})},
	{Name: "shared strings that are not there", Upload: "a.xlsx", Make: rows(Header + `<row r="2"><c r="A2" t="s"><v>99999999</v></c><c r="B2" t="s"><v>-1</v></c><c r="C2" t="s"><v>1e309</v></c><c r="D2" t="s"><v>x</v></c></row>`)},
	{Name: "one row of more than two million cells", Upload: "a.xlsx", Code: workbook.FileTooBig, Make: func(t testing.TB) []byte {
		return Book(t, `<row r="1">`+varied(2_000_001, func(i int) string { return `<c><v>` + odd(i) + `</v></c>` })+`</row>`)
	}},
	{Name: "text that cannot be seen", Upload: "a.xlsx", Make: rows(Header + `<row r="2">` + Cell("A2", "1号楼") + Cell("B2", "101\u202e") + `<c r="C2"><v>89.5</v></c>` + Cell("D2", "样\u200b例") + `</row>`)},
}

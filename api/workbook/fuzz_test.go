package workbook_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"gongjue/api/workbook"
	"gongjue/api/workbook/workbooktest"
	"gongjue/voting/roster"
)

// small are the limits of an upload, cut down so that the fuzzing is about forms and not about size.
var small = func() workbook.Limits {
	l := workbook.Upload
	l.FileBytes, l.UnpackedBytes, l.Rows, l.Cells, l.LineBytes = 1<<20, 4<<20, 5_000, 50_000, 64<<10
	return l
}()

// survives reads a file as an upload is read, and checks what must hold of anything that comes out of it.
func survives(t *testing.T, data []byte, name string) {
	parsed, _, err := small.ParseBytes(data, name, roster.Guidance{})
	var refusal *workbook.Refusal
	if err != nil {
		if !errors.As(err, &refusal) {
			t.Fatalf("not a refusal: %v", err)
		}
		return
	}
	for _, unit := range parsed.Units {
		if unit.Area <= 0 || unit.Room == "" {
			t.Fatalf("a unit that nobody can count: %+v", unit)
		}
		for _, owner := range unit.Owners {
			if strings.ContainsAny(owner.Name+owner.IDNumber+owner.Phone, "\x00\u202e\u200b\ufffd") {
				t.Fatalf("what nobody can read was taken: %+q", owner)
			}
		}
	}
}

// FuzzText changes text files; their seeds are also in testdata/fuzz.
func FuzzText(f *testing.F) {
	for _, h := range workbooktest.Texts {
		if data := h.Make(f); len(data) < 4<<10 {
			f.Add(data)
		}
	}
	f.Add([]byte(workbooktest.CSVHeader + "1号楼,101,89.5,样例\n"))
	f.Add([]byte("\xef\xbb\xbf\"房\n号\",\"\"\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		survives(t, data, "a.csv")
		for _, chosen := range workbook.Chosen {
			text := small.In(chosen).Text(data, "a.csv")
			if text != nil && strings.ContainsAny(strings.Join(text.Lines, ""), "\u202e\u200b\n") {
				t.Fatalf("what nobody can read is shown: %+q", text.Lines)
			}
		}
	})
}

// FuzzZip changes whole workbooks: directories, headers, compressed bytes.
func FuzzZip(f *testing.F) {
	for _, h := range slices.Concat(workbooktest.Zips, workbooktest.Disguises) {
		if data := h.Make(f); len(data) < 4<<10 {
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) { survives(t, data, "a.xlsx") })
}

// FuzzMarkup changes what stands inside an honest zip: the sheet, the shared strings and the index, which no change
// of packed bytes would ever reach.
func FuzzMarkup(f *testing.F) {
	honest := workbooktest.SheetHead + workbooktest.Header + `<row r="2">` + workbooktest.Cell("A2", "1号楼") + workbooktest.Cell("B2", "101") + `<c r="C2"><v>89.5</v></c><c r="D2" t="s"><v>0</v></c></row></sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells></worksheet>`
	shared := `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>样例</t></si><si><r><t>样</t></r><r><t>例</t></r></si></sst>`
	f.Add(honest, shared, workbooktest.BookXML)
	f.Add(strings.Replace(honest, "<v>89.5", "<f>1+1</f><v>89.5", 1), shared, workbooktest.BookXML)
	f.Add(strings.ReplaceAll(honest, `"`, `'`), shared, workbooktest.BookXML)
	f.Add(strings.Replace(honest, "<row", "<!-- x --><row", 1), shared, strings.Replace(workbooktest.BookXML, "<sheet ", `<sheet state="hidden" `, 1))
	f.Fuzz(func(t *testing.T, sheet, strings, book string) {
		survives(t, workbooktest.Pack(t, workbooktest.Part{Name: "[Content_Types].xml", Text: workbooktest.Types}, workbooktest.Part{Name: "_rels/.rels", Text: workbooktest.RootRels},
			workbooktest.Part{Name: "xl/workbook.xml", Text: book}, workbooktest.Part{Name: "xl/_rels/workbook.xml.rels", Text: workbooktest.BookRels},
			workbooktest.Part{Name: "xl/worksheets/sheet1.xml", Text: sheet}, workbooktest.Part{Name: "xl/sharedStrings.xml", Text: strings}), "a.xlsx")
	})
}

package workbook_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gongjue/api/workbook"
	"gongjue/api/workbook/workbooktest"
)

// spellings are ways in which programs write one cell; %s is the attribute of its place, or nothing.
var spellings = []string{
	`<c%s t="inlineStr"><is><t>样例</t></is></c>`, `<c%s t="inlineStr" s="3"><is><t xml:space="preserve"> 甲 乙 </t></is></c>`,
	`<c%s t="inlineStr"><is><t>a&amp;b &lt;c&gt;</t></is></c>`, `<c%s t="inlineStr"><is><t>_x0041_</t></is></c>`, `<c%s t="inlineStr"><is><t>&#95;x0042_</t></is></c>`,
	`<c%s t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>`, `<c%s t="inlineStr"><is><t></t></is></c>`, `<c%s t="inlineStr"><is><t/></is></c>`,
	`<c%s t='inlineStr'><is><t>single</t></is></c>`, `<c%s t="inlineStr"><v>misplaced</v></c>`, `<c%s t="inlineStr"/>`,
	`<c%s><v>89.5</v></c>`, `<c%s s="2"><v> 7 </v></c>`, `<c%s t="n"><v>1E3</v></c>`, `<c%s><v></v></c>`, `<c%s><v/></c>`, `<c%s/>`, `<c%s s="1"></c>`,
	`<c%s t="s"><v>0</v></c>`, `<c%s t="s" s="4"><v>1</v></c>`, `<c%s t="s"></c>`, `<c%s t="str"><v>甲_x0041_&amp;</v></c>`,
	`<c%s t="str"><f>A1&amp;"x"</f><v>算</v></c>`, `<c%s><f>1+1</f><v>2</v></c>`, `<c%s t="b"><v>1</v></c>`, `<c%s t="e"><v>#N/A</v></c>`,
	`<c%s t="d"><v>2026-03-02</v></c>`, `<x:c%s t="inlineStr"><x:is><x:t>带前缀</x:t></x:is></x:c>`, "<c%s\n t=\"inlineStr\"\n><is>\n<t>换行</t></is></c>",
	`<c%s t="inlineStr" ><is><t>blank</t></is></c >`, `<c%s><v>1</v><extLst><ext/></extLst></c>`, `<c%s cm="1"><v>9</v></c>`,
}

// oddSheet is so many rows of cells in every spelling, some without a place, some rows without a number.
func oddSheet(rows int, random *rand.Rand) string {
	var sheet strings.Builder
	for number, i := 0, 0; i < rows; i++ {
		if number++; random.IntN(9) == 0 {
			number += random.IntN(3)
			fmt.Fprintf(&sheet, "<row r=\"%d\" spans=\"1:12\" ht=\"15\" hidden=\"1\">", number)
		} else if random.IntN(3) == 0 {
			sheet.WriteString("<row>\n")
		} else {
			fmt.Fprintf(&sheet, `<row r='%d'>`, number)
		}
		for column := 1; column <= 12; column++ {
			if random.IntN(4) == 0 {
				column += random.IntN(20)
			}
			name, _ := excelize.ColumnNumberToName(column)
			place := fmt.Sprintf(` r="%s%d"`, name, number)
			switch random.IntN(12) {
			case 0:
				place = fmt.Sprintf(` r="%s01"`, name)
			case 1, 2:
				if column == 1 {
					place = ""
				}
			}
			fmt.Fprintf(&sheet, spellings[random.IntN(len(spellings))], place)
			for random.IntN(5) == 0 && column < 60 { // cells that count on from the one before
				column++
				fmt.Fprintf(&sheet, spellings[random.IntN(len(spellings))], "")
			}
		}
		sheet.WriteString("</row>")
	}
	return sheet.String()
}

const oddStrings = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>共享</t></si><si><r><t>样</t></r><r><t>例_x0041_</t></r></si></sst>`

func TestEveryCellIsReadAsTheLibraryReadsIt(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, rows := range []int{1, 40, 3_000} {
		data := workbooktest.Book(t, oddSheet(rows, random), workbooktest.Part{Name: "xl/sharedStrings.xml", Text: oddStrings})
		sheets, err := workbook.ReadBytes(data, "a.xlsx")
		if err != nil {
			t.Fatalf("%d rows: %v", rows, err)
		}
		book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		want, err := book.GetRows("S")
		if err != nil || book.Close() != nil {
			t.Fatal(err)
		}
		got := make([][]string, len(want))
		for _, row := range sheets[0].Rows {
			if row.Number > len(got) {
				t.Fatalf("row %d of %d", row.Number, len(got))
			}
			got[row.Number-1] = row.Cells
		}
		for i := range want {
			if !slices.Equal(got[i], want[i]) {
				t.Fatalf("row %d of %d is %q, for the library %q", i+1, rows, got[i], want[i])
			}
		}
	}
}

// TestWhatOnlyLooksLikeARowIsNone: a person sees nothing of it in a spreadsheet.
func TestWhatOnlyLooksLikeARowIsNone(t *testing.T) {
	row := func(n int) string {
		return fmt.Sprintf(`<row r="%d"><c r="A%d"><v>%d</v></c></row>`, n, n, n)
	}
	for name, sheet := range map[string]string{
		"in a comment before the rows":        `<worksheet><!-- ` + row(1) + ` --><sheetData>` + row(2) + `</sheetData></worksheet>`,
		"in a comment above the first":        `<worksheet><sheetData><!-- ` + row(1) + ` -->` + row(2) + `</sheetData></worksheet>`,
		"in a comment that seems to close":    `<worksheet><sheetData><!-->` + row(1) + ` -->` + row(2) + `</sheetData></worksheet>`,
		"in a comment between rows":           `<worksheet><sheetData>` + row(2) + `<!-- ` + row(3) + ` -->` + row(4) + `</sheetData></worksheet>`,
		"in a word to a program":              `<worksheet><sheetData>` + row(2) + `<?x ` + row(3) + `?>` + row(4) + `</sheetData></worksheet>`,
		"in marked text":                      `<worksheet><sheetData><![CDATA[` + row(1) + `]]>` + row(2) + `</sheetData></worksheet>`,
		"in an attribute":                     `<worksheet><sheetPr x='` + row(1) + `'/><sheetData>` + row(2) + `</sheetData></worksheet>`,
		"in a second list":                    `<worksheet><sheetData>` + row(2) + `</sheetData><sheetData>` + row(3) + `</sheetData></worksheet>`,
		"in a comment with a list of its own": `<worksheet><!-- <sheetData>` + row(1) + `</sheetData> --><sheetData>` + row(2) + `</sheetData></worksheet>`,
	} {
		sheets, err := workbook.ReadBytes(workbooktest.Pack(t, workbooktest.Part{Name: "[Content_Types].xml", Text: workbooktest.Types},
			workbooktest.Part{Name: "_rels/.rels", Text: workbooktest.RootRels}, workbooktest.Part{Name: "xl/workbook.xml", Text: workbooktest.BookXML},
			workbooktest.Part{Name: "xl/_rels/workbook.xml.rels", Text: workbooktest.BookRels}, workbooktest.Part{Name: "xl/worksheets/sheet1.xml", Text: sheet}), "a.xlsx")
		var refusal *workbook.Refusal
		if err != nil && (!errors.As(err, &refusal) || refusal.Code != workbook.FileUnreadable) {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil && (len(sheets[0].Rows) != 1 || sheets[0].Rows[0].Cells[0] != "2") {
			t.Errorf("%s: %v", name, sheets[0].Rows)
		}
	}
}

package workbook_test

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"gongjue/api/workbook"
	"gongjue/api/workbook/workbooktest"
	"gongjue/voting/roster"
)

func rowsOf(t *testing.T, data []byte, name string) []roster.Row {
	t.Helper()
	sheets, err := workbook.ReadBytes(data, name)
	if err != nil {
		t.Fatal(err)
	}
	return sheets[0].Rows
}

func TestNumbersComeAsThePersonSeesThem(t *testing.T) {
	tests := map[string]string{
		"89.5": "89.5", "89.499999999999986": "89.5", "118.77000000000001": "118.77", "89.2": "89.2", "101": "101",
		"1.9900000001E+10": "19900000001", "1.9900000001E10": "19900000001", "19900000001": "19900000001",
		"990000197708040000": "990000197708040000", "89.12345": "89.12345", "-71.24": "-71.24", "1.0E+300": "1.0E+300",
		"3E01": "3E01", "8.9499999999999986E+1": "89.5", "1.2E-7": "0.00000012",
	}
	for stored, want := range tests {
		rows := rowsOf(t, workbooktest.Book(t, `<row r="1"><c r="A1"><v>`+stored+`</v></c></row>`), "a.xlsx")
		if got := rows[0].Cells[0]; got != want {
			t.Errorf("%s: %s, want %s", stored, got, want)
		}
	}
}

func TestChineseTextSurvivesEveryEncoding(t *testing.T) {
	text := "房号,产权人\n101,𠮷㛃䶮\n102,古丽娜尔·吐尔逊江\n103,Müller Hans\n104,龴龵龶龷龸龹龺龻\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]string{
		"UTF-8": text, "UTF-8 with byte order mark": "\xef\xbb\xbf" + text, "GB18030": gb, "UTF-16": utf16,
		"tabs":                      strings.ReplaceAll(text, ",", "\t"),
		"line ends of Windows":      strings.ReplaceAll(text, "\n", "\r\n"),
		"a name in decomposed form": strings.Replace(text, "ü", "u\u0308", 1),
		"the two-byte codes of 龴…龻": twoByteCodes(gb),
	}
	for name, data := range tests {
		rows := rowsOf(t, []byte(data), "名册.csv")
		want := []string{"𠮷㛃䶮", "古丽娜尔·吐尔逊江", "Müller Hans", "龴龵龶龷龸龹龺龻"}
		var got []string
		for _, row := range rows[1:] {
			got = append(got, row.Cells[1])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// twoByteCodes writes the eight ideographs as GB18030 before 2022 did.
func twoByteCodes(gb string) string {
	for i, code := range []string{"\xfe\x59", "\xfe\x61", "\xfe\x66", "\xfe\x67", "\xfe\x6d", "\xfe\x7e", "\xfe\x90", "\xfe\xa0"} {
		four, err := simplifiedchinese.GB18030.NewEncoder().String(string(rune(0x9FB4 + i)))
		if err == nil {
			gb = strings.Replace(gb, four, code, 1)
		}
	}
	return gb
}

func TestALostCharacterIsReportedWithItsRow(t *testing.T) {
	head := "楼栋,单元,房号,用途,面积,产权人,身份证\n"
	line := "1号楼,1单元,10%,住宅,89.5,张甲%,990000197708040018\n"
	text := head
	for _, room := range []string{"1", "2", "3", "4"} {
		text += strings.Replace(strings.Replace(line, "%", room, 1), "%", "", 1)
	}
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	last := strings.LastIndex(gb, "\xd5\xc5\xbc\xd7") // 张甲
	tests := map[string]string{
		"GB18030 with an unassigned code": gb[:last] + "\xd5\xc5\xfe\xfe" + gb[last+4:],
		"UTF-8 with a broken byte":        strings.Replace(text, "104,住宅,89.5,张甲", "104,住宅,89.5,张\xe7\x94", 1),
	}
	for name, data := range tests {
		sheets, err := workbook.ReadBytes([]byte(data), "a.csv")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		_, issues := roster.Parse(sheets)
		if len(issues) == 0 || issues[0].Row != 5 || issues[0].Code != roster.UnreadableCharacter {
			t.Errorf("%s: %+v", name, issues)
		}
	}
}

func TestRowNumbersAreThoseOfTheSpreadsheet(t *testing.T) {
	rows := rowsOf(t, []byte("a\n\n\"b\nb\",x\n\nc\n"), "a.csv")
	var numbers []int
	for _, row := range rows {
		numbers = append(numbers, row.Number)
	}
	if !slices.Equal(numbers, []int{1, 3, 5}) {
		t.Errorf("CSV: %v", numbers)
	}
	rows = rowsOf(t, workbooktest.Book(t, `<row r="3">`+workbooktest.Cell("B3", "甲")+`</row><row r="9">`+workbooktest.Cell("A9", "乙")+`</row>`), "a.xlsx")
	if rows[0].Number != 3 || rows[0].Cells[1] != "甲" || rows[1].Number != 9 {
		t.Errorf("xlsx: %+v", rows)
	}
}

func TestMergedCellsFormulasAndHiddenSheets(t *testing.T) {
	file := excelize.NewFile()
	defer func() { _ = file.Close() }()
	set := func(sheet, ref string, value any) {
		if err := file.SetCellValue(sheet, ref, value); err != nil {
			t.Fatal(err)
		}
	}
	set("Sheet1", "A1", "标题")
	set("Sheet1", "A2", "1号楼")
	set("Sheet1", "B2", 101)
	set("Sheet1", "B3", 102)
	set("Sheet1", "B4", 103)
	err := file.MergeCell("Sheet1", "A1", "C1")
	if err == nil {
		err = file.MergeCell("Sheet1", "A2", "A3")
	}
	if err == nil {
		err = file.SetCellFormula("Sheet1", "C4", "SUM(B2:B3)")
	}
	if err == nil {
		_, err = file.NewSheet("旧名册")
	}
	if err == nil {
		set("旧名册", "A1", "旧")
		err = file.SetSheetVisible("旧名册", false)
	}
	if err != nil {
		t.Fatal(err)
	}
	buffer, err := file.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	sheets, err := workbook.ReadBytes(buffer.Bytes(), "a.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	first := sheets[0]
	if first.Rows[0].Cells[0] != "标题" || len(first.Rows[0].Cells) != 1 {
		t.Errorf("title: %q", first.Rows[0].Cells)
	}
	if first.Rows[2].Cells[0] != "1号楼" || first.Rows[2].Cells[1] != "102" || first.Rows[3].Cells[0] != "" {
		t.Errorf("merged: %q %q", first.Rows[2].Cells, first.Rows[3].Cells)
	}
	if len(first.Formulas) != 1 || !first.Formulas[roster.CellRef{Row: 4, Column: 2}] {
		t.Errorf("formulas: %v", first.Formulas)
	}
	if len(sheets) != 2 || !sheets[1].Hidden || len(sheets[1].Rows) != 0 {
		t.Errorf("hidden: %+v", sheets[1:])
	}
}

// TestReadingAndParsingAtOnceGivesWhatReadingFirstGives compares the two ways through a file.
func TestReadingAndParsingAtOnceGivesWhatReadingFirstGives(t *testing.T) {
	for _, name := range []string{"roster-standard.xlsx", "roster-messy.xlsx", "roster-gb18030.csv"} {
		data, err := os.ReadFile(filepath.Join(samples, name))
		if err != nil {
			t.Fatal(err)
		}
		sheets, err := workbook.ReadBytes(data, name)
		if err != nil {
			t.Fatal(err)
		}
		want, wantIssues := roster.Parse(sheets)
		got, issues, err := workbook.Upload.ParseBytes(data, name, roster.Guidance{})
		if err != nil || !reflect.DeepEqual(got, want) || !reflect.DeepEqual(issues, wantIssues) {
			t.Errorf("%s: %v, %d units and %d issues, want %d and %d", name, err, len(got.Units), len(issues), len(want.Units), len(wantIssues))
		}
	}
	parsed, issues, err := workbook.Upload.ParseBytes([]byte("楼栋,房号\n\"1"), "a.xlsx", roster.Guidance{})
	if err == nil || len(parsed.Units)+len(issues) > 0 {
		t.Errorf("half a file counts: %v %+v", err, parsed)
	}
}

func TestAHeaderOfMergedCellsIsReadAsAPersonSeesIt(t *testing.T) {
	file := excelize.NewFile()
	defer func() { _ = file.Close() }()
	rows := [][]any{{"样例小区业主清册"}, {"房屋坐落", nil, nil, "业主信息", nil, nil, "建筑面积", "用途"},
		{"楼栋", "单元", "室号", "姓名", "证件号码", "电话"}, {"1号楼", "1单元", 301, "甲一", "990000197708040018", 19900000001, 89.5, "住宅"},
		{nil, nil, 302, "乙二", "990000198801020024", nil, 89.5, "住宅"}, {nil, "2单元", 301, "丙三", "990000196702120039", nil, 89.5, "住宅"}}
	for i, row := range rows {
		if err := file.SetSheetRow("Sheet1", "A"+strconv.Itoa(i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range [][2]string{{"A1", "H1"}, {"A2", "C2"}, {"D2", "F2"}, {"G2", "G3"}, {"H2", "H3"}, {"A4", "A6"}, {"B4", "B5"}} {
		if err := file.MergeCell("Sheet1", m[0], m[1]); err != nil {
			t.Fatal(err)
		}
	}
	buffer, err := file.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	parsed, issues, err := workbook.Upload.ParseBytes(buffer.Bytes(), "a.xlsx", roster.Guidance{})
	if err != nil || len(issues) > 0 {
		t.Fatalf("%v %+v", err, issues)
	}
	var places []string
	for _, u := range parsed.Units {
		places = append(places, u.Place())
	}
	if !slices.Equal(places, []string{"1号楼/1单元/301", "1号楼/1单元/302", "1号楼/2单元/301"}) || parsed.Maps[0].HeaderRow != 3 {
		t.Errorf("%q %+v", places, parsed.Maps[0])
	}
}

func TestMergedRangesThatOverlapTakeTheLast(t *testing.T) {
	rows := rowsOf(t, workbooktest.Book(t, `<row r="1">`+workbooktest.Cell("A1", "甲")+`</row><row r="2">`+workbooktest.Cell("A2", "乙")+`</row><row r="3">`+workbooktest.Cell("B3", "x")+`</row>`+
		`</sheetData><mergeCells><mergeCell ref="A1:A3"/><mergeCell ref="A2:A3"/></mergeCells><sheetData>`), "a.xlsx")
	if got := rows[2].Cells[0]; got != "乙" {
		t.Errorf("%q", got)
	}
}

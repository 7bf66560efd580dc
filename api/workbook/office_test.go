package workbook_test

import (
	"bytes"
	"reflect"
	"slices"
	"testing"

	"gongjue/api/workbook"
	"gongjue/api/workbook/workbooktest"
	"gongjue/voting/roster"
)

// awkward are names as they stand on papers and as people tease a spreadsheet: of plane 2, with middle dots, beginning as
// a formula does, and as long as the law allows.
var awkward = []string{"\U00020BB7示例", "阿卜杜热西提·示例·买买提", "=1+1", "+86示例", "@示例", "-示例", "\U000285C9\U0002A6A5"}

// filledTemplate is the template with one home for each of the names.
func filledTemplate(t *testing.T) []byte {
	t.Helper()
	var header []string
	for _, field := range []roster.Field{roster.FieldBuilding, roster.FieldStair, roster.FieldRoom, roster.FieldArea, roster.FieldName, roster.FieldIDNumber, roster.FieldPhone} {
		header = append(header, roster.NameOf(field))
	}
	table := workbook.Table{Name: "名册", Header: header}
	for i, name := range awkward {
		door := string(rune('1' + i))
		table.Rows = append(table.Rows, []string{"1号楼", "1单元", "10" + door, "89." + door, name, "99000019700101000" + door, "1990000000" + door})
	}
	var file bytes.Buffer
	if err := table.Write(&file); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func parsed(t *testing.T, file []byte, name string) (roster.Roster, []roster.Issue) {
	t.Helper()
	r, issues, err := workbook.Upload.ParseBytes(file, name, roster.Guidance{})
	if err != nil {
		t.Fatal(err)
	}
	return r, issues
}

// TestARosterComesBackFromLibreOfficeAsItWas: a firm fills the template in there and saves it, as a workbook or as text.
func TestARosterComesBackFromLibreOfficeAsItWas(t *testing.T) {
	file := filledTemplate(t)
	want, doubts := parsed(t, file, "名册.xlsx")
	var names []string
	for _, u := range slices.Concat(want.Units, want.Held) {
		names = append(names, u.Owners[0].Name)
	}
	if !slices.Equal(names, awkward) {
		t.Fatalf("before anybody saved it the names are %q, doubts %+v", names, doubts)
	}
	for format, name := range map[string]string{"xlsx": "名册.xlsx", workbooktest.CSVInUTF8: "名册.csv"} {
		saved := workbooktest.Office(t, "xlsx", format, file)[0]
		got, issues := parsed(t, saved, name)
		if !reflect.DeepEqual(bare(got), bare(want)) || len(issues) != len(doubts) {
			t.Errorf("%s comes back as %+v\nwith %+v\nnot %+v\nwith %+v", name, bare(got), issues, bare(want), doubts)
		}
	}
}

// bare are the units without where they stand.
func bare(r roster.Roster) []roster.Unit {
	units := slices.Concat(r.Units, r.Held)
	for i := range units {
		units[i].Sheet, units[i].Row = "", 0
	}
	return units
}

// TestWhatLibreOfficeSpoilsIsNamed: opened there as a text file, a roster loses the ends of its numbers, and what begins as a
// formula becomes one. Neither is taken for what it was.
func TestWhatLibreOfficeSpoilsIsNamed(t *testing.T) {
	const text = "楼栋,单元,房号,建筑面积,产权人,证件号码,联系电话\n" +
		"1号楼,1单元,101,89.5,示例甲,990000197001010001,19900000001\n1号楼,1单元,102,89.6,=1+1,990000197001010002,19900000002\n"
	saved := workbooktest.Office(t, "csv", "xlsx", []byte(text))[0]
	r, issues := parsed(t, saved, "名册.xlsx")
	has := func(row int, code roster.Code) bool {
		return slices.ContainsFunc(issues, func(i roster.Issue) bool { return i.Row == row && i.Code == code })
	}
	if !has(2, roster.IDLostDigits) || !has(3, roster.FormulaCell) || len(r.Units) != 0 {
		t.Errorf("%d units, doubts %+v", len(r.Units), issues)
	}
}

package roster

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

// header is the standard header; rows are written in its order and cut at "|".
const header = "楼栋|单元|房号|用途|建筑面积(㎡)|产权人|证件类型|证件号码|联系电话|共有人|交付状态|备注"

// Numbers of the unassigned region 990000 with right check digits.
const (
	idA = "990000197708040018"
	idB = "990000198801020024"
	idC = "990000196702120039"
	idX = "99000019630106016X"
)

func sheetOf(lines ...string) Sheet {
	sheet := Sheet{Name: "业主名册"}
	for i, line := range lines {
		sheet.Rows = append(sheet.Rows, Row{Number: i + 1, Cells: strings.Split(line, "|")})
	}
	return sheet
}

// found lists the issues as "row code". A message with a hole is found under no code.
func found(issues []Issue) []string {
	var list []string
	for _, issue := range issues {
		if strings.Contains(issue.Message, "%!") {
			list = append(list, issue.Message)
		}
		list = append(list, strconv.Itoa(issue.Row)+" "+string(issue.Code))
	}
	return list
}

// good is a row without any doubt.
const good = "1号楼|1单元|101|住宅|89.2|甲一|居民身份证|" + idA + "|19900000001||已交付|"

// sheetCases are sheets with the number of units counted and held, and the issues as "row code".
var sheetCases = []struct {
	name   string
	lines  []string
	units  int
	held   int
	issues []string
}{
	{"a clean row gives a unit and no issue", []string{header, good}, 1, 0, nil},
	{"title rows, blank rows and a repeated header are passed over",
		[]string{"某小区业主名册", "填表说明：产权人逐人一行", "", header, good, "", header}, 1, 0, nil},
	{"an area below zero, of zero and missing holds the unit",
		[]string{header, "1号楼|1单元|101|住宅|-5|甲一||" + idA, "1号楼|1单元|102|住宅|0.00|甲一||" + idA, "1号楼|1单元|103|住宅||甲一||" + idA},
		0, 3, []string{"2 area_not_positive", "3 area_not_positive", "4 area_missing"}},
	{"a fifth decimal is refused and four are taken",
		[]string{header, "1号楼|1单元|101|住宅|89.12345|甲一||" + idA, "1号楼|1单元|102|住宅|89.1234|甲一||" + idA}, 1, 1,
		[]string{"2 area_too_precise"}},
	{"no owner holds the unit unless it is unsold",
		[]string{header, "1号楼|1单元|101|住宅|89", "1号楼|1单元|102|住宅|89||||||未售"}, 1, 1,
		[]string{"2 owner_missing", "3 developer_unnamed"}},
	{"a number without a name is no owner", []string{header, "1号楼|1单元|101|住宅|89|||" + idA}, 0, 1, []string{"2 owner_missing"}},
	{"a row that stands twice is counted once, with a warning",
		[]string{header, good, "1号楼|1单元|102|住宅|89|乙二||" + idB, good}, 2, 0, []string{"4 duplicate_row"}},
	{"another owner under the same room is a duplicate where co-owners have a column",
		[]string{header, good, "1号楼|1单元|101|住宅|89.2|乙二||" + idB}, 0, 1, []string{"3 duplicate_unit"}},
	{"the same owner with another area is a duplicate",
		[]string{header, good, strings.Replace(good, "89.2", "92.3", 1)}, 0, 1, []string{"3 duplicate_unit"}},
	{"a row without a room is a co-owner of the row above, with a warning",
		[]string{header, good, "|||||乙二||" + idB}, 1, 0, []string{"3 row_continued"}},
	{"one number with two names holds the later row only",
		[]string{header, good, "1号楼|1单元|102|住宅|89|乙二||" + idA}, 1, 1, []string{"3 id_name_conflict"}},
	{"the name that stands more often is taken for right",
		[]string{header, "1号楼|1单元|103|住宅|89|乙二||" + idA, good, "1号楼|1单元|102|住宅|89|甲一||" + idA}, 2, 1, []string{"2 id_name_conflict"}},
	{"a wrong check digit is kept with a warning", []string{header, "1号楼|1单元|101|住宅|89|甲一||990000197708040019"}, 1, 0, []string{"2 id_checksum"}},
	{"a missing number is a warning", []string{header, "1号楼|1单元|101|住宅|89|甲一"}, 1, 0, []string{"2 id_missing"}},
	{"a number that a spreadsheet rounded holds the unit",
		[]string{header, "1号楼|1单元|101|住宅|89|甲一||990000197708040000", "1号楼|1单元|102|住宅|89|乙二||9.9E+17"}, 0, 2,
		[]string{"2 id_lost_digits", "3 id_lost_digits"}},
	{"a phone that a spreadsheet rounded is dropped", []string{header, "1号楼|1单元|101|住宅|89|甲一||" + idA + "|1.99E+10"}, 1, 0, []string{"2 phone_lost_digits"}},
	{"a zero-width character in a name holds the unit", []string{header, "1号楼|1单元|101|住宅|89|甲\u200b一||" + idA}, 0, 1, []string{"2 hidden_character"}},
	{"a right-to-left override holds the unit", []string{header, "1号楼|1单元|101|住宅|89|\u202e甲一||" + idA}, 0, 1, []string{"2 hidden_character"}},
	{"a direction mark around a phone is taken out", []string{header, "1号楼|1单元|101|住宅|89|甲一||" + idA + "|\u202a19900000001\u202c"}, 1, 0, nil},
	{"a lost character in a name holds the unit", []string{header, "1号楼|1单元|101|住宅|89|甲\uFFFD||" + idA}, 0, 1, []string{"2 unreadable_character"}},
	{"a row that names nothing is skipped in the open", []string{header, good, "|||||||||||制表日期", "经办：|||||||||||签字"}, 1, 0,
		[]string{"3 row_skipped", "4 row_skipped"}},
	{"an unknown status counts as delivered, with a warning", []string{header, strings.Replace(good, "已交付", "法拍", 1)}, 1, 0, []string{"2 status_unclear"}},
	{"an unsold unit of a person is asked about", []string{header, strings.Replace(good, "已交付", "未售", 1)}, 1, 0, []string{"2 status_conflict"}},
	{"no use is a warning", []string{header, strings.Replace(good, "住宅", "", 1)}, 1, 0, []string{"2 usage_unstated"}},
	{"a dwelling of 7.99 and of 2000.01 m² is implausible, 8 and 2000 are not",
		[]string{header, "1|1|1|住宅|7.99|甲一||" + idA, "1|1|2|住宅|8|甲一||" + idA, "1|1|3|住宅|2000|甲一||" + idA, "1|1|4|住宅|2000.01|甲一||" + idA}, 4, 0,
		[]string{"2 area_implausible", "5 area_implausible"}},
	{"a sheet without area column gives one error", []string{"楼栋|房号|产权人", "1|101|甲一"}, 0, 0, []string{"1 column_missing"}},
	{"a header without rows gives one error", []string{"楼栋|单元|房号|用途|建筑面积|产权人|证件号码"}, 0, 0, []string{"0 rows_missing"}},
	{"a sheet without header gives one error", []string{"随便|写写", "1|2"}, 0, 0, []string{"0 header_missing"}},
	{"a second column that could be the area is named", []string{header + "|产权面积", good}, 1, 0, []string{"1 column_ambiguous"}},
	{"the area inside the walls is never taken", []string{"套内建筑面积|" + header, "70|" + good}, 1, 0, nil},
}

func TestRowsBecomeUnitsAndDoubtsBecomeIssues(t *testing.T) {
	for _, test := range sheetCases {
		t.Run(test.name, func(t *testing.T) {
			roster, issues := Parse([]Sheet{sheetOf(test.lines...)})
			if got := found(issues); !slices.Equal(got, test.issues) {
				t.Errorf("issues %q, want %q", got, test.issues)
			}
			if len(roster.Units) != test.units || len(roster.Held) != test.held {
				t.Errorf("%d units and %d held, want %d and %d", len(roster.Units), len(roster.Held), test.units, test.held)
			}
		})
	}
}

func TestSubtotalsAreCheckedAndNeverCounted(t *testing.T) {
	rows := []string{header, "1号楼|1单元|101|住宅|50|甲一||" + idA, "|1单元|102|住宅|50|甲一||" + idA}
	tests := []struct {
		name   string
		total  []string
		issues []string
	}{
		{"a right subtotal and total give no issue", []string{"1号楼小计||||100.00", "合计||||100|共 2 户"}, nil},
		{"a wrong subtotal is a warning", []string{"1号楼小计||||100.01"}, []string{"4 total_differs"}},
		{"a wrong count is a warning", []string{"合计||||100|共3户"}, []string{"4 total_differs"}},
		{"a unit held back explains a missing area", []string{"2号楼||201|住宅|约五十|乙二||" + idB, "2号楼小计||||50"}, []string{"4 area_not_a_number"}},
		{"a sum above the declared one is doubtful even then",
			[]string{"1号楼|1单元|103|住宅|约五十|乙二||" + idB, "1号楼小计||||99"}, []string{"4 area_not_a_number", "5 total_differs"}},
		{"a stair has its own subtotal", []string{"1单元小计||||100", "|2单元|201|住宅|50|甲一||" + idA, "小计||||150"}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			roster, issues := Parse([]Sheet{sheetOf(append(slices.Clone(rows), test.total...)...)})
			if got := found(issues); !slices.Equal(got, test.issues) {
				t.Errorf("issues %q, want %q", got, test.issues)
			}
			for _, u := range roster.Units {
				if u.Building != "1号楼" {
					t.Errorf("unit %q", u.Place())
				}
			}
		})
	}
}

func TestFilledDownCellsTakeTheirBuildingFromAbove(t *testing.T) {
	roster, issues := Parse([]Sheet{sheetOf(header,
		"3|1|101|住宅|50|甲一||"+idA, "||102|住宅|50|甲一||"+idA, "3||S1|商业|50|甲一||"+idA, "||S2|商业|50|甲一||"+idA,
		"4栋", "|1|101|住宅|50|甲一||"+idA)})
	var places []string
	for _, u := range roster.Units {
		places = append(places, u.Place())
	}
	want := []string{"3号楼/1单元/101", "3号楼/1单元/102", "3号楼/S1", "3号楼/S2", "4栋/1单元/101"}
	if !slices.Equal(places, want) || len(issues) > 0 {
		t.Errorf("places %q, issues %q", places, found(issues))
	}
}

func TestRowsOfCoOwnersBecomeOneUnit(t *testing.T) {
	roster, issues := Parse([]Sheet{sheetOf("栋号|户号|建面|业主姓名|身份证|手机",
		"甲1栋|1-101|65.46|甲一|"+idA+"|19900000001", "|1-101|65.46|乙二|"+idB, "|1-101||丙三|"+idC)})
	if len(issues) != 1 || issues[0].Code != UsageUnstatedRow {
		t.Errorf("issues %q", found(issues))
	}
	if len(roster.Units) != 1 || len(roster.Units[0].Owners) != 3 || roster.Units[0].Area != 654600 {
		t.Fatalf("%+v", roster.Units)
	}
	if u := roster.Units[0]; u.Stair != "1单元" || u.Room != "101" || u.Row != 2 {
		t.Errorf("%q in row %d", u.Place(), u.Row)
	}
}

func TestFormulasHiddenSheetsAndCorrectedLayouts(t *testing.T) {
	formula := sheetOf(header, good)
	formula.Formulas = map[CellRef]bool{{Row: 2, Column: 4}: true}
	if roster, issues := Parse([]Sheet{formula}); len(roster.Held) != 1 || !slices.Equal(found(issues), []string{"2 formula_cell"}) {
		t.Errorf("formula: %q", found(issues))
	}
	hidden := Sheet{Name: "旧", Hidden: true}
	if roster, issues := Parse([]Sheet{sheetOf(header, good), hidden, sheetOf("说明")}); len(roster.Units) != 1 ||
		!slices.Equal(found(issues), []string{"0 sheet_hidden", "0 sheet_skipped"}) {
		t.Errorf("hidden: %q", found(issues))
	}
	odd := sheetOf("甲|乙|丙|丁|戊", "1|101|甲一|90|"+idA)
	choice := ColumnChoice{Sheet: "业主名册", HeaderRow: 1, Columns: map[Field]int{FieldBuilding: 0, FieldRoom: 1, FieldName: 2, FieldArea: 3, FieldIDNumber: 4}}
	if roster, _ := (Guidance{Columns: []ColumnChoice{choice}}).Parse([]Sheet{odd}); len(roster.Units) != 1 || roster.Units[0].Place() != "1号楼/101" {
		t.Errorf("layout: %+v", roster)
	}
}

func TestOnePhoneOnManyUnitsOfDifferentOwnersIsAskedAbout(t *testing.T) {
	lines := []string{header}
	for i, id := range []string{idA, idB, idC, idX} {
		lines = append(lines, "1|1|"+strconv.Itoa(101+i)+"|住宅|50|甲"+strconv.Itoa(i)+"||"+id+"|19900000001")
	}
	if _, issues := Parse([]Sheet{sheetOf(lines[:4]...)}); len(issues) != 0 {
		t.Errorf("three units: %q", found(issues))
	}
	_, issues := Parse([]Sheet{sheetOf(lines...)})
	if !slices.Equal(found(issues), []string{"2 phone_on_many_units"}) {
		t.Fatalf("four units: %q", found(issues))
	}
	if !strings.Contains(issues[0].Message, "199****0001 登记在 4 个专有部分、4 位业主") {
		t.Error(issues[0].Message)
	}
}

func FuzzParseNeverPanicsAndNeverCountsAWrongArea(f *testing.F) {
	f.Add(header+"\n1号楼|1单元|101|住宅|89.2|甲一|居民身份证|"+idA+"|19900000001|乙二/"+idB+"|已交付|", 2, 4, "90")
	f.Add("栋号|户号|建面|业主姓名|身份证\n甲1栋|1-101|６５．３６㎡|甲一| 990000 196002119846\n|1-101||乙二|H00000211\n甲1栋小计||1e309", 3, 2, "-1")
	f.Add(header+"\n|||||\u202e\uFFFD|||1.99E+10|；;//|未售|", 1, 0, "\u200b")
	f.Add("房屋坐落|||业主信息|||建筑面积\n楼栋|单元|室号|姓名|证件号码|电话|\n1|1|101|甲一和乙二|"+idA+"|1|9\n本页小计||||||9\n合计||共1户", 9, 5, "丙三")
	f.Fuzz(func(t *testing.T, text string, row, column int, value string) {
		sheets := []Sheet{sheetOf(strings.Split(text, "\n")...)}
		field := Fields[(column%len(Fields)+len(Fields))%len(Fields)]
		plain, _ := Parse(sheets)
		saved, _ := plain.Maps[0].Save()
		for _, g := range []Guidance{{}, {Register: true}, {Remembered: []SavedMap{saved}, Secret: secret},
			{Columns: []ColumnChoice{{Sheet: plain.Maps[0].Sheet, HeaderRow: row, Columns: map[Field]int{FieldRoom: 0, FieldArea: 1, FieldName: 2, field: column}}}},
			{Show: []RowRef{{plain.Maps[0].Sheet, row}}, Corrections: []Correction{{Sheet: plain.Maps[0].Sheet, Row: row, Field: field, Value: value},
				{Sheet: plain.Maps[0].Sheet, Row: row + 7, Do: MendAdd, Field: field, Value: value}, {Sheet: plain.Maps[0].Sheet, Row: column, Do: MendDrop}}}} {
			roster, issues := g.Parse(sheets)
			for _, u := range roster.Units {
				if u.Area <= 0 || u.Room == "" || len(u.Owners) == 0 && !u.OfDeveloper() && !g.Register {
					t.Fatalf("counted: %+v", u)
				}
			}
			for _, issue := range issues {
				if issue.Message == "" || strings.Contains(issue.Message, "%!") {
					t.Fatalf("message: %+v", issue)
				}
			}
			Summarise(roster, issues)
			Grid(roster, ReviewIssues(issues, nil))
			version := Version{Units: roster.Units}
			version.Explain()
			if diff := DiffVersions(version, version, nil); diff.Same != len(roster.Units) {
				t.Fatalf("differs from itself: %+v", diff)
			}
			if c := CompareRegister(roster, roster); c.Counts[DiffersArea] > 0 {
				t.Fatalf("differs from itself: %+v", c)
			}
		}
	})
}

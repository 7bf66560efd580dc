package roster

import (
	"slices"
	"strings"
	"testing"
)

// wrong is a file with three units, of which one has no area, and one row too many.
func wrong() Sheet {
	return sheetOf(header, good, "1号楼|1单元|102|住宅||乙二||"+idB, "1号楼|1单元|103|住宅|89|丙三||"+idA, "1号楼|1单元|101|住宅|99|甲一||"+idA)
}

func fix(row int, field Field, value string) Correction {
	return Correction{Sheet: "业主名册", Row: row, Field: field, Value: value, By: "甲", Why: "看了产权证"}
}

func TestCorrectionsAreLaidOverTheFile(t *testing.T) {
	drop := func(row int) Correction {
		return Correction{Sheet: "业主名册", Row: row, Do: MendDrop, By: "甲", Why: "重复"}
	}
	add := func(row int, field Field, value string) Correction {
		c := fix(row, field, value)
		c.Do = MendAdd
		return c
	}
	seen := func(c Correction, was string) Correction { c.Was = Fingerprint(was); return c }
	tests := []struct {
		name        string
		corrections []Correction
		units, held int
		issues      []string
		refused     []RefusalCode
	}{
		{"nothing mended", nil, 0, 3, []string{"3 area_missing", "4 id_name_conflict", "5 duplicate_unit"}, nil},
		{"an area is filled in", []Correction{fix(3, FieldArea, "90.5")}, 1, 2, []string{"4 id_name_conflict", "5 duplicate_unit"}, nil},
		{"of two the last holds", []Correction{fix(3, FieldArea, "x"), fix(3, FieldArea, "90.5")}, 1, 2, []string{"4 id_name_conflict", "5 duplicate_unit"}, nil},
		{"everything is mended", []Correction{fix(3, FieldArea, "90.5"), fix(4, FieldIDNumber, idC), drop(5)}, 3, 0, nil, nil},
		{"a correction may be wrong itself", []Correction{fix(3, FieldArea, "九十")}, 0, 3, []string{"3 area_not_a_number", "4 id_name_conflict", "5 duplicate_unit"}, nil},
		{"a hidden character in a correction is found", []Correction{fix(3, FieldName, "乙\u202e二"), fix(3, FieldArea, "90")}, 0, 3,
			[]string{"3 hidden_character", "4 id_name_conflict", "5 duplicate_unit"}, nil},
		{"a forgotten unit is added below", []Correction{fix(3, FieldArea, "90.5"), fix(4, FieldIDNumber, idC), drop(5), add(6, FieldBuilding, "1号楼"), add(6, FieldStair, "1单元"),
			add(6, FieldRoom, "104"), add(6, FieldUsage, "住宅"), add(6, FieldArea, "80"), add(6, FieldName, "丁四"), add(6, FieldIDNumber, idX)}, 4, 0, nil, nil},
		{"a row cannot be added where one stands", []Correction{add(5, FieldRoom, "104")}, 0, 3, []string{"3 area_missing", "4 id_name_conflict", "5 duplicate_unit"}, []RefusalCode{RowTaken}},
		{"the cell that was seen", []Correction{seen(fix(3, FieldArea, "90.5"), "")}, 1, 2, []string{"4 id_name_conflict", "5 duplicate_unit"}, nil},
		{"another cell than was seen", []Correction{seen(fix(3, FieldArea, "90.5"), "88")}, 0, 3, []string{"3 area_missing", "4 id_name_conflict", "5 duplicate_unit"}, []RefusalCode{CellChanged}},
		{"another row than was seen", []Correction{seen(drop(5), "88")}, 0, 3, []string{"3 area_missing", "4 id_name_conflict", "5 duplicate_unit"}, []RefusalCode{CellChanged}},
		{"a row that is not there", []Correction{fix(99, FieldArea, "1"), fix(99, FieldRoom, "1")}, 0, 3, []string{"3 area_missing", "4 id_name_conflict", "5 duplicate_unit"}, []RefusalCode{RowUnknown}},
		{"a sheet that is not there", []Correction{{Sheet: "别的", Row: 3, Field: FieldArea, Value: "1"}}, 0, 3, []string{"3 area_missing", "4 id_name_conflict", "5 duplicate_unit"}, []RefusalCode{SheetUnknown}},
		{"a field that is none", []Correction{fix(3, "heads", "2")}, 0, 3, []string{"3 area_missing", "4 id_name_conflict", "5 duplicate_unit"}, []RefusalCode{FieldUnknown}},
		{"a way to mend that is none", []Correction{{Sheet: "业主名册", Row: 3, Do: "swap", Field: FieldArea}}, 0, 3, []string{"3 area_missing", "4 id_name_conflict", "5 duplicate_unit"}, []RefusalCode{MendUnknown}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			roster, issues := Guidance{Corrections: test.corrections}.Parse([]Sheet{wrong()})
			if len(roster.Units) != test.units || len(roster.Held) != test.held || !slices.Equal(found(issues), test.issues) {
				t.Errorf("%d units, %d held, %q", len(roster.Units), len(roster.Held), found(issues))
			}
			var codes []RefusalCode
			for _, r := range roster.Refused {
				if codes = append(codes, r.Code); r.Row == 0 || r.Message == "" {
					t.Errorf("%+v", r)
				}
			}
			if len(codes) != len(test.refused) || !slices.Equal(codes, test.refused) && len(codes) > 0 {
				t.Errorf("refused %v, want %v", codes, test.refused)
			}
		})
	}
}

func TestAFieldWithoutAColumnCanBeMended(t *testing.T) {
	sheet := sheetOf("楼栋|房号|建筑面积|产权人|证件号码", "1号楼|101|90|甲一|"+idA)
	sheet.Formulas = map[CellRef]bool{{Row: 2, Column: 2}: true}
	roster, issues := Guidance{Corrections: []Correction{fix(2, FieldUsage, "住宅"), fix(2, FieldPhone, "19900000001"), fix(2, FieldArea, "90")}}.Parse([]Sheet{sheet})
	if len(issues) > 0 || len(roster.Units) != 1 || roster.Units[0].Usage != UsageDwelling || roster.Units[0].Owners[0].Phone != "19900000001" {
		t.Errorf("%q %+v", found(issues), roster.Units)
	}
}

func TestARowIsShownForMending(t *testing.T) {
	g := Guidance{Corrections: []Correction{fix(3, FieldArea, "90.5")}, Show: []RowRef{{"业主名册", 3}, {"业主名册", 77}}}
	roster, _ := g.Parse([]Sheet{wrong()})
	if len(roster.Shown) != 1 || len(roster.Shown[0].Cells) != len(Fields) {
		t.Fatalf("%+v", roster.Shown)
	}
	for _, cell := range roster.Shown[0].Cells {
		switch cell.Field {
		case FieldArea:
			if cell.Text != "90.5" || !cell.Corrected || cell.Was != Fingerprint("") || cell.Header != "建筑面积(㎡)" {
				t.Errorf("%+v", cell)
			}
		case FieldName:
			if cell.Text != "乙二" || cell.Corrected || cell.Was != Fingerprint("乙二") || cell.Name != "产权人" {
				t.Errorf("%+v", cell)
			}
		case FieldFloor:
			if cell.Header != "" || cell.Text != "" {
				t.Errorf("%+v", cell)
			}
		}
	}
	g.Corrections = []Correction{{Sheet: "业主名册", Row: 3, Do: MendDrop, Was: roster.Shown[0].Was}}
	if dropped, _ := g.Parse([]Sheet{wrong()}); len(dropped.Held) != 2 || len(dropped.Refused) > 0 {
		t.Errorf("the row that was seen is not dropped: %+v", dropped.Refused)
	}
}

// secret keys the issue keys of the tests.
var secret = []byte("a key of the tests alone")

func keysOf(t *testing.T, lines ...string) ([]Issue, []string) {
	t.Helper()
	_, issues := Guidance{Secret: secret}.Parse([]Sheet{sheetOf(lines...)})
	var keys []string
	for _, issue := range issues {
		keys = append(keys, issue.Key)
	}
	return issues, keys
}

func TestAWarningThatWasConfirmedStaysConfirmed(t *testing.T) {
	odd := "1号楼|1单元|102|住宅|7|乙二|||19900000001"
	before, keys := keysOf(t, header, good, odd, "1号楼|1单元|103|住宅|89|丙三|||")
	if got := found(before); !slices.Equal(got, []string{"3 area_implausible", "3 id_missing", "4 id_missing"}) {
		t.Fatalf("%q", got)
	}
	review := ReviewIssues(before, nil)
	all := ConfirmAll(review, IDMissing, "甲", "没有登记证件", 5)
	if len(all) != 2 || all[0].Key != keys[1] || all[0].Unit != "1号楼/1单元/102" || all[0].At != 5 {
		t.Fatalf("%+v", all)
	}
	all = append(all, Confirmation{Key: keys[0], Code: AreaImplausible, By: "甲", Why: "门卫室"})
	if settled := ReviewIssues(before, all); !settled.Ready() || len(settled.Confirmed) != 3 || len(settled.Lapsed) != 0 {
		t.Errorf("%+v", settled)
	}
	// The next file has the rows elsewhere, another area, and a new owner without a number.
	after, moved := keysOf(t, "新名册", header, "1号楼|1单元|104|住宅|89|丁四|||", "1号楼|1单元|103|住宅|89|丙三|||", good, strings.Replace(odd, "7", "6", 1))
	settled := ReviewIssues(after, all)
	if len(settled.Confirmed) != 2 || len(settled.Open) != 2 || len(settled.Lapsed) != 1 || settled.Lapsed[0].Key != keys[0] {
		t.Errorf("%q %+v", moved, settled)
	}
	for _, issue := range settled.Open {
		if issue.Unit == "1号楼/1单元/103" {
			t.Errorf("confirmed before: %+v", issue)
		}
	}
	if settled.Ready() {
		t.Error("ready with open warnings")
	}
}

func TestAnErrorCannotBeConfirmedAway(t *testing.T) {
	issues, keys := keysOf(t, header, "1号楼|1单元|101|住宅||甲一||"+idA)
	review := ReviewIssues(issues, []Confirmation{{Key: keys[0], Code: AreaMissing}})
	if len(review.Errors) != 1 || len(review.Confirmed) != 0 || len(ConfirmAll(review, AreaMissing, "甲", "", 0)) != 0 {
		t.Errorf("%+v", review)
	}
}

func TestIssueKeysTellNothingAndNeverRepeat(t *testing.T) {
	lines := []string{header, "1号楼|1单元|101|住宅|89|甲一、乙二|||", "1号楼|1单元|102|住宅|89|甲一、甲一|||"}
	issues, keys := keysOf(t, lines...)
	seen := map[string]bool{}
	for i, key := range keys {
		if key == "" || seen[key] || len(key) > 32 {
			t.Errorf("%q of %+v", key, issues[i])
		}
		seen[key] = true
	}
	_, other := Guidance{Secret: []byte("another")}.Parse([]Sheet{sheetOf(lines...)})
	if other[0].Key == keys[0] {
		t.Error("the key does not depend on the secret")
	}
	if _, bare := Parse([]Sheet{sheetOf(lines...)}); bare[0].Key != "" {
		t.Error("a key without a secret is a hash that can be turned back")
	}
}

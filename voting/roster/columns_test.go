package roster

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
)

// fieldsIn lists the fields of a map from the left: "楼栋=building".
func fieldsIn(m SheetMap) string {
	var list []string
	for _, c := range m.Columns {
		if c.Field != "" {
			list = append(list, c.Letter+"="+string(c.Field))
		}
	}
	return strings.Join(list, " ")
}

func TestTheMapTellsWhatEachColumnWasTakenFor(t *testing.T) {
	sheet := sheetOf("某小区业主名册", "楼栋|单元|房号|专有部分建筑面积合计(㎡)|产权人|身份证|手机|内部编码",
		"1号楼|1单元|101|89.2|甲一|"+idA+"|19900000001|x", "1号楼|1单元|102|89.2|乙二|"+idB+"|19900000002")
	roster, _ := Parse([]Sheet{sheet, {Name: "空"}})
	m := roster.Maps[0]
	if !m.Used || m.HeaderRow != 2 || m.Depth != 1 || m.By != MapFound || m.LastRow != 4 || len(m.Missing) != 0 {
		t.Errorf("%+v", m)
	}
	if got := fieldsIn(m); got != "A=building B=stair C=room D=area E=name F=id_number G=phone" {
		t.Error(got)
	}
	area, id, unused := m.Columns[3], m.Columns[5], m.Columns[7]
	if area.Sureness != Likely || area.Why != "列名与“建筑面积”相近，请核对。" || area.Name != "建筑面积" {
		t.Errorf("area %+v", area)
	}
	if id.Sureness != Certain || slices.Contains(id.Samples, idA) || len(id.Samples) != 2 {
		t.Errorf("a number in clear among the samples: %+v", id)
	}
	if owner := m.Columns[4]; !slices.Equal(owner.Samples, []string{"甲*", "乙*"}) {
		t.Errorf("a name in clear among the samples: %+v", owner)
	}
	if unused.Sureness != Unused || unused.Header != "内部编码" || !slices.Equal(unused.Samples, []string{"x"}) {
		t.Errorf("unused %+v", unused)
	}
	if empty := roster.Maps[1]; empty.Used || len(empty.Columns) != 0 {
		t.Errorf("empty sheet %+v", empty)
	}
	if !roster.Recognised() {
		t.Error("not recognised")
	}
	if letter(0)+letter(25)+letter(26)+letter(255) != "AZAAIV" {
		t.Error(letter(26), letter(255))
	}
}

// twoRows are headers of two rows with the fields they give.
var twoRows = []struct {
	name  string
	upper string
	lower string
	want  string
}{
	{"groups over names, as a text file has them", "房屋坐落|||业主信息|||建筑面积(㎡)|备注", "楼栋|单元|室号|姓名|证件号码|电话||",
		"A=building B=stair C=room D=name E=id_number F=phone G=area H=remark"},
	{"cells that reach over both rows are filled down by the spreadsheet", "房屋坐落|||业主信息|||建筑面积(㎡)|备注", "楼栋|单元|室号|姓名|证件号码|电话|建筑面积(㎡)|备注",
		"A=building B=stair C=room D=name E=id_number F=phone G=area H=remark"},
	{"co-owners as a group of their own", "房屋|||产权人|||共有人|||面积", "楼栋|单元|房号|姓名|身份证号|电话|姓名|身份证号|电话|建筑面积",
		"A=building B=stair C=room D=name E=id_number F=phone G=co_owners H=co_owner_id I=co_owner_phone J=area"},
	{"the kind of a document is no use of the room", "房屋|||业主|证件||面积", "楼栋|单元|房号|姓名|类型|号码|建筑面积",
		"A=building B=stair C=room D=name E=id_kind F=id_number G=area"},
	{"the area inside the walls is none", "房屋|||业主|套内|建筑", "楼栋|单元|房号|姓名|面积|面积", "A=building B=stair C=room D=name F=area"},
	{"a title above is no group", "某小区业主名册|||||", "楼栋|单元|房号|姓名|身份证|建筑面积", "A=building B=stair C=room D=name E=id_number F=area"},
}

func TestHeadersOfTwoRowsAreRead(t *testing.T) {
	for _, test := range twoRows {
		t.Run(test.name, func(t *testing.T) {
			roster, issues := Parse([]Sheet{sheetOf("业主名册", test.upper, test.lower, "1|1|101|甲|乙|丙|丁|90|1")})
			m := roster.Maps[0]
			if got := fieldsIn(m); got != test.want || m.HeaderRow != 3 {
				t.Errorf("row %d: %s, want %s (%q)", m.HeaderRow, got, test.want, found(issues))
			}
		})
	}
	full := sheetOf("房屋坐落|||业主信息|||建筑面积(㎡)|共有人||", "楼栋|单元|室号|姓名|证件号码|电话||姓名|证件号码|电话",
		"1|1|101|甲一|"+idA+"|19900000001|89.5|乙二、丙三|"+idB+"、"+idC+"|19900000002")
	roster, _ := Parse([]Sheet{full})
	if len(roster.Units) != 1 || len(roster.Units[0].Owners) != 3 || roster.Units[0].Owners[2].IDNumber != idC {
		t.Fatalf("%+v", roster)
	}
	if got := roster.Maps[0].Columns[3].Header + " " + roster.Maps[0].Columns[6].Header; got != "业主信息/姓名 建筑面积(㎡)" {
		t.Error(got)
	}
}

func TestAPersonsMapIsFollowedOrRefused(t *testing.T) {
	sheet := sheetOf("标题", "A|B|C|D|E", "1|101|甲一|90|"+idA)
	right := map[Field]int{FieldBuilding: 0, FieldRoom: 1, FieldName: 2, FieldArea: 3, FieldIDNumber: 4}
	with := func(change func(map[Field]int)) map[Field]int {
		changed := maps.Clone(right)
		change(changed)
		return changed
	}
	tests := []struct {
		name    string
		choices []ColumnChoice
		refused []RefusalCode
		units   int
	}{
		{"the right columns", []ColumnChoice{{Sheet: "业主名册", HeaderRow: 2, Columns: right}}, nil, 1},
		{"a list without a header begins at the top", []ColumnChoice{{Sheet: "业主名册", Columns: right}}, nil, 1},
		{"a column beyond the last", []ColumnChoice{{Sheet: "业主名册", HeaderRow: 2, Columns: with(func(m map[Field]int) { m[FieldPhone] = 5 })}}, []RefusalCode{ColumnUnknown}, 0},
		{"a column below the first", []ColumnChoice{{Sheet: "业主名册", HeaderRow: 2, Columns: with(func(m map[Field]int) { m[FieldPhone] = -1 })}}, []RefusalCode{ColumnUnknown}, 0},
		{"one column for two fields", []ColumnChoice{{Sheet: "业主名册", HeaderRow: 2, Columns: with(func(m map[Field]int) { m[FieldPhone] = 4 })}}, []RefusalCode{ColumnTwice}, 0},
		{"a field that is none", []ColumnChoice{{Sheet: "业主名册", HeaderRow: 2, Columns: with(func(m map[Field]int) { m["choice"] = 4 })}}, []RefusalCode{FieldUnknown}, 0},
		{"no room and no area", []ColumnChoice{{Sheet: "业主名册", HeaderRow: 2, Columns: map[Field]int{FieldName: 2}}}, []RefusalCode{ColumnNeeded, ColumnNeeded}, 0},
		{"a header below the rows that may hold one", []ColumnChoice{{Sheet: "业主名册", HeaderRow: 99, Columns: right}}, []RefusalCode{HeaderRowUnknown}, 0},
		{"a sheet that is not there", []ColumnChoice{{Sheet: "别的", HeaderRow: 2, Columns: right}}, []RefusalCode{SheetUnknown}, 0},
		{"two words on one sheet", []ColumnChoice{{Sheet: "业主名册", HeaderRow: 2, Columns: right}, {Sheet: "业主名册", Skip: true}}, []RefusalCode{SheetTwice}, 1},
		{"a sheet left out", []ColumnChoice{{Sheet: "业主名册", Skip: true}}, nil, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			roster, _ := Guidance{Columns: test.choices}.Parse([]Sheet{sheet})
			var codes []RefusalCode
			for _, r := range roster.Refused {
				if codes = append(codes, r.Code); r.Sheet == "" || r.Message == "" || strings.Contains(r.Message, "%!") {
					t.Errorf("%+v", r)
				}
			}
			if !slices.Equal(codes, test.refused) || len(roster.Units) != test.units {
				t.Errorf("%v and %d units, want %v and %d", codes, len(roster.Units), test.refused, test.units)
			}
		})
	}
}

func TestAChosenMapIsRememberedByItsHeaderTexts(t *testing.T) {
	first := sheetOf("栋|号|谁|大小(㎡)|证", "1|101|甲一|90|"+idA)
	choice := ColumnChoice{Sheet: "业主名册", HeaderRow: 1, Columns: map[Field]int{FieldBuilding: 0, FieldRoom: 1, FieldName: 2, FieldArea: 3, FieldIDNumber: 4}}
	roster, _ := Guidance{Columns: []ColumnChoice{choice}}.Parse([]Sheet{first})
	saved, ok := roster.Maps[0].Save()
	if !ok || saved.Columns[FieldArea] != "大小(㎡)" {
		t.Fatalf("%+v", saved)
	}
	text, err := json.Marshal(saved)
	if err != nil {
		t.Fatal(err)
	}
	var read SavedMap
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name   string
		lines  []string
		by     MapSource
		units  int
		issues []string
		fit    string
	}{
		{"the same texts in another order, below a title", []string{"新名册", "大小（㎡）|证|谁|号|栋", "90|" + idA + "|甲一|101|1"}, MapRemembered, 1, []string{"2 usage_unstated"}, "沿用了上次确认的列对应关系。"},
		{"a new column is named", []string{"栋|号|谁|大小(㎡)|证|天气", "1|101|甲一|90|" + idA + "|晴"}, MapRemembered, 1, []string{"1 usage_unstated"}, "沿用了上次确认的列对应关系；新出现的“天气”没有采用，请核对。"},
		{"a new column that looks like a field is asked about", []string{"栋|号|谁|大小(㎡)|证|共有人", "1|101|甲一|90|" + idA + "|"}, MapRemembered, 1, []string{"1 column_new", "1 usage_unstated"}, "沿用了上次确认的列对应关系；新出现的“共有人”没有采用，请核对。"},
		{"a text that is gone gives the map up", []string{"楼栋|房号|业主|建筑面积|证", "1|101|甲一|90|" + idA}, MapFound, 1, []string{"1 map_outdated", "1 id_column_missing", "1 usage_unstated"},
			"上次确认的列对应关系用不上了：这张表没有“栋”“号”“大小(㎡)”“谁”，已重新识别，请核对。"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			roster, issues := Guidance{Remembered: []SavedMap{read}}.Parse([]Sheet{sheetOf(test.lines...)})
			m := roster.Maps[0]
			if m.By != test.by || len(roster.Units) != test.units || !slices.Equal(found(issues), test.issues) {
				t.Errorf("by %s, %d units, issues %q", m.By, len(roster.Units), found(issues))
			}
			if m.Fit == nil || m.Fit.Message != test.fit {
				t.Errorf("fit %+v", m.Fit)
			}
		})
	}
	if _, ok := (SheetMap{}).Save(); ok {
		t.Error("a map of nothing is remembered")
	}
	twice := sheetOf("栋|号|谁|谁|大小|证", "1|101|甲一|乙二|90|"+idA)
	choice.Columns = map[Field]int{FieldBuilding: 0, FieldRoom: 1, FieldName: 3, FieldArea: 4, FieldIDNumber: 5}
	roster, _ = Guidance{Columns: []ColumnChoice{choice}}.Parse([]Sheet{twice})
	if saved, _ := roster.Maps[0].Save(); saved.Columns[FieldName] != "谁#2" {
		t.Errorf("%+v", saved)
	}
}

func TestEverySheetWithTheColumnsIsUsed(t *testing.T) {
	rows := []string{"单元|房号|建筑面积|产权人|证件号码|用途", "1|101|90|甲一|" + idA + "|住宅"}
	one, two, notes := sheetOf(rows...), sheetOf(strings.ReplaceAll(strings.Join(rows, "\n"), idA, idB)), sheetOf("说明", "请填写")
	two = sheetOf(rows[0], strings.ReplaceAll(strings.ReplaceAll(rows[1], idA, idB), "甲一", "乙二"), "1|101|90|丙三||住宅", "1|102|-1|丙三|"+idC+"|住宅")
	one.Name, two.Name, notes.Name = "1#楼", "2栋业主名册", "说明"
	roster, issues := Parse([]Sheet{notes, one, two})
	var places []string
	for _, u := range roster.Units {
		places = append(places, u.Place())
	}
	if !slices.Equal(places, []string{"1号楼/1单元/101", "2栋/1单元/101"}) {
		t.Errorf("%q", places)
	}
	var where []string
	for _, issue := range issues {
		where = append(where, issue.Sheet+" "+string(issue.Code))
	}
	want := []string{"说明 sheet_skipped", "1#楼 building_from_sheet", "2栋业主名册 building_from_sheet", "2栋业主名册 id_missing", "2栋业主名册 area_not_positive"}
	if !slices.Equal(where, want) {
		t.Errorf("%q", where)
	}
	if roster.Maps[0].Used || roster.Maps[0].Why == "" || !roster.Maps[2].Used {
		t.Errorf("%+v", roster.Maps)
	}
	again := sheetOf("楼栋|单元|房号|建筑面积|产权人|证件号码|用途", "1号楼|1|101|91|甲一|"+idA+"|住宅")
	again.Name = "汇总"
	_, issues = Parse([]Sheet{one, again})
	if last := issues[len(issues)-1]; last.Code != DuplicateUnit || !strings.Contains(last.Message, "与“1#楼”第 2 行是同一房号") {
		t.Errorf("%+v", last)
	}
}

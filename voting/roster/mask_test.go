package roster

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestNumbersInAFreeTextAreMaskedHoweverTheyAreWritten(t *testing.T) {
	for text, want := range map[string]string{
		"19900001276":           "1********76",
		"电话199 0000 1276，下午":    "电话1** **** **76,下午",
		"199-0000-1276":         "1**-****-**76",
		"990000 19770804 001X":  "9***** ******** **1X",
		"990000197708040018 本人": "9***************18 本人",
		"0536-8234567":          "0***-*****67",
		"2026-03-02 09":         "2026-03-02 09",
		"1-2-301":               "1-2-301",
		"89.50":                 "89.50",
		"19900001":              "19900001",
		"ABCDEFGHIJKL":          "ABCDEFGHIJKL",
		"91990000MA0000000X":    "9***************0X",
		"张三 1990000 李四 1276":    "张三 1990000 李四 1276",
		"":                      "",
		"１９９ ００００ １２７６":         "1** **** **76",
		"199  0000  1276":       "1** **** **76",
		"楼下小卖部老板娘的手机19900001276可打": "楼下小卖部老板娘的手机1********76可打",
	} {
		if got := glimpse(text, 40); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestANumberIsMaskedBeforeTheTextIsCut(t *testing.T) {
	const text = "请拨打业主本人的手机199 0000 1276"
	for most := range []rune(text) {
		if got := glimpse(text, most); len([]rune(got)) > 13 && []rune(got)[11] != '*' {
			t.Errorf("cut at %d: %q", most, got)
		}
	}
	if got := shown("", "请于晚上七点以后再拨打业主本人留下来的那个手机号码否则无人接听谢谢您了啊19900001276"); got != "请于晚上七点以后再拨打业主本人留下来的那个手机号码否则无人接听谢谢您了啊1***…" {
		t.Errorf("a doubt shows %q", got)
	}
}

// TestAColumnOfNumbersIsNotPublishedAsRooms takes the ID numbers for rooms and the phones for usages, as a slip on the
// page of the columns would: a person has to say first that they are none.
func TestAColumnOfNumbersIsNotPublishedAsRooms(t *testing.T) {
	sheet := Sheet{Name: "S", Rows: []Row{{1, []string{"楼栋", "房号", "面积", "业主", "身份证", "电话"}},
		{2, []string{"1号楼", "101", "89", "样例甲", idA, "199 0000 0001"}}, {3, []string{"1号楼", "130102000017", "90", "样例乙", idB, "19900000002"}}}}
	slip := Guidance{Columns: []ColumnChoice{{Sheet: "S", HeaderRow: 1, Columns: map[Field]int{FieldBuilding: 0, FieldRoom: 4, FieldArea: 2, FieldName: 3, FieldUsage: 5}}}}
	_, issues := slip.Parse([]Sheet{sheet})
	doubted := map[Field]int{}
	for _, issue := range issues {
		if issue.Code == NumberInPublic {
			if doubted[issue.Field]++; issue.Severity != Warning || issue.Value == idA || issue.Value == idB {
				t.Errorf("%+v", issue)
			}
		}
	}
	if doubted[FieldRoom] != 2 || doubted[FieldUsage] != 2 {
		t.Errorf("doubted are %v", doubted)
	}
	read, issues := slip.Parse([]Sheet{sheet})
	for _, building := range Grid(read, ReviewIssues(issues, nil)) {
		text, err := json.Marshal(building)
		if err != nil || strings.Contains(string(text), idA) || strings.Contains(string(text), idB) || strings.Contains(string(text), "19900000002") {
			t.Errorf("the floors show %s, %v", text, err)
		}
		if len(building.Stairs[0].Others) != 2 || building.Stairs[0].Others[0].State != CellWarning {
			t.Errorf("the doubt of a masked room is lost: %+v", building.Stairs)
		}
	}
	_, issues = Parse([]Sheet{sheet})
	for _, issue := range issues {
		if issue.Code == NumberInPublic {
			t.Errorf("the columns as they are: %+v", issue)
		}
	}
}

func TestAGlimpseOfAFileTellsNobodysName(t *testing.T) {
	for line, want := range map[string]string{
		"楼栋,房号,建筑面积,产权人,联系电话":             "楼栋,房号,建筑面积,产权人,联系电话",
		"1号楼,101,89.50,样例甲,199 0000 1276": "1号*,101,89.50,样**,1** **** **76",
		"\"样 例\",示例":                      "\"样*\",示*",
		"阿卜杜拉·示例,John Smith":              "阿**·示*,J**",
		"1号楼\t样例甲\t住宅":                    "1号* 样** 住*",
		"共决示范花园业主名册":                      "共**",
		"\U00020BB7示例":                    "\U00020BB7**",
		"AB123456789":                     "A********89",
		"妤兼爧,鎴垮彿":                         "妤**,鎴**",
		"":                                "",
	} {
		if got := Glimpse(line, 40); got != want {
			t.Errorf("%q becomes %q, want %q", line, got, want)
		}
	}
	if got := Glimpse(strings.Repeat("样例,", 400), 10); got != "样*,样*,样*,样…" {
		t.Errorf("a long line becomes %q", got)
	}
}

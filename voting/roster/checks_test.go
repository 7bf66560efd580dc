package roster

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rosters are whole files of one sheet, with the issues as "row code" that they must raise.
var doubtCases = []struct {
	name   string
	lines  []string
	units  int
	issues []string
}{
	{"two rows of one part that are sold and unsold", []string{"房号|面积|产权人|证件号码|状态|用途|楼栋", "101|90|甲一|" + idA + "|已交付|住宅|1号楼", "101|90|乙二|" + idB + "|未交付|住宅|1号楼"}, 0, []string{"3 co_owner_conflict"}},
	{"two rows of one part with two uses", []string{"房号|面积|产权人|证件号码|状态|用途|楼栋", "101|90|甲一|" + idA + "||住宅|1号楼", "101|90|乙二|" + idB + "||商业|1号楼"}, 0, []string{"3 co_owner_conflict"}},
	{"two rows of which one leaves status and use out", []string{"房号|面积|产权人|证件号码|状态|用途|楼栋", "101|90|甲一|" + idA + "|未交付|住宅|1号楼", "101|90|乙二|" + idB + "|||1号楼"}, 1, nil},
	{"the rows of one part stand apart", []string{"房号|面积|产权人|证件号码|用途|楼栋", "101|90|甲一|" + idA + "|住宅|1号楼", "102|90|丙三|" + idC + "|住宅|1号楼", "101|90|乙二|" + idB + "|住宅|1号楼"}, 1, []string{"4 duplicate_unit"}},
	{"one name on two units with two numbers is common", []string{header, good, "1号楼|1单元|102|住宅|89|甲一||" + idB}, 2, nil},
	{"one name and one phone with two numbers is asked about", []string{header, good, "1号楼|1单元|102|住宅|89|甲一||" + idB + "|19900000001"}, 2, []string{"3 name_several_ids"}},
	{"one name with a number that slipped in one digit", []string{header, good, "1号楼|1单元|102|住宅|89|甲一||990000197708040019"}, 2, []string{"3 id_checksum", "3 name_several_ids"}},
	{"one name with a number in which two digits changed places", []string{header, good, "1号楼|1单元|102|住宅|89|甲一||990000197708400018"}, 2, []string{"3 id_format", "3 name_several_ids"}},
	{"two numbers that only resemble each other are two people", []string{header, good, "1号楼|1单元|102|住宅|89|甲一||990000197708040026"}, 2, nil},
	{"one name twice on one part with two numbers", []string{header, strings.Replace(good, "||已交付", "|甲一/"+idB+"|已交付", 1)}, 1, []string{"2 name_several_ids"}},
	{"a firm under two codes", []string{header, "1号楼|1单元|101|商业|89|虚构商贸有限公司||91140200MA0ABCD12U", "1号楼|1单元|102|商业|89|虚构商贸有限公司||91140200MA0ABCE11U"}, 2, []string{"2 id_checksum", "3 id_checksum", "3 name_several_ids"}},
	{"one number under two spellings of a name with a dot is one person", []string{header, "1号楼|1单元|101|住宅|89|古丽娜尔·吐尔逊江||" + idA, "1号楼|1单元|102|住宅|89|古丽娜尔・吐尔逊江||" + idA, "1号楼|1单元|103|住宅|89|古丽娜尔•吐尔逊江||" + idA}, 3, nil},
	{"two spellings of one building", []string{header, good, strings.Replace(good, "1号楼", "1栋", 1), strings.Replace(good, "1号楼", "1幢", 1), "甲1栋" + good[len("1号楼"):]}, 4, []string{"3 building_twice", "4 building_twice"}},
	{"two phones of one owner", []string{header, strings.Replace(good, "19900000001", "19900000001、19900000002", 1)}, 1, []string{"2 phone_extra"}},
	{"co-owners joined by a word without numbers", []string{header, "1号楼|1单元|101|住宅|89|甲一和乙二|||"}, 1, []string{"2 owners_split", "2 id_missing", "2 id_missing"}},
	{"one number for what looks like two people", []string{header, "1号楼|1单元|101|住宅|89|甲一和乙二||" + idA}, 1, []string{"2 name_doubtful"}},
	{"a text of 101 characters for a name", []string{header, "1号楼|1单元|101|住宅|89|" + strings.Repeat("甲", 101) + "||" + idA}, 0, []string{"2 name_too_long"}},
	{"a name of 100 characters", []string{header, "1号楼|1单元|101|住宅|89|" + strings.Repeat("甲", 50) + "·" + strings.Repeat("乙", 49) + "||" + idA}, 1, nil},
	{"more co-owners than one part can have", []string{header, strings.Replace(good, "||已交付", "|"+strings.Repeat("乙二、", mostOwners)+"|已交付", 1)}, 0, []string{"2 owners_unclear"}},
	{"a filler letter that prints nothing", []string{header, "1号楼|1单元|101|住宅|89|甲\u3164一||" + idA}, 0, []string{"2 hidden_character"}},
	{"a character of one computer's own", []string{header, "1号楼|1单元|101|住宅|89|甲\ue000||" + idA}, 0, []string{"2 unreadable_character"}},
	{"a building in the form of a merged heading over rooms of two digits on floors", []string{"楼栋|单元|楼层|房号|面积|产权人|证件号码|用途", "1号楼|1单元|3层|01|90|甲一|" + idA + "|住宅", "||12|2|90|乙二|" + idB + "|住宅"}, 2, nil},
}

func TestEachKindOfDoubtIsRaisedAndNoOther(t *testing.T) {
	for _, test := range doubtCases {
		t.Run(test.name, func(t *testing.T) {
			roster, issues := Parse([]Sheet{sheetOf(test.lines...)})
			if got := found(issues); !slices.Equal(got, test.issues) || len(roster.Units) != test.units {
				t.Errorf("%d units, issues %q, want %d and %q", len(roster.Units), got, test.units, test.issues)
			}
		})
	}
}

// stair gives the rows of one stair: floors with the doors given.
func stair(name string, floors []string, doors ...string) []string {
	var lines []string
	for _, floor := range floors {
		for _, door := range doors {
			lines = append(lines, "1号楼|"+name+"|"+floor+door+"|住宅|90|甲一||"+idA)
		}
	}
	return lines
}

func TestAForgottenRoomIsAskedAboutInARegularStair(t *testing.T) {
	six := []string{"1", "2", "3", "4", "5", "6"}
	without := func(lines []string, rooms ...string) []string {
		return slices.DeleteFunc(slices.Clone(lines), func(line string) bool {
			return slices.ContainsFunc(rooms, func(room string) bool { return strings.Contains(line, "|"+room+"|") })
		})
	}
	tests := []struct {
		name  string
		lines []string
		says  string
	}{
		{"a whole stair", stair("1", six, "01", "02"), ""},
		{"one room is missing", without(stair("1", six, "01", "02"), "302"), "1号楼/1单元其他楼层都有这些房号，名册里缺 302，"},
		{"two rooms of one floor are missing", without(stair("1", six, "01", "02"), "301", "302"), "名册里缺 301、302，"},
		{"rooms of two floors are missing: four of six floors are no pattern", without(stair("1", six, "01", "02"), "302", "501"), ""},
		{"rooms of two floors of ten are missing", without(stair("1", append(slices.Clone(six), "7", "8", "9", "10"), "01", "02"), "302", "501"), "名册里缺 302、501，"},
		{"three floors have no pattern", without(stair("1", six[:3], "01", "02"), "202"), ""},
		{"of four floors three are no pattern", without(stair("1", six[:4], "01", "02"), "302"), ""},
		{"floors 4, 13 and 14 may be left out", without(stair("1", []string{"1", "2", "3", "5", "6", "7", "8", "9", "10", "11", "12", "15", "16"}, "01", "02")), ""},
		{"floor 5 may not", stair("1", []string{"1", "2", "3", "4", "6", "7"}, "01", "02"), "名册里缺 501、502，"},
		{"a room held back is not forgotten", append(without(stair("1", six, "01", "02"), "302"), "1号楼|1|302|住宅|约九十|甲一||"+idA), ""},
		{"a further room is no gap", append(stair("1", six, "01", "02"), "1号楼|1|603|住宅|90|甲一||"+idA), ""},
		{"a room in two parts is no gap", append(without(stair("1", six, "01", "02"), "302"), "1号楼|1|302A|住宅|90|甲一||"+idA, "1号楼|1|302B|住宅|90|甲一||"+idA), ""},
		{"rooms that are no floor and door have no pattern", append(without(stair("1", six, "01", "02"), "302"), "1号楼|1|底层|住宅|90|甲一||"+idA), ""},
		{"many rooms are counted", without(stair("1", append(slices.Clone(six), "7", "8", "9", "10"), "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13"),
			"501", "502", "503", "504", "505", "506", "507", "508", "509", "510", "511", "512", "513"), "509、510、511、512 等 13 个，"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, issues := Parse([]Sheet{sheetOf(append([]string{header}, test.lines...)...)})
			var said []Issue
			for _, issue := range issues {
				if issue.Code == UnitsMissing {
					said = append(said, issue)
				}
			}
			switch {
			case test.says == "" && len(said) > 0:
				t.Errorf("a false alarm: %+v", said)
			case test.says != "" && (len(said) != 1 || !strings.Contains(said[0].Message, test.says) || said[0].Unit == "" || said[0].Row == 0):
				t.Errorf("%+v, want %q", said, test.says)
			}
		})
	}
}

func TestASubtotalOfAPageIsThatOfItsRows(t *testing.T) {
	page := func(sum string) []string {
		return []string{header, good, "本页小计||||" + sum, "|1单元|102|住宅|50|乙二||" + idB, "本页小计||||50", "1号楼小计||||139.2", "总户数：2 户"}
	}
	roster, issues := Parse([]Sheet{sheetOf(page("89.20")...)})
	if len(issues) > 0 || len(roster.Units) != 2 || roster.Units[1].Place() != "1号楼/1单元/102" {
		t.Errorf("%q %+v", found(issues), roster.Units)
	}
	if _, issues = Parse([]Sheet{sheetOf(page("89.21")...)}); !slices.Equal(found(issues), []string{"3 total_differs"}) {
		t.Errorf("%q", found(issues))
	}
}

func TestAFileBuiltToCostTimeOrMemoryIsCutShort(t *testing.T) {
	many := strings.Repeat("甲一、", mostOwners+1)
	rows := []string{header, "1号楼|1单元|101|住宅|89|" + many + "|||", "1号楼|1单元|" + strings.Repeat("1", longestPlace+1) + "|住宅|89|甲一||" + idA}
	for i := range mostOwners + 5 { // rows of one part without an end
		rows = append(rows, "1号楼|1单元|102|住宅|89|甲"+strings.Repeat("一", i%50)+strings.Repeat("二", i/50)+"|||199"+strconv.Itoa(10000000+i)+"||")
	}
	rows[0] = strings.Replace(header, "|共有人", "|另外", 1)
	roster, issues := Parse([]Sheet{sheetOf(rows...)})
	if len(roster.Units) != 0 {
		t.Errorf("%d units", len(roster.Units))
	}
	count := map[Code]int{}
	for _, issue := range issues {
		count[issue.Code]++
	}
	if count[PlaceTooLong] != 1 || count[OwnersUnclear] != 5 {
		t.Errorf("%v", count)
	}

	rows = []string{header}
	for range mostIssues {
		rows = append(rows, "|||||甲一||"+idA+"|12")
	}
	_, issues = Parse([]Sheet{sheetOf(rows...)})
	if len(issues) != mostIssues+1 || issues[0].Code != TooManyIssues || !strings.HasPrefix(issues[0].Message, "疑点超过 10000 处，其余 ") {
		t.Errorf("%d issues, %+v", len(issues), issues[0])
	}
	long := strings.Repeat("产权人", longestHeading)
	if roster, _ := Parse([]Sheet{sheetOf("楼栋|房号|建筑面积|"+long, "1|101|90|甲一")}); roster.Recognised() {
		t.Error("a long text is taken for a header")
	}
}

func TestWhatAWholeColumnLacksIsSaidOnce(t *testing.T) {
	lines := []string{"楼栋|房号|建筑面积|产权人", "1号楼|101|90|甲一", "1号楼|102|90|乙二", "1号楼|103|90|丙三"}
	_, issues := Parse([]Sheet{sheetOf(lines...)})
	if got := found(issues); !slices.Equal(got, []string{"1 usage_unstated", "1 id_column_missing"}) && !slices.Equal(got, []string{"1 id_column_missing", "1 usage_unstated"}) {
		t.Errorf("%q", got)
	}
	// Once somebody filled one in, the others are asked for.
	_, issues = Guidance{Corrections: []Correction{fix(2, FieldUsage, "住宅"), fix(2, FieldIDNumber, idA)}}.Parse([]Sheet{sheetOf(lines...)})
	if got := found(issues); !slices.Equal(got, []string{"3 usage_unstated", "3 id_missing", "4 usage_unstated", "4 id_missing"}) && len(got) != 4 {
		t.Errorf("%q", got)
	}
}

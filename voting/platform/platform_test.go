package platform

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

// The window of the plan below: 2026-03-22 09:00 to 2026-04-01 09:00 北京时间.
var (
	opens  = calendar.Date(2026, 3, 22) + 9*60*60_000
	closes = calendar.Date(2026, 4, 1) + 9*60*60_000
)

// plan has a motion, an election with a mark for each, one by pick, a selection, and a motion of building 2. Voter a
// has homes in both buildings, b and c one each, p a parking space that counts for nothing.
func plan() Plan {
	unit := func(building, room, voter string) Unit {
		return Unit{Building: building, Stair: "1单元", Room: room, Voter: voter,
			Unit: voting.Unit{Place: building + "/1单元/" + room, Area: 900_000}}
	}
	space := Unit{Building: "车库", Room: "B1", Voter: "p", Unit: voting.Unit{Place: "车库/B1", NoHead: true}}
	return Plan{OpensAt: opens, ClosesAt: closes,
		Matters: []Matter{
			{ID: "m1", Title: "修改议事规则（草案）", Rule: voting.Matter{Kind: voting.Motion}},
			{ID: "m2", Title: "选举业主委员会", Rule: voting.Matter{Kind: voting.Election, Method: voting.ApprovalEach, Options: []string{"候选人甲", "候选人乙"}, Seats: 2}},
			{ID: "m3", Title: "选举候补", Rule: voting.Matter{Kind: voting.Election, Method: voting.Pick, Options: []string{"张三", "李四", "王五"}, Seats: 2}},
			{ID: "m4", Title: "选聘物业服务企业", Rule: voting.Matter{Kind: voting.Selection, Method: voting.Pick, Options: []string{"样例物业、服务一", "样例物业二"}}},
			{ID: "m5", Title: "使用2号楼维修资金", Rule: voting.Matter{Kind: voting.Motion, Scope: []string{"2号楼"}}},
		},
		Units: []Unit{unit("1号楼", "101", "a"), unit("1号楼", "102", "b"), unit("2号楼", "101", "a"), unit("2号楼", "102", "c"), space},
		Voted: map[string]lifecycle.Channel{}}
}

var heading = []string{"楼栋", "单元", "房号", "表决事项一", "表决事项二", "表决事项三", "表决事项四", "表决事项五", "提交时间", "平台流水号"}

// table is a sheet with the heading in row 2, below a title.
func table(rows ...[]string) roster.Sheet {
	sheet := roster.Sheet{Name: "结果", Rows: []roster.Row{{Number: 1, Cells: []string{"样例小区业主大会会议投票结果"}}, {Number: 2, Cells: heading}}}
	for i, row := range rows {
		sheet.Rows = append(sheet.Rows, roster.Row{Number: 3 + i, Cells: row})
	}
	return sheet
}

// vote is a good row of a home; changes name columns of the heading from 0.
func vote(building, room string, changes ...any) []string {
	row := []string{building, "1单元", room, "同意", "候选人甲、候选人乙", "张三，李四", "样例物业二", "", "2026-03-25 10:11:12", building + room}
	if building == "2" {
		row[7] = "反对"
	}
	for i := 0; i+1 < len(changes); i += 2 {
		row[changes[i].(int)] = changes[i+1].(string)
	}
	return row
}

func codes(f File) []Code {
	var list []Code
	for _, issue := range f.Issues {
		list = append(list, issue.Code)
	}
	return list
}

func TestRowsOfHomesBecomeOneBallotPerVoter(t *testing.T) {
	file := Read([]roster.Sheet{table(vote("1号楼", "101室", 8, "2026/3/25 9:05"), vote("2", "101"), vote("２", "102", 3, "弃权", 4, "候选人甲：反对；候选人乙：弃权", 5, "空白", 6, "样例物业、服务一", 7, "废票（未签名）"),
		make([]string, 10), []string{"1号楼", "1单元", "102"})}, plan())
	if len(file.Issues) > 0 {
		t.Fatalf("%+v", file.Issues)
	}
	both := map[string]voting.Mark{"候选人甲": voting.Yes, "候选人乙": voting.Yes}
	mark := func(choice voting.Choice) ledger.PaperMark { return ledger.PaperMark{Choice: choice} }
	want := []Ballot{
		{Voter: "a", Row: 3, At: calendar.Date(2026, 3, 25) + (9*60+5)*60_000, Serials: []string{"1号楼101室", "2101"}, Marks: map[string]ledger.PaperMark{
			"m1": mark(voting.Choice{Mark: voting.Yes}), "m2": mark(voting.Choice{Each: both}), "m3": mark(voting.Choice{Names: []string{"张三", "李四"}}),
			"m4": mark(voting.Choice{Names: []string{"样例物业二"}}), "m5": mark(voting.Choice{Mark: voting.No})}},
		{Voter: "c", Row: 5, At: calendar.Date(2026, 3, 25) + ((10*60+11)*60+12)*1000, Serials: []string{"２102"}, Marks: map[string]ledger.PaperMark{
			"m1": mark(voting.Choice{Mark: voting.Abstain}), "m2": mark(voting.Choice{Each: map[string]voting.Mark{"候选人甲": voting.No, "候选人乙": voting.Abstain}}),
			"m3": {}, "m4": mark(voting.Choice{Names: []string{"样例物业、服务一"}}), "m5": {Void: ledger.VoidUnsigned}}},
	}
	if diff := cmp.Diff(want, file.Ballots); diff != "" {
		t.Error(diff)
	}
	if file.Rows != 3 || file.Empty != 1 || file.HeaderRow != 2 || file.Sheet != "结果" {
		t.Errorf("%d rows, %d empty, header %d of %s", file.Rows, file.Empty, file.HeaderRow, file.Sheet)
	}
}

func TestAMatterOfAnotherBuildingIsNotPartOfABallotWithoutAHomeThere(t *testing.T) {
	file := Read([]roster.Sheet{table(vote("1", "101"))}, plan())
	if got := codes(file); !slices.Equal(got, []Code{HomeMissing}) || file.Failed() || !file.Doubtful() {
		t.Fatalf("%+v", file.Issues)
	}
	if _, answered := file.Ballots[0].Marks["m5"]; answered {
		t.Error("a home of building 1 answers for building 2")
	}
}

// doubts are rows and what is said of them.
var doubts = []struct {
	name string
	rows [][]string
	want []Code
}{
	{"a room that nobody has", [][]string{vote("1", "109")}, []Code{RoomUnknown}},
	{"a stair left out", [][]string{vote("1", "101", 1, "")}, []Code{RoomUnknown}},
	{"a row without a room", [][]string{vote("1", "")}, []Code{RoomMissing}},
	{"a home that answers for another building", [][]string{vote("1", "102", 7, "同意")}, []Code{RoomOutOfScope}},
	{"one home twice, alike", [][]string{vote("1", "102"), vote("1", "102")}, []Code{DuplicateRow}},
	{"one home twice, differently", [][]string{vote("1", "102"), vote("1", "102", 3, "反对")}, []Code{RowConflict}},
	{"one voter, two homes that differ", [][]string{vote("1", "101"), vote("2", "101", 3, "反对")}, []Code{VotesDiffer}},
	{"one answer left out", [][]string{vote("1", "102", 4, "")}, []Code{AnswerMissing}},
	{"a time and no answer at all", [][]string{{"1号楼", "1单元", "102", "", "", "", "", "", "2026-03-25 10:11", ""}}, []Code{AnswerMissing, AnswerMissing, AnswerMissing, AnswerMissing}},
	{"a word that is no answer", [][]string{vote("1", "102", 3, "好")}, []Code{OptionUnknown}},
	{"a yes to several candidates at once", [][]string{vote("1", "102", 4, "同意")}, []Code{OptionUnknown}},
	{"a candidate who does not stand", [][]string{vote("1", "102", 4, "候选人丙")}, []Code{OptionUnknown}},
	{"a candidate for and against", [][]string{vote("1", "102", 4, "候选人甲：同意；候选人甲：反对")}, []Code{OptionUnknown}},
	{"a firm that does not offer", [][]string{vote("1", "102", 6, "样例物业三")}, []Code{OptionUnknown}},
	{"a no where names are picked", [][]string{vote("1", "102", 6, "反对")}, []Code{MarkNotOffered}},
	{"the majority, which was not announced", [][]string{vote("1", "102", 3, "从众")}, []Code{MarkNotOffered}},
	{"void without a reason", [][]string{vote("1", "102", 3, "废票")}, []Code{VoidUnexplained}},
	{"void for a reason of its own", [][]string{vote("1", "102", 3, "废票：态度不好")}, []Code{VoidUnexplained}},
	{"no time that can be read", [][]string{vote("1", "102", 8, "昨天")}, []Code{TimeUnreadable}},
	{"a day without an hour", [][]string{vote("1", "102", 8, "2026-03-25")}, []Code{TimeUnreadable}},
	{"a second before the start", [][]string{vote("1", "102", 8, "2026-03-22 08:59:59")}, []Code{TimeOutside}},
	{"the first moment", [][]string{vote("1", "102", 8, "2026-03-22 09:00:00")}, nil},
	{"the last second", [][]string{vote("1", "102", 8, "2026-04-01 08:59:59")}, nil},
	{"the moment of the close", [][]string{vote("1", "102", 8, "2026-04-01 09:00:00")}, []Code{TimeOutside}},
	{"no time", [][]string{vote("1", "102", 8, "")}, []Code{TimeMissing}},
	{"one number for two homes", [][]string{vote("1", "102", 9, "7"), vote("2", "102", 9, "7")}, []Code{SerialTwice}},
	{"a number of 64 characters", [][]string{vote("1", "102", 9, strings.Repeat("7", 64))}, nil},
	{"a number of 65 characters", [][]string{vote("1", "102", 9, strings.Repeat("7", 65))}, []Code{SerialLong}},
	{"more names than seats", [][]string{vote("1", "102", 5, "张三、李四、王五")}, []Code{TooManyNames}},
	{"as many names as seats", [][]string{vote("1", "102", 5, "张三、李四")}, nil},
	{"one name twice", [][]string{vote("1", "102", 5, "张三、张三")}, []Code{NameTwice}},
	{"a space that counts for nothing", [][]string{{"车库", "", "B1", "同意", "弃权", "弃权", "弃权"}}, []Code{HomeIgnored, NoRows}},
	{"a line of sums", [][]string{vote("1", "102"), {"合计", "", "", "1", "1", "1", "1"}}, []Code{TotalRow}},
	{"a zero-width character", [][]string{vote("1", "102", 3, "同\u200b意")}, []Code{UnreadableCell}},
	{"a character that was lost", [][]string{vote("1", "102", 6, "样例\ufffd业二")}, []Code{UnreadableCell}},
	{"homes and no votes", [][]string{{"1号楼", "1单元", "102"}}, []Code{NoRows}},
	{"all candidates at once", [][]string{vote("1", "102", 4, "全部反对", 5, "弃权", 6, "弃权")}, nil},
}

func TestEveryDoubtIsAnIssueWithItsPlace(t *testing.T) {
	for _, test := range doubts {
		t.Run(test.name, func(t *testing.T) {
			file := Read([]roster.Sheet{table(test.rows...)}, plan())
			if got := codes(file); !slices.Equal(got, test.want) {
				t.Fatalf("got %v, want %v: %+v", got, test.want, file.Issues)
			}
			for _, issue := range file.Issues {
				if issue.Message == "" || strings.Contains(issue.Message, "%!") || issue.Sheet != "结果" || (issue.Row < 3 && issue.Code != NoRows) {
					t.Errorf("%+v", issue)
				}
			}
			if file.Failed() != slices.ContainsFunc(test.want, func(c Code) bool { return kindOf(c).severity == roster.Error }) {
				t.Errorf("failed: %v", file.Failed())
			}
		})
	}
}

func TestAVoterWithAPaperBallotIsNamed(t *testing.T) {
	p := plan()
	p.Voted = map[string]lifecycle.Channel{"b": lifecycle.Paper, "c": lifecycle.Online}
	file := Read([]roster.Sheet{table(vote("1", "102"), vote("2", "102"))}, p)
	if got := codes(file); !slices.Equal(got, []Code{VotedAlready, VotedAlready}) || !strings.Contains(file.Issues[0].Message, "纸质票") || file.Failed() {
		t.Errorf("%+v", file.Issues)
	}
}

func TestAFormulaIsNoVote(t *testing.T) {
	sheet := table(vote("1", "102"))
	sheet.Formulas = map[roster.CellRef]bool{{Row: 3, Column: 3}: true}
	if got := codes(Read([]roster.Sheet{sheet}, plan())); !slices.Equal(got, []Code{FormulaCell}) {
		t.Errorf("%v", got)
	}
	sheet.Formulas = map[roster.CellRef]bool{{Row: 3, Column: 12}: true}
	if got := codes(Read([]roster.Sheet{sheet}, plan())); got != nil {
		t.Errorf("a formula in a column that is not used: %v", got)
	}
}

// headed is a sheet with another heading.
func headed(names ...string) []roster.Sheet {
	return []roster.Sheet{{Name: "结果", Rows: []roster.Row{{Number: 1, Cells: names}}}}
}

func TestColumnsAreFoundByNumberTitleOrCandidate(t *testing.T) {
	for _, test := range []struct {
		name  string
		names []string
		want  []Code
	}{
		{"titles", []string{"房号", "修改议事规则(草案)", "选举业主委员会", "选举候补", "选聘物业服务企业", "使用2号楼维修资金"}, []Code{NoRows}},
		{"numbers", []string{"房间号", "事项1", "事项 2", "议题三", "第4项", "表决事项五"}, []Code{NoRows}},
		{"numbers and titles", []string{"房号", "表决事项一：修改议事规则（草案）", "议题二：选举业主委员会", "第3项（选举候补）", "事项四", "事项五"}, []Code{NoRows}},
		{"a column for each candidate", []string{"房号", "事项一", "事项二-候选人甲", "候选人乙", "张三", "李四", "王五", "事项四", "事项五"}, []Code{NoRows}},
		{"a candidate without a column", []string{"房号", "事项一", "候选人甲", "事项三", "事项四", "事项五"}, []Code{ColumnMissing}},
		{"a matter without a column", []string{"房号", "事项一", "事项二", "事项三", "事项四"}, []Code{ColumnMissing}},
		{"a matter of two columns", []string{"房号", "事项一", "修改议事规则（草案）", "事项二", "事项三", "事项四", "事项五"}, []Code{ColumnTwice}},
		{"a matter and its candidate", []string{"房号", "事项一", "事项二", "候选人甲", "事项三", "事项四", "事项五"}, []Code{ColumnTwice}},
		{"two rooms", []string{"房号", "户号", "事项一", "事项二", "事项三", "事项四", "事项五"}, []Code{ColumnTwice}},
		{"another meeting's matter", []string{"房号", "事项一：更换电梯", "事项二", "事项三", "事项四", "事项五"}, []Code{ColumnMismatch, ColumnMissing}},
		{"a sixth of five", []string{"房号", "事项一", "事项二", "事项三", "事项四", "事项五", "事项六"}, []Code{ColumnMismatch}},
		{"no room", []string{"事项一", "事项二", "事项三", "事项四", "事项五"}, []Code{HeaderMissing}},
		{"nothing known", []string{"甲", "乙"}, []Code{HeaderMissing}},
	} {
		t.Run(test.name, func(t *testing.T) {
			file := Read(headed(test.names...), plan())
			if got := codes(file); !slices.Equal(got, test.want) {
				t.Fatalf("got %v, want %v: %+v %+v", got, test.want, file.Issues, file.Columns)
			}
		})
	}
}

func TestACandidatesColumnsAreOneAnswer(t *testing.T) {
	names := []string{"楼栋", "单元", "房号", "事项一", "候选人甲", "候选人乙", "张三", "李四", "王五", "事项四", "事项五"}
	row := func(cells ...string) []roster.Sheet {
		sheets := headed(names...)
		sheets[0].Rows = append(sheets[0].Rows, roster.Row{Number: 2, Cells: append(append([]string{"1号楼", "1单元", "102", "同意"}, cells...), "弃权", "")})
		return sheets
	}
	for _, test := range []struct {
		name  string
		cells []string
		want  []Code
		m2    voting.Choice
		m3    voting.Choice
	}{
		{"marks and ticks", []string{"同意", "反对", "同意", "空白", "同意"}, nil,
			voting.Choice{Each: map[string]voting.Mark{"候选人甲": voting.Yes, "候选人乙": voting.No}}, voting.Choice{Names: []string{"张三", "王五"}}},
		{"nothing but blanks", []string{"空白", "空白", "空白", "空白", "空白"}, nil, voting.Choice{}, voting.Choice{}},
		{"a no where names are ticked", []string{"同意", "反对", "同意", "反对", "空白"}, []Code{OptionUnknown}, voting.Choice{}, voting.Choice{}},
		{"one left empty", []string{"同意", "", "同意", "空白", "空白"}, []Code{AnswerMissing}, voting.Choice{}, voting.Choice{}},
		{"void for one of them", []string{"同意", "废票：未签名", "同意", "空白", "空白"}, []Code{OptionUnknown}, voting.Choice{}, voting.Choice{}},
		{"three ticks for two seats", []string{"同意", "反对", "同意", "同意", "同意"}, []Code{TooManyNames},
			voting.Choice{Each: map[string]voting.Mark{"候选人甲": voting.Yes, "候选人乙": voting.No}}, voting.Choice{Names: []string{"张三", "李四", "王五"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			file := Read(row(test.cells...), plan())
			if got := codes(file); !slices.Equal(got, test.want) {
				t.Fatalf("got %v, want %v: %+v", got, test.want, file.Issues)
			}
			if !file.Failed() {
				got := file.Ballots[0].Marks
				if diff := cmp.Diff([]voting.Choice{test.m2, test.m3}, []voting.Choice{got["m2"].Choice, got["m3"].Choice}); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

func TestOneSheetIsTheResult(t *testing.T) {
	good := table(vote("1", "102"))
	hidden, other := roster.Sheet{Name: "隐藏", Hidden: true}, roster.Sheet{Name: "说明", Rows: []roster.Row{{Number: 1, Cells: []string{"说明"}}}}
	if got := codes(Read([]roster.Sheet{hidden, other, good}, plan())); !slices.Equal(got, []Code{SheetHidden, SheetSkipped}) {
		t.Errorf("%v", got)
	}
	if file := Read([]roster.Sheet{good, good}, plan()); !slices.Equal(codes(file), []Code{SeveralTables}) || len(file.Ballots) > 0 {
		t.Errorf("%+v", file)
	}
	if file := Read(nil, plan()); !slices.Equal(codes(file), []Code{HeaderMissing}) {
		t.Errorf("no sheet: %+v", file)
	}
}

func TestMomentsAreReadAsPeopleAndSpreadsheetsWriteThem(t *testing.T) {
	want := calendar.Date(2026, 3, 25) + ((10*60+11)*60+12)*1000
	for _, text := range []string{"2026-03-25 10:11:12", "2026/3/25  10:11:12", "2026-03-25T10:11:12", "2026年3月25日 10:11:12", "2026年3月25日 10时11分12秒", "46106.4244444444", "46106.424444444440"} {
		if got, ok := readMoment(text); !ok || got != want {
			t.Errorf("%s: %d, %v; want %d", text, got, ok, want)
		}
	}
	if got, ok := readMoment("46106.9999999999999"); !ok || got != calendar.Date(2026, 3, 26)-1 {
		t.Errorf("the end of a day: %d", got)
	}
	for _, text := range []string{"", "46106", "2026-03-25", "1.5", "46106.", "46106.-1", "46106.4E5", "2026-02-30 10:00", "10:11", "99999999999.5"} {
		if got, ok := readMoment(text); ok {
			t.Errorf("%q is read as %d", text, got)
		}
	}
}

func TestEveryCodeHasASentenceAndATest(t *testing.T) {
	tested := map[Code]bool{HeaderMissing: true, SeveralTables: true, ColumnMissing: true, ColumnTwice: true, ColumnMismatch: true, FormulaCell: true,
		VotedAlready: true, SheetHidden: true, SheetSkipped: true, HomeMissing: true}
	for _, doubt := range doubts {
		for _, code := range doubt.want {
			tested[code] = true
		}
	}
	for _, k := range kinds {
		if k.sentence == "" || !tested[k.code] {
			t.Errorf("%s: %q, tested %v", k.code, k.sentence, tested[k.code])
		}
	}
	if len(tested) != len(Codes) {
		t.Errorf("tested are %v", slices.Sorted(maps.Keys(tested)))
	}
}

func FuzzRead(f *testing.F) {
	for _, doubt := range doubts {
		for _, row := range doubt.rows {
			f.Add(strings.Join(heading, "\t"), strings.Join(row, "\t"))
		}
	}
	f.Fuzz(func(t *testing.T, head, row string) {
		p := plan()
		sheet := roster.Sheet{Name: "x", Rows: []roster.Row{{Number: 1, Cells: strings.Split(head, "\t")}, {Number: 2, Cells: strings.Split(row, "\t")}}}
		file := Read([]roster.Sheet{sheet}, p)
		if file.Failed() {
			return
		}
		for _, ballot := range file.Ballots {
			for _, matter := range p.Matters {
				mark, answered := ballot.Marks[matter.ID]
				err := mark.Check(matter.Rule, p.Policies)
				if answered && err != nil && !strings.Contains(fmt.Sprint(err), string(voting.CodeTooManyNames)) {
					t.Fatalf("a ballot that cannot be: %+v, %v", mark, err)
				}
			}
		}
	})
}

package platform

import (
	"fmt"

	"gongjue/voting/roster"
)

// Code names a kind of issue; it never changes its meaning.
type Code string

// The codes of errors: one of them keeps the whole file out.
const (
	HeaderMissing   Code = "header_missing"
	SeveralTables   Code = "several_tables"
	ColumnMissing   Code = "column_missing"
	ColumnTwice     Code = "column_twice"
	ColumnMismatch  Code = "column_mismatch"
	FormulaCell     Code = "formula_cell"
	UnreadableCell  Code = "unreadable_cell"
	RoomMissing     Code = "room_missing"
	RoomUnknown     Code = "room_unknown"
	RoomOutOfScope  Code = "room_out_of_scope"
	RowConflict     Code = "row_conflict"
	VotesDiffer     Code = "votes_differ"
	AnswerMissing   Code = "answer_missing"
	OptionUnknown   Code = "option_unknown"
	MarkNotOffered  Code = "mark_not_offered"
	VoidUnexplained Code = "void_unexplained"
	TimeUnreadable  Code = "time_unreadable"
	TimeOutside     Code = "time_outside"
	SerialTwice     Code = "serial_twice"
	SerialLong      Code = "serial_long"
)

// The codes of warnings: a person confirms them.
const (
	TooManyNames Code = "too_many_names"
	NameTwice    Code = "name_twice"
	DuplicateRow Code = "duplicate_row"
	HomeMissing  Code = "home_missing"
	HomeIgnored  Code = "home_ignored"
	TimeMissing  Code = "time_missing"
	VotedAlready Code = "voted_already"
	TotalRow     Code = "total_row"
	SheetSkipped Code = "sheet_skipped"
	SheetHidden  Code = "sheet_hidden"
	NoRows       Code = "no_rows"
)

// Issue is one doubt about one place of the file. Row is 1-based, 0 for the whole sheet; Column is the header as the
// file writes it, or empty. Cell is what stands there, where that is needed to mend it; it is shown to whoever sent
// the file and kept nowhere.
type Issue struct {
	Sheet    string          `json:"sheet"`
	Row      int             `json:"row"`
	Column   string          `json:"column"`
	Code     Code            `json:"code"`
	Severity roster.Severity `json:"severity"`
	Message  string          `json:"message"`
	Cell     string          `json:"cell"`
}

type kind struct {
	code     Code
	severity roster.Severity
	sentence string // a format
}

// kinds says of each code how grave it is and what a person reads.
var kinds = []kind{
	{HeaderMissing, roster.Error, "没有找到表头：前 50 行里没有一行同时写着房号和表决事项的列名。可以下载本次会议的模板对照。"},
	{SeveralTables, roster.Error, "文件里有几张表都像投票结果（%s），分不清以哪一张为准。请只留一张。"},
	{ColumnMissing, roster.Error, "没有找到事项 %d “%s”的列。列名请写“表决事项%d”，或者写事项的全名。"},
	{ColumnTwice, roster.Error, "与第 %d 列是同一个意思，分不清以哪一列为准。"},
	{ColumnMismatch, roster.Error, "列名像是表决事项，却与本次会议的议程对不上。请核对是不是本次会议的结果；列名可以写“表决事项一”，或者写事项的全名。"},
	{FormulaCell, roster.Error, "单元格是公式，请让平台导出数值。"},
	{UnreadableCell, roster.Error, "单元格里有看不见或者无法识别的字符。"},
	{RoomMissing, roster.Error, "这一行有表决，但没有房号。"},
	{RoomUnknown, roster.Error, "名册上没有这处房屋。请核对楼栋、单元和房号的写法，名册为准。"},
	{RoomOutOfScope, roster.Error, "这处房屋不在事项 %d 的表决范围内，却填了表决。"},
	{RowConflict, roster.Error, "与第 %d 行是同一处房屋，但表决不同，分不清以哪一行为准。"},
	{VotesDiffer, roster.Error, "与第 %d 行的房屋属于同一位投票权人，但事项 %d 的表决不同。一位投票权人只有一票，几处房屋的表决必须相同。"},
	{AnswerMissing, roster.Error, "其他事项有表决，事项 %d 却是空的。业主什么都没有选的，请让平台写明“空白”。"},
	{OptionUnknown, roster.Error, "不是事项 %d 的选项。可以写：%s。"},
	{MarkNotOffered, roster.Error, "事项 %d 的表决票上没有提供这个选项。"},
	{VoidUnexplained, roster.Error, "写了废票，但没有写明原因，或者原因不在下面几种之内：未签名、无法辨认、非业主、委托无效。例如：废票：未签名。"},
	{TimeUnreadable, roster.Error, "看不懂这个时间。请写成 2026-03-25 10:11:12 的样子（北京时间）。"},
	{TimeOutside, roster.Error, "提交时间不在投票时间之内（%s 至 %s）。"},
	{SerialTwice, roster.Error, "与第 %d 行的流水号相同，却不是同一处房屋。"},
	{SerialLong, roster.Error, "流水号超过 64 个字符。"},

	{TooManyNames, roster.Warning, "事项 %d 勾选的人数超过规定，按公告这一项作废票处理。"},
	{NameTwice, roster.Warning, "事项 %d 同一个名字写了两次，只计一次。"},
	{DuplicateRow, roster.Warning, "与第 %d 行是同一处房屋，表决也相同，只计一次。"},
	{HomeMissing, roster.Warning, "这位投票权人共有 %d 处房屋，文件里只有 %d 处。几处房屋合为一票，按已有的表决计票，面积合并计算。"},
	{HomeIgnored, roster.Warning, "这处专有部分按公布的规则不计面积也不计人数，这一行不采用。"},
	{TimeMissing, roster.Warning, "没有提交时间。与纸质票重复时，先录入的纸质票视为在先。"},
	{VotedAlready, roster.Warning, "这一户另有一张%s，哪一张有效由公告的规则在计票时决定。"},
	{TotalRow, roster.Warning, "像是合计行，没有采用。"},
	{SheetSkipped, roster.Warning, "这张表没有投票结果的表头，没有采用。"},
	{SheetHidden, roster.Warning, "这张表在文件里是隐藏的，没有采用。"},
	{NoRows, roster.Warning, "文件里没有任何一户的表决。确认平台上没有人投票的，可以继续。"},
}

// Codes lists every code, errors first.
var Codes = func() []Code {
	codes := make([]Code, len(kinds))
	for i, k := range kinds {
		codes[i] = k.code
	}
	return codes
}()

func kindOf(code Code) kind {
	for _, k := range kinds {
		if k.code == code {
			return k
		}
	}
	return kind{code, roster.Error, ""}
}

func newIssue(code Code, args ...any) Issue {
	k := kindOf(code)
	sentence := k.sentence
	if len(args) > 0 {
		sentence = fmt.Sprintf(sentence, args...)
	}
	return Issue{Code: code, Severity: k.severity, Message: sentence}
}

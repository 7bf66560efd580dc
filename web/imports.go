package web

import (
	"strconv"

	"gongjue/voting"
	"gongjue/voting/explain"
)

// Import is the desk where the result of a city's voting platform is handed in, by one person and then by another of
// another role. It shows numbers and fingerprints; what anybody answered stands nowhere on it.
type Import struct {
	Shell
	Community   string
	Meeting     string
	MeetingURL  string
	Platform    string
	Ways        Ways
	Closes      Instant
	Refusal     string // why nothing can be handed in now
	TemplateURL string
	Upload      *ImportUpload  // for the first person
	Confirm     *ImportConfirm // for the second
	Waiting     *ImportLine
	WithdrawURL string // of the one that waits; POST, no fields
	WaitsFor    string // who may confirm it, where the one who looks may not
	Imports     []ImportLine
	Report      *ImportReport // of the file that was just sent
}

// ImportUpload is the first person's form. Fields: `file`, `received_from`, `reason` where an import is in force, and
// `confirmed` (yes) where the report has warnings alone.
type ImportUpload struct {
	Form
	ReceivedFrom string
	Reason       string
	Replaces     bool
	Doubtful     bool
	Confirmed    bool
}

// ImportConfirm is the second person's form. Fields: `file`, `rows` and `own_copy` (yes).
type ImportConfirm struct {
	Form
	Rows    string // as typed
	OwnCopy bool
}

// ImportLine is a file that was handed in.
type ImportLine struct {
	Number       int
	State        string
	ReceivedFrom string
	File         string
	SHA256       string // hex
	Rows, Voters int64
	AlsoVoted    int64 // voters with a ballot of another channel
	Reason       string
	First        string // role and name
	FirstAt      Instant
	Second       string
	EffectiveAt  Instant
	LeafIndex    int64 // 0 for none
	Columns      []ImportColumn
	Blind        bool // numbers and fingerprint are kept from whoever is to confirm them from the platform's own papers
}

// ImportColumn is a column of a file as it was understood.
type ImportColumn struct {
	Place   int
	Header  string
	Meaning string // in Chinese
	Unused  bool
}

// ImportReport is what was found in a file. Nothing of the file was kept.
type ImportReport struct {
	File         string
	SHA256       string
	Rows, Empty  int64
	Voters       int64
	Errors       int64
	Warnings     int64
	Issues       []ImportIssue // the first ones
	More         int64         // that are not listed
	Columns      []ImportColumn
	HeaderRow    int
	SecondPerson bool
}

// ImportIssue is one doubt about one place of the file.
type ImportIssue struct {
	Place    string // row and column in words; empty for the whole file
	Severity string
	Text     string
	Cell     string
}

// TitleImport is the title of the desk.
const TitleImport = "导入市平台结果"

// LinkImport leads to it.
const LinkImport = "导入市平台的结果"

// FileImportTemplate is the name of the table to fill in.
const FileImportTemplate = "市平台结果模板.xlsx"

// SheetImport is the name of its sheet.
const SheetImport = "投票结果"

// The columns of that sheet beside those of the matters: ImportPlaces before them, ImportTrail behind.
var (
	ImportPlaces = []string{"楼栋", "单元", "房号"}
	ImportTrail  = []string{"提交时间", "平台流水号"}
)

// ImportMatter is the name of a matter's column.
func ImportMatter(number int, title string) string {
	return "表决事项" + strconv.Itoa(number) + "：" + title
}

// ImportMarks are the words that a cell of a motion may hold.
func ImportMarks(marks []voting.Mark) []string {
	var list []string
	for _, mark := range marks {
		list = append(list, explain.Mark(mark))
	}
	return append(list, "空白")
}

// WorkImport names an import that waits for its second person.
func WorkImport(community, meeting string) string {
	return community + "：核对并确认“" + meeting + "”的市平台结果"
}

// ImportPlace says where an issue stands.
func ImportPlace(row int, column string) string {
	switch {
	case row == 0 && column == "":
		return ""
	case column == "":
		return "第 " + strconv.Itoa(row) + " 行"
	case row == 0:
		return "“" + column + "”一列"
	}
	return "第 " + strconv.Itoa(row) + " 行，“" + column + "”"
}

// ImportMeaning says what a column was taken for.
func ImportMeaning(meaning string, matter int, option string) string {
	switch {
	case matter == 0 && meaning == "answer":
		return "看不出是哪个事项"
	case meaning == "answer":
		return "事项 " + strconv.Itoa(matter) + " 的表决"
	case meaning == "option":
		return "事项 " + strconv.Itoa(matter) + "：" + option
	}
	return word("importmeaning", meaning)
}

// ImportWaitsFor says who may confirm a file that somebody of the role handed in.
func ImportWaitsFor(role string) string {
	if role == "teller" {
		return "计票人上传的，要由街道从平台另取一份结果来确认。"
	}
	return "召集人上传的，要由计票人或街道从平台另取一份结果来确认。"
}

// Imported is what a counted meeting took over from the platform.
type Imported struct {
	Platform string
	Voters   int64
	Twice    int64
	Standing map[voting.Standing]int64
	Conflict voting.ChannelConflict
	SHA256   string // hex; only for staff
}

// Sentence says how many voted on the platform, and what became of those who answered twice.
func (i Imported) Sentence() string {
	text := i.Platform + "导入 " + explain.Count(i.Voters) + " 票"
	if i.Twice == 0 {
		return text + "，没有与其他票重复的。"
	}
	text += "，其中 " + explain.Count(i.Twice) + " 户另有一张票，按公告“" + policyOf("conflict", string(i.Conflict)).name + "”处理："
	separator := ""
	for _, part := range []struct {
		standing voting.Standing
		text     string
	}{{voting.ImportedStands, "以平台的票计 "}, {voting.OwnStands, "以另一张票计 "}, {voting.BothCompared, "逐项比较 "}} {
		if n := i.Standing[part.standing]; n > 0 {
			text += separator + part.text + explain.Count(n) + " 户"
			separator = "，"
		}
	}
	return text + "。"
}

// ReceiptStandings are the sentences of a ballot that does not count, or not alone, by models' word for it.
var receiptStandings = map[string]string{
	"replaced":    "这张票所在的导入已由后来的导入取代，以后来的为准。",
	"beside":      "这户另有一张票。哪一张有效，由公告的规则在计票时决定。",
	"passed_over": "这户另有一张票，按公告的规则，另一张有效。",
	"compared":    "这户另有一张票。按公告的规则逐项比较：相同的计一次，不同的作废票计算。",
}

// ReceiptStanding says what a ballot is worth beside another one of its voter; counted is false for one that is not counted.
func ReceiptStanding(standing string) (sentence string, counted bool) {
	return receiptStandings[standing], standing != "replaced" && standing != "passed_over"
}

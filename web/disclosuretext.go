package web

import (
	"strconv"

	"gongjue/voting/calendar"
	"gongjue/voting/disclosure"
)

var sectionNames = map[disclosure.Section]string{disclosure.Revenue: "公共收益收入", disclosure.Expense: "业主委员会经费和其他支出", disclosure.FundIn: "维修资金增加", disclosure.FundUse: "维修资金使用"}

var sectionNotes = map[disclosure.Section]string{
	disclosure.Revenue: "电梯和外墙广告、公共车位、公共用房出租等，扣除合理成本以后归全体业主（《民法典》第二百八十二条）",
	disclosure.Expense: "从公共收益里支出的：办公、会议、审计、转入维修资金等", disclosure.FundIn: "利息、补交、从公共收益转入等", disclosure.FundUse: "表决通过的和应急使用的（《民法典》第二百八十一条）"}

// SectionName names a table of a disclosure.
func SectionName(s disclosure.Section) string { return sectionNames[s] }

func sectionOptions() []Option {
	options := make([]Option, len(disclosure.Sections))
	for i, section := range disclosure.Sections {
		options[i] = Option{Value: string(section), Text: sectionNames[section], Note: sectionNotes[section]}
	}
	return options
}

// The names of the accounts.
const (
	AccountCommon = "公共收益"
	AccountFund   = "维修资金"
)

// DisclosureTitle names a period: a year by its number, another by its name or its days.
func DisclosureTitle(p disclosure.Period, name string) string {
	if p.Whole() {
		return calendar.DayText(p.From)[:4] + " 年度"
	}
	days := Instant(p.From).Day() + "至" + Instant(p.To).Day()
	if name != "" {
		return name + "（" + days + "）"
	}
	return days
}

// GroundMeeting and GroundEmergency name what allowed a use of the fund.
func GroundMeeting(meeting, matter string) string { return meeting + "：" + matter }

// GroundEmergency is explained at [GroundMeeting].
func GroundEmergency(number int64, place string) string {
	return "应急使用第 " + strconv.FormatInt(number, 10) + " 号：" + place
}

// DisclosureRule says when a committee discloses.
func DisclosureRule(months int, article string, displayDays int, displayArticle string, month, day int, ground string, answer int) (lines []string) {
	if months > 0 {
		lines = append(lines, "至少每 "+strconv.Itoa(months)+" 个月公布一次（"+article+"）。")
	}
	if displayDays > 0 {
		lines = append(lines, "公示不少于 "+strconv.Itoa(displayDays)+" 日（"+displayArticle+"）；在本系统里公布的长期保留。")
	}
	if month > 0 {
		lines = append(lines, "每年 "+MonthDay(month, day)+"以前公布上一年度的。依据："+ground+"。")
	}
	if len(lines) == 0 {
		lines = append(lines, "当地规定没有写明日期的，按议事规则约定的时间公布；街道可以为小区确定每年的公布日期。")
	}
	return append(lines, "业主可以就任何一行提问，业主委员会在 "+strconv.Itoa(answer)+" 日内公开答复。")
}

// MonthDay is a day of every year.
func MonthDay(month, day int) string {
	return strconv.Itoa(month) + " 月 " + strconv.Itoa(day) + " 日"
}

// QuestionAbout names the line of a question.
func QuestionAbout(line int64, item string) string {
	return "第 " + strconv.FormatInt(line, 10) + " 行 " + item
}

// HiddenText says what the street hid.
func HiddenText(answer bool) string {
	if answer {
		return "答复含有个人信息，街道已隐去"
	}
	return "问题含有个人信息，街道已隐去"
}

// HidingParts are the choices of hiding.
func HidingParts(answered bool) []Option {
	parts := []Option{{Value: "question", Text: "问题"}}
	if answered {
		parts = append(parts, Option{Value: "answer", Text: "答复"})
	}
	return parts
}

// WorkDisclosure is a disclosure that waits; WorkQuestions questions about it.
func WorkDisclosure(community string, late bool) string {
	if late {
		return WorkText(community, "业主委员会收支没有按期公布")
	}
	return WorkText(community, "业主委员会要公布收支")
}

// WorkQuestions is explained at [WorkDisclosure].
func WorkQuestions(community string, n int64, late bool) string {
	if late {
		return WorkText(community, strconv.FormatInt(n, 10)+" 个业主对收支的提问没有按期答复")
	}
	return WorkText(community, strconv.FormatInt(n, 10)+" 个业主对收支的提问等待答复")
}

// DisclosureDue says what waits of a disclosure.
func DisclosureDue(by Instant, late bool) string {
	if late {
		return "应当在 " + by.Day() + " 以前公布，已经逾期。公布以后从街道和区的逾期清单里消失。"
	}
	return "请在 " + by.Day() + " 以前公布。"
}

// NoDay is a community without a day of its own.
const NoDay = "没有确定日期"

// QuestionTitle names a question by its number.
func QuestionTitle(number string) string { return "第 " + number + " 号提问" }

// DisclosureHeader is the header of the workbook of lines.
var DisclosureHeader = map[disclosure.Column]string{disclosure.ColumnSection: "表", disclosure.ColumnItem: "项目", disclosure.ColumnPlace: "部位或者范围", disclosure.ColumnBasis: "依据",
	disclosure.ColumnAmount: "金额（元）", disclosure.ColumnReturned: "是否退回", disclosure.ColumnNote: "说明"}

// Yes marks money that came back in a workbook.
const Yes = "是"

// DisclosureWords are what a workbook says.
func DisclosureWords(bases map[string]disclosure.Basis) disclosure.Words {
	return disclosure.Words{Headers: DisclosureHeader, Sections: sectionNames, Returned: []string{Yes, "退回"}, Bases: bases}
}

// SheetIssue is an issue of a workbook in words.
func SheetIssue(issue disclosure.Issue) DisclosureIssue {
	return DisclosureIssue{Row: issue.Row, Column: DisclosureHeader[issue.Column], Text: message(string(issue.Code))}
}

// The names of sheets and files.
const (
	SheetDisclosure     = "收支明细"
	SheetDisclosureSums = "收支汇总"
	FileDisclosure      = "业主委员会收支公示"
	FileDisclosureDraft = "收支明细填写表.xlsx"
)

// DisclosureBar is what stands in the way of publishing, with the table or the field that it is about.
func DisclosureBar(field, text string) string {
	if name := sectionNames[disclosure.Section(field)]; name != "" {
		return name + "：" + text
	}
	return text
}

// SectionNames are the tables as a workbook names them.
func SectionNames() []string {
	names := make([]string, len(disclosure.Sections))
	for i, section := range disclosure.Sections {
		names[i] = sectionNames[section]
	}
	return names
}

// The headers of the sheets beside the lines.
var (
	DisclosureSumsHeader  = []string{"项目", "期初余额或者上一期（元）", "本期收入（元）", "本期支出（元）", "期末余额或者合计（元）"}
	DisclosureGuideHeader = []string{"列", "怎样填"}
)

// SheetDisclosureGuide explains how lines are written.
const SheetDisclosureGuide = "怎样填"

// DisclosureGuide explains the columns of the workbook.
func DisclosureGuide() [][]string {
	rows := [][]string{}
	for _, section := range disclosure.Sections {
		rows = append(rows, []string{DisclosureHeader[disclosure.ColumnSection], sectionNames[section] + "：" + sectionNotes[section]})
	}
	return append(rows, []string{DisclosureHeader[disclosure.ColumnItem], "收入写来源，支出写用途，最多 100 字。不要写个人姓名、房号、电话。"},
		[]string{DisclosureHeader[disclosure.ColumnPlace], "收入在哪里取得，维修资金用在哪几幢。可以不填。"},
		[]string{DisclosureHeader[disclosure.ColumnAmount], "大于零，最多两位小数。合计和余额由系统计算，不用填。"},
		[]string{DisclosureHeader[disclosure.ColumnReturned], "退回的款项填“是”，从合计里减去。"},
		[]string{DisclosureHeader[disclosure.ColumnBasis], "只用于维修资金使用，照下面的文字填；没有列出的写在说明里。"})
}

// Remarks are what a reader has to know beside the figures, a sentence each.
func (d Disclosure) Remarks() (list []string) {
	if d.Newer != nil {
		list = append(list, "这一份已经由新的一份代替："+d.Newer.Text+"。")
	}
	if d.Replaces != nil {
		list = append(list, "这一份代替 "+d.Replaces.Text+"。原因："+d.Because+"。")
	}
	if d.Differs {
		list = append(list, "期初余额与上一次公布的期末余额不一致。原因："+d.Reason+"。")
	}
	if d.Mended {
		list = append(list, d.MendedText())
	}
	return list
}

// MendedText is said where the period before closes otherwise than it did when this was published.
func (Disclosure) MendedText() string {
	return "公布以后，上一期的公示已经改正，期末余额与这一份的期初余额不再一致。"
}

// SumRows are the sheet of sums: the accounts, then the sections against the period before.
func (d Disclosure) SumRows() [][]string {
	rows := [][]string{}
	for _, a := range d.Accounts {
		rows = append(rows, []string{a.Name, a.Opening, a.In, a.Out, a.Closing})
	}
	for _, s := range d.Sections {
		rows = append(rows, []string{s.Name, s.Earlier, "", "", s.Total})
	}
	for _, remark := range d.Remarks() {
		rows = append(rows, []string{remark})
	}
	return rows
}

// Compared is the section against the period before; empty without one.
func (s DisclosureSection) Compared() string {
	if s.Earlier == "" {
		return ""
	}
	return "上一期 " + s.Earlier + " 元，增减 " + s.Change + " 元。"
}

// Reasons are what allowed a line and what is said of it.
func (l DisclosureLine) Reasons() string {
	text := l.Note
	if l.Ground != nil {
		text = l.Ground.Text
		if l.Note != "" {
			text += "；" + l.Note
		}
	}
	if l.Returned {
		text = "退回。" + text
	}
	return text
}

// Words name a file on paper, also one that was taken down.
func (f DisclosureFile) Words() string {
	if f.Removed != 0 {
		return f.Name + "（" + f.Removed.Day() + "撤下：" + f.Removal + "）"
	}
	return f.Name
}

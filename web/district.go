package web

import (
	"fmt"

	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/explain"
)

// DistrictView is the supervisor's page: the figures of a district, or of one street in it, as of a day. The day is
// asked with GET AskURL, field `at`; the return is fetched with GET ReturnURL, field `month`. Fields of the form that
// sets a target: `measure`, `name`, `source`, `due`, `percent`.
type DistrictView struct {
	Shell
	Form
	District string
	At       Instant
	Day      string // such as 2026-03-31, for the field
	Today    string // the last day that can be asked
	AskURL   string
	WholeURL string // the whole district on the same day

	Street      string // where one street was chosen
	StreetID    string
	Communities []DistrictLine // of that street
	Polls       []PollLine     // of that street, in the calendar year up to At

	Working, WorkingOf int64 // streets at work, and all
	Total              DistrictSums
	Streets            []DistrictSums
	Stages             []StageCount
	Year               []MonthLine
	Targets            []TargetLine
	Current            *TargetLine // of the formation rate, that streets are measured against; nil without targets
	Coverable          *TargetLine // of the coverage
	Watch              WatchSections
	WatchURL           string // [WatchList]
	Missed             []MissedLine
	MoreMiss           bool

	Measure, Name, Source, Due, Percent string // of the target that was refused
	ReturnURL                           string
	Month                               string // such as 2026-03, for the field
}

// StageCount is how many communities stand at one stage.
type StageCount struct {
	Stage string
	Count int64
}

// DistrictSums are the figures of a street, or of all.
type DistrictSums struct {
	Name        string
	URL         string
	Communities int64
	Committees  int64
	Interims    int64
	Frozen      int64
	Voted       int64
	Served      int64 // under a contract with a property firm
	Needed      int64 // by the current target; 0 without one
	Short       int64

	Satisfaction []SatisfactionLine
}

// Formed is what the formation rate counts.
func (s DistrictSums) Formed() int64 { return s.Committees + s.Interims }

// MonthLine is one point of the line over a year.
type MonthLine struct {
	At                  Instant
	Formed, Communities int64
}

// MissedLine is a deadline that passed with nothing done.
type MissedLine struct {
	Kind      string // see the words of the family missed
	Community string
	Street    string
	Title     string
	URL       string
	Due       Instant
	Clock     string // the clause, see [ClockWords]; empty where the date stands with the thing itself
}

// DistrictLine is one community in the district.
type DistrictLine struct {
	Name     string
	URL      string
	Stage    string
	Body     string
	TermEnds Instant
	Renewal  Instant // from when the next committee is to be elected
	Frozen   Instant // its first frozen roster
	Voted    Instant // its last vote within a year
	Contract string  // with the property firm, in words; empty for none
	Firm     string
	Ends     Instant // of that contract; 0 without a term
}

// rate prints a share of communities; a dash where there is none.
func rate(part, whole int64) string {
	if whole == 0 {
		return "—"
	}
	return voting.Share(part, whole) + "%"
}

// The words of the monthly return.
const (
	SheetReturn    = "月报"
	SheetMissed    = "逾期事项"
	ReturnTotal    = "合计"
	ReturnAsOf     = "统计时点（北京时间）"
	ReturnMeaning  = "口径"
	ReturnMeans    = "组建率＝已备案且在任期内的业主委员会与物业管理委员会所在小区数 ÷ 全部小区数。物业管理覆盖率＝有物业服务合同在履行的小区数（含前期合同和到期后继续服务的）÷ 全部小区数，合同从约定的服务开始日起算。数字按统计时点以前已经发生的事项计算。"
	ReturnNoTarget = "没有填写目标"
)

// FileReturn names the monthly return of a month such as 2026-03.
func FileReturn(district, month string) string {
	return district + "业委会组建月报" + month + ".xlsx"
}

// ReturnHeader heads the sheet of the return: figures, then the stages in their order, then the target.
func ReturnHeader(stages []string) []string {
	header := []string{"街道", "小区数", "业委会", "物管会", "组建率"}
	for _, stage := range stages {
		header = append(header, word("stage", stage))
	}
	return append(header, "名册已锁定", "一年内表决过", "有物业服务合同", "物业管理覆盖率", "目标", "按目标应达", "还差")
}

// MeaningHeader heads the sheet that says how the figures are counted.
var MeaningHeader = []string{"工作表", "怎样计算"}

// MissedHeader heads the sheet of missed deadlines.
var MissedHeader = []string{"街道", "小区", "事项", "会议或者异议", "期限（北京时间）", "依据"}

// MissedWord names a kind of deadline.
func MissedWord(kind string) string { return word("missed", kind) }

// ObjectionTitle names an objection by its number.
func ObjectionTitle(number string) string { return "第 " + number + " 号异议" }

// SatisfactionYear is the calendar year of the satisfaction polls.
func (v DistrictView) SatisfactionYear() string { return calendar.DayText(int64(v.At))[:len("2006")] }

// Rate prints a share of communities, as pages do.
func Rate(part, whole int64) string { return rate(part, whole) }

// Formation is the picture of the formation rate by street.
func (v DistrictView) Formation() BarChart {
	chart := newBars("formation", "各街道组建率", "每条横杠是一个街道已有业委会或者物管会的小区所占的比例，整条底色是全部小区。")
	if v.Current != nil {
		chart.mark(v.Current.Num, v.Current.Den, fmt.Sprintf("红虚线：目标 %s（%s）", v.Current.Share(), v.Current.Due.Day()))
	}
	for _, street := range v.Streets {
		chart.add(street.Name, fmt.Sprintf("%s（%s/%s）", rate(street.Formed(), street.Communities), explain.Count(street.Formed()), explain.Count(street.Communities)),
			street.Formed(), street.Communities)
	}
	return *chart
}

// Funnel is the picture of how far the communities have come.
func (v DistrictView) Funnel() BarChart {
	chart := newBars("stages", "小区所处阶段", "从上到下是从没有业委会到业委会换届的各个阶段，横杠是处在这个阶段的小区所占的比例。")
	for _, stage := range v.Stages {
		chart.add(word("stage", stage.Stage), explain.Count(stage.Count)+" 个", stage.Count, v.Total.Communities)
	}
	return *chart
}

// Coverage is the picture of the communities that a firm serves under a contract, by street.
func (v DistrictView) Coverage() BarChart {
	chart := newBars("coverage", "各街道物业管理覆盖率", "每条横杠是一个街道有物业服务合同在履行的小区所占的比例，整条底色是全部小区。")
	if v.Coverable != nil {
		chart.mark(v.Coverable.Num, v.Coverable.Den, fmt.Sprintf("红虚线：目标 %s（%s）", v.Coverable.Share(), v.Coverable.Due.Day()))
	}
	for _, street := range v.Streets {
		chart.add(street.Name, fmt.Sprintf("%s（%s/%s）", rate(street.Served, street.Communities), explain.Count(street.Served), explain.Count(street.Communities)), street.Served, street.Communities)
	}
	return *chart
}

// Line is the picture of the formation rate over a year.
func (v DistrictView) Line() LineChart {
	return newLine("year", "近十二个月组建率", "折线从左到右是一年前到统计时点每月末的组建率，从下到上是零到百分之百。", v.Year)
}

package web

import (
	"strings"

	"gongjue/voting/explain"
)

// The watch list (重点关注名单) is the authorities' own: no page that a resident or a convener opens shows it.

// WatchSections are the watch list as the pages of a street and a district show it.
type WatchSections struct {
	Listed    []WatchLine
	Suggested []WatchSuggestion
	More      int64 // further communities that something suggests
}

// WatchLine is a community that is on the list, or whose last day on it has passed.
type WatchLine struct {
	Community string
	Street    string
	URL       string // [WatchPage]
	Over      bool   // the last day has passed
	Since     Instant
	Until     Instant // 0 for until it is taken off
	Reasons   []string
	Body      string
	Basis     string
	By        string
}

// ReasonText are the reasons in one line.
func (l WatchLine) ReasonText() string { return strings.Join(l.Reasons, "、") }

// UntilText is until when.
func (l WatchLine) UntilText() string {
	switch {
	case l.Over:
		return l.Until.Day() + "（已到期）"
	case l.Until == 0:
		return "移出为止"
	}
	return l.Until.Day()
}

// Cells are the line on the sheet of the monthly return.
func (l WatchLine) Cells() []string {
	return []string{l.Street, l.Community, l.ReasonText(), l.Body, l.Basis, l.Since.Day(), l.UntilText(), l.By}
}

// WatchSuggestion is a community that the system found something about.
type WatchSuggestion struct {
	Community string
	Street    string
	URL       string // [WatchPage]
	Facts     []WatchFact
}

// WatchFact is one thing that the system found.
type WatchFact struct {
	Flag string // in words
	Text string // what it is about; empty where the flag says all
	URL  string
	At   Instant
}

// WatchList is the whole list of a street or a district as of a day, asked with GET AskURL, field `at`.
type WatchList struct {
	Shell
	At     Instant
	Day    string // such as 2026-03-31, for the field
	Today  string
	AskURL string
	WatchSections
}

// WatchPage is one community: how it stands, what the system found, the forms, and the history.
type WatchPage struct {
	Shell
	Community    string
	CommunityURL string
	ListURL      string
	Line         *WatchLine // nil for a community that is not on the list
	Flags        []WatchFlag
	Put          *WatchForm // nil while it is on the list
	Change       *WatchForm // nil while it is not
	Remove       *WatchRemoval
	History      []WatchEntry // the newest first
}

// WatchFlag are the facts of one kind with the form that puts them aside. Fields: `flag`, `facts` (each), `reason`.
type WatchFlag struct {
	Form
	Flag   string
	Keys   []string
	Facts  []WatchFact
	Reason string
}

// Text names the flag.
func (f WatchFlag) Text() string { return WatchReason(f.Flag) }

// WatchForm puts a community on the list, or changes why. Fields: `reasons` (each), `body`, `basis`, `until` (date).
type WatchForm struct {
	Form
	Reasons            []string
	Body, Basis, Until string
}

// Choices are the reasons with those that were chosen.
func (f WatchForm) Choices() []WatchChoice {
	list := make([]WatchChoice, len(watchReasons))
	for i, option := range watchReasons {
		list[i].Option = option
		for _, reason := range f.Reasons {
			list[i].Chosen = list[i].Chosen || reason == option.Value
		}
	}
	return list
}

// WatchChoice is a reason to tick.
type WatchChoice struct {
	Option
	Chosen bool
}

// WatchRemoval takes a community off the list. Field: `reason`.
type WatchRemoval struct {
	Form
	Reason string
}

// WatchEntry is a line of the history.
type WatchEntry struct {
	Kind    string // listed, changed, removed, dismissed
	At      Instant
	By      string
	Reasons []string
	Body    string
	Basis   string
	Until   Instant
	Facts   int // that were before whoever made it
}

// KindText says what was done.
func (e WatchEntry) KindText() string { return watchKinds[e.Kind] }

// ReasonText are the reasons in one line.
func (e WatchEntry) ReasonText() string { return strings.Join(e.Reasons, "、") }

var watchKinds = map[string]string{"listed": "列入", "changed": "更改", "removed": "移出", "dismissed": "系统提示的情况，看过不列入"}

// watchReasons are the reasons in the order of voting/watch; those that the system finds come first.
var watchReasons = []Option{
	{Value: "deadline_missed", Text: "逾期没有办的事项"}, {Value: "term_lapsed", Text: "任期届满没有换届"}, {Value: "correction_open", Text: "责令改正没有办结"},
	{Value: "objection_upheld", Text: "异议成立"}, {Value: "votes_failed", Text: "连续两次表决没有形成决定"}, {Value: "handover_refused", Text: "拒绝移交"},
	{Value: "convening_unanswered", Text: "责令召开会议逾期没有召开"},
	{Value: "dispute", Text: "矛盾突出、信访集中"}, {Value: "abandoned", Text: "物业服务人撤离，无人管理"}, {Value: "funds", Text: "维修资金、公共收益有争议"},
	{Value: "safety", Text: "有安全隐患"}, {Value: "other", Text: "其他情形", Note: "在情况说明里写清楚"},
}

// WatchReason names a reason.
func WatchReason(reason string) string { return optionText(watchReasons, reason) }

// The words of the watch list.
const (
	TitleWatch = "重点关注名单"
	SheetWatch = "重点关注名单"

	WatchMeans = "统计时点在名单上的小区，包括期限已到、还没有决定移出或者重新列入的。由街道或者区县列入，只供内部使用。"

	watchTerm = "任期到"
)

// WatchHeader heads the sheet of the monthly return.
var WatchHeader = []string{"街道", "小区", "理由", "情况说明", "依据", "列入", "到哪一天", "列入的单位"}

// WatchTerm is what a term that ended without another says.
func WatchTerm(ends Instant) string { return watchTerm + " " + ends.Day() }

// WatchDeadline is what a missed deadline says.
func WatchDeadline(kind, title string) string {
	if title == "" {
		return MissedWord(kind)
	}
	return WorkText(MissedWord(kind), title)
}

// WatchDecision and WatchConvening name what an order is about.
func WatchDecision(title string) string { return "业主委员会决定：" + title }

// WatchConvening is explained at [WatchDecision].
func WatchConvening(number string) string { return "第 " + number + " 号责令召开" }

// WorkWatch is a community on the street's work list that something suggests for the watch list.
func WorkWatch(community string, facts int) string {
	return WorkText(community, "系统提示 "+explain.Count(int64(facts))+" 项情况，请看要不要列入重点关注名单")
}

// WorkWatchOver is one whose last day on it has passed.
func WorkWatchOver(community string) string {
	return WorkText(community, "重点关注的期限已到，请决定移出还是重新列入")
}

package web

import (
	"strconv"
	"strings"

	"gongjue/voting/lifecycle"
)

// SupervisionNotice is the public notice of an order to correct, a revocation, or what became of one (通告). It belongs to
// the community's board and to the result that it is about.
type SupervisionNotice struct {
	Shell
	Title        string // see [SupervisionTitle]
	Number       int64
	Authority    string
	At           Instant
	Community    string
	CommunityURL string
	Meeting      string
	ResultURL    string
	Matters      []string // titles; all of them where the entry names none
	Lines        []RecordLine
	Related      []Link // the order that it answers, and what answered it
	Effect       string // see [SupervisionEffect]
	Certificate  string // address; empty without one
	Leaf         int64
	LogURL       string
}

// SupervisionDesk is where authorities order, revoke and record, and where the convener reports. Forms are those that the
// role may send now.
type SupervisionDesk struct {
	Shell
	Community, Meeting, MeetingURL, State string
	Entries                               []Link // the oldest first
	Forms                                 []SuperviseForm
}

// SuperviseForm makes one entry. Fields: `kind`, and by kind `matters`, once for each value, none for all; `breached`,
// `basis`, `body`, `limit`, `court`, `case_number`, `judged_on`.
type SuperviseForm struct {
	Form
	Kind                                                                 string
	Title, Explains, Button                                              string
	Matters                                                              []Option
	Chosen                                                               []string
	Breached, Basis, Body, BodyLabel, Limit, Court, CaseNumber, JudgedOn string
}

// Orders tells whether the form names a breach and what empowers the authority.
func (f SuperviseForm) Orders() bool {
	return f.Kind == string(lifecycle.CorrectionOrdered) || f.Kind == string(lifecycle.Revoked)
}

// Limits tells whether the form sets a limit.
func (f SuperviseForm) Limits() bool { return f.Kind == string(lifecycle.CorrectionOrdered) }

// Court tells whether the form records a judgment.
func (f SuperviseForm) Judged() bool { return f.Kind == string(lifecycle.CourtRevoked) }

// ID makes the fields of each form unique on the page.
func (f SuperviseForm) ID() string { return f.Kind }

type supervisionWords struct{ title, form, explains, button, body string }

var supervisionKinds = map[lifecycle.SupervisionKind]supervisionWords{
	lifecycle.CorrectionOrdered:  {"责令限期改正通告", "责令限期改正", "决定违反法律、法规的，责令在期限内改正。通告会公开在小区公示栏和结果页面；不改变计票的数字。", "责令改正并通告", "要求改正什么"},
	lifecycle.CorrectionReported: {"改正情况报告", "报告改正情况", "写明做了什么。报告会公开，由作出责令的机关核查。", "提交报告", "做了什么"},
	lifecycle.Rectified:          {"改正完成通告", "认定已经改正", "核查以后认为已经改正的，在这里结束责令。", "认定已经改正", "核查的结论"},
	lifecycle.Revoked:            {"撤销决定通告", "撤销决定", "撤销以后，涉及的决定不再有效；全部事项都被撤销的，备案证明随之失效。计票的数字不变。", "撤销并通告", "撤销的内容和理由"},
	lifecycle.CourtRevoked:       {"法院撤销决定的记载", "记载法院撤销", "法院判决撤销决定并且生效的，在这里记载。", "记载并通告", "判决的内容"},
}

// SupervisionTitle is the title of an entry.
func SupervisionTitle(kind lifecycle.SupervisionKind) string { return supervisionKinds[kind].title }

// NewSuperviseForm is an empty form of a kind.
func NewSuperviseForm(kind lifecycle.SupervisionKind, action string) SuperviseForm {
	words := supervisionKinds[kind]
	return SuperviseForm{Form: Form{Action: action}, Kind: string(kind), Title: words.form, Explains: words.explains, Button: words.button, BodyLabel: words.body}
}

// SupervisionLine names an entry in a list: its kind, who made it and when.
func SupervisionLine(kind lifecycle.SupervisionKind, number int64, authority string, at Instant) string {
	return SupervisionTitle(kind) + "（第 " + strconv.FormatInt(number, 10) + " 号，" + authority + "，" + at.Day() + "）"
}

// SupervisionEffect says what an entry means for the decisions and for the count.
func SupervisionEffect(kind lifecycle.SupervisionKind) string {
	switch kind {
	case lifecycle.CorrectionOrdered:
		return "改正期间，涉及的决定应当按要求改正。计票的数字和投票记录没有改动。"
	case lifecycle.CorrectionReported:
		return "改正是否到位，由作出责令的机关核查。"
	case lifecycle.Rectified:
		return "责令已经结束，决定继续有效。"
	}
	return "涉及的决定自撤销之日起不再有效。计票的数字和投票记录没有改动，任何人仍然可以核对。"
}

// SupervisionLines are what an entry says, in words; empty ones are left out.
func SupervisionLines(breached, basis, bodyLabel, body string, limit Instant, court, number, judged string) []RecordLine {
	list := []RecordLine{{"违反的规定", breached}, {"处理的依据", basis}, {bodyLabel, body}}
	if limit != 0 {
		list = append(list, RecordLine{"改正期限", limit.String() + " 以前"})
	}
	list = append(list, RecordLine{"法院", court}, RecordLine{"案号", number}, RecordLine{"判决日期", DateWords(judged)})
	kept := list[:0]
	for _, line := range list {
		if line.Value != "" {
			kept = append(kept, line)
		}
	}
	return kept
}

// SupervisionBody is what the main text of an entry is called.
func SupervisionBody(kind lifecycle.SupervisionKind) string { return supervisionKinds[kind].body }

// RevokedMark stands behind the title of a matter whose decision fell.
const RevokedMark = "（决定已被撤销）"

// RevokedMatters says on a certificate or a result which decisions fell; empty where none did.
func RevokedMatters(titles []string) string {
	if len(titles) == 0 {
		return ""
	}
	return "下列决定已被撤销，不再有效：" + strings.Join(titles, "；") + "。"
}

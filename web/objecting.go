package web

import (
	"strconv"
	"strings"
)

// TitleObjecting is the title of the page on which an owner objects to a count.
const TitleObjecting = "对计票结果的异议"

// ButtonObjecting leads from a code to one's own objections to a count.
const ButtonObjecting = "下一步：提出异议"

// Objecting is what an owner who proved who they are sees of the objections of their home to a count, with the form for a
// new one while they are taken.
type Objecting struct {
	Shell
	Community  string
	Meeting    string
	ResultURL  string
	RecordURL  string // [VotingRecord]
	Places     []string
	Till       Instant // 0 = none is taken any more
	AnswerDays int     // 0 = no day was promised
	List       []CountObjection
	Object     *CountObjectionForm
	LeaveURL   string // POST, no fields; empty where the session is that of the ballot
	Contact    string
	Place      string
}

// CountObjection is an objection to a count, for the objector and for staff.
type CountObjection struct {
	ID          string
	Number      int64
	Subject     string // roster, candidate, matter, ballot, procedure
	About       string // the matter or the candidate that was named; empty without one
	State       string // open, answered, withdrawn
	At          Instant
	Due         Instant // 0 where no day was promised
	Late        bool    // the promised day is over
	Text        string  // empty of a co-owner's
	Files       []Attachment
	Upheld      bool
	Answer      string
	AnsweredAt  Instant
	WithdrawURL string // POST, no fields; empty where it cannot be taken back
	TextHash    string // of one's own: what the record holds of the text, in hex, and of the answer
	AnswerHash  string
	UnitLabel   string      // staff only: who objects
	Source      string      // staff only: owner or desk
	Phone       string      // staff only, masked
	AnswerForm  *AnswerForm // staff only; nil if answered or not this person's
}

// CountObjectionForm raises one. multipart/form-data, fields: `subject`, `matter` (of a line of the count), `candidate`,
// `text`, `file` (may be left out).
type CountObjectionForm struct {
	Form
	Subject    string
	Matters    []Option
	Matter     string
	Candidates []Option // empty where nobody stood for election
	Candidate  string
	Text       string
}

// RecordCheck says how the objector finds the own text in the published record.
func (o CountObjection) RecordCheck() string {
	return "正式结果公布后，下载核对文件，解开，在里面的会议记录文件里查找下面的校验值，它写在第 " + strconv.FormatInt(o.Number, 10) +
		" 号异议下面。找得到，说明公布的记录里就是这段文字；原文或者答复被改动一个字，就找不到。"
}

// Homes names the units of the voter.
func (o Objecting) Homes() string { return placesText(o.Places) }

// ObjectionEffect says how the objections to a count stand and what they could change.
type ObjectionEffect struct {
	Open, Upheld, Dismissed int64
	Unsafe                  []int64 // numbers of matters
	Unbound                 bool    // one cannot be measured in votes
	Matters                 int     // of the meeting
}

// Any tells whether there is anything to say.
func (e ObjectionEffect) Any() bool { return e.Open+e.Upheld+e.Dismissed > 0 }

// Count says how many objections there are and how they were answered.
func (e ObjectionEffect) Count() string {
	number := func(n int64) string { return " " + strconv.FormatInt(n, 10) + " 件" }
	return "共收到异议" + number(e.Open+e.Upheld+e.Dismissed) + "：成立" + number(e.Upheld) + "，不成立" + number(e.Dismissed) + "，待答复" + number(e.Open) + "。"
}

// Effect says what becomes of the result if every open objection succeeds; empty without one.
func (e ObjectionEffect) Effect() string {
	if e.Open == 0 {
		return ""
	}
	if !e.Unbound && len(e.Unsafe) == 0 {
		return "待答复的异议即使全部成立，按票数推算，各个事项的结果都不变。"
	}
	text := "待答复的异议如果全部成立，"
	if len(e.Unsafe) > 0 {
		numbers := make([]string, len(e.Unsafe))
		for i, number := range e.Unsafe {
			numbers[i] = strconv.FormatInt(number, 10)
		}
		text += "第 " + strings.Join(numbers, "、") + " 项的结果可能改变"
		if len(e.Unsafe) < e.Matters && !e.Unbound {
			text += "，其他事项的结果不变"
		}
		text += "。"
		if !e.Unbound {
			return text
		}
		text += "另外，"
	}
	return text + "有的异议针对名册、程序或没有指明事项，不能按票数推算，每个事项的结果都可能改变。"
}

// Consequence says what an upheld objection leads to.
func (e ObjectionEffect) Consequence() string {
	switch {
	case e.Upheld > 0:
		return "已有异议成立：这次的结果不能公布为最终结果，由街道宣布作废，重新组织表决。"
	case e.Open > 0:
		return "任何一件异议成立，这次的结果都不能公布为最终结果，要由街道宣布作废，重新组织表决。"
	}
	return ""
}

func (Objecting) name() string { return "objecting" }

// NoneNamed is the choice of no matter and of no candidate.
const NoneNamed = "没有指明"

// MatterLine names a matter by number and title.
func MatterLine(number int64, title string) string {
	return "第 " + strconv.FormatInt(number, 10) + " 项　" + title
}

package web

import (
	"net/url"

	"gongjue/voting"
	"gongjue/voting/ledger"
)

// PaperDesk finds the next sheet (field `serial`, or `building`, `stair` and `room`) and tells how the sheets
// of a meeting add up. It holds numbers of sheets only.
type PaperDesk struct {
	Shell
	Form
	Community   string
	Meeting     string
	MeetingURL  string
	Closes      Instant
	Refusal     string // why nothing can be entered now; the form is left out
	Late        bool   // the deadline has passed: only what was in the box counts
	Buildings   []string
	Serial      string
	Building    string
	Stair       string
	Room        string
	Coarse      bool // Online moves in steps of 20
	Issued      int64
	Online      int64 // ballots of every other channel
	Paper       int64
	Waiting     int64
	Disputed    int64
	Duplicate   int64
	Outstanding int64
	Platform    string // the announced one of the city; empty for none
	Imported    int64  // voters in its file; after the close
	Open        []OpenSheet
}

// OpenSheet is a sheet that is not settled. Withdrawing: POST WithdrawURL, no fields.
type OpenSheet struct {
	UnitLabel   string
	Disputed    bool // else it waits for its second entry
	At          Instant
	EnterURL    string // empty for whoever made the entry that waits
	WithdrawURL string // empty where there is nothing to withdraw
}

// PaperEntry is one sheet to be entered. Fields: those of the ballot (see [BallotFields]), [ReadingField] for
// every matter, `void` (a reason, or empty), `checked` and, after the close, `in_box` (each yes).
// It never shows what anybody entered before.
type PaperEntry struct {
	Shell
	Form
	Community   string
	Meeting     string
	DeskURL     string
	Units       []string
	Owners      []string // masked
	Matters     []PaperMatter
	FollowMajor bool
	Late        bool
	Void        string // a value of [VoidReasons]
	Checked     bool
	InBox       bool
	WithdrawURL string // of the own entry that waits: then there is nothing to enter
}

// PaperMatter is a matter of a sheet with what was marked when the form was refused.
type PaperMatter struct {
	BallotMatter
	Reading string // see [Readings]; empty is as marked
}

// The readings of an answer on paper.
const (
	ReadMarked = "marked" // as the marks say
	ReadBlank  = "blank"
	ReadVoid   = "void"
)

// Readings lists every reading, the usual one first.
var Readings = []Option{{Value: ReadMarked, Text: "按票面"}, {Value: ReadBlank, Text: "没有填写"}, {Value: ReadVoid, Text: "本项作废"}}

// ReadingField is the form field that says how the answer to a matter is to be taken.
func ReadingField(id string) string { return "r." + id }

// VoidReasons are the reasons for which a whole sheet is void.
var VoidReasons = []Option{
	{Value: "", Text: "不作废"},
	{Value: string(ledger.VoidUnsigned), Text: "没有签名"},
	{Value: string(ledger.VoidUnreadable), Text: "整张无法辨认"},
	{Value: string(ledger.VoidNotOwner), Text: "不是业主本人或有效委托人填写"},
	{Value: string(ledger.VoidProxyBad), Text: "委托手续不合要求"},
}

// ReadMark reads what a form says of one matter on paper. code is empty, or choice_missing where nothing is
// marked and nobody said that it is blank, or choice_invalid where the page cannot have sent it.
func ReadMark(form url.Values, id string, m voting.Matter) (mark ledger.PaperMark, reading, code string) {
	choice, sent := ReadChoice(form, id, m)
	reading = form.Get(ReadingField(id))
	switch {
	case reading == ReadBlank:
		return ledger.PaperMark{}, reading, ""
	case reading == ReadVoid:
		return ledger.PaperMark{Void: ledger.VoidUnreadable}, reading, ""
	case !sent || reading != ReadMarked:
		return ledger.PaperMark{Choice: choice}, reading, "choice_invalid"
	case choice.Blank():
		return ledger.PaperMark{}, reading, "choice_missing"
	}
	return ledger.PaperMark{Choice: choice}, reading, ""
}

// paperView is a matter of a sheet ready for the template: every name can be ticked, also more than allowed,
// because that is what some sheets say.
type paperView struct {
	ballotView
	Readings []ballotBox
}

func paperMatterView(m PaperMatter, f Form, follow bool) paperView {
	v := paperView{ballotView: matterView(m.BallotMatter, f, follow)}
	if v.Limit > 0 {
		v.Many = true
	}
	field := ReadingField(m.ID)
	for i, reading := range Readings {
		checked := m.Reading == reading.Value || (m.Reading == "" && i == 0)
		v.Readings = append(v.Readings, ballotBox{field + "." + reading.Value, field, reading.Value, reading.Text, checked})
	}
	return v
}

// paperSummary lists the problems of a sheet, each leading to its matter or field.
func paperSummary(f Form, matters []PaperMatter) []anchored {
	plain := make([]BallotMatter, len(matters))
	for i, matter := range matters {
		plain[i] = matter.BallotMatter
	}
	list := ballotSummary(f, plain, true)
	for i, p := range f.Problems {
		if list[i].Anchor == "" && p.Field != "" {
			list[i].Anchor = "f-" + p.Field
		}
	}
	return list
}

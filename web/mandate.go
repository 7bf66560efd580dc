package web

import (
	"strconv"

	"gongjue/voting/explain"
)

// TitleMandates is the title of the pages on who votes for a home, and on homes that were sold.
const TitleMandates = "投票人与转让登记"

// MandateLine is that somebody acts for a voter; people are masked.
type MandateLine struct {
	Number     int
	State      string // as of an amendment
	Capacity   string // lifecycle.MandateKind
	Place      string
	Owner      string // acted for; empty where it is for all of the voter
	Person     string // who acts; empty where nobody does
	Document   string
	Reason     string
	ForAll     bool // false: a sale of one of several homes, whose ballot stays with the voter
	ProposedAt Instant
	ProposedBy string
	DecidedAt  Instant
	DecidedBy  string
	Refusal    string
	URL        string // MandatePage
}

// Effect says who votes.
func (l MandateLine) Effect() string {
	switch {
	case l.Capacity == "own":
		return "恢复由业主本人投票"
	case !l.ForAll:
		return "原业主还有别的房屋，一张票管全部房屋，这次仍由原业主投票"
	case l.Capacity == "buyer":
		return "登记以前已经投的票有效；没有投的，由受让人投票"
	case l.Owner != "":
		return "由登记的人代这位业主投票"
	}
	return "这一户由登记的人投票，共有人不再另投"
}

// Mandates lists who acts for the voters of a frozen roster. A home is looked for first (GET URL with `building` and
// `room`), then the form stands beside what the roster says about it.
type Mandates struct {
	Shell
	Community string
	RosterURL string
	URL       string
	Version   int
	List      []MandateLine
	Buildings []string // nil where the one who asks may note nothing
	Building  string
	Room      string
	Searched  bool
	Now       *DisplayLine
	Propose   *MandateForm
}

// MandateForm notes who acts. Fields: `unit`, `capacity`, `owner`, `person`, `phone`, `document`, `reason`.
type MandateForm struct {
	Form
	Unit, Capacity string
	People         []Option // the owners
	Owner          string
	Person, Phone  string
	Document       string
	Reason         string
}

// MandatePage is one mandate with what may be done about it.
type MandatePage struct {
	Shell
	Community string
	ListURL   string
	Line      MandateLine
	Acts      []Act
}

// SaleSentence tells of a home that was sold after the roster was frozen; without names, and not whether it had voted.
func SaleSentence(place, reason string, acts bool, at Instant) string {
	line := MandateLine{Capacity: "buyer", ForAll: acts}
	return place + "：名册锁定以后转让，" + at.String() + " 登记，" + line.Effect() + "。人数和面积不变。依据：" + reason
}

// SalesNote tells on a notice that homes were sold since; empty where none were.
func SalesNote(sales int) string {
	if sales == 0 {
		return ""
	}
	return "名册锁定以后登记了 " + explain.Count(int64(sales)) + " 处房屋转让，人数和面积不变："
}

// MandatesNote tells on a notice for how many homes it was noted who votes; empty where it was for none. Which ones stands
// in the record, and why nowhere: that somebody has a guardian is nobody's business.
func MandatesNote(homes int64) string {
	if homes == 0 {
		return ""
	}
	return "名册锁定以后，经召集人登记、街道核准，有 " + explain.Count(homes) + " 处房屋变更过由谁投票（共有人推选、监护人、单位代表），人数和面积不变。哪几处写在投票记录里，不公布原因。"
}

// WorkMandate names what was noted of voters or sales and waits for the street.
func WorkMandate(community string, waiting int64) string {
	return community + "：核准投票人或者转让的登记（" + strconv.FormatInt(waiting, 10) + " 件）"
}

func (Mandates) name() string    { return "mandates" }
func (MandatePage) name() string { return "mandate" }

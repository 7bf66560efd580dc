package web

import (
	"slices"
	"strconv"
	"strings"

	"gongjue/voting"
	"gongjue/voting/explain"
)

// The titles of the pages on which owners contest a roster, and convener and street answer.
const (
	TitleProveHome        = "查看自己的房屋"
	TitleOwnHome          = "名册上我的房屋"
	TitleRosterObjections = "对名册的异议"
	TitleRosterObjection  = "异议"
)

// ProveHome is where an owner proves who they are before they see their own home on a roster: fields `building`,
// `stair`, `room`, `phone`, then the code. It never tells whether the home or the number exists.
type ProveHome struct {
	Shell
	Form
	Community  string
	Meeting    string // whose record is asked for; empty for the roster
	Objecting  bool   // the way leads on to an objection to its count
	NoticeURL  string // of that meeting
	DisplayURL string
	Buildings  []string
	Building   string
	Stair      string
	Room       string
	Phone      string
	Code       *CodeEntry
	MayObject  bool
	Contact    string
	Place      string
}

// OwnHome is what an owner sees of their own home, with their objections and the form for a new one.
type OwnHome struct {
	Shell
	Community  string
	DisplayURL string
	Version    int
	State      string
	Units      []DisplayLine
	Name       string
	IDNumber   string // masked; empty where the roster has none
	Phone      string
	Others     []string // co-owners, masked
	Till       Instant  // until when objections are taken; 0 = not any more
	AnswerDays int
	Objections []OwnObjection
	Object     *ObjectForm
	LeaveURL   string // POST, no fields
	AskURL     string // [DisclosureChoice]; empty where nothing is disclosed
	Contact    string
	Place      string
}

// OwnObjection is an objection as the owner of the home sees it.
type OwnObjection struct {
	Number      int64
	Kind        string
	Place       string
	State       string // open, answered, withdrawn
	At          Instant
	Due         Instant
	Late        bool // the promised day is over
	Text        string
	Wanted      string
	Files       []string
	Upheld      bool
	Answer      string
	AnsweredAt  Instant
	Change      []string
	WithdrawURL string // POST, no fields; empty where it cannot be taken back
}

// ObjectForm raises an objection. multipart/form-data, fields: `about`, `unit`, `text`, `wanted`, `building`, `stair`,
// `room` (of a unit that is missing), `file` (may be left out).
type ObjectForm struct {
	Form
	Units    []Option
	About    string
	Unit     string
	Text     string
	Wanted   string
	Building string
	Stair    string
	Room     string
}

// RosterObjections is the desk for objections to a roster.
type RosterObjections struct {
	Shell
	Community string
	RosterURL string
	Version   int
	Till      Instant
	Open      int64
	List      []RosterObjectionLine
	Record    *DeskObjectionForm // while objections are taken
}

// RosterObjectionLine is an objection in the list.
type RosterObjectionLine struct {
	Number int64
	URL    string
	Kind   string
	Place  string
	State  string
	Source string
	At     Instant
	Due    Instant
	Late   bool
	Upheld bool
}

// DeskObjectionForm takes down what somebody says who came to the desk. multipart/form-data, fields: those of
// [ObjectForm] without `unit`, and `phone`.
type DeskObjectionForm struct {
	ObjectForm
	Buildings []string
	Phone     string
}

// RosterObjectionPage is one objection with everything needed to answer it.
type RosterObjectionPage struct {
	Shell
	Community string
	ListURL   string
	Line      RosterObjectionLine
	Text      string
	Wanted    string
	Phone     string // masked
	Files     []Attachment
	Now       *DisplayLine // what the roster says; nil where the unit is missing
	People    []Option     // who holds the unit, masked
	Answer    string
	Answered  Instant
	Change    []string
	Reply     *RosterReplyForm // where the one who asks may answer
}

// RosterReplyForm answers an objection. Fields: `outcome`, `answer`, and those of [CorrectionFields].
type RosterReplyForm struct {
	CorrectionFields
	Outcome string
	Answer  string
}

// CorrectionFields are what may be corrected about a unit of a roster: `area`, `area_source`, `usage`, `keep`, `owners`
// (a line each), `developer`, `phone_of`, `phone`, and `building`, `stair`, `room` of a missing unit.
type CorrectionFields struct {
	Form
	Kind       string   // the kind of the objection, [AnyPart] or [MissingUnit]: which fields are asked for
	People     []Option // who holds the unit, masked
	Area       string
	AreaSource string
	Usage      string
	Keep       []string
	Owners     string
	Developer  bool
	PhoneOf    string
	Phone      string
	Building   string
	Stair      string
	Room       string
}

// The kinds of a correction that no objection stands behind.
const (
	AnyPart     = ""
	MissingUnit = "unit_missing"
)

// AsksUnit tells whether the correction is a unit that was missing.
func (f CorrectionFields) AsksUnit() bool { return f.Kind == MissingUnit }

// AsksArea tells whether the correction may be an area.
func (f CorrectionFields) AsksArea() bool { return f.asks("area", MissingUnit) }

// AsksUsage tells whether the correction may be a use.
func (f CorrectionFields) AsksUsage() bool { return f.asks("usage", "parking", MissingUnit) }

// AsksOwners tells whether the correction may be who holds the unit.
func (f CorrectionFields) AsksOwners() bool { return f.asks("owner", "co_owner", MissingUnit) }

// AsksPhone tells whether the correction may be a phone.
func (f CorrectionFields) AsksPhone() bool { return f.asks("phone") && len(f.People) > 0 }

func (f CorrectionFields) asks(kinds ...string) bool {
	return f.Kind == AnyPart || slices.Contains(kinds, f.Kind)
}

// UnitFacts are what a roster says about a unit before or after a correction.
type UnitFacts struct {
	Usage  string
	Area   voting.Area
	Source string // in words
	Head   string // in words
	NoArea bool
}

// RosterChange is a correction of a roster on display, as everybody may see it.
type RosterChange struct {
	Number int64
	Place  string
	At     Instant
	What   []string   // unit, area, area_source, usage, owners, phone
	Before *UnitFacts // nil for a unit that was missing
	After  UnitFacts
	Totals [2]voting.Weight // of the roster, before and after
}

// Lines say what was corrected, one sentence for each part.
func (c RosterChange) Lines() []string {
	if c.Before == nil {
		return []string{"补登这个房屋：" + c.After.Usage + "，" + explain.SquareMetres(c.After.Area) + " ㎡（" + c.After.Source + "），" + c.After.Head}
	}
	var lines []string
	for _, part := range c.What {
		switch part {
		case "area":
			lines = append(lines, "面积 "+explain.SquareMetres(c.Before.Area)+" ㎡ 改为 "+explain.SquareMetres(c.After.Area)+" ㎡")
		case "area_source":
			lines = append(lines, "面积来源由“"+c.Before.Source+"”改为“"+c.After.Source+"”")
		case "usage":
			lines = append(lines, "用途由“"+c.Before.Usage+"”改为“"+c.After.Usage+"”")
		case "owners":
			lines = append(lines, "业主登记已更正；人数由“"+c.Before.Head+"”改为“"+c.After.Head+"”")
		case "phone":
			lines = append(lines, "业主的联系电话已更正")
		}
	}
	if c.Before.NoArea != c.After.NoArea {
		lines = append(lines, map[bool]string{true: "面积不再计入", false: "面积改为计入"}[c.After.NoArea])
	}
	return lines
}

// Sentence is the whole correction in one, for print.
func (c RosterChange) Sentence() string {
	return c.Place + "：" + strings.Join(c.Lines(), "；") + "。" + c.Effect() + "（" + c.At.Day() + "）"
}

// Effect says what a correction did to the totals of the roster.
func (c RosterChange) Effect() string {
	before, after := c.Totals[0], c.Totals[1]
	if before == after {
		return "总人数和总面积不变"
	}
	text := ""
	if before.Heads != after.Heads {
		text = "总人数 " + explain.Count(before.Heads) + " 人改为 " + explain.Count(after.Heads) + " 人"
	}
	if before.Area != after.Area {
		if text != "" {
			text += "，"
		}
		text += "总面积 " + explain.SquareMetres(before.Area) + " ㎡ 改为 " + explain.SquareMetres(after.Area) + " ㎡"
	}
	return text
}

// ObjectionStanding says how the objections to a roster stand.
func ObjectionStanding(open, upheld, dismissed int64) string {
	if open+upheld+dismissed == 0 {
		return "还没有人提出异议。"
	}
	return "共收到异议 " + strconv.FormatInt(open+upheld+dismissed, 10) + " 件：成立并更正 " + strconv.FormatInt(upheld, 10) + " 件，不成立 " +
		strconv.FormatInt(dismissed, 10) + " 件，待答复 " + strconv.FormatInt(open, 10) + " 件。"
}

// WorkObjections names the objections to a roster that wait for an answer.
func WorkObjections(community string, open int64) string {
	return community + "：答复对名册的异议（" + strconv.FormatInt(open, 10) + " 件）"
}

// ButtonOwnHome leads from a code to one's own home.
const ButtonOwnHome = "下一步：查看我的房屋"

// MaskedPerson is a person as staff and co-owners see them; both parts come masked.
func MaskedPerson(name, phone string) string {
	if phone == "" {
		return name + "（没有手机号）"
	}
	return name + "（手机号 " + phone + "）"
}

func (ProveHome) name() string           { return "provehome" }
func (OwnHome) name() string             { return "ownhome" }
func (RosterObjections) name() string    { return "rosterobjections" }
func (RosterObjectionPage) name() string { return "rosterobjection" }

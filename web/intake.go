package web

import "gongjue/voting/roster"

// The pages of a spreadsheet on the desk: it was read and checked, and nothing of it counts yet.

// IntakePage is such a file: how it was read, what is in doubt, and the way into the roster.
type IntakePage struct {
	Shell
	Community     string
	CommunityURL  string
	File          string
	ReceivedAt    Instant
	ThrownAt      Instant // when it is thrown away if nobody imports it
	Totals        RosterTotals
	Sources       []RosterPart // of the areas, the strongest first
	Held          int          // units that an error keeps out
	Errors        int
	Open          int // warnings that wait for a person's word
	Confirmed     int
	Mended        int
	IssuesFileURL string // all doubts, as a workbook
	ChangesURL    string
	GridURL       string
	HeadsURL      string
	RegisterURL   string
	Text          *IntakeText // nil for a workbook
	Sheets        []IntakeSheet
	Refused       []IntakeRefusal
	Kinds         []IssueKind

	Kind          string // the kind that is shown alone; empty for all
	KindText      string
	KindIsWarning bool
	Issues        []IntakeIssue
	MoreURL       string

	Rulings *RulingsForm // nil where the file follows everything that was decided before
	Confirm ConfirmForm
	Import  ImportForm
	Discard Act
}

// IntakeText is how a text file was read, for a person to see whether it is Chinese. Field: `encoding`, empty for back
// to what the system finds.
type IntakeText struct {
	Form
	Encoding string // utf-8, utf-8-bom, gb18030, utf-16
	Chosen   bool   // a person said so
	Lines    []string
	Others   []IntakeReading
}

// IntakeReading is the same lines in an encoding that was not taken.
type IntakeReading struct {
	Encoding string
	Lines    []string
}

// IntakeSheet is one sheet of the file and how its columns were read.
type IntakeSheet struct {
	Name    string
	Used    bool
	Why     string
	By      string // found, chosen, remembered
	Columns []IntakePair
	URL     string // where the columns are put right
	AddURL  string // where a unit is added that the sheet forgot
}

// IntakePair is a column and what it was taken for.
type IntakePair struct {
	Letter, Header, Name string
	Doubtful             bool
}

// IntakeRefusal is something that was told about the file and cannot be followed.
type IntakeRefusal struct {
	Sheet string
	Row   int
	Text  string
	URL   string // of the row, where it is about one
}

// IssueKind counts the doubts of one kind.
type IssueKind struct {
	Code     string
	Severity string // error, warning; ok for those that were confirmed
	Example  string
	Count    int
	URL      string
	Chosen   bool
}

// IntakeIssue is one doubt with the way to settle it. Key is empty where nothing can be confirmed.
type IntakeIssue struct {
	Issue
	Value   string // masked
	Unit    string
	Key     string
	MendURL string
	By, Why string // who confirmed it
	At      Instant
}

// ConfirmForm confirms doubts. Fields: `keys` (several), `code` (all of that kind), `why`.
type ConfirmForm struct {
	Form
	Why string
}

// RulingsForm settles what was decided before and stands otherwise in the file. Fields: `keys` (several), `all` (yes), `do`
// (take, keep, undo), `revision`, `why`.
type RulingsForm struct {
	Form
	Revision string
	Why      string
	Count    int // of the open ones; the first of them are listed
	Open     []RulingLine
	Settled  []RulingLine
}

// RulingLine is one such ruling. MendURL is empty where the file has no row for it.
type RulingLine struct {
	roster.Undone
	At      Instant // of the decision
	SaidAt  Instant // when it was settled
	MendURL string
}

// Origin says who decided.
func (l RulingLine) Origin() string {
	switch l.From {
	case roster.ByObjection:
		return l.At.String() + " 第 " + text(int(l.Number)) + " 号异议成立"
	case roster.ByAmendment:
		return l.At.String() + " 第 " + text(int(l.Number)) + " 号更正核准：" + l.Why
	}
	return l.At.String() + " " + l.By + "更正：" + l.Why
}

// ImportForm makes a draft roster of the file. Field: `revision`.
type ImportForm struct {
	Form
	Revision string
	Refusal  string
	Held     int
}

// IntakeColumns puts the columns of a sheet right. Fields: `sheet`, `header_row`, `use` (one for every column from
// the left, empty for a column that is not read), `found` (yes: back to what the system finds).
type IntakeColumns struct {
	Shell
	Form
	File      string
	IntakeURL string
	Sheet     string
	Why       string
	HeaderRow string
	Missing   []string
	Columns   []IntakeColumn
	Fields    []Option
	Chosen    bool // a person said so
}

// IntakeColumn is one column of the sheet.
type IntakeColumn struct {
	Letter, Header, Field, Why string
	Doubtful                   bool
	Samples                    []string // numbers and phones masked
}

// IntakeRow mends one row, in clear. Fields: `sheet`, `row`, `do` (set, drop, add, undo), `why`, and for every cell
// `field`, `value`, `was`, `seen`.
type IntakeRow struct {
	Shell
	Form
	File      string
	IntakeURL string
	Sheet     string
	Row       int
	Added     bool // the row is below the last one of the file
	Was       string
	Issues    []Issue
	Cells     []IntakeCell
	Told      []ToldLine
	Why       string
	Drop      DropForm
}

// DropForm leaves the row out. Field: `why`.
type DropForm struct {
	Form
	Why string
}

// IntakeCell is one field of the row. Was names the text of the file, Seen the one on the page.
type IntakeCell struct {
	Field, Name, Header, Text, Was, Seen string
	Corrected                            bool
}

// ToldLine is who corrected what, and why.
type ToldLine struct {
	By, Field, Why string
	At             Instant
	Dropped        bool
}

// ConfirmedDoubts is what the list of settled doubts is called.
const ConfirmedDoubts = "已经有人核对过，照原样计入。"

// Sentence is what a person reads of a code.
func Sentence(code string) string { return message(code) }

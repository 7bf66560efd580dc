package web

import (
	"strconv"

	"gongjue/voting"
)

// MeetingForm makes or changes a draft. Fields: `title`, `convener_kind`, `convener_name`, `roster` (an ID),
// `opens` and `closes` (datetime-local in 北京时间, 2006-01-02T15:04), `first_meeting` (yes or absent),
// `place`, `contact`, `objection_days`, and the announced parameters `silence`, `silence_clause`,
// `void_participates` (yes or no), `blank`, `rank`, `shortfall`, `run_off` (yes or absent),
// `follow_majority` (yes or absent). Values of the policies are those of package voting.
type MeetingForm struct {
	Shell
	Form
	Community     string
	BackURL       string
	New           bool
	MeetingTitle  string
	ConvenerKind  string
	ConvenerName  string
	Rosters       []Option // published and frozen versions
	Roster        string
	Opens         string // as typed
	Closes        string
	FirstMeeting  bool
	Place         string
	Contact       string
	ObjectionDays string // as typed
	Silence       voting.Silence
	SilenceClause string
	Void          string // yes, no, or empty while not answered
	Blank         voting.Blank
	Rank          voting.Rank
	Shortfall     voting.Shortfall
	RunOff        bool
	Follow        bool
	NoticeDays    int // days that the pack asks between notice and opening
}

// MatterForm makes or changes a matter of a draft. Fields: `kind`, `item`, `title`, `text`, `options` (one per
// line), `method`, `seats`, `max_choices`, `alternates`, `scope` (one place per line, such as 3号楼 or
// 3号楼/1单元; empty = everybody). DeleteAction: POST without fields.
type MatterForm struct {
	Shell
	Form
	Community    string
	Meeting      string
	BackURL      string
	New          bool
	Kind         voting.Kind
	Items        []ItemOption
	Item         string
	MatterTitle  string
	Text         string
	Options      string
	Method       voting.Method
	Seats        string
	MaxChoices   string
	Alternates   string
	Scope        string
	Places       []string // buildings of the roster, as a reminder
	DeleteAction string
}

// ItemOption is an entry of the rule pack's list of matters.
type ItemOption struct {
	Value string // number
	Text  string // the pack's own words
	Class string // ordinary or special
}

// MeetingPage is a meeting for its convener, tellers and street.
type MeetingPage struct {
	Shell
	Community    string
	CommunityURL string
	Meeting      string
	State        string
	ConvenerKind string
	ConvenerName string
	Opens        Instant
	Closes       Instant
	Place        string
	Contact      string
	Timeline     []Milestone
	Acts         []Act // the next steps, the most useful first
	Checks       []Check
	Matters      []AgendaLine
	AddMatterURL string
	EditURL      string
	Attachments  []Attachment
	Attach       *AttachForm
	Announced    Announced
	Roster       RosterCard
	RosterURL    string
	Turnout      *Turnout
	Issued       int64  // sheets made
	Links        []Link // sheets, poster.pdf, notice.pdf, bundle, count, objections, filing, public notice
	Log          []LogLine
}

// Milestone is one state of the meeting's life and when it was or will be reached.
type Milestone struct {
	State string
	At    Instant // 0 if unknown
	Done  bool
	Here  bool
}

// Check is a finding about the draft or the meeting: severity ok, warning or error.
type Check struct {
	Severity string
	Text     string
	Law      string
}

// AgendaLine is one matter in the agenda.
type AgendaLine struct {
	Number  int
	Title   string
	Matter  voting.Matter
	EditURL string
}

// AttachForm adds a file. multipart/form-data, field `file`.
type AttachForm struct{ Form }

// LogLine is one audited step.
type LogLine struct {
	At   Instant
	Who  string // role and name
	What string
}

// CountPage is the count for the convener and the tellers after the close.
type CountPage struct {
	Shell
	Community  string
	Meeting    string
	MeetingURL string
	State      string
	CountedAt  Instant
	Matters    []ResultMatter
	Channels   []ChannelCount
	Issued     int64
	Cast       int64
	Void       int64
	Acts       []Act
}

// Objections is the objection desk of a meeting. Record is nil outside the window.
type Objections struct {
	Shell
	Community  string
	Meeting    string
	MeetingURL string
	Till       Instant
	List       []Objection
	Record     *ObjectionForm
}

// Objection is one objection with its answer.
type Objection struct {
	ID         string
	At         Instant
	UnitLabel  string
	Subject    string // roster, matter, ballot, procedure
	Text       string
	AnsweredAt Instant
	Upheld     bool
	Answer     string
	AnswerForm *AnswerForm // nil if answered or not this person's
}

// ObjectionForm records an objection. Fields: `unit`, `subject` (roster, matter, ballot, procedure), `text`.
type ObjectionForm struct {
	Form
	Unit    string
	Subject string
	Text    string
}

// AnswerForm answers one. Fields: `answer`, `outcome` (upheld or dismissed).
type AnswerForm struct {
	Form
	Answer  string
	Outcome string
}

// NoticeHint says how early the notice must stand before the opening.
func (f MeetingForm) NoticeHint() string {
	return "通知公布后至少 " + strconv.Itoa(f.NoticeDays) + " 日才能开始投票；正好压线也建议再晚一天。"
}

// The values of the policies as the form carries them; the empty policy is the default of its list.
func (f MeetingForm) SilenceValue() string   { return policyOf("silence", string(f.Silence)).value }
func (f MeetingForm) BlankValue() string     { return policyOf("blank", string(f.Blank)).value }
func (f MeetingForm) RankValue() string      { return policyOf("rank", string(f.Rank)).value }
func (f MeetingForm) ShortfallValue() string { return policyOf("shortfall", string(f.Shortfall)).value }

// KindValue is the kind as the form carries it; a new matter starts as a motion.
func (f MatterForm) KindValue() string {
	if f.Kind == "" {
		return string(voting.Motion)
	}
	return string(f.Kind)
}

// MethodValue is the method as the form carries it; marking every option is the default.
func (f MatterForm) MethodValue() string {
	if f.Method == "" {
		return string(voting.ApprovalEach)
	}
	return string(f.Method)
}

// ItemChoices are the items of the pack with the majority that each needs.
func (f MatterForm) ItemChoices() []Option {
	options := []Option{}
	for _, item := range f.Items {
		share := "过半数同意"
		if item.Class == "special" {
			share = "四分之三以上同意"
		}
		options = append(options, Option{Value: item.Value, Text: item.Value + ". " + item.Text + "（" + share + "）"})
	}
	return options
}

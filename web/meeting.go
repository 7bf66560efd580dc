package web

import (
	"strconv"

	"gongjue/voting"
)

// MeetingForm makes or changes a draft. Fields: `title`, `convener_kind`, `convener_name`, `roster` (an ID),
// `opens` and `closes` (datetime-local in 北京时间, 2006-01-02T15:04), `first_meeting` and `extraordinary` (yes or absent),
// `place`, `contact`, `delivery_times`, `platform`, `channel_conflict`, `seal_kept`, `objection_days`, and the announced parameters `silence` with `silence_document`,
// `silence_clause`, `silence_adopted`, `silence_interim` and `silence_elections` (yes or absent), `void_participates` (yes or no), `blank`, `rank`, `shortfall`, `run_off` (yes or absent),
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
	Extraordinary bool
	Place         string
	Contact       string
	ObjectionDays string // as typed
	DeliveryTimes string
	Silence       voting.Silence

	SealKept       string // server or holders
	Platform       string
	Conflict       voting.ChannelConflict
	PlatformHint   string // what the place says of electronic votes; empty where it says nothing
	PlatformBarred bool   // there is no electronic form here, and so no platform to announce

	SilenceDocument  string // the rule behind a policy other than the default
	SilenceClause    string
	SilenceAdopted   bool // by an earlier meeting
	SilenceElections bool // the clause reaches elections
	SilenceInterim   bool // it stands in the interim covenant, at a first meeting

	InterimLaw string // the article that lets the interim covenant carry it; empty where none does

	Void       string // yes, no, or empty while not answered
	Blank      voting.Blank
	Rank       voting.Rank
	Shortfall  voting.Shortfall
	RunOff     bool
	Repeats    string   // the annulled meeting that this one runs again
	Annulled   []Option // those that it may, after [AnnulledOptions]
	Follow     bool
	NoticeDays int // days that the pack asks between notice and opening

	ExtraordinaryDays int // the same before an extraordinary meeting; 0 where the pack sets none of its own
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
	Kind         string // 定期会议, 临时会议 or 首次会议
	State        string
	Ended        string // see [EndedSentence]; empty for others
	ConvenerKind string
	ConvenerName string
	Opens        Instant
	Closes       Instant
	Place        string
	Contact      string
	Timeline     []Milestone
	Acts         []Act // the next steps, the most useful first
	Checks       []Check
	Findings     []Finding
	Previews     []Link // what a draft can be looked at as; nil once the notice is out
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
	Lot        *Lot   // nil where no tie waits for one
	LotURL     string // LotPage
	Channels   []ChannelCount
	Sheets     *SheetBalance // from the close on
	Imported   *Imported     // from a city's platform; nil without one
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
	Overdue    int64 // open ones whose promised day is over
	Effect     ObjectionEffect
	List       []CountObjection
	Record     *ObjectionForm
}

// ObjectionForm records an objection. Fields: `unit`, `subject` (roster, candidate, matter, ballot, procedure), `text`.
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
	hint := "通知公布后至少 " + strconv.Itoa(f.NoticeDays) + " 日才能开始投票"
	if f.ExtraordinaryDays > 0 {
		hint += "，临时会议至少 " + strconv.Itoa(f.ExtraordinaryDays) + " 日"
	}
	return hint + "；正好压线也建议再晚一天。"
}

// The values of the policies as the form carries them; the empty policy is the default of its list.
// SilenceHint says what holds at a first meeting.
func (f MeetingForm) SilenceHint() string {
	const none = "首次业主大会会议还没有生效的议事规则，一律不计入"
	if f.InterimLaw != "" {
		return none + "；只有临时管理规约写明了怎样计算的，可以按" + f.InterimLaw + "选后面三种，并在下面写明条款。"
	}
	return none + "。"
}
func (f MeetingForm) SilenceValue() string   { return policyOf("silence", string(f.Silence)).value }
func (f MeetingForm) BlankValue() string     { return policyOf("blank", string(f.Blank)).value }
func (f MeetingForm) ConflictValue() string  { return policyOf("conflict", string(f.Conflict)).value }
func (f MeetingForm) SealValue() string      { return policyOf("seal_kept", f.SealKept).value }
func (f MeetingForm) RankValue() string      { return policyOf("rank", string(f.Rank)).value }
func (f MeetingForm) ShortfallValue() string { return policyOf("shortfall", string(f.Shortfall)).value }

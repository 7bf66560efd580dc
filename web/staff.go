package web

import "gongjue/voting"

// Login signs staff in. Fields: `user`, `password`, `next` (where to go afterwards).
type Login struct {
	Shell
	Form
	User         string
	Next         string
	HomeURL      string
	DemoLinks    []DemoLink // accounts of the demo
	DemoPassword string     // the one password of them
}

// Console is the first page after sign-in for every role.
type Console struct {
	Shell
	Communities []ConsoleCommunity
	NextURL     string
	Work        []WorkItem // what waits for this person
}

// ConsoleCommunity is a community this person may work on.
type ConsoleCommunity struct {
	Name     string
	Place    string
	URL      string
	BoardURL string
	Rosters  []RosterLine
	Meetings []MeetingLine
	NextStep string // one sentence
}

// WorkItem is one thing to do, with its deadline if there is one.
type WorkItem struct {
	Text string
	URL  string
	Due  Instant
}

// RosterLine is a roster version in a list.
type RosterLine struct {
	Version int
	State   string // draft, published, frozen, superseded
	URL     string
	Weight  voting.Weight
	Units   int64
	At      Instant
	Errors  int
	File    string // name of the uploaded file
}

// MeetingLine is a meeting in a list.
type MeetingLine struct {
	Title    string
	State    string
	URL      string
	Opens    Instant
	Closes   Instant
	NextStep string
}

// CommunityPage is one community for its convener and street.
type CommunityPage struct {
	Shell
	Name          string
	Place         string
	Stage         string // no_assembly, eligible, preparing, in_term …; empty if not kept
	Rosters       []RosterLine
	Meetings      []MeetingLine
	UploadURL     string
	CommitteeURL  string // [CommitteePage]
	NewMeetingURL string
	ReadsURL      string     // [ReadRegister], for those who may
	EmergencyURL  string     // [EmergencyPage]
	ContractsURL  string     // [ContractPage]
	ConveningURL  string     // [ConveningPage]
	DecisionsURL  string     // [DecisionDesk]
	WatchURL      string     // [WatchPage], for a street and a district
	Watch         *WatchLine // nil for a community that is not on the list, and for whoever may not know
	WatchFacts    int64      // that the system found and nobody has looked at
	DisclosureURL string     // [DisclosureDesk]
	BoardURL      string
}

// RosterUpload takes the property firm's spreadsheet. multipart/form-data, fields: `file`, `parking_area`
// and `parking_heads` (each `yes` or `no`, both must be answered).
type RosterUpload struct {
	Shell
	Form
	Community    string
	CommunityURL string
	ParkingArea  string
	ParkingHeads string
	TemplateURL  string // an empty roster to fill in
	Replaces     int    // version that this one would supersede; 0 for the first
}

// RosterPage is one version of a roster: totals, doubts, and the way to the freeze.
type RosterPage struct {
	Shell
	Community      string
	CommunityURL   string
	Version        int
	State          string
	File           string
	ImportedAt     Instant
	PublishedAt    Instant
	ObjectionsTill Instant
	FrozenAt       Instant
	Root           string // hex; after the freeze
	Totals         RosterTotals
	Buildings      []RosterPart
	Usages         []RosterPart
	Sources        []RosterPart // of the areas, the strongest first
	Errors         int
	Warnings       int
	Issues         []Issue // the first page of them
	MoreIssuesURL  string
	IssuesFileURL  string     // all of them, as a workbook; empty for whoever may only look
	Approvals      []Approval // of the freeze, two people of two roles
	Acts           []Act      // freeze …
	Publish        *PublishForm
	DisplayURL     string // what owners see, once it was put on display
	OwnersURL      string // [OwnerSearch], for those who may
	PosterURL      string
	ObjectionsURL  string // RosterObjections, for convener and street
	Open           int64  // objections without an answer
	MandatesURL    string // Mandates, for convener and street, after the freeze
	AmendmentsURL  string // Amendments, for convener and street, after the freeze
	RegisterURL    string // RosterRegister, for convener and street
}

// RosterTotals are the sums of a roster, and where heads come from.
type RosterTotals struct {
	Units           int64
	Counted         voting.Weight
	Without         voting.Weight // parking left out, for comparison
	DeveloperUnits  int64
	JointUnits      int64 // units held by several owners together
	SeveralHolders  int64 // voters with more than one unit
	WithoutAnyPhone int64
	ParkingArea     bool
	ParkingHeads    bool
}

// RosterPart are the sums of one building or one usage.
type RosterPart struct {
	Name  string
	Units int64
	Area  voting.Area
	// Counted is what of it counts under the parking rule.
	Counted voting.Area
}

// Issue is a doubt of the importer at one cell.
type Issue struct {
	Sheet    string
	Row      int
	Column   string
	Severity string // error or warning
	Text     string
}

// Approval is one of several signatures that an act needs.
type Approval struct {
	Role string
	Name string
	At   Instant
}

// Communities is the operator's page. Fields of the form that creates one: `district`, `street`, `name`.
// Staff accounts are made on the command line.
type Communities struct {
	Shell
	Form
	District string
	Street   string
	Name     string
	List     []ConsoleCommunity
	NextURL  string
}

// Outbox are the messages that could not be sent (dead letters) and how many wait. Nothing personal is shown.
// Retry: POST RetryURL of a letter, no fields.
type Outbox struct {
	Shell
	Waiting     int64
	SentToday   int64
	DeadLetters []DeadLetter
	NextURL     string
}

// DeadLetter is a message given up after its last attempt.
type DeadLetter struct {
	ID        string
	Kind      string // such as sms_code, notice, receipt
	Community string
	Attempts  int
	Error     string // technical, without personal data
	At        Instant
	RetryURL  string
}

// ErrorPage is every refusal and failure that has no form to return to.
type ErrorPage struct {
	Shell
	Status    int
	Code      string // of web/messages; an unknown code shows the sentence for internal
	Sentence  string // overrides the code's sentence
	RequestID string
	BackURL   string
	HomeURL   string
	SignInURL string
}

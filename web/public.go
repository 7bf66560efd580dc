package web

import "gongjue/voting"

// Home is the front page: the communities, a search box, and the ways to check a code.
// Search: GET SearchURL with field `q`.
type Home struct {
	Shell
	SearchURL     string
	Query         string
	Communities   []CommunityCard
	NextURL       string // the next page of the list
	CheckCodeURL  string // CheckCode
	ReceiptURL    string // ReceiptCheck
	RulesURL      string // Rules
	SignInURL     string
	DemoLinks     []DemoLink // only in the demo: what to try first
	DemoPassword  string     // the one password of all DemoLinks accounts
	DemoVoteURL   string     // a voter's personal link, as printed on the sheet
	DemoVoteLabel string     // whose link it is, such as 3号楼 1单元 101
}

// DemoLink is an account of the demo.
type DemoLink struct{ Role, User string }

// CommunityCard is a community in the public list.
type CommunityCard struct {
	Name      string
	Place     string // district and street
	URL       string
	OpenVotes int
	Results   int // published results
}

// Board is a community's public board 公示栏.
type Board struct {
	Shell
	Community    string
	Place        string
	Open         []MeetingCard // noticed and voting
	Counted      []MeetingCard // closed, count displayed or being made
	Results      []MeetingCard // published and filed
	Ended        []MeetingCard // withdrawn or annulled: without a result
	History      []BoardEntry  // everything that was ever announced, the newest first
	Notices      []Link        // of authorities about decisions, the newest first
	Rosters      []RosterCard  // published and frozen
	HomeURL      string
	CommitteeURL string // [CommitteePublic]
	EmergencyURL string // [EmergencyPublic]
	ContractsURL string // [ContractPublic]
	ConveningURL string // [ConveningPublic]; empty where nothing was ever ordered
	DecisionsURL string // [DecisionBoard]
	DisclosedURL string // [DisclosureList]
	ReceiptURL   string
	CheckCodeURL string
}

// BoardEntry is one announcement in the history of a board. Newer leads to what took its place.
type BoardEntry struct {
	At     Instant
	Kind   string // roster, notice, cancelled, preliminary, result, annulled, certificate, certificate_ended, supervision
	Text   string
	URL    string
	PDFURL string
	Newer  *Link // nil while it holds
}

// MeetingCard is a meeting on the board or in a list.
type MeetingCard struct {
	Title    string
	State    string // meeting state
	Opens    Instant
	Closes   Instant
	Convener string
	URL      string
	VoteURL  string // FindHome, while voting
	Ended    string // see [EndedSentence]; empty for others
	Verdicts []Verdict
}

// Verdict is the outcome of one matter in one line.
type Verdict struct {
	Title  string
	Kind   voting.Kind   // a consult poll is never shown as passed or rejected
	Result voting.Result // empty before the count
	Lapsed bool          // the matter that it depends on did not come out as it must
	ByLot  bool          // a tie waits for the announced lot
}

// RosterCard are the totals of a roster that everyone may see.
type RosterCard struct {
	Version        int
	State          string // roster state
	Units          int64
	Weight         voting.Weight
	Root           string // Merkle root in hex; empty before the freeze
	At             Instant
	ObjectionsTill Instant // 0 after the freeze
	Contact        string
	URL            string // RosterDisplay; empty where the page leads elsewhere
	Amended        string // of a notice: see [AmendedNote]
	AmendedURL     string // the display of the amended version
	SalesNote      string // see [SalesNote]
	Sales          []string
	MandatesNote   string // see [MandatesNote]
}

// MeetingNotice is the public notice of a meeting (domain.md section 15), also for print.
type MeetingNotice struct {
	Shell
	Community    string
	CommunityURL string
	Meeting      string
	Kind         string // 定期会议, 临时会议 or 首次会议
	Related      []Link // the meeting that led to this further vote, or the further vote of this one
	State        string
	Ended        string // see [EndedSentence]; empty for others
	ConvenerKind string // preparation_group, committee, renewal_group, property_management_committee, street, residents_committee
	ConvenerName string
	NoticedAt    Instant
	Opens        Instant
	Closes       Instant
	Place        string // where paper ballots are handed in
	Contact      string
	Scope        string // such as 全体业主 or the list of buildings
	Roster       RosterCard
	Matters      []NoticeMatter
	Attachments  []Attachment
	Announced    Announced
	Turnout      *Turnout // only while voting
	VoteURL      string   // FindHome, while voting
	RecordURL    string   // [VotingRecord], from the opening on
	CloseRoot    string   // hex, of the log at the close, where a lot was announced for ties; empty before
	Witnessing   Witnessing
	LogURL       string // LogPage, from the start of voting on
	ResultURL    string
	PDFURL       string
	CheckWord    string // short word printed on sheets and shown here, against false stickers
	Digest       string // SHA-256 of everything announced, in hex; the PDF prints its beginning
}

// NoticeMatter is a matter as announced.
type NoticeMatter struct {
	Number      int
	Title       string
	Text        string // paragraphs divided by line feeds
	Matter      voting.Matter
	Threshold   voting.Threshold // approval; ignored for a consult poll
	Law         string           // article of the item, such as 《民法典》第二百七十八条第一款第五项
	Base        voting.Weight    // everybody inside the scope
	Attachments []Attachment
}

// Turnout is participation in coarse steps, so that two readings never differ by one ballot.
type Turnout struct {
	AtLeast voting.Weight // already rounded down by the caller
	Total   voting.Weight
	At      Instant
}

// FindHome is the way from the poster: which home, and the phone on the roster. It never shows a name and
// never tells whether the home or the number exists. Fields: `building`, `stair`, `room`, `phone`. After
// sending, Code is set and the same page asks for the code.
type FindHome struct {
	Shell
	Form
	Community string
	Meeting   string
	Closes    Instant
	NoticeURL string
	Buildings []string
	Building  string
	Stair     string
	Room      string
	Phone     string
	Code      *CodeEntry
	Contact   string
	Place     string
}

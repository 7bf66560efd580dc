package web

// Disclosure is what a committee disclosed, as pages show it. Amounts are texts in yuan.
type Disclosure struct {
	ID          string
	Number      int64
	Title       string // see [DisclosureTitle]
	URL         string
	From, To    Instant
	PublishedAt Instant
	Accounts    []DisclosureAccount
	Differs     bool // the opening is another than was published last
	Reason      string
	Mended      bool // the disclosure of the period before was mended since, and closes with other balances
	Note        string
	Sections    []DisclosureSection
	Files       []DisclosureFile
	Replaces    *Link // the older one in whose place it stands
	Because     string
	Newer       *Link // that took its place
	Open        int64 // questions without an answer
	Asked       int64 // questions
}

// DisclosureAccount is one of the two accounts, from its opening to its closing balance.
type DisclosureAccount struct {
	Name             string
	Opening, In, Out string
	Closing          string
	Short            bool // the closing balance is below zero
}

// DisclosureSection is one table with its total.
type DisclosureSection struct {
	Section string // revenue, expense, fund_in, fund_use
	Name    string
	Total   string
	Count   int64
	Earlier string // total of the year before; empty without one
	Change  string // against it, with its sign
	Lines   []DisclosureLine
}

// DisclosureLine is one line of a table.
type DisclosureLine struct {
	ID       string // of a line of the draft
	Number   int64
	Item     string
	Place    string
	Ground   *Link // what allowed it
	Amount   string
	Returned bool
	Note     string
	AskURL   string // where owners ask about it; empty where nobody can
}

// DisclosureFile is a file of a disclosure, or what is left of one that was taken down.
type DisclosureFile struct {
	Attachment
	Removed Instant // 0 for one that is there
	Removal string

	TakeDown *DisclosureRemoval // for who may
}

// DisclosureRemoval takes a published file down. Fields: `reason`.
type DisclosureRemoval struct {
	Form
	In     string // keeps the ids of the page apart
	Reason string
}

// DisclosureQuestion is a question of an owner, without name and home.
type DisclosureQuestion struct {
	ID       string
	Number   int64
	About    string // which line; empty for the whole
	Title    string // of the disclosure
	URL      string // of the disclosure
	Body     string
	AskedAt  Instant
	Due      Instant
	Late     bool
	Waits    bool
	Answer   string
	Answered Instant
	Hidden   []DisclosureHiding
	Own      bool

	Reply *QuestionReply // for who may, as below
	Hide  *QuestionHiding
}

// DisclosureHiding says that the street hid a part, and why.
type DisclosureHiding struct {
	Text   string // what, in words
	Reason string
	At     Instant
}

// QuestionReply answers a question. Fields: `body`.
type QuestionReply struct {
	Form
	Body string
}

// QuestionHiding hides a part of a question. Fields: `part` (question, answer), `reason`.
type QuestionHiding struct {
	Form
	Parts  []Option
	Part   string
	Reason string
}

// DisclosureList is what everybody reads of a community.
type DisclosureList struct {
	Shell
	Community   string
	BoardURL    string
	Rule        []string // when the committee discloses
	Disclosures []Disclosure
}

// DisclosurePublic is the permanent page of one disclosure.
type DisclosurePublic struct {
	Shell
	Community string
	ListURL   string
	One       Disclosure
	PDFURL    string
	SheetURL  string
	AskURL    string // where owners ask about the whole; empty where nobody can
	EarlierIs *Link  // the year before, that is compared
	Page      Pages
	Questions []DisclosureQuestion
}

// Pages lead through a long list.
type Pages struct {
	Number, Of       int64
	PrevURL, NextURL string
}

// DisclosureAsking is where an owner who proved who they are asks. Fields of its form: `line` (hidden), `body`.
type DisclosureAsking struct {
	Shell
	Form
	Community string
	HomeURL   string
	PublicURL string
	Title     string
	About     string // which line; empty for the whole
	Line      string
	Body      string
	Days      int  // until the answer
	Closed    bool // a newer disclosure took its place
	Own       []DisclosureQuestion
}

// DisclosureChoice is where an owner chooses what to ask about.
type DisclosureChoice struct {
	Shell
	Community   string
	HomeURL     string
	Disclosures []Disclosure // URL is that of asking
	Own         []DisclosureQuestion
}

// DisclosureDesk is the page for staff.
type DisclosureDesk struct {
	Shell
	Community    string
	CommunityURL string
	PublicURL    string
	Rule         []string
	Due          string // what waits; empty for nothing
	Overdue      bool
	Day          *DisclosureDayForm // for the street
	Begin        *DisclosureHead    // for the convener without a draft, as below
	Draft        *DisclosureDraft
	Questions    []DisclosureQuestion
	Disclosures  []Disclosure
}

// DisclosureDraft is the draft with its forms. Those of line, file and the whole carry `revision`.
type DisclosureDraft struct {
	Disclosure
	Revision   string
	Head       DisclosureHead
	Line       DisclosureLineForm
	Upload     DisclosureUpload
	AddFile    DisclosureUpload
	SheetURL   string
	RemoveURL  string // POST `revision` and `line`
	PublishURL string // POST `revision`
	DropURL    string // POST `revision`
	Bars       []string
	Refused    []Problem // of the last attempt to publish, drop or remove
	Page       Pages
}

// DisclosureHead begins or changes a draft. Fields: `revision`, `from`, `to` (days), `name`, `common_opening`, `fund_opening`
// (yuan), `opening_reason`, `nothing` (once for each section), `note`, `replaces`, `replace_reason`.
type DisclosureHead struct {
	Form
	Revision, From, To, Name, CommonOpening, FundOpening, OpeningReason, Note, Replaces, ReplaceReason string
	Nothing                                                                                            []string
	Earlier                                                                                            []Option // that it may take the place of
}

// ReplaceHint says what choosing an older disclosure does: only a draft that begins takes its lines over.
func (h DisclosureHead) ReplaceHint() string {
	if h.Revision == "0" {
		return "选了以后，那一份的明细会带进草稿。"
	}
	return "草稿里的明细不变。"
}

// SectionChoices are the sections that can be said to hold nothing.
func (DisclosureHead) SectionChoices() []Option { return sectionOptions() }

// DisclosureLineForm adds a line. Fields: `revision`, `section`, `item`, `place`, `basis`, `amount` (yuan), `returned`, `note`.
type DisclosureLineForm struct {
	Form
	Section, Item, Place, Basis, Amount, Returned, Note string
	Grounds                                             []Option
}

// SectionChoices are the sections of a line.
func (DisclosureLineForm) SectionChoices() []Option { return sectionOptions() }

// DisclosureUpload takes a file: `revision`, `file`. Multipart.
type DisclosureUpload struct {
	Form
	Issues []DisclosureIssue // what is wrong in it: then nothing was taken over
}

// DisclosureIssue is what is wrong with one cell of a workbook.
type DisclosureIssue struct {
	Row    int
	Column string // in words
	Text   string
}

// DisclosureDayForm sets the day of the year. Fields: `month`, `day`, `ground`.
type DisclosureDayForm struct {
	Form
	Month, Day, Ground string
	Now                string // what holds now
}

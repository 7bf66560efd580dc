package web

// FilingPage is one filing seen from both sides. For the convener Submit is set, for the authority the steps of its
// decision; nil where the step is not this person's or not possible now.
type FilingPage struct {
	Shell
	Community      string
	Meeting        string
	MeetingURL     string
	State          string // draft, submitted, returned, refused, certified, cancelled, withdrawn
	Change         bool   // 变更备案
	Due            Instant
	Overdue        bool
	Clock          string // until when what is to be done, and by which article; see [FilingClock]
	Authority      string // who decides; see [Certifier]
	Record         []RecordLine
	Papers         []FilingPaper // that the place asks for; none before there is a final result
	Add            *PaperForm
	PackageURL     string // makes the package as of now; empty where it is not this person's or not possible
	Documents      []FilingDocument
	Review         *FilingReview // for the authorities; nil for everybody else
	History        []FilingEvent
	ResultURL      string
	ObjectionsURL  string
	CertificateURL string
	Submit         *SubmitForm
	Receive        *Form // without fields
	Certify        *CertifyForm
	Return         *ReturnForm
	Refuse         *RefuseForm
	Cancel         *CancelForm
	Sign           *FilingSign // the certificate stands, and has a text; nil otherwise
	Seal           *FilingSeal // it stands, and names a committee and its term; nil otherwise
}

// FilingSign is the text of a certificate that the street signs with its own key. HandIn is nil for everybody else, and
// once every key has signed.
type FilingSign struct {
	TextURL   string
	Number    string
	CheckCode string
	ServerURL string
	Keys      int      // that may sign
	Signers   []string // names of the keys that did
	HandIn    *WitnessHandIn
}

// FilingSeal is the note with which seals are engraved. Issue is nil for everybody but its authority, and once it is there.
type FilingSeal struct {
	Prover   string // who issues it
	IssuedAt Instant
	URL      string // empty before
	Issue    *Form  // without fields
}

// RecordLine is one line of the filed record.
type RecordLine struct{ Name, Value string }

// FilingDocument is any other document of the filing: what the system prints, and what was added beside.
type FilingDocument struct {
	Name string
	File *Attachment // nil while it is not there yet
}

// FilingPaper is a document that the place asks for. Standing is one of attached, made, to_sign and missing.
type FilingPaper struct {
	Name     string
	Law      string // the article that asks for it
	Must     bool   // nothing is taken in without it
	Standing string
	Files    []Attachment
}

// Due tells whether somebody still has to bring the document.
func (p FilingPaper) Due() bool { return p.Standing == "missing" || p.Standing == "to_sign" }

// Sentence says in plain words where the document stands.
func (p FilingPaper) Sentence() string {
	text := paperSentences[p.Standing]
	if p.Must && p.Due() {
		text += "缺少这一份不能提交。"
	}
	return text
}

// Lack says of a document that is due what is wrong with it, in a few words.
func (p FilingPaper) Lack() string {
	if p.Standing == "to_sign" {
		return p.Name + "（打印签字以后上传）"
	}
	return p.Name + "（还没有）"
}

var paperSentences = map[string]string{
	"attached": "已经上传。",
	"made":     "系统已经生成，在材料包里，不用另外准备。",
	"to_sign":  "系统已经生成文档，在材料包里。请打印，填写、签字、盖章以后，上传扫描件或照片。",
	"missing":  "还缺。系统里没有这份材料，请上传扫描件或照片。",
}

// PaperForm adds a document. multipart/form-data, fields: `document` (one of Documents), `file`.
type PaperForm struct {
	Form
	Document  string
	Documents []Option
}

// FilingEvent is one step of the filing's history.
type FilingEvent struct {
	Version int
	State   string
	At      Instant
	Who     string
	Reasons []string
	Package *PackageLink // of a hand-in
}

// PackageLink leads to the package that was handed in.
type PackageLink struct {
	URL    string
	SHA256 string
}

// SubmitForm submits or submits again. multipart/form-data, fields: `note`, `file` (may be empty).
type SubmitForm struct {
	Form
	Note    string
	Change  bool          // what is certified changes: the note says how
	Needed  []FilingPaper // not there yet, or not signed: without them nothing is handed in
	Missing []FilingPaper // neither, and asked for: the street may return the papers
}

// CertifyForm certifies. Fields: `checked`, once for each value of Checks that was looked at, all are needed; what the
// certificate tells beside the record: `committee`, `term`, `term_from`, `term_to`, `chair`, `office`, all may be empty.
type CertifyForm struct {
	Form
	Checks                                           []Option
	Checked                                          []string // values ticked before
	Seats                                            bool     // a committee was elected, so that its particulars are asked for
	Committee, Term, TermFrom, TermTo, Chair, Office string
}

// ReturnForm returns the filing with all defects at once. Fields: `reasons`, one per line; after a first return instead
// `unmended`, once for each value of Told that still stands, and `arose`, one per line.
type ReturnForm struct {
	Form
	Reasons  string
	Told     []Option // defects of the first return; empty before it
	Unmended []string
	Arose    string
}

// RefuseForm refuses for good. Fields: `ground`, `reasons`, one per line.
type RefuseForm struct {
	Form
	Grounds         []Option
	Ground, Reasons string
}

// CancelForm ends a certificate. Field: `reason`.
type CancelForm struct {
	Form
	Reason string
}

// StreetConsole is the street's work list.
type StreetConsole struct {
	Shell
	Street   string
	Filings  []FilingLine // submitted first, what is due first
	Unfiled  []FilingLine // published and not handed in; SubmittedAt is the publication
	Work     []WorkItem   // what else waits for the street
	Meetings []MeetingLine
	NextURL  string

	Watch    WatchSections // no more than who is on the list
	WatchURL string        // [WatchList]
}

// FilingLine is a filing in the work list.
type FilingLine struct {
	Community   string
	Meeting     string
	State       string
	Version     int
	Received    bool
	SubmittedAt Instant
	Due         Instant
	Clock       string // such as 5 个工作日, with the article
	Left        string // days until Due in words; see [DaysLeft]
	Overdue     bool
	URL         string
}

package web

import "gongjue/voting"

// Who is the page behind the personal QR: the home and the meeting are known, the person is not yet.
// Sending a code: field `phone`, the Value of one of Phones. After sending, Code is set.
type Who struct {
	Shell
	Form
	Community string
	Meeting   string
	UnitLabel string // such as 3号楼 1单元 101；2号楼 车位 B-17
	Opens     Instant
	Closes    Instant
	NoticeURL string
	Phones    []Option // masked, such as 199****0001; empty if the roster has none
	Phone     string   // the chosen Value
	Code      *CodeEntry
	Place     string // the desk for those without a phone
	Contact   string
	CheckWord string
}

// CodeEntry is the second half of [Who] and [FindHome]: field `code`, six digits. Action and Problems are those
// of the code's own form. Resend posts the fields in Hidden to ResendAction.
type CodeEntry struct {
	Form
	Next         string // the button: what comes after the code
	Masked       string // 199****0001; empty on the poster path, which does not tell
	Note         string // why none was sent now; empty on the poster path and where one was
	Expires      Instant
	Hidden       []Field // carried along by both forms
	ResendAction string
	DemoSMS      string // text of the message; only in the demo
	BackURL      string // choose another phone or home
}

// Ballot is the ballot paper: all matters on one page. Fields: see [BallotFields]. Problems carry the
// names of those fields, or [MatterField] for a matter as a whole.
type Ballot struct {
	Shell
	Form
	Community   string
	Meeting     string
	Units       []string
	Weight      voting.Weight // what this ballot counts
	Closes      Instant
	Matters     []BallotMatter
	Silence     string // warning of the notice; empty with the default policy
	FollowMajor bool   // 从众 was announced
	NoticeURL   string
	LeaveURL    string // POST, no fields: ends the voter's session
	RecordURL   string // [OwnRecord]
	Note        string // of a preview: what the sample shows
}

// BallotMatter is a matter on the ballot with what is marked so far.
type BallotMatter struct {
	ID          string // stable within the meeting; part of field names
	Number      int
	Title       string
	Text        string
	Matter      voting.Matter
	Choice      voting.Choice
	Attachments []Attachment
}

// Confirm shows the choices once more. Two plain forms carry all choices as hidden fields: Action casts,
// with `idempotency_key`; ChangeAction leads back to the ballot.
type Confirm struct {
	Shell
	Form
	Community      string
	Meeting        string
	Units          []string
	Weight         voting.Weight
	Closes         Instant
	Matters        []BallotMatter
	ChangeAction   string
	IdempotencyKey string
}

// Receipt is shown only after the ballot is durably stored. It never shows a choice.
type Receipt struct {
	Shell
	Community  string
	Meeting    string
	UnitLabel  string
	Number     int64
	Code       string // K7QF-2M9T-XR4D-8HVC
	At         Instant
	Channel    string // how the ballot came in
	Closes     Instant
	CheckURL   string // ReceiptCheck
	NoticeURL  string
	TextURL    string   // the receipt as a plain text file
	RecordURL  string   // [OwnRecord]
	BallotsURL string   // [VotingRecord]
	QR         QR       // leads to the check with the code behind the #, which no server sees
	Proof      []string // of the file: the part for programs
	Repeated   bool     // the same request came again; nothing new was stored
	Witnessed  bool     // a witness, such as the street, signed a head of the log that covers it
}

// CannotVote says in one sentence why there is no ballot paper, and what to do.
type CannotVote struct {
	Shell
	Code       string // a code of web/messages: already_voted, meeting_closed, meeting_not_started, locator_expired …
	Community  string
	Meeting    string
	UnitLabel  string
	Opens      Instant
	Closes     Instant
	VotedAt    Instant // already_voted
	Channel    string  // already_voted
	Platform   string  // the announced one of the city; empty for none
	AgainURL   string  // proves who one is again, after the session ended
	ReceiptURL string  // where any receipt is checked
	OwnReceipt string  // the receipt of this voter, for whom this browser holds a session
	RecordURL  string  // [OwnRecord], likewise
	BallotsURL string  // [VotingRecord]; empty before the opening
	NoticeURL  string
	ResultURL  string
	Place      string
	Contact    string
}

// ReceiptCheck asks for a receipt code and answers. Field: `code`.
type ReceiptCheck struct {
	Shell
	Form
	Code    string
	Answer  *ReceiptAnswer // nil before asking
	HomeURL string
}

// ReceiptAnswer is what the ledger says about a receipt.
type ReceiptAnswer struct {
	Found     bool
	Community string
	Meeting   string
	Number    int64
	At        Instant
	Channel   string
	Witnessed bool   // a witness, such as the street, signed a head of the log that covers it
	Counted   bool   // false: voided, or another ballot of the voter counts
	Reason    string // in Chinese; also what another ballot beside this one means
	LeafIndex int64
	TreeSize  int64
	Root      string // hex
	ResultURL string

	Annulled string // see [EndedSentence]: the whole vote must be run again
}

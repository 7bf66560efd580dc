package web

import "strconv"

// The titles of the pages on which a frozen roster is amended.
const (
	TitleAmendments    = "锁定以后的更正"
	TitleAmendment     = "名册更正"
	TitleNewAmendment  = "提出名册更正"
	amendmentsReferral = "从以后的会议起适用；本次会议仍按通知时的名册计算。"
)

// RosterAmendment is an amendment of a frozen roster, as everybody may see it once it is approved.
type RosterAmendment struct {
	RosterChange
	State      string // proposed, approved, refused, withdrawn
	Reason     string
	ProposedAt Instant
	RootBefore string // hex
	RootAfter  string // hex; empty before it is approved
	BeforeURL  string // the display of the version that was amended
	URL        string // AmendmentPage, for staff
}

// WhoDecided names the two roles behind an approved amendment.
func (a RosterAmendment) WhoDecided() string { return "召集人提出，街道核准" }

// Sentence is the whole amendment in one, for print.
func (a RosterAmendment) Sentence() string {
	return a.RosterChange.Sentence() + "理由：" + a.Reason + "（" + a.WhoDecided() + "）更正前的指纹 " + digest(a.RootBefore) + "，更正后的指纹 " +
		digest(a.RootAfter) + "。"
}

// Amendments lists everything that was proposed for a frozen roster.
type Amendments struct {
	Shell
	Community string
	RosterURL string
	Version   int
	List      []RosterAmendment
	NewURL    string // NewAmendment; empty where the one who asks may not propose one
}

// NewAmendment proposes an amendment: first a unit is looked for (GET URL with `building` and `room`), then the form
// stands beside what the roster says about it.
type NewAmendment struct {
	Shell
	Community  string
	ListURL    string
	URL        string
	MissingURL string // the form for a unit that is missing
	Version    int
	Buildings  []string
	Building   string
	Room       string
	Searched   bool
	Now        *DisplayLine
	Propose    *AmendmentForm
}

// AmendmentForm proposes an amendment. multipart/form-data, fields: `unit`, `reason`, `file` and those of
// [CorrectionFields].
type AmendmentForm struct {
	CorrectionFields
	Unit   string
	Reason string
}

// AmendmentPage is one amendment with everything that the second person decides on.
type AmendmentPage struct {
	Shell
	Community  string
	ListURL    string
	Line       RosterAmendment
	Files      []Attachment
	OwnersFrom []string // masked; empty where they stay
	OwnersTo   []string
	ProposedBy string
	ExpiresAt  Instant // until when it can be approved
	Expired    bool
	DecidedAt  Instant
	DecidedBy  string
	Refusal    string
	NextURL    string // the roster that it made, for staff
	Acts       []Act  // approve, refuse, withdraw
}

// AmendmentWill says what an approval does.
var AmendmentWill = []string{"名册出新的一版，原来的一版原样保留。", "还在起草的会议改用新的一版；已经发出通知或者正在投票的会议，仍用原来的一版。",
	"更正前后的内容、总数、指纹和理由向所有人公开，不写姓名和电话。"}

// AmendedNote tells on a notice that the roster was amended since; empty where it was not.
func AmendedNote(amendments int) string {
	if amendments == 0 {
		return ""
	}
	return "通知发布以后，名册另有 " + strconv.Itoa(amendments) + " 处更正，" + amendmentsReferral
}

// WorkAmendment names an amendment that waits for the street.
func WorkAmendment(community string, waiting int64) string {
	return community + "：核准锁定以后的名册更正（" + strconv.FormatInt(waiting, 10) + " 件）"
}

func (Amendments) name() string    { return "amendments" }
func (NewAmendment) name() string  { return "newamendment" }
func (AmendmentPage) name() string { return "amendment" }

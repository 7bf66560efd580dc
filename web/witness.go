package web

import "fmt"

// The titles and words around witnesses.
const (
	TitleLog         = "投票记录的签名"
	TitleWitness     = "街道见证"
	TitleWitnessKeys = "见证公钥"
	LinkWitness      = "街道见证"
	LinkWitnessKeys  = "见证公钥"
	HeadOpening      = "开始投票时"
	HeadClose        = "投票截止时"
	HeadResult       = "计票结果"
	HeadNewest       = "最近一次"
)

// WorkWitness names a result that waits for the street's signature.
func WorkWitness(community, meeting string) string {
	return community + "：“" + meeting + "”已计票，等街道见证"
}

// LogMark is one signed head of a log.
type LogMark struct {
	Name string
	Size int64
	Root string // hex
	Mark string // as papers print it
	At   Instant
	Seen bool // a witness signed this head or a later one
}

// Sight is how far one witness followed the log; Size is 0 for not yet.
type Sight struct {
	Name        string
	Fingerprint string // in groups of four
	Size        int64
	At          Instant // by the witness's own clock
}

// Witnessing is the heads of a log and who cosigned them.
type Witnessing struct {
	Heads      []LogMark
	Sights     []Sight // empty: the notice names no witness
	Result     bool    // there is a result whose head can be seen
	ResultSeen bool
	Due        bool // the result waits for the street
	Waived     string
	WaivedAt   Instant
}

// Sentence says whether the result was witnessed, for everybody; empty where there is no result to speak of.
func (w Witnessing) Sentence() string {
	switch {
	case !w.Result:
		return ""
	case len(w.Sights) == 0:
		return "发布会议通知时，街道还没有登记见证公钥，本次会议没有街道见证。"
	case w.ResultSeen:
		return "街道已用自己的密钥见证到计票结果：从那时起，谁改动以前的记录，都会与街道手里的签名矛盾。"
	case w.Waived != "":
		return fmt.Sprintf("街道没有见证计票结果。街道于 %s 说明的原因：%s", w.WaivedAt, w.Waived)
	}
	return "街道还没有见证计票结果。"
}

// PaperWitness is the announced parameter of a witness's key.
func PaperWitness(name, fingerprint string) Parameter {
	return Parameter{Name: "街道见证", Value: "公钥 " + name + "，指纹 " + fingerprint,
		Meaning: "街道用自己的密钥见证投票记录，见证到计票结果以后结果才公布；街道不能见证的，公开说明原因。"}
}

// LogPage is the public page of a log's signed heads; Printed is what stands on a paper, and Known whether it is one of them.
type LogPage struct {
	Shell
	Community    string
	CommunityURL string
	Meeting      string
	NoticeURL    string
	ResultURL    string // empty before the result is displayed
	State        string
	Origin       string
	LogKey       string
	Witnessing   Witnessing
	Printed      string
	Known        bool
}

// WitnessDesk is a meeting's log for staff. The street signs on its own machine: its key never comes here.
type WitnessDesk struct {
	Shell
	Meeting    string
	MeetingURL string
	State      string
	Street     bool
	Witnessing Witnessing
	ServerURL  string
	KeysURL    string // of the street and the district
	OfferURL   string // what there is to sign, for a machine without a network
	HandIn     *WitnessHandIn
	Waive      *WitnessWaiver
}

// WitnessHandIn takes what the street signed. Field: `note`.
type WitnessHandIn struct {
	Form
	Note string
}

// WitnessWaiver is the street's reason why it cannot sign. Field: `reason`.
type WitnessWaiver struct {
	Form
	Reason string
}

// WitnessKeys are the public keys of the streets within one's bounds.
type WitnessKeys struct {
	Shell
	District bool
	Propose  *WitnessPropose // of a street
	List     []WitnessKeyLine
}

// WitnessPropose registers a key. Field: `proof`.
type WitnessPropose struct {
	Form
	Proof string
}

// WitnessKeyLine is one key. Whoever is to confirm it does not see its fingerprint: it is read from paper.
type WitnessKeyLine struct {
	Name        string
	Street      string
	State       string // proposed, in_force, ended
	Fingerprint string
	ProposedAt  Instant
	ProposedBy  string
	ConfirmedAt Instant
	ConfirmedBy string
	EndedAt     Instant
	EndedBy     string
	Confirm     *WitnessConfirm
	End         string // POST without fields
}

// WitnessConfirm takes the fingerprint. Field: `fingerprint`.
type WitnessConfirm struct {
	Form
	Key         string
	Fingerprint string
}

func (LogPage) name() string     { return "log" }
func (WitnessDesk) name() string { return "witness" }
func (WitnessKeys) name() string { return "witnesskeys" }

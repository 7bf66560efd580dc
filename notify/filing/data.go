package filing

import "gongjue/voting"

// Stage tells whether a result may still be objected to.
type Stage string

// The stages of a result notice.
const (
	Preliminary Stage = "preliminary" // 初步统计结果公示（询异公示）
	Final       Stage = "final"       // 表决结果公告
)

// Stages lists both stages.
var Stages = []Stage{Preliminary, Final}

// ResultNoticeData is a 业主大会会议表决结果公告 (notice-form of the Zhejiang kind). Times are Unix ms.
type ResultNoticeData struct {
	Stage     Stage
	Standing  string // what took the place of this notice; empty while it holds
	Community string
	Title     string // 会议名称
	Form      string // 定期会议, 临时会议 or 首次会议
	Manner    string // where and how it was held, such as "采用书面征求意见与互联网投票相结合的形式"
	OpensAt   int64
	ClosesAt  int64

	Imported string // what came from a city's voting platform; empty = left out

	Convener   string
	Tellers    []string // 计票人
	Supervisor string   // 监督单位, such as the residents' committee; empty = left out
	Total      voting.Weight
	Roster     Roster
	Law        voting.Law // of the pack that the meeting froze
	Policies   voting.Policies
	Clause     string   // clause of the rules of procedure behind the silence policy
	Basis      []string // statutes, local instruments, rules of procedure, parameter sheet with its hash
	Matters    []MatterResult
	Lot        []string // the public lot, a paragraph each; nil where no tie waits for one, or did

	Sheets        []Parameter // 发放、收回、有效、无效 of the paper sheets, line by line; nil = left out
	SheetsWarning string      // what of them does not close; empty where all does

	NextStep       string // 后续安排; empty = left out
	Objection      string // where objections go
	ObjectionUntil int64  // 0 = no deadline is printed
	ObjectionNote  string // which objections the figures look at; empty = left out
	Link           string // page on which the notice can be checked; QR
	CheckCode      string // short code that the page shows too
	LogRoot        string // root of the meeting's ballot log; empty = left out
	Heads          []Head // signed heads of that log, of the close and of the result
	Witnessed      string // whether the street saw the result; empty = left out
	IssuedAt       int64
}

// Head is a signed head of the ballot log, for comparing what others see with what stood on paper.
type Head struct {
	Name string // such as 投票截止时
	Mark string // size and the beginning of the root
	At   int64  // Unix ms
	Link string // page that compares it; QR
}

// Roster is the frozen roster that was voted on.
type Roster struct {
	Version  string
	Units    int64  // 专有部分; 0 = left out
	Root     string // Merkle root, hex
	Short    string // the beginning of the root as pages show it; empty = left out
	FrozenAt int64
	Sources  string // [explain.AreaMix]; empty = left out

	Amended    string   // that it was amended after the notice, for later meetings; empty = it was not
	Amendments []string // a sentence each
	Sold       string   // that homes were sold after the freeze; empty = none were
	Sales      []string // a sentence each
	Mandates   string   // for how many homes it was noted who votes; empty = for none
}

// MatterResult is one matter with its own denominators. Word and legal sentence come from voting/explain,
// so that page, notice and verifier say the same.
type MatterResult struct {
	Number  int
	Title   string
	Law     string // item of the statute's list, such as "《民法典》第二百七十八条第一款第四项"
	Scope   string // in words; empty = the whole community
	Matter  voting.Matter
	Outcome voting.Outcome
	Lapsed  bool              // the matter that it depends on did not come out as it must: the votes lead to nothing
	Names   map[string]string // option → printed name; one that is missing prints as it is

	Channels map[string][]ChannelCount // per option key ("yes", "no", a name); nil = not split
	Voids    []VoidReason              // void ballots by class; nil = none were void or not split
	Classes  []Class                   // the six classes of ballots; nil = left out

	Notes []string // what else follows, such as what the matter comes to under the one it depends on

	Delivered Class // sheets delivered with proof, those included who voted; printed with the classes
}

// ChannelCount is the part of an option that came through one channel.
type ChannelCount struct {
	Channel string // 线上, 纸质, 现场, …
	Weight  voting.Weight
}

// VoidReason is one class of void ballots, such as 无签名.
type VoidReason struct {
	Reason string
	Weight voting.Weight
}

// Class is one of the six classes a voter's ballot falls into: 已表决, 废票, 已送达未表决, 拒收, 无法送达, 未发出.
type Class struct {
	Name   string
	Weight voting.Weight
	Few    bool // the area would name a home: the heads alone are printed
}

// MeetingNoticeData is a 业主大会会议公告, which freezes agenda, texts and parameters. Times are Unix ms.
type MeetingNoticeData struct {
	Stamp     string // across every page of a preview; empty for the real thing
	Community string
	Title     string
	Form      string // 定期会议, 临时会议 or 首次会议
	Convener  string
	Members   []Member // of the convening group; nil = left out
	OpensAt   int64
	ClosesAt  int64
	Scope     string // buildings; empty = 全体业主
	Total     voting.Weight
	Roster    Roster

	Channels   []string    // 投票方式
	Ways       string      // why there are no others, and how they come together; empty = left out
	Counting   []string    // 计票规则, with articles, each beside the matters that it governs
	Silence    string      // rule on delivered-but-silent ballots with its clause; empty = they count for nothing
	Parameters []Parameter // every announced parameter
	Matters    []NoticeMatter

	Objection      string
	ObjectionUntil int64
	Contact        string
	Link           string
	CheckCode      string
	IssuedAt       int64
	Heads          []Head // of the ballot log at the opening; nil before it
}

// Member is one member of the convening group, with what they consented to publish.
type Member struct {
	Name, Role, Unit, Duty, Phone string
}

// Parameter is one announced parameter in words, such as 无效票 / 计入参与表决, and what it means for an owner.
type Parameter struct {
	Name, Value, Meaning string
}

// NoticeMatter is one matter as the notice freezes it.
type NoticeMatter struct {
	Number      int
	Title       string
	Text        string
	Law         string
	Scope       string        // empty = the whole community
	Total       voting.Weight // denominators of the scope
	Options     []string
	Seats       int
	Alternates  int // election: the most alternates; 0 = left out
	MaxChoices  int
	TextHash    string
	Attachments []Attachment
}

// Attachment is a file that belongs to a matter.
type Attachment struct {
	Name string
	Hash string // SHA-256, hex
}

// CertificateData is a 备案证明 of the street. Times are Unix ms.
type CertificateData struct {
	Number      string // 备案号
	Authority   string // 街道办事处 or 乡镇人民政府
	Assembly    string // 业主大会名称
	Committee   string // 业主委员会名称; empty = no committee was filed
	Term        int    // 届; 0 = left out
	TermFrom    string // 任期, dates in words; empty = left out
	TermTo      string
	Chair       string // 负责人, with consent; empty = left out
	Office      string // 办公地址; empty = left out
	Members     []string
	Alternates  []string
	Meeting     string
	MeetingFrom int64
	MeetingTo   int64
	Convener    string
	Matters     []CertifiedMatter
	Checked     []string // what the street checked, one sentence each
	Sentence    string   // what was filed and that it is on record
	Note        string   // that nothing was formed; empty = something was
	Standing    string   // that the certificate holds no more; empty while it does
	ResultHash  string   // hash of the filed result notice; empty = left out
	RecordHash  string   // hash of the filed record; empty = left out
	Remark      string
	CheckCode   string
	Link        string
	CertifiedAt int64
}

// SealProofData is an 印章刻制证明. Times are Unix ms.
type SealProofData struct {
	Number      string // of the certificate
	Assembly    string
	Committee   string
	Term        int    // 届
	TermFrom    string // 任期, dates in words; empty = left out
	TermTo      string
	Chair       string // 负责人; empty = left out
	Office      string // empty = left out
	Certifier   string // who certified
	Prover      string // who issues this
	CheckCode   string
	Link        string
	CertifiedAt int64
	IssuedAt    int64
}

// CertifiedMatter is one matter on record and the word of its outcome.
type CertifiedMatter struct {
	Number int
	Title  string
	Word   string
}

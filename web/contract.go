package web

import (
	"strconv"

	"gongjue/voting/explain"
	"gongjue/voting/lifecycle"
	"gongjue/voting/stage"
)

// Contract is a property service contract as pages show it. Amounts are texts.
type Contract struct {
	ID        string
	Number    int64
	Kind      string // in words
	Firm      string
	Principal string
	Stage     string // in words
	Serving   bool
	Filing    string // in words; empty for a preliminary one
	FileBy    Clock  // while it is to be filed
	Area      string // square metres
	FeeMode   string // in words
	Price     string // yuan for a square metre and a month
	Terms     string
	Signed    Instant
	From, To  Instant // To is 0 for none
	Last      Instant // on which it ends by a later step
	DecideBy  Clock   // what follows it, where that is open
	HandBy    Clock   // the handing over, once it is due
	Meeting   string  // title of the meeting behind it
	MeetURL   string
	Revoked   bool
	Entries   []ContractEntry
	Files     []Attachment
	Proofs    []Attachment // for staff

	Steps   []ContractStep // that the one who asks may take now
	Publish *ContractFileForm
}

// Clock is a last moment with the clause that sets it; zero for none.
type Clock struct {
	Due   Instant
	Words string // see [ClockWords]; empty where no clause sets it
}

// ContractEntry is one thing that was recorded.
type ContractEntry struct {
	Event   string // in words
	Day     Instant
	Side    string // in words
	Parties string
	Body    string
	Until   Instant
	Late    bool // a notice of the firm that came later than the law has it
	At      Instant
}

// ContractPublic is the page that everybody reads.
type ContractPublic struct {
	Shell
	Community string
	BoardURL  string
	Contracts []Contract
}

// ContractPage is the page for staff.
type ContractPage struct {
	Shell
	Community    string
	CommunityURL string
	PublicURL    string
	Decided      *ContractForm // for what was voted on; nil where nothing waits
	Earlier      *ContractForm // for one from before
	Contracts    []Contract
}

// ContractForm records a contract. Fields: `decision` (of Decisions) or `kind`, `firm` and `file`; `principal`, `area` (m²),
// `fee_mode`, `price` (yuan), `signed_on`, `from`, `to` (days), `terms`. Multipart.
type ContractForm struct {
	Form
	Decisions []Option
	Decision, Kind, Firm, Principal, Area, FeeMode, Price,
	SignedOn, From, To, Terms string
}

// Kinds are the choices of the form.
func (ContractForm) Kinds() []Option {
	return []Option{{Value: string(lifecycle.OwnersContract), Text: "业主大会选聘的", Note: "业委会代表业主签订"}, {Value: string(lifecycle.PreliminaryContract), Text: "前期物业服务合同", Note: "建设单位签订，业主大会选聘的合同生效时终止（《民法典》第九百四十条）"}}
}

// Modes are the choices of the form.
func (ContractForm) Modes() []Option {
	return []Option{{Value: string(lifecycle.LumpSum), Text: explain.FeeMode(lifecycle.LumpSum), Note: "盈亏由物业服务人自己承担"}, {Value: string(lifecycle.Commission), Text: explain.FeeMode(lifecycle.Commission), Note: "物业服务人只拿约定的酬金，结余归业主"}}
}

// ContractFileForm publishes a file: `file`. Multipart.
type ContractFileForm struct{ Form }

// ContractStep is a form about a contract. Fields: `event` (hidden); `day`, `until`, `side`, `decision`, `parties`, `body` as far
// as they have a label.
type ContractStep struct {
	Form
	Event                                          string
	Heading, Explains, Button                      string
	DayLabel, UntilLabel, PartiesLabel, BodyLabel  string
	DayHint, UntilHint, BodyHint                   string
	DayMay, BodyMay                                bool
	Sides, Decisions                               []Option
	Day, Until, Side, Decision, Parties, BodyTyped string
}

// Needs tells whether a decision of the owners stands behind the step.
func (s ContractStep) Needs() bool { return s.Event == string(lifecycle.EventDismiss) }

// contractInForm and contractInStep are what a part of a form is filled with: the prefix keeps its ids apart from those of
// the other forms on the page.
type contractInForm struct {
	Contract ContractForm
	In       string
}

type contractInStep struct {
	Step ContractStep
	In   string
}

func contractStepIn(step ContractStep, id string) contractInStep {
	return contractInStep{step, id + step.Event}
}

// optional marks a field that may stay empty.
func optional(i Input, may bool) Input {
	if may {
		return i.May()
	}
	return i
}

// Plain tells whether the form has no field to fill.
func (s ContractStep) Plain() bool { return s.DayLabel == "" && s.BodyLabel == "" && s.Sides == nil }

const noNames = "写身份，不要写姓名和电话，这些文字会公布。"

// contractSteps are the forms by their events.
var contractSteps = map[lifecycle.Event]ContractStep{
	lifecycle.EventSubmit:  {Heading: "提交合同备案", Explains: "街道会在工作清单上看到，核对以后收件备案，或者退回补正。", Button: "提交备案"},
	lifecycle.EventReceive: {Heading: "收件备案", Explains: "收件只是备案，不改变合同的效力，也不影响表决结果。", Button: "收件备案"},
	lifecycle.EventReturn:  {Heading: "退回补正", Button: "退回补正", BodyLabel: "要补正什么", BodyHint: "一次写全。"},
	lifecycle.EventInspect: {Heading: "登记承接查验", Button: "登记查验记录", DayLabel: "查验日期", PartiesLabel: "双方谁参加", BodyLabel: "查验发现的问题", BodyHint: "一行写一项：部位、设施、问题、由谁在什么时候整改。没有问题的写“没有发现问题”。" + noNames},
	lifecycle.EventDecline: {Heading: "登记到期不再续约", Explains: "合同到期以前仍然有效。续聘没有通过，不等于解聘：要解聘，由业主另外表决。", Button: "登记不再续约", Sides: []Option{{Value: string(lifecycle.FirmSide), Text: explain.ContractSide(lifecycle.FirmSide), Note: "收到物业服务人的书面通知"}, {Value: string(lifecycle.OwnersSide), Text: explain.ContractSide(lifecycle.OwnersSide), Note: "续聘没有通过、决定另行招标，或者选聘了别的企业"}},
		DayLabel: "收到书面通知的日期", DayHint: "物业服务人提出的才填。", DayMay: true, BodyLabel: "说明", BodyMay: true},
	lifecycle.EventDismiss: {Heading: "登记解聘通知", Explains: "业主大会表决通过以后，书面通知物业服务人。合同从通知送到起满法律规定的天数终止（《民法典》第九百四十六条），系统自动计算。", Button: "登记解聘通知",
		DayLabel: "书面通知送到的日期", UntilLabel: "合同另有约定的，终止日期", UntilHint: "没有另外约定的不用填。", BodyLabel: "说明", BodyHint: "填了终止日期的，写明是合同的哪一条。", BodyMay: true},
	lifecycle.EventHandOver: {Heading: "登记移交完成", Explains: "物业服务用房、相关设施、物业服务必需的资料都应当移交（《民法典》第九百四十九条）。", Button: "登记移交完成", DayLabel: "移交日期", PartiesLabel: "谁参加移交", BodyLabel: "移交了什么", BodyHint: "一行写一项：用房、设施设备档案、账册、预收的费用、代管的资金。" + noNames},
	lifecycle.EventOverstay: {Heading: "登记没有按期移交或者退出", Explains: "会列入街道的工作清单，不在公示栏公布。", Button: "登记并报街道", BodyLabel: "什么没有移交，怎样催告过"},
	lifecycle.EventWithdraw: {Heading: "登记错了，撤回", Explains: "撤回以后公示栏不再显示，登记和撤回都留有记录。", Button: "撤回登记", BodyLabel: "错在哪里"},
}

// NewContractStep is the empty form of an event.
func NewContractStep(event lifecycle.Event) ContractStep {
	step := contractSteps[event]
	step.Event = string(event)
	return step
}

// ContractStage, ContractFiling, ContractKind, FeeMode, ContractEvent and ContractSide name what a contract says in codes.
func ContractStage(s stage.ContractStage) string { return explain.ContractStage(s) }

// ContractFiling names where the filing stands.
func ContractFiling(s lifecycle.ContractFiling) string { return explain.ContractFiling(s) }

// ContractKind names a kind.
func ContractKind(k lifecycle.ContractKind) string { return explain.ContractKind(k) }

// FeeMode names how the firm is paid.
func FeeMode(m lifecycle.FeeMode) string { return explain.FeeMode(m) }

// ContractEvent names what was recorded.
func ContractEvent(e lifecycle.Event) string { return explain.ContractEvent(e) }

// ContractSide names who wants no other term; empty for nobody.
func ContractSide(s lifecycle.ContractSide) string { return explain.ContractSide(s) }

// ContractStandsAgain is what happened to a contract where the next one was recorded by mistake.
const ContractStandsAgain = "后一份合同登记错误，已撤回，本合同继续有效"

// MonthsBefore says how long before the end of a contract owners decide, and which clause says so.
func MonthsBefore(months int, article string) string {
	return "合同期满 " + strconv.Itoa(months) + " 个月前（" + article + "）"
}

// ContractDecision names what a meeting decided, for a list to choose from.
func ContractDecision(meeting, title, firm string) string {
	if firm == "" {
		return meeting + "：" + title
	}
	return meeting + "：" + title + "（选聘 " + firm + "）"
}

// WorkContract is what waits about a contract.
func WorkContract(community, work, firm string) string {
	return WorkText(community, "物业服务合同（"+firm+"）"+contractWorks[work])
}

var contractWorks = map[string]string{"file": "要提交备案", "decide": "即将到期，要组织业主决定续聘或者另聘", "settle": "已到期，没有决定续聘或者另聘",
	"handover": "已终止，要完成移交", "receive": "等待收件备案", "press": "物业服务人没有按期移交或者退出"}

package web

// Convening is a street's order to call a meeting, and what became of it.
type Convening struct {
	ID           string
	Number       int64
	State        string // ordered, followed, taken_over, held, withdrawn
	Overdue      bool   // nobody followed it in time
	Late         bool   // it was followed after its limit
	Kind         string // in words, as below
	Ground       string
	Asked        int64 // owners who asked; 0 where nobody had to
	Obliged      string
	Basis        string
	Body         string
	Street       string
	OrderedAt    Instant
	Limit        Instant
	MeetingTitle string // whose notice followed
	MeetingURL   string
	MetAt        Instant
	TakenAt      Instant
	WithdrawnAt  Instant
	Reason       string

	Withdraw *ConveningWithdrawal // nil for who may not, as below
	TakeOver *ConveningTakeOver
	DraftURL string // of the meeting that the street took over, for the convener
}

// StateText is the state in words.
func (c Convening) StateText() string {
	switch {
	case c.Overdue:
		return "逾期没有召开"
	case c.Late:
		return "逾期以后才发出会议通知"
	}
	return conveningStates[c.State]
}

var conveningStates = map[string]string{"ordered": "等待召开", "followed": "已按期发出会议通知", "taken_over": "由街道组织召开", "held": "街道已发出会议通知", "withdrawn": "已撤回"}

// ConveningPublic is the list that everybody reads.
type ConveningPublic struct {
	Shell
	Community string
	BoardURL  string
	List      []Convening
}

// ConveningPage is the list for staff.
type ConveningPage struct {
	Shell
	Community    string
	CommunityURL string
	PublicURL    string
	Rule         string // under which the street convenes itself; empty where the place's rules have none
	Order        *ConveningForm
	List         []Convening
}

// ConveningForm orders a meeting. Fields: `kind`, `ground`, `asked`, `convener_kind`, `basis`, `body`, `limit` (date).
type ConveningForm struct {
	Form
	Kind, Ground, Asked, ConvenerKind, Basis, Body, Limit string
}

// Kinds are the choices of the form, as are Grounds and Obliged.
func (ConveningForm) Kinds() []Option { return conveningKinds }

// Grounds are why it is ordered.
func (ConveningForm) Grounds() []Option { return conveningGrounds }

// Obliged are those who have to convene.
func (ConveningForm) Obliged() []Option { return conveningObliged }

// ConveningWithdrawal takes an order back. Field: `reason`.
type ConveningWithdrawal struct {
	Form
	Reason string
}

// ConveningTakeOver makes the street the convener. Field: `asked`, where owners must ask.
type ConveningTakeOver struct {
	Form
	Asks  bool
	Asked string
}

var conveningKinds = []Option{{Value: "extraordinary", Text: "召开业主大会临时会议"}, {Value: "regular", Text: "召开业主大会定期会议"}, {Value: "re_election", Text: "组织业主委员会换届选举或者重新选举"}}

var conveningGrounds = []Option{{Value: "duty", Text: "应当召开而没有召开"}, {Value: "asked", Text: "百分之二十以上的业主提议", Note: "《物业管理条例》第十三条"},
	{Value: "term_ended", Text: "任期届满没有换届"}, {Value: "powers_ended", Text: "委员人数不足，或者选举被撤销"}, {Value: "other", Text: "其他情形", Note: "在理由里写清楚"}}

var conveningObliged = []Option{{Value: "committee", Text: "业主委员会"}, {Value: "preparation_group", Text: "首次业主大会会议筹备组"}, {Value: "renewal_group", Text: "换届小组"},
	{Value: "property_management_committee", Text: "物业管理委员会"}, {Value: "residents_committee", Text: "居民委员会"}}

// ConveningKind is what is to be called, in words.
func ConveningKind(kind string) string { return optionText(conveningKinds, kind) }

// ConveningGround is why, in words.
func ConveningGround(ground string) string { return optionText(conveningGrounds, ground) }

// ConveningObliged is who has to convene.
func ConveningObliged(kind string) string { return optionText(conveningObliged, kind) }

var streetConvenes = map[string]string{
	"after_order":     "责令以后逾期不召开的，由街道组织召开",
	"asked_by_owners": "责令以后逾期不召开的，街道可以应业主要求组织召开",
	"without_order":   "不召开的，由街道组织召开",
}

// StreetConvenes is the clause under which a street convenes itself, with its article.
func StreetConvenes(word, article string) string {
	return streetConvenes[word] + "（" + article + "）"
}

// WorkConvening is an order that waits, or what the street took over.
func WorkConvening(community, state, kind string) string {
	return WorkText(community, conveningStates[state]+"："+ConveningKind(kind))
}

// ConveningLine is an order in one line, for the board.
func ConveningLine(c Convening) string { return "责令" + c.Obliged + c.Kind + "：" + c.StateText() }

package voting

// Kind is what a matter (表决事项) asks.
type Kind string

// The kinds of matter.
const (
	Motion    Kind = "motion"    // one text: for, against, abstain
	Election  Kind = "election"  // several seats of a committee (民法典第278条第1款第3项)
	Selection Kind = "selection" // one firm of several (第4项)
	Consult   Kind = "consult"   // an opinion poll; binds nobody
)

// Kinds lists every kind of matter.
var Kinds = []Kind{Motion, Election, Selection, Consult}

// Method is how an election or a selection is marked on the ballot.
type Method string

// The methods.
const (
	ApprovalEach Method = "approval_each" // yes, no or abstain for every option
	Pick         Method = "pick"          // mark at most MaxChoices names
)

// Methods lists every method.
var Methods = []Method{ApprovalEach, Pick}

// Matter is one question put to the owners, as the notice froze it.
type Matter struct {
	Kind       Kind     `json:"kind"`
	Item       int      `json:"item,omitempty"`        // number in the pack's own list: 1–9 in 民法典第278条第1款; 0 for a consult poll
	Method     Method   `json:"method,omitempty"`      // election, selection; pick for a poll with a scale
	Options    []string `json:"options,omitempty"`     // election, selection, the scale of a poll: different names in the order of the ballot
	Seats      int      `json:"seats,omitempty"`       // election: seats to fill
	MaxChoices int      `json:"max_choices,omitempty"` // election by pick: most names on a ballot; 0 means Seats
	Alternates int      `json:"alternates,omitempty"`  // election: the most alternates (候补委员)
	Sitting    int      `json:"sitting,omitempty"`     // election: members in office who stay
	Forming    bool     `json:"forming,omitempty"`     // election: Sitting were elected by the vote that this one completes, and no committee is formed yet; otherwise it fills vacancies (补选)
	MinMembers int      `json:"min_members,omitempty"` // election: smallest lawful committee; 0 means 5
	Poll       *Poll    `json:"poll,omitempty"`        // consult only
	Scope      []string `json:"scope,omitempty"`       // places such as "3号楼" or "3号楼/1单元"; empty = the whole community

	SeatGroups []SeatGroup `json:"seat_groups,omitempty"` // election: the seats, shared out; empty = all candidates compete for all seats
	TieWay     TieWay      `json:"tie_way,omitempty"`     // election and selection: the announced way out of a tie
	FirmAct    FirmAct     `json:"firm_act,omitempty"`    // motion on item 4: what it does to the firm; empty = says nothing
	LinkedTo   int         `json:"linked_to,omitempty"`   // number on the agenda, from 1, of an earlier matter on which this one depends; 0 = on none
	LinkedWhen Condition   `json:"linked_when,omitempty"` // what must have become of that matter
}

// SeatGroup is a part of the seats kept for some of the candidates: one per building, or reserved (杭州市物业管理条例
// 第22条). Everybody in the matter's scope votes on every group, because each member needs both majorities of
// all participants; only the ranking, the ties and the open seats are the group's own. A seat of one group is never filled
// from another: that would undo the reservation that was announced.
type SeatGroup struct {
	Name       string   `json:"name"` // as printed, such as 3号楼
	Seats      int      `json:"seats"`
	Options    []string `json:"options,omitempty"`     // its candidates; every candidate of the matter stands in one group. Without any its seats stay open
	Alternates int      `json:"alternates,omitempty"`  // the most alternates of the group
	MaxChoices int      `json:"max_choices,omitempty"` // election by pick: most names of this group on a ballot; 0 means Seats
}

// ByElection tells whether the election fills vacancies of a committee that serves already (补选、增补): whatever comes of it,
// no committee comes into being or ceases to be.
func (m Matter) ByElection() bool { return m.Kind == Election && m.Sitting > 0 && !m.Forming }

// FirmAct is what a motion on item 4 does to the firm that serves now. The two acts are two questions: a
// failed renewal dismisses nobody, a failed dismissal renews nothing (domain trap 18).
type FirmAct string

// The acts.
const (
	RenewFirm   FirmAct = "renew"
	DismissFirm FirmAct = "dismiss"
	TenderFirm  FirmAct = "tender" // whether and how a new one is sought
)

// FirmActs lists every act.
var FirmActs = []FirmAct{RenewFirm, DismissFirm, TenderFirm}

// FirmItem is 选聘和解聘物业服务企业 in both national lists (民法典第278条第1款第4项, 物权法第76条第1款第4项).
const FirmItem = 4

// FundUseItem is 使用维修资金, which the older list joins with raising it (民法典第278条第1款第5项, 物权法第76条第1款第5项).
const FundUseItem = 5

// Condition is what must have become of the matter on which another depends.
type Condition string

// The conditions.
const (
	IfPassed   Condition = "passed"
	IfRejected Condition = "rejected" // not_formed is not rejected: nothing was decided
)

// Conditions lists both conditions.
var Conditions = []Condition{IfPassed, IfRejected}

// OptionYes is the one option of a motion or consult poll whose majority decides; OptionNo stands beside it.
const (
	OptionYes = "yes"
	OptionNo  = "no"
)

// Mark is a cross on a ballot.
type Mark string

// The marks.
const (
	Yes            Mark = "yes"
	No             Mark = "no"
	Abstain        Mark = "abstain"
	FollowMajority Mark = "follow_majority" // 从众, only where it was announced
)

// Choice is what one ballot says on one matter. Exactly one field is used; a zero Choice is a blank.
type Choice struct {
	Mark  Mark            `json:"mark,omitempty"`  // motion, consult; abstain or follow_majority also for pick
	Names []string        `json:"names,omitempty"` // pick: the names marked
	Each  map[string]Mark `json:"each,omitempty"`  // approval_each: a name left out abstains
}

// Blank tells whether nothing was marked at all.
func (c Choice) Blank() bool { return c.Mark == "" && len(c.Names) == 0 && len(c.Each) == 0 }

// Policies are the parameters that the law leaves open and the notice announces (domain §19). The zero
// value is the default of each, except VoidParticipates, where nil means "not announced".
type Policies struct {
	Silence          Silence   `json:"silence"`
	FirstMeeting     bool      `json:"first_meeting"`
	InterimCovenant  bool      `json:"interim_covenant,omitempty"` // the silence rule of a first meeting stands in the interim covenant, under the law of the place
	VoidParticipates *bool     `json:"void_participates"`
	FollowMajority   bool      `json:"follow_majority"`
	Blank            Blank     `json:"blank"`
	Rank             Rank      `json:"rank"`
	RunOff           bool      `json:"run_off"`
	Shortfall        Shortfall `json:"shortfall"`
}

// Silence is the treatment of ballots that were delivered with proof and not cast (domain §4).
type Silence string

// The silence policies; the empty string is NotParticipating.
const (
	NotParticipating            Silence = "not_participating"
	SilenceAbstains             Silence = "abstain"
	JoinMajority                Silence = "join_majority"
	JoinMajorityIfOverHalfOfAll Silence = "join_majority_if_over_half_of_all"
)

// Silences lists every silence policy, the default first.
var Silences = []Silence{NotParticipating, SilenceAbstains, JoinMajority, JoinMajorityIfOverHalfOfAll}

// Blank is the treatment of a wholly blank answer.
type Blank string

// The treatments; the empty string is BlankAbstains.
const (
	BlankAbstains Blank = "abstain"
	BlankVoid     Blank = "void"
)

// Blanks lists both treatments, the default first.
var Blanks = []Blank{BlankAbstains, BlankVoid}

// Rank is the announced key by which options that pass are placed.
type Rank string

// The ranking keys; the empty string is HeadsThenArea.
const (
	HeadsThenArea Rank = "heads_then_area"
	AreaThenHeads Rank = "area_then_heads"
	SumOfShares   Rank = "sum_of_shares"
)

// Ranks lists every ranking key, the default first.
var Ranks = []Rank{HeadsThenArea, AreaThenHeads, SumOfShares}

// Shortfall is what an election with open seats leads to.
type Shortfall string

// The shortfall rules; the empty string is FurtherVote.
const (
	FurtherVote    Shortfall = "further_vote"
	OverHalfStands Shortfall = "over_half_stands"
)

// Shortfalls lists both rules, the default first.
var Shortfalls = []Shortfall{FurtherVote, OverHalfStands}

// TieWay is the announced way out of a tie.
type TieWay string

// The ways out; the empty string is TieByRevote.
const (
	TieByRevote TieWay = "revote"
	TieByLot    TieWay = "lot" // a public lot that anyone can draw again, see [Lot]
)

// TieWays lists both ways, the default first.
var TieWays = []TieWay{TieByRevote, TieByLot}

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
	Method     Method   `json:"method,omitempty"`      // election and selection only
	Options    []string `json:"options,omitempty"`     // election and selection: different names in the order of the ballot
	Seats      int      `json:"seats,omitempty"`       // election: seats to fill
	MaxChoices int      `json:"max_choices,omitempty"` // election by pick: most names on a ballot; 0 means Seats
	Alternates int      `json:"alternates,omitempty"`  // election: the most alternates (候补委员)
	Sitting    int      `json:"sitting,omitempty"`     // election: members in office who stay
	MinMembers int      `json:"min_members,omitempty"` // election: smallest lawful committee; 0 means 5
	Poll       *Poll    `json:"poll,omitempty"`        // consult only
	Scope      []string `json:"scope,omitempty"`       // places such as "3号楼" or "3号楼/1单元"; empty = the whole community
}

// Poll is the announced yardstick of a consult poll; it is never a majority of the law.
type Poll struct {
	Threshold  Threshold   `json:"threshold"`
	OfAll      bool        `json:"of_all"`     // measured against everybody in the scope instead of the participants
	Dimensions []Dimension `json:"dimensions"` // never empty
}

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

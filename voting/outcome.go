package voting

// Result is the outcome of a matter (domain §7.4).
type Result string

// The results.
const (
	Passed       Result = "passed"
	Rejected     Result = "rejected"
	NotFormed    Result = "not_formed"   // participation short: no decision came about (民法典第134条第2款)
	RunOffDue    Result = "run_off_due"  // a further vote, with its own notice
	Undetermined Result = "undetermined" // law and announced parameters do not decide
)

// Results lists every result.
var Results = []Result{Passed, Rejected, NotFormed, RunOffDue, Undetermined}

// Reason says why an outcome is undetermined; empty otherwise.
type Reason string

// The reasons.
const (
	NoSingleLeader   Reason = "no_single_leader"
	SilenceUndefined Reason = "silence_undefined"
	VoidNotAnnounced Reason = "void_not_announced"
)

// Reasons lists every reason.
var Reasons = []Reason{NoSingleLeader, SilenceUndefined, VoidNotAnnounced}

// StepKind is what a step tests.
type StepKind string

// The kinds of step.
const (
	Participation StepKind = "participation"
	Approval      StepKind = "approval"
)

// Step is one comparison, printed in full so that anyone can redo it.
type Step struct {
	What      StepKind  `json:"what"`
	Option    string    `json:"option"` // empty for participation
	Dimension Dimension `json:"dimension"`
	Part      int64     `json:"part"`     // heads, or cm²
	Whole     int64     `json:"whole"`    // heads, or cm²
	OfTotal   bool      `json:"of_total"` // the whole is everybody in the scope, not the participants
	Threshold Threshold `json:"threshold"`
	Met       bool      `json:"met"`
	Margin    int64     `json:"margin"` // part − need: 0 is just met, −1 lacks one head or one cm²
	Law       string    `json:"law"`    // article, such as 民法典第278条第2款; empty for a consult poll
}

// Share prints part of whole in percent (see [Share]).
func (s Step) Share() string { return Share(s.Part, s.Whole) }

// Counted are the weights on which the steps rest. Options hold final votes, joined ones included.
type Counted struct {
	Total           Weight            `json:"total"`
	Participants    Weight            `json:"participants"`
	Voted           Weight            `json:"voted"`
	Void            Weight            `json:"void"`
	SilentDelivered Weight            `json:"silent_delivered"`
	Abstain         Weight            `json:"abstain"` // explicit and blank abstentions; zero where marked per option
	Options         map[string]Weight `json:"options"` // motion, consult: yes and no; approval_each: the yes of each
	Against         map[string]Weight `json:"against"` // approval_each: the no of each; nil otherwise
}

// Shortness says why an option has no place.
type Shortness string

// The codes.
const (
	HeadsShort Shortness = "heads_short"
	AreaShort  Shortness = "area_short"
	BothShort  Shortness = "both_short"
	Outranked  Shortness = "outranked"
)

// Shortnesses lists every code.
var Shortnesses = []Shortness{HeadsShort, AreaShort, BothShort, Outranked}

// CommitteeState is what an election leaves behind.
type CommitteeState string

// The states of the committee after an election; empty for other kinds.
const (
	Constituted           CommitteeState = "constituted"
	EvenNumber            CommitteeState = "even_number"
	NotConstituted        CommitteeState = "not_constituted"
	CommitteeUndetermined CommitteeState = "undetermined"
)

// CommitteeStates lists every state.
var CommitteeStates = []CommitteeState{Constituted, EvenNumber, NotConstituted, CommitteeUndetermined}

// Outcome is a decided matter: the result, the figures it rests on and every comparison made.
type Outcome struct {
	Result  Result  `json:"outcome"`
	Reason  Reason  `json:"reason"`
	Binding bool    `json:"binding"` // false for a consult poll
	Counted Counted `json:"counted"`
	Steps   []Step  `json:"steps"`

	// Election. Lists are by rank; the tied stand in the order of the ballot, which decides nothing.
	Elected        []string             `json:"elected,omitempty"`
	Alternates     []string             `json:"alternates,omitempty"`
	AlternatesTied []string             `json:"alternates_tied,omitempty"`
	TiePending     []string             `json:"tie_pending,omitempty"`
	NotElected     map[string]Shortness `json:"not_elected,omitempty"`
	OpenSeats      int                  `json:"open_seats,omitempty"`
	Committee      CommitteeState       `json:"committee,omitempty"`

	Groups []GroupOutcome `json:"groups,omitempty"` // where the seats are shared out; the lists above hold them in this order

	// Selection.
	Selected    string               `json:"selected,omitempty"`
	RunOff      []string             `json:"run_off,omitempty"`
	NotSelected map[string]Shortness `json:"not_selected,omitempty"`

	TieWay TieWay  `json:"tie_way,omitempty"` // lot: the tie that stands in the lists is waiting for it
	Lots   []Drawn `json:"lots,omitempty"`    // the lots that resolved a tie

	// Variants are the other readings, without variants of their own: "without_silence", "with_void", "without_void".
	Variants map[string]Outcome `json:"variants,omitempty"`
}

// GroupOutcome is what one seat group came to.
type GroupOutcome struct {
	Name           string   `json:"name"`
	Elected        []string `json:"elected,omitempty"`
	Alternates     []string `json:"alternates,omitempty"`
	AlternatesTied []string `json:"alternates_tied,omitempty"`
	TiePending     []string `json:"tie_pending,omitempty"`
	OpenSeats      int      `json:"open_seats,omitempty"`
}

// Drawn is one lot as it was drawn: seed, matter and names are all that is needed to draw it again.
type Drawn struct {
	Group  string    `json:"group,omitempty"` // the seat group, where there is one
	Seed   string    `json:"seed"`
	Matter string    `json:"matter"`
	Steps  []LotStep `json:"steps"` // in the order drawn
}

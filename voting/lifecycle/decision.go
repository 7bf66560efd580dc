package lifecycle

// SittingState is the state of a meeting of a committee (业主委员会会议), which is no meeting of the owners.
type SittingState string

// The states.
const (
	SittingCalled    SittingState = "called" // time, place and agenda are public
	SittingHeld      SittingState = "held"   // recorded, its decisions are public
	SittingCancelled SittingState = "cancelled"
)

// SittingStates lists every state.
var SittingStates = []SittingState{SittingCalled, SittingHeld, SittingCancelled}

// Sittings is the life of a committee's meeting.
var Sittings = Table[SittingState]{
	{SittingCalled, EventPublish, []Actor{Convener}, SittingHeld},
	{SittingCalled, EventCancel, []Actor{Convener}, SittingCancelled},
}

// SittingCaller is who called a committee's meeting.
type SittingCaller string

// The callers.
const (
	CalledByChair   SittingCaller = "chair"
	CalledByMembers SittingCaller = "members" // one third of all members or more
)

// SittingCallers lists every caller.
var SittingCallers = []SittingCaller{CalledByChair, CalledByMembers}

// DecisionState is where a decision of a committee stands. It follows from the decision, from the newer one that names it,
// and from what authorities did about it.
type DecisionState string

// The states of a decision that had its majority.
const (
	DecisionInForce         DecisionState = "in_force"
	DecisionUnderCorrection DecisionState = "under_correction"
	DecisionReplaced        DecisionState = "replaced" // by a newer one, the only way in which a committee takes one back
	DecisionRevoked         DecisionState = "revoked"
)

// DecisionStates lists every state.
var DecisionStates = []DecisionState{DecisionInForce, DecisionUnderCorrection, DecisionReplaced, DecisionRevoked}

// Decisions is the life of a decision of a committee: the authorities' part is that of a decision of the owners
// (条例第19条第2款 speaks of both).
var Decisions = Table[DecisionState]{
	{DecisionInForce, EventSupersede, []Actor{Convener}, DecisionReplaced},
	{DecisionInForce, EventOrderCorrection, []Actor{Street, District}, DecisionUnderCorrection},
	{DecisionInForce, EventRevoke, []Actor{Street, District}, DecisionRevoked},
	{DecisionUnderCorrection, EventSupersede, []Actor{Convener}, DecisionReplaced},
	{DecisionUnderCorrection, EventReport, []Actor{Convener}, DecisionUnderCorrection},
	{DecisionUnderCorrection, EventCorrect, []Actor{Street, District}, DecisionInForce},
	{DecisionUnderCorrection, EventRevoke, []Actor{Street, District}, DecisionRevoked},
}

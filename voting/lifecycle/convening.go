package lifecycle

// ConveningState is the state of an order to call a meeting (责令召开).
type ConveningState string

// The states.
const (
	ConveningOrdered   ConveningState = "ordered"
	ConveningFollowed  ConveningState = "followed"   // the notice of the meeting went out
	ConveningTakenOver ConveningState = "taken_over" // the street convenes itself
	ConveningHeld      ConveningState = "held"       // the notice of the street's meeting went out
	ConveningWithdrawn ConveningState = "withdrawn"
)

// ConveningStates lists every state.
var ConveningStates = []ConveningState{ConveningOrdered, ConveningFollowed, ConveningTakenOver, ConveningHeld, ConveningWithdrawn}

// EventTakeOver makes the street the convener.
const EventTakeOver Event = "take_over"

// Convenings is the life of an order. Only the notice of a meeting follows it, and one that is withdrawn before the vote
// leaves it as open as it was: both are the system's steps, so that nobody says an order is followed. When the street may
// take over is a clause of the place's rule pack: the caller's guard.
var Convenings = Table[ConveningState]{
	{ConveningOrdered, EventNotice, []Actor{System}, ConveningFollowed},
	{ConveningFollowed, EventCancel, []Actor{System}, ConveningOrdered},
	{ConveningOrdered, EventTakeOver, []Actor{Street}, ConveningTakenOver},
	{ConveningTakenOver, EventNotice, []Actor{System}, ConveningHeld},
	{ConveningHeld, EventCancel, []Actor{System}, ConveningTakenOver},
	{ConveningOrdered, EventWithdraw, []Actor{Street}, ConveningWithdrawn},
	{ConveningTakenOver, EventWithdraw, []Actor{Street}, ConveningWithdrawn},
}

// ConveningKind is what is to be called.
type ConveningKind string

// The kinds.
const (
	ConveneRegular       ConveningKind = "regular"       // 定期会议
	ConveneExtraordinary ConveningKind = "extraordinary" // 临时会议
	ReElection           ConveningKind = "re_election"   // a meeting of any kind with an election of the committee
)

// ConveningKinds lists every kind in the order in which forms offer them.
var ConveningKinds = []ConveningKind{ConveneExtraordinary, ConveneRegular, ReElection}

// ConveningGround is why a street orders it.
type ConveningGround string

// The grounds.
const (
	DutyBreached ConveningGround = "duty"         // who must convene does not
	AskedFor     ConveningGround = "asked"        // 20 % of the owners or more ask for it (条例第13条)
	TermEnded    ConveningGround = "term_ended"   // and nobody was elected
	PowersLapsed ConveningGround = "powers_ended" // too few members are left, or the election fell
	OtherGround  ConveningGround = "other"
)

// ConveningGrounds lists every ground in the order in which forms offer them.
var ConveningGrounds = []ConveningGround{DutyBreached, AskedFor, TermEnded, PowersLapsed, OtherGround}

// Obliged are those whom an order may oblige to convene: everybody who may, but the street that orders it.
var Obliged = []ConvenerKind{Committee, PreparationGroup, RenewalGroup, PropertyManagementCommittee, ResidentsCommittee}

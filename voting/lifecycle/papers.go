package lifecycle

// RosterState is the state of one version of the roster (业主名册).
type RosterState string

// The states of a roster version.
const (
	RosterDraft      RosterState = "draft"
	RosterPublished  RosterState = "published"  // masked display, objections may come in
	RosterFrozen     RosterState = "frozen"     // totals never change any more
	RosterSuperseded RosterState = "superseded" // a later version took its place
)

// RosterStates lists every state of a roster version.
var RosterStates = []RosterState{RosterDraft, RosterPublished, RosterFrozen, RosterSuperseded}

// The events of a roster, beside EventPublish.
const (
	EventImport    Event = "import"
	EventFreeze    Event = "freeze"
	EventSupersede Event = "supersede"
)

// Rosters is the life of a roster version. The freeze takes two people of two roles: the convener publishes,
// the street freezes (security.md §6.1). A frozen version supersedes the others by the system, in the same step.
var Rosters = Table[RosterState]{
	{RosterDraft, EventImport, []Actor{Convener, Operator}, RosterDraft},
	{RosterDraft, EventPublish, []Actor{Convener}, RosterPublished},
	{RosterPublished, EventFreeze, []Actor{Street}, RosterFrozen},
	{RosterDraft, EventSupersede, []Actor{System}, RosterSuperseded},
	{RosterPublished, EventSupersede, []Actor{System}, RosterSuperseded},
	{RosterFrozen, EventSupersede, []Actor{System}, RosterSuperseded},
}

// FilingState is the state of a filing (备案). Returning papers is not an order to correct a decision,
// and neither is a revocation (domain trap 19): those are states of the meeting.
type FilingState string

// The states of a filing (domain §7.5).
const (
	FilingDraft     FilingState = "draft"
	FilingSubmitted FilingState = "submitted"
	FilingReturned  FilingState = "returned" // 退回补正: papers are missing or faulty
	FilingCertified FilingState = "certified"
	FilingRefused   FilingState = "refused"   // untrue or irregular
	FilingWithdrawn FilingState = "withdrawn" // the decision behind it was revoked
	FilingCancelled FilingState = "cancelled" // area changed, buildings lost
)

// FilingStates lists every state of a filing.
var FilingStates = []FilingState{
	FilingDraft, FilingSubmitted, FilingReturned, FilingCertified, FilingRefused, FilingWithdrawn, FilingCancelled,
}

// The events of a filing, beside EventCancel.
const (
	EventSubmit   Event = "submit"
	EventReceive  Event = "receive" // 受理: the papers are complete, and the days of the pack begin
	EventReturn   Event = "return"  // all defects told at once
	EventCertify  Event = "certify"
	EventRefuse   Event = "refuse"
	EventWithdraw Event = "withdraw"
)

// Filings is the life of a filing. The system withdraws what rests on a vote that is annulled or revoked. Who of the two
// authorities decides is a clause of the place's rule pack; what was received is not returned any more, and what was
// returned once is returned again only for what was not mended: the caller's guards.
var Filings = Table[FilingState]{
	{FilingDraft, EventSubmit, []Actor{Convener}, FilingSubmitted},
	{FilingSubmitted, EventReceive, []Actor{Street, District}, FilingSubmitted},
	{FilingSubmitted, EventReturn, []Actor{Street, District}, FilingReturned},
	{FilingReturned, EventSubmit, []Actor{Convener}, FilingSubmitted},
	{FilingSubmitted, EventCertify, []Actor{Street, District}, FilingCertified},
	{FilingSubmitted, EventRefuse, []Actor{Street, District}, FilingRefused},
	{FilingSubmitted, EventWithdraw, []Actor{System}, FilingWithdrawn},
	{FilingCertified, EventWithdraw, []Actor{System}, FilingWithdrawn},
	{FilingCertified, EventCancel, []Actor{Street, District}, FilingCancelled},
}

// FilingKind says what a hand-in asks for.
type FilingKind string

// The kinds.
const (
	FirstFiling  FilingKind = "first"  // 备案
	ChangeFiling FilingKind = "change" // 变更备案: of what a certificate says
)

// FilingKinds lists every kind.
var FilingKinds = []FilingKind{FirstFiling, ChangeFiling}

// RefusalGround is why a filing is refused for good (不予备案).
type RefusalGround string

// The grounds.
const (
	GroundUntrue    RefusalGround = "untrue"    // what was handed in is not true
	GroundIrregular RefusalGround = "irregular" // the procedure broke the law or the rules
)

// RefusalGrounds lists every ground.
var RefusalGrounds = []RefusalGround{GroundUntrue, GroundIrregular}

// ObjectionState is the state of an objection (异议).
type ObjectionState string

// The states of an objection.
const (
	ObjectionOpen      ObjectionState = "open"
	ObjectionAnswered  ObjectionState = "answered"
	ObjectionWithdrawn ObjectionState = "withdrawn"
)

// ObjectionStates lists every state of an objection.
var ObjectionStates = []ObjectionState{ObjectionOpen, ObjectionAnswered, ObjectionWithdrawn}

// EventAnswer is the convener's written answer to an objection.
const EventAnswer Event = "answer"

// Objections is the life of an objection.
var Objections = Table[ObjectionState]{
	{ObjectionOpen, EventAnswer, []Actor{Convener}, ObjectionAnswered},
	{ObjectionOpen, EventWithdraw, []Actor{Owner}, ObjectionWithdrawn},
}

// Events lists every event of every table.
var Events = []Event{
	EventNotice, EventCancel, EventOpen, EventExtend, EventClose, EventCount, EventUnseal, EventDisplay, EventRecount,
	EventPublish, EventOrderCorrection, EventReport, EventCorrect, EventRevoke, EventRevokePart, EventAnnul,
	EventImport, EventFreeze, EventSupersede,
	EventSubmit, EventReceive, EventReturn, EventCertify, EventRefuse, EventWithdraw, EventAnswer, EventApprove, EventComplete,
	EventConstitute, EventTakeOffice, EventChangeMember, EventSuspendOne, EventChoosePost, EventFormGroup, EventEndTerm, EventDissolve, EventAttachAudit, EventHandOver,
	EventRenew, EventInspect, EventDecline, EventDismiss, EventOverstay,
	EventTakeOver,
}

// Channel is how a ballot came in (渠道).
type Channel string

// The channels.
const (
	Online   Channel = "online"
	Paper    Channel = "paper"
	Onsite   Channel = "onsite"
	Proxy    Channel = "proxy"    // by written authority (委托)
	Imported Channel = "imported" // from a city platform or a recorded telephone vote
)

// Channels lists every channel.
var Channels = []Channel{Online, Paper, Onsite, Proxy, Imported}

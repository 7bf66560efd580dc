package lifecycle

// MeetingState is the state of a meeting (业主大会会议).
type MeetingState string

// The states of a meeting (domain §7.3).
const (
	MeetingDraft           MeetingState = "draft"
	MeetingNoticed         MeetingState = "noticed"          // agenda, texts, parameters and scope are frozen
	MeetingVoting          MeetingState = "voting"           // the roster is frozen
	MeetingClosed          MeetingState = "closed"           // no more casts; paper from the boxes may still be recorded
	MeetingTallied         MeetingState = "tallied"          // counted, protocol signed
	MeetingPreliminary     MeetingState = "preliminary"      // figures displayed, objections may come in
	MeetingPublished       MeetingState = "published"        // the final result
	MeetingCancelled       MeetingState = "cancelled"        // withdrawn before voting
	MeetingUnderCorrection MeetingState = "under_correction" // 责令限期改正
	MeetingVoidRerun       MeetingState = "void_rerun"       // box or seal broken, ballots lost
	MeetingRevoked         MeetingState = "revoked"          // by street, district or court
)

// MeetingStates lists every state of a meeting.
var MeetingStates = []MeetingState{
	MeetingDraft, MeetingNoticed, MeetingVoting, MeetingClosed, MeetingTallied, MeetingPreliminary,
	MeetingPublished, MeetingCancelled, MeetingUnderCorrection, MeetingVoidRerun, MeetingRevoked,
}

// The events of a meeting.
const (
	EventNotice          Event = "notice"
	EventCancel          Event = "cancel"
	EventOpen            Event = "open"
	EventExtend          Event = "extend" // only as announced, with a published reason
	EventClose           Event = "close"
	EventCount           Event = "count"
	EventUnseal          Event = "unseal"  // the second of two holders of the key: opens the ballots and counts
	EventDisplay         Event = "display" // preliminary figures go up, the objection window begins
	EventRecount         Event = "recount" // of the ballots that an objection names
	EventPublish         Event = "publish"
	EventOrderCorrection Event = "order_correction"
	EventCorrect         Event = "correct"
	EventReport          Event = "report_correction" // the convener tells what was done
	EventRevoke          Event = "revoke"
	EventRevokePart      Event = "revoke_part" // some matters of several
	EventAnnul           Event = "annul"       // the vote is void and must be run again
)

// Meetings is the life of a meeting. Publishing needs the objection window to be over with no objection
// open: the caller's guard. A court's revocation is recorded by the street or the district.
var Meetings = Table[MeetingState]{
	{MeetingDraft, EventNotice, []Actor{Convener}, MeetingNoticed},
	{MeetingDraft, EventCancel, []Actor{Convener}, MeetingCancelled},
	{MeetingNoticed, EventOpen, []Actor{System}, MeetingVoting},
	{MeetingNoticed, EventCancel, []Actor{Convener}, MeetingCancelled},
	{MeetingVoting, EventExtend, []Actor{Convener}, MeetingVoting},
	{MeetingVoting, EventClose, []Actor{System}, MeetingClosed},
	{MeetingClosed, EventCount, []Actor{Convener, Teller}, MeetingTallied},
	{MeetingClosed, EventUnseal, []Actor{Convener, Street, Teller}, MeetingTallied},
	{MeetingTallied, EventDisplay, []Actor{Convener}, MeetingPreliminary},
	{MeetingPreliminary, EventRecount, []Actor{Convener, Teller}, MeetingPreliminary},
	{MeetingPreliminary, EventPublish, []Actor{Convener}, MeetingPublished},
	{MeetingPublished, EventOrderCorrection, []Actor{Street, District}, MeetingUnderCorrection},
	{MeetingPublished, EventRevoke, []Actor{Street, District}, MeetingRevoked},
	{MeetingPublished, EventRevokePart, []Actor{Street, District}, MeetingPublished},
	{MeetingUnderCorrection, EventReport, []Actor{Convener}, MeetingUnderCorrection},
	{MeetingUnderCorrection, EventCorrect, []Actor{Street, District}, MeetingPublished},
	{MeetingUnderCorrection, EventRevokePart, []Actor{Street, District}, MeetingPublished},
	{MeetingUnderCorrection, EventRevoke, []Actor{Street, District}, MeetingRevoked},
	{MeetingClosed, EventAnnul, []Actor{Convener, Street}, MeetingVoidRerun},
	{MeetingTallied, EventAnnul, []Actor{Street}, MeetingVoidRerun}, // once counted, not by whoever dislikes the count
	{MeetingPreliminary, EventAnnul, []Actor{Street}, MeetingVoidRerun},
	{MeetingPublished, EventAnnul, []Actor{Street}, MeetingVoidRerun},
}

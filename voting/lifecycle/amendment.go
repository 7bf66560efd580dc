package lifecycle

// AmendmentState is the state of an amendment of a frozen roster.
type AmendmentState string

// The states of an amendment. One that is refused or withdrawn is proposed anew, not taken up again.
const (
	AmendmentProposed  AmendmentState = "proposed"
	AmendmentApproved  AmendmentState = "approved"
	AmendmentRefused   AmendmentState = "refused"
	AmendmentWithdrawn AmendmentState = "withdrawn"
)

// AmendmentStates lists every state of an amendment.
var AmendmentStates = []AmendmentState{AmendmentProposed, AmendmentApproved, AmendmentRefused, AmendmentWithdrawn}

// EventApprove is the second person's consent.
const EventApprove Event = "approve"

// Amendments is the life of an amendment: proposed by the convener, decided by the street (security.md §6.1).
var Amendments = Table[AmendmentState]{
	{AmendmentProposed, EventApprove, []Actor{Street}, AmendmentApproved},
	{AmendmentProposed, EventRefuse, []Actor{Street}, AmendmentRefused},
	{AmendmentProposed, EventWithdraw, []Actor{Convener}, AmendmentWithdrawn},
}

package lifecycle

// ContractKind says who chose the firm of a property service contract (物业服务合同).
type ContractKind string

// The kinds.
const (
	PreliminaryContract ContractKind = "preliminary" // 前期物业服务合同, made by the developer; ends when the owners' takes effect (民法典第940条)
	OwnersContract      ContractKind = "owners"
)

// ContractKinds lists both.
var ContractKinds = []ContractKind{PreliminaryContract, OwnersContract}

// FeeMode is how a firm is paid.
type FeeMode string

// The modes.
const (
	LumpSum    FeeMode = "lump_sum"   // 包干制
	Commission FeeMode = "commission" // 酬金制
)

// FeeModes lists both.
var FeeModes = []FeeMode{LumpSum, Commission}

// ContractState is where a contract stands by what was recorded of it (domain §7.7). That its term has not begun, is about
// to end, or is over while the firm goes on serving, follows from dates and is no state of its own.
type ContractState string

// The states.
const (
	ContractStanding   ContractState = "standing"
	ContractRenewed    ContractState = "renewed"    // another one with the same firm follows
	ContractSuperseded ContractState = "superseded" // a preliminary one, by the owners' with another firm
	ContractDeclined   ContractState = "declined"   // firm or owners do not want another term
	ContractLeaving    ContractState = "leaving"    // the owners dismissed the firm, and it has the notice
	ContractEnded      ContractState = "ended"      // handed over
	ContractWithdrawn  ContractState = "withdrawn"  // recorded by mistake
)

// ContractStates lists every state.
var ContractStates = []ContractState{ContractStanding, ContractRenewed, ContractSuperseded, ContractDeclined, ContractLeaving, ContractEnded, ContractWithdrawn}

// The events of a contract, beside EventSubmit, EventReceive, EventReturn, EventSupersede, EventHandOver and EventWithdraw.
const (
	EventRenew    Event = "renew"
	EventInspect  Event = "inspect"  // 承接查验
	EventDecline  Event = "decline"  // not for another term (民法典第947条)
	EventDismiss  Event = "dismiss"  // 解聘 (民法典第946条)
	EventOverstay Event = "overstay" // the firm does not leave, or does not hand over (民法典第949条)
)

// Contracts is the life of a contract. The system renews or supersedes what a new contract takes the place of, and lets it
// stand again where the new one was recorded by mistake.
var Contracts = contractSteps()

func contractSteps() Table[ContractState] {
	convener, system := []Actor{Convener}, []Actor{System}
	table := Table[ContractState]{
		{ContractStanding, EventRenew, system, ContractRenewed},
		{ContractStanding, EventSupersede, system, ContractSuperseded},
		{ContractRenewed, EventWithdraw, system, ContractStanding},
		{ContractSuperseded, EventWithdraw, system, ContractStanding},
		{ContractStanding, EventDecline, convener, ContractDeclined},
		{ContractStanding, EventDismiss, convener, ContractLeaving},
		{ContractRenewed, EventDismiss, convener, ContractLeaving},
		{ContractStanding, EventInspect, convener, ContractStanding},
		{ContractRenewed, EventInspect, convener, ContractRenewed},
		{ContractStanding, EventWithdraw, convener, ContractWithdrawn},
	}
	for _, last := range []ContractState{ContractDeclined, ContractLeaving, ContractSuperseded} {
		table = append(table, Step[ContractState]{last, EventHandOver, convener, ContractEnded}, Step[ContractState]{last, EventOverstay, []Actor{Convener, Street}, last})
	}
	return table
}

// ContractFiling is where the filing of a contract (合同备案) stands. It takes nothing from the contract's force.
type ContractFiling string

// The states of the filing.
const (
	ContractUnfiled   ContractFiling = "unfiled"
	ContractSubmitted ContractFiling = "submitted"
	ContractReturned  ContractFiling = "returned"
	ContractReceived  ContractFiling = "received"
)

// ContractFilings lists every state of the filing.
var ContractFilings = []ContractFiling{ContractUnfiled, ContractSubmitted, ContractReturned, ContractReceived}

// ContractFilingSteps is the life of the filing.
var ContractFilingSteps = Table[ContractFiling]{
	{ContractUnfiled, EventSubmit, []Actor{Convener}, ContractSubmitted},
	{ContractReturned, EventSubmit, []Actor{Convener}, ContractSubmitted},
	{ContractSubmitted, EventReceive, []Actor{Street}, ContractReceived},
	{ContractSubmitted, EventReturn, []Actor{Street}, ContractReturned},
}

// ContractEvents lists what is recorded of a contract after it was entered, in the order of a page.
var ContractEvents = []Event{EventSubmit, EventReceive, EventReturn, EventInspect, EventRenew, EventSupersede, EventDecline, EventDismiss, EventHandOver,
	EventOverstay, EventWithdraw}

// ContractSide is who does not want another term.
type ContractSide string

// The sides.
const (
	FirmSide   ContractSide = "firm"
	OwnersSide ContractSide = "owners"
)

// ContractSides lists both.
var ContractSides = []ContractSide{FirmSide, OwnersSide}

package lifecycle

// EmergencyState is the state of an emergency use of the maintenance fund (应急使用维修资金, 民法典第281条第2款).
type EmergencyState string

// The states.
const (
	EmergencyProposed  EmergencyState = "proposed"
	EmergencyConfirmed EmergencyState = "confirmed" // by the street: works may begin, everybody reads of it
	EmergencyRefused   EmergencyState = "refused"   // it is none, or it can wait for a vote
	EmergencyWithdrawn EmergencyState = "withdrawn"
	EmergencyDone      EmergencyState = "done" // accepted, with what it cost
)

// EmergencyStates lists every state.
var EmergencyStates = []EmergencyState{EmergencyProposed, EmergencyConfirmed, EmergencyRefused, EmergencyWithdrawn, EmergencyDone}

// EventComplete is the acceptance of the works.
const EventComplete Event = "complete"

// Emergencies is the life of an emergency use: no owner votes, so that two offices look at it and everybody reads it.
var Emergencies = Table[EmergencyState]{
	{EmergencyProposed, EventApprove, []Actor{Street}, EmergencyConfirmed},
	{EmergencyProposed, EventRefuse, []Actor{Street}, EmergencyRefused},
	{EmergencyProposed, EventWithdraw, []Actor{Convener}, EmergencyWithdrawn},
	{EmergencyConfirmed, EventComplete, []Actor{Convener}, EmergencyDone},
}

// EmergencyCause is what makes the works urgent.
type EmergencyCause string

// The causes (domain §14).
const (
	LiftFault     EmergencyCause = "lift"     // 电梯故障，危及人身安全
	FireEquipment EmergencyCause = "fire"     // 消防设施损坏，消防机构要求整改
	FacadeFalling EmergencyCause = "facade"   // 外墙脱落
	Collapse      EmergencyCause = "collapse" // 房屋结构、围墙等有坍塌危险
	Leaking       EmergencyCause = "leak"     // 屋面、外墙渗漏严重
	DrainBlocked  EmergencyCause = "drain"    // 排水设施堵塞、爆裂
	OtherUrgency  EmergencyCause = "other"
)

// EmergencyCauses lists every cause in the order in which forms offer them.
var EmergencyCauses = []EmergencyCause{LiftFault, FireEquipment, FacadeFalling, Collapse, Leaking, DrainBlocked, OtherUrgency}

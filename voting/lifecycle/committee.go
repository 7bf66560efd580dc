package lifecycle

// CommitteeKinds lists the bodies that a community's register of committees holds: the elected committee, and the interim
// body that a street forms where there is none.
var CommitteeKinds = []ConvenerKind{Committee, PropertyManagementCommittee}

// CommitteeState is where a term stands (domain §7.6). That a term is over, or that members are too few, follows from
// dates and members and is no state of its own.
type CommitteeState string

// The states.
const (
	CommitteeDisplayed   CommitteeState = "displayed"   // an interim body whose list is on display
	CommitteeElected     CommitteeState = "elected"     // by a published result; no chair chosen yet
	CommitteeConstituted CommitteeState = "constituted" // its first meeting chose a chair
	CommitteeServing     CommitteeState = "serving"     // filed, or formed by the street
	CommitteeRenewal     CommitteeState = "renewal"     // the renewal group (换届小组) was formed
	CommitteeEnded       CommitteeState = "ended"       // another one took its place
	CommitteeDissolved   CommitteeState = "dissolved"   // by the street, or a display that was taken back
	CommitteeRevoked     CommitteeState = "revoked"     // with the election that it came from
)

// CommitteeStates lists every state.
var CommitteeStates = []CommitteeState{CommitteeDisplayed, CommitteeElected, CommitteeConstituted, CommitteeServing, CommitteeRenewal, CommitteeEnded,
	CommitteeDissolved, CommitteeRevoked}

// InOffice tells whether a committee in the state acts for the owners.
func (s CommitteeState) InOffice() bool {
	return s == CommitteeConstituted || s == CommitteeServing || s == CommitteeRenewal
}

// Over tells whether nothing follows the state.
func (s CommitteeState) Over() bool {
	return s == CommitteeEnded || s == CommitteeDissolved || s == CommitteeRevoked
}

// The events of a committee, beside EventCertify, EventWithdraw and EventRevoke.
const (
	EventConstitute   Event = "constitute"     // the first meeting chose a chair
	EventTakeOffice   Event = "take_office"    // an interim body, after the display of its list
	EventChangeMember Event = "change_member"  // somebody leaves, is suspended or takes a vacant seat
	EventFormGroup    Event = "form_group"     // the renewal group
	EventEndTerm      Event = "end_term"       // another committee took its place
	EventDissolve     Event = "dissolve"       // by the street, with a reason
	EventAttachAudit  Event = "attach_audit"   // of the term that ends
	EventHandOver     Event = "hand_over"      // items are listed, given and taken
	EventChoosePost   Event = "choose_post"    // the committee chooses another chair or deputy
	EventSuspendOne   Event = "suspend_member" // by the street, under the negative list
)

// Committees is the life of a term. What the system does follows from the papers of a meeting: its certificate, the
// revocation of its decision, the committee that came after.
var Committees = committeeSteps()

func committeeSteps() Table[CommitteeState] {
	both, street, system := []Actor{Convener, Street}, []Actor{Street}, []Actor{System}
	table := Table[CommitteeState]{
		{CommitteeDisplayed, EventTakeOffice, street, CommitteeServing},
		{CommitteeDisplayed, EventWithdraw, []Actor{Street, System}, CommitteeDissolved}, // also when a committee was elected meanwhile,
		{CommitteeElected, EventConstitute, both, CommitteeConstituted},
		{CommitteeElected, EventCertify, system, CommitteeServing},
		{CommitteeConstituted, EventCertify, system, CommitteeServing},
		{CommitteeServing, EventConstitute, both, CommitteeServing}, // certified before its first meeting was recorded
		{CommitteeServing, EventFormGroup, street, CommitteeRenewal},
		{CommitteeRenewal, EventCertify, system, CommitteeRenewal},
		{CommitteeServing, EventCertify, system, CommitteeServing},
	}
	live := []CommitteeState{CommitteeElected, CommitteeConstituted, CommitteeServing, CommitteeRenewal}
	for _, state := range live {
		table = append(table, Step[CommitteeState]{state, EventChangeMember, both, state}, Step[CommitteeState]{state, EventSuspendOne, street, state},
			Step[CommitteeState]{state, EventRevoke, system, CommitteeRevoked}, Step[CommitteeState]{state, EventRevokePart, system, state},
			Step[CommitteeState]{state, EventEndTerm, system, CommitteeEnded},
			Step[CommitteeState]{state, EventDissolve, street, CommitteeDissolved})
	}
	for _, state := range live[1:] {
		table = append(table, Step[CommitteeState]{state, EventChoosePost, both, state})
	}
	for _, state := range []CommitteeState{CommitteeServing, CommitteeRenewal, CommitteeEnded, CommitteeDissolved} {
		table = append(table, Step[CommitteeState]{state, EventHandOver, both, state}, Step[CommitteeState]{state, EventAttachAudit, both, state})
	}
	return table
}

// CommitteeOrigin is how a committee came into the register.
type CommitteeOrigin string

// The origins.
const (
	FromElection CommitteeOrigin = "election" // from the final result of a meeting held here
	FromPapers   CommitteeOrigin = "papers"   // elected elsewhere or before; the street entered its papers
	FromOrder    CommitteeOrigin = "order"    // an interim body, formed by the street
)

// CommitteeOrigins lists every origin.
var CommitteeOrigins = []CommitteeOrigin{FromElection, FromPapers, FromOrder}

// MemberState is where a member or an alternate stands.
type MemberState string

// The states. A suspended member holds the seat and has no vote.
const (
	MemberAlternate MemberState = "alternate"
	MemberServing   MemberState = "serving"
	MemberSuspended MemberState = "suspended"
	MemberLeft      MemberState = "left"
)

// MemberStates lists every state.
var MemberStates = []MemberState{MemberAlternate, MemberServing, MemberSuspended, MemberLeft}

// MemberPost is what a member is in the committee.
type MemberPost string

// The posts; an alternate has none.
const (
	Chair       MemberPost = "chair"
	Deputy      MemberPost = "deputy"
	PlainMember MemberPost = "member"
)

// MemberPosts lists every post.
var MemberPosts = []MemberPost{Chair, Deputy, PlainMember}

// MemberCapacity is for whom a member sits: in an elected committee every member is an owner.
type MemberCapacity string

// The capacities.
const (
	AsOwner         MemberCapacity = "owner"
	ForStreet       MemberCapacity = "street"
	ForResidents    MemberCapacity = "residents_committee"
	ForParty        MemberCapacity = "party"
	ForPolice       MemberCapacity = "police"
	ForDeveloper    MemberCapacity = "developer"
	ForOtherOffices MemberCapacity = "other"
)

// MemberCapacities lists every capacity.
var MemberCapacities = []MemberCapacity{AsOwner, ForStreet, ForResidents, ForParty, ForPolice, ForDeveloper, ForOtherOffices}

// LeavingGround is why a member left (domain §7.6).
type LeavingGround string

// The grounds.
const (
	Resigned     LeavingGround = "resigned"
	NoOwner      LeavingGround = "no_owner" // sold the home
	Incapable    LeavingGround = "incapable"
	Died         LeavingGround = "died"
	Convicted    LeavingGround = "convicted"
	Disqualified LeavingGround = "disqualified" // a bar of the place's law or of the rules of procedure
	Recalled     LeavingGround = "recalled"     // by the owners, item 3
	Declined     LeavingGround = "declined"     // an alternate who did not take the seat
	TermOver     LeavingGround = "term_over"
)

// LeavingGrounds lists every ground.
var LeavingGrounds = []LeavingGround{Resigned, NoOwner, Incapable, Died, Convicted, Disqualified, Recalled, Declined, TermOver}

// AutomaticGrounds are those that end a membership by law; the street confirms them.
var AutomaticGrounds = []LeavingGround{NoOwner, Incapable, Died, Convicted, Disqualified}

// CommitteeEntryKind is what an entry of the register tells.
type CommitteeEntryKind string

// The kinds.
const (
	EntryElected     CommitteeEntryKind = "elected"
	EntryEntered     CommitteeEntryKind = "entered"
	EntryFormed      CommitteeEntryKind = "formed"
	EntryTookOffice  CommitteeEntryKind = "took_office"
	EntryConstituted CommitteeEntryKind = "constituted"
	EntryCertified   CommitteeEntryKind = "certified"
	EntryPost        CommitteeEntryKind = "post"      // another chair or deputy
	EntryLeft        CommitteeEntryKind = "left"      // a member or an alternate, with the ground
	EntrySuspended   CommitteeEntryKind = "suspended" // a member, by the street
	EntryLifted      CommitteeEntryKind = "lifted"    // the suspension
	EntryFilled      CommitteeEntryKind = "filled"    // an alternate took a vacant seat
	EntryJoined      CommitteeEntryKind = "joined"    // members of a by-election
	EntryGroup       CommitteeEntryKind = "group"     // the renewal group was formed
	EntryAudit       CommitteeEntryKind = "audit"
	EntryRefused     CommitteeEntryKind = "handover_refused"
	EntryHandedOver  CommitteeEntryKind = "handed_over" // every item
	EntryEnded       CommitteeEntryKind = "ended"
	EntryDissolved   CommitteeEntryKind = "dissolved"
	EntryRevoked     CommitteeEntryKind = "revoked"
	EntryAppointed   CommitteeEntryKind = "appointed"  // to a vacant seat of an interim body
	EntryUnseated    CommitteeEntryKind = "unseated"   // the vote that elected them fell, not that of the committee
	EntryStoodBack   CommitteeEntryKind = "stood_back" // an alternate whose seat came of a vote that fell
	EntryReinstated  CommitteeEntryKind = "reinstated" // the vote that recalled them fell
)

// CommitteeEntryKinds lists every kind.
var CommitteeEntryKinds = []CommitteeEntryKind{EntryElected, EntryEntered, EntryFormed, EntryTookOffice, EntryConstituted, EntryCertified, EntryPost, EntryLeft,
	EntrySuspended, EntryLifted, EntryFilled, EntryJoined, EntryGroup, EntryAudit, EntryRefused, EntryHandedOver, EntryEnded, EntryDissolved, EntryRevoked,
	EntryAppointed, EntryUnseated, EntryStoodBack, EntryReinstated}

// Registrars are those who make entries: the street, the convener, and the system where an entry follows from a meeting.
var Registrars = []Actor{Street, Convener, System}

// HandoverKind is what a committee hands to the next one.
type HandoverKind string

// The kinds.
const (
	HandoverSeals     HandoverKind = "seals"
	HandoverPapers    HandoverKind = "papers"
	HandoverAccounts  HandoverKind = "accounts"
	HandoverFund      HandoverKind = "fund"
	HandoverContracts HandoverKind = "contracts"
	HandoverOther     HandoverKind = "other"
)

// HandoverKinds lists every kind in the order of a list.
var HandoverKinds = []HandoverKind{HandoverSeals, HandoverPapers, HandoverAccounts, HandoverFund, HandoverContracts, HandoverOther}

// HandoverSide is a side of a handover.
type HandoverSide string

// The sides, and the street, which signs as the witness of a side that has nobody, or as the keeper of what is handed over.
const (
	Outgoing       HandoverSide = "outgoing"
	Incoming       HandoverSide = "incoming"
	SignedByStreet HandoverSide = "street"
)

// HandoverSides are those for which an account may act; HandoverSigners are all who sign.
var (
	HandoverSides   = []HandoverSide{Outgoing, Incoming}
	HandoverSigners = []HandoverSide{Outgoing, Incoming, SignedByStreet}
)

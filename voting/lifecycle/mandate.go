package lifecycle

// MandateKind says why somebody acts for a voter of a frozen roster (274 art. 25).
type MandateKind string

// The kinds. A sale after the freeze leaves the roster as it is: a ballot that was cast stands, otherwise the buyer may
// cast it; but where the voter holds other homes as well, the one ballot stays theirs.
const (
	VotingPerson        MandateKind = "voting_person"        // one of the co-owners, whom they chose
	Guardian            MandateKind = "guardian"             // of an owner without full capacity
	LegalRepresentative MandateKind = "legal_representative" // of a body
	Authorised          MandateKind = "authorised"           // by a body
	Buyer               MandateKind = "buyer"                // of the home, since the freeze
	OwnAgain            MandateKind = "own"                  // nobody acts any more: the owners do themselves
)

// MandateKinds lists every kind.
var MandateKinds = []MandateKind{VotingPerson, Guardian, LegalRepresentative, Authorised, Buyer, OwnAgain}

// ForOwner tells whether a kind acts for one owner of the voter, and not for all of them.
func (k MandateKind) ForOwner() bool {
	return k == Guardian || k == LegalRepresentative || k == Authorised
}

package bundle

// Tier says for whom a bundle is (security.md §4). A higher tier holds everything of a lower one.
type Tier string

// The tiers. An exact area is as good as a name, so the public one holds no place, no choice and not who voted.
const (
	Public  Tier = "public"  // anyone
	Owners  Tier = "owners"  // owners of the meeting: which home voted and by which way, nobody's choice
	Tellers Tier = "tellers" // tellers and street: every choice with its salt
)

// Tiers lists every tier, from the least to the most.
var Tiers = []Tier{Public, Owners, Tellers}

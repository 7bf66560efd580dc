package roster

import (
	"slices"
	"sort"
	"strings"

	"gongjue/voting"
)

// Policy is the announced rule for parking spaces and stalls (274号第25条): two separate answers. Neither
// has a default in law, so a caller has to take both from the announced parameters.
type Policy struct {
	ParkingCountsArea  bool
	ParkingCountsHeads bool
}

// Apply returns a copy of the units whose parking spaces carry the policy's flags. Other units keep theirs.
func (p Policy) Apply(units []Unit) []Unit {
	flagged := append([]Unit(nil), units...)
	for i := range flagged {
		if flagged[i].Parking {
			flagged[i].CountsArea, flagged[i].CountsHeads = p.ParkingCountsArea, p.ParkingCountsHeads
		}
	}
	return flagged
}

// DeveloperKey is the key of the developer's voter.
const DeveloperKey = "建设单位"

// Voter is the holder of one head (投票权人): one exact set of co-owners with all units they hold, or the
// developer with all unsold and undelivered ones (解释第9条).
type Voter struct {
	Key         string // DeveloperKey, or the place of its first unit: unique in a roster, no personal data
	Developer   bool
	UnitIndexes []int // into the slice given to Voters
	Weight      voting.Weight
}

// Voters groups units by exact set of owners, in the order of their first unit. A voter has one head if any
// of its units counts for heads, and the area of those that count for area; who has neither (a parking
// space alone where parking does not count) is no voter.
func Voters(units []Unit, policy Policy) []Voter {
	return slices.DeleteFunc(Holders(units, policy), func(v Voter) bool { return v.Weight == voting.Weight{} })
}

// Holders are the voters and those whose units weigh nothing: together they hold every unit of the roster.
func Holders(units []Unit, policy Policy) []Voter {
	var voters []Voter
	at := map[string]int{}
	for i, u := range policy.Apply(units) {
		key := ownersKey(u)
		index, known := at[key]
		if !known {
			index = len(voters)
			at[key] = index
			voter := Voter{Key: u.Place(), Developer: u.OfDeveloper()}
			if voter.Developer {
				voter.Key = DeveloperKey
			}
			voters = append(voters, voter)
		}
		v := &voters[index]
		v.UnitIndexes = append(v.UnitIndexes, i)
		if u.CountsHeads {
			v.Weight.Heads = 1
		}
		if u.CountsArea {
			v.Weight.Area += u.Area
		}
	}
	return voters
}

// ownersKey is equal for exactly the same set of owners. It holds ID numbers and never leaves the package.
func ownersKey(u Unit) string {
	if u.OfDeveloper() {
		return DeveloperKey
	}
	keys := make([]string, len(u.Owners))
	for i, o := range u.Owners {
		keys[i] = personKey(o, u.Place())
	}
	sort.Strings(keys)
	return strings.Join(keys, "\n")
}

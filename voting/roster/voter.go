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

// Apply gives the units with the policy's flags on parking spaces; other units keep theirs. The slice given in
// is not changed: it comes back as it is, or as a copy where a flag differs.
func (p Policy) Apply(units []Unit) []Unit {
	copied := false
	for i := range units {
		area, heads := p.flags(&units[i])
		if area == units[i].CountsArea && heads == units[i].CountsHeads {
			continue
		}
		if !copied {
			units, copied = slices.Clone(units), true
		}
		units[i].CountsArea, units[i].CountsHeads = area, heads
	}
	return units
}

func (p Policy) flags(u *Unit) (area, heads bool) {
	if u.Parking {
		return p.ParkingCountsArea, p.ParkingCountsHeads
	}
	return u.CountsArea, u.CountsHeads
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
	Person      VotingPerson // who casts the vote; empty where nobody was named
}

// Voters groups units by exact set of owners, in the order of their first unit. A voter has one head if any
// of its units counts for heads, and the area of those that count for area; who has neither (a parking
// space alone where parking does not count) is no voter.
func Voters(units []Unit, policy Policy) []Voter {
	voters, _ := Decisions{}.Voters(units, policy)
	return voters
}

// Holders are the voters and those whose units weigh nothing: together they hold every unit of the roster.
func Holders(units []Unit, policy Policy) []Voter {
	holders, _ := Decisions{}.Holders(units, policy)
	return holders
}

// grouping says which units make up one holder.
type grouping struct {
	of     []int // of each unit its group, numbered by first unit
	groups int
}

// group puts units of the same exact set of owners together.
func group(units []Unit) grouping {
	g := grouping{of: make([]int, len(units))}
	at := make(map[string]int, len(units))
	for i := range units {
		key := ownersKey(&units[i])
		index, known := at[key]
		if !known {
			index = g.groups
			at[key] = index
			g.groups++
		}
		g.of[i] = index
	}
	return g
}

// holders weighs the groups; flags says what a unit counts for.
func (g grouping) holders(units []Unit, flags func(*Unit) (area, heads bool)) []Voter {
	voters := make([]Voter, g.groups)
	for i := range units {
		u, v := &units[i], &voters[g.of[i]]
		if v.UnitIndexes == nil {
			v.Key = u.Place()
		}
		if u.OfDeveloper() {
			v.Key, v.Developer = DeveloperKey, true
		}
		v.UnitIndexes = append(v.UnitIndexes, i)
		area, heads := flags(u)
		if heads {
			v.Weight.Heads = 1
		}
		if area {
			v.Weight.Area += u.Area
		}
	}
	return voters
}

func withoutWeightless(voters []Voter) []Voter {
	return slices.DeleteFunc(voters, func(v Voter) bool { return v.Weight == voting.Weight{} })
}

// ownersKey is equal for exactly the same set of owners. It holds ID numbers and never leaves the package.
func ownersKey(u *Unit) string {
	if u.OfDeveloper() {
		return DeveloperKey
	}
	if len(u.Owners) == 1 && u.Owners[0].IDNumber != "" {
		return personKey(u.Owners[0], "")
	}
	place := u.Place()
	keys := make([]string, len(u.Owners))
	for i, o := range u.Owners {
		keys[i] = personKey(o, place)
	}
	sort.Strings(keys)
	return strings.Join(keys, "\n")
}

package roster

import (
	"slices"
	"strings"

	"gongjue/voting"
)

// Decisions are what people decided about heads where the roster alone cannot tell: each with a reason and a
// name, applied in the order of merges, then splits. Units are named by their place, so that the decisions
// hold for the next version of the roster too.
type Decisions struct {
	Merges []Merge        `json:"merges,omitempty"`
	Splits []Split        `json:"splits,omitempty"`
	Named  []VotingPerson `json:"named,omitempty"`
}

// Merge makes one head of several voters: the same person under two numbers, or, where the rules of
// procedure say so, alone and jointly (domain of head_key).
type Merge struct {
	Units []string `json:"units"` // one place of each voter, two at least
	Why   string   `json:"why"`
	By    string   `json:"by"`
	At    int64    `json:"at"` // Unix ms
}

// Split takes units out of a voter: two people of one name and phone, or a number typed twice.
type Split struct {
	Units []string `json:"units"` // places of one voter, that become a voter of their own
	Why   string   `json:"why"`
	By    string   `json:"by"`
	At    int64    `json:"at"` // Unix ms
}

// Capacity is in what role a person votes for a voter (274号第25条).
type Capacity string

// The capacities.
const (
	ByCoOwner        Capacity = "co_owner"             // 共有人推选的一人
	ByGuardian       Capacity = "guardian"             // 监护人
	ByRepresentative Capacity = "legal_representative" // 法定代表人
	ByAgent          Capacity = "agent"                // 受托人, with a written proxy
)

// Capacities lists them.
var Capacities = []Capacity{ByCoOwner, ByGuardian, ByRepresentative, ByAgent}

// VotingPerson is who casts a voter's vote. Naming somebody changes no head and no area.
type VotingPerson struct {
	Unit     string   `json:"unit"` // any place of the voter
	Name     string   `json:"name"`
	Capacity Capacity `json:"capacity"`
	Why      string   `json:"why"`
	By       string   `json:"by"`
	At       int64    `json:"at"` // Unix ms
}

// Voters are the voters of the roster after the decisions. A decision that cannot be followed is a refusal and
// changes nothing: nothing may be stored then.
func (d Decisions) Voters(units []Unit, policy Policy) ([]Voter, []Refusal) {
	holders, refused := d.Holders(units, policy)
	return withoutWeightless(holders), refused
}

// Holders are the voters and those whose units weigh nothing, after the decisions.
func (d Decisions) Holders(units []Unit, policy Policy) ([]Voter, []Refusal) {
	g, at, refused := d.apply(units)
	holders := g.holders(units, policy.flags)
	for i := range holders {
		holders[i].Person = personIn(holders[i], units)
	}
	return holders, append(refused, d.name(units, at, g, holders)...)
}

// apply regroups the units.
func (d Decisions) apply(units []Unit) (grouping, map[string]int, []Refusal) {
	g := group(units)
	if len(d.Merges) == 0 && len(d.Splits) == 0 && len(d.Named) == 0 {
		return g, nil, nil
	}
	at := make(map[string]int, len(units))
	for i := range units {
		at[units[i].Place()] = i
	}
	var refused []Refusal
	for _, m := range d.Merges {
		refused = append(refused, g.merge(m, at)...)
	}
	split := map[string]bool{}
	for _, s := range d.Splits {
		refused = append(refused, g.split(s, units, at, split)...)
	}
	return g.renumbered(), at, refused
}

// find reads the places of a decision; the refusals say which cannot be followed.
func find(places []string, why, by string, at map[string]int, seen map[string]bool) (indexes []int, refused []Refusal) {
	if strings.TrimSpace(why) == "" || strings.TrimSpace(by) == "" {
		refused = append(refused, newRefusal(ReasonMissing))
	}
	for _, name := range places {
		index, known := at[name]
		switch {
		case !known:
			refused = append(refused, onUnit(name, newRefusal(UnitUnknown, shown("", name))))
		case seen[name]:
			refused = append(refused, onUnit(name, newRefusal(UnitTwice, name)))
		default:
			indexes = append(indexes, index)
		}
		seen[name] = true
	}
	return indexes, refused
}

func onUnit(place string, refusal Refusal) Refusal {
	refusal.Unit = place
	return refusal
}

func (g grouping) merge(m Merge, at map[string]int) []Refusal {
	indexes, refused := find(m.Units, m.Why, m.By, at, map[string]bool{})
	if len(refused) > 0 {
		return refused
	}
	into := map[int]bool{}
	for _, index := range indexes {
		into[g.of[index]] = true
	}
	if len(into) < 2 {
		return []Refusal{newRefusal(AlreadyOneHead)}
	}
	target := g.of[indexes[0]]
	for i, of := range g.of {
		if into[of] {
			g.of[i] = target
		}
	}
	return nil
}

func (g *grouping) split(s Split, units []Unit, at map[string]int, seen map[string]bool) []Refusal {
	indexes, refused := find(s.Units, s.Why, s.By, at, seen)
	if len(refused) > 0 {
		return refused
	}
	if len(indexes) == 0 {
		return []Refusal{newRefusal(NothingToSplit, "")}
	}
	from, held := g.of[indexes[0]], 0
	for _, of := range g.of {
		if of == from {
			held++
		}
	}
	for _, index := range indexes {
		if units[index].OfDeveloper() {
			return []Refusal{onUnit(units[index].Place(), newRefusal(DeveloperSplit))}
		}
		if g.of[index] != from || len(indexes) == held {
			return []Refusal{onUnit(units[index].Place(), newRefusal(NothingToSplit, units[index].Place()))}
		}
	}
	for _, index := range indexes {
		g.of[index] = g.groups
	}
	g.groups++
	return nil
}

// renumbered counts the groups anew in the order of their first unit.
func (g grouping) renumbered() grouping {
	next := grouping{of: make([]int, len(g.of))}
	number := map[int]int{}
	for i, of := range g.of {
		index, known := number[of]
		if !known {
			index = next.groups
			number[of] = index
			next.groups++
		}
		next.of[i] = index
	}
	return next
}

// personIn is who votes by what the roster itself says: the only owner's guardian or representative, or the
// co-owner whom the sheet names.
func personIn(v Voter, units []Unit) VotingPerson {
	for _, index := range v.UnitIndexes {
		u := &units[index]
		if u.OfDeveloper() && !u.DeveloperHeld {
			continue // the buyer of an undelivered unit does not vote
		}
		person := VotingPerson{Unit: u.Place()}
		switch {
		case u.Named != "" && len(u.Owners) > 1 && owns(u, u.Named):
			person.Name, person.Capacity = u.Named, ByCoOwner
		case len(u.Owners) == 1 && u.Owners[0].Guardian != "":
			person.Name, person.Capacity = u.Owners[0].Guardian, ByGuardian
		case len(u.Owners) == 1 && u.Owners[0].Representative != "":
			person.Name, person.Capacity = u.Owners[0].Representative, ByRepresentative
		default:
			continue
		}
		return person
	}
	return VotingPerson{}
}

func owns(u *Unit, name string) bool {
	return slices.ContainsFunc(u.Owners, func(o Owner) bool { return sameName(o.Name) == sameName(name) })
}

// name puts the named persons to their voters.
func (d Decisions) name(units []Unit, at map[string]int, g grouping, holders []Voter) []Refusal {
	var refused []Refusal
	seen := map[string]bool{}
	for _, person := range d.Named {
		indexes, unread := find([]string{person.Unit}, person.Why, person.By, at, seen)
		switch {
		case len(unread) > 0:
			refused = append(refused, unread...)
		case !slices.Contains(Capacities, person.Capacity) || strings.TrimSpace(person.Name) == "":
			refused = append(refused, onUnit(person.Unit, newRefusal(CapacityUnknown)))
		case person.Capacity == ByCoOwner && !owns(&units[indexes[0]], person.Name):
			refused = append(refused, onUnit(person.Unit, newRefusal(NotACoOwner, person.Unit)))
		default:
			holders[g.of[indexes[0]]].Person = person
		}
	}
	return refused
}

// Heads is the number of heads and the area of a list of voters.
func Heads(voters []Voter) voting.Weight {
	var sum voting.Weight
	for _, v := range voters {
		sum = sum.Plus(v.Weight)
	}
	return sum
}

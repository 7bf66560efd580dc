package roster

import "gongjue/voting"

// Version is a roster as it counts: units whose flags follow the announced rule (see [Policy.Apply]), and what
// people decided about heads.
type Version struct {
	Units     []Unit
	Decisions Decisions
}

// Totals are what a version adds up to.
type Totals struct {
	Units int         `json:"units"`
	Heads int64       `json:"heads"`
	Area  voting.Area `json:"area_cm2"` // of the units that count for area
}

// Totals adds the version up. Decisions that cannot be followed are left out; [Decisions.Holders] names them.
func (v Version) Totals() Totals {
	weight := Heads(v.holders())
	return Totals{Units: len(v.Units), Heads: weight.Heads, Area: weight.Area}
}

// holders are everybody who holds a unit, weighed by the units' own flags.
func (v Version) holders() []Voter {
	g, _, _ := v.Decisions.apply(v.Units)
	return g.holders(v.Units, func(u *Unit) (area, heads bool) { return u.CountsArea, u.CountsHeads })
}

// statusName is the status of a unit in words.
func (u Unit) statusName() string {
	switch {
	case u.DeveloperHeld:
		return statusNames[unsold]
	case !u.Delivered:
		return statusNames[undelivered]
	}
	return statusNames[delivered]
}

// flagNames says what a unit counts for.
func (u Unit) flagNames() string {
	switch {
	case u.CountsArea && u.CountsHeads:
		return "计面积、计人数"
	case u.CountsArea:
		return "只计面积"
	case u.CountsHeads:
		return "只计人数"
	}
	return "都不计"
}

package roster

import (
	"slices"
	"strings"

	"gongjue/voting"
)

// Comparison is how a roster stands against an export of the 不动产登记簿, the strongest source of areas
// (解释第8条). Owners are named in clear.
type Comparison struct {
	Matched      int                    `json:"matched"` // units that both have
	Same         int                    `json:"same"`    // of them without a difference
	RosterArea   voting.Area            `json:"roster_area_cm2"`
	RegisterArea voting.Area            `json:"register_area_cm2"`
	Counts       map[DifferenceKind]int `json:"counts"`
	Differences  []Difference           `json:"differences"` // in the order of the roster, then of the register
}

// DifferenceKind says how a unit differs from the register.
type DifferenceKind string

// The kinds of difference.
const (
	DiffersArea    DifferenceKind = "area"
	DiffersSource  DifferenceKind = "source" // the area agrees, the roster does not say it is the register's
	DiffersOwners  DifferenceKind = "owners"
	OnlyInRoster   DifferenceKind = "only_in_roster"
	OnlyInRegister DifferenceKind = "only_in_register"
)

// DifferenceKinds lists them in the order of their weight.
var DifferenceKinds = []DifferenceKind{DiffersArea, DiffersOwners, OnlyInRoster, OnlyInRegister, DiffersSource}

// Difference is one unit with one difference.
type Difference struct {
	Kind        DifferenceKind `json:"kind"`
	Place       string         `json:"place"`           // as the roster writes it, or the register if only it has the unit
	Sheet       string         `json:"sheet,omitempty"` // in the roster
	Row         int            `json:"row,omitempty"`
	RegisterRow int            `json:"register_row,omitempty"`
	Roster      string         `json:"roster"`
	Register    string         `json:"register"`
	CanTakeOver bool           `json:"can_take_over"`
	Message     string         `json:"message"`

	unit, registered *Unit
}

// RegisterArea is the area that the register has; 0 where it does not have the unit.
func (d Difference) RegisterArea() voting.Area {
	if d.registered == nil {
		return 0
	}
	return d.registered.Area
}

// CompareRegister compares the units of a roster, those held back for an error included, with those of an
// export that was parsed with [Guidance.Register].
func CompareRegister(r Roster, register Roster) Comparison {
	units, registered := slices.Concat(r.Units, r.Held), slices.Concat(register.Units, register.Held)
	pairs := match(units, registered)
	c := Comparison{Counts: map[DifferenceKind]int{}, Differences: []Difference{}}
	met := map[int]bool{}
	for i := range units {
		u := &units[i]
		j, found := pairs[i]
		if !found {
			c.add(Difference{Kind: OnlyInRoster, Place: u.Place(), Sheet: u.Sheet, Row: u.Row, Roster: u.Area.String() + " 平方米",
				Message: "登记簿里没有这个专有部分，请核对房号。", unit: u})
			continue
		}
		met[j] = true
		c.pair(u, &registered[j])
	}
	left := map[string]bool{} // units of the roster that found nothing
	for i := range units {
		if _, found := pairs[i]; !found {
			left[units[i].door()] = true
		}
	}
	for j := range registered {
		if w := &registered[j]; !met[j] {
			d := Difference{Kind: OnlyInRegister, Place: w.Place(), RegisterRow: w.Row, Register: w.Area.String() + " 平方米",
				CanTakeOver: w.Area > 0, Message: "名册里没有这个专有部分，可能漏填了。", registered: w}
			if left[w.door()] { // added by itself it might be the same home a second time
				d.CanTakeOver, d.Message = false, "名册里同一楼幢有同一房号的房屋没有对上，可能是单元写得不同。请核对是不是同一户，再在名册里更正。"
			}
			c.add(d)
		}
	}
	return c
}

// Masked is the comparison without the names of owners, for a page: 张三 is 张*.
func (c Comparison) Masked() Comparison {
	c.Differences = slices.Clone(c.Differences)
	for i, d := range c.Differences {
		if d.Kind == DiffersOwners {
			c.Differences[i].Roster, c.Differences[i].Register = maskedNames(d.unit.Owners), maskedNames(d.registered.Owners)
		}
	}
	return c
}

func maskedNames(owners []Owner) string {
	masked := make([]Owner, len(owners))
	for i, o := range owners {
		masked[i] = Owner{Name: MaskName(o.Name)}
	}
	return ownersText(masked, false)
}

func (c *Comparison) add(d Difference) {
	c.Counts[d.Kind]++
	c.Differences = append(c.Differences, d)
}

func (c *Comparison) pair(u, w *Unit) {
	c.Matched++
	c.RosterArea += u.Area
	c.RegisterArea += w.Area
	base := Difference{Place: u.Place(), Sheet: u.Sheet, Row: u.Row, RegisterRow: w.Row, unit: u, registered: w}
	before := len(c.Differences)
	switch {
	case w.Area == 0:
	case u.Area != w.Area:
		d := base
		d.Kind, d.Roster, d.Register, d.CanTakeOver = DiffersArea, u.Area.String()+" 平方米", w.Area.String()+" 平方米", true
		d.Message = "面积与登记簿不同。有登记的，以登记簿为准（司法解释第八条）。"
		c.add(d)
	case u.AreaSource != Register:
		d := base
		d.Kind, d.Roster, d.Register, d.CanTakeOver = DiffersSource, sourceNames[u.AreaSource], sourceNames[Register], true
		d.Message = "面积与登记簿相同，面积来源可以改为“不动产登记簿”。"
		c.add(d)
	}
	if len(w.Owners) > 0 && !agree(u.Owners, w.Owners) && !(u.DeveloperHeld && among(u.Owners, w.Owners)) {
		d := base
		d.Kind, d.Roster, d.Register = DiffersOwners, ownersText(u.Owners, false), ownersText(w.Owners, false)
		d.Message = "业主与登记簿不同，请核对是否已经过户，再在名册里更正。"
		c.add(d)
	}
	if len(c.Differences) == before {
		c.Same++
	}
}

// among tells whether the register names one of the owners alone: what the developer holds is stored for all of its units
// together, with the buyers of those that are not delivered.
func among(owners, register []Owner) bool {
	return len(register) == 1 && slices.ContainsFunc(owners, func(o Owner) bool { return agree([]Owner{o}, register) })
}

// agree compares owners by number where both sides have one, and by name otherwise: exports of a register
// often mask the numbers.
func agree(roster, register []Owner) bool {
	if len(roster) != len(register) {
		return false
	}
	for _, w := range register {
		if !slices.ContainsFunc(roster, func(o Owner) bool {
			if isCode(o.IDNumber) && isCode(w.IDNumber) {
				return idKey(o) == idKey(w)
			}
			return sameName(o.Name) == sameName(w.Name)
		}) {
			return false
		}
	}
	return true
}

// match pairs units by place, then by certificate, then by a place in which only the spelling of building and
// stair differs, or one side has no stair; each step takes only what is unique on both sides. Two stairs are two homes.
func match(units, registered []Unit) map[int]int {
	pairs, taken := map[int]int{}, map[int]bool{}
	keys := []func(*Unit) string{
		func(u *Unit) string { return u.Place() },
		func(u *Unit) string { return u.Certificate },
		func(u *Unit) string {
			return bareBuilding(u.Building) + "/" + strings.TrimSuffix(u.Stair, "单元") + "/" + u.Room
		},
		(*Unit).door,
	}
	for step, key := range keys {
		byDoor := step == len(keys)-1
		left := unique(units, key, func(i int) bool { _, paired := pairs[i]; return paired })
		right := unique(registered, key, func(j int) bool { return taken[j] })
		for name, i := range left {
			if j, found := right[name]; found && (!byDoor || units[i].Stair == "" || registered[j].Stair == "") {
				pairs[i], taken[j] = j, true
			}
		}
	}
	return pairs
}

// unique gives the units that are alone with their key among those not used yet.
func unique(units []Unit, key func(*Unit) string, used func(int) bool) map[string]int {
	at, twice := map[string]int{}, map[string]bool{}
	for i := range units {
		name := key(&units[i])
		if used(i) || name == "" || units[i].Room == "" {
			continue
		}
		if _, known := at[name]; known {
			twice[name] = true
		}
		at[name] = i
	}
	for name := range twice {
		delete(at, name)
	}
	return at
}

// door is building and room without the stair.
func (u *Unit) door() string { return bareBuilding(u.Building) + "/" + u.Room }

// bareBuilding is the number of a building without the word for it: 3号楼, 3栋 and 3幢 are 3.
func bareBuilding(name string) string {
	for _, suffix := range []string{"号楼", "栋", "幢", "座", "楼"} {
		if bare, found := strings.CutSuffix(name, suffix); found && bare != "" {
			return bare
		}
	}
	return name
}

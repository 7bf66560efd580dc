package roster

import (
	"slices"
	"sort"
	"strconv"
	"strings"
)

// follower finds the units that rulings are about, and lays rulings over a copy of the roster.
type follower struct {
	roster Roster
	copied bool
	exact  map[string]int // by place; those held back count from the end of the units
	loose  map[string]int // by a place in which the spelling of building and stair does not matter; −1: several
}

func newFollower(r Roster) *follower {
	f := &follower{roster: r}
	f.index()
	return f
}

func (f *follower) index() {
	f.exact, f.loose = map[string]int{}, map[string]int{}
	for i := range len(f.roster.Units) + len(f.roster.Held) {
		u := f.at(i)
		if u.Room == "" {
			continue
		}
		f.exact[u.Place()] = i
		if _, twice := f.loose[loosePlace(u)]; twice {
			i = -1
		}
		f.loose[loosePlace(u)] = i
	}
}

func (f *follower) at(i int) *Unit {
	if i < len(f.roster.Units) {
		return &f.roster.Units[i]
	}
	return &f.roster.Held[i-len(f.roster.Units)]
}

func loosePlace(u *Unit) string {
	return bareBuilding(u.Building) + "/" + strings.TrimSuffix(u.Stair, "单元") + "/" + u.Room
}

// find is the index of a unit of a ruling in the file; −1 where it has none.
func (f *follower) find(r Ruling) int {
	if i, found := f.exact[r.Place]; found {
		return i
	}
	if r.Unit.Room == "" {
		return -1
	}
	if i, found := f.loose[loosePlace(&Unit{Building: r.Unit.Building, Stair: r.Unit.Stair, Room: r.Unit.Room})]; found {
		return i
	}
	return -1
}

// undone tells whether the file does not follow a ruling.
func (f *follower) undone(r Ruling, secret []byte) (Undone, bool) {
	u := Undone{From: r.From, Number: r.Number, Place: r.Place, What: r.What, Why: r.Why, By: r.By, At: r.At, CanTake: true, ruling: r}
	at := f.find(r)
	switch {
	case r.What == RuledOut && at < 0, r.What == RuledIn && at >= 0:
		return u, false
	case at < 0:
		u.What, u.Ruled, u.File, u.CanTake = RuledIn, "有这个专有部分", "没有", r.What == RuledIn
		u.ruling.ID = "" // whatever was decided about it: the file lacks it
	case r.What == RuledOut:
		u.Ruled, u.File = "不是专有部分，不计入", "有，"+f.at(at).Area.String()+" 平方米"
	default:
		u.Ruled, u.File, u.fileKey = compareRuled(r, f.at(at))
		if u.Ruled == "" {
			return u, false
		}
	}
	u.Name = ruledNames[u.What]
	if at >= 0 {
		u.Sheet, u.Row = f.at(at).Sheet, f.at(at).Row
	}
	u.Key = u.keyOf(secret)
	return u, true
}

// compareRuled says what was decided and what the file has, masked, and names the latter; nothing where they agree.
func compareRuled(r Ruling, u *Unit) (ruled, file, key string) {
	switch r.What {
	case ChangedArea:
		if u.Area != r.Unit.Area {
			return r.Unit.Area.String() + " 平方米", u.Area.String() + " 平方米", strconv.FormatInt(int64(u.Area), 10)
		}
	case ChangedSource:
		if u.AreaSource != r.Unit.Source {
			return r.Unit.Source.Name(), u.AreaSource.Name(), string(u.AreaSource)
		}
	case ChangedUsage:
		if u.Usage != r.Unit.Usage {
			return r.Unit.Usage, MaskPlace(u.Usage), u.Usage
		}
	case ChangedOwners:
		was := &Unit{Owners: r.Unit.Owners}
		switch {
		case r.Unit.Developer && u.OfDeveloper():
		case r.Unit.Developer != u.OfDeveloper(), !sameOwners(was, u):
			ruled, file = ruledOwners(r.Unit.Owners, r.Unit.Developer), ruledOwners(u.Owners, u.OfDeveloper())
			return ruled, toldApart(ruled, file), strings.Join(ownerKeys(u), "\x01") + strconv.FormatBool(u.OfDeveloper())
		}
	case ChangedPhones:
		want, have := phonesDecided(r, u)
		if !slices.Equal(want, have) {
			ruled, file = masked(want), masked(have)
			return ruled, toldApart(ruled, file), strings.Join(have, "\x01")
		}
	}
	return "", "", ""
}

func ruledOwners(owners []Owner, developer bool) string {
	if developer {
		return "建设单位"
	}
	return maskedNames(owners)
}

// phonesDecided are the phones of the people of a ruling who still own the unit: as decided, and as the file has them.
func phonesDecided(r Ruling, u *Unit) (want, have []string) {
	for _, decided := range r.Unit.Owners {
		for _, owner := range u.Owners {
			if onePerson(decided, owner) {
				want, have = append(want, decided.Phone), append(have, owner.Phone)
				break
			}
		}
	}
	sort.Strings(want)
	sort.Strings(have)
	return want, have
}

// onePerson tells whether an owner of a file is the one that a ruling is about.
func onePerson(decided, owner Owner) bool {
	return sameName(decided.Name) == sameName(owner.Name) && idKey(decided) == idKey(owner)
}

// take lays a ruling over the file.
func (f *follower) take(undone Undone) {
	if !f.copied {
		f.copied = true
		f.roster.Units, f.roster.Held = slices.Clone(f.roster.Units), slices.Clone(f.roster.Held)
	}
	r, at := undone.ruling, f.find(undone.ruling)
	switch undone.What {
	case RuledIn:
		f.roster.Units = append(f.roster.Units, r.Unit.unit())
		f.index()
	case RuledOut:
		if at < len(f.roster.Units) {
			f.roster.Units = slices.Delete(f.roster.Units, at, at+1)
		} else {
			at -= len(f.roster.Units)
			f.roster.Held = slices.Delete(f.roster.Held, at, at+1)
		}
		f.index()
	case ChangedArea:
		f.at(at).Area = r.Unit.Area
	case ChangedSource:
		f.at(at).AreaSource = r.Unit.Source
	case ChangedUsage:
		f.at(at).Usage, f.at(at).Parking = r.Unit.Usage, r.Unit.Usage == UsageParking
	case ChangedOwners:
		u := f.at(at)
		u.Owners, u.DeveloperHeld, u.Delivered, u.Named = slices.Clone(r.Unit.Owners), r.Unit.Developer, true, ""
	case ChangedPhones:
		f.rephone(r, at)
	}
}

// rephone gives people the phone that was decided, wherever they stand in the file: a person has one.
func (f *follower) rephone(r Ruling, at int) {
	for i := range len(f.roster.Units) + len(f.roster.Held) {
		u := f.at(i)
		for _, decided := range r.Unit.Owners {
			for j, owner := range u.Owners {
				if onePerson(decided, owner) && owner.Phone != decided.Phone && (i == at || isCode(decided.IDNumber)) {
					u.Owners = slices.Clone(u.Owners)
					u.Owners[j].Phone = decided.Phone
				}
			}
		}
	}
}

func (r Ruled) unit() Unit {
	return Unit{Building: r.Building, Stair: r.Stair, Room: r.Room, Usage: r.Usage, Area: r.Area, AreaSource: r.Source, Delivered: true,
		DeveloperHeld: r.Developer, Parking: r.Usage == UsageParking, CountsArea: true, CountsHeads: true, Owners: slices.Clone(r.Owners)}
}

// RuledOf is a unit as a ruling holds it.
func RuledOf(u Unit) Ruled {
	return Ruled{Building: u.Building, Stair: u.Stair, Room: u.Room, Usage: u.Usage, Area: u.Area, Source: u.AreaSource, Developer: u.OfDeveloper(), Owners: u.Owners}
}

// ruledBy says which part of a unit a cell is about.
var ruledBy = map[Field]ChangeKind{FieldBuilding: RuledIn, FieldStair: RuledIn, FieldRoom: RuledIn, FieldFloor: RuledIn, FieldUsage: ChangedUsage,
	FieldArea: ChangedArea, FieldAreaSource: ChangedSource, FieldName: ChangedOwners, FieldIDKind: ChangedOwners, FieldIDNumber: ChangedOwners,
	FieldCoOwners: ChangedOwners, FieldCoOwnerID: ChangedOwners, FieldStatus: ChangedOwners, FieldPhone: ChangedPhones, FieldCoOwnerPhone: ChangedPhones}

// RulingsOf are the rulings that the corrections of a file amount to, as the file reads with them: for the next one.
func RulingsOf(r Roster, corrections []Correction) []Ruling {
	at := map[RowRef]*Unit{}
	if len(corrections) > 0 {
		for i := range r.Units {
			u := &r.Units[i]
			for _, row := range append([]int{u.Row}, u.MoreRows...) {
				at[RowRef{u.Sheet, row}] = u
			}
		}
	}
	units := map[string]bool{}
	for _, u := range at {
		units[u.Place()] = true
	}
	var list []Ruling
	for _, c := range corrections {
		ref := RowRef{c.Sheet, c.Row}
		ruling := Ruling{From: ByCorrection, What: ruledBy[c.Field], By: c.By, Why: c.Why, At: c.At}
		switch u := at[ref]; {
		case c.Do == MendDrop && u == nil && r.LeftOut[ref] != "" && !units[r.LeftOut[ref]]:
			ruling.What, ruling.Place = RuledOut, r.LeftOut[ref]
		case c.Do == MendDrop || u == nil || ruling.What == "":
			continue
		default:
			ruling.Place, ruling.Unit = u.Place(), RuledOf(*u)
		}
		ruling.ID = Fingerprint(ruling.Place + "\n" + string(ruling.What) + "\n" + strconv.FormatInt(c.At, 10))
		list = append(list, ruling)
	}
	return Latest(list)
}

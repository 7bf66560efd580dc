package roster

import (
	"slices"
	"sort"
	"strings"

	"gongjue/voting"
)

// Diff is what a new version of a roster changes. It is for the people who keep the roster: it names owners in
// clear, and ID numbers and phones masked.
type Diff struct {
	Before  Totals       `json:"before"`
	After   Totals       `json:"after"`
	Added   []UnitBrief  `json:"added"`
	Gone    []UnitBrief  `json:"gone"`
	Changed []UnitChange `json:"changed"`
	Same    int          `json:"same"` // units without any change
}

// UnitBrief is a unit in one line.
type UnitBrief struct {
	Place  string      `json:"place"`
	Usage  string      `json:"usage"`
	Area   voting.Area `json:"area_cm2"`
	Owners []string    `json:"owners"`
	Held   bool        `json:"held,omitempty"` // the new file has it, but an error keeps it out
	Sheet  string      `json:"sheet,omitempty"`
	Row    int         `json:"row,omitempty"` // in the file that has it
}

// UnitChange is a unit that both versions have, with what is different.
type UnitChange struct {
	Place   string   `json:"place"`
	Sheet   string   `json:"sheet,omitempty"` // in the new file
	Row     int      `json:"row,omitempty"`
	Changes []Change `json:"changes"`
}

// Change is one difference of one unit.
type Change struct {
	What   ChangeKind `json:"what"`
	Name   string     `json:"name"` // 面积, 业主, …
	Before string     `json:"before"`
	After  string     `json:"after"`
}

// ChangeKind says what of a unit changed.
type ChangeKind string

// The kinds of change.
const (
	ChangedArea        ChangeKind = "area"
	ChangedSource      ChangeKind = "area_source"
	ChangedUsage       ChangeKind = "usage"
	ChangedOwners      ChangeKind = "owners"
	ChangedPhones      ChangeKind = "phones"
	ChangedStatus      ChangeKind = "status"
	ChangedFlags       ChangeKind = "flags"
	ChangedCertificate ChangeKind = "certificate"
)

// ChangeKinds lists them in the order in which a page shows them.
var ChangeKinds = []ChangeKind{ChangedArea, ChangedSource, ChangedUsage, ChangedOwners, ChangedPhones, ChangedStatus, ChangedFlags, ChangedCertificate}

var changeNames = map[ChangeKind]string{ChangedArea: "面积", ChangedSource: "面积来源", ChangedUsage: "用途", ChangedOwners: "业主",
	ChangedPhones: "电话", ChangedStatus: "交付状态", ChangedFlags: "计票方式", ChangedCertificate: "不动产权证号"}

// DiffVersions compares the version in force with a new one, unit by unit; held are the units that errors keep
// out of the new one, so that a slip of the pen does not look like a house that is gone.
func DiffVersions(before, after Version, held []Unit) Diff {
	diff := Diff{Before: before.Totals(), After: after.Totals(), Added: []UnitBrief{}, Gone: []UnitBrief{}, Changed: []UnitChange{}}
	old := byPlace(before.Units)
	for i := range after.Units {
		u := &after.Units[i]
		was, known := old[u.Place()]
		if !known {
			diff.Added = append(diff.Added, brief(u))
			continue
		}
		delete(old, u.Place())
		if changes := changesOf(was, u); len(changes) > 0 {
			diff.Changed = append(diff.Changed, UnitChange{Place: u.Place(), Sheet: u.Sheet, Row: u.Row, Changes: changes})
		} else {
			diff.Same++
		}
	}
	keptOut := byPlace(held)
	for i := range before.Units {
		u := &before.Units[i]
		if old[u.Place()] != u {
			continue
		}
		gone := brief(u)
		gone.Sheet, gone.Row = "", 0
		if out := keptOut[u.Place()]; out != nil {
			gone.Held, gone.Sheet, gone.Row = true, out.Sheet, out.Row
		}
		diff.Gone = append(diff.Gone, gone)
	}
	return diff
}

func byPlace(units []Unit) map[string]*Unit {
	at := make(map[string]*Unit, len(units))
	for i := range units {
		at[units[i].Place()] = &units[i]
	}
	return at
}

func brief(u *Unit) UnitBrief {
	return UnitBrief{Place: u.Place(), Usage: u.Usage, Area: u.Area, Owners: namesIn(u.Owners), Sheet: u.Sheet, Row: u.Row}
}

func namesIn(owners []Owner) []string {
	names := make([]string, len(owners))
	for i, o := range owners {
		names[i] = o.Name
	}
	return names
}

func changesOf(was, is *Unit) []Change {
	var changes []Change
	say := func(what ChangeKind, before, after string) {
		if before != after {
			changes = append(changes, Change{What: what, Name: changeNames[what], Before: before, After: after})
		}
	}
	say(ChangedArea, was.Area.String()+" 平方米", is.Area.String()+" 平方米")
	say(ChangedSource, sourceNames[was.AreaSource], sourceNames[is.AreaSource])
	say(ChangedUsage, was.Usage, is.Usage)
	if !sameOwners(was, is) {
		before, after := ownersText(was.Owners, false), ownersText(is.Owners, false)
		if before == after {
			before, after = ownersText(was.Owners, true), ownersText(is.Owners, true)
		}
		say(ChangedOwners, before, toldApart(before, after))
	}
	if before, after := phonesOf(was), phonesOf(is); !slices.Equal(before, after) {
		one, two := masked(before), masked(after)
		say(ChangedPhones, one, toldApart(one, two))
	}
	say(ChangedStatus, was.statusName(), is.statusName())
	say(ChangedFlags, was.flagNames(), is.flagNames())
	say(ChangedCertificate, was.Certificate, is.Certificate)
	return changes
}

// toldApart marks a text that only looks like the other because of the mask.
func toldApart(before, after string) string {
	if before == after {
		return after + "（遮住的部分不同）"
	}
	return after
}

// sameOwners compares two units of one place as sets of people, by name and number.
func sameOwners(was, is *Unit) bool {
	return slices.Equal(ownerKeys(was), ownerKeys(is))
}

func ownerKeys(u *Unit) []string {
	keys := make([]string, len(u.Owners))
	for i, o := range u.Owners {
		keys[i] = sameName(o.Name) + "#" + idKey(o)
	}
	sort.Strings(keys)
	return keys
}

func ownersText(owners []Owner, numbers bool) string {
	if len(owners) == 0 {
		return "没有写"
	}
	texts := make([]string, len(owners))
	for i, o := range owners {
		texts[i] = o.Name
		if numbers {
			if texts[i] += "（"; o.IDNumber == "" {
				texts[i] += "没有证件号码）"
			} else {
				texts[i] += MaskID(o.IDNumber) + "）"
			}
		}
	}
	return strings.Join(texts, "、")
}

func phonesOf(u *Unit) []string {
	var phones []string
	for _, o := range u.Owners {
		if o.Phone != "" {
			phones = append(phones, o.Phone)
		}
	}
	sort.Strings(phones)
	return phones
}

func masked(phones []string) string {
	if len(phones) == 0 {
		return "没有"
	}
	texts := make([]string, len(phones))
	for i, phone := range phones {
		texts[i] = MaskPhone(phone)
	}
	return strings.Join(texts, "、")
}

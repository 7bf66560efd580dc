package roster

import "strconv"

// draft is a unit in the making: its rows, and whether an error keeps it out.
type draft struct {
	Unit
	entries []*entry
	held    bool
}

// units joins the rows of one place to one unit. Rows of co-owners stand one below the other with the same
// area; anything else under the same place is a duplicate that nobody may choose from but a person.
func (p *parser) units(entries []*entry) []*draft {
	var drafts []*draft
	at := map[string]*draft{}
	var last *draft
	for _, e := range entries {
		key := place(e.building, e.stair, e.room)
		if e.room == "" || e.building == "" && e.held {
			key = "row " + strconv.Itoa(e.sheet.index) + " " + strconv.Itoa(e.row.Number)
		}
		d := at[key]
		if d == nil {
			d = newDraft(e)
			at[key] = d
			drafts = append(drafts, d)
		} else {
			d.add(e, d == last)
		}
		last = d
	}
	for _, d := range drafts {
		d.finish()
	}
	return drafts
}

func newDraft(e *entry) *draft {
	d := &draft{entries: []*entry{e}}
	d.Building, d.Stair, d.Room = e.building, e.stair, e.room
	d.Usage, d.Area, d.Owners = e.usage, e.area, e.owners
	d.Sheet, d.Row = e.sheet.name, e.row.Number
	d.AreaSource = readAreaSource(e.get(FieldAreaSource))
	d.Certificate = e.get(FieldCertificate)
	d.CountsArea, d.CountsHeads = true, true
	d.Delivered = e.status == delivered || e.status == unclear
	d.DeveloperHeld = e.status == unsold
	return d
}

// add takes a further row of the place: a co-owner, a repetition, or a contradiction.
func (d *draft) add(e *entry, adjacent bool) {
	first := d.entries[0]
	sameArea := e.area == 0 || d.Area == 0 || e.area == d.Area
	known := d.has(e.owners)
	_, coOwnersColumn := e.sheet.layout.Columns[FieldCoOwners]
	switch {
	case sameArea && known && len(e.owners) > 0:
		e.issue(FieldRoom, e.get(FieldRoom), DuplicateRow, first.row.Number)
	case !sameArea, !adjacent, coOwnersColumn && e.get(FieldRoom) != "":
		e.issue(FieldRoom, e.get(FieldRoom), DuplicateUnit, first.row.Number)
	default:
		d.Owners = append(d.Owners[:len(d.Owners):len(d.Owners)], e.owners...)
	}
	if d.Area == 0 {
		d.Area = e.area
	}
	if d.Usage == UsageUnstated {
		d.Usage = e.usage
	}
	if e.status == unsold || e.status == undelivered {
		d.Delivered, d.DeveloperHeld = false, d.DeveloperHeld || e.status == unsold
	}
	d.entries = append(d.entries, e)
}

// has tells whether every one of the owners already stands on the unit.
func (d *draft) has(owners []Owner) bool {
	for _, o := range owners {
		found := false
		for _, known := range d.Owners {
			found = found || personKey(known, "") == personKey(o, "")
		}
		if !found {
			return false
		}
	}
	return true
}

// finish records what only the whole unit can tell, and holds it back if any of its rows is wrong.
func (d *draft) finish() {
	for _, e := range d.entries {
		if e.areaCode != "" && (d.Area == 0 || e.areaCode != AreaMissing) {
			e.issue(FieldArea, e.get(FieldArea), e.areaCode)
		}
		d.held = d.held || e.held
	}
	first := d.entries[0]
	d.Parking = d.Usage == UsageParking
	if d.Usage == UsageUnstated {
		first.issue(FieldUsage, "", UsageUnstatedRow)
	}
	if d.Area != 0 && implausible(d.Usage, d.Area) {
		first.issue(FieldArea, first.get(FieldArea), AreaImplausible)
	}
}

package roster

import (
	"iter"
	"slices"
	"strconv"

	"gongjue/voting"
)

// draft is a unit in the making: its rows, and whether an error keeps it out.
type draft struct {
	first         entry
	more          []*entry
	owners        []Owner
	area          voting.Area
	usage         string
	delivered     bool
	developerHeld bool
	held          bool
}

// rows are the rows of the unit in the order of the file.
func (d *draft) rows() iter.Seq[*entry] {
	return func(yield func(*entry) bool) {
		if !yield(&d.first) {
			return
		}
		for _, e := range d.more {
			if !yield(e) {
				return
			}
		}
	}
}

// mostOwners is the number of owners that one unit may have.
const mostOwners = 300

// add joins the rows of one place to one unit. Rows of co-owners stand one below the other with the same
// area; anything else under the same place is a duplicate that nobody may choose from but a person.
func (p *Parser) add(e *entry) {
	key := e.place()
	if e.room == "" || e.building == "" && e.held {
		key = "row " + strconv.Itoa(e.sheet.index) + " " + strconv.Itoa(e.row)
	}
	d := p.at[key]
	if d == nil {
		d = newDraft(e)
		p.at[key] = d
		p.drafts = append(p.drafts, d)
		e = &d.first
	} else {
		d.add(e, d == p.last)
	}
	e.sheet.last = e
	p.names.note(e)
	p.last = d
}

func newDraft(e *entry) *draft {
	return &draft{first: *e, owners: e.owners, area: e.area, usage: e.usage,
		delivered: e.status == delivered || e.status == unclear, developerHeld: e.status == unsold}
}

// add takes a further row of the place: a co-owner, a repetition, or a contradiction.
func (d *draft) add(e *entry, adjacent bool) {
	first := &d.first
	sameArea := e.area == 0 || d.area == 0 || e.area == d.area
	known := len(d.owners) <= mostOwners && d.has(e.owners)
	_, coOwnersColumn := e.sheet.fields[FieldCoOwners]
	where := first.seenFrom(e)
	switch {
	case e.sheet.guide.Register && sameArea && len(d.owners)+len(e.owners) <= mostOwners:
		d.owners = unrepeated(append(d.owners[:len(d.owners):len(d.owners)], e.owners...))
	case sameArea && known && len(e.owners) > 0:
		e.issue(FieldRoom, e.room, DuplicateRow, where)
	case !sameArea, !adjacent, coOwnersColumn && e.ownRoom:
		e.issue(FieldRoom, e.room+" "+e.area.String(), DuplicateUnit, where)
	case len(d.owners)+len(e.owners) > mostOwners:
		e.issue(FieldName, "", OwnersUnclear)
	default:
		d.owners = append(d.owners[:len(d.owners):len(d.owners)], e.owners...)
		d.compare(e, where)
	}
	if d.area == 0 {
		d.area = e.area
	}
	if d.usage == UsageUnstated {
		d.usage = e.usage
	}
	if e.status == unsold || e.status == undelivered {
		d.delivered, d.developerHeld = false, d.developerHeld || e.status == unsold
	}
	d.more = append(d.more, e)
}

// compare asks about rows of co-owners that contradict each other in what the count depends on: one part
// cannot be sold to one of its owners and unsold to the other.
func (d *draft) compare(e *entry, where string) {
	first := &d.first
	switch {
	case e.status != first.status && e.statusStated && first.statusStated:
		e.issue(FieldStatus, statusNames[e.status], CoOwnerConflict, where, fieldNames[FieldStatus])
	case e.usage != d.usage && e.usage != UsageUnstated && d.usage != UsageUnstated:
		e.issue(FieldUsage, e.usage, CoOwnerConflict, where, fieldNames[FieldUsage])
	}
}

// seenFrom names a row for somebody who looks at another: 第 5 行, with the sheet where it is another one.
func (e *entry) seenFrom(other *entry) string {
	if e.sheet == other.sheet {
		return "第 " + strconv.Itoa(e.row) + " 行"
	}
	return "“" + e.sheet.name + "”第 " + strconv.Itoa(e.row) + " 行"
}

// has tells whether every one of the owners already stands on the unit.
func (d *draft) has(owners []Owner) bool {
	for _, o := range owners {
		if !slices.ContainsFunc(d.owners, o.same) {
			return false
		}
	}
	return true
}

// finish records what only the whole unit can tell, and holds it back if any of its rows is wrong.
func (d *draft) finish() {
	for e := range d.rows() {
		if e.areaCode != "" && (d.area == 0 || e.areaCode != AreaMissing) {
			e.issue(FieldArea, e.areaText, e.areaCode)
		}
		d.held = d.held || e.held
	}
	first := &d.first
	if first.sheet.guide.Register {
		return
	}
	if d.usage == UsageUnstated && !first.sheet.usageLacking {
		first.issue(FieldUsage, "", UsageUnstatedRow)
	}
	if d.area != 0 && implausible(d.usage, d.area) {
		first.issue(FieldArea, first.areaText, AreaImplausible)
	}
}

// ofDeveloper is [Unit.OfDeveloper] before there is a unit.
func (d *draft) ofDeveloper() bool { return d.developerHeld || !d.delivered }

func (d *draft) place() string { return d.first.place() }

func (d *draft) unit() Unit {
	first := &d.first
	u := Unit{Building: first.building, Stair: first.stair, Room: first.room, Usage: d.usage, Area: d.area,
		AreaSource: first.source, Certificate: first.certificate, Delivered: d.delivered, DeveloperHeld: d.developerHeld,
		Parking: d.usage == UsageParking, CountsArea: true, CountsHeads: true, Owners: d.owners,
		Sheet: first.sheet.name, Row: first.row, Named: first.named}
	for _, e := range d.more {
		u.MoreRows = append(u.MoreRows, e.row)
		if u.Named == "" {
			u.Named = e.named
		}
		if u.AreaSource == "" {
			u.AreaSource = e.source
		}
		if u.Certificate == "" {
			u.Certificate = e.certificate
		}
	}
	return u
}

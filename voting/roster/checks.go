package roster

import (
	"iter"
	"slices"
)

// nameBook keeps under which names an ID number stands: of nearly all of them one, in first; the others are
// listed in doubtful.
type nameBook struct {
	first    map[string]bearer
	doubtful map[string][]*naming
}

// bearer is one owner in the row where he stands.
type bearer struct {
	entry *entry
	owner int32
	times int32 // that the number stood with this name
}

func (b bearer) is() Owner { return b.entry.owners[b.owner] }

func (b bearer) field() Field {
	if int(b.owner) >= b.entry.listed {
		return FieldCoOwners
	}
	return FieldIDNumber
}

// naming is one of several names of a number, in the order of the file.
type naming struct {
	name  string // as compared
	first bearer
	times int32
}

func (b *nameBook) note(e *entry) {
	for i, o := range e.owners {
		if o.IDNumber == "" {
			continue
		}
		key := idKey(o)
		n, known := b.first[key]
		switch {
		case !known:
			b.first[key] = bearer{e, int32(i), 1}
		case b.doubtful[key] != nil:
			b.noteAgain(key, sameName(o.Name), bearer{e, int32(i), 1})
		case n.is().Name == o.Name || sameName(n.is().Name) == sameName(o.Name):
			n.times++
			b.first[key] = n
		default:
			b.doubtful[key] = []*naming{{sameName(n.is().Name), n, n.times}, {sameName(o.Name), bearer{e, int32(i), 1}, 1}}
		}
	}
}

func (b *nameBook) noteAgain(key, name string, at bearer) {
	for _, n := range b.doubtful[key] {
		if n.name == name {
			n.times++
			return
		}
	}
	b.doubtful[key] = append(b.doubtful[key], &naming{name, at, 1})
}

// right is the name that stands most often, and first among equals.
func right(names []*naming) *naming {
	best := names[0]
	for _, other := range names {
		if other.times > best.times {
			best = other
		}
	}
	return best
}

// conflictingNames finds ID numbers that stand with different names: the rows with another name than the one
// taken for right are held back.
func (p *Parser) conflictingNames() {
	if len(p.names.doubtful) == 0 || p.guide.Register {
		return
	}
	for e := range p.entries() {
		for i, o := range e.owners {
			names := p.names.doubtful[idKey(o)]
			if o.IDNumber == "" || names == nil {
				continue
			}
			if taken := right(names); sameName(o.Name) != taken.name {
				e.issue(bearer{e, int32(i), 1}.field(), o.IDNumber, IDNameConflict, taken.first.entry.seenFrom(e), MaskName(taken.first.is().Name))
			}
		}
	}
}

// entries are the rows of all units, in the order of their units.
func (p *Parser) entries() iter.Seq[*entry] {
	return func(yield func(*entry) bool) {
		for _, d := range p.drafts {
			for e := range d.rows() {
				if !yield(e) {
					return
				}
			}
		}
	}
}

// mostBearers is the number of people of one name that are compared with each other; beyond it the name
// says nothing.
const mostBearers = 64

// severalNumbers finds one person under two ID numbers. Two people of one name are common, so a name alone
// is never doubted: the phone has to agree, or the numbers nearly, or both stand on one unit, or the name is
// that of a firm.
func (p *Parser) severalNumbers() {
	if p.guide.Register {
		return
	}
	byName := map[string][]bearer{}
	var order []string
	for _, d := range p.drafts {
		if d.ofDeveloper() {
			continue
		}
		for e := range d.rows() {
			for i, o := range e.owners {
				name := sameName(o.Name)
				known := byName[name]
				if o.IDNumber == "" || len(known) >= mostBearers ||
					slices.ContainsFunc(known, func(k bearer) bool { return idKey(k.is()) == idKey(o) }) {
					continue
				}
				if len(known) == 1 {
					order = append(order, name)
				}
				byName[name] = append(known, bearer{e, int32(i), 1})
			}
		}
	}
	for _, name := range order {
		for i, b := range byName[name] {
			if twin := slices.IndexFunc(byName[name][:i], b.sameAs); twin >= 0 {
				other := byName[name][twin]
				b.entry.issue(b.field(), b.is().IDNumber, NameSeveralIDs, other.entry.seenFrom(b.entry), MaskID(other.is().IDNumber))
			}
		}
	}
}

// sameAs tells whether two people of one name may well be one.
func (b bearer) sameAs(other bearer) bool {
	one, two := b.is(), other.is()
	switch {
	case b.entry.place() == other.entry.place(), one.Phone != "" && one.Phone == two.Phone:
		return true
	case organisation(one.Name):
		return !invented(one.IDNumber) && !invented(two.IDNumber)
	}
	wrong := func(o Owner) bool { return checkID(o.IDKind, o.IDNumber) != "" }
	return nearly(idKey(one), idKey(two)) && (wrong(one) || wrong(two))
}

// nearly tells whether two numbers of one length differ in one sign, or in two that changed places: the
// check digits see to it that the numbers of two people never do.
func nearly(a, b string) bool {
	if len(a) != len(b) || len(a) < 15 {
		return false
	}
	var differ []int
	for i := range a {
		if a[i] != b[i] {
			differ = append(differ, i)
		}
	}
	switch len(differ) {
	case 1:
		return true
	case 2:
		return a[differ[0]] == b[differ[1]] && a[differ[1]] == b[differ[0]]
	}
	return false
}

// developerTitles gives the developer's head the units that are titled to the body which stands as owner of
// the unsold ones: it votes for its stock once (解释第9条), whatever the status column says.
func (p *Parser) developerTitles() {
	developers := map[string]bool{}
	for _, d := range p.drafts {
		if d.developerHeld && len(d.owners) == 1 && d.owners[0].Organisation() && d.owners[0].IDNumber != "" {
			developers[d.owners[0].IDNumber] = true
		}
	}
	if len(developers) == 0 {
		return
	}
	for _, d := range p.drafts {
		if !d.ofDeveloper() && len(d.owners) == 1 && developers[d.owners[0].IDNumber] {
			d.developerHeld = true
			d.first.issue(FieldName, d.owners[0].Name, DeveloperTitle)
		}
	}
}

// manyUnits is the number of units above which one phone of different owners is asked about: bought or
// collected numbers are how votes are stolen.
const manyUnits = 3

// phoneUse counts the units of one phone.
type phoneUse struct {
	units int
	first *entry
	last  *draft
}

func (p *Parser) sharedPhones() {
	uses := make(map[string]phoneUse, len(p.drafts))
	for _, d := range p.drafts {
		if d.ofDeveloper() {
			continue
		}
		for _, o := range d.owners {
			if o.Phone == "" {
				continue
			}
			use := uses[o.Phone]
			if use.last == d {
				continue
			}
			if use.first == nil {
				use.first = &d.first
			}
			use.units, use.last = use.units+1, d
			uses[o.Phone] = use
		}
	}
	owners := map[string]map[string]bool{}
	for phone, use := range uses {
		if use.units > manyUnits {
			owners[phone] = map[string]bool{}
		}
	}
	if len(owners) == 0 {
		return
	}
	for _, d := range p.drafts {
		for _, o := range d.owners {
			if people := owners[o.Phone]; people != nil && !d.ofDeveloper() {
				people[personKey(o, d.place())] = true
			}
		}
	}
	for _, d := range p.drafts {
		for _, o := range d.owners {
			people := owners[o.Phone]
			if use := uses[o.Phone]; len(people) > 1 && use.first == &d.first && !d.ofDeveloper() {
				use.first.issue(FieldPhone, o.Phone, PhoneOnManyUnits, MaskPhone(o.Phone), use.units, len(people))
				delete(owners, o.Phone)
			}
		}
	}
}

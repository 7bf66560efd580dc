package roster

// conflictingNames finds ID numbers that stand with different names. The name that stands most often, and
// first among equals, is taken for right; the rows with another one are held back.
func (p *parser) conflictingNames(entries []*entry) {
	type naming struct {
		names map[string]int
		row   map[string]int // first row of each name
		order []string
	}
	byNumber := map[string]*naming{}
	for _, e := range entries {
		for _, o := range e.owners {
			if o.IDNumber == "" {
				continue
			}
			key := personKey(o, "")
			n := byNumber[key]
			if n == nil {
				n = &naming{names: map[string]int{}, row: map[string]int{}}
				byNumber[key] = n
			}
			if n.names[o.Name]++; n.names[o.Name] == 1 {
				n.order = append(n.order, o.Name)
				n.row[o.Name] = e.row.Number
			}
		}
	}
	for _, e := range entries {
		for i, o := range e.owners {
			n := byNumber[personKey(o, "")]
			if o.IDNumber == "" || len(n.order) < 2 {
				continue
			}
			right := n.order[0]
			for _, name := range n.order[1:] {
				if n.names[name] > n.names[right] {
					right = name
				}
			}
			if o.Name != right {
				field := FieldIDNumber
				if i > 0 && e.get(FieldCoOwners) != "" {
					field = FieldCoOwners
				}
				e.issue(field, o.IDNumber, IDNameConflict, n.row[right], MaskName(right))
			}
		}
	}
}

// developerTitles gives the developer's head the units that are titled to the body which stands as owner of
// the unsold ones: it votes for its stock once (解释第9条), whatever the status column says.
func (p *parser) developerTitles(drafts []*draft) {
	developers := map[string]bool{}
	for _, d := range drafts {
		if d.DeveloperHeld && len(d.Owners) == 1 && d.Owners[0].Organisation() && d.Owners[0].IDNumber != "" {
			developers[d.Owners[0].IDNumber] = true
		}
	}
	for _, d := range drafts {
		if !d.OfDeveloper() && len(d.Owners) == 1 && developers[d.Owners[0].IDNumber] {
			d.DeveloperHeld = true
			first := d.entries[0]
			first.issue(FieldName, first.get(FieldName), DeveloperTitle)
		}
	}
}

// manyUnits is the number of units above which one phone of different owners is asked about: bought or
// collected numbers are how votes are stolen.
const manyUnits = 3

func (p *parser) sharedPhones(drafts []*draft) {
	type use struct {
		units  int
		owners map[string]bool
		first  *entry
	}
	uses := map[string]*use{}
	var order []string
	for _, d := range drafts {
		seen := map[string]bool{}
		for _, o := range d.Owners {
			if o.Phone == "" || d.OfDeveloper() {
				continue
			}
			u := uses[o.Phone]
			if u == nil {
				u = &use{owners: map[string]bool{}, first: d.entries[0]}
				uses[o.Phone] = u
				order = append(order, o.Phone)
			}
			if !seen[o.Phone] {
				seen[o.Phone] = true
				u.units++
			}
			u.owners[personKey(o, d.Place())] = true
		}
	}
	for _, phone := range order {
		if u := uses[phone]; u.units > manyUnits && len(u.owners) > 1 {
			u.first.issue(FieldPhone, phone, PhoneOnManyUnits, MaskPhone(phone), u.units, len(u.owners))
		}
	}
}

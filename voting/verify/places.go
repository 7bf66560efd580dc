package verify

import "slices"

// choose: one firm is selected, the first by rank of those who pass. Nobody is selected by default, and a tie for
// the first place is cut by nothing but another vote, or a lot where one was announced.
func (r reading) choose(v *verdict, f final, short map[string]string) {
	m, codes := r.matter, object{}
	for name, code := range short {
		codes[name] = code
	}
	passing := r.cut(v, "", r.ranking(f, r.passing(m.options, short)), 1)
	switch {
	case len(passing) == 0 && r.policies.runOff && len(m.options) >= 3:
		v.outcome = "run_off_due"
		v.list("run_off", leading(r.ranking(f, m.options)))
	case len(passing) == 0:
		v.outcome = "rejected"
	case len(passing[0]) > 1:
		v.outcome = "run_off_due"
		v.list("run_off", passing[0])
		r.awaitLot(v)
	default:
		v.outcome = "passed"
		v.object["selected"] = passing[0][0]
	}
	for i, place := range passing {
		for _, name := range place {
			if i > 0 {
				codes[name] = "outranked"
			}
		}
	}
	v.codes("not_selected", codes)
}

// leading are the first two by rank, and whoever is equal with the second.
func leading(places [][]string) []string {
	var names []string
	for _, place := range places {
		if len(names) < 2 {
			names = append(names, place...)
		}
	}
	return names
}

func (r reading) passing(names []string, short map[string]string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return short[name] != "" })
}

func (r reading) awaitLot(v *verdict) {
	if r.matter.tieWay == "lot" {
		v.object["tie_way"], v.awaits = "lot", true
	}
}

// list and codes leave out what is empty, as the document does.
func (v *verdict) list(key string, names []string) {
	if len(names) > 0 {
		v.object[key] = texts(names)
	}
}

func (v *verdict) codes(key string, codes object) {
	if len(codes) > 0 {
		v.object[key] = codes
	}
}

func texts(names []string) []any {
	list := make([]any, len(names))
	for i, name := range names {
		list[i] = name
	}
	return list
}

// seating is what one group of seats comes to.
type seating struct{ elected, alternates, alternatesTied, tied, outranked []string }

// seat gives out the seats of an election, group by group, to those who have both majorities.
func (r reading) seat(v *verdict, f final, short map[string]string) {
	m, codes := r.matter, object{}
	for name, code := range short {
		codes[name] = code
	}
	groups := m.groups
	if len(groups) == 0 {
		groups = []group{{seats: m.seats, alternates: m.alternates, options: m.options}}
	}
	var all seating
	var listed []any
	for _, g := range groups {
		ranks := r.ranking(f, r.passing(g.options, short))
		s := g.place(r.cut(v, g.name, ranks, g.seats, g.seats+g.alternates))
		all.elected, all.alternates = append(all.elected, s.elected...), append(all.alternates, s.alternates...)
		all.alternatesTied, all.tied = append(all.alternatesTied, s.alternatesTied...), append(all.tied, s.tied...)
		for _, name := range s.outranked {
			codes[name] = "outranked"
		}
		one := verdict{object: object{"name": g.name}}
		one.seats(s, g.seats)
		listed = append(listed, one.object)
	}
	v.seats(all, m.seats)
	if len(m.groups) > 0 {
		v.object["groups"] = listed
	}
	v.codes("not_elected", codes)
	v.elected = int64(len(all.elected))
	v.object["committee"] = r.committee(v.elected)
	v.outcome = "passed"
	if v.elected < m.seats {
		v.outcome = "run_off_due"
	}
	if len(all.tied)+len(all.alternatesTied) > 0 {
		r.awaitLot(v)
	}
}

func (v *verdict) seats(s seating, seats int64) {
	v.list("elected", s.elected)
	v.list("alternates", s.alternates)
	v.list("alternates_tied", s.alternatesTied)
	v.list("tie_pending", s.tied)
	if open := seats - int64(len(s.elected)); open != 0 {
		v.object["open_seats"] = open
	}
}

// place fills seats and then the places of alternates. Those who share a rank are in together or not at all: a
// shared rank that reaches over the last seat leaves all of them pending, one that reaches over the last alternate
// leaves all of them tied.
func (g group) place(ranks [][]string) seating {
	var s seating
	taken := int64(0)
	for _, names := range ranks {
		before, after := taken, taken+int64(len(names))
		taken = after
		switch {
		case after <= g.seats:
			s.elected = append(s.elected, names...)
		case before < g.seats:
			s.tied = append(s.tied, names...)
		case after <= g.seats+g.alternates:
			s.alternates = append(s.alternates, names...)
		case before < g.seats+g.alternates:
			s.alternatesTied = append(s.alternatesTied, names...)
		default:
			s.outranked = append(s.outranked, names...)
		}
	}
	return s
}

// committee says what stands after an election: all seats filled; or, where more than half was announced to be
// enough, an odd number of at least the lawful minimum. An even one is only flagged: no rule was found.
func (r reading) committee(elected int64) string {
	m := r.matter
	members, size := m.sitting+elected, m.sitting+m.seats
	switch {
	case members == size:
		return "constituted"
	case !r.policies.overHalf || members*2 <= size || members < either(m.minMembers, 5):
		return "not_constituted"
	case members%2 == 0:
		return "even_number"
	}
	return "constituted"
}

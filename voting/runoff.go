package voting

import "slices"

// RunOffMatter drafts the further vote that an outcome leads to: between the tied, or the first two, of a selection;
// for the open seats of an election between the tied, or else those who fell short. It is a new matter of a new
// meeting, with its own notice, the same majorities and no links. More candidates may be added to the draft, and have to
// be where nobody is left to stand for a seat group: see [Vacancies]. Its seats are in the draft all the same, so that a
// committee is not called full while they are open.
//
// It refuses with no_run_off when no further vote is due, or when a lot was announced for the tie, and with
// nomination_needed when nobody is left to stand for any open seat.
func RunOffMatter(m Matter, o Outcome) (Matter, error) {
	if o.Result != RunOffDue || o.TieWay == TieByLot {
		return Matter{}, refuse(CodeNoRunOff, "outcome")
	}
	next := Matter{Kind: m.Kind, Item: m.Item, Method: m.Method, Scope: slices.Clone(m.Scope), TieWay: m.TieWay}
	if m.Kind == Selection {
		next.Options = slices.Clone(o.RunOff)
		return next, nil
	}
	next.Sitting, next.MinMembers = m.Sitting+len(o.Elected), m.MinMembers
	next.Forming = next.Sitting > 0 && (m.Sitting == 0 || m.Forming) && o.Committee != Constituted
	for i, group := range m.groups() {
		placed := o.places()[i]
		again := group.runOff(placed, o.NotElected)
		if placed.OpenSeats == 0 {
			continue
		}
		next.Options = append(next.Options, again.Options...)
		next.Seats += again.Seats
		next.Alternates += again.Alternates
		if len(m.SeatGroups) > 0 {
			next.SeatGroups = append(next.SeatGroups, again)
		}
	}
	if len(next.Options) == 0 {
		return Matter{}, refuse(CodeNominationNeeded, "options")
	}
	return next, nil
}

// places are what each seat group of the matter came to, in their order.
func (o Outcome) places() []GroupOutcome {
	if len(o.Groups) > 0 {
		return o.Groups
	}
	return []GroupOutcome{{TiePending: o.TiePending, OpenSeats: o.OpenSeats}}
}

// runOff keeps the alternates' places for the losers of a tie; who fell short stands for the open seats alone.
func (g SeatGroup) runOff(placed GroupOutcome, short map[string]Shortness) SeatGroup {
	again := SeatGroup{Name: g.Name, Seats: placed.OpenSeats}
	if len(placed.TiePending) > 0 {
		again.Options = slices.Clone(placed.TiePending)
		again.Alternates = min(len(again.Options)-again.Seats, g.Alternates)
		return again
	}
	for _, name := range g.Options {
		if _, fell := short[name]; fell {
			again.Options = append(again.Options, name)
		}
	}
	return again
}

// Vacancy are open seats for which too few can stand again: candidates have to be nominated before they can be filled.
type Vacancy struct {
	Group    string // seat group; empty where there is none
	Seats    int    // open
	Standing int    // who fell short and may stand again; fewer than Seats
}

// Vacancies lists the open seats of an election that those who are left cannot fill, group by group. Without a decision
// everybody stands again: there are none. A tie always leaves enough.
func Vacancies(m Matter, o Outcome) []Vacancy {
	if m.Kind != Election || o.Result != RunOffDue {
		return nil
	}
	var list []Vacancy
	for i, group := range m.groups() {
		placed := o.places()[i]
		standing := len(group.runOff(placed, o.NotElected).Options)
		if standing < placed.OpenSeats {
			list = append(list, Vacancy{Group: group.Name, Seats: placed.OpenSeats, Standing: standing})
		}
	}
	return list
}

package voting

import (
	"fmt"
	"slices"
)

// groups are the seat groups of an election; without any, all candidates compete for all seats.
func (m Matter) groups() []SeatGroup {
	if len(m.SeatGroups) > 0 {
		return m.SeatGroups
	}
	return []SeatGroup{{Seats: m.Seats, Alternates: m.Alternates, Options: m.Options}}
}

func (g SeatGroup) mostNames() int {
	if g.MaxChoices > 0 {
		return g.MaxChoices
	}
	return g.Seats
}

// tooMany tells whether these different names are more than a ballot by pick may mark: in all, or within one
// seat group.
func (m Matter) tooMany(names []string) bool {
	if len(names) > m.MostNames() {
		return true
	}
	return slices.ContainsFunc(m.SeatGroups, func(group SeatGroup) bool {
		marked := 0
		for _, name := range names {
			if slices.Contains(group.Options, name) {
				marked++
			}
		}
		return m.Method == Pick && marked > group.mostNames()
	})
}

// checkTies refuses a way out of ties that can have none.
func (m Matter) checkTies(Law) error {
	listed := m.Kind == Election || m.Kind == Selection
	if m.TieWay != "" && (!listed || !slices.Contains(TieWays, m.TieWay)) {
		return refuse(CodeBadValue, "tie_way")
	}
	return nil
}

// checkGroups refuses groups that do not share out exactly the matter's candidates, seats and alternates.
func (m Matter) checkGroups(Law) error {
	if len(m.SeatGroups) == 0 {
		return nil
	}
	if m.Kind != Election {
		return refuse(CodeBadValue, "seat_groups")
	}
	if m.MaxChoices > 0 { // each group has its own limit
		return refuse(CodeBadValue, "max_choices")
	}
	names, options := make([]string, len(m.SeatGroups)), []string(nil)
	seats, alternates := 0, 0
	for i, group := range m.SeatGroups {
		at := fmt.Sprintf("seat_groups[%d]", i)
		if err := group.check(m, at); err != nil {
			return err
		}
		names[i] = group.Name
		options = append(options, group.Options...)
		seats, alternates = seats+group.Seats, alternates+group.Alternates
	}
	if err := distinct(names, "seat_groups"); err != nil {
		return err
	}
	if err := distinct(options, "seat_groups.options"); err != nil {
		return err
	}
	switch {
	case len(options) != len(m.Options):
		return refuse(CodeDoesNotAddUp, "seat_groups.options")
	case seats != m.Seats:
		return refuse(CodeDoesNotAddUp, "seat_groups.seats")
	case alternates != m.Alternates:
		return refuse(CodeDoesNotAddUp, "seat_groups.alternates")
	}
	return nil
}

func (g SeatGroup) check(m Matter, at string) error {
	for _, name := range g.Options {
		if !slices.Contains(m.Options, name) {
			return refuse(CodeUnknownName, at+".options")
		}
	}
	switch {
	case g.Seats == 0:
		return refuse(CodeMissingField, at+".seats")
	case g.Seats < 0 || g.Seats > MaxNumber:
		return refuse(CodeBadValue, at+".seats")
	case g.Alternates < 0 || g.Alternates > MaxNumber:
		return refuse(CodeBadValue, at+".alternates")
	case g.MaxChoices < 0 || g.MaxChoices > MaxNumber || (g.MaxChoices > 0 && m.Method != Pick):
		return refuse(CodeBadValue, at+".max_choices")
	}
	return nil
}

// place gives out the places of the group: seats, then alternates. A block of equals across an end stays whole
// and pending unless it is drawn; the losers of a lot for a seat come next, before whoever had fewer votes.
func (g SeatGroup) place(blocks [][]string, short map[string]Shortness, draw drawing) GroupOutcome {
	placed := GroupOutcome{Name: g.Name}
	place, last := 1, g.Seats+g.Alternates
	for len(blocks) > 0 {
		block := blocks[0]
		blocks = blocks[1:]
		first, end := place, place+len(block)-1
		across := (first <= g.Seats && end > g.Seats) || (first <= last && end > last)
		if across && draw != nil {
			blocks = append(draw(g.Name, block), blocks...)
			continue
		}
		place = end + 1
		switch {
		case end <= g.Seats:
			placed.Elected = append(placed.Elected, block...)
		case first <= g.Seats:
			placed.TiePending = append(placed.TiePending, block...)
		case end <= last:
			placed.Alternates = append(placed.Alternates, block...)
		case first <= last:
			placed.AlternatesTied = append(placed.AlternatesTied, block...)
		default:
			for _, name := range block {
				short[name] = Outranked
			}
		}
	}
	placed.OpenSeats = g.Seats - len(placed.Elected)
	return placed
}

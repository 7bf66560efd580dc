package voting

import "slices"

// Contest is where rank decides: the last who got a place, and the best of those with both majorities who got none.
type Contest struct {
	Group  string // the seat group; empty without groups
	Last   string
	Next   string // empty where everybody with both majorities got a place
	Margin Weight // votes of Last less those of Next; the second measure of the rank may be below 0
}

// Contests are the contests of an election, group by group, or of a selection. It is empty for other kinds and outcomes,
// and for a group in which nobody got a place or a tie for the last one is still to be resolved.
func Contests(m Matter, p Policies, o Outcome) []Contest {
	if o.Result == NotFormed || o.Result == Undetermined {
		return nil
	}
	switch m.Kind {
	case Election:
		var list []Contest
		for _, group := range m.groups() {
			if len(o.pendingIn(group)) == 0 {
				list = o.contest(list, p, group, o.NotElected, func(name string) bool { return slices.Contains(o.Elected, name) })
			}
		}
		return list
	case Selection:
		if o.Selected == "" {
			return nil
		}
		return o.contest(nil, p, SeatGroup{Options: m.Options}, o.NotSelected, func(name string) bool { return name == o.Selected })
	}
	return nil
}

func (o Outcome) pendingIn(group SeatGroup) []string {
	return slices.DeleteFunc(slices.Clone(o.TiePending), func(name string) bool { return !slices.Contains(group.Options, name) })
}

func (o Outcome) contest(list []Contest, p Policies, group SeatGroup, short map[string]Shortness, placed func(string) bool) []Contest {
	passed := slices.DeleteFunc(slices.Clone(group.Options), func(name string) bool { return short[name] != "" && short[name] != Outranked })
	contest := Contest{Group: group.Name}
	for _, block := range o.ranked(passed, p.Rank, o.approvalBase()) {
		for _, name := range block {
			switch {
			case placed(name):
				contest.Last = name
			case contest.Next == "":
				contest.Next = name
			}
		}
	}
	if contest.Last == "" {
		return list
	}
	if contest.Next != "" {
		contest.Margin = o.Counted.Options[contest.Last].Minus(o.Counted.Options[contest.Next])
	}
	return append(list, contest)
}

// approvalBase is what approvals were measured against: everybody under the older law, otherwise those who took part.
func (o Outcome) approvalBase() Weight {
	if o.OfTotal() {
		return o.Counted.Total
	}
	return o.Counted.Participants
}

// OfTotal tells whether approvals were measured against everybody in the scope: under the law before 2021, and in a poll
// that says so.
func (o Outcome) OfTotal() bool {
	return slices.ContainsFunc(o.Steps, func(s Step) bool { return s.What == Approval && s.OfTotal })
}

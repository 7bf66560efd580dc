package voting

import (
	"cmp"
	"slices"
)

// ranked places the names by their final votes, best first. Names that are equal on the announced key
// share a block, in the order of the ballot; that order decides nothing (domain §11).
func (o *Outcome) ranked(names []string, rank Rank, whole Weight) [][]string {
	compare := func(a, b string) int {
		return compareVotes(o.Counted.Options[b], o.Counted.Options[a], rank, whole)
	}
	sorted := slices.Clone(names)
	slices.SortStableFunc(sorted, compare)
	var blocks [][]string
	for i, name := range sorted {
		if i > 0 && compare(sorted[i-1], name) == 0 {
			blocks[len(blocks)-1] = append(blocks[len(blocks)-1], name)
			continue
		}
		blocks = append(blocks, []string{name})
	}
	return blocks
}

// compareVotes is negative when a has less than b on the announced key. The sum of two shares is compared
// over the common denominator; with [MaxNumber] heads and [MaxArea] it stays below 2^62.
func compareVotes(a, b Weight, rank Rank, whole Weight) int {
	switch rank {
	case AreaThenHeads:
		return cmp.Or(cmp.Compare(a.Area, b.Area), cmp.Compare(a.Heads, b.Heads))
	case SumOfShares:
		sum := func(w Weight) int64 { return w.Heads*int64(whole.Area) + int64(w.Area)*whole.Heads }
		return cmp.Compare(sum(a), sum(b))
	}
	return cmp.Or(cmp.Compare(a.Heads, b.Heads), cmp.Compare(a.Area, b.Area))
}

// passing are the options that fall short of nothing, in the order of the ballot.
func passing(options []string, short map[string]Shortness) []string {
	return slices.DeleteFunc(slices.Clone(options), func(name string) bool { return short[name] != "" })
}

// choose decides a selection: the first by rank among those who pass. Nobody is chosen by default, and a
// tie is never broken by the order of the ballot, only by a lot that was drawn.
func (o *Outcome) choose(m Matter, p Policies, measure yardstick, short map[string]Shortness, draw drawing) {
	o.NotSelected = short
	defer o.dropEmpty()
	blocks := o.ranked(passing(m.Options, short), p.Rank, measure.whole)
	if len(blocks) == 0 {
		o.Result = Rejected
		if p.RunOff && len(m.Options) >= 3 {
			o.Result = RunOffDue
			o.RunOff = firstTwo(o.ranked(m.Options, p.Rank, measure.whole))
		}
		return
	}
	if len(blocks[0]) > 1 && draw != nil {
		blocks = append(draw("", blocks[0]), blocks[1:]...)
	}
	o.Result, o.Selected = Passed, blocks[0][0]
	if len(blocks[0]) > 1 {
		o.Result, o.Selected, o.RunOff = RunOffDue, "", blocks[0]
		o.awaitLot(m)
	}
	for _, block := range blocks[1:] {
		for _, name := range block {
			short[name] = Outranked
		}
	}
}

// awaitLot marks a tie that the announced lot will resolve.
func (o *Outcome) awaitLot(m Matter) {
	if m.TieWay == TieByLot {
		o.TieWay = TieByLot
	}
}

// dropEmpty makes "no codes" one value, so that an outcome is equal to itself after it was stored.
func (o *Outcome) dropEmpty() {
	if len(o.NotElected) == 0 {
		o.NotElected = nil
	}
	if len(o.NotSelected) == 0 {
		o.NotSelected = nil
	}
}

// firstTwo are the first two by rank and whoever is tied with the second.
func firstTwo(blocks [][]string) []string {
	var names []string
	for _, block := range blocks {
		if len(names) >= 2 {
			break
		}
		names = append(names, block...)
	}
	return names
}

// elect gives out seats and alternates' places, group by group. Each member needs both majorities; rank decides
// only among those who have them (domain trap 17), and a block of equals is cut by nothing but a lot.
func (o *Outcome) elect(m Matter, p Policies, measure yardstick, short map[string]Shortness, draw drawing) {
	o.NotElected = short
	for _, group := range m.groups() {
		blocks := o.ranked(passing(group.Options, short), p.Rank, measure.whole)
		placed := group.place(blocks, short, draw)
		o.Elected = append(o.Elected, placed.Elected...)
		o.Alternates = append(o.Alternates, placed.Alternates...)
		o.AlternatesTied = append(o.AlternatesTied, placed.AlternatesTied...)
		o.TiePending = append(o.TiePending, placed.TiePending...)
		if len(m.SeatGroups) > 0 {
			o.Groups = append(o.Groups, placed)
		}
	}
	o.OpenSeats = m.Seats - len(o.Elected)
	o.Result = Passed
	if o.OpenSeats > 0 {
		o.Result = RunOffDue
	}
	if len(o.TiePending)+len(o.AlternatesTied) > 0 {
		o.awaitLot(m)
	}
	o.Committee = committee(m, p, len(o.Elected))
	o.dropEmpty()
}

// committee tells what the election leaves behind. An even partial committee is only flagged: no rule was
// found, the street and the rules of procedure decide (domain §11).
func committee(m Matter, p Policies, elected int) CommitteeState {
	members, size := m.Sitting+elected, m.Sitting+m.Seats
	smallest := m.MinMembers
	if smallest == 0 {
		smallest = DefaultMinMembers
	}
	switch {
	case members == size:
		return Constituted
	case p.Shortfall != OverHalfStands || 2*members <= size || members < smallest:
		return NotConstituted
	case members%2 == 1:
		return Constituted
	}
	return EvenNumber
}

package voting

import "slices"

// mustBeat tells whether one option stays ahead of another with the first at its worst and the second at its best,
// whatever becomes of the base of the shares.
func (q question) mustBeat(ahead, behind string) bool {
	worst := q.worst(ahead)
	best, _ := q.best(behind)
	if q.rank != SumOfShares {
		return compareVotes(worst, best, q.rank, q.measure.whole) > 0
	}
	for _, heads := range q.bases(ByHeads) {
		for _, area := range q.bases(ByArea) {
			if compareVotes(worst, best, q.rank, Weight{heads, Area(area)}) <= 0 {
				return false
			}
		}
	}
	return true
}

// bases are the smallest and the largest base of the shares; a sum of shares that is ahead at all four pairs is
// ahead at every base between.
func (q question) bases(d Dimension) []int64 {
	base, most := q.measure.whole.In(d), q.o.Counted.Total.In(d)
	if q.measure.ofTotal {
		return []int64{base}
	}
	return []int64{max(base-q.d.In(d), 0), min(base+q.d.In(d), most)}
}

// rivals counts the others that may end at or above the option.
func (q question) rivals(name string, options []string) int {
	count := 0
	for _, other := range options {
		if other != name && q.mayPass(other) && !q.mustBeat(name, other) {
			count++
		}
	}
	return count
}

// betters counts the others that surely pass and stay ahead of the option.
func (q question) betters(name string, options []string) int {
	count := 0
	for _, other := range options {
		if other != name && q.mustPass(other) && q.mustBeat(other, name) {
			count++
		}
	}
	return count
}

// unsafe lists the options whose place among so many could change, given who has one now.
func (q question) unsafe(options, placed []string, places int) []string {
	var names []string
	for _, name := range options {
		if slices.Contains(placed, name) {
			if !q.mustPass(name) || q.rivals(name, options) >= places {
				names = append(names, name)
			}
		} else if q.mayPass(name) && q.betters(name, options) < places {
			names = append(names, name)
		}
	}
	return names
}

func (q question) askSeats(could map[Result]bool, r *Robustness) {
	full, unsafe := true, []string(nil)
	for _, group := range q.m.groups() {
		unsafe = append(unsafe, q.unsafe(group.Options, q.o.Elected, group.Seats)...)
		may := 0
		for _, name := range group.Options {
			if q.mayPass(name) {
				may++
			}
		}
		full = full && may >= group.Seats
	}
	r.Unsafe = append(r.Unsafe, unsafe...)
	if len(unsafe) == 0 && q.o.Result != NotFormed {
		return
	}
	could[RunOffDue] = true
	if full {
		could[Passed] = true
	}
}

func (q question) askSelection(could map[Result]bool, r *Robustness) {
	var placed []string
	if q.o.Selected != "" {
		placed = []string{q.o.Selected}
	}
	unsafe := q.unsafe(q.m.Options, placed, 1)
	if q.o.Result == RunOffDue && len(q.o.NotSelected) == len(q.m.Options) {
		unsafe = append(unsafe, q.runOffUnsafe()...)
	}
	r.Unsafe = append(r.Unsafe, unsafe...)
	if len(unsafe) == 0 && q.o.Result != NotFormed {
		return
	}
	could[RunOffDue], could[Rejected] = true, true
	if slices.ContainsFunc(q.m.Options, q.mayPass) {
		could[Passed] = true
	}
}

// runOffUnsafe: the first two stay the first two only if both stay ahead of everybody else.
func (q question) runOffUnsafe() []string {
	var names []string
	for _, in := range q.o.RunOff {
		for _, out := range q.m.Options {
			if slices.Contains(q.o.RunOff, out) {
				continue
			}
			if len(q.o.RunOff) > 2 || !q.mustBeat(in, out) {
				names = append(names, in, out)
			}
		}
		if len(q.o.RunOff) > 2 { // a tie with the second, which one ballot ends
			names = append(names, in)
		}
	}
	return names
}

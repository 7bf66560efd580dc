package disclosure

import (
	"fmt"

	"gongjue/voting"
	"gongjue/voting/calendar"
)

// Period is what a disclosure covers: from the first millisecond of a day to the last of another, a calendar year or any
// other that has a name of its own.
type Period struct{ From, To int64 }

// Check refuses a period that ends before it begins, is longer than [MostMonths], or does not begin and end with a day.
func (p Period) Check() *voting.Refusal {
	if p.From <= 0 || p.To <= p.From || p.From != calendar.StartOfDay(p.From) || p.To != calendar.EndOfDay(p.To, 0) || p.To >= calendar.AddMonths(p.From, MostMonths) {
		return &voting.Refusal{Code: CodePeriod, Field: "to"}
	}
	return nil
}

// Whole tells whether the period is one calendar year.
func (p Period) Whole() bool {
	return p.From == calendar.StartOfYear(p.From) && p.To == calendar.AddMonths(p.From, 12)-1
}

// Overlaps tells whether two periods share a day.
func (p Period) Overlaps(other Period) bool { return p.From <= other.To && other.From <= p.To }

// Due is something that is to be disclosed: by when, and which publication does it.
type Due struct {
	By     int64 // last ms
	After  int64 // published at or after, where a place wants so many publications a year
	Covers int64 // the period reaches at least to this ms, where a day of the year was set
	Months int   // of the place's rule; 0 where the day of the street counts
}

// Published is a publication as far as it does what is due.
type Published struct{ At, To int64 }

// Done tells whether a publication before some moment does it.
func (d Due) Done(list []Published, at int64) bool {
	for _, p := range list {
		if p.At <= at && p.At >= d.After && p.To >= d.Covers {
			return true
		}
	}
	return false
}

// Rule is when a community discloses. Months: so often a year, as the place's rules have it, 0 where they are silent; it
// divides twelve. Month and Day: by when every year the year before is disclosed, as the street set it at Since; 0 for none.
type Rule struct {
	Months     int
	Month, Day int
	Since      int64
}

// Set tells whether anything sets a time at all.
func (r Rule) Set() bool { return r.Months > 0 || r.Month > 0 }

// EveryYear tells whether every year has such a day.
func EveryYear(month, day int) bool {
	_, err := calendar.ParseDay(fmt.Sprintf("2025-%02d-%02d", month, day)) // a year without a leap day
	return err == nil
}

// Dues are what was due last before a moment and what is due next, of each part of the rule. began: since when the community
// has a body that discloses; what lay before it is not due.
func (r Rule) Dues(at, began int64) (list []Due) {
	if r.Months > 0 {
		first := calendar.StartOfYear(at)
		for calendar.AddMonths(first, r.Months) <= at {
			first = calendar.AddMonths(first, r.Months)
		}
		for _, start := range []int64{calendar.AddMonths(first, -r.Months), first} {
			if began <= start {
				list = append(list, Due{By: calendar.AddMonths(start, r.Months) - 1, After: start, Months: r.Months})
			}
		}
	}
	if r.Month > 0 {
		for _, year := range []int64{calendar.AddMonths(calendar.StartOfYear(at), -12), calendar.StartOfYear(at), calendar.AddMonths(calendar.StartOfYear(at), 12)} {
			due := Due{By: calendar.EndOfDay(calendar.AddMonths(year, r.Month-1), r.Day-1), Covers: year - 1}
			if due.By > r.Since && began <= due.Covers {
				list = append(list, due)
			}
		}
	}
	return list
}

// Open is what waits to be disclosed: the last that is over with nothing done, because one publication mends it and all
// before it; else what ends first within the notice (ms); nil where nothing waits.
func (r Rule) Open(at, began, notice int64, published []Published) (open *Due) {
	for _, due := range r.Dues(at, began) {
		if due.By-notice > at || due.Done(published, at) {
			continue
		}
		late, first := due.Late(at), open == nil
		if first || late && (!open.Late(at) || due.By > open.By) || !late && !open.Late(at) && due.By < open.By {
			open = &due
		}
	}
	return open
}

// Late tells whether it was to be done before a moment.
func (d Due) Late(at int64) bool { return d.By < at }

package models

import (
	"testing"

	"gongjue/voting/calendar"
)

// TestEveryMeasureIsCountedOnTheDayOfItsTarget: what the communities have on that day, long before the day that asks, and
// what only came afterwards.
func TestEveryMeasureIsCountedOnTheDayOfItsTarget(t *testing.T) {
	inHall(t, func(h *hall) {
		_, err := h.CreateCommunity(h.ctx(), System, "样例区", "乙街道", "空小区")
		h.must(err)
		own, past, first := h.staff[RoleDistrict], h.now, map[Measure]TargetFigures{}
		for _, measure := range Measures {
			for _, due := range []string{calendar.DayText(h.now), "2026-12-31"} {
				_, err := h.SetTarget(h.ctx(), own, WantedTarget{measure, "目标", "某方案", due, 50})
				h.must(err)
			}
		}
		h.now = calendar.EndOfDay(past, 0) + 1
		wanted, proofs := h.preliminary()
		wanted.From, wanted.SignedAt, wanted.To = h.now, h.now, 0
		h.record(wanted, proofs...)
		h.elected()
		d := h.district(0)
		for _, target := range d.Targets {
			if _, seen := first[target.Measure]; !seen {
				first[target.Measure] = target
			}
		}
		for _, measure := range Measures {
			then, now := first[measure], d.Current(measure)
			reached := map[Measure]int64{MeasureServed: 1, MeasureWorking: 1}[measure] // elected, and not certified: not formed
			if then.Of != 2 || then.Needed != 1 || then.Reached != 0 || then.Short != 1 || then.MeasuredAt != calendar.EndOfDay(past, 0) {
				t.Errorf("%s on its day: %+v", measure, then)
			}
			if now.Of != 2 || now.Needed != 1 || now.Reached != reached || now.Short != 1-reached || now.Source != "某方案" {
				t.Errorf("%s now: %+v", measure, now)
			}
		}
		if working, streets := d.Working(); working != 1 || streets != 2 {
			t.Errorf("%d of %d streets are at work", working, streets)
		}
		if of := len(first[MeasureFormed].Streets) + len(first[MeasureWorking].Streets); of != 2 {
			t.Errorf("the targets are told for %d streets", of)
		}
	})
}

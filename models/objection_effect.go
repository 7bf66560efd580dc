package models

import (
	"context"
	"slices"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
)

// ObjectionEffect tells how the objections to a count stand, and what becomes of it if every open one succeeds. An upheld
// one bars the final result, whatever the figures say.
type ObjectionEffect struct {
	ObjectionCount
	Unsafe  []int64 // positions of the matters whose result the open ones could change, as far as one can tell
	Unbound bool    // one of the open ones cannot be measured in votes: about the roster, the procedure, or nothing named
	Overdue int64   // open ones whose promised day is over
}

// Stands tells whether every result stays as it is if all open objections succeed.
func (e ObjectionEffect) Stands() bool { return !e.Unbound && len(e.Unsafe) == 0 }

// ObjectionEffectOf weighs the objections to a count anew; robust is what [Store.Robustness] says of the same meeting.
func (s *Store) ObjectionEffectOf(ctx context.Context, meeting Meeting, robust map[string]voting.Robustness) (ObjectionEffect, error) {
	var rows []objectionRow
	effect := ObjectionEffect{}
	err := s.read(ctx).Omit("contact", "content").Where("community_id = ? AND meeting_id = ?", meeting.CommunityID, meeting.ID).Find(&rows).Error
	if err != nil {
		return effect, err
	}
	now := s.clock()
	for _, row := range rows {
		switch {
		case row.State == lifecycle.ObjectionOpen:
			effect.open(meeting, row, now)
		case row.Verdict == Upheld:
			effect.Upheld++
		case row.Verdict == Dismissed:
			effect.Dismissed++
		}
	}
	for _, matter := range meeting.Matters {
		if r, disputed := robust[matter.ID]; disputed && !r.Stands {
			effect.Unsafe = append(effect.Unsafe, matter.Position)
		}
	}
	for _, matter := range meeting.Matters { // in their order, so that what depends on one that depends on another is found
		if matter.Rule.LinkedTo > 0 && slices.Contains(effect.Unsafe, int64(matter.Rule.LinkedTo)) {
			effect.Unsafe = append(effect.Unsafe, matter.Position)
		}
	}
	slices.Sort(effect.Unsafe)
	effect.Unsafe = slices.Compact(effect.Unsafe)
	return effect, nil
}

// open adds an objection that waits for its answer. Those about ballots are weighed by [Store.Robustness].
func (e *ObjectionEffect) open(meeting Meeting, row objectionRow, now int64) {
	e.Open++
	if row.DueAt != 0 {
		if e.Due == 0 || row.DueAt < e.Due {
			e.Due = row.DueAt
		}
		if now > row.DueAt {
			e.Overdue++
		}
	}
	if row.Subject == AboutBallots {
		return
	}
	named := slices.IndexFunc(meeting.Matters, func(m Matter) bool { return m.ID == row.MatterID })
	if named < 0 {
		e.Unbound = true
		return
	}
	e.Unsafe = append(e.Unsafe, meeting.Matters[named].Position)
}

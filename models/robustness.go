package models

import (
	"context"
	"fmt"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
)

// Robustness tells, by matter, whether the ballots under open objections could change a preliminary count. Each open
// objection about ballots stands for one ballot; which one is not known, so that the largest areas are assumed. It is
// empty where there is no such objection. The caller does not change the map.
func (s *Store) Robustness(ctx context.Context, meeting Meeting) (map[string]voting.Robustness, error) {
	if meeting.State != lifecycle.MeetingPreliminary {
		return nil, nil
	}
	db := s.read(ctx)
	var disputed int64
	err := db.Table("objection").Where("community_id = ? AND meeting_id = ? AND state = ? AND subject = ?",
		meeting.CommunityID, meeting.ID, lifecycle.ObjectionOpen, AboutBallots).Count(&disputed).Error
	if err != nil {
		return nil, fmt.Errorf("count the disputed ballots: %w", err)
	}
	if disputed == 0 {
		return nil, nil
	}
	key := fmt.Sprintf("%s/%d", meeting.ID, disputed)
	if known := s.robust.get(key); known != nil {
		return known, nil
	}
	full, err := boxOf(db, meeting, castSheets(db, meeting))
	if err != nil {
		return nil, err
	}
	tallies := full.box.Count()
	byMatter := make(map[string]voting.Robustness, len(meeting.Matters))
	for i, matter := range meeting.Matters {
		worst := voting.DisputedAmong(matter.Rule, full.voters, disputed)
		robust, err := voting.Robust(meeting.Pack.Law(), meeting.Policies, matter.Rule, tallies[i].Counts, worst)
		if err != nil {
			return nil, fmt.Errorf("look for the worst of matter %d: %w", matter.Position, err)
		}
		byMatter[matter.ID] = robust
	}
	s.robust.put(key, byMatter)
	return byMatter, nil
}

package models

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
)

// Robustness tells, by matter, whether the ballots under open objections could change a preliminary count. An objection
// of an owner stands for the ballot of the own home with its exact weight, however often the home objects; one that was
// taken down at the desk for one ballot, and as it is not known which, the largest areas of the others are assumed. It is
// empty where there is no such objection. The caller does not change the map.
func (s *Store) Robustness(ctx context.Context, meeting Meeting) (map[string]voting.Robustness, error) {
	if meeting.State != lifecycle.MeetingPreliminary {
		return nil, nil
	}
	db := s.read(ctx)
	known, unknown, err := disputedBallots(db, meeting)
	if err != nil || len(known)+unknown == 0 {
		return nil, err
	}
	key := fmt.Sprintf("%s/%d/%s", meeting.ID, unknown, strings.Join(known, ","))
	if known := s.robust.get(key); known != nil {
		return known, nil
	}
	full, err := boxOf(db, meeting, castSheets(db, meeting))
	if err != nil {
		return nil, err
	}
	var others, disputed []voting.Voter
	for _, voter := range full.voters {
		if slices.Contains(known, voter.ID) {
			disputed = append(disputed, voter)
			continue
		}
		others = append(others, voter)
	}
	tallies := full.box.Count()
	byMatter := make(map[string]voting.Robustness, len(meeting.Matters))
	for i, matter := range meeting.Matters {
		worst := disputedOn(matter.Rule, disputed, others, int64(unknown))
		robust, err := voting.Robust(meeting.Pack.Law(), meeting.Policies, matter.Rule, tallies[i].Counts, worst)
		if err != nil {
			return nil, fmt.Errorf("look for the worst of matter %d: %w", matter.Position, err)
		}
		byMatter[matter.ID] = robust
	}
	s.robust.put(key, byMatter)
	return byMatter, nil
}

// disputedBallots are the voters whose ballots are contested in open objections, and how many more are of whom is not
// known.
func disputedBallots(db *gorm.DB, meeting Meeting) (known []string, unknown int, err error) {
	var voters []string
	err = db.Table("objection").Where("community_id = ? AND meeting_id = ? AND state = ? AND subject = ?",
		meeting.CommunityID, meeting.ID, lifecycle.ObjectionOpen, AboutBallots).Order("voter_id").Pluck("voter_id", &voters).Error
	if err != nil {
		return nil, 0, fmt.Errorf("find the disputed ballots: %w", err)
	}
	for _, voter := range slices.Compact(slices.Clone(voters)) {
		if voter != "" {
			known = append(known, voter)
		}
	}
	for _, voter := range voters {
		if voter == "" {
			unknown++
		}
	}
	return known, unknown, nil
}

// disputedOn adds up what is known and the worst of what is not. A home outside the matter's scope disputes nothing in it.
func disputedOn(m voting.Matter, known, others []voting.Voter, unknown int64) voting.Disputed {
	var weights []voting.Weight
	for _, voter := range known {
		if voter.Entitled(m.Scope) {
			weights = append(weights, voter.Within(m.Scope))
		}
	}
	exact := voting.DisputedOf(weights)
	if unknown == 0 {
		return exact
	}
	bound := voting.DisputedAmong(m, others, unknown)
	return voting.Disputed{Ballots: exact.Ballots + bound.Ballots, Weight: exact.Weight.Plus(bound.Weight), AreaBound: true}
}

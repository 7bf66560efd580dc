package models

import (
	"context"
	"fmt"

	"gongjue/voting"
)

// RosterPart are the sums of one building or one usage of a roster, everything registered included.
type RosterPart struct {
	Name  string
	Units int64
	Area  voting.Area
}

// RosterParts gives the sums of a roster by building and by usage, each in the order of the file.
func (s *Store) RosterParts(ctx context.Context, communityID, rosterID string) (buildings, usages []RosterPart, err error) {
	for column, parts := range map[string]*[]RosterPart{"building": &buildings, "usage": &usages} {
		err := s.read(ctx).Table("unit").Select(column+" AS name, COUNT(*) AS units, SUM(area_cm2) AS area").
			Where("community_id = ? AND roster_id = ?", communityID, rosterID).
			Group(column).Order("MIN(position)").Scan(parts).Error
		if err != nil {
			return nil, nil, fmt.Errorf("add up a roster by %s: %w", column, err)
		}
	}
	return buildings, usages, nil
}

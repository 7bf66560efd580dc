package models

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting"
)

// RosterPart are the sums of one building, one usage or one source of areas.
type RosterPart struct {
	Name    string
	Units   int64
	Area    voting.Area // everything registered
	Counted voting.Area // what of it counts under the parking rule
}

// RosterParts gives the sums of a roster by building and by usage, each in the order of the file.
func (s *Store) RosterParts(ctx context.Context, communityID, rosterID string) (buildings, usages []RosterPart, err error) {
	db := s.read(ctx)
	if buildings, err = partsBy(db, communityID, rosterID, "building"); err != nil {
		return nil, nil, err
	}
	usages, err = partsBy(db, communityID, rosterID, "usage")
	return buildings, usages, err
}

// partsBy adds up a roster by one of the columns of its units.
func partsBy(db *gorm.DB, communityID, rosterID, column string) ([]RosterPart, error) {
	var parts []RosterPart
	err := db.Table("unit").
		Select(column+" AS name, COUNT(*) AS units, SUM(area_cm2) AS area, SUM(CASE WHEN counts_area THEN area_cm2 ELSE 0 END) AS counted").
		Where("community_id = ? AND roster_id = ?", communityID, rosterID).
		Group(column).Order("MIN(position)").Scan(&parts).Error
	if err != nil {
		return nil, fmt.Errorf("add up a roster by %s: %w", column, err)
	}
	return parts, nil
}

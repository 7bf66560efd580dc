package models

import (
	"database/sql"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gongjue/voting"
)

// votersOf reads every voter of a roster with the units as they count, in the order of the roster.
func votersOf(db *gorm.DB, communityID, rosterID string) ([]voting.Voter, error) {
	return readVoters(db.Where("community_id = ? AND roster_id = ?", communityID, rosterID).Order("position"), true)
}

// electorateOf reads the voters of a meeting as its count needs them: in no order, and without places where every matter
// is for the whole community.
func electorateOf(db *gorm.DB, meeting Meeting) ([]voting.Voter, error) {
	scoped := slices.ContainsFunc(meeting.Matters, func(m Matter) bool { return len(m.Rule.Scope) > 0 })
	return readVoters(db.Where("community_id = ? AND roster_id = ?", meeting.CommunityID, meeting.RosterID), scoped)
}

func readVoters(query *gorm.DB, places bool) ([]voting.Voter, error) {
	var unit unitRow
	columns, into := "voter_id, area_cm2, counts_area, counts_heads", []any{&unit.VoterID, &unit.AreaCM2, &unit.CountsArea, &unit.CountsHeads}
	if places {
		columns += ", building, stair, room"
		into = append(into, &unit.Building, &unit.Stair, &unit.Room)
	}
	var units int64
	if err := query.Session(&gorm.Session{}).Table("unit").Count(&units).Error; err != nil {
		return nil, fmt.Errorf("count units: %w", err)
	}
	// Most voters hold one unit: one list for all spares a hundred thousand small ones.
	at, voters, first := make(map[string]int, units), make([]voting.Voter, 0, units), make([]voting.Unit, 0, units)
	err := eachRow(query.Table("unit").Select(columns), func(rows *sql.Rows) error {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		i, known := at[unit.VoterID]
		if !known {
			i = len(voters)
			at[unit.VoterID] = i
			first = append(first, unit.counted())
			voters = append(voters, voting.Voter{ID: unit.VoterID, Units: first[len(first)-1 : len(first) : len(first)]})
			return nil
		}
		voters[i].Units = append(voters[i].Units, unit.counted())
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read voters: %w", err)
	}
	return voters, nil
}

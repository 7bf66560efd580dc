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
	var e electorate
	query := db.Where("community_id = ? AND roster_id = ?", communityID, rosterID).Order("position")
	err := eachUnit(query, unitParts{places: true}, e.add)
	return e.voters, err
}

// readElectorate reads the units of a meeting as its count needs them: in no order, and without places where every
// matter is for the whole community.
func readElectorate(db *gorm.DB, meeting Meeting, each func(unitRead)) error {
	return eachUnit(ofMeetingsRoster(db, meeting), unitParts{places: meeting.scoped()}, each)
}

// scoped tells whether a matter is for a part of the community alone, so that places count.
func (m *Meeting) scoped() bool {
	return slices.ContainsFunc(m.Matters, func(matter Matter) bool { return len(matter.Rule.Scope) > 0 })
}

func ofMeetingsRoster(db *gorm.DB, meeting Meeting) *gorm.DB {
	return db.Where("community_id = ? AND roster_id = ?", meeting.CommunityID, meeting.RosterID)
}

// unitRead is a unit as the count sees it, with whoever votes for it.
type unitRead struct {
	voter string
	unit  voting.Unit
	slot  int64 // in the roster's tree; 0 unless it was asked for
}

// unitParts says what is read of a unit beside voter, area and head.
type unitParts struct{ places, slots bool }

func eachUnit(query *gorm.DB, parts unitParts, each func(unitRead)) error {
	var unit unitRow
	// What does not count is left out by the database: a value less to fetch for every unit.
	columns, into := "voter_id, CASE WHEN counts_area THEN area_cm2 ELSE 0 END, counts_heads", []any{&unit.VoterID, &unit.AreaCM2, &unit.CountsHeads}
	if parts.places {
		columns += ", building, stair, room"
		into = append(into, &unit.Building, &unit.Stair, &unit.Room)
	}
	if parts.slots {
		columns += ", slot"
		into = append(into, &unit.Slot)
	}
	unit.CountsArea = true
	err := eachRow(query.Table("unit").Select(columns), func(rows *sql.Rows) error {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		each(unitRead{unit.VoterID, unit.counted(), unit.Slot})
		return nil
	})
	if err != nil {
		return fmt.Errorf("read voters: %w", err)
	}
	return nil
}

// electorate gathers units under their voters, who stand in the order of their first unit.
type electorate struct {
	voters []voting.Voter
	at     map[string]int // voter → place in voters
	firsts []voting.Unit
}

// firstUnits is how many first units stand in one list: most voters hold one unit, and a hundred thousand small lists
// are spared.
const firstUnits = 4096

func (e *electorate) add(read unitRead) {
	if i, known := e.at[read.voter]; known {
		e.voters[i].Units = append(e.voters[i].Units, read.unit)
		return
	}
	if e.at == nil {
		e.at = map[string]int{}
	}
	if len(e.firsts) == cap(e.firsts) {
		e.firsts = make([]voting.Unit, 0, firstUnits)
	}
	e.firsts = append(e.firsts, read.unit)
	last := len(e.firsts)
	e.at[read.voter] = len(e.voters)
	e.voters = append(e.voters, voting.Voter{ID: read.voter, Units: e.firsts[last-1 : last : last]})
}

package models

import (
	"encoding/json"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/roster"
)

// UnitFacts are what a roster says publicly about a unit.
type UnitFacts struct {
	Usage      string            `json:"usage"`
	Area       voting.Area       `json:"area_cm2"`
	AreaSource roster.AreaSource `json:"area_source"`
	CountsArea bool              `json:"counts_area"`
	Group      int64             `json:"head_group"` // number of the voter who holds it
	Units      int64             `json:"group_units"`
	Heads      int64             `json:"group_heads"`
	Developer  bool              `json:"developer"`
}

// facts are what the loaded roster says about the unit now.
func (c *correction) facts() UnitFacts {
	unit := c.units[c.at]
	facts := UnitFacts{Usage: unit.Usage, Area: unit.AreaCM2, AreaSource: unit.AreaSource, CountsArea: unit.CountsArea,
		Group: c.voters[unit.VoterID].Position, Heads: c.voters[unit.VoterID].Heads, Developer: unit.Developer}
	for _, other := range c.units {
		if other.VoterID == unit.VoterID {
			facts.Units++
		}
	}
	return facts
}

// RosterChange is a correction (更正) that was made to a roster after it was put on display, as everybody may see it.
type RosterChange struct {
	Number      int64
	ObjectionID string // what it answers; empty for an amendment
	UnitID      string
	Place       string     // such as 3号楼/1单元/301
	What        []string   // unit, area, area_source, usage, owners, phone
	Before      *UnitFacts // nil for a unit that was missing
	After       UnitFacts
	TotalBefore voting.Weight // of the roster
	TotalAfter  voting.Weight
	MadeAt      int64 // Unix ms
}

type changeRow struct {
	CommunityID string
	RosterID    string
	ID          string
	Number      int64
	ObjectionID string
	UnitID      string
	Place       string
	What        []string `gorm:"-"`
	Parts       string   `gorm:"column:what"` // What, joined by commas
	Before      string
	After       string
	Owners      []byte // encrypted: who held it before and after
	HeadsBefore int64
	AreaBefore  voting.Area
	HeadsAfter  int64
	AreaAfter   voting.Area
	Reason      string
	MadeAt      int64
	MadeBy      string
}

func (changeRow) TableName() string { return "roster_change" }

// keepChange numbers and stores what a correction did.
func keepChange(tx *gorm.DB, now int64, by Actor, list rosterRow, change *changeRow) error {
	if change.ID == "" {
		change.ID = newID()
	}
	change.CommunityID, change.RosterID, change.MadeAt, change.MadeBy = list.CommunityID, list.ID, now, by.ID
	change.Parts = strings.Join(change.What, ",")
	err := tx.Table("roster_change").Where("community_id = ? AND roster_id = ?", list.CommunityID, list.ID).
		Select("COALESCE(MAX(number), 0) + 1").Scan(&change.Number).Error
	if err != nil {
		return fmt.Errorf("number a correction: %w", err)
	}
	if err := tx.Create(change).Error; err != nil {
		return fmt.Errorf("keep a correction: %w", raced(err))
	}
	return nil
}

// changesOf lists the corrections of a roster by number.
func changesOf(db *gorm.DB, communityID, rosterID string) ([]RosterChange, error) {
	var rows []changeRow
	err := db.Omit("owners").Where("community_id = ? AND roster_id = ?", communityID, rosterID).Order("number").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list corrections: %w", err)
	}
	list := make([]RosterChange, len(rows))
	for i, row := range rows {
		if list[i], err = row.view(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func (r changeRow) view() (RosterChange, error) {
	change := RosterChange{Number: r.Number, ObjectionID: r.ObjectionID, UnitID: r.UnitID, Place: r.Place, What: strings.Split(r.Parts, ","),
		TotalBefore: voting.Weight{Heads: r.HeadsBefore, Area: r.AreaBefore}, TotalAfter: voting.Weight{Heads: r.HeadsAfter, Area: r.AreaAfter},
		MadeAt: r.MadeAt}
	if r.Before != "" {
		change.Before = &UnitFacts{}
		if err := json.Unmarshal([]byte(r.Before), change.Before); err != nil {
			return change, fmt.Errorf("decode correction %s: %w", r.ID, err)
		}
	}
	if err := json.Unmarshal([]byte(r.After), &change.After); err != nil {
		return change, fmt.Errorf("decode correction %s: %w", r.ID, err)
	}
	return change, nil
}

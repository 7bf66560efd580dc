package models

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/roster"
)

// CurrentUnits are the units of the roster in force of a community, or of its newest version where none is frozen,
// with owners in clear: what a new file is compared with. The owners of a unit are those of its voter, and the
// developer's units come without: what is not stored is not compared. version 0: there is no roster yet.
func (s *Store) CurrentUnits(ctx context.Context, communityID string) (version int64, units []roster.Unit, err error) {
	db := s.read(ctx)
	var rows []rosterRow
	err = db.Select("id", "version").Where("community_id = ?", communityID).
		Order("CASE WHEN state = 'frozen' THEN 0 WHEN state = 'superseded' THEN 2 ELSE 1 END, version DESC").Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return 0, nil, err
	}
	units, err = s.unitsOf(db, communityID, rows[0].ID, false)
	return rows[0].Version, units, err
}

// RosterUnits are the units of one version as [Store.CurrentUnits] gives them, but those of the developer with everybody
// who is behind its head. Refusal: not_found.
func (s *Store) RosterUnits(ctx context.Context, communityID, rosterID string) ([]roster.Unit, error) {
	if _, err := s.Roster(ctx, communityID, rosterID); err != nil {
		return nil, err
	}
	return s.unitsOf(s.read(ctx), communityID, rosterID, true)
}

func (s *Store) unitsOf(db *gorm.DB, communityID, rosterID string, developer bool) ([]roster.Unit, error) {
	owners, err := s.ownersByVoter(db, communityID, rosterID)
	if err != nil {
		return nil, err
	}
	var stored []unitRow
	if err := db.Where("community_id = ? AND roster_id = ?", communityID, rosterID).Order("position").Find(&stored).Error; err != nil {
		return nil, fmt.Errorf("read the units of a roster: %w", err)
	}
	units := make([]roster.Unit, len(stored))
	for i, row := range stored {
		units[i] = roster.Unit{Building: row.Building, Stair: row.Stair, Room: row.Room, Usage: row.Usage, Area: row.AreaCM2, AreaSource: row.AreaSource,
			Certificate: row.Certificate, Delivered: !row.Developer, DeveloperHeld: row.Developer, CountsArea: row.CountsArea, CountsHeads: row.CountsHeads}
		if developer || !row.Developer {
			units[i].Owners = owners[row.VoterID]
		}
	}
	return units, nil
}

// ownersByVoter reads the owners of a roster with their numbers opened.
func (s *Store) ownersByVoter(db *gorm.DB, communityID, rosterID string) (map[string][]roster.Owner, error) {
	var rows []struct {
		Row     ownerRow `gorm:"embedded"`
		VoterID string
	}
	err := db.Table("owner").Select("owner.*, voter_owner.voter_id").
		Joins("JOIN voter_owner ON voter_owner.community_id = owner.community_id AND voter_owner.owner_id = owner.id").
		Where("owner.community_id = ? AND owner.roster_id = ?", communityID, rosterID).
		Order("voter_owner.voter_id, voter_owner.position").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read the owners in force: %w", err)
	}
	owners := map[string][]roster.Owner{}
	for _, found := range rows {
		owner := roster.Owner{Name: found.Row.Name, IDKind: found.Row.IDKind}
		for column, closed := range map[string][]byte{columnIDNumber: found.Row.IDNumber, columnPhone: found.Row.Phone} {
			if closed == nil {
				continue
			}
			text, err := s.keys.DecryptField(found.Row.at(column), closed)
			if err != nil {
				return nil, fmt.Errorf("open %s of owner %s: %w", column, found.Row.ID, err)
			}
			if column == columnPhone {
				owner.Phone = string(text)
			} else {
				owner.IDNumber = string(text)
			}
		}
		owners[found.VoterID] = append(owners[found.VoterID], owner)
	}
	return owners, nil
}

// AsStored gives the units of a file the shape in which [Store.CurrentUnits] gives those in force: every unit with
// the owners of its voter, one phone for each person, and the developer's without owners.
func AsStored(units []roster.Unit, holders []roster.Voter) []roster.Unit {
	list := make([]roster.Unit, len(units))
	people := map[string]roster.Owner{}
	for _, holder := range holders {
		var owners []roster.Owner
		seen := map[string]bool{}
		for _, index := range holder.UnitIndexes {
			for _, owner := range units[index].Owners {
				identity := string(owner.IDKind) + "\x00" + owner.IDNumber
				if owner.IDNumber == "" {
					identity = "\x00" + holder.Key + "\x00" + owner.Name
				}
				if known, met := people[identity]; met {
					owner = known
				} else {
					people[identity] = owner
				}
				if !seen[identity] {
					seen[identity] = true
					owners = append(owners, owner)
				}
			}
		}
		for _, index := range holder.UnitIndexes {
			unit := units[index]
			unit.Owners = owners
			if unit.OfDeveloper() {
				unit.DeveloperHeld, unit.Delivered, unit.Owners = true, false, nil
			}
			list[index] = unit
		}
	}
	return list
}

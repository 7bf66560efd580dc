package models

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/roster"
)

// OwnerLine is an owner of a roster as staff see them: the name, and numbers masked.
type OwnerLine struct {
	OwnerID  string
	Name     string // masked
	IDKind   roster.IDKind
	IDNumber string // masked; empty when the roster has none
	Phone    string // masked; empty when the roster has none
	Units    []string
}

// OwnerQuery looks for owners by their home, or by a number: an ID number or a phone.
type OwnerQuery struct {
	Building, Stair, Room string
	Number                string
}

// MostOwners bounds what one search shows.
const MostOwners = 20

// searchDetail is what the audit keeps of a search: never the number, but whose records it led to.
type searchDetail struct {
	By     string   `json:"by"` // number or home
	Owners []string `json:"owners"`
}

// FindOwners looks for owners of a roster, at most 20. A search by number asks the blind index, so that it finds
// nothing but the very number; every search is counted and leaves a row. Refusals: not_found, reads_closed, required,
// reads_limited.
func (s *Store) FindOwners(ctx context.Context, by Actor, communityID, rosterID string, query OwnerQuery) ([]OwnerLine, error) {
	if query.Number == "" && query.Room == "" {
		return nil, refuseField("required", "room")
	}
	var owners []ownerRow
	err := s.judged(ctx, func(tx *gorm.DB, now int64) (answer, failure error) {
		if err := readableRoster(tx, by, communityID, rosterID); err != nil {
			return nil, err
		}
		if within, err := s.count(tx, limitOwnerSearch, by.ID, now); err != nil || !within {
			return refuse("reads_limited"), err
		}
		if owners, failure = s.searchOwners(tx, communityID, rosterID, query); failure != nil {
			return nil, failure
		}
		detail := searchDetail{By: "home", Owners: make([]string, len(owners))}
		if query.Number != "" {
			detail.By = "number"
		}
		for i, owner := range owners {
			detail.Owners[i] = owner.ID
		}
		return nil, record(tx, now, by, communityID, actOwnerSearch, "roster", rosterID, detail)
	})
	if err != nil {
		return nil, err
	}
	return s.ownerLines(ctx, communityID, owners)
}

func (s *Store) searchOwners(tx *gorm.DB, communityID, rosterID string, query OwnerQuery) ([]ownerRow, error) {
	found := tx.Table("owner").Select("owner.*").Where("owner.community_id = ? AND owner.roster_id = ?", communityID, rosterID).Order("owner.id").Limit(MostOwners)
	if query.Number != "" {
		id, phone := roster.ReadNumber(query.Number)
		found = found.Where("owner.id_index IN ? OR owner.phone_index IN ?",
			s.keys.FieldIndexes(columnIDNumber, communityID, id), s.keys.FieldIndexes(columnPhone, communityID, phone))
	} else {
		homes := tx.Table("unit").Select("voter_owner.owner_id").
			Joins("JOIN voter_owner ON voter_owner.community_id = unit.community_id AND voter_owner.voter_id = unit.voter_id").
			Where("unit.community_id = ? AND unit.roster_id = ? AND unit.building = ? AND unit.stair = ? AND unit.room = ?",
				communityID, rosterID, query.Building, query.Stair, query.Room)
		found = found.Where("owner.id IN (?)", homes)
	}
	var owners []ownerRow
	if err := found.Scan(&owners).Error; err != nil {
		return nil, fmt.Errorf("search owners: %w", err)
	}
	return owners, nil
}

// OwnerOf gives one owner of a roster, masked. Refusals: not_found, reads_closed.
func (s *Store) OwnerOf(ctx context.Context, by Actor, communityID, rosterID, ownerID string) (OwnerLine, error) {
	owner, err := readableOwner(s.read(ctx), by, communityID, rosterID, ownerID)
	if err != nil {
		return OwnerLine{}, err
	}
	lines, err := s.ownerLines(ctx, communityID, []ownerRow{owner})
	if err != nil {
		return OwnerLine{}, err
	}
	return lines[0], nil
}

func (s *Store) ownerLines(ctx context.Context, communityID string, owners []ownerRow) ([]OwnerLine, error) {
	ids := make([]string, len(owners))
	for i, owner := range owners {
		ids[i] = owner.ID
	}
	units, err := unitsOfOwners(s.read(ctx), communityID, ids)
	if err != nil {
		return nil, err
	}
	lines := make([]OwnerLine, len(owners))
	for i, owner := range owners {
		number, err := s.idNumber(owner)
		if err != nil {
			return nil, err
		}
		phone, err := s.phone(owner)
		if err != nil {
			return nil, err
		}
		lines[i] = OwnerLine{OwnerID: owner.ID, Name: roster.MaskName(owner.Name), IDKind: owner.IDKind, IDNumber: roster.MaskID(number),
			Phone: roster.MaskPhone(phone), Units: units[owner.ID]}
	}
	return lines, nil
}

// unitsOfOwners gives the places of the units of each owner, in the order of the roster.
func unitsOfOwners(db *gorm.DB, communityID string, ownerIDs []string) (map[string][]string, error) {
	if len(ownerIDs) == 0 {
		return nil, nil
	}
	var rows []struct {
		Unit    unitRow `gorm:"embedded"`
		OwnerID string
	}
	err := db.Table("unit").Select("unit.building, unit.stair, unit.room, voter_owner.owner_id").
		Joins("JOIN voter_owner ON voter_owner.community_id = unit.community_id AND voter_owner.voter_id = unit.voter_id").
		Where("unit.community_id = ? AND voter_owner.owner_id IN ?", communityID, ownerIDs).Order("unit.position").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read units of owners: %w", err)
	}
	units := map[string][]string{}
	for _, row := range rows {
		units[row.OwnerID] = append(units[row.OwnerID], row.Unit.place())
	}
	return units, nil
}

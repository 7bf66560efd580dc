package models

import (
	"fmt"

	"gorm.io/gorm"

	"gongjue/models/vault"
	"gongjue/voting/lifecycle"
)

// rosterCopy is a new version with the rows of another, and how the ids of the one became those of the other.
type rosterCopy struct {
	*rosterState
	unitIDs  map[string]string
	voterIDs map[string]string
	ownerIDs map[string]string
}

// copyRoster stores a frozen roster again as the next version, under new ids and salts: a version that a meeting was
// noticed on is never touched. The new one is frozen as soon as it has its root.
func (s *Store) copyRoster(tx *gorm.DB, now int64, from *rosterState, by, frozenBy string) (rosterCopy, error) {
	list := from.list
	list.ID, list.State, list.Root, list.CreatedAt, list.CreatedBy = newID(), lifecycle.RosterFrozen, "", now, by
	list.FrozenAt, list.FrozenBy = &now, frozenBy // the display it goes back to is the old one's
	return s.storeCopy(tx, from, list)
}

// storeCopy stores the rows of a version again as those of list, the next version.
func (s *Store) storeCopy(tx *gorm.DB, from *rosterState, list rosterRow) (rosterCopy, error) {
	key, err := s.holdFieldKey(tx)
	if err != nil {
		return rosterCopy{}, err
	}
	err = tx.Table("roster").Where("community_id = ?", list.CommunityID).Select("COALESCE(MAX(version), 0) + 1").Scan(&list.Version).Error
	if err != nil {
		return rosterCopy{}, fmt.Errorf("number the roster: %w", err)
	}
	if err := tx.Create(&list).Error; err != nil {
		return rosterCopy{}, fmt.Errorf("create roster: %w", raced(err))
	}
	copied := rosterCopy{unitIDs: map[string]string{}, voterIDs: map[string]string{}, ownerIDs: map[string]string{}}
	rows, err := copied.rows(s, key, from, list.ID)
	if err != nil {
		return copied, err
	}
	if err := rows.insert(tx); err != nil {
		return copied, err
	}
	if err := s.analyse(tx, rosterTables...); err != nil {
		return copied, err
	}
	copied.rosterState, err = s.loadRoster(tx, list.CommunityID, list.ID)
	return copied, err
}

// rows are those of the old version with ids of their own; what was closed is closed again, because it is bound to its row.
func (c *rosterCopy) rows(s *Store, key vault.FieldKey, from *rosterState, rosterID string) (rosterRowSet, error) {
	var set rosterRowSet
	for id, voter := range from.voters {
		c.voterIDs[id] = newID()
		voter.ID, voter.RosterID = c.voterIDs[id], rosterID
		set.voters = append(set.voters, voter)
	}
	for _, unit := range from.units {
		salt, id := vault.NewSalt(), newID()
		c.unitIDs[unit.ID] = id
		unit.ID, unit.RosterID, unit.VoterID, unit.Salt = id, rosterID, c.voterIDs[unit.VoterID], salt[:]
		set.units = append(set.units, unit)
	}
	for id, person := range from.people {
		clear, err := s.ownerInClear(person)
		if err != nil {
			return set, err
		}
		row := ownerRowOf(key, person.CommunityID, rosterID, clear)
		row.IDKind = person.IDKind
		c.ownerIDs[id] = row.ID
		set.owners = append(set.owners, row)
	}
	for voter, people := range from.owners {
		for i, person := range people {
			set.links = append(set.links, voterOwnerRow{CommunityID: person.CommunityID, VoterID: c.voterIDs[voter], OwnerID: c.ownerIDs[person.ID],
				Position: int64(i + 1)})
		}
	}
	return set, nil
}

// moved names the unit and the owners of a correction as the copy knows them.
func (c *rosterCopy) moved(wanted Correction) Correction {
	wanted.UnitID, wanted.PhoneOf = c.unitIDs[wanted.UnitID], c.ownerIDs[wanted.PhoneOf]
	if wanted.Owners != nil {
		owners := *wanted.Owners
		owners.Keep = nil
		for _, id := range wanted.Owners.Keep {
			owners.Keep = append(owners.Keep, c.ownerIDs[id])
		}
		wanted.Owners = &owners
	}
	return wanted
}

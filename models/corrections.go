package models

import (
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gongjue/models/vault"
	"gongjue/voting"
	"gongjue/voting/roster"
)

// Correction is what changes about one unit of a roster. What is empty stays as it is; of a unit that was missing the
// place, the area, the use and who holds it are needed.
type Correction struct {
	UnitID                string // empty: a unit that is missing
	Building, Stair, Room string // of a unit that is missing
	Usage                 string
	Area                  voting.Area
	AreaSource            roster.AreaSource
	Owners                *NewOwners
	PhoneOf               string // id of the owner whose phone changes
	Phone                 string
}

// NewOwners are all who hold a unit from now on.
type NewOwners struct {
	Developer bool     // nobody but the developer
	Keep      []string // ids of owners who hold it already
	Add       []roster.Owner
}

// The parts of a unit that a correction changes, as they stand in a change.
const (
	changedUnit   = "unit" // it was missing
	changedArea   = "area"
	changedSource = "area_source"
	changedUsage  = "usage"
	changedOwners = "owners"
	changedPhone  = "phone"
)

// correction is one correction on its way through a loaded roster.
type correction struct {
	*rosterState
	s       *Store
	tx      *gorm.DB
	key     vault.FieldKey
	at      int // index of the unit
	added   bool
	touched []string // voters to weigh again
	what    []string
}

// correct carries a correction out and gives what it changed. Refusals: unit_unknown, unit_exists, required,
// owner_unknown, id_name_conflict, correction_missing (nothing would change).
func (s *Store) correct(tx *gorm.DB, state *rosterState, wanted Correction) (changeRow, error) {
	key, err := s.holdFieldKey(tx)
	if err != nil {
		return changeRow{}, err
	}
	c := &correction{rosterState: state, s: s, tx: tx, key: key}
	sums := state.summary()
	change := changeRow{HeadsBefore: state.list.Heads, AreaBefore: state.list.AreaCM2}
	if err := c.find(wanted); err != nil {
		return change, err
	}
	held := slices.Clone(c.holders())
	if !c.added {
		if change.Before, err = jsonText(c.facts()); err != nil {
			return change, err
		}
	}
	c.describe(wanted)
	if err := c.hold(wanted); err != nil {
		return change, err
	}
	if err := c.rephone(wanted); err != nil {
		return change, err
	}
	if len(c.what) == 0 {
		return change, refuse("correction_missing")
	}
	if err := c.write(); err != nil {
		return change, err
	}
	if err := state.resum(tx, sums); err != nil {
		return change, err
	}
	change.UnitID, change.Place, change.What = c.units[c.at].ID, c.units[c.at].place(), c.what
	change.HeadsAfter, change.AreaAfter = state.list.Heads, state.list.AreaCM2
	if change.After, err = jsonText(c.facts()); err != nil {
		return change, err
	}
	return change, c.keepOwners(&change, held)
}

// find takes the unit that is corrected, or adds the one that is missing.
func (c *correction) find(wanted Correction) error {
	if wanted.UnitID != "" {
		at, known := c.unitAt(wanted.UnitID)
		if !known {
			return refuse("unit_unknown")
		}
		c.at = at
		return nil
	}
	switch {
	case wanted.Room == "":
		return refuseField("required", "room")
	case wanted.Area == 0:
		return refuseField("required", "area")
	case wanted.Usage == "":
		return refuseField("required", "usage")
	case wanted.Owners == nil:
		return refuseField("required", "owners")
	}
	for _, unit := range c.units {
		if unit.Building == wanted.Building && unit.Stair == wanted.Stair && unit.Room == wanted.Room {
			return refuseField("unit_exists", "room")
		}
	}
	slots, err := vault.NewSlots(len(c.units) + 1)
	if err != nil {
		return fmt.Errorf("draw a slot: %w", err)
	}
	salt := vault.NewSalt()
	row := unitRow{CommunityID: c.list.CommunityID, RosterID: c.list.ID, ID: newID(), Position: 1, Slot: slots[len(c.units)], Salt: salt[:],
		Building: wanted.Building, Stair: wanted.Stair, Room: wanted.Room, CountsArea: true, CountsHeads: true}
	for _, unit := range c.units {
		row.Position = max(row.Position, unit.Position+1)
	}
	c.at, c.added, c.what = len(c.units), true, []string{changedUnit}
	c.units, c.rules = append(c.units, row), append(c.rules, row.ruled(nil))
	return nil
}

// describe sets what the unit is.
func (c *correction) describe(wanted Correction) {
	unit := &c.units[c.at]
	if wanted.Area != 0 && wanted.Area != unit.AreaCM2 {
		unit.AreaCM2 = wanted.Area
		c.changed(changedArea)
	}
	if wanted.AreaSource != "" && wanted.AreaSource != unit.AreaSource {
		unit.AreaSource = wanted.AreaSource
		c.changed(changedSource)
	}
	if wanted.Usage != "" && wanted.Usage != unit.Usage {
		unit.Usage = wanted.Usage
		unit.CountsArea, unit.CountsHeads = true, true
		if unit.Usage == roster.UsageParking {
			unit.CountsArea, unit.CountsHeads = c.list.ParkingArea, c.list.ParkingHeads
		}
		c.changed(changedUsage)
	}
	c.rules[c.at] = unit.ruled(c.rules[c.at].Owners)
	c.touched = append(c.touched, unit.VoterID)
}

// changed notes a part once; a unit that was missing is new as a whole.
func (c *correction) changed(part string) {
	if !c.added && !slices.Contains(c.what, part) {
		c.what = append(c.what, part)
	}
}

// rephone gives one of the unit's owners another phone.
func (c *correction) rephone(wanted Correction) error {
	if wanted.PhoneOf == "" {
		return nil
	}
	held := c.owners[c.units[c.at].VoterID]
	i := slices.IndexFunc(held, func(o ownerRow) bool { return o.ID == wanted.PhoneOf })
	if i < 0 {
		return refuseField("owner_unknown", "phone_of")
	}
	return c.setPhone(held[i], wanted.Phone)
}

// setPhone writes an owner's phone under the key in force, where it is another than before.
func (c *correction) setPhone(row ownerRow, phone string) error {
	old, err := c.s.phone(row)
	if err != nil || old == phone {
		return err
	}
	row.Phone, row.PhoneIndex = c.key.Encrypt(row.at(columnPhone), []byte(phone)), c.key.Index(columnPhone, row.CommunityID, phone)
	err = c.tx.Table("owner").Where("community_id = ? AND id = ?", row.CommunityID, row.ID).
		Updates(map[string]any{"phone": row.Phone, "phone_index": row.PhoneIndex}).Error
	if err != nil {
		return fmt.Errorf("change a phone: %w", err)
	}
	c.people[row.ID] = row
	for _, held := range c.owners {
		for i := range held {
			if held[i].ID == row.ID {
				held[i] = row
			}
		}
	}
	c.changed(changedPhone)
	return nil
}

// write stores the unit and weighs the voters that gained or lost it.
func (c *correction) write() error {
	unit := c.units[c.at]
	if c.added {
		// Whoever held the slot of the new unit goes last: the slots stay a random permutation.
		err := c.tx.Table("unit").Where("community_id = ? AND roster_id = ? AND slot = ?", unit.CommunityID, unit.RosterID, unit.Slot).
			Update("slot", len(c.units)-1).Error
		if err != nil {
			return fmt.Errorf("make room for a unit: %w", err)
		}
		if err := c.tx.Create(&unit).Error; err != nil {
			return fmt.Errorf("add a unit: %w", err)
		}
	} else {
		err := c.tx.Table("unit").Where("community_id = ? AND id = ?", unit.CommunityID, unit.ID).
			Updates(map[string]any{"voter_id": unit.VoterID, "usage": unit.Usage, "area_cm2": unit.AreaCM2, "area_source": unit.AreaSource,
				"developer": unit.Developer, "counts_area": unit.CountsArea, "counts_heads": unit.CountsHeads}).Error
		if err != nil {
			return fmt.Errorf("correct a unit: %w", err)
		}
	}
	slices.Sort(c.touched)
	for _, voter := range slices.Compact(c.touched) {
		if voter == "" {
			continue
		}
		if err := c.weigh(voter); err != nil {
			return err
		}
	}
	return c.forget()
}

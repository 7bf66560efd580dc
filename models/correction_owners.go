package models

import (
	"encoding/json"
	"fmt"
	"slices"

	"gongjue/models/vault"
	"gongjue/voting/roster"
)

// hold gives the unit to its new owners: to the voter whom the rules of heads find for exactly this set, or to a new one.
func (c *correction) hold(wanted Correction) error {
	if wanted.Owners == nil {
		return nil
	}
	people, err := c.peopleOf(*wanted.Owners)
	if err != nil {
		return err
	}
	unit, old := &c.units[c.at], c.units[c.at].VoterID
	if wanted.Owners.Developer == unit.Developer && !c.added && samePeople(people, c.owners[old]) {
		return nil // the same set; phones may have changed
	}
	unit.Developer = wanted.Owners.Developer
	clear := make([]roster.Owner, len(people))
	for i, person := range people {
		if clear[i], err = c.s.ownerInClear(person); err != nil {
			return err
		}
	}
	c.rules[c.at] = unit.ruled(clear)
	target, err := c.voterFor(old, people)
	if err != nil {
		return err
	}
	unit.VoterID = target
	c.touched = append(c.touched, target)
	c.changed(changedOwners)
	return nil
}

// peopleOf are the rows of the new owners: those who are kept, those whom the roster knows by their number, and new ones.
func (c *correction) peopleOf(wanted NewOwners) ([]ownerRow, error) {
	if wanted.Developer {
		if len(wanted.Keep)+len(wanted.Add) > 0 {
			return nil, refuseField("bad_value", "owners")
		}
		return nil, nil
	}
	var people []ownerRow
	for _, id := range wanted.Keep {
		held := c.owners[c.units[c.at].VoterID]
		i := slices.IndexFunc(held, func(o ownerRow) bool { return o.ID == id })
		if i < 0 {
			return nil, refuseField("owner_unknown", "keep")
		}
		people = append(people, held[i])
	}
	for _, owner := range wanted.Add {
		row, err := c.person(owner)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(people, func(o ownerRow) bool { return o.ID == row.ID }) {
			people = append(people, row)
		}
	}
	if len(people) == 0 {
		return nil, refuseField("required", "owners")
	}
	return people, nil
}

// person finds an owner on the roster by the number of the document, or adds them.
func (c *correction) person(owner roster.Owner) (ownerRow, error) {
	var rows []ownerRow
	err := c.tx.Where("community_id = ? AND roster_id = ? AND id_index IN ?", c.list.CommunityID, c.list.ID,
		c.s.keys.FieldIndexes(columnIDNumber, c.list.CommunityID, owner.IDNumber)).Order("id").Limit(1).Find(&rows).Error
	if err != nil {
		return ownerRow{}, fmt.Errorf("find an owner: %w", err)
	}
	if len(rows) == 0 {
		row := ownerRowOf(c.key, c.list.CommunityID, c.list.ID, owner)
		if err := c.tx.Create(&row).Error; err != nil {
			return row, fmt.Errorf("add an owner: %w", err)
		}
		c.people[row.ID] = row
		return row, nil
	}
	if rows[0].Name != owner.Name {
		return rows[0], refuseField("id_name_conflict", "owners")
	}
	if owner.Phone != "" {
		if err := c.setPhone(rows[0], owner.Phone); err != nil {
			return rows[0], err
		}
	}
	return c.people[rows[0].ID], nil
}

func samePeople(a, b []ownerRow) bool {
	ids := func(rows []ownerRow) []string {
		list := make([]string, len(rows))
		for i, row := range rows {
			list[i] = row.ID
		}
		slices.Sort(list)
		return list
	}
	return slices.Equal(ids(a), ids(b))
}

// voterFor is the voter who holds the unit from now on.
func (c *correction) voterFor(old string, people []ownerRow) (string, error) {
	for _, holder := range roster.Holders(c.rules, c.policy()) {
		if !slices.Contains(holder.UnitIndexes, c.at) {
			continue
		}
		for _, other := range holder.UnitIndexes {
			if other != c.at {
				return c.units[other].VoterID, nil
			}
		}
	}
	alone := old != "" && !slices.ContainsFunc(c.units, func(u unitRow) bool { return u.VoterID == old && u.ID != c.units[c.at].ID })
	if alone && (c.voters[old].Kind == voterDeveloper) == c.units[c.at].Developer {
		return old, c.link(old, people)
	}
	voter := voterRow{CommunityID: c.list.CommunityID, RosterID: c.list.ID, ID: newID(), Kind: voterOwners, Position: 1}
	if c.units[c.at].Developer {
		voter.Kind = voterDeveloper
	}
	for _, other := range c.voters {
		voter.Position = max(voter.Position, other.Position+1)
	}
	if err := c.tx.Create(&voter).Error; err != nil {
		return "", fmt.Errorf("add a voter: %w", err)
	}
	c.voters[voter.ID] = voter
	return voter.ID, c.link(voter.ID, people)
}

// link makes people the owners behind a voter, in their order.
func (c *correction) link(voterID string, people []ownerRow) error {
	err := c.tx.Where("community_id = ? AND voter_id = ?", c.list.CommunityID, voterID).Delete(&voterOwnerRow{}).Error
	if err != nil {
		return fmt.Errorf("take owners off a voter: %w", err)
	}
	for i, person := range people {
		row := voterOwnerRow{CommunityID: c.list.CommunityID, VoterID: voterID, OwnerID: person.ID, Position: int64(i + 1)}
		if err := c.tx.Create(&row).Error; err != nil {
			return fmt.Errorf("put an owner to a voter: %w", err)
		}
	}
	c.owners[voterID] = people
	return nil
}

// weigh sets head, area and label of a voter by the units that it holds; a voter without any is gone.
func (c *correction) weigh(id string) error {
	voter := c.voters[id]
	voter.Heads, voter.AreaCM2, voter.Label = 0, 0, ""
	held := 0
	for _, unit := range c.units {
		if unit.VoterID != id {
			continue
		}
		if held++; held == 1 {
			voter.Label = unit.place()
		}
		if unit.CountsHeads {
			voter.Heads = 1
		}
		if unit.CountsArea {
			voter.AreaCM2 += unit.AreaCM2
		}
	}
	if held == 0 {
		delete(c.voters, id)
		if err := c.link(id, nil); err != nil {
			return err
		}
		if err := c.tx.Where("community_id = ? AND id = ?", voter.CommunityID, id).Delete(&voterRow{}).Error; err != nil {
			return fmt.Errorf("take a voter off the roster: %w", err)
		}
		return nil
	}
	if voter.Kind == voterDeveloper {
		voter.Label = roster.DeveloperKey
	}
	c.voters[id] = voter
	err := c.tx.Table("voter").Where("community_id = ? AND id = ?", voter.CommunityID, id).
		Updates(map[string]any{"heads": voter.Heads, "area_cm2": voter.AreaCM2, "label": voter.Label}).Error
	if err != nil {
		return fmt.Errorf("weigh a voter: %w", err)
	}
	return nil
}

// forget takes those off the roster who hold nothing any more: their numbers are not needed.
func (c *correction) forget() error {
	err := c.tx.Where("community_id = ? AND roster_id = ? AND id NOT IN (?) AND id NOT IN (?)", c.list.CommunityID, c.list.ID,
		c.tx.Table("voter_owner").Select("owner_id").Where("community_id = ?", c.list.CommunityID),
		c.tx.Table("mandate").Select("person_id").Where("community_id = ?", c.list.CommunityID)).Delete(&ownerRow{}).Error
	if err != nil {
		return fmt.Errorf("forget who holds nothing: %w", err)
	}
	return nil
}

// holders are the owners of the unit in clear; nobody's of a unit of the developer.
func (c *correction) holders() []roster.Owner { return c.rules[c.at].Owners }

// keepOwners keeps who held the unit before and after, encrypted, where that or a phone changed.
func (c *correction) keepOwners(change *changeRow, before []roster.Owner) error {
	if !slices.ContainsFunc(change.What, func(part string) bool {
		return part == changedOwners || part == changedPhone || part == changedUnit
	}) {
		return nil
	}
	var after []roster.Owner
	for _, row := range c.owners[c.units[c.at].VoterID] {
		owner, err := c.s.ownerInClear(c.people[row.ID])
		if err != nil {
			return err
		}
		after = append(after, owner)
	}
	text, err := json.Marshal(map[string][]roster.Owner{"before": before, "after": after})
	if err != nil {
		return fmt.Errorf("encode owners: %w", err)
	}
	change.ID, change.CommunityID = newID(), c.list.CommunityID
	change.Owners = c.key.Encrypt(change.ownersAt(), text)
	return nil
}

// ownersAt binds the owners of a change to it.
func (r changeRow) ownersAt() vault.Column {
	return vault.Column{Community: r.CommunityID, Name: "roster_change.owners", Row: r.ID}
}

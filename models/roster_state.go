package models

import (
	"encoding/json"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/roster"
)

// rosterState is a whole roster version as rows and as the rules of heads see it. It holds personal numbers in clear
// and never leaves a transaction.
type rosterState struct {
	list   rosterRow
	units  []unitRow     // in the order of the file
	rules  []roster.Unit // the same units with their owners
	voters map[string]voterRow
	owners map[string][]ownerRow // by voter, in their order
	people map[string]ownerRow   // by owner id
}

// loadRoster reads a roster version and keeps it from changing until the transaction ends. Refusal: not_found.
func (s *Store) loadRoster(tx *gorm.DB, communityID, rosterID string) (*rosterState, error) {
	state := &rosterState{voters: map[string]voterRow{}, owners: map[string][]ownerRow{}, people: map[string]ownerRow{}}
	if err := tx.Clauses(forUpdate).Where("community_id = ? AND id = ?", communityID, rosterID).Take(&state.list).Error; err != nil {
		return nil, orNotFound(err)
	}
	here := tx.Where("community_id = ? AND roster_id = ?", communityID, rosterID).Session(&gorm.Session{})
	if err := here.Order("position").Find(&state.units).Error; err != nil {
		return nil, fmt.Errorf("read units: %w", err)
	}
	var voters []voterRow
	if err := here.Find(&voters).Error; err != nil {
		return nil, fmt.Errorf("read voters: %w", err)
	}
	for _, voter := range voters {
		state.voters[voter.ID] = voter
	}
	var people []ownerRow
	if err := here.Find(&people).Error; err != nil {
		return nil, fmt.Errorf("read owners: %w", err)
	}
	for _, person := range people {
		state.people[person.ID] = person
	}
	var links []voterOwnerRow
	err := tx.Table("voter_owner").Select("voter_owner.*").
		Joins("JOIN voter ON voter.community_id = voter_owner.community_id AND voter.id = voter_owner.voter_id").
		Where("voter.community_id = ? AND voter.roster_id = ?", communityID, rosterID).
		Order("voter_owner.voter_id, voter_owner.position").Scan(&links).Error
	if err != nil {
		return nil, fmt.Errorf("read who holds what: %w", err)
	}
	for _, link := range links {
		state.owners[link.VoterID] = append(state.owners[link.VoterID], state.people[link.OwnerID])
	}
	return state, state.read(s)
}

// read gives every unit the form that the rules of heads know.
func (r *rosterState) read(s *Store) error {
	clear := map[string][]roster.Owner{}
	for voter, rows := range r.owners {
		for _, row := range rows {
			owner, err := s.ownerInClear(row)
			if err != nil {
				return err
			}
			clear[voter] = append(clear[voter], owner)
		}
	}
	r.rules = make([]roster.Unit, len(r.units))
	for i, unit := range r.units {
		r.rules[i] = unit.ruled(clear[unit.VoterID])
	}
	return nil
}

// ruled is the unit with its owners as the rules of heads see it. Whether a unit of the developer is unsold or only
// not delivered makes no difference to them (解释第9条).
func (r unitRow) ruled(owners []roster.Owner) roster.Unit {
	return roster.Unit{Building: r.Building, Stair: r.Stair, Room: r.Room, Usage: r.Usage, Area: r.AreaCM2, AreaSource: r.AreaSource,
		Certificate: r.Certificate, Delivered: true, DeveloperHeld: r.Developer, Parking: r.Usage == roster.UsageParking,
		CountsArea: r.CountsArea, CountsHeads: r.CountsHeads, Owners: owners}
}

func (s *Store) ownerInClear(row ownerRow) (roster.Owner, error) {
	owner := roster.Owner{Name: row.Name, IDKind: row.IDKind}
	var err error
	if owner.Phone, err = s.phone(row); err != nil || row.IDNumber == nil {
		return owner, err
	}
	number, err := s.keys.DecryptField(row.at(columnIDNumber), row.IDNumber)
	if err != nil {
		return owner, fmt.Errorf("decrypt an ID number: %w", err)
	}
	owner.IDNumber = string(number)
	return owner, nil
}

// unitAt finds a unit by its id.
func (r *rosterState) unitAt(id string) (int, bool) {
	for i, unit := range r.units {
		if unit.ID == id {
			return i, true
		}
	}
	return 0, false
}

// policy is what parking counts for in this version.
func (r *rosterState) policy() roster.Policy {
	return roster.Policy{ParkingCountsArea: r.list.ParkingArea, ParkingCountsHeads: r.list.ParkingHeads}
}

func (r *rosterState) summary() roster.Summary {
	return roster.Summarise(roster.Roster{Units: r.rules}, nil)
}

// resum writes the totals of a roster anew after a change; before is what summary gave before it. What the rows do
// not hold (buyers of undelivered units, the importer's doubts) is carried on from the stored summary.
func (r *rosterState) resum(tx *gorm.DB, before roster.Summary) error {
	var stored roster.Summary
	if err := json.Unmarshal([]byte(r.list.Summary), &stored); err != nil {
		return fmt.Errorf("decode summary of roster %s: %w", r.list.ID, err)
	}
	after := r.summary()
	after.Issues = stored.Issues
	after.JointlyOwnedUnits += stored.JointlyOwnedUnits - before.JointlyOwnedUnits
	after.UnitsWithoutAnyPhone += stored.UnitsWithoutAnyPhone - before.UnitsWithoutAnyPhone
	text, err := jsonText(after)
	if err != nil {
		return err
	}
	r.list.Summary, r.list.Units, r.list.Heads, r.list.AreaCM2 = text, int64(len(r.units)), 0, 0
	for _, voter := range r.voters {
		r.list.Heads += voter.Heads
		r.list.AreaCM2 += voter.AreaCM2
	}
	err = tx.Table("roster").Where("community_id = ? AND id = ?", r.list.CommunityID, r.list.ID).
		Updates(map[string]any{"summary": r.list.Summary, "units": r.list.Units, "heads": r.list.Heads, "area_cm2": r.list.AreaCM2}).Error
	if err != nil {
		return fmt.Errorf("add up the roster: %w", err)
	}
	return nil
}

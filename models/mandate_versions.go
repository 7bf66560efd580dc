package models

import (
	"errors"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

// versionsInUse are the other versions on which a mandate of a roster has to hold as well: the one in force, where an
// amendment made it meanwhile, and those that a meeting still counts over.
func versionsInUse(tx *gorm.DB, communityID, rosterID string) ([]string, error) {
	line, err := amendedLine(tx, communityID, rosterID)
	if err != nil {
		return nil, err
	}
	since, err := amendedSince(tx, communityID, rosterID)
	if err != nil {
		return nil, err
	}
	others := line[1:]
	for _, amendment := range since {
		others = append(others, amendment.NextID)
	}
	var used []string
	for _, id := range others {
		_, err := rosterInForce(tx, communityID, id)
		if errors.Is(err, refuse("roster_superseded")) {
			continue
		}
		if err != nil {
			return nil, err
		}
		used = append(used, id)
	}
	return used, nil
}

// spreadMandate carries an approved mandate to the other versions in use, and tells the logs of the meetings on each.
func (s *Store) spreadMandate(tx *gorm.DB, now int64, row mandateRow, others []string, logs []*logWriter) error {
	spread := []mandateRow{row}
	for _, id := range others {
		carried, fits, err := s.carriedTo(tx, row, id)
		if err != nil {
			return err
		}
		if fits {
			spread = append(spread, carried)
		}
	}
	for _, one := range spread {
		var meetings []string
		err := tx.Table("meeting").Where("community_id = ? AND roster_id = ?", one.CommunityID, one.RosterID).Pluck("id", &meetings).Error
		if err != nil {
			return fmt.Errorf("find the meetings of a mandate: %w", err)
		}
		entry, err := s.mandateEntry(tx, one)
		if err != nil {
			return err
		}
		told := slices.DeleteFunc(slices.Clone(logs), func(log *logWriter) bool { return !slices.Contains(meetings, log.head.MeetingID) })
		if err := s.tellLogs(tx, now, told, entry, one.ProposedBy, one.DecidedBy); err != nil {
			return err
		}
	}
	return nil
}

// carriedTo stores a mandate on another version, where the same people hold the home there.
func (s *Store) carriedTo(tx *gorm.DB, row mandateRow, rosterID string) (carried mandateRow, fits bool, err error) {
	var here, there unitRow
	if err := tx.Where("community_id = ? AND id = ?", row.CommunityID, row.UnitID).Take(&here).Error; err != nil {
		return row, false, fmt.Errorf("read the home of a mandate: %w", err)
	}
	var found []unitRow
	err = tx.Where("community_id = ? AND roster_id = ? AND building = ? AND stair = ? AND room = ?", row.CommunityID, rosterID, here.Building, here.Stair, here.Room).
		Limit(1).Find(&found).Error
	if err != nil || len(found) == 0 {
		return row, false, err
	}
	there = found[0]
	same, err := s.samePeopleThere(tx, row, there.VoterID)
	if err != nil || same == nil {
		return row, false, err
	}
	carried = row
	carried.VoterID, carried.UnitID, carried.OwnerID = there.VoterID, there.ID, same[row.OwnerID]
	if err := openlyUndone(tx, carried); err != nil {
		return row, false, err
	}
	if row.Kind == lifecycle.Buyer {
		var held int64
		if err := tx.Table("unit").Where("community_id = ? AND voter_id = ?", row.CommunityID, there.VoterID).Count(&held).Error; err != nil {
			return row, false, fmt.Errorf("count the homes of a voter: %w", err)
		}
		carried.Acts = held == 1
	}
	if carried.PersonID, err = s.personOn(tx, row, rosterID, same); err != nil {
		return row, false, err
	}
	return carried, true, carried.carry(tx, rosterID)
}

// samePeopleThere maps the owners behind a mandate to those of a voter of another version; nil where they are others.
func (s *Store) samePeopleThere(tx *gorm.DB, row mandateRow, voterID string) (map[string]string, error) {
	here, err := ownersOfVoter(tx, row.CommunityID, row.VoterID)
	if err != nil {
		return nil, err
	}
	there, err := ownersOfVoter(tx, row.CommunityID, voterID)
	if err != nil || len(there) != len(here) {
		return nil, err
	}
	type person struct{ name, number string }
	known := map[person]string{}
	for _, owner := range there {
		clear, err := s.ownerInClear(owner)
		if err != nil {
			return nil, err
		}
		known[person{clear.Name, clear.IDNumber}] = owner.ID
	}
	same := map[string]string{}
	for _, owner := range here {
		clear, err := s.ownerInClear(owner)
		if err != nil {
			return nil, err
		}
		id, there := known[person{clear.Name, clear.IDNumber}]
		if !there {
			return nil, nil
		}
		same[owner.ID] = id
	}
	return same, nil
}

// personOn is who acts as another version knows them: one of its owners, or a row of their own.
func (s *Store) personOn(tx *gorm.DB, row mandateRow, rosterID string, same map[string]string) (string, error) {
	if row.PersonID == "" || same[row.PersonID] != "" {
		return same[row.PersonID], nil
	}
	var person ownerRow
	if err := tx.Where("community_id = ? AND id = ?", row.CommunityID, row.PersonID).Take(&person).Error; err != nil {
		return "", fmt.Errorf("read who acts for a voter: %w", err)
	}
	clear, err := s.ownerInClear(person)
	if err != nil {
		return "", err
	}
	key, err := s.holdFieldKey(tx)
	if err != nil {
		return "", err
	}
	added := ownerRowOf(key, row.CommunityID, rosterID, clear)
	if err := tx.Create(&added).Error; err != nil {
		return "", fmt.Errorf("keep who acts for a voter: %w", err)
	}
	return added.ID, nil
}

// rival limits a query to mandates that would hold in place of a row: for the same of the voter, and of sales for the
// same home, since a voter may sell two.
func (r mandateRow) rival(query *gorm.DB) *gorm.DB {
	query = query.Where("mandate.community_id = ? AND mandate.voter_id = ? AND mandate.owner_id = ? AND mandate.id <> ?", r.CommunityID, r.VoterID, r.OwnerID, r.ID)
	if r.Kind == lifecycle.Buyer {
		return query.Where("mandate.kind = ? AND mandate.unit_id = ?", lifecycle.Buyer, r.UnitID)
	}
	return query.Where("mandate.kind <> ?", lifecycle.Buyer)
}

// notOvertaken keeps the street from approving what was proposed before something else was approved of the same voter:
// of two proposals that were noted twice, or that name two people, one can be in force. Refusal: mandate_overtaken.
func notOvertaken(tx *gorm.DB, row mandateRow) error {
	var since int64
	err := row.rival(tx.Table("mandate")).Where("mandate.state = ? AND mandate.decided_at > ?", lifecycle.AmendmentApproved, row.ProposedAt).Count(&since).Error
	if err != nil {
		return fmt.Errorf("look for a mandate approved meanwhile: %w", err)
	}
	if since > 0 {
		return refuse("mandate_overtaken")
	}
	return nil
}

// stillWanted refuses a proposal while another of the same voter waits for the street, and one that says what holds
// already. Refusals: mandate_waiting, mandate_twice.
func (s *Store) stillWanted(tx *gorm.DB, row mandateRow, person roster.Owner) error {
	var waiting int64
	err := row.rival(tx.Table("mandate")).Where("mandate.state = ? AND mandate.proposed_at >= ?", lifecycle.AmendmentProposed, row.ProposedAt-amendmentLife).Count(&waiting).Error
	if err != nil {
		return fmt.Errorf("look for a mandate that waits: %w", err)
	}
	if waiting > 0 {
		return refuse("mandate_waiting")
	}
	var approved []mandateRow
	err = row.rival(tx).Where("mandate.state = ?", lifecycle.AmendmentApproved).Order("decided_at DESC, number DESC").Limit(1).Find(&approved).Error
	if err != nil {
		return fmt.Errorf("look for a mandate in force: %w", err)
	}
	if len(approved) == 0 {
		approved = []mandateRow{{Kind: lifecycle.OwnAgain}} // the owners cast, as long as nobody says otherwise
	}
	same, err := s.saysTheSame(tx, row, approved[0], person)
	if err == nil && same {
		err = refuseField("mandate_twice", "capacity")
	}
	return err
}

// saysTheSame tells whether a proposal would leave everything as the newest mandate has it.
func (s *Store) saysTheSame(tx *gorm.DB, row, last mandateRow, person roster.Owner) (bool, error) {
	switch {
	case row.Kind != last.Kind:
		return false, nil
	case row.Kind == lifecycle.OwnAgain, row.PersonID != "":
		return row.PersonID == last.PersonID, nil
	case last.PersonID == "": // a sale of one of several homes
		return !row.Acts && row.Document == last.Document && row.Reason == last.Reason, nil
	}
	var acts ownerRow
	if err := tx.Where("community_id = ? AND id = ?", last.CommunityID, last.PersonID).Take(&acts).Error; err != nil {
		return false, fmt.Errorf("read who acts for a voter: %w", err)
	}
	phone, err := s.phone(acts)
	return acts.Name == person.Name && phone == person.Phone, err
}

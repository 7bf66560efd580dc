package models

import (
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
)

// carryMandates lets mandates in force and sales hold on the version that an amendment makes, before the copy is
// corrected; settleMandates takes back what the correction ended.
func carryMandates(tx *gorm.DB, from *rosterState, copied rosterCopy) ([]mandateRow, error) {
	rows, err := mandatesOn(tx, from.list.CommunityID, from.list.ID)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		row := &rows[i]
		row.VoterID, row.UnitID = copied.voterIDs[row.VoterID], copied.unitIDs[row.UnitID]
		row.OwnerID, row.PersonID = copied.ownerIDs[row.OwnerID], copied.ownerIDs[row.PersonID]
		if err := row.carry(tx, copied.list.ID); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// carry stores a mandate again, on another version.
func (r *mandateRow) carry(tx *gorm.DB, rosterID string) error {
	r.CarriedFrom, r.RosterID, r.ID = r.ID, rosterID, newID()
	err := tx.Table("mandate").Where("community_id = ?", r.CommunityID).Select("COALESCE(MAX(number), 0) + 1").Scan(&r.Number).Error
	if err != nil {
		return fmt.Errorf("number a mandate: %w", err)
	}
	if err := tx.Create(r).Error; err != nil {
		return fmt.Errorf("carry a mandate over: %w", raced(err))
	}
	return nil
}

// settleMandates goes through what was carried over after the correction. Where that gave a voter other owners, those
// decide anew who acts; a home that was given to somebody else is sold no more; and whoever bought the only home of a
// voter does not cast for one that the voter gained.
func settleMandates(tx *gorm.DB, before map[string][]ownerRow, copied rosterCopy, carried []mandateRow) error {
	held, holder := map[string]int{}, map[string]string{}
	for _, unit := range copied.units {
		held[unit.VoterID]++
		holder[unit.ID] = unit.VoterID
	}
	for _, row := range carried {
		sale := row.Kind == lifecycle.Buyer
		here := tx.Table("mandate").Where("community_id = ? AND id = ?", row.CommunityID, row.ID)
		var err error
		switch {
		case held[row.VoterID] == 0 || !samePeople(before[row.VoterID], copied.owners[row.VoterID]) || sale && holder[row.UnitID] != row.VoterID:
			err = here.Delete(&mandateRow{}).Error
		case sale && row.Acts && held[row.VoterID] > 1:
			err = here.Update("acts", false).Error
		}
		if err != nil {
			return fmt.Errorf("settle a mandate: %w", err)
		}
	}
	return (&correction{rosterState: copied.rosterState, tx: tx}).forget()
}

// openlyUndone keeps a sale that everybody was told of from being undone without a word: only another sale, as public as
// the first, follows it. Refusal: home_sold.
func openlyUndone(tx *gorm.DB, row mandateRow) error {
	if row.Kind == lifecycle.Buyer || row.OwnerID != "" {
		return nil
	}
	acting, err := actingFor(tx.Where("mandate.community_id = ? AND mandate.voter_id = ? AND mandate.owner_id = ''", row.CommunityID, row.VoterID))
	if err != nil {
		return err
	}
	if list := acting[row.VoterID]; len(list) > 0 && list[len(list)-1].Kind == lifecycle.Buyer {
		return refuseField("home_sold", "capacity")
	}
	return nil
}

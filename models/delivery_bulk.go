package models

import (
	"context"
	"fmt"

	"gorm.io/gorm"
)

// DeliveryRound is one walk through a building or a stair: everybody there who has no record yet gets the same one.
type DeliveryRound struct {
	Building string
	Stair    string   // empty: the whole building
	Delivery Delivery // VoterID and Replaces are not looked at
}

// RecordDeliveries records the sheets of a building or a stair at once and tells how many. A sheet belongs to its
// voter's first home; the developer's is not part of any round, because nobody lives in what it has not sold. Refusals: as
// RecordDelivery, and home_unknown (no such place), delivery_nothing (every sheet there has a record).
func (s *Store) RecordDeliveries(ctx context.Context, by Actor, communityID, meetingID string, round DeliveryRound) (int64, error) {
	if err := round.Delivery.check(); err != nil {
		return 0, err
	}
	recorded := int64(0)
	err := s.delivering(ctx, by, communityID, meetingID, "", func(tx *gorm.DB, now int64, meeting meetingRow) error {
		if err := during(meeting, round.Delivery.At, now); err != nil {
			return err
		}
		rows, err := round.rows(tx, meeting, by, now)
		if err != nil {
			return err
		}
		if err := tx.CreateInBatches(rows, insertBatch).Error; err != nil {
			return fmt.Errorf("record deliveries: %w", raced(err))
		}
		recorded = int64(len(rows))
		return record(tx, now, by, communityID, "deliveries_recorded", "meeting", meetingID, struct {
			Building string         `json:"building"`
			Stair    string         `json:"stair"`
			Mode     DeliveryMode   `json:"mode"`
			Result   DeliveryResult `json:"result"`
			Sheets   int64          `json:"sheets"`
		}{round.Building, round.Stair, round.Delivery.Mode, round.Delivery.Result, recorded})
	})
	return recorded, err
}

// rows are the records of a round, one for every sheet that has none.
func (r DeliveryRound) rows(tx *gorm.DB, meeting meetingRow, by Actor, now int64) ([]deliveryRow, error) {
	sheets, err := handledSheets(tx, meeting.CommunityID, meeting.ID, meeting.RosterID)
	if err != nil {
		return nil, err
	}
	var rows []deliveryRow
	there := false
	for _, sheet := range sheets {
		if sheet.building != r.Building || (r.Stair != "" && sheet.stair != r.Stair) || sheet.developer {
			continue
		}
		there = true
		if sheet.last == nil {
			delivery := r.Delivery
			delivery.VoterID = sheet.voterID
			rows = append(rows, newDelivery(meeting, delivery, by, now))
		}
	}
	switch {
	case !there:
		return nil, refuseField("home_unknown", "building")
	case len(rows) == 0:
		return nil, refuseField("delivery_nothing", "building")
	}
	return rows, nil
}

// handledSheet is a sheet of a meeting with what became of it.
type handledSheet struct {
	voterID, label  string
	building, stair string // of the voter's first unit
	developer       bool
	last            *deliveryRow // nil: no record
}

// handledSheets are all sheets of a meeting in the order of the roster.
func handledSheets(db *gorm.DB, communityID, meetingID, rosterID string) ([]handledSheet, error) {
	var voters []voterRow
	err := db.Table("voter").Select("voter.id, voter.label, voter.kind").
		Joins("JOIN locator ON locator.community_id = voter.community_id AND locator.voter_id = voter.id").
		Where("locator.community_id = ? AND locator.meeting_id = ?", communityID, meetingID).Order("voter.position").Scan(&voters).Error
	if err != nil {
		return nil, fmt.Errorf("read sheets: %w", err)
	}
	var units []unitRow
	err = db.Select("voter_id", "building", "stair").Where("community_id = ? AND roster_id = ?", communityID, rosterID).
		Order("position").Find(&units).Error
	if err != nil {
		return nil, fmt.Errorf("read homes of sheets: %w", err)
	}
	first := make(map[string]unitRow, len(voters))
	for _, unit := range units {
		if _, known := first[unit.VoterID]; !known {
			first[unit.VoterID] = unit
		}
	}
	deliveries, err := deliveriesOf(db, communityID, meetingID, "")
	if err != nil {
		return nil, err
	}
	last := make(map[string]*deliveryRow, len(deliveries))
	for i := range deliveries {
		last[deliveries[i].VoterID] = &deliveries[i]
	}
	sheets := make([]handledSheet, len(voters))
	for i, voter := range voters {
		home := first[voter.ID]
		sheets[i] = handledSheet{voterID: voter.ID, label: voter.Label, building: home.Building, stair: home.Stair,
			developer: voter.Kind == voterDeveloper, last: last[voter.ID]}
	}
	return sheets, nil
}

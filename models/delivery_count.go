package models

import (
	"database/sql"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting"
)

// register is what the count takes from the deliveries of a meeting.
type register struct {
	sheets map[string]voting.Handling // by voter; the newest record is in force
	kept   bool                       // the meeting keeps one: otherwise "not issued" would be said of sheets that were handed out
}

func registerOf(db *gorm.DB, meeting Meeting) (register, error) {
	r := register{sheets: map[string]voting.Handling{}}
	query := db.Table("delivery").Select("voter_id, result").Where("community_id = ? AND meeting_id = ?", meeting.CommunityID, meeting.ID).
		Order("voter_id, number")
	err := eachRow(query, func(rows *sql.Rows) error {
		var voter string
		var result DeliveryResult
		err := rows.Scan(&voter, &result)
		r.sheets[voter] = handlings[result]
		return err
	})
	if err != nil {
		return register{}, fmt.Errorf("read the register of deliveries: %w", err)
	}
	r.kept = len(r.sheets) > 0 || meeting.CountsSilence()
	return r, nil
}

// unrecorded counts the sheets of a meeting that have no record.
func unrecorded(db *gorm.DB, communityID, meetingID string) (int64, error) {
	var n int64
	err := db.Table("locator").
		Joins("LEFT JOIN delivery ON delivery.community_id = locator.community_id AND delivery.meeting_id = locator.meeting_id "+
			"AND delivery.voter_id = locator.voter_id AND delivery.number = 1").
		Where("locator.community_id = ? AND locator.meeting_id = ? AND delivery.id IS NULL", communityID, meetingID).Count(&n).Error
	if err != nil {
		return 0, fmt.Errorf("count sheets without a record: %w", err)
	}
	return n, nil
}

package models

import (
	"fmt"

	"gorm.io/gorm"
)

// WaitingLot is a number on record that somebody of another role has to type again.
type WaitingLot struct {
	MeetingID string
	FirstRole Role
}

// addLots adds what waits for a second person.
func addLots(query *gorm.DB, list []Overview, at map[string]int) error {
	var rows []lotDrawRow
	err := query.Select("community_id", "meeting_id", "first_role").Where("state = ?", LotWaiting).Order("first_at, meeting_id").Find(&rows).Error
	if err != nil {
		return fmt.Errorf("list lots: %w", err)
	}
	for _, row := range rows {
		i := at[row.CommunityID]
		list[i].Lots = append(list[i].Lots, WaitingLot{MeetingID: row.MeetingID, FirstRole: row.FirstRole})
	}
	return nil
}

// lotsUnderWay selects the ids of the meetings whose lot waits for a second person.
func lotsUnderWay(communities *gorm.DB) *gorm.DB {
	return communities.Table("lot_draw").Select("meeting_id").Where("state = ?", LotWaiting)
}

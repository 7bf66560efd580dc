package models

import (
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/bundle"
)

// register is what the count takes from the deliveries of a meeting.
type register struct {
	sheets    map[string]voting.Handling // by voter; the newest record is in force
	delivered []string
	kept      bool // the meeting keeps one: otherwise "not issued" would be said of sheets that were handed out
}

func registerOf(db *gorm.DB, meeting Meeting) (register, error) {
	rows, err := deliveriesOf(db, meeting.CommunityID, meeting.ID, "")
	if err != nil {
		return register{}, err
	}
	r := register{sheets: make(map[string]voting.Handling, len(rows)),
		kept: len(rows) > 0 || meeting.CountsSilence()}
	for i, row := range rows {
		if i+1 < len(rows) && rows[i+1].VoterID == row.VoterID {
			continue // corrected since
		}
		r.sheets[row.VoterID] = handlings[row.Result]
		if row.Result == Delivered {
			r.delivered = append(r.delivered, row.VoterID)
		}
	}
	return r, nil
}

// count classifies everybody in the scope of a matter; nil where the meeting keeps no register.
func (r register) count(m voting.Matter, p voting.Policies, voters []voting.Voter, ballots []voting.Ballot) (*bundle.Delivery, error) {
	if !r.kept {
		return nil, nil
	}
	_, sums, err := voting.Classify(m, p, voters, ballots, r.sheets)
	if err != nil {
		return nil, fmt.Errorf("classify the voters: %w", err)
	}
	var total, delivered voting.Weight
	for _, voter := range voters {
		weight := voter.Within(m.Scope)
		total = total.Plus(weight)
		if r.sheets[voter.ID] == voting.SheetDelivered {
			delivered = delivered.Plus(weight)
		}
	}
	return bundle.NewDelivery(total, delivered, sums), nil
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

package models

import (
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting"
)

// DeliveryCount tells, within the scope of one matter, what became of everybody's sheet.
type DeliveryCount struct {
	Delivered voting.Weight                       `json:"delivered"` // with proof, those included who answered
	Classes   map[voting.VoterClass]voting.Weight `json:"classes"`   // a class that is missing is empty
}

// ClassLine is one of the six classes of voters at the close.
type ClassLine struct {
	Class  voting.VoterClass
	Weight voting.Weight
	Few    bool // so few heads that the area would name a home: the public reads the heads alone
}

// few is the number of heads from which an area no longer points to a room (notice-form §4.5).
const few = 3

// Lines are the six classes in order. Voted, void and silent areas stand among the figures of the result anyway; of the
// rest, where one area is kept back, the next smallest is too, or subtraction would bring it back.
func (d DeliveryCount) Lines() []ClassLine {
	lines := make([]ClassLine, len(voting.VoterClasses))
	kept, next := 0, -1
	for i, class := range voting.VoterClasses {
		lines[i] = ClassLine{Class: class, Weight: d.Classes[class]}
		heads := lines[i].Weight.Heads
		switch {
		case heads == 0 || class == voting.ClassVoted || class == voting.ClassVoid || class == voting.ClassDeliveredSilent:
		case heads < few:
			lines[i].Few = true
			kept++
		case next < 0 || heads < lines[next].Weight.Heads:
			next = i
		}
	}
	if kept == 1 && next >= 0 {
		lines[next].Few = true
	}
	return lines
}

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
func (r register) count(m voting.Matter, p voting.Policies, voters []voting.Voter, ballots []voting.Ballot) (*DeliveryCount, error) {
	if !r.kept {
		return nil, nil
	}
	_, sums, err := voting.Classify(m, p, voters, ballots, r.sheets)
	if err != nil {
		return nil, fmt.Errorf("classify the voters: %w", err)
	}
	found := &DeliveryCount{Classes: sums}
	for _, voter := range voters {
		if r.sheets[voter.ID] == voting.SheetDelivered {
			found.Delivered = found.Delivered.Plus(voter.Within(m.Scope))
		}
	}
	return found, nil
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

package models

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/disclosure"
	"gongjue/voting/lifecycle"
)

// DisclosureGround is what allows a use of the fund: a decision of the owners that takes effect, or an emergency use that
// the street confirmed.
type DisclosureGround struct {
	disclosure.Basis
	Meeting string // its title
	Matter  string // its title
	Number  int64  // of the emergency use
	Place   string // of the emergency use
}

// DisclosureGrounds are those of a community.
func (s *Store) DisclosureGrounds(ctx context.Context, communityID string) ([]DisclosureGround, error) {
	return groundsOf(s.read(ctx), communityID)
}

func groundsOf(db *gorm.DB, communityID string) ([]DisclosureGround, error) {
	var ids []string
	err := db.Table("meeting").Select("meeting.id").Where("meeting.community_id = ? AND meeting.state = ? AND EXISTS (SELECT 1 FROM matter WHERE matter.community_id = meeting.community_id "+
		"AND matter.meeting_id = meeting.id AND matter.item = ?)", communityID, lifecycle.MeetingPublished, voting.FundUseItem).Order("meeting.published_at DESC, meeting.id").Scan(&ids).Error
	if err != nil {
		return nil, fmt.Errorf("list meetings about the fund: %w", err)
	}
	var list []DisclosureGround
	for _, id := range ids {
		meeting, err := meetingView(db.Where("community_id = ? AND id = ?", communityID, id))
		if err != nil {
			return nil, err
		}
		final, err := standingFinal(db, meeting)
		if err != nil {
			return nil, err
		}
		for _, matter := range final {
			if matter.Rule.Item == voting.FundUseItem && matter.effect == voting.TakesEffect {
				list = append(list, DisclosureGround{Basis: disclosure.Basis{MeetingID: id, Position: matter.Position}, Meeting: meeting.Title, Matter: matter.Title})
			}
		}
	}
	var urgent []emergencyRow
	err = db.Where("community_id = ? AND state IN ?", communityID, []lifecycle.EmergencyState{lifecycle.EmergencyConfirmed, lifecycle.EmergencyDone}).Order("number DESC").Find(&urgent).Error
	if err != nil {
		return nil, fmt.Errorf("list emergency uses: %w", err)
	}
	for _, row := range urgent {
		list = append(list, DisclosureGround{Basis: disclosure.Basis{EmergencyID: row.ID}, Number: row.Number, Place: row.Place})
	}
	return list, nil
}

// allowed holds lines to what the community decided. Refusal: basis_unknown.
func allowed(tx *gorm.DB, communityID string, lines []disclosure.Line) error {
	if !slices.ContainsFunc(lines, func(l disclosure.Line) bool { return l.Basis != disclosure.Basis{} }) {
		return nil
	}
	grounds, err := groundsOf(tx, communityID)
	if err != nil {
		return err
	}
	known := map[disclosure.Basis]bool{{}: true}
	for _, ground := range grounds {
		known[ground.Basis] = true
	}
	for _, line := range lines {
		if !known[line.Basis] || line.Basis != (disclosure.Basis{}) && line.Section != disclosure.FundUse {
			return refuseField("basis_unknown", "basis")
		}
	}
	return nil
}

// addGrounds names what allowed the lines that say so, also where a decision was revoked since.
func (s *Store) addGrounds(ctx context.Context, communityID string, lines []DisclosureLine) error {
	var meetings, urgent []string
	for _, line := range lines {
		if id := line.Basis.MeetingID; id != "" && !slices.Contains(meetings, id) {
			meetings = append(meetings, id)
		}
		if id := line.Basis.EmergencyID; id != "" && !slices.Contains(urgent, id) {
			urgent = append(urgent, id)
		}
	}
	grounds := map[disclosure.Basis]DisclosureGround{}
	var found []DisclosureGround
	if len(meetings) > 0 {
		err := s.read(ctx).Table("matter").Select("matter.meeting_id, matter.position, meeting.title AS meeting, matter.title AS matter").
			Joins("JOIN meeting ON meeting.community_id = matter.community_id AND meeting.id = matter.meeting_id").
			Where("matter.community_id = ? AND matter.meeting_id IN ?", communityID, meetings).Scan(&found).Error
		if err != nil {
			return fmt.Errorf("name the decisions of a disclosure: %w", err)
		}
	}
	if len(urgent) > 0 {
		var rows []emergencyRow
		if err := s.read(ctx).Where("community_id = ? AND id IN ?", communityID, urgent).Find(&rows).Error; err != nil {
			return fmt.Errorf("name the emergency uses of a disclosure: %w", err)
		}
		for _, row := range rows {
			found = append(found, DisclosureGround{Basis: disclosure.Basis{EmergencyID: row.ID}, Number: row.Number, Place: row.Place})
		}
	}
	for _, ground := range found {
		grounds[ground.Basis] = ground
	}
	for i := range lines {
		lines[i].Ground = grounds[lines[i].Basis]
	}
	return nil
}

package models

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
)

// repeats is the id of the annulled meeting as its column holds it; nil for none.
func (t *MeetingTerms) repeats() *string {
	if t.Repeats == "" {
		return nil
	}
	return &t.Repeats
}

// mayRepeat holds a draft to a vote of its community that was annulled: only that is run again. Refusal: not_annulled.
func mayRepeat(tx *gorm.DB, row meetingRow) error {
	if row.Repeats == nil {
		return nil
	}
	var annulled int64
	err := tx.Table("meeting").Where("community_id = ? AND id = ? AND state = ?", row.CommunityID, *row.Repeats, lifecycle.MeetingVoidRerun).Count(&annulled).Error
	if err != nil {
		return fmt.Errorf("find the annulled meeting: %w", err)
	}
	if annulled == 0 {
		return refuseField("not_annulled", "repeats")
	}
	return nil
}

// RepeatedBy lists the meetings that run an annulled one again and were not withdrawn or annulled themselves, the oldest
// first.
func (s *Store) RepeatedBy(ctx context.Context, communityID, meetingID string) ([]RunOff, error) {
	var list []RunOff
	err := s.read(ctx).Table("meeting").Select("id, title, state").Where("community_id = ? AND repeats = ? AND state NOT IN ?", communityID, meetingID, overStates).
		Order("created_at, id").Scan(&list).Error
	if err != nil {
		return nil, fmt.Errorf("list meetings that repeat one: %w", err)
	}
	return list, nil
}

// Annulled lists the votes of a community that were annulled, the newest first: what a draft may run again.
func (s *Store) Annulled(ctx context.Context, communityID string) ([]RunOff, error) {
	var list []RunOff
	err := s.read(ctx).Table("meeting").Select("id, title, state").Where("community_id = ? AND state = ?", communityID, lifecycle.MeetingVoidRerun).
		Order("created_at DESC, id").Scan(&list).Error
	if err != nil {
		return nil, fmt.Errorf("list annulled meetings: %w", err)
	}
	return list, nil
}

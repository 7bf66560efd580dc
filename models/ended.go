package models

import (
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
)

// addEnds tells of each withdrawn or annulled meeting of a community when that was. The record of the step is the only
// place that says it.
func addEnds(db *gorm.DB, communityID string, meetings []Meeting) error {
	at := map[string]int{}
	for i, meeting := range meetings {
		if meeting.State == lifecycle.MeetingCancelled || meeting.State == lifecycle.MeetingVoidRerun {
			at[meeting.ID] = i
		}
	}
	if len(at) == 0 {
		return nil
	}
	var ends []struct {
		SubjectID string
		At        int64
	}
	err := db.Table("audit").Select("subject_id, at").Where("community_id = ? AND subject = ? AND act IN ?", communityID, "meeting",
		[]string{intoState(lifecycle.MeetingCancelled), intoState(lifecycle.MeetingVoidRerun)}).Scan(&ends).Error
	if err != nil {
		return fmt.Errorf("read when meetings ended: %w", err)
	}
	for _, end := range ends {
		if i, ended := at[end.SubjectID]; ended {
			meetings[i].EndedAt = end.At
		}
	}
	return nil
}

// intoState is how a step into the state stands on record.
func intoState(state lifecycle.MeetingState) string { return "meeting_" + string(state) }

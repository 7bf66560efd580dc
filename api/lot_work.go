package api

import (
	"slices"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// recordsLots tells whether the one who looks may put the number of a lot on record.
func (c *call) recordsLots() bool {
	return slices.Contains([]models.Role{models.RoleConvener, models.RoleTeller, models.RoleStreet}, c.staff.Role)
}

// mayConfirmLot tells whether the one who looks may type the number of a lot a second time.
func (c *call) mayConfirmLot(firstRole models.Role) bool {
	return c.recordsLots() && c.staff.Role != firstRole
}

// lotsOf are the lots that wait for the one who asks.
func (c *call) lotsOf(overview models.Overview) []web.WorkItem {
	var work []web.WorkItem
	for _, waiting := range overview.Lots {
		if !c.mayConfirmLot(waiting.FirstRole) {
			continue
		}
		for _, meeting := range overview.Meetings {
			if meeting.ID == waiting.MeetingID && meeting.State == lifecycle.MeetingPreliminary {
				work = append(work, web.WorkItem{Text: web.WorkLot(overview.Name, meeting.Title), URL: staffMeetingURL(meeting) + "/lot"})
			}
		}
	}
	return work
}

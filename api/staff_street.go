package api

import (
	"net/http"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// streetPage is the street's work list: what waits for it, and the meetings that are under way.
func streetPage(c *call) error {
	underWay, err := c.store.UnderWay(c, *c.staff)
	if err != nil {
		return err
	}
	page, next, err := c.store.FilingPage(c, *c.staff, c.asked())
	if err != nil {
		return err
	}
	view := web.StreetConsole{Shell: c.shell(web.TitleStreet), NextURL: c.nextURL(next)}
	for _, overview := range underWay {
		view.Street = overview.StreetName
		if c.staff.Role == models.RoleDistrict {
			view.Street = overview.DistrictName
		}
		view.Meetings = append(view.Meetings, meetingLines(overview)...)
	}
	if c.staff.Role == models.RoleStreet {
		waiting, err := c.store.Waiting(c, *c.staff)
		if err != nil {
			return err
		}
		for _, overview := range waiting {
			view.Work = append(view.Work, c.stepsOf(overview)...)
		}
	}
	watched, err := c.store.Watch(c, *c.staff, 0)
	if err != nil {
		return err
	}
	view.Watch, view.WatchURL = web.WatchSections{Listed: watchSections(watched, "").Listed}, watchURL
	if c.staff.Role == models.RoleStreet {
		view.Work = append(view.Work, watchWork(watched)...)
	}
	for _, filing := range page {
		view.Filings = append(view.Filings, c.filingLine(filing))
	}
	unfiled, err := c.store.Unfiled(c, *c.staff)
	if err != nil {
		return err
	}
	for _, meeting := range unfiled {
		due := filingDue(meeting.Meeting)
		view.Unfiled = append(view.Unfiled, web.FilingLine{Community: meeting.Community, Meeting: meeting.Title, SubmittedAt: web.Instant(meeting.PublishedAt),
			Due: web.Instant(due), Clock: filingDueWords(meeting.Meeting), Left: web.DaysLeft(c.store.Now(), due), Overdue: due != 0 && c.store.Now() > due,
			URL: staffMeetingURL(meeting.Meeting) + "/filing"})
	}
	return c.render(http.StatusOK, view)
}

// filingLine is a hand-in on the work list. Only what waits for a decision has a clock.
func (c *call) filingLine(filing models.Filing) web.FilingLine {
	line := web.FilingLine{Community: filing.Record.Community, Meeting: filing.Record.Title, State: string(filing.State), Version: int(filing.Version),
		Received: filing.ReceivedAt != 0, SubmittedAt: web.Instant(filing.SubmittedAt), URL: filingURL(filing)}
	if filing.State == lifecycle.FilingSubmitted {
		line.Due, line.Clock = web.Instant(filing.DueAt), clockWords(filing.Clock)
		line.Left, line.Overdue = web.DaysLeft(c.store.Now(), filing.DueAt), filing.DueAt != 0 && c.store.Now() > filing.DueAt
	} else {
		line.Received = false
	}
	return line
}

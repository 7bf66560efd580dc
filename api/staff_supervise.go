package api

import (
	"net/http"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// The stages of a community as the district counts them, in the order in which they follow each other.
const (
	stageNone    = "none"
	stageRoster  = "roster"
	stageMeeting = "meeting"
	stageFiling  = "filing"
	stageDone    = "done"
)

var stages = []string{stageNone, stageRoster, stageMeeting, stageFiling, stageDone}

// districtPage shows the supervisor where every community of the district stands.
func districtPage(c *call) error {
	all, err := c.store.Overviews(c, *c.staff)
	if err != nil {
		return err
	}
	view := web.DistrictView{Shell: c.shell(web.TitleDistrict)}
	counts := map[string]int64{}
	for _, overview := range all {
		view.District = overview.DistrictName
		counts[districtLine(overview).Stage]++
	}
	for _, stage := range stages {
		view.Counts = append(view.Counts, web.StageCount{Stage: stage, Count: counts[stage]})
	}
	page, next, err := pageOf(all, c.Query("after"), func(o models.Overview) string { return o.ID })
	if err != nil {
		return err
	}
	for _, overview := range page {
		view.Communities = append(view.Communities, districtLine(overview))
	}
	view.NextURL = c.nextURL(next)
	return c.render(http.StatusOK, view)
}

// districtLine is where a community stands, by its newest meeting that was not withdrawn.
func districtLine(overview models.Overview) web.DistrictLine {
	line := web.DistrictLine{Name: overview.Name, Street: overview.StreetName, Stage: stageNone, URL: staffCommunityURL(overview.ID)}
	if len(overview.Rosters) > 0 {
		line.Stage = stageRoster
	}
	for _, meeting := range overview.Meetings {
		if meeting.State == lifecycle.MeetingCancelled {
			continue
		}
		line.Stage, line.Meeting, line.State = stageMeeting, meeting.Title, string(meeting.State)
		line.Due = web.Instant(stepDue(meeting))
		if meeting.State == lifecycle.MeetingPublished {
			line.Stage = stageFiling
		}
		if filing := overview.FilingOf(meeting.ID); filing != nil {
			line.Filing = string(filing.State)
			if filing.State == lifecycle.FilingCertified {
				line.Stage, line.Due = stageDone, 0
			}
		}
		break
	}
	return line
}

// stepDue is the moment at which the next step of a meeting is due or happens by itself; 0 where none is set.
func stepDue(meeting models.Meeting) int64 {
	switch meeting.State {
	case lifecycle.MeetingNoticed:
		return meeting.OpensAt
	case lifecycle.MeetingVoting:
		return meeting.ClosesAt
	case lifecycle.MeetingPreliminary:
		return meeting.ObjectionUntil
	case lifecycle.MeetingPublished:
		return filingDue(meeting)
	}
	return 0
}

// streetPage is the street's work list.
func streetPage(c *call) error {
	all, err := c.store.Overviews(c, *c.staff)
	if err != nil {
		return err
	}
	filings, err := c.store.FilingsFor(c, *c.staff)
	if err != nil {
		return err
	}
	view := web.StreetConsole{Shell: c.shell(web.TitleStreet)}
	for _, overview := range all {
		view.Street = overview.StreetName
		if c.staff.Role == models.RoleDistrict {
			view.Street = overview.DistrictName
		}
		view.Meetings = append(view.Meetings, meetingLines(overview)...)
		for _, list := range overview.Rosters {
			if list.State == lifecycle.RosterPublished && c.staff.Role == models.RoleStreet {
				view.Rosters = append(view.Rosters, web.WorkItem{Text: web.WorkFreeze(overview.Name, int(list.Version)),
					URL: rosterURL(overview.ID, list.ID), Due: web.Instant(list.ObjectionUntil)})
			}
		}
	}
	page, next, err := pageOf(filings, c.Query("after"), func(f models.Filing) string { return f.ID })
	if err != nil {
		return err
	}
	for _, filing := range page {
		view.Filings = append(view.Filings, web.FilingLine{Community: filing.Record.Community, Meeting: filing.Record.Title,
			State: string(filing.State), Version: int(filing.Version), SubmittedAt: web.Instant(filing.SubmittedAt), URL: filingURL(filing)})
	}
	view.NextURL = c.nextURL(next)
	return c.render(http.StatusOK, view)
}

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
	page, next, err := c.store.Overviews(c, *c.staff, c.asked())
	if err != nil {
		return err
	}
	standings, err := c.store.Standings(c, c.staff.DistrictID)
	if err != nil {
		return err
	}
	view := web.DistrictView{Shell: c.shell(web.TitleDistrict), NextURL: c.nextURL(next)}
	counts := map[string]int64{}
	for _, standing := range standings {
		counts[stageOf(standing)] += standing.Communities
	}
	for _, stage := range stages {
		view.Counts = append(view.Counts, web.StageCount{Stage: stage, Count: counts[stage]})
	}
	for _, overview := range page {
		view.District = overview.DistrictName
		view.Communities = append(view.Communities, districtLine(overview))
	}
	return c.render(http.StatusOK, view)
}

// stageOf is how far a community has come.
func stageOf(standing models.Standing) string {
	switch {
	case standing.Filing == lifecycle.FilingCertified:
		return stageDone
	case standing.Meeting == lifecycle.MeetingPublished:
		return stageFiling
	case standing.Meeting != "":
		return stageMeeting
	case standing.Rosters > 0:
		return stageRoster
	}
	return stageNone
}

// districtLine is where a community stands, by its newest meeting that was not withdrawn.
func districtLine(overview models.Overview) web.DistrictLine {
	line := web.DistrictLine{Name: overview.Name, Street: overview.StreetName, URL: staffCommunityURL(overview.ID)}
	standing := models.Standing{Rosters: int64(len(overview.Rosters))}
	for _, meeting := range overview.Meetings {
		if meeting.State == lifecycle.MeetingCancelled {
			continue
		}
		standing.Meeting = meeting.State
		line.Meeting, line.State, line.Due = meeting.Title, string(meeting.State), web.Instant(stepDue(meeting))
		if filing := overview.FilingOf(meeting.ID); filing != nil {
			standing.Filing, line.Filing = filing.State, string(filing.State)
		}
		break
	}
	line.Stage = stageOf(standing)
	if line.Stage == stageDone {
		line.Due = 0
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

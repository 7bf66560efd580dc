package api

import (
	"net/http"
	"net/url"
	"slices"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// pageSize is how many lines a staff list shows at once.
const pageSize = 50

// asked is the page of a list that the request asks for.
func (c *call) asked() models.Page { return models.Page{After: c.Query("after"), N: pageSize} }

// nextURL is the address of the next page of the page that was asked for; empty without one.
func (c *call) nextURL(cursor string) string {
	if cursor == "" {
		return ""
	}
	return c.Request.URL.Path + "?after=" + url.QueryEscape(cursor)
}

func consolePage(c *call) error {
	page, next, err := c.store.Overviews(c, *c.staff, c.asked())
	if err != nil {
		return err
	}
	console := web.Console{Shell: c.shell(web.TitleConsole), Communities: c.consoleLines(page), NextURL: c.nextURL(next)}
	all := page // of one community, for whoever has one
	if c.staff.Role == models.RoleStreet {
		if all, err = c.store.Waiting(c, *c.staff); err != nil {
			return err
		}
	}
	if console.Work, err = c.readAlarms(all); err != nil {
		return err
	}
	for _, overview := range all {
		console.Work = append(console.Work, c.workOf(overview)...)
	}
	unseen, err := c.store.UnseenResults(c, *c.staff)
	for _, result := range unseen {
		console.Work = append(console.Work, web.WorkItem{Text: web.WorkWitness(result.Community, result.Title),
			URL: staffCommunityURL(result.CommunityID) + "/meetings/" + result.MeetingID + "/witness"})
	}
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, console)
}

func (c *call) consoleLines(list []models.Overview) []web.ConsoleCommunity {
	lines := make([]web.ConsoleCommunity, len(list))
	for i, overview := range list {
		lines[i] = web.ConsoleCommunity{Name: overview.Name, Place: place(overview.Community), BoardURL: boardURL(overview.ID)}
		if c.staff.Role == models.RoleOperator {
			continue
		}
		lines[i].URL = staffCommunityURL(overview.ID)
		lines[i].Rosters, lines[i].Meetings = rosterLines(overview.ID, overview.Rosters), meetingLines(overview)
		if len(overview.Rosters) == 0 {
			lines[i].NextStep = web.NoRosterYet
		} else if len(overview.Meetings) == 0 {
			lines[i].NextStep = web.RosterNext(string(overview.Rosters[0].State))
		}
	}
	return lines
}

func staffCommunityURL(id string) string { return "/staff/communities/" + id }

func staffMeetingURL(meeting models.Meeting) string {
	return staffCommunityURL(meeting.CommunityID) + "/meetings/" + meeting.ID
}

func rosterLines(communityID string, list []models.Roster) []web.RosterLine {
	lines := make([]web.RosterLine, len(list))
	for i, version := range list {
		errors, _ := countIssues(version)
		lines[i] = web.RosterLine{Version: int(version.Version), State: string(version.State), URL: rosterURL(communityID, version.ID),
			Weight: version.Weight, Units: version.Units, At: web.Instant(version.CreatedAt), Errors: errors, File: version.SourceName}
	}
	return lines
}

func meetingLines(overview models.Overview) []web.MeetingLine {
	lines := make([]web.MeetingLine, len(overview.Meetings))
	for i, meeting := range overview.Meetings {
		lines[i] = web.MeetingLine{Title: meeting.Title, State: string(meeting.State), URL: staffMeetingURL(meeting),
			Opens: web.Instant(meeting.OpensAt), Closes: web.Instant(meeting.ClosesAt), NextStep: meetingNext(overview, meeting)}
	}
	return lines
}

// meetingNext is the next step of a meeting; once it is published, that of its filing.
func meetingNext(overview models.Overview, meeting models.Meeting) string {
	if filing := overview.FilingOf(meeting.ID); filing != nil && meeting.State == lifecycle.MeetingPublished {
		return web.FilingNext(string(filing.State))
	}
	return web.MeetingNext(string(meeting.State))
}

// workOf is what waits for the one who asks: steps that this role may take now.
func (c *call) workOf(overview models.Overview) []web.WorkItem {
	work := c.stepsOf(overview)
	for _, filing := range overview.Filings {
		_, illegal := lifecycle.Filings.Next(filing.State, lifecycle.EventCertify, lifecycle.Actor(c.staff.Role))
		if illegal == nil && c.staff.Role == models.RoleStreet {
			work = append(work, web.WorkItem{Text: web.WorkFiling(overview.Name, filing.Record.Title), URL: filingURL(filing)})
		}
	}
	return work
}

// stepsOf is the same without the hand-ins that the street has to decide on.
func (c *call) stepsOf(overview models.Overview) []web.WorkItem {
	var work []web.WorkItem
	role := lifecycle.Actor(c.staff.Role)
	for _, list := range overview.Rosters {
		if c.staff.Role == models.RoleStreet && list.State == lifecycle.RosterPublished {
			work = append(work, web.WorkItem{Text: web.WorkFreeze(overview.Name, int(list.Version)),
				URL: rosterURL(overview.ID, list.ID), Due: web.Instant(list.ObjectionUntil)})
		}
	}
	for _, list := range overview.Rosters {
		if count := overview.Objections[list.ID]; c.staff.Role == models.RoleConvener && count.Open > 0 {
			work = append(work, web.WorkItem{Text: web.WorkObjections(overview.Name, count.Open), URL: rosterURL(overview.ID, list.ID) + "/objections",
				Due: web.Instant(count.Due)})
		}
	}
	for _, list := range overview.Rosters {
		if waiting := overview.Amendments[list.ID]; c.staff.Role == models.RoleStreet && waiting > 0 {
			work = append(work, web.WorkItem{Text: web.WorkAmendment(overview.Name, waiting), URL: amendmentsURL(overview.ID, list.ID)})
		}
		if waiting := overview.Mandates[list.ID]; c.staff.Role == models.RoleStreet && waiting > 0 {
			work = append(work, web.WorkItem{Text: web.WorkMandate(overview.Name, waiting), URL: mandatesURL(overview.ID, list.ID)})
		}
	}
	work = append(work, c.dutiesOf(overview)...)
	for _, meeting := range overview.Meetings {
		if due, waits := waitsFor(role, meeting); waits {
			work = append(work, web.WorkItem{Text: web.WorkText(meeting.Title, meetingNext(overview, meeting)),
				URL: staffMeetingURL(meeting), Due: web.Instant(due)})
		}
	}
	for _, order := range overview.Convenings {
		if c.staff.Role == models.RoleConvener || (c.staff.Role == models.RoleStreet && order.Overdue(c.store.Now())) {
			work = append(work, web.WorkItem{Text: web.WorkConvening(overview.Name, string(order.State), string(order.Kind)),
				URL: staffCommunityURL(overview.ID) + "/convenings", Due: web.Instant(order.LimitAt)})
		}
	}
	if overview.Urgent > 0 && c.staff.Role == models.RoleStreet {
		work = append(work, web.WorkItem{Text: web.WorkEmergency(overview.Name, overview.Urgent), URL: staffCommunityURL(overview.ID) + "/emergencies"})
	}
	for _, clock := range overview.Contracts {
		if clock.Work.Street() && c.staff.Role == models.RoleStreet || !clock.Work.Street() && c.staff.Role == models.RoleConvener {
			work = append(work, web.WorkItem{Text: web.WorkContract(overview.Name, string(clock.Work), clock.Firm), URL: staffCommunityURL(overview.ID) + "/contracts", Due: web.Instant(clock.Due)})
		}
	}
	work = append(work, c.disclosureWork(overview)...)
	work = append(work, c.decisionsOf(overview)...)
	work = append(work, c.importsOf(overview)...)
	work = append(work, c.lotsOf(overview)...)
	work = append(work, c.sealsOf(overview)...)
	for _, meeting := range overview.Meetings {
		if c.staff.Role == models.RoleConvener && toFile(overview, meeting) {
			work = append(work, web.WorkItem{Text: web.WorkText(meeting.Title, meetingNext(overview, meeting)),
				URL: staffMeetingURL(meeting) + "/filing", Due: web.Instant(filingDue(meeting))})
		}
	}
	return work
}

// toFile tells whether a final result is still to be handed in, for the first time or again.
func toFile(overview models.Overview, meeting models.Meeting) bool {
	if meeting.State != lifecycle.MeetingPublished {
		return false
	}
	filing := overview.FilingOf(meeting.ID)
	return filing == nil || filing.State == lifecycle.FilingReturned
}

// forward are the steps that lead a meeting on; withdrawing and annulling are not work that waits.
var forward = []lifecycle.Event{lifecycle.EventNotice, lifecycle.EventCount, lifecycle.EventDisplay, lifecycle.EventPublish}

// waitsFor tells whether the role may lead the meeting on now, and until when it should.
func waitsFor(role lifecycle.Actor, meeting models.Meeting) (due int64, waits bool) {
	for _, event := range forward {
		if _, illegal := lifecycle.Meetings.Next(meeting.State, event, role); illegal == nil {
			return meeting.ObjectionUntil, true
		}
	}
	return 0, false
}

func communityPage(c *call) error {
	overview, err := c.store.OverviewOf(c, c.community.ID)
	if err != nil {
		return err
	}
	standing, err := c.store.StandingOf(c, c.community.ID)
	if err != nil {
		return err
	}
	page := web.CommunityPage{Shell: c.shell(c.community.Name), Name: c.community.Name, Place: place(c.community),
		Stage: string(standing.Stage), Rosters: rosterLines(c.community.ID, overview.Rosters), Meetings: meetingLines(overview), BoardURL: boardURL(c.community.ID), EmergencyURL: c.communityURL("emergencies"), DecisionsURL: c.communityURL("committee-meetings"), ContractsURL: c.communityURL("contracts"), ConveningURL: c.communityURL("convenings")}
	page.CommitteeURL, page.DisclosureURL = c.communityURL("committees"), c.communityURL("disclosures")
	if slices.Contains(receiving.roles, c.staff.Role) {
		stands, err := c.store.WatchOf(c, c.community.ID)
		if err != nil {
			return err
		}
		page.WatchURL, page.WatchFacts = communityWatchURL(c.community.ID), int64(len(stands.Suggested))
		if stands.On || stands.Over {
			line := watchLine(stands)
			page.Watch = &line
		}
	}
	if c.staff.Role == models.RoleConvener {
		page.UploadURL = c.communityURL("rosters", "new")
		if len(overview.Rosters) > 0 {
			page.NewMeetingURL = c.communityURL("meetings", "new")
		}
	}
	if c.staff.Role == models.RoleConvener || c.staff.Role == models.RoleStreet {
		page.ReadsURL = readRegisterURL(c.community.ID)
	}
	return c.render(http.StatusOK, page)
}

// communityPageJSON is one page of communities; next is the cursor to ask with `after` for the page behind.
type communityPageJSON struct {
	Communities []communityJSON `json:"communities"`
	Next        string          `json:"next,omitempty"`
}

func listCommunities(c *call) error {
	page, next, err := c.store.CommunityPage(c, *c.staff, c.asked())
	if err != nil {
		return err
	}
	body := communityPageJSON{Communities: make([]communityJSON, len(page)), Next: next}
	for i, community := range page {
		body.Communities[i] = communityOf(community)
	}
	return c.sendJSON(done{body: body})
}

func getCommunity(c *call) error {
	return c.sendJSON(done{body: communityOf(c.community)})
}

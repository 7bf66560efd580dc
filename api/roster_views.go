package api

import (
	"net/http"
	"slices"
	"strconv"

	"gongjue/models"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
	"gongjue/web"
)

const (
	// rosterDays is how long a roster is displayed when the page asks: the law sets no number.
	rosterDays = 7
	// maxRosterDays bounds what may be asked for.
	maxRosterDays = 60
	// issuesShown is how many doubts of the importer stand on one page.
	issuesShown = 100
)

// endOfDisplay is the last moment of a display of that many days, the day it begins not counted.
func endOfDisplay(now, days int64) int64 { return calendar.EndOfDay(now, int(days)) }

func rosterURL(communityID, id string) string {
	return staffCommunityURL(communityID) + "/rosters/" + id
}

func rosterPage(c *call) error {
	page, err := rosterView(c, "", nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// rosterView is the page of a roster; problems are what barred the step refused, if one was. It is nil where
// that step is not on the page any more.
func rosterView(c *call, refused lifecycle.Event, problems []web.Problem) (web.Page, error) {
	list, err := c.store.Roster(c, c.community.ID, c.Param("roster"))
	if err != nil {
		return nil, err
	}
	buildings, usages, err := c.store.RosterParts(c, c.community.ID, list.ID)
	if err != nil {
		return nil, err
	}
	log, err := c.store.Audit(c, c.community.ID, list.ID)
	if err != nil {
		return nil, err
	}
	errors, warnings := countIssues(list)
	page := web.RosterPage{Shell: c.shell(web.TitleRoster), Community: c.community.Name, CommunityURL: c.communityURL(),
		Version: int(list.Version), State: string(list.State), File: list.SourceName, ImportedAt: web.Instant(list.CreatedAt),
		PublishedAt: web.Instant(list.PublishedAt), ObjectionsTill: web.Instant(list.ObjectionUntil), FrozenAt: web.Instant(list.FrozenAt),
		Root: list.Root, Totals: rosterTotals(list), Buildings: rosterParts(buildings), Usages: rosterParts(usages),
		Errors: errors, Warnings: warnings, Approvals: approvals(log)}
	page.Issues, page.MoreIssuesURL = c.issuesOf(list)
	var offered bool
	if page.Acts, offered = c.rosterActs(list, errors, refused, problems); refused != "" && !offered {
		return nil, nil
	}
	return page, nil
}

func countIssues(list models.Roster) (errors, warnings int) {
	for _, issue := range list.Summary.Issues {
		if issue.Severity == roster.Error {
			errors++
		} else {
			warnings++
		}
	}
	return errors, warnings
}

func rosterTotals(list models.Roster) web.RosterTotals {
	s := list.Summary
	return web.RosterTotals{Units: list.Units, Counted: list.Weight, Without: weight(s.HeadsWithoutParking, s.AreaWithoutParking),
		DeveloperUnits: int64(s.DeveloperUnits), JointUnits: int64(s.JointlyOwnedUnits), SeveralHolders: int64(s.OwnersOfSeveralUnits),
		WithoutAnyPhone: int64(s.UnitsWithoutAnyPhone), ParkingArea: list.Parking.ParkingCountsArea, ParkingHeads: list.Parking.ParkingCountsHeads}
}

func rosterParts(list []models.RosterPart) []web.RosterPart {
	parts := make([]web.RosterPart, len(list))
	for i, part := range list {
		parts[i] = web.RosterPart(part)
	}
	return parts
}

// issuesOf is the page of doubts that was asked for, errors first, and the address of the next.
func (c *call) issuesOf(list models.Roster) (page []web.Issue, more string) {
	all := slices.Clone(list.Summary.Issues)
	slices.SortStableFunc(all, func(a, b roster.Issue) int { return severityOrder(a) - severityOrder(b) })
	from, err := strconv.Atoi(c.Query("issues"))
	if err != nil || from < 0 || from > len(all) {
		from = 0
	}
	to := min(from+issuesShown, len(all))
	for _, issue := range all[from:to] {
		page = append(page, web.Issue{Sheet: issue.Sheet, Row: issue.Row, Column: issue.Column, Severity: string(issue.Severity), Text: issue.Message})
	}
	if to < len(all) {
		more = rosterURL(c.community.ID, list.ID) + "?issues=" + strconv.Itoa(to)
	}
	return page, more
}

func severityOrder(issue roster.Issue) int { return slices.Index(roster.Severities, issue.Severity) }

// approvals are the signatures under a roster: who put it on display, and who froze it.
func approvals(log []models.AuditEntry) []web.Approval {
	var list []web.Approval
	for _, entry := range log {
		if entry.Act == "roster_published" || entry.Act == "roster_frozen" {
			list = append(list, web.Approval{Role: entry.ActorRole, Name: entry.ActorName, At: web.Instant(entry.At)})
		}
	}
	return list
}

// rosterActs are the steps that the one who asks may take with the roster, and whether the refused is one.
func (c *call) rosterActs(list models.Roster, errors int, refused lifecycle.Event, problems []web.Problem) (acts []web.Act, offered bool) {
	for _, event := range lifecycle.Rosters.Events(list.State, lifecycle.Actor(c.staff.Role)) {
		var step web.Act
		switch event {
		case lifecycle.EventPublish:
			step = web.NewAct("roster_publish", rosterURL(c.community.ID, list.ID)+"/publish")
			step.Hidden = []web.Field{{Name: "objection_days", Value: strconv.Itoa(rosterDays)}}
			if errors > 0 {
				step.Warning = web.HeldUnits(errors)
			}
		case lifecycle.EventFreeze:
			step = web.NewAct("roster_freeze", rosterURL(c.community.ID, list.ID)+"/freeze")
			if until := list.ObjectionUntil; c.store.Now() <= until {
				step.Warning = web.StillDisplayed(web.Instant(until))
			}
		default:
			continue
		}
		if event == refused {
			step.Problem, offered = sentencesOf(problems), true
		}
		acts = append(acts, step)
	}
	return acts, offered
}

// rosterDetailJSON is a roster with what the importer found.
type rosterDetailJSON struct {
	rosterJSON
	File           string      `json:"file"`
	FileSHA256     string      `json:"file_sha256"`
	ImportedAt     int64       `json:"imported_at"`
	WithoutParking weightJSON  `json:"without_parking"` // the total if parking counted for nothing
	DeveloperUnits int         `json:"developer_units"`
	JointUnits     int         `json:"jointly_owned_units"`
	SeveralHolders int         `json:"owners_of_several_units"`
	WithoutPhone   int         `json:"units_without_any_phone"`
	Errors         int         `json:"errors"`
	Warnings       int         `json:"warnings"`
	Issues         []issueJSON `json:"issues"`
}

// issueJSON is one doubt at one cell; what it quotes is masked.
type issueJSON struct {
	Sheet    string          `json:"sheet"`
	Row      int             `json:"row"`
	Column   string          `json:"column"`
	Code     roster.Code     `json:"code"`
	Severity roster.Severity `json:"severity"`
	Message  string          `json:"message"`
}

func rosterDetailOf(list models.Roster) rosterDetailJSON {
	s := list.Summary
	detail := rosterDetailJSON{rosterJSON: rosterOf(list), File: list.SourceName, FileSHA256: list.SourceSHA256, ImportedAt: list.CreatedAt,
		WithoutParking: weightOf(weight(s.HeadsWithoutParking, s.AreaWithoutParking)), DeveloperUnits: s.DeveloperUnits,
		JointUnits: s.JointlyOwnedUnits, SeveralHolders: s.OwnersOfSeveralUnits, WithoutPhone: s.UnitsWithoutAnyPhone,
		Issues: make([]issueJSON, len(s.Issues))}
	detail.Errors, detail.Warnings = countIssues(list)
	for i, issue := range s.Issues {
		detail.Issues[i] = issueJSON{Sheet: issue.Sheet, Row: issue.Row, Column: issue.Column, Code: issue.Code, Severity: issue.Severity, Message: issue.Message}
	}
	return detail
}

type rostersJSON struct {
	Rosters []rosterJSON `json:"rosters"`
}

func listRosters(c *call) error {
	list, err := c.store.Rosters(c, c.community.ID)
	if err != nil {
		return err
	}
	body := rostersJSON{Rosters: make([]rosterJSON, len(list))}
	for i, version := range list {
		body.Rosters[i] = rosterOf(version)
	}
	return c.sendJSON(done{body: body})
}

func getRoster(c *call) error {
	list, err := c.store.Roster(c, c.community.ID, c.Param("roster"))
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: rosterDetailOf(list)})
}

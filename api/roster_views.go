package api

import (
	"net/http"
	"slices"
	"strconv"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
	"gongjue/voting/rules"
	"gongjue/web"
)

const (
	// rosterDays is how long a roster is displayed when the page asks: the law sets no number.
	rosterDays = 7
	// maxRosterDays bounds what may be asked for.
	maxRosterDays = 60
	// answerDays is within how many days an objection is answered when the page asks.
	answerDays = 5
	// issuesShown is how many doubts of the importer stand on one page.
	issuesShown = 100
)

// endOfDisplay is the last moment of a display of that many days, the day it begins not counted.
func endOfDisplay(now, days int64) int64 { return calendar.EndOfDay(now, int(days)) }

func rosterURL(communityID, id string) string {
	return staffCommunityURL(communityID) + "/rosters/" + id
}

func rosterPage(c *call) error {
	page, err := rosterView(c, rosterTrouble{})
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// rosterTrouble is what refused the last step of a roster, and what was typed for it.
type rosterTrouble struct {
	refused  lifecycle.Event
	problems []web.Problem
	publish  publishRosterRequest
}

// rosterView is the page of a roster; it is nil where the step that was refused is not on the page any more.
func rosterView(c *call, t rosterTrouble) (web.Page, error) {
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
		Root: list.Root, Totals: rosterTotals(list), Buildings: rosterParts(buildings), Usages: rosterParts(usages), Sources: sourcesOf(list.Summary),
		Errors: errors, Warnings: warnings, Approvals: approvals(log)}
	page.Issues, page.MoreIssuesURL = c.issuesOf(list)
	if len(page.Issues) > 0 && mayTakeIssues(c.staff.Role) {
		page.IssuesFileURL = rosterURL(c.community.ID, list.ID) + "/issues.xlsx"
	}
	if mayTakeIssues(c.staff.Role) {
		page.RegisterURL = rosterURL(c.community.ID, list.ID) + "/register"
	}
	if list.PublishedAt != 0 {
		page.DisplayURL, page.PosterURL = displayURL(list.ID), rosterURL(c.community.ID, list.ID)+"/poster.pdf"
		if c.staff.Role == models.RoleConvener || c.staff.Role == models.RoleStreet {
			page.ObjectionsURL = rosterURL(c.community.ID, list.ID) + "/objections"
		}
		public, err := c.store.PublicRoster(c, list.ID)
		if err != nil {
			return nil, err
		}
		page.Open = public.Objections.Open
		if list.FrozenAt != 0 && page.ObjectionsURL != "" {
			page.AmendmentsURL, page.MandatesURL = amendmentsURL(c.community.ID, list.ID), mandatesURL(c.community.ID, list.ID)
		}
		page.Approvals = append(page.Approvals, amendedBy(public.Amendments)...)
	}
	if models.MayReadOwners(c.staff.Role, list.State) {
		page.OwnersURL = c.ownersURL()
	}
	if page.Publish, err = c.publishForm(list, errors, t); err != nil {
		return nil, err
	}
	var offered bool
	page.Acts, offered = c.rosterActs(list, t)
	if t.refused != "" && !offered && (page.Publish == nil || t.refused != lifecycle.EventPublish) {
		return nil, nil
	}
	return page, nil
}

func sourcesOf(s roster.Summary) []web.RosterPart {
	parts := make([]web.RosterPart, len(s.AreaSources))
	for i, share := range s.AreaSources {
		parts[i] = web.RosterPart{Name: share.Name, Units: int64(share.Units), Area: share.Area}
	}
	return parts
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
	return totalsOf(list.Summary, list.Units, list.Weight, list.Parking)
}

func totalsOf(s roster.Summary, units int64, counted voting.Weight, parking roster.Policy) web.RosterTotals {
	return web.RosterTotals{Units: units, Counted: counted, Without: weight(s.HeadsWithoutParking, s.AreaWithoutParking),
		DeveloperUnits: int64(s.DeveloperUnits), JointUnits: int64(s.JointlyOwnedUnits), SeveralHolders: int64(s.OwnersOfSeveralUnits),
		WithoutAnyPhone: int64(s.UnitsWithoutAnyPhone), ParkingArea: parking.ParkingCountsArea, ParkingHeads: parking.ParkingCountsHeads}
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
	all := bySeverity(list.Summary.Issues)
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

// bySeverity are doubts with the errors first.
func bySeverity(issues []roster.Issue) []roster.Issue {
	sorted := slices.Clone(issues)
	slices.SortStableFunc(sorted, func(a, b roster.Issue) int { return severityOrder(a) - severityOrder(b) })
	return sorted
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

// amendedBy are the signatures under a version that an amendment made.
func amendedBy(list []models.Amendment) []web.Approval {
	if len(list) == 0 {
		return nil
	}
	last := list[0]
	return []web.Approval{{Role: string(models.RoleConvener), Name: last.ProposedBy, At: web.Instant(last.ProposedAt)},
		{Role: string(models.RoleStreet), Name: last.DecidedBy, At: web.Instant(last.DecidedAt)}}
}

// rosterActs are the steps that the one who asks may take with the roster by a button alone, and whether the refused is one.
func (c *call) rosterActs(list models.Roster, t rosterTrouble) (acts []web.Act, offered bool) {
	for _, event := range lifecycle.Rosters.Events(list.State, lifecycle.Actor(c.staff.Role)) {
		if event != lifecycle.EventFreeze {
			continue
		}
		step := web.NewAct("roster_freeze", rosterURL(c.community.ID, list.ID)+"/freeze")
		if until := list.ObjectionUntil; c.store.Now() <= until {
			step.Warning = web.StillDisplayed(web.Instant(until))
		}
		if event == t.refused {
			step.Problem, offered = sentencesOf(t.problems), true
		}
		acts = append(acts, step)
	}
	return acts, offered
}

// publishForm is the form that puts a draft on display; nil where the one who asks cannot.
func (c *call) publishForm(list models.Roster, errors int, t rosterTrouble) (*web.PublishForm, error) {
	if _, illegal := lifecycle.Rosters.Next(list.State, lifecycle.EventPublish, lifecycle.Actor(c.staff.Role)); illegal != nil {
		return nil, nil
	}
	pack, err := rules.At(c.community.Place, c.store.Now())
	if err != nil {
		return nil, err
	}
	form := &web.PublishForm{Form: web.Form{Action: rosterURL(c.community.ID, list.ID) + "/publish"}, ObjectionDays: strconv.Itoa(rosterDays),
		AnswerDays: strconv.Itoa(answerDays)}
	if clause := pack.Procedure.PreparationDisplayDays; clause != nil {
		form.ObjectionDays, form.LocalDays = strconv.Itoa(clause.Days), clause.Days
		if clause.Source != nil {
			form.LocalLaw = clause.Source.String()
		}
	}
	if errors > 0 {
		form.Warning = web.HeldUnits(errors)
	}
	if t.refused == lifecycle.EventPublish {
		form.Problems = t.problems
		form.ObjectionDays, form.AnswerDays = string(t.publish.ObjectionDays), string(t.publish.AnswerDays)
		form.Contact, form.Place = t.publish.Contact, t.publish.Place
	}
	return form, nil
}

// rosterDetailJSON is a roster with what the importer found.
type rosterDetailJSON struct {
	rosterJSON
	File           string       `json:"file"`
	FileSHA256     string       `json:"file_sha256"`
	ImportedAt     int64        `json:"imported_at"`
	WithoutParking weightJSON   `json:"without_parking"` // the total if parking counted for nothing
	DeveloperUnits int          `json:"developer_units"`
	JointUnits     int          `json:"jointly_owned_units"`
	SeveralHolders int          `json:"owners_of_several_units"`
	WithoutPhone   int          `json:"units_without_any_phone"`
	AreaSources    []sourceJSON `json:"area_sources"` // the strongest first
	Errors         int          `json:"errors"`
	Warnings       int          `json:"warnings"`
	Issues         []issueJSON  `json:"issues"`
}

// sourceJSON is how much of the area comes from one source; empty where the file does not state it.
type sourceJSON struct {
	Source  roster.AreaSource `json:"source"`
	Units   int               `json:"units"`
	AreaCM2 voting.Area       `json:"area_cm2"`
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
	detail.AreaSources = make([]sourceJSON, len(s.AreaSources))
	for i, share := range s.AreaSources {
		detail.AreaSources[i] = sourceJSON{Source: share.Source, Units: share.Units, AreaCM2: share.Area}
	}
	for i, issue := range s.Issues {
		detail.Issues[i] = issueOf(issue)
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

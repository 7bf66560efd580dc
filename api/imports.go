package api

import (
	"net/http"
	"slices"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/voting/platform"
	"gongjue/voting/roster"
	"gongjue/web"
)

// importURL is an address of the desk for the result of the city's platform.
func (c *call) importURL(parts ...string) string {
	return c.meetingURL(c.Param("meeting"), append([]string{"import"}, parts...)...)
}

// importTrouble is what refused the last file: of the first person, or of the second.
type importTrouble struct {
	upload   importRequest
	confirm  importConfirmRequest
	second   bool
	problems []web.Problem
	report   *models.PlatformFile
}

func importPage(c *call) error {
	page, err := importView(c, importTrouble{})
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// importView is the desk as the one who looks may use it; nil where it does not have the form any more that was refused.
func importView(c *call, t importTrouble) (web.Page, error) {
	desk, err := c.store.ImportDeskOf(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return nil, err
	}
	m := desk.Meeting
	page := web.Import{Shell: c.shell(m.Title + " " + web.TitleImport), Community: c.community.Name, Meeting: m.Title, MeetingURL: c.meetingURL(m.ID),
		Platform: m.Platform, Ways: waysOf(m), Closes: web.Instant(m.ClosesAt), TemplateURL: c.importURL("template.xlsx")}
	if desk.Closed != "" {
		page.Refusal = sentence(desk.Closed)
	}
	for _, handed := range desk.Imports {
		if handed.State != models.ImportWaiting {
			page.Imports = append(page.Imports, importLine(handed, false))
		}
	}
	waiting := desk.In(models.ImportWaiting)
	if waiting != nil {
		line := importLine(*waiting, c.mayConfirm(*waiting))
		page.Waiting = &line
	}
	if desk.Closed == "" {
		c.importForms(&page, desk, waiting, t)
	}
	if t.report != nil && desk.Closed == "" {
		page.Report = importReport(*t.report, t.second)
	}
	if len(t.problems) > 0 && (t.second && page.Confirm == nil || !t.second && page.Upload == nil) {
		return nil, nil
	}
	return page, nil
}

// importForms adds the forms that the one who looks may use now.
func (c *call) importForms(page *web.Import, desk models.ImportDesk, waiting *models.Import, t importTrouble) {
	handsIn := c.staff.Role == models.RoleConvener || c.staff.Role == models.RoleTeller
	switch {
	case waiting == nil && handsIn:
		page.Upload = &web.ImportUpload{Form: web.Form{Action: c.importURL()}, ReceivedFrom: t.upload.ReceivedFrom, Reason: t.upload.Reason,
			Replaces: desk.In(models.ImportEffective) != nil, Doubtful: t.report != nil && !t.second && !t.report.Failed() && t.report.Doubtful(),
			Confirmed: t.upload.Confirmed == "yes"}
		if !t.second {
			page.Upload.Problems = t.problems
		}
	case waiting == nil:
	case c.mayConfirm(*waiting):
		page.Confirm = &web.ImportConfirm{Form: web.Form{Action: c.importURL("confirm")}, Rows: string(t.confirm.Rows), OwnCopy: t.confirm.OwnCopy == "yes"}
		if t.second {
			page.Confirm.Problems = t.problems
		}
	default:
		page.WaitsFor = web.ImportWaitsFor(waiting.FirstRole)
	}
	if waiting != nil && handsIn {
		page.WithdrawURL = c.importURL("withdraw")
	}
}

// mayConfirm tells whether the one who looks may be the second person of an import.
func (c *call) mayConfirm(waiting models.Import) bool {
	second := c.staff.Role == models.RoleTeller || c.staff.Role == models.RoleStreet
	return second && waiting.FirstID != c.staff.ID && waiting.FirstRole != string(c.staff.Role)
}

// importsOf are the imports that wait for the one who asks.
func (c *call) importsOf(overview models.Overview) []web.WorkItem {
	var work []web.WorkItem
	for _, waiting := range overview.Imports {
		if !c.mayConfirm(models.Import{FirstID: waiting.FirstID, FirstRole: waiting.FirstRole}) {
			continue
		}
		for _, meeting := range overview.Meetings {
			if meeting.ID == waiting.MeetingID && meeting.State == lifecycle.MeetingClosed {
				work = append(work, web.WorkItem{Text: web.WorkImport(overview.Name, meeting.Title), URL: staffMeetingURL(meeting) + "/import"})
			}
		}
	}
	return work
}

func importLine(handed models.Import, blind bool) web.ImportLine {
	line := web.ImportLine{Number: int(handed.Number), State: string(handed.State), ReceivedFrom: handed.ReceivedFrom, Reason: handed.Reason,
		First: web.Doer(handed.FirstRole, handed.FirstName), FirstAt: web.Instant(handed.FirstAt), Second: web.Doer(handed.SecondRole, handed.SecondName),
		EffectiveAt: web.Instant(handed.EffectiveAt), LeafIndex: handed.LeafIndex, Blind: blind}
	if !blind {
		line.File, line.SHA256, line.Rows, line.Voters, line.AlsoVoted = handed.FileName, handed.SHA256, handed.Rows, handed.Voters, handed.AlsoVoted
		line.Columns = importColumns(handed.Columns)
	}
	return line
}

func importColumns(list []platform.Column) []web.ImportColumn {
	columns := make([]web.ImportColumn, len(list))
	for i, column := range list {
		columns[i] = web.ImportColumn{Place: column.Place, Header: column.Header, Unused: column.Meaning == platform.Unused,
			Meaning: web.ImportMeaning(string(column.Meaning), column.Matter, column.Option)}
	}
	return columns
}

// mostIssues is how many issues a page lists.
const mostIssues = 200

func importReport(file models.PlatformFile, second bool) *web.ImportReport {
	report := &web.ImportReport{File: file.Name, SHA256: file.SHA256, Rows: int64(file.Rows), Empty: int64(file.Empty), Voters: int64(len(file.Ballots)),
		Columns: importColumns(file.Columns), HeaderRow: file.HeaderRow, SecondPerson: second}
	issues := slices.Clone(file.Issues)
	slices.SortStableFunc(issues, func(a, b platform.Issue) int { return a.Row - b.Row })
	for _, issue := range issues {
		if issue.Severity == roster.Error {
			report.Errors++
		} else {
			report.Warnings++
		}
		if len(report.Issues) == mostIssues {
			report.More++
			continue
		}
		report.Issues = append(report.Issues, web.ImportIssue{Place: web.ImportPlace(issue.Row, issue.Column), Severity: string(issue.Severity),
			Text: issue.Message, Cell: issue.Cell})
	}
	return report
}

// importedView is what a counted meeting took over from the platform, as pages print it; nil stays nil.
func importedView(meeting models.Meeting, found *models.Imported) *web.Imported {
	if found == nil {
		return nil
	}
	return &web.Imported{Platform: found.Platform, Voters: found.Voters, Twice: found.Twice, Standing: found.Standing, Conflict: meeting.Conflict,
		SHA256: found.SHA256}
}

// importedJSON is what a counted meeting took over from the platform: voters in its file, those of them with a ballot of
// another channel, and which of the two counted.
type importedJSON struct {
	Platform       string `json:"platform"`
	Voters         int64  `json:"voters"`
	Twice          int64  `json:"twice"`
	OwnStands      int64  `json:"own_stands"`
	ImportedStands int64  `json:"imported_stands"`
	Compared       int64  `json:"compared"`
	SHA256         string `json:"sha256,omitempty"` // of the file; only for staff
}

func importedOf(found *models.Imported) *importedJSON {
	if found == nil {
		return nil
	}
	return &importedJSON{Platform: found.Platform, Voters: found.Voters, Twice: found.Twice, OwnStands: found.Standing[voting.OwnStands],
		ImportedStands: found.Standing[voting.ImportedStands], Compared: found.Standing[voting.BothCompared], SHA256: found.SHA256}
}

type importDeskJSON struct {
	Platform string       `json:"platform"`
	Open     bool         `json:"open"` // a file can be handed in now
	Imports  []importJSON `json:"imports"`
}

// importJSON is a file that was handed in; numbers and fingerprint are left out for whoever is to confirm them.
type importJSON struct {
	ID           string             `json:"id"`
	Number       int64              `json:"number"`
	State        models.ImportState `json:"state"`
	ReceivedFrom string             `json:"received_from"`
	File         string             `json:"file,omitempty"`
	SHA256       string             `json:"sha256,omitempty"`
	Rows         *int64             `json:"rows,omitempty"` // homes with an answer
	Voters       *int64             `json:"voters,omitempty"`
	AlsoVoted    *int64             `json:"also_voted,omitempty"` // voters with a ballot of another channel
	Reason       string             `json:"reason,omitempty"`
	FirstRole    string             `json:"first_role"`
	FirstAt      int64              `json:"first_at"`
	EffectiveAt  int64              `json:"effective_at,omitempty"`
	EndedAt      int64              `json:"ended_at,omitempty"`
	Leaf         int64              `json:"leaf,omitempty"` // index of its leaf
}

func getImports(c *call) error {
	desk, err := c.store.ImportDeskOf(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return err
	}
	body := importDeskJSON{Platform: desk.Meeting.Platform, Open: desk.Closed == "", Imports: make([]importJSON, len(desk.Imports))}
	for i, handed := range desk.Imports {
		body.Imports[i] = importJSON{ID: handed.ID, Number: handed.Number, State: handed.State, ReceivedFrom: handed.ReceivedFrom, Reason: handed.Reason,
			FirstRole: handed.FirstRole, FirstAt: handed.FirstAt, EffectiveAt: handed.EffectiveAt, EndedAt: handed.EndedAt, Leaf: handed.LeafIndex}
		if handed.State != models.ImportWaiting || !c.mayConfirm(handed) {
			body.Imports[i].File, body.Imports[i].SHA256 = handed.FileName, handed.SHA256
			body.Imports[i].Rows, body.Imports[i].Voters, body.Imports[i].AlsoVoted = &handed.Rows, &handed.Voters, &handed.AlsoVoted
		}
	}
	return c.sendJSON(done{body: body})
}

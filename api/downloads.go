package api

import (
	"bytes"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gongjue/api/workbook"
	"gongjue/models"
	"gongjue/voting/roster"
	"gongjue/web"
)

// sendTables hands out a workbook for saving.
func (c *call) sendTables(name string, tables ...workbook.Table) error {
	var file bytes.Buffer
	if err := workbook.Write(&file, tables...); err != nil {
		return err
	}
	c.Header("Cache-Control", "no-store")
	c.Header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	c.Data(http.StatusOK, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", file.Bytes())
	return nil
}

// linesToFill is how many rows of the template offer their lists.
const linesToFill = 3000

// rosterTemplate is an empty roster with the headers that are found for certain, and a sheet that explains them. The
// examples stand on that sheet, one to a column, so that nobody hands them in as units.
func rosterTemplate(c *call) error {
	empty := workbook.Table{Name: web.SheetRoster, Lists: map[int][]string{}, Widths: map[int]float64{}, Blank: linesToFill}
	guide := workbook.Table{Name: roster.GuideSheet, Header: web.GuideHeader, Widths: map[int]float64{0: 16, 1: 50, 2: 10, 3: 26, 4: 26, 5: 26}}
	for i, line := range web.RosterGuide {
		name := roster.NameOf(line.Field)
		empty.Header = append(empty.Header, name)
		empty.Widths[i] = line.Width
		if line.Words != nil {
			empty.Lists[i] = line.Words
		}
		guide.Rows = append(guide.Rows, append([]string{name, line.How, line.Needed()}, line.Examples[:]...))
	}
	for _, remark := range web.GuideRemarks {
		guide.Rows = append(guide.Rows, []string{"", remark})
	}
	return c.sendTables(web.FileRosterTemplate, empty, guide)
}

// intakeIssueFile is every doubt about a file on the desk, with what was said of it.
func intakeIssueFile(c *call) error {
	read, err := c.intake()
	if err != nil {
		return err
	}
	var rows [][]string
	for _, issue := range slices.Concat(read.review.Errors, read.review.Open) {
		rows = append(rows, issueRow(issue, roster.Confirmation{}))
	}
	for _, confirmed := range read.review.Confirmed {
		rows = append(rows, issueRow(confirmed.Issue, confirmed.Confirmation))
	}
	return c.sendTables(web.FileIssues, issueTable(rows))
}

// rosterIssueFile is every doubt that a version was imported with.
func rosterIssueFile(c *call) error {
	list, err := c.store.Roster(c, c.community.ID, c.Param("roster"))
	if err != nil {
		return err
	}
	var rows [][]string
	for _, issue := range bySeverity(list.Summary.Issues) {
		rows = append(rows, issueRow(issue, roster.Confirmation{}))
	}
	return c.sendTables(web.FileIssues, issueTable(rows))
}

func issueTable(rows [][]string) workbook.Table {
	return workbook.Table{Name: web.SheetIssues, Header: web.IssueHeader, Rows: rows,
		Widths: map[int]float64{0: 16, 1: 8, 2: 14, 3: 22, 4: 12, 5: 60, 6: 26, 7: 20, 8: 40}}
}

// issueRow holds nothing that the page of the doubts does not show: values are masked.
func issueRow(issue roster.Issue, said roster.Confirmation) []string {
	row := ""
	if issue.Row > 0 {
		row = strconv.Itoa(issue.Row)
	}
	return []string{issue.Sheet, row, issue.Column, string(issue.Code), web.SeverityName(string(issue.Severity)), issue.Message, issue.Value,
		strings.ReplaceAll(roster.MaskPlace(issue.Unit), "/", " "), web.Settled(said.By, web.Instant(said.At), said.Why)}
}

// mayTakeIssues tells whether a role may take the doubts of a version away: whoever mends them, and whoever answers
// for the roster.
func mayTakeIssues(role models.Role) bool { return slices.Contains(checking.roles, role) }

package api

import (
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"

	"gongjue/api/workbook"
	"gongjue/models"
	"gongjue/notify/filing"
	"gongjue/notify/paper"
	"gongjue/voting/disclosure"
	"gongjue/web"
)

// wholeDisclosure is the public disclosure of the address with every line of it. Refusal: not_found.
func (c *call) wholeDisclosure() (community models.Community, one models.Disclosure, view web.Disclosure, lines []models.DisclosureLine, err error) {
	community, one, list, err := c.publicDisclosure()
	if err != nil {
		return community, one, view, nil, err
	}
	lines, err = c.store.DisclosureLines(c, one.CommunityID, one.ID, 0, 0)
	return community, one, disclosureView(one, list), lines, err
}

// disclosurePDF is a disclosure for the board at the gate.
func disclosurePDF(c *call) error {
	community, one, view, lines, err := c.wholeDisclosure()
	if err != nil {
		return err
	}
	fillSections(view.Sections, one.CommunityID, lines, "")
	data := filing.DisclosureData{Community: community.Name, Title: view.Title, Number: strconv.FormatInt(one.Number, 10), From: one.Period.From, To: one.Period.To,
		PublishedAt: one.PublishedAt, Remarks: view.Remarks(), Note: one.Note, Link: c.config.PublicURL + view.URL}
	for _, a := range view.Accounts {
		data.Accounts = append(data.Accounts, [5]string{a.Name, a.Opening, a.In, a.Out, a.Closing})
	}
	for _, section := range view.Sections {
		table := filing.DisclosureTable{Name: section.Name, Total: section.Total, Earlier: section.Compared()}
		for _, line := range section.Lines {
			table.Rows = append(table.Rows, [5]string{strconv.FormatInt(line.Number, 10), line.Item, line.Place, line.Reasons(), line.Amount})
		}
		data.Sections = append(data.Sections, table)
	}
	for _, file := range view.Files {
		data.Files = append(data.Files, file.Words())
	}
	return c.sendPDF(web.FileDisclosure+".pdf", func(w io.Writer) (paper.Report, error) { return filing.Disclosure(w, data) })
}

// disclosureSheet is a disclosure as a workbook: the sums, then every line.
func disclosureSheet(c *call) error {
	community, one, view, lines, err := c.wholeDisclosure()
	if err != nil {
		return err
	}
	sums := workbook.Table{Name: web.SheetDisclosureSums, Header: web.DisclosureSumsHeader, Rows: view.SumRows(), Widths: map[int]float64{0: 26, 1: 18, 2: 18, 3: 18, 4: 18},
		Print: &workbook.Print{Title: community.Name + view.Title + web.FileDisclosure}}
	table := lineTable(one.CommunityID, lines)
	table.Print = &workbook.Print{Title: sums.Print.Title, Landscape: true, Numbers: map[int]string{4: "0.00"}}
	table.Lists = nil
	return c.sendTables(web.FileDisclosure+".xlsx", sums, table)
}

// draftSheet is the workbook to fill in, with the lines that are there already.
func draftSheet(c *call) error {
	lines, err := c.store.DraftLines(c, c.community.ID, 0, 0)
	if err != nil {
		return err
	}
	grounds, err := c.store.DisclosureGrounds(c, c.community.ID)
	if err != nil {
		return err
	}
	table := lineTable(c.community.ID, lines)
	table.Blank = linesToFill
	guide := workbook.Table{Name: web.SheetDisclosureGuide, Header: web.DisclosureGuideHeader, Widths: map[int]float64{0: 20, 1: 80}, Rows: web.DisclosureGuide()}
	for _, ground := range grounds {
		guide.Rows = append(guide.Rows, []string{web.DisclosureHeader[disclosure.ColumnBasis], groundLink(c.community.ID, ground).Text})
	}
	return c.sendTables(web.FileDisclosureDraft, table, guide)
}

// lineTable are lines in the columns that an upload is read by.
func lineTable(communityID string, lines []models.DisclosureLine) workbook.Table {
	table := workbook.Table{Name: web.SheetDisclosure, Widths: map[int]float64{0: 26, 1: 34, 2: 22, 3: 34, 4: 16, 5: 10, 6: 34},
		Lists: map[int][]string{0: web.SectionNames(), 5: {web.Yes}}}
	for _, column := range disclosure.Columns {
		table.Header = append(table.Header, web.DisclosureHeader[column])
	}
	for _, line := range lines {
		row := []string{web.SectionName(line.Section), line.Item, line.Place, "", strings.ReplaceAll(line.Fen.String(), ",", ""), "", line.Note}
		if ground := groundLink(communityID, line.Ground); ground != nil {
			row[3] = ground.Text
		}
		if line.Returned {
			row[5] = web.Yes
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// uploadedLines reads the workbook that was sent. With issues there is nothing to take over.
func (c *call) uploadedLines() (lines []disclosure.Line, issues []disclosure.Issue, err error) {
	sent, err := c.sentFile()
	if err != nil {
		return nil, nil, err
	}
	sheets, err := workbook.Read(sent, sent.Size, sent.Name)
	if err != nil {
		return nil, nil, asFileRefusal(err)
	}
	grounds, err := c.store.DisclosureGrounds(c, c.community.ID)
	if err != nil {
		return nil, nil, err
	}
	bases := map[string]disclosure.Basis{}
	for _, ground := range grounds {
		bases[groundLink(c.community.ID, ground).Text] = ground.Basis
	}
	lines, issues = disclosure.Read(sheets, web.DisclosureWords(bases))
	return lines, issues, nil
}

// errSheet says that a workbook has issues.
var errSheet = errors.New("the workbook has issues")

// takeLines puts the lines of a workbook in the place of all that the draft holds.
func takeLines(c *call) ([]disclosure.Issue, error) {
	var in seenRequest
	if err := decodeForm(c, &in); err != nil {
		return nil, err
	}
	var r reader
	revision := r.seen(in.Revision)
	if err := r.err(); err != nil {
		return nil, err
	}
	lines, issues, err := c.uploadedLines()
	if err != nil {
		return nil, err
	}
	if len(issues) > 0 {
		return issues, errSheet
	}
	return nil, c.store.SetDraftLines(c, c.actor(), c.community.ID, revision, lines)
}

func uploadLinesPage(c *call) error {
	issues, err := takeLines(c)
	if err == nil {
		c.seeOther(done{location: c.communityURL("disclosures"), flash: "disclosure_lines"})
		return nil
	}
	found := refusals(err)
	if !errors.Is(err, errSheet) && found == nil {
		return err
	}
	trouble := disclosureTrouble{form: "upload", problems: problems(found)}
	for _, issue := range issues {
		trouble.issues = append(trouble.issues, web.SheetIssue(issue))
	}
	page, failed := disclosureDesk(c, trouble)
	if failed != nil {
		return failed
	}
	if page == nil {
		return err
	}
	if found == nil {
		return c.render(http.StatusUnprocessableEntity, page)
	}
	return c.render(statusOf(found[0].Code), page)
}

// lineIssuesJSON is what is wrong in a workbook: nothing of it was taken over.
type lineIssuesJSON struct {
	Issues []lineIssueJSON `json:"issues"`
}

type lineIssueJSON struct {
	Row    int               `json:"row"` // as the spreadsheet numbers it
	Column disclosure.Column `json:"column"`
	Code   string            `json:"code"`
	Detail string            `json:"detail"`
}

func uploadLinesJSON(c *call) error {
	issues, err := takeLines(c)
	if errors.Is(err, errSheet) {
		body := lineIssuesJSON{Issues: make([]lineIssueJSON, len(issues))}
		for i, issue := range issues {
			body.Issues[i] = lineIssueJSON{issue.Row, issue.Column, string(issue.Code), sentence(string(issue.Code))}
		}
		return c.sendJSON(done{status: http.StatusUnprocessableEntity, body: body})
	}
	if err != nil {
		return err
	}
	answer, err := draftDone(c, "")
	if err != nil {
		return err
	}
	return c.sendJSON(answer)
}

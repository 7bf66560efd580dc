package api

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"gongjue/models"
	"gongjue/voting/roster"
	"gongjue/web"
)

// intakeTrouble is what refused the last form of the page.
type intakeTrouble struct {
	confirm, imported, encoding, rulings []web.Problem
	why, code, ruledWhy                  string
}

func intakePage(c *call) error {
	page, err := intakeView(c, intakeTrouble{})
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// intakeView is the page of a file on the desk.
func intakeView(c *call, t intakeTrouble) (web.Page, error) {
	read, err := c.intake()
	if err != nil {
		return nil, err
	}
	address := intakeURL(c.community.ID, read.ID)
	units := read.Parking.Apply(read.parsed.Units)
	counted := read.parsed
	counted.Units = units
	summary := roster.Summarise(counted, nil)
	page := web.IntakePage{Shell: c.shell(web.TitleIntake), Community: c.community.Name, CommunityURL: c.communityURL(), File: read.Name,
		ReceivedAt: web.Instant(read.CreatedAt), ThrownAt: web.Instant(read.CreatedAt + (models.IntakeDays * 24 * time.Hour).Milliseconds()),
		Totals: totalsOf(summary, int64(len(units)), roster.Heads(read.holders), read.Parking), Sources: sourcesOf(summary), Held: len(read.parsed.Held),
		Errors: len(read.review.Errors), Open: len(read.review.Open), Confirmed: len(read.review.Confirmed), Mended: len(read.Work.Corrections),
		IssuesFileURL: address + "/issues.xlsx", ChangesURL: address + "/changes", GridURL: address + "/grid", HeadsURL: address + "/heads", RegisterURL: address + "/register",
		Confirm: web.ConfirmForm{Form: web.Form{Action: address + "/confirmations", Problems: t.confirm}, Why: t.why},
		Discard: web.NewAct("intake_discard", address+"/discard")}
	page.Text = textOf(read, address, t.encoding)
	for _, m := range read.parsed.Maps {
		page.Sheets = append(page.Sheets, sheetOf(m, address))
	}
	for _, refusal := range read.refused {
		page.Refused = append(page.Refused, web.IntakeRefusal{Sheet: refusal.Sheet, Row: refusal.Row, Text: refusal.Message,
			URL: rowURL(address, refusal.Sheet, refusal.Row)})
	}
	c.listIssues(&page, read, address)
	page.Rulings = rulingsForm(read, address, t)
	page.Import = importForm(read, units, address, t.imported)
	return page, nil
}

// importForm is the last step; it says what still stands in its way.
func importForm(read *intakeRead, units []roster.Unit, address string, problems []web.Problem) web.ImportForm {
	form := web.ImportForm{Form: web.Form{Action: address + "/import", Problems: problems}, Revision: strconv.FormatInt(read.Revision, 10),
		Held: len(read.parsed.Held)}
	switch {
	case len(units) == 0:
		form.Refusal = web.Sentence("roster_empty")
	case len(read.refused) > 0:
		form.Refusal = web.Sentence("roster_not_followed")
	case len(read.review.Open) > 0:
		form.Refusal = web.Sentence("warnings_open")
	case len(read.rulings.Open) > 0:
		form.Refusal = web.Sentence("rulings_open")
	}
	return form
}

func sheetOf(m roster.SheetMap, address string) web.IntakeSheet {
	sheet := web.IntakeSheet{Name: m.Sheet, Used: m.Used, Why: m.Why, By: string(m.By), URL: address + "/columns?sheet=" + url.QueryEscape(m.Sheet)}
	if m.Fit != nil {
		sheet.Why = m.Fit.Message
	}
	for _, column := range m.Columns {
		if column.Field != "" {
			sheet.Columns = append(sheet.Columns, web.IntakePair{Letter: column.Letter, Header: column.Header, Name: column.Name,
				Doubtful: column.Sureness == roster.Likely})
		}
	}
	if m.Used {
		sheet.AddURL = rowURL(address, m.Sheet, m.LastRow+1)
	}
	return sheet
}

// mendURL is where a doubt is mended: on the page of the columns if it is about the header or a whole sheet,
// which have no row to correct.
func mendURL(address string, issue roster.Issue, sheets []roster.SheetMap) string {
	header := slices.ContainsFunc(sheets, func(m roster.SheetMap) bool { return m.Sheet == issue.Sheet && issue.Row <= m.HeaderRow })
	if at := rowURL(address, issue.Sheet, issue.Row); at != "" && !header {
		return at
	}
	return address + "/columns?sheet=" + url.QueryEscape(issue.Sheet)
}

// rowURL is where a row is mended; empty for a doubt about a whole sheet.
func rowURL(address, sheet string, row int) string {
	if row <= 0 || sheet == "" {
		return ""
	}
	return address + "/row?sheet=" + url.QueryEscape(sheet) + "&row=" + strconv.Itoa(row)
}

// listIssues fills in the doubts by their kind, and those of the kind that was asked for.
func (c *call) listIssues(page *web.IntakePage, read *intakeRead, address string) {
	kind := roster.Code(c.Query("kind"))
	all := append(slices.Clone(read.review.Errors), read.review.Open...)
	settled := c.Query("kind") == "confirmed"
	if settled {
		all = nil
		for _, confirmed := range read.review.Confirmed {
			all = append(all, confirmed.Issue)
		}
	}
	page.Kinds = kindsOf(read.review, address)
	for i, k := range page.Kinds {
		page.Kinds[i].Chosen = string(kind) == k.Code
	}
	if !settled && slices.Contains(roster.Codes, kind) {
		all = slices.DeleteFunc(all, func(issue roster.Issue) bool { return issue.Code != kind })
		page.Kind, page.KindText, page.KindIsWarning = string(kind), kindText(all), roster.SeverityOf(kind) == roster.Warning
	}
	from, err := strconv.Atoi(c.Query("from"))
	if err != nil || from < 0 || from > len(all) {
		from = 0
	}
	to := min(from+issuesShown, len(all))
	words := map[string]roster.Confirmation{}
	for _, confirmed := range read.review.Confirmed {
		words[confirmed.Key] = confirmed.Confirmation
	}
	for _, issue := range all[from:to] {
		line := web.IntakeIssue{Issue: web.Issue{Sheet: issue.Sheet, Row: issue.Row, Column: issue.Column, Severity: string(issue.Severity), Text: issue.Message},
			Value: issue.Value, Unit: strings.ReplaceAll(roster.MaskPlace(issue.Unit), "/", " "), Key: issue.Key, MendURL: mendURL(address, issue, read.parsed.Maps)}
		if said, confirmed := words[issue.Key]; confirmed {
			line.By, line.Why, line.At, line.Key = said.By, said.Why, web.Instant(said.At), ""
		}
		if issue.Severity == roster.Error {
			line.Key = ""
		}
		page.Issues = append(page.Issues, line)
	}
	if to < len(all) {
		page.MoreURL = address + "?kind=" + url.QueryEscape(c.Query("kind")) + "&from=" + strconv.Itoa(to)
	}
}

// kindText is the sentence of a kind's first doubt, to tell what kind it is.
func kindText(issues []roster.Issue) string {
	if len(issues) == 0 {
		return ""
	}
	return issues[0].Message
}

// kindsOf counts the doubts that wait, errors first, then those that were confirmed.
func kindsOf(review roster.Review, address string) []web.IssueKind {
	counts, first := map[roster.Code]int{}, map[roster.Code]string{}
	for _, issue := range append(slices.Clone(review.Errors), review.Open...) {
		if counts[issue.Code]++; first[issue.Code] == "" {
			first[issue.Code] = issue.Message
		}
	}
	var kinds []web.IssueKind
	for _, code := range roster.Codes {
		if counts[code] > 0 {
			kinds = append(kinds, web.IssueKind{Code: string(code), Severity: string(roster.SeverityOf(code)), Example: first[code], Count: counts[code],
				URL: address + "?kind=" + string(code) + "#issues"})
		}
	}
	if n := len(review.Confirmed); n > 0 {
		kinds = append(kinds, web.IssueKind{Code: "confirmed", Severity: "ok", Example: web.ConfirmedDoubts, Count: n, URL: address + "?kind=confirmed#issues"})
	}
	return kinds
}

func intakeColumnsPage(c *call) error {
	page, err := intakeColumnsView(c, c.Query("sheet"), nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// intakeColumnsView is the page on which the columns of a sheet are put right. Refusal: not_found.
func intakeColumnsView(c *call, sheet string, problems []web.Problem) (web.Page, error) {
	read, err := c.intake()
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(read.parsed.Maps, func(m roster.SheetMap) bool { return m.Sheet == sheet || sheet == "" })
	if at < 0 {
		return nil, refuse("not_found")
	}
	m, address := read.parsed.Maps[at], intakeURL(c.community.ID, read.ID)
	sheet = m.Sheet
	page := web.IntakeColumns{Shell: c.shell(web.TitleColumns), File: read.Name, IntakeURL: address, Sheet: sheet, Why: m.Why,
		HeaderRow: strconv.Itoa(m.HeaderRow), Form: web.Form{Action: address + "/columns", Problems: problems}, Chosen: m.By == roster.MapChosen}
	for _, refusal := range read.parsed.Refused {
		if refusal.Sheet == sheet && refusal.Row == 0 {
			page.Problems = append(page.Problems, web.Problem{Text: refusal.Message})
		}
	}
	for _, field := range m.Missing {
		page.Missing = append(page.Missing, roster.NameOf(field))
	}
	for _, column := range m.Columns {
		page.Columns = append(page.Columns, web.IntakeColumn{Letter: column.Letter, Header: column.Header, Field: string(column.Field),
			Why: column.Why, Doubtful: column.Sureness == roster.Likely, Samples: column.Samples})
	}
	for _, field := range roster.Fields {
		page.Fields = append(page.Fields, web.Option{Value: string(field), Text: roster.NameOf(field)})
	}
	return page, nil
}

func intakeRowPage(c *call) error {
	row, err := strconv.Atoi(c.Query("row"))
	if err != nil { // the way back from a form leads here without its row
		read, err := c.intake()
		if err == nil {
			c.seeOther(done{location: intakeURL(c.community.ID, read.ID)})
		}
		return err
	}
	page, err := intakeRowView(c, roster.RowRef{Sheet: c.Query("sheet"), Row: row}, intakeRowRequest{}, nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// intakeRowView is the page on which one row is mended, in clear. Refusal: not_found.
func intakeRowView(c *call, ref roster.RowRef, typed intakeRowRequest, problems []web.Problem) (web.Page, error) {
	read, err := c.intakeRow(ref)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(read.parsed.Maps, func(m roster.SheetMap) bool { return m.Sheet == ref.Sheet && m.Used })
	if at < 0 {
		return nil, refuse("not_found")
	}
	address := intakeURL(c.community.ID, read.ID)
	page := web.IntakeRow{Shell: c.shell(web.TitleMendRow), File: read.Name, IntakeURL: address, Sheet: ref.Sheet, Row: ref.Row,
		Form: web.Form{Action: address + "/row"}, Drop: web.DropForm{Form: web.Form{Action: address + "/row"}}, Added: ref.Row > read.parsed.Maps[at].LastRow}
	if typed.Do == string(roster.MendDrop) {
		page.Drop.Problems, page.Drop.Why = problems, typed.Why
	} else {
		page.Problems, page.Why = problems, typed.Why
	}
	for _, issue := range read.issues {
		if issue.Sheet == ref.Sheet && issue.Row == ref.Row {
			page.Issues = append(page.Issues, web.Issue{Sheet: issue.Sheet, Row: issue.Row, Column: issue.Column, Severity: string(issue.Severity), Text: issue.Message})
		}
	}
	for _, told := range read.Work.Corrections {
		if told.Sheet == ref.Sheet && told.Row == ref.Row {
			page.Told = append(page.Told, web.ToldLine{By: told.By, Why: told.Why, At: web.Instant(told.At), Field: roster.NameOf(told.Field), Dropped: told.Do == roster.MendDrop})
		}
	}
	if len(read.parsed.Shown) == 1 {
		page.Was = read.parsed.Shown[0].Was
		page.Cells = cellsOf(read.parsed.Shown[0].Cells, typed)
		return page, nil
	}
	if !page.Added {
		return nil, refuse("not_found")
	}
	var empty []roster.CellView
	for _, field := range roster.Fields {
		empty = append(empty, roster.CellView{Field: field, Name: roster.NameOf(field), Was: roster.Fingerprint("")})
	}
	page.Cells = cellsOf(empty, typed)
	return page, nil
}

// cellsOf are the fields of a row's form; what was typed into a refused one stands again.
func cellsOf(cells []roster.CellView, typed intakeRowRequest) []web.IntakeCell {
	list := make([]web.IntakeCell, 0, len(cells))
	for _, cell := range cells {
		if cell.Field == roster.FieldSequence {
			continue
		}
		shown := web.IntakeCell{Field: string(cell.Field), Name: cell.Name, Header: cell.Header, Text: cell.Text, Was: cell.Was,
			Seen: roster.Fingerprint(cell.Text), Corrected: cell.Corrected}
		if i := slices.Index(typed.Field, string(cell.Field)); i >= 0 && i < len(typed.Value) {
			shown.Text = typed.Value[i]
		}
		list = append(list, shown)
	}
	return list
}

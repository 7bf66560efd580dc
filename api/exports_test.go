package api

import (
	"bytes"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gongjue/api/workbook"
	"gongjue/api/workbook/workbooktest"
	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/disclosure"
	"gongjue/voting/roster"
)

// formulas are texts that a spreadsheet reckons with where they stand as a formula: in a room, a name, a title, a reason.
var formulas = []string{"=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "＝1+1", `=HYPERLINK("http://evil.example")`, `=cmd|'/C calc'!A1`}

// injected gives the first community a frozen roster, a meeting of a city with its own platform and a file on the desk,
// in which every text that people write begins as a formula does.
func injected(t *testing.T) *town {
	w := placed(t, "山东省/潍坊市/样例区")
	p := &w.own
	w.announce = func(terms *models.MeetingTerms) { terms.Platform = cityPlatform }
	units := homes().Units
	var doubts []roster.Issue
	text := "楼栋,房号,建筑面积,产权人,证件号码,联系电话,备注\n"
	for i, f := range formulas {
		unit := homes().Units[0]
		unit.Building, unit.Stair, unit.Room, unit.Usage, unit.Certificate = f, f, fmt.Sprintf("%s%d", f, i), f, f
		unit.Owners = []roster.Owner{{Name: f, IDKind: roster.OtherDocument, IDNumber: f, Phone: fmt.Sprintf("1990000%04d", i), Guardian: f}}
		units = append(units, unit)
		doubts = append(doubts, roster.Issue{Sheet: f, Row: i + 1, Column: f, Code: roster.IDFormat, Severity: roster.Warning, Message: f, Value: f, Unit: f})
		cell := `"` + strings.ReplaceAll(f, `"`, `""`) + `"`
		text += strings.Repeat(cell+",", 6) + cell + "\n" + cell + "," + fmt.Sprint(i) + ",1," + cell + ",,,\n"
	}
	list, err := w.store.ImportRoster(w.ctx(), p.convener, p.ID, models.RosterFile{Name: formulas[0], SHA256: "00", Roster: roster.Roster{Units: units},
		Issues: doubts, Confirmed: formulas[0]})
	w.must(err)
	w.must(w.store.PublishRoster(w.ctx(), p.convener, p.ID, list.ID, w.displayed()))
	w.now.Add(1)
	w.must(w.store.FreezeRoster(w.ctx(), p.street, p.ID, list.ID))
	p.roster, err = w.store.Roster(w.ctx(), p.ID, list.ID)
	w.must(err)
	p.meeting = w.draft(p)
	for _, f := range formulas {
		_, err := w.store.AddMatter(w.ctx(), p.convener, p.ID, p.meeting.ID, models.Matter{Title: f, Body: f, Rule: voting.Matter{Kind: voting.Motion, Item: 1}})
		w.must(err)
	}
	w.must(w.store.IssueNotice(w.ctx(), p.convener, p.ID, p.meeting.ID))
	b := w.signInHere()
	answer := b.upload("/staff/communities/"+p.ID+"/rosters/intakes", "=名册.csv", []byte(text), "parking_area", "no", "parking_heads", "no")
	address := answer.location()
	for _, code := range roster.Codes {
		b.post(address+"/confirmations", map[string][]string{"code": {string(code)}, "why": {formulas[0]}})
	}
	w.accounts(p, 24)
	draft, err := w.store.DisclosureDraft(w.ctx(), p.ID)
	w.must(err)
	p.ids["disclosure"], err = w.store.PublishDisclosure(w.ctx(), p.convener, p.ID, draft.Revision)
	w.must(err)
	w.accounts(p, 12)
	p.ids["community"], p.ids["roster"], p.ids["meeting"], p.ids["intake"] = p.ID, p.roster.ID, p.meeting.ID, address[strings.LastIndex(address, "/")+1:]
	return w
}

// accounts are the draft of a disclosure of the year that began so many months before this one, in whose lines every text begins
// as a formula does.
func (w *town) accounts(p *quarter, months int) {
	w.t.Helper()
	first := calendar.AddMonths(calendar.StartOfYear(w.store.Now()), -months)
	w.must(w.store.SaveDisclosureDraft(w.ctx(), p.convener, p.ID, 0, models.DisclosureHead{Period: disclosure.Period{From: first, To: calendar.AddMonths(first, 12) - 1},
		Opening: &disclosure.Balances{}, OpeningReason: formulas[0], Nothing: disclosure.Sections[1:], Note: formulas[0]}))
	for _, f := range formulas {
		draft, err := w.store.DisclosureDraft(w.ctx(), p.ID)
		w.must(err)
		w.must(w.store.AddDraftLine(w.ctx(), p.convener, p.ID, draft.Revision, disclosure.Line{Amount: disclosure.Amount{Section: disclosure.Revenue, Fen: 100}, Item: f, Place: f, Note: f}))
	}
}

// TestNoDownloadHoldsAFormula walks every route that can be asked here: whatever answers with a table answers with a
// workbook in which every cell is text. None answers with CSV, where a text is a formula by how it begins.
func TestNoDownloadHoldsAFormula(t *testing.T) {
	w := injected(t)
	b := w.signInHere()
	var tables []string
	var files [][]byte
	for _, r := range (&Server{metrics: newMetrics(w.store)}).routes() {
		path, known := w.own.knownAt(r.path)
		if r.method != http.MethodGet || !known {
			continue
		}
		answer := b.get(path)
		kind := answer.header.Get("Content-Type")
		named := answer.header.Get("Content-Disposition")
		if strings.Contains(kind, "csv") || strings.Contains(named, ".csv") || strings.HasSuffix(r.path, ".csv") {
			t.Errorf("%s answers with CSV", r.path)
		}
		if answer.status == http.StatusForbidden {
			continue // another role's
		}
		isTable := strings.HasSuffix(r.path, ".xlsx")
		if strings.Contains(kind, "spreadsheet") != isTable {
			t.Errorf("%s: %d %s", r.path, answer.status, kind)
		}
		if isTable && answer.status == http.StatusOK {
			tables, files = append(tables, r.path), append(files, []byte(answer.body))
			onlyText(t, r.path, []byte(answer.body))
		}
	}
	if len(tables) < 5 {
		t.Errorf("only these were looked at: %v", tables)
	}
	t.Run("another office program saves the same texts", func(t *testing.T) {
		for i, saved := range workbooktest.Office(t, "xlsx", "xlsx", files...) {
			if before, after := textsOf(t, files[i]), textsOf(t, saved); !slices.Equal(before, after) {
				t.Errorf("%s comes back as %q, not %q", tables[i], after, before)
			}
		}
	})
}

// knownAt fills the names of a path in; false where the quarter has no id for one.
func (p *quarter) knownAt(path string) (string, bool) {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if name, isName := strings.CutPrefix(part, ":"); isName {
			if p.ids[name] == "" {
				return "", false
			}
			parts[i] = p.ids[name]
		}
	}
	return strings.Join(parts, "/"), true
}

// amountCell is a cell that holds a number and nothing else, for offices that add up.
var amountCell = regexp.MustCompile(`<c r="[A-Z]+[0-9]+" s="[0-9]+"><v>-?[0-9]+(\.[0-9]+)?</v></c>`)

var cellTag = regexp.MustCompile(`<c [^>]*>(?:</c>)?`)

// onlyText looks into the parts of a workbook themselves, where a formula is an element of its own.
func onlyText(t *testing.T, name string, file []byte) {
	t.Helper()
	cells, texts := 0, ""
	for part, xml := range partsOf(t, file) {
		if strings.Contains(part, "externalLink") || strings.Contains(part, "vbaProject") || strings.Contains(part, "connections") {
			t.Errorf("%s holds %s", name, part)
		}
		if part == "xl/sharedStrings.xml" {
			texts = xml
		}
		if !strings.HasPrefix(part, "xl/worksheets/") {
			continue
		}
		if strings.Contains(xml, "<f>") || strings.Contains(xml, "<f ") || strings.Contains(xml, "<hyperlink") {
			t.Errorf("%s: %s reckons or leads away", name, part)
		}
		xml = amountCell.ReplaceAllString(xml, "")
		for _, tag := range cellTag.FindAllString(xml, -1) {
			empty := strings.HasSuffix(tag, "/>") || strings.HasSuffix(tag, "</c>")
			if cells++; !strings.Contains(tag, `t="s"`) && !empty {
				t.Errorf("%s: %s is no text", name, tag)
			}
		}
	}
	if cells == 0 || !strings.HasSuffix(name, "rosters/template.xlsx") && !strings.Contains(texts, "=1+1") {
		t.Errorf("%s has %d cells, and the texts that are to be tried are not among them", name, cells)
	}
}

// textsOf are the cells of all sheets that hold something, and none may be a formula.
func textsOf(t *testing.T, file []byte) []string {
	t.Helper()
	sheets, err := workbook.Read(bytes.NewReader(file), int64(len(file)), "a.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, sheet := range sheets {
		if len(sheet.Formulas) > 0 {
			t.Errorf("%s has formulas: %v", sheet.Name, sheet.Formulas)
		}
		for _, row := range sheet.Rows {
			for _, cell := range row.Cells {
				if cell != "" {
					cell = strings.ReplaceAll(cell, "\r", "\n") // programs write the one for the other
					if number, err := strconv.ParseFloat(cell, 64); err == nil {
						cell = strconv.FormatFloat(number, 'f', -1, 64) // and 1 for 1.00
					}
					texts = append(texts, cell)
				}
			}
		}
	}
	return texts
}

package api

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"gongjue/api/workbook"
	"gongjue/models"
	"gongjue/voting/roster"
	"gongjue/web"
)

// template downloads the empty roster as a convener.
func (w *town) template(b *browser) []byte {
	w.t.Helper()
	answer := b.get("/staff/communities/" + w.own.ID + "/rosters/template.xlsx")
	if answer.status != http.StatusOK || answer.header.Get("Cache-Control") != "no-store" || !strings.Contains(answer.header.Get("Content-Disposition"), ".xlsx") {
		w.t.Fatalf("template: %d %v", answer.status, answer.header)
	}
	return []byte(answer.body)
}

// TestTheTemplateComesBackWithoutADoubt fills the examples of the explanation into the empty sheet, as people do, and
// hands the file in. As it was downloaded it holds no unit, also not those of the examples, and says so.
func TestTheTemplateComesBackWithoutADoubt(t *testing.T) {
	w := newTown(t)
	b := w.signIn(models.RoleConvener)
	file := w.template(b)
	parsed, issues, err := workbook.Upload.ParseBytes(file, "模板.xlsx", roster.Guidance{})
	if err != nil || len(parsed.Units)+len(parsed.Held) != 0 || len(issues) != 1 || issues[0].Code != roster.RowsMissing {
		t.Fatalf("the empty template: %d units, %v, %v", len(parsed.Units), issues, err)
	}
	sheets, err := workbook.ReadBytes(file, "模板.xlsx")
	w.must(err)
	if len(sheets) != 2 || len(sheets[0].Rows) != 1 || sheets[1].Name != roster.GuideSheet {
		t.Fatalf("the template has %d sheets", len(sheets))
	}
	filled := workbook.Table{Name: web.SheetRoster, Header: sheets[0].Rows[0].Cells}
	for i := range 3 {
		var row []string
		for _, line := range web.RosterGuide {
			row = append(row, line.Examples[i])
		}
		filled.Rows = append(filled.Rows, row)
	}
	var out bytes.Buffer
	w.must(workbook.Write(&out, filled, workbook.Table{Name: roster.GuideSheet, Header: web.GuideHeader, Rows: [][]string{{"楼栋", "同一栋楼"}}}))
	parsed, issues, err = workbook.Upload.ParseBytes(out.Bytes(), "名册.xlsx", roster.Guidance{})
	if err != nil || len(parsed.Units) != 3 || len(issues) != 0 {
		t.Fatalf("the examples: %d units, %v, %v", len(parsed.Units), issues, err)
	}
	if joint := parsed.Units[1]; len(joint.Owners) != 2 || joint.AreaSource != roster.Contract || joint.Named != "样例乙" {
		t.Errorf("the joint owners: %+v", joint)
	}
	for _, m := range parsed.Maps[0].Columns {
		if m.Sureness != roster.Certain {
			t.Errorf("%s is not known for certain: %s", m.Header, m.Why)
		}
	}
	b.get("/staff/communities/"+w.own.ID+"/rosters/new").says(t, "the upload page", http.StatusOK, "/rosters/template.xlsx")
}

// TestTheTemplateOffersWords reads the lists that a spreadsheet shows below a cell.
func TestTheTemplateOffersWords(t *testing.T) {
	w := newTown(t)
	xml := partsOf(t, w.template(w.signIn(models.RoleConvener)))["xl/worksheets/sheet1.xml"]
	if n := strings.Count(xml, "<dataValidation "); n != 4 {
		t.Errorf("%d columns have a list", n)
	}
	for _, words := range []string{"住宅,商业,办公,车位,储藏室", "不动产登记簿,测绘实测,房屋买卖合同", "已交付,未交付,未售"} {
		if !strings.Contains(xml, words) {
			t.Errorf("%s is not offered", words)
		}
	}
	if strings.Contains(xml, `showErrorMessage="1"`) {
		t.Error("another word is refused")
	}
}

// TestTheListOfDoubtsIsTheOneOnTheDesk compares the download with the JSON of the desk, before and after a person's word.
func TestTheListOfDoubtsIsTheOneOnTheDesk(t *testing.T) {
	w := newTown(t)
	b, address := w.desk("roster-messy.xlsx")
	read := b.onDesk(address)
	b.post(address+"/confirmations", map[string][]string{"keys": {read.Open[0].Key}, "why": {"已与档案核对"}})
	b.get(address).says(t, "the desk", http.StatusOK, address+"/issues.xlsx")
	rows := rowsOf(t, b.get(address+"/issues.xlsx"))
	if len(rows) != 1+len(read.Errors)+len(read.Open) {
		t.Fatalf("%d rows for %d doubts", len(rows), len(read.Errors)+len(read.Open))
	}
	for i, issue := range read.Errors {
		got := strings.Join(rows[i+1], "|")
		if !strings.HasPrefix(got, issue.Sheet+"|") || rows[i+1][3] != string(issue.Code) || rows[i+1][5] != issue.Message || rows[i+1][6] != issue.Value {
			t.Errorf("row %d is %s, not %+v", i+2, got, issue)
		}
	}
	last := rows[len(rows)-1]
	if last[3] != string(read.Open[0].Code) || !strings.Contains(last[8], "已与档案核对") {
		t.Errorf("the confirmed doubt is %q", last)
	}

	for _, code := range roster.Codes {
		b.post(address+"/confirmations", map[string][]string{"code": {string(code)}, "why": {"成类核对"}})
	}
	made := b.post(address+"/import", b.get(address).form(t, address+"/import").fields)
	version, _, _ := strings.Cut(made.location(), "?")
	if kept := rowsOf(t, b.get(version+"/issues.xlsx")); len(kept) != len(rows) {
		t.Errorf("the version has %d of %d rows", len(kept), len(rows))
	}
	b.get(version).says(t, "the version", http.StatusOK, version+"/issues.xlsx")
	teller := w.signIn(models.RoleTeller)
	teller.get(version).hides(t, "a teller's page", "/issues.xlsx")
	if refused := teller.get(version + "/issues.xlsx"); refused.status != http.StatusForbidden {
		t.Errorf("a teller takes the doubts away: %d", refused.status)
	}
}

// rowsOf reads the first sheet of a download, every row as wide as the header.
func rowsOf(t *testing.T, answer page) [][]string {
	t.Helper()
	sheets, err := workbook.ReadBytes([]byte(answer.body), "下载.xlsx")
	if err != nil {
		t.Fatalf("%d %v", answer.status, err)
	}
	var rows [][]string
	for _, row := range sheets[0].Rows {
		for len(row.Cells) < len(sheets[0].Rows[0].Cells) {
			row.Cells = append(row.Cells, "")
		}
		rows = append(rows, row.Cells)
	}
	return rows
}

// partsOf unpacks a workbook.
func partsOf(t *testing.T, file []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, entry := range archive.File {
		opened, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(opened)
		if err != nil {
			t.Fatal(err)
		}
		parts[entry.Name] = string(content)
	}
	return parts
}

package roster

import (
	"sort"
	"strings"
	"unicode/utf8"

	"gongjue/voting"
)

// Parse reads units and owners out of the sheets of one file. It never fails: what cannot be read becomes
// an issue, and an error keeps the units it concerns in Roster.Held. Issues stand in the order of the file.
func Parse(sheets []Sheet) (Roster, []Issue) {
	p := &parser{}
	var entries []*entry
	for i, sheet := range sheets {
		entries = append(entries, p.sheet(i, sheet)...)
	}
	p.sheetsWithoutHeader(sheets)
	p.conflictingNames(entries)
	drafts := p.units(entries)
	p.developerTitles(drafts)
	p.totals(drafts)
	p.sharedPhones(drafts)

	roster := Roster{Layouts: p.layouts}
	for _, d := range drafts {
		if d.held {
			roster.Held = append(roster.Held, d.Unit)
		} else {
			roster.Units = append(roster.Units, d.Unit)
		}
	}
	sort.SliceStable(p.issues, func(i, j int) bool {
		a, b := p.issues[i], p.issues[j]
		if a.sheet != b.sheet {
			return a.sheet < b.sheet
		}
		if a.Row != b.Row {
			return a.Row < b.Row
		}
		return a.column < b.column
	})
	return roster, p.issues
}

// parser collects issues and what the passes over the rows hand to each other.
type parser struct {
	issues     []Issue
	layouts    []Layout
	headerless []int // sheets that hold rows, but no header
	declared   []declared
}

// entry is one row that names a unit or a further owner of one.
type entry struct {
	sheet    *sheetReader
	row      Row
	building string
	stair    string
	room     string
	usage    string
	area     voting.Area
	areaCode Code // why there is no area
	owners   []Owner
	status   status
	held     bool
}

// sheetReader is one sheet under its layout.
type sheetReader struct {
	*parser
	index  int
	name   string
	layout Layout
	header map[Field]string
	sheet  Sheet

	building, stair string // of the row above, for merged and left-out cells
	last            *entry
	unstated        bool // that there is no building has been said
}

// issue records a doubt about one field of one row; an error holds the entry back.
func (s *sheetReader) issue(row int, field Field, value string, code Code, args ...any) {
	issue := newIssue(code, args...)
	issue.Sheet, issue.Row, issue.Column = s.name, row, s.header[field]
	issue.Value = shown(field, value)
	issue.sheet, issue.column = s.index, s.layout.Columns[field]
	s.issues = append(s.issues, issue)
}

func (e *entry) issue(field Field, value string, code Code, args ...any) {
	e.sheet.issue(e.row.Number, field, value, code, args...)
	if SeverityOf(code) == Error {
		e.held = true
	}
}

func (e *entry) get(field Field) string { return e.sheet.get(e.row, field) }

func (s *sheetReader) get(row Row, field Field) string {
	column, known := s.layout.Columns[field]
	if !known || column >= len(row.Cells) {
		return ""
	}
	return strings.TrimSpace(row.Cells[column])
}

// sheet reads one sheet's rows.
func (p *parser) sheet(index int, sheet Sheet) []*entry {
	s := &sheetReader{parser: p, index: index, name: maskRuns(withoutHidden(sheet.Name)), sheet: sheet}
	if sheet.Hidden {
		s.issue(0, "", "", SheetHidden)
		return nil
	}
	if sheet.Layout != nil {
		s.layout = *sheet.Layout
	} else {
		layout, found := findLayout(sheet)
		if !found {
			if hasText(sheet) {
				p.headerless = append(p.headerless, index)
			}
			return nil
		}
		s.layout = layout
	}
	p.layouts = append(p.layouts, s.layout)
	if !s.checkHeader() {
		return nil
	}
	var entries []*entry
	for _, row := range sheet.Rows {
		if row.Number <= s.layout.HeaderRow || blank(row) || s.repeatsHeader(row) || s.total(row) {
			continue
		}
		if e := s.entry(row); e != nil {
			entries = append(entries, e)
		}
	}
	return entries
}

// checkHeader names the header cells and reports columns that are missing or could be another.
func (s *sheetReader) checkHeader() bool {
	s.header = map[Field]string{}
	for _, row := range s.sheet.Rows {
		if row.Number != s.layout.HeaderRow {
			continue
		}
		label := func(column int) string {
			if column < 0 || column >= len(row.Cells) {
				return ""
			}
			return shown("", strings.Join(strings.Fields(row.Cells[column]), " "))
		}
		for field, column := range s.layout.Columns {
			s.header[field] = label(column)
		}
		if s.sheet.Layout != nil {
			break
		}
		lost := rivals(row, s.layout.Columns)
		for _, field := range Fields {
			if column, ambiguous := lost[field]; ambiguous {
				s.issue(row.Number, field, "", ColumnAmbiguous, fieldNames[field], s.header[field], label(column))
			}
		}
	}
	complete := true
	for _, field := range []Field{FieldRoom, FieldArea, FieldName} {
		if _, known := s.layout.Columns[field]; !known {
			s.issue(s.layout.HeaderRow, field, "", ColumnMissing, fieldNames[field])
			complete = false
		}
	}
	return complete
}

func (p *parser) sheetsWithoutHeader(sheets []Sheet) {
	for _, index := range p.headerless {
		code := HeaderMissing
		if len(p.layouts) > 0 {
			code = SheetSkipped
		}
		s := &sheetReader{parser: p, index: index, name: maskRuns(withoutHidden(sheets[index].Name))}
		s.issue(0, "", "", code)
	}
	if len(p.layouts) == 0 && len(p.headerless) == 0 {
		p.issues = append(p.issues, newIssue(HeaderMissing))
	}
}

// repeatsHeader tells whether a row is the header again, as printed lists repeat it on every page.
func (s *sheetReader) repeatsHeader(row Row) bool {
	if field, _ := fieldOf(s.get(row, FieldRoom)); field != FieldRoom {
		return false
	}
	return len(columnsOf(row)) >= 3
}

// unreadable refuses cells whose text cannot be trusted to be what a person sees.
func (e *entry) unreadable() {
	for _, field := range Fields {
		column, known := e.sheet.layout.Columns[field]
		if !known || column >= len(e.row.Cells) || field == FieldRemark || field == FieldSequence {
			continue
		}
		text := e.row.Cells[column]
		formula := len(e.sheet.sheet.Formulas) > 0 && e.sheet.sheet.Formulas[CellRef{e.row.Number, column}]
		switch {
		case formula:
			e.issue(field, text, FormulaCell)
		case isASCII(text) && !hidden(text):
		case strings.ContainsRune(text, utf8.RuneError):
			e.issue(field, text, UnreadableCharacter)
		case field != FieldPhone && hidden(text):
			e.issue(field, text, HiddenCharacter)
		}
	}
}

func blank(row Row) bool {
	for _, cell := range row.Cells {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}

func hasText(sheet Sheet) bool {
	for _, row := range sheet.Rows {
		if !blank(row) {
			return true
		}
	}
	return false
}

// fieldNames are the Chinese names of the fields, as the template's header has them.
var fieldNames = map[Field]string{
	FieldSequence: "序号", FieldBuilding: "楼栋", FieldStair: "单元", FieldRoom: "房号", FieldUsage: "用途",
	FieldArea: "建筑面积", FieldAreaSource: "面积来源", FieldCertificate: "不动产权证号", FieldName: "产权人",
	FieldIDKind: "证件类型", FieldIDNumber: "证件号码", FieldPhone: "联系电话", FieldCoOwners: "共有人",
	FieldStatus: "交付状态", FieldRemark: "备注",
}

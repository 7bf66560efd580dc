package roster

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// headBuffer is the number of rows that are kept until the header is known: those in which it may stand,
// and some below it for the samples.
const headBuffer = headerRows + 10

// sheetReader is one sheet under its map of columns.
type sheetReader struct {
	*Parser
	index    int
	name     string
	formulas map[CellRef]bool

	skipped   bool
	settled   bool
	pending   []Row // until settled
	headerRow int
	fields    map[Field]int
	header    map[Field]string

	building, stair string // of the row above, for merged and left-out cells
	last            *entry
	unstated        bool // that there is no building has been said
	usageLacking    bool // there is no column for it, which has been said
	numbersLacking  bool // as usageLacking
	page            int  // first row after the last page subtotal
	memory          memory
}

// skip leaves the sheet out.
func (s *sheetReader) skip(why string) {
	s.skipped = true
	s.maps[s.index].Why = why
}

func (s *sheetReader) take(row Row) {
	m := &s.maps[s.index]
	if !blank(row) {
		m.LastRow = row.Number
	}
	if s.settled {
		s.read(row)
		return
	}
	if s.pending = append(s.pending, row); len(s.pending) == headBuffer {
		s.settle()
	}
}

// end settles a short sheet and reads the rows that corrections add below it.
func (s *sheetReader) end() {
	if !s.settled {
		s.settle()
	}
	if s.skipped {
		return
	}
	for _, number := range s.guide.added(s.name) {
		if number <= s.maps[s.index].LastRow {
			s.refuse(RowTaken, number)
			continue
		}
		s.read(Row{Number: number})
	}
}

// read takes a row below the header.
func (s *sheetReader) read(row Row) {
	if s.skipped || row.Number <= s.headerRow {
		return
	}
	l := line{Row: row}
	if len(s.guide.rows) > 0 || len(s.guide.show) > 0 {
		ref := RowRef{s.name, row.Number}
		l.mend = s.mended(row, s.guide.rows[ref])
		if s.guide.show[ref] {
			s.shown = append(s.shown, s.view(ref, l))
		}
		if l.mend != nil && l.mend.drop != nil {
			s.leaveOut(ref, line{Row: row})
			return
		}
	}
	if l.mend == nil && blank(row) || s.repeatsHeader(l) || s.total(l) {
		return
	}
	if e := s.entry(l); e != nil {
		s.add(e)
	}
}

// cell is what the file says, get what holds after the corrections.
func (s *sheetReader) cell(row Row, field Field) string {
	column, known := s.fields[field]
	if !known {
		return ""
	}
	return cellAt(row, column)
}

func (s *sheetReader) get(l line, field Field) string {
	if l.mend != nil {
		if c, corrected := l.mend.set[field]; corrected {
			return strings.TrimSpace(c.Value)
		}
	}
	return s.cell(l.Row, field)
}

// issue records a doubt about one field of one row of the sheet.
func (s *sheetReader) issue(row int, field Field, value string, code Code, args ...any) {
	s.issueAt(row, field, value, "", code, args...)
}

func (s *sheetReader) issueAt(row int, field Field, value, place string, code Code, args ...any) {
	if len(s.issues) >= mostIssues {
		s.unlisted++
		return
	}
	issue := newIssue(code, args...)
	issue.Sheet, issue.Row, issue.Column, issue.Field, issue.Unit = s.name, row, s.header[field], field, place
	issue.Value = shown(field, value)
	issue.sheet, issue.column, issue.raw = s.index, s.fields[field], value
	s.issues = append(s.issues, issue)
}

// repeatsHeader tells whether a row is the header again, as printed lists repeat it on every page.
func (s *sheetReader) repeatsHeader(l line) bool {
	room := s.get(l, FieldRoom)
	if isASCII(room) {
		return false
	}
	if field, _ := fieldOf(room); field != FieldRoom {
		return false
	}
	return len(singleHeader(l.Row).columns()) >= 3
}

// unreadable refuses cells whose text cannot be trusted to be what a person sees.
func (e *entry) unreadable(l line) {
	for _, field := range Fields {
		column, known := e.sheet.fields[field]
		if field == FieldRemark || field == FieldSequence || !known && l.mend == nil {
			continue
		}
		text := e.sheet.get(l, field)
		if text == "" {
			continue
		}
		switch {
		case known && !l.corrected(field) && len(e.sheet.formulas) > 0 && e.sheet.formulas[CellRef{e.row, column}]:
			e.issue(field, text, FormulaCell)
		case isASCII(text) && !hidden(text):
		case strings.ContainsRune(text, utf8.RuneError), strings.ContainsFunc(text, isPrivate):
			e.issue(field, text, UnreadableCharacter)
		case field != FieldPhone && hidden(text):
			e.issue(field, text, HiddenCharacter)
		}
	}
}

func blank(row Row) bool {
	return !slices.ContainsFunc(row.Cells, func(cell string) bool { return strings.TrimSpace(cell) != "" })
}

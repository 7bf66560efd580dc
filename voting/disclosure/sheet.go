package disclosure

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongjue/voting"
	"gongjue/voting/roster"
)

// Column is a column of the workbook in which lines are written.
type Column string

// The columns.
const (
	ColumnSection  Column = "section"
	ColumnItem     Column = "item"
	ColumnPlace    Column = "place"
	ColumnBasis    Column = "basis"
	ColumnAmount   Column = "amount"
	ColumnReturned Column = "returned"
	ColumnNote     Column = "note"
)

// Columns lists every column in the order of the workbook; the header of each is the word that [Words] gives it.
var Columns = []Column{ColumnSection, ColumnItem, ColumnPlace, ColumnBasis, ColumnAmount, ColumnReturned, ColumnNote}

// The lengths of texts in characters.
const (
	LongItem  = 100
	LongPlace = 100
	LongNote  = 200
)

// Words are what a workbook says in Chinese: the headers, the sections, the mark of money that came back, and by their
// titles the decisions and emergency uses that a use of the fund may name.
type Words struct {
	Headers  map[Column]string
	Sections map[Section]string
	Returned []string
	Bases    map[string]Basis
}

// Basis is what allowed a use of the fund: a matter of a meeting, or an emergency use. Zero for neither.
type Basis struct {
	MeetingID   string
	Position    int64 // of the matter, from 1
	EmergencyID string
}

// Line is one line of a disclosure.
type Line struct {
	Amount
	Item  string // where it came from, what it was for
	Place string // where in the community, which buildings
	Basis Basis
	Note  string
}

// The codes of a line as it is written.
const (
	CodeUnknownHeader  voting.Code = "header_missing"
	CodeUnknownSection voting.Code = "section_unknown"
	CodeUnknownBasis   voting.Code = "basis_unknown"
	CodeUnknownAmount  voting.Code = "not_an_amount"
	CodeUnknownMark    voting.Code = "returned_unknown"
	CodeHoldsNumber    voting.Code = "reason_names_person"
	CodeTooLong        voting.Code = "too_long"
	CodeRequired       voting.Code = "required"
)

// Issue is what is wrong with one cell. It never holds what stands there.
type Issue struct {
	Row    int // as the spreadsheet numbers it
	Column Column
	Code   voting.Code
}

// mostIssues bounds the list; a sheet of the wrong kind is told once.
const mostIssues = 100

// Read reads the lines of the first sheet that has the headers. With any issue the lines are not to be used.
func Read(sheets []roster.Sheet, words Words) (lines []Line, issues []Issue) {
	for _, sheet := range sheets {
		for i, row := range sheet.Rows {
			at, missing := headers(row, words)
			if len(missing) < len(Columns)-1 && len(missing) > 0 && at[ColumnAmount] >= 0 {
				for _, column := range missing {
					issues = append(issues, Issue{Row: row.Number, Column: column, Code: CodeUnknownHeader})
				}
				return nil, issues
			}
			if len(missing) == 0 {
				return readRows(sheet.Rows[i+1:], at, words)
			}
		}
	}
	return nil, []Issue{{Row: 1, Column: ColumnSection, Code: CodeUnknownHeader}}
}

func headers(row roster.Row, words Words) (at map[Column]int, missing []Column) {
	at = map[Column]int{}
	for _, column := range Columns {
		if at[column] = slices.Index(row.Cells, words.Headers[column]); at[column] < 0 {
			missing = append(missing, column)
		}
	}
	return at, missing
}

func readRows(rows []roster.Row, at map[Column]int, words Words) (lines []Line, issues []Issue) {
	for _, row := range rows {
		cell := func(column Column) string {
			if at[column] >= len(row.Cells) {
				return ""
			}
			return strings.TrimSpace(row.Cells[at[column]])
		}
		if !slices.ContainsFunc(Columns, func(c Column) bool { return cell(c) != "" }) {
			continue
		}
		line, found := readLine(cell, words)
		for _, issue := range found {
			issue.Row = row.Number
			issues = append(issues, issue)
		}
		lines = append(lines, line)
		switch {
		case len(issues) >= mostIssues:
			return nil, issues[:mostIssues]
		case len(lines) > MostLines:
			return nil, []Issue{{Row: row.Number, Column: ColumnSection, Code: CodeTooManyLines}}
		}
	}
	return lines, issues
}

func readLine(cell func(Column) string, words Words) (line Line, issues []Issue) {
	wrong := func(column Column, code voting.Code) { issues = append(issues, Issue{Column: column, Code: code}) }
	for section, name := range words.Sections {
		if cell(ColumnSection) == name {
			line.Section = section
		}
	}
	if line.Section == "" {
		wrong(ColumnSection, CodeUnknownSection)
	}
	line.Item, line.Place, line.Note = cell(ColumnItem), cell(ColumnPlace), cell(ColumnNote)
	for _, refusal := range line.Texts() {
		wrong(Column(refusal.Field), refusal.Code)
	}
	if basis := cell(ColumnBasis); basis != "" {
		found, known := words.Bases[basis]
		if line.Basis = found; !known || line.Section != FundUse {
			wrong(ColumnBasis, CodeUnknownBasis)
		}
	}
	if mark := cell(ColumnReturned); mark != "" {
		if line.Returned = slices.Contains(words.Returned, mark); !line.Returned {
			wrong(ColumnReturned, CodeUnknownMark)
		}
	}
	amount, err := Typed(cell(ColumnAmount), line.Returned)
	line.Fen = amount
	alone := Amount{Section: Revenue, Fen: amount, Returned: line.Returned} // an unknown section is told of already
	switch refusal := alone.Check(); {
	case err != nil:
		wrong(ColumnAmount, CodeUnknownAmount)
	case refusal != nil:
		wrong(ColumnAmount, refusal.Code)
	}
	return line, issues
}

// Typed reads an amount as people type it. Money that came back may be typed with or without its minus: it is below zero.
func Typed(text string, returned bool) (voting.Money, error) {
	digits, minus := strings.CutPrefix(text, "-")
	amount, err := voting.ParseMoney(digits)
	if minus || returned {
		amount = -amount
	}
	return amount, err
}

// Texts checks the texts of a line, which everybody reads. Refusals: required, too_long, reason_names_person.
func (l Line) Texts() (found []*voting.Refusal) {
	for _, one := range []struct {
		column Column
		text   string
		most   int
	}{{ColumnItem, l.Item, LongItem}, {ColumnPlace, l.Place, LongPlace}, {ColumnNote, l.Note, LongNote}} {
		switch {
		case one.text == "" && one.column == ColumnItem:
			found = append(found, &voting.Refusal{Code: CodeRequired, Field: string(one.column)})
		case utf8.RuneCountInString(one.text) > one.most:
			found = append(found, &voting.Refusal{Code: CodeTooLong, Field: string(one.column)})
		case roster.HoldsNumber(one.text):
			found = append(found, &voting.Refusal{Code: CodeHoldsNumber, Field: string(one.column)})
		}
	}
	return found
}

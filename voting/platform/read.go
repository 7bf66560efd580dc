package platform

import (
	"slices"
	"strings"

	"gongjue/voting/calendar"
	"gongjue/voting/ledger"
	"gongjue/voting/roster"
)

// reader reads one file against a plan.
type reader struct {
	plan  Plan
	homes map[[3]string]int // place in plan.Units
	File
	formulas map[roster.CellRef]bool
	rows     []homeRow
	places   map[string]homeRow // first row of a home
	serials  map[string]homeRow // and of a number of the platform
}

// homeRow is one row with an answer.
type homeRow struct {
	number  int
	unit    Unit
	marks   map[string]ledger.PaperMark // by matter id
	at      int64
	serial  string
	address string // column of the room, for issues
}

// Read reads the sheets of a file. It never fails: what is wrong stands among the issues, and a file with an error
// must not be used.
func Read(sheets []roster.Sheet, plan Plan) File {
	r := &reader{plan: plan, homes: make(map[[3]string]int, len(plan.Units)), places: map[string]homeRow{}, serials: map[string]homeRow{}}
	for i, unit := range plan.Units {
		r.homes[[3]string{unit.Building, unit.Stair, unit.Room}] = i
	}
	table, found := r.choose(sheets)
	if !found {
		return r.File
	}
	r.formulas = table.Formulas
	if r.checkColumns(); r.Failed() {
		return r.File
	}
	for _, row := range table.Rows {
		if row.Number > r.HeaderRow {
			r.row(row)
		}
	}
	r.assemble()
	if r.Rows == 0 && !r.Failed() {
		r.issue(0, "", NoRows, "")
	}
	return r.File
}

// choose finds the one sheet with a header.
func (r *reader) choose(sheets []roster.Sheet) (roster.Sheet, bool) {
	var chosen []roster.Sheet
	var names []string
	for _, sheet := range sheets {
		if sheet.Hidden {
			r.Sheet = sheet.Name
			r.issue(0, "", SheetHidden, "")
			continue
		}
		if columns, row := r.plan.header(sheet); row > 0 {
			if chosen, names = append(chosen, sheet), append(names, sheet.Name); len(chosen) == 1 {
				r.Columns, r.HeaderRow = columns, row
			}
			continue
		}
		if len(sheet.Rows) > 0 && len(sheets) > 1 {
			r.Sheet = sheet.Name
			r.issue(0, "", SheetSkipped, "")
		}
	}
	r.Sheet = ""
	switch len(chosen) {
	case 0:
		r.issue(0, "", HeaderMissing, "")
		return roster.Sheet{}, false
	case 1:
		r.Sheet = chosen[0].Name
		return chosen[0], true
	}
	r.Columns, r.HeaderRow = nil, 0
	r.issue(0, "", SeveralTables, "", strings.Join(names, "、"))
	return roster.Sheet{}, false
}

// checkColumns reports columns that say the same, contradict the agenda, or are missing.
func (r *reader) checkColumns() {
	type what struct {
		meaning Meaning
		matter  int
		option  string
	}
	known, answered := map[what]int{}, map[int]int{}
	for _, column := range r.Columns {
		if column.Meaning == Unused {
			continue
		}
		if column.Meaning == Answer && column.Matter == 0 {
			r.issue(r.HeaderRow, column.Header, ColumnMismatch, "")
			continue
		}
		key := what{column.Meaning, column.Matter, column.Option}
		if first, twice := known[key]; twice {
			r.issue(r.HeaderRow, column.Header, ColumnTwice, "", first)
			continue
		}
		known[key] = column.Place
		if column.Matter > 0 {
			answered[column.Matter]++
		}
	}
	for i, matter := range r.plan.Matters {
		number := i + 1
		_, whole := known[what{Answer, number, ""}]
		switch {
		case whole && answered[number] > 1:
			r.issue(r.HeaderRow, r.header(Answer, number), ColumnTwice, "", r.place(Option, number))
		case !whole && answered[number] < max(1, len(matter.Rule.Options)):
			r.issue(r.HeaderRow, "", ColumnMissing, "", number, matter.Title, number)
		}
	}
}

func (r *reader) find(meaning Meaning, matter int) *Column {
	for i := range r.Columns {
		if r.Columns[i].Meaning == meaning && r.Columns[i].Matter == matter {
			return &r.Columns[i]
		}
	}
	return nil
}

func (r *reader) header(meaning Meaning, matter int) string {
	if column := r.find(meaning, matter); column != nil {
		return column.Header
	}
	return ""
}

func (r *reader) place(meaning Meaning, matter int) int {
	if column := r.find(meaning, matter); column != nil {
		return column.Place
	}
	return 0
}

func (r *reader) issue(row int, column string, code Code, cell string, args ...any) {
	issue := newIssue(code, args...)
	issue.Sheet, issue.Row, issue.Column, issue.Cell = r.Sheet, row, column, cell
	r.Issues = append(r.Issues, issue)
}

// row takes one row: it is kept if it has an answer and a home that counts.
func (r *reader) row(row roster.Row) {
	if !r.legible(row) {
		return
	}
	text := func(meaning Meaning) string { return r.cell(row, r.place(meaning, 0)) }
	home := roster.ReadHome(text(Building), text(Stair), text(Room), "")
	address := r.header(Room, 0)
	answered := r.answered(row)
	switch {
	case isTotal(row):
		if answered || home.Room != "" {
			r.issue(row.Number, "", TotalRow, row.Cells[0])
		}
		return
	case !answered && text(Moment) == "" && text(Serial) == "":
		if home.Room != "" {
			r.Empty++
		}
		return
	case home.Room == "":
		r.issue(row.Number, address, RoomMissing, "")
		return
	}
	at, known := r.homes[[3]string{home.Building, home.Stair, home.Room}]
	if !known {
		r.issue(row.Number, address, RoomUnknown, strings.Join([]string{text(Building), text(Stair), text(Room)}, " "))
		return
	}
	found := homeRow{number: row.Number, unit: r.plan.Units[at], address: address}
	if !found.unit.weighs() {
		r.issue(row.Number, address, HomeIgnored, text(Room))
		return
	}
	if r.answers(row, &found) && r.dated(row, &found) {
		r.keep(found)
	}
}

// legible refuses formulas and characters that cannot be seen in the columns that are used.
func (r *reader) legible(row roster.Row) bool {
	good := true
	for _, column := range r.Columns {
		if column.Meaning == Unused {
			continue
		}
		if r.formulas[roster.CellRef{Row: row.Number, Column: column.Place - 1}] {
			r.issue(row.Number, column.Header, FormulaCell, "")
			good = false
		} else if roster.Unreadable(r.cell(row, column.Place)) {
			r.issue(row.Number, column.Header, UnreadableCell, "")
			good = false
		}
	}
	return good
}

func (r *reader) cell(row roster.Row, place int) string {
	if place < 1 || place > len(row.Cells) {
		return ""
	}
	return strings.TrimSpace(row.Cells[place-1])
}

func (r *reader) answered(row roster.Row) bool {
	return slices.ContainsFunc(r.Columns, func(c Column) bool { return c.Matter > 0 && r.cell(row, c.Place) != "" })
}

// isTotal tells a line of sums below the homes.
func isTotal(row roster.Row) bool {
	for _, cell := range row.Cells {
		text := roster.Plain(cell)
		if text != "" {
			return strings.HasPrefix(text, "合计") || strings.HasPrefix(text, "总计") || strings.HasPrefix(text, "小计")
		}
	}
	return false
}

// dated reads time and number of a row.
func (r *reader) dated(row roster.Row, found *homeRow) bool {
	if column := r.find(Moment, 0); column != nil {
		cell := r.cell(row, column.Place)
		at, readable := readMoment(cell)
		switch {
		case cell == "":
			r.issue(row.Number, column.Header, TimeMissing, "")
		case !readable:
			r.issue(row.Number, column.Header, TimeUnreadable, cell)
			return false
		case at < r.plan.OpensAt || at >= r.plan.ClosesAt:
			r.issue(row.Number, column.Header, TimeOutside, cell, calendar.Format(r.plan.OpensAt), calendar.Format(r.plan.ClosesAt))
			return false
		default:
			found.at = at
		}
	}
	if column := r.find(Serial, 0); column != nil {
		if found.serial = r.cell(row, column.Place); len([]rune(found.serial)) > longestSerial {
			r.issue(row.Number, column.Header, SerialLong, "")
			return false
		}
	}
	return true
}

// longestSerial is the most characters of a platform's number.
const longestSerial = 64

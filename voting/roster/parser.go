package roster

import (
	"sort"

	"gongjue/voting"
)

// Parser reads the sheets of one file row by row and keeps of each row only what becomes a unit, so that a
// list of 100,000 rows needs little memory. Its methods are called from one goroutine.
type Parser struct {
	guide    guide
	issues   []Issue
	unlisted int // issues beyond mostIssues
	maps     []SheetMap
	refused  []Refusal
	shown    []RowView
	leftOut  map[RowRef]string
	declared []declared
	missing  []MissingRoom
	names    nameBook

	drafts []*draft
	at     map[string]*draft // by place
	last   *draft

	sheet *sheetReader // the one that is open
}

// mostIssues is how many doubts of one file are listed: nobody mends more, and a file built to raise more must
// not fill the memory.
const mostIssues = 10_000

// GuideSheet is the sheet of the template that says how to fill it in; it comes back with every file.
const GuideSheet = "填写说明"

// NewParser begins a file.
func NewParser(g Guidance) *Parser {
	p := &Parser{at: map[string]*draft{}, names: nameBook{map[string]bearer{}, map[string][]*naming{}}}
	p.guide, p.refused = g.guide()
	return p
}

// Sheet begins a sheet, and reads the rows that it carries. Further rows come through Row.
func (p *Parser) Sheet(sheet Sheet) {
	p.endSheet()
	s := &sheetReader{Parser: p, index: len(p.maps), name: maskRuns(withoutHidden(sheet.Name)), formulas: sheet.Formulas}
	p.maps = append(p.maps, SheetMap{Sheet: s.name})
	p.guide.sheets[s.name] = true
	p.sheet = s
	switch {
	case sheet.Hidden:
		s.skip("这张表在文件里是隐藏的，没有采用。")
		s.issue(0, "", "", SheetHidden)
	case p.guide.choices[s.name].Skip:
		s.skip("由人指定不采用这张表。")
	}
	for _, row := range sheet.Rows {
		p.Row(row)
	}
}

// Row reads the next row of the sheet that is open. It keeps no part of row.Cells but the texts.
func (p *Parser) Row(row Row) { p.sheet.take(row) }

// Finish closes the file: it joins and compares what the rows said.
func (p *Parser) Finish() (Roster, []Issue) {
	p.endSheet()
	p.sheetsWithoutHeader()
	p.sheetsWithoutRows()
	p.conflictingNames()
	for _, d := range p.drafts {
		d.finish()
	}
	p.developerTitles()
	p.totals()
	p.sharedPhones()
	p.severalNumbers()
	p.floorPatterns()
	p.twinBuildings()
	p.refused = append(p.refused, p.guide.unmet()...)

	p.at, p.names, p.last = nil, nameBook{}, nil // the units are built from the drafts alone

	roster := Roster{Maps: p.maps, Refused: p.refused, Shown: p.shown, LeftOut: p.leftOut, Missing: p.missing, Units: make([]Unit, 0, len(p.drafts))}
	for i, d := range p.drafts {
		p.drafts[i] = nil
		if d.held {
			roster.Held = append(roster.Held, d.unit())
		} else {
			roster.Units = append(roster.Units, d.unit())
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
	if p.unlisted > 0 {
		p.issues = append([]Issue{newIssue(TooManyIssues, mostIssues, p.unlisted)}, p.issues...)
	}
	keyIssues(p.issues, p.guide.Secret)
	return roster, p.issues
}

func (p *Parser) endSheet() {
	if p.sheet != nil {
		p.sheet.end()
	}
	p.sheet = nil
}

func (p *Parser) sheetsWithoutHeader() {
	used, headerless := false, false
	for _, m := range p.maps {
		used = used || m.HeaderRow > 0 || len(m.Fields) > 0
	}
	for i := range p.maps {
		m := &p.maps[i]
		if m.HeaderRow > 0 || len(m.Fields) > 0 || m.LastRow == 0 || m.Why != "" {
			continue
		}
		if used && m.Sheet == GuideSheet {
			m.Why = "模板里的填写说明，没有采用。"
			continue
		}
		code := HeaderMissing
		if m.Why = "没有找到表头。"; used {
			code, m.Why = SheetSkipped, "没有业主名册的表头，没有采用。"
		}
		s := &sheetReader{Parser: p, index: i, name: m.Sheet}
		s.issue(0, "", "", code)
		headerless = true
	}
	if !used && !headerless {
		p.issues = append(p.issues, newIssue(HeaderMissing))
	}
}

// sheetsWithoutRows says so of a file that names no unit at all: a list of nothing has no doubts, and would pass for a
// good one.
func (p *Parser) sheetsWithoutRows() {
	if len(p.drafts) > 0 {
		return
	}
	for i, m := range p.maps {
		if m.Used {
			s := &sheetReader{Parser: p, index: i, name: m.Sheet}
			s.issue(0, "", "", RowsMissing)
		}
	}
}

// entry is one row that names a unit or a further owner of one, without the texts that were understood.
type entry struct {
	sheet       *sheetReader
	row         int
	building    string
	stair       string
	room        string
	usage       string
	area        voting.Area
	areaCode    Code   // why there is no area
	areaText    string // the cell, if there is no area or an odd one
	source      AreaSource
	certificate string
	owners      []Owner
	listed      int // owners that stand in the owner's own columns; the others are from those of co-owners
	named       string
	status      status

	statusStated bool // the row itself says what its status is
	ownRoom      bool // the room stands in this row, not above it
	held         bool
}

// issue records a doubt about one field of the entry's row; an error holds the unit back.
func (e *entry) issue(field Field, value string, code Code, args ...any) {
	e.sheet.issueAt(e.row, field, value, e.place(), code, args...)
	if SeverityOf(code) == Error {
		e.held = true
	}
}

func (e *entry) place() string { return place(e.building, e.stair, e.room) }

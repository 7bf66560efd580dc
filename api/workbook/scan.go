package workbook

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"gongjue/voting/roster"
)

// sheetPart is what a scan of a worksheet's XML found.
type sheetPart struct {
	entry    *zip.File
	merged   []cellRange
	formulas map[roster.CellRef]bool
	lastRow  int
	rows     int // elements, the empty ones included
	cells    int // likewise
}

// name is under which the library knows the part.
func (p sheetPart) name() string { return strings.ReplaceAll(p.entry.Name, `\`, "/") }

// cellRange is the first column of a merged range of several rows, 0-based; rows are 1-based.
type cellRange struct{ column, firstRow, lastRow int }

// most bounds what a scan collects; beyond it a file is not a list that a person made.
const most = 400_000

// mostBlankMerges is how many merged ranges there may be beyond one for every cell: a range shows a cell, which only
// a blank one without a style does not have.
const mostBlankMerges = 1_000

// scanSheet runs over the tags of a worksheet once without building them: the XML decoder of the library
// costs twenty times more, and is needed once already.
func (l Limits) scanSheet(entry *zip.File) (sheetPart, error) {
	part := sheetPart{entry: entry, formulas: map[roster.CellRef]bool{}}
	unpacked, err := entry.Open()
	if err != nil {
		return part, unreadable(err, "sheet")
	}
	defer func() { _ = unpacked.Close() }() // read only
	scan := &tagScanner{part: &part, limits: l}
	reader := bufio.NewReaderSize(unpacked, 64<<10)
	apart := 0
	for {
		text, err := reader.ReadSlice('>')
		if apart += len(text); apart > l.longestText() {
			return part, refuse(FileTooBig, "%d bytes between two tags", apart)
		}
		if len(text) > 0 {
			if err := scan.tag(text); err != nil {
				return part, err
			}
		}
		if err == bufio.ErrBufferFull {
			continue // a long text between two tags; its tail is scanned as if it were its own
		}
		apart = 0
		if err == io.EOF {
			break
		}
		if err != nil {
			return part, unreadable(err, "sheet")
		}
	}
	return part, scan.wellFormed()
}

// tagScanner sees the text up to each '>'. It keeps the bytes of the last row to check that they are whole.
type tagScanner struct {
	part   *sheetPart
	limits Limits
	tags   int
	cell   []byte // the reference of the cell that is open, such as C34
	column int    // of that cell, 1-based
	row    []byte // since the last <row
	whole  bool   // the last row has ended
	big    bool   // the last row is too long to be kept
}

// mostRow is the size of the last row's XML that is kept for the check.
const mostRow = 1 << 20

func (s *tagScanner) tag(text []byte) error {
	// The scan would take what stands in a comment for cells; no program writes one there.
	if s.part.lastRow > 0 && bytes.IndexByte(text, '!') >= 0 && bytes.Contains(text, []byte("<!")) {
		return refuse(FileUnreadable, "a comment among the cells")
	}
	open := bytes.LastIndexByte(text, '<')
	var name []byte
	closes := false
	if open >= 0 {
		name, closes = tagName(text[open:])
		s.tags++
	}
	if closes {
		if open > 0 && !s.whole && s.column > s.limits.Columns && (string(name) == "v" || string(name) == "t") {
			return refuse(FileTooBig, "row %d: a value in column %d", s.part.lastRow, s.column)
		}
		s.keep(text)
		s.whole = s.whole || string(name) == "row"
		return nil
	}
	if string(name) == "row" {
		text, open = text[open:], 0
		if err := s.openRow(text); err != nil {
			return err
		}
	}
	s.keep(text)
	var err error
	switch string(name) {
	case "c":
		err = s.openCell(text[open:])
	case "f":
		if column, row, err := excelize.CellNameToCoordinates(string(s.cell)); err == nil {
			s.part.formulas[roster.CellRef{Row: row, Column: column - 1}] = true
		}
	case "mergeCell":
		s.merge(string(attribute(text[open:], "ref")))
	}
	if err != nil {
		return err
	}
	return s.bounded()
}

// keep adds to the bytes of the last row, up to its end.
func (s *tagScanner) keep(text []byte) {
	switch {
	case s.part.lastRow == 0 || s.whole:
	case len(s.row)+len(text) > mostRow:
		s.big = true
	default:
		s.row = append(s.row, text...)
	}
}

// bounded refuses a sheet as soon as it holds more than a list that a person made: more rows or cells than are read,
// or tags that no cell explains.
func (s *tagScanner) bounded() error {
	p := s.part
	switch {
	case p.rows > s.limits.Rows, p.cells > s.limits.Cells:
		return refuse(FileTooBig, "%d rows and %d cells, the empty ones included", p.rows, p.cells)
	case len(p.formulas) > most, len(p.merged) > min(most, p.cells+mostBlankMerges):
		return refuse(FileTooBig, "formulas or merged cells")
	case s.tags > 8*p.cells+4*p.rows+2*len(p.merged)+mostInSurplus:
		return refuse(FileTooBig, "%d tags for %d cells", s.tags, p.cells)
	}
	return nil
}

// openRow refuses rows out of order: the library would leave them out without a word.
func (s *tagScanner) openRow(tag []byte) error {
	s.row, s.whole, s.big, s.column = s.row[:0], false, false, 0
	s.part.rows++
	number := s.part.lastRow + 1
	if n, err := strconv.Atoi(string(attribute(tag, "r"))); err == nil {
		number = n
	}
	if number <= s.part.lastRow {
		return refuse(FileUnreadable, "row %d below row %d", number, s.part.lastRow)
	}
	if number > lastRow {
		return refuse(FileTooBig, "row %d", number)
	}
	s.part.lastRow = number
	return nil
}

// openCell refuses cells out of order: the library would put them into the wrong column.
func (s *tagScanner) openCell(tag []byte) error {
	s.cell = append(s.cell[:0], attribute(tag, "r")...)
	column := 0
	for _, c := range s.cell {
		if c < 'A' || c > 'Z' || column > lastColumn {
			break
		}
		column = column*26 + int(c-'A') + 1
	}
	if column == 0 {
		column = s.column + 1
	}
	if column <= s.column {
		return refuse(FileUnreadable, "cells of row %d out of order", s.part.lastRow)
	}
	if column > lastColumn {
		return refuse(FileTooBig, "column %d", column)
	}
	s.column = column
	s.part.cells++
	return nil
}

func (s *tagScanner) merge(ref string) {
	from, to, found := bytes.Cut([]byte(ref), []byte(":"))
	if !found {
		return
	}
	column, first, err := excelize.CellNameToCoordinates(string(from))
	if err != nil {
		return
	}
	if _, last, err := excelize.CellNameToCoordinates(string(to)); err == nil && last > first {
		s.part.merged = append(s.part.merged, cellRange{column - 1, first, last})
	}
}

// wellFormed checks the XML from the last row to the end of the part: the rows before it are proven by the
// library having reached it.
func (s *tagScanner) wellFormed() error {
	if s.part.lastRow == 0 {
		return nil
	}
	if empty := bytes.IndexByte(s.row, '>'); empty > 0 && s.row[empty-1] == '/' {
		return nil
	}
	decoder := xml.NewDecoder(bytes.NewReader(s.row))
	for depth := 0; !s.big; {
		token, err := decoder.Token()
		if err != nil {
			break
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			if depth--; depth == 0 {
				return nil
			}
		}
	}
	return refuse(FileUnreadable, "last row of a sheet")
}

// tagName is the local name of a tag, without the namespace prefix that some programs write, and whether it closes.
func tagName(tag []byte) (local []byte, closes bool) {
	begin := 1
	if closes = len(tag) > 1 && tag[1] == '/'; closes {
		begin = 2
	}
	for i := begin; i < len(tag); i++ {
		switch tag[i] {
		case ':':
			begin = i + 1
		case ' ', '>', '/', '\n', '\r', '\t':
			return tag[begin:i], closes
		}
	}
	return tag[begin:], closes
}

// attribute gives the value of an attribute of a tag, in quotes of either kind; nil when it is not there.
func attribute(tag []byte, name string) []byte {
	rest := tag
	if end := bytes.IndexAny(rest, " \n\r\t"); end >= 0 {
		rest = rest[end:]
	}
	for {
		equals := bytes.IndexByte(rest, '=')
		if equals < 0 {
			return nil
		}
		found := bytes.TrimSpace(rest[:equals])
		rest = bytes.TrimLeft(rest[equals+1:], " \n\r\t")
		if len(rest) == 0 {
			return nil
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return nil
		}
		if prefix := bytes.IndexByte(found, ':'); string(found[prefix+1:]) == name {
			return rest[1 : 1+end]
		}
		rest = rest[end+2:]
	}
}

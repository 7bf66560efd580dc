package workbook

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"

	"gongjue/voting/roster"
)

// sheetPart is what a scan of a worksheet's XML found.
type sheetPart struct {
	merged   []cellRange
	formulas map[roster.CellRef]bool
	lastRow  int
}

// cellRange is the first column of a merged range of several rows, 0-based; rows are 1-based.
type cellRange struct{ column, firstRow, lastRow int }

// most bounds what a scan collects; beyond it a file is not a list that a person made.
const most = 400_000

// scanSheet runs over the tags of a worksheet once without building them: the XML decoder of the library
// costs twenty times more, and is needed once already.
func (l Limits) scanSheet(entry *zip.File) (sheetPart, error) {
	part := sheetPart{formulas: map[roster.CellRef]bool{}}
	unpacked, err := entry.Open()
	if err != nil {
		return part, unreadable(err, "sheet")
	}
	defer func() { _ = unpacked.Close() }() // read only
	scan := &tagScanner{part: &part}
	reader := bufio.NewReaderSize(unpacked, 64<<10)
	for {
		text, err := reader.ReadSlice('>')
		if len(text) > 0 {
			if err := scan.tag(text); err != nil {
				return part, err
			}
		}
		if err == bufio.ErrBufferFull {
			continue // a long text between two tags; its tail is scanned as if it were its own
		}
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
	cell   []byte // the reference of the cell that is open, such as C34
	column int    // of that cell, 1-based
	row    []byte // since the last <row
	big    bool   // the last row is too long to be kept
}

// mostRow is the size of the last row's XML that is kept for the check.
const mostRow = 1 << 20

func (s *tagScanner) tag(text []byte) error {
	open := bytes.LastIndexByte(text, '<')
	name := ""
	if open >= 0 {
		name = tagName(text[open:])
	}
	if name == "row" {
		text, open = text[open:], 0
		if err := s.openRow(text); err != nil {
			return err
		}
	}
	if len(s.row)+len(text) > mostRow {
		s.big = true
	} else if s.part.lastRow > 0 {
		s.row = append(s.row, text...)
	}
	switch name {
	case "c":
		return s.openCell(text[open:])
	case "f":
		if column, row, err := excelize.CellNameToCoordinates(string(s.cell)); err == nil {
			s.part.formulas[roster.CellRef{Row: row, Column: column - 1}] = true
		}
	case "mergeCell":
		s.merge(string(attribute(text[open:], "ref")))
	}
	if len(s.part.formulas) > most || len(s.part.merged) > most {
		return refuse(FileTooBig, "formulas or merged cells")
	}
	return nil
}

// openRow refuses rows out of order: the library would leave them out without a word.
func (s *tagScanner) openRow(tag []byte) error {
	s.row, s.big, s.column = s.row[:0], false, 0
	number := s.part.lastRow + 1
	if n, err := strconv.Atoi(string(attribute(tag, "r"))); err == nil {
		number = n
	}
	if number <= s.part.lastRow {
		return refuse(FileUnreadable, "row %d below row %d", number, s.part.lastRow)
	}
	s.part.lastRow = number
	return nil
}

// openCell refuses cells out of order: the library would put them into the wrong column.
func (s *tagScanner) openCell(tag []byte) error {
	s.cell = append(s.cell[:0], attribute(tag, "r")...)
	column := 0
	for _, c := range s.cell {
		if c < 'A' || c > 'Z' || column > 1<<14 {
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
	s.column = column
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

// tagName is the local name of an opening tag, without the namespace prefix that some programs write.
func tagName(tag []byte) string {
	name := tag[1:]
	if end := bytes.IndexAny(name, " >/\n\r\t"); end >= 0 {
		name = name[:end]
	}
	if prefix := bytes.IndexByte(name, ':'); prefix >= 0 {
		name = name[prefix+1:]
	}
	return string(name)
}

// attribute gives the value of an attribute of a tag; nil when it is not there.
func attribute(tag []byte, name string) []byte {
	at := bytes.Index(tag, []byte(" "+name+`="`))
	if at < 0 {
		return nil
	}
	value := tag[at+len(name)+3:]
	if end := bytes.IndexByte(value, '"'); end >= 0 {
		return value[:end]
	}
	return nil
}

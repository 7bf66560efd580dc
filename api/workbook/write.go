package workbook

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// Table is a sheet for people. Every cell is written as text: a room that begins with an equals sign stays a room, and
// no spreadsheet reckons with it. Only a column that [Print] says holds figures has them as such.
type Table struct {
	Name   string
	Header []string
	Rows   [][]string
	Lists  map[int][]string // by 0-based column: what the cells below the header may hold
	Widths map[int]float64  // by 0-based column, in characters
	Blank  int              // rows below the last one that are still to be filled in
	Print  *Print           // how it goes to paper; nil for one that people fill in
}

// Write writes an .xlsx file with one sheet.
func (t Table) Write(w io.Writer) error { return Write(w, t) }

// Write writes an .xlsx file of several sheets, the first of which is open.
func Write(w io.Writer, tables ...Table) error {
	book := excelize.NewFile()
	defer func() { _ = book.Close() }() // nothing was read from a file
	for i, table := range tables {
		if err := table.add(book, i == 0); err != nil {
			return fmt.Errorf("sheet %s: %w", table.Name, err)
		}
	}
	if _, err := book.WriteTo(w); err != nil {
		return fmt.Errorf("write a workbook: %w", err)
	}
	return nil
}

func (t Table) add(book *excelize.File, first bool) error {
	var err error
	if first {
		err = book.SetSheetName("Sheet1", t.Name)
	} else {
		_, err = book.NewSheet(t.Name)
	}
	if err != nil {
		return fmt.Errorf("name it: %w", err)
	}
	for i, row := range append([][]string{t.Header}, t.Rows...) {
		for column, value := range row {
			cell, err := excelize.CoordinatesToCellName(column+1, i+1)
			if err != nil {
				return fmt.Errorf("name a cell: %w", err)
			}
			figure, err := t.figure(book, column, cell, value)
			if err == nil && !figure {
				err = book.SetCellStr(t.Name, cell, value)
			}
			if err != nil {
				return fmt.Errorf("write a cell: %w", err)
			}
		}
	}
	return t.dress(book)
}

// dress keeps every cell text, also what is typed later, holds the header in view and offers the lists.
func (t Table) dress(book *excelize.File) error {
	if err := t.lay(book); err != nil {
		return err
	}
	if t.Print != nil {
		return t.typeset(book)
	}
	text, err := book.NewStyle(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return fmt.Errorf("make a style: %w", err)
	}
	last, err := excelize.ColumnNumberToName(max(1, len(t.Header)))
	if err != nil {
		return fmt.Errorf("name a column: %w", err)
	}
	if err := book.SetColStyle(t.Name, "A:"+last, text); err != nil {
		return fmt.Errorf("keep cells as text: %w", err)
	}
	return t.offer(book)
}

// lay sets the widths and holds the header in view.
func (t Table) lay(book *excelize.File) error {
	for column, width := range t.Widths {
		name, err := excelize.ColumnNumberToName(column + 1)
		if err != nil {
			return fmt.Errorf("name a column: %w", err)
		}
		if err := book.SetColWidth(t.Name, name, name, width); err != nil {
			return fmt.Errorf("widen a column: %w", err)
		}
	}
	if err := book.SetPanes(t.Name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return fmt.Errorf("hold the header: %w", err)
	}
	return nil
}

func (t Table) offer(book *excelize.File) error {
	for column, words := range t.Lists {
		name, err := excelize.ColumnNumberToName(column + 1)
		if err != nil {
			return fmt.Errorf("name a column: %w", err)
		}
		list := excelize.NewDataValidation(true)
		list.Sqref = fmt.Sprintf("%s2:%s%d", name, name, len(t.Rows)+t.Blank+1)
		if err := list.SetDropList(words); err != nil {
			return fmt.Errorf("make a list: %w", err)
		}
		list.ShowErrorMessage = false // a void answer has its reason behind it
		if err := book.AddDataValidation(t.Name, list); err != nil {
			return fmt.Errorf("offer a list: %w", err)
		}
	}
	return nil
}

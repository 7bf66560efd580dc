package workbook

import (
	"archive/zip"
	"errors"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"

	"gongjue/voting/roster"
)

// lastRow is the last row number a spreadsheet has.
const lastRow = 1 << 20

// inMemoryXML is the size above which the library keeps a sheet in a temporary file while reading.
const inMemoryXML = 16 << 20

// readXLSX reads the visible sheets row by row; a hidden sheet comes without rows and marked as hidden, for
// nobody has seen what it holds.
func (l Limits) readXLSX(file io.ReaderAt, size int64) ([]roster.Sheet, error) {
	archive, err := l.openZip(file, size)
	if err != nil {
		return nil, err
	}
	parts, err := l.scanParts(archive)
	if err != nil {
		return nil, err
	}
	book, err := excelize.OpenReader(io.NewSectionReader(file, 0, size), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: l.UnpackedBytes, UnzipXMLSizeLimit: inMemoryXML})
	if err != nil {
		return nil, refuse(FileUnreadable, "workbook parts")
	}
	defer func() { _ = book.Close() }() // removes temporary files; nothing was written that could be lost

	names := book.GetSheetList()
	if len(names) > l.Sheets {
		return nil, refuse(FileTooBig, "%d sheets", len(names))
	}
	sheets := make([]roster.Sheet, 0, len(names))
	cells := 0
	for _, name := range names {
		if visible, err := book.GetSheetVisible(name); err == nil && !visible {
			sheets = append(sheets, roster.Sheet{Name: name, Hidden: true})
			continue
		}
		part, known := parts[name]
		if !known {
			continue // a chart or dialog sheet
		}
		sheet, err := l.readSheet(book, name, part, &cells)
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, sheet)
	}
	return sheets, nil
}

func (l Limits) readSheet(book *excelize.File, name string, part sheetPart, cells *int) (roster.Sheet, error) {
	sheet := roster.Sheet{Name: norm.NFC.String(name), Formulas: part.formulas}
	rows, err := book.Rows(name)
	if err != nil {
		return sheet, refuse(FileUnreadable, "sheet part")
	}
	defer func() { _ = rows.Close() }() // a temporary file that was only read
	number := 0
	var above []string
	for rows.Next() {
		if number++; number > lastRow {
			return sheet, refuse(FileTooBig, "row %d", number)
		}
		values, err := rows.Columns()
		if err != nil {
			return sheet, refuse(FileUnreadable, "row %d", number)
		}
		if len(values) == 0 {
			continue
		}
		if *cells += len(values); number > l.Rows || len(values) > l.Columns || *cells > l.Cells {
			return sheet, refuse(FileTooBig, "row %d with %d columns, %d cells in all", number, len(values), *cells)
		}
		for i, value := range values {
			if len(value) > l.CellBytes {
				return sheet, refuse(FileTooBig, "row %d: cell of %d bytes", number, len(value))
			}
			values[i] = norm.NFC.String(number15(value))
			// Most columns repeat what stands above; sharing the text halves the memory of a long list.
			if i < len(above) && above[i] == values[i] {
				values[i] = above[i]
			}
		}
		above = values
		sheet.Rows = append(sheet.Rows, roster.Row{Number: number, Cells: values})
	}
	// The library stops without an error where the XML breaks: a list cut short must never pass for a whole one.
	if err := rows.Error(); err != nil || number < part.lastRow {
		return sheet, refuse(FileUnreadable, "row %d is the last that could be read", number)
	}
	fillMerged(&sheet, part.merged)
	return sheet, nil
}

// fillMerged repeats the value of a merged range in the first column of its lower rows. Ranges that lie in
// one row (titles) stay as they are.
func fillMerged(sheet *roster.Sheet, merged []cellRange) {
	if len(merged) == 0 {
		return
	}
	at := make(map[int]int, len(sheet.Rows))
	for i, row := range sheet.Rows {
		at[row.Number] = i
	}
	for _, m := range merged {
		top, known := at[m.firstRow]
		if !known || m.column >= len(sheet.Rows[top].Cells) {
			continue
		}
		value := sheet.Rows[top].Cells[m.column]
		for i := top + 1; i < len(sheet.Rows) && sheet.Rows[i].Number <= m.lastRow; i++ {
			row := &sheet.Rows[i]
			for len(row.Cells) <= m.column {
				row.Cells = append(row.Cells, "")
			}
			if row.Cells[m.column] == "" {
				row.Cells[m.column] = value
			}
		}
	}
}

var (
	scientific = regexp.MustCompile(`^-?\d(\.\d+)?E[+-]?\d{1,3}$`)
	longNumber = regexp.MustCompile(`^-?\d{1,15}\.\d{5,}$`)
)

// number15 prints a stored number as the spreadsheet does, with at most 15 digits: 89.499999999999986 is
// 89.5, and 1.9900000001E+10 is the phone 19900000001. Text, codes such as 3E01 and everything longer stay.
func number15(value string) string {
	dot := strings.IndexByte(value, '.')
	exponent := strings.IndexByte(value, 'E')
	switch {
	case dot < 0 && exponent < 0, len(value) > 40:
		return value
	case exponent > 0 && (dot == 1 || strings.Contains(value, "E+")) && scientific.MatchString(value):
	case exponent < 0 && len(value) > 15 && longNumber.MatchString(value):
	default:
		return value
	}
	number, err := strconv.ParseFloat(value, 64)
	if err != nil || math.Abs(number) >= 1e15 {
		return value
	}
	number, err = strconv.ParseFloat(strconv.FormatFloat(number, 'e', 14, 64), 64)
	if err != nil {
		return value
	}
	return strconv.FormatFloat(number, 'f', -1, 64)
}

// unreadable turns a read error of an archive part into the refusal it is.
func unreadable(err error, part string) error {
	if errors.Is(err, zip.ErrFormat) || errors.Is(err, zip.ErrChecksum) || errors.Is(err, io.ErrUnexpectedEOF) {
		return refuse(FileUnreadable, "%s", part)
	}
	return refuse(FileUnreadable, "%s: cannot be unpacked", part)
}

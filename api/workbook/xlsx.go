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

// lastRow and lastColumn are the last that a spreadsheet has.
const (
	lastRow    = 1 << 20
	lastColumn = 1 << 14
)

// inMemoryXML is the size above which the library keeps a sheet in a temporary file while reading.
const inMemoryXML = 16 << 20

// readXLSX reads the visible sheets row by row; a hidden sheet comes without rows and marked as hidden, for
// nobody has seen what it holds.
func (l Limits) readXLSX(file io.ReaderAt, size int64, into sink) error {
	archive, err := l.openZip(file, size)
	if err != nil {
		return err
	}
	found, err := l.surveyParts(archive)
	if err != nil {
		return err
	}
	pruned, err := found.pruned()
	if err != nil {
		return err
	}
	book, err := excelize.OpenReader(pruned, excelize.Options{
		RawCellValue: true, UnzipSizeLimit: l.UnpackedBytes, UnzipXMLSizeLimit: inMemoryXML})
	if err != nil {
		return refuse(FileUnreadable, "workbook parts")
	}
	defer func() { _ = book.Close() }() // removes temporary files; nothing was written that could be lost

	cells := 0
	for _, name := range book.GetSheetList() {
		if visible, err := book.GetSheetVisible(name); err == nil && !visible {
			into.Sheet(roster.Sheet{Name: norm.NFC.String(name), Hidden: true})
			continue
		}
		part, known := found.sheets[name]
		if !known {
			continue // a chart or dialog sheet
		}
		into.Sheet(roster.Sheet{Name: norm.NFC.String(name), Formulas: part.formulas})
		if err := l.readSheet(book, name, part, &cells, into); err != nil {
			return err
		}
	}
	return nil
}

func (l Limits) readSheet(book *excelize.File, name string, part sheetPart, cells *int, into sink) error {
	last := 0
	var above []string
	merged := newMerges(part.merged)
	err := eachRow(book, name, part, func(number int, values []string) error {
		if last = number; len(values) == 0 {
			return nil
		}
		if *cells += len(values); number > l.Rows || len(values) > l.Columns || *cells > l.Cells {
			return refuse(FileTooBig, "row %d with %d columns, %d cells in all", number, len(values), *cells)
		}
		for i, value := range values {
			if len(value) > l.CellBytes {
				return refuse(FileTooBig, "row %d: cell of %d bytes", number, len(value))
			}
			values[i] = norm.NFC.String(number15(value))
			// Most columns repeat what stands above; sharing the text halves the memory of a long list.
			if i < len(above) && above[i] == values[i] {
				values[i] = above[i]
			}
		}
		above = values
		into.Row(roster.Row{Number: number, Cells: merged.fill(number, values)})
		return nil
	})
	if err == nil && last < part.lastRow {
		err = refuse(FileUnreadable, "row %d is the last that could be read", last)
	}
	return err
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

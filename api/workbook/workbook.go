package workbook

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"golang.org/x/text/unicode/norm"

	"gongjue/voting/roster"
)

// Code says why a file was refused; web/messages holds the sentence of each.
type Code string

// The refusals.
const (
	FileKind       Code = "file_kind"       // neither .xlsx nor .csv, or not what its name says
	FileTooBig     Code = "file_too_big"    // beyond the limits on bytes, sheets, rows, columns or cells
	FileHostile    Code = "file_hostile"    // built to harm: zip bomb, paths that lead out, XML entities
	FileMacros     Code = "file_macros"     // a workbook that holds macros, or says that it may
	FileOther      Code = "file_save_as"    // a spreadsheet in a form that is not read: to be saved as .xlsx
	FilePassword   Code = "file_password"   // closed with a password
	FileUnreadable Code = "file_unreadable" // damaged, or in an unknown encoding
	SheetEmpty     Code = "sheet_empty"     // no cell of any sheet holds a text
)

// Codes lists every refusal.
var Codes = []Code{FileKind, FileTooBig, FileHostile, FileMacros, FileOther, FilePassword, FileUnreadable, SheetEmpty}

// Refusal is the error of a file that is not read. Detail is for the log; it holds nothing of the content.
type Refusal struct {
	Code   Code
	Detail string
}

func (r *Refusal) Error() string { return string(r.Code) + ": " + r.Detail }

func refuse(code Code, format string, args ...any) error {
	return &Refusal{code, fmt.Sprintf(format, args...)}
}

// Limits bound what a file may ask for; each is the largest value still read.
type Limits struct {
	FileBytes     int64 // of the upload
	UnpackedBytes int64 // of all zip entries together
	Entries       int   // in the zip directory
	Ratio         int64 // unpacked to packed bytes of an entry larger than a small one
	Sheets        int
	Rows          int // of a sheet, by row number
	Columns       int
	Cells         int // of the whole file, counting the empty ones before the last of each row
	CellBytes     int
	LineBytes     int // of a text file
	encoding      Encoding
}

// Upload are the limits of a file that someone sends over the network (security.md R18).
var Upload = Limits{FileBytes: 16 << 20, UnpackedBytes: 64 << 20, Entries: 200, Ratio: 100, Sheets: 64,
	Rows: 200_000, Columns: 256, Cells: 2_000_000, CellBytes: 32 << 10, LineBytes: 1 << 20}

// Operator are the limits of a file that the operator names on the command line: rosters of 100,000 units.
var Operator = Limits{FileBytes: 64 << 20, UnpackedBytes: 256 << 20, Entries: 200, Ratio: 100, Sheets: 64,
	Rows: 200_000, Columns: 256, Cells: 6_000_000, CellBytes: 32 << 10, LineBytes: 1 << 20}

// Read reads an .xlsx or .csv file of the given size into rows of text; name is only looked at for its
// extension. Numbers come with at most 15 digits, as the spreadsheet shows them; text is in NFC; cells merged
// downwards repeat their value. Any error is a *Refusal or an error of the file's reader.
func (l Limits) Read(file io.ReaderAt, size int64, name string) ([]roster.Sheet, error) {
	collected := &collector{}
	if err := l.read(file, size, name, collected); err != nil {
		return nil, err
	}
	return collected.sheets, nil
}

// sink takes a file as it is read. What it was given before an error is not the file.
type sink interface {
	Sheet(roster.Sheet)
	Row(roster.Row)
}

// read hands a file over sheet by sheet and row by row.
func (l Limits) read(file io.ReaderAt, size int64, name string, into sink) error {
	if size > l.FileBytes {
		return refuse(FileTooBig, "%d bytes", size)
	}
	if size == 0 {
		return refuse(SheetEmpty, "no bytes")
	}
	counted := &counter{sink: into}
	var err error
	switch extension := strings.ToLower(filepath.Ext(name)); extension {
	case ".xlsx":
		err = l.readXLSX(file, size, counted)
	case ".csv", ".txt":
		err = l.readCSV(file, size, counted)
	case ".xlsm", ".xltm", ".xlam":
		return refuse(FileMacros, "may hold macros")
	case ".xls", ".xlsb", ".et", ".ods":
		return refuseOther(file, size)
	default:
		return refuse(FileKind, "extension not known")
	}
	if err == nil && counted.rows == 0 {
		return refuse(SheetEmpty, "%d sheets without text", counted.sheets)
	}
	return err
}

// counter tells an empty file from one with text.
type counter struct {
	sink
	sheets, rows int
}

func (c *counter) Sheet(sheet roster.Sheet) { c.sheets++; c.sink.Sheet(sheet) }

func (c *counter) Row(row roster.Row) { c.rows++; c.sink.Row(row) }

// collector keeps the whole file.
type collector struct{ sheets []roster.Sheet }

func (c *collector) Sheet(sheet roster.Sheet) { c.sheets = append(c.sheets, sheet) }

func (c *collector) Row(row roster.Row) {
	last := &c.sheets[len(c.sheets)-1]
	last.Rows = append(last.Rows, row)
}

// Typed is a text that a person typed in the place of a cell, in the one form that cells are read in: NFC, without
// blanks around it.
func Typed(text string) string { return norm.NFC.String(strings.TrimSpace(text)) }

// ReadBytes is Read over an upload that is in memory already.
func (l Limits) ReadBytes(data []byte, name string) ([]roster.Sheet, error) {
	return l.Read(bytes.NewReader(data), int64(len(data)), name)
}

// Read reads an upload under the limits of [Upload].
func Read(file io.ReaderAt, size int64, name string) ([]roster.Sheet, error) {
	return Upload.Read(file, size, name)
}

// ReadBytes reads an upload in memory under the limits of [Upload].
func ReadBytes(data []byte, name string) ([]roster.Sheet, error) {
	return Upload.ReadBytes(data, name)
}

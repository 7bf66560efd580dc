package workbook

import (
	"bytes"
	"encoding/csv"
	"io"
	"strings"

	"golang.org/x/text/unicode/norm"

	"gongjue/voting/roster"
)

// csvSheet is the sheet name that issues of a CSV file carry.
const csvSheet = "CSV"

// readCSV reads the one table of a text file. Row numbers are line numbers as a spreadsheet shows them: an
// empty line counts, a line break inside quotes does not.
func (l Limits) readCSV(file io.ReaderAt, size int64, into sink) error {
	data := make([]byte, size)
	if _, err := io.ReadFull(io.NewSectionReader(file, 0, size), data); err != nil {
		return err
	}
	if bytes.HasPrefix(data, oleStart) {
		return refuseOther(file, size)
	}
	if disguised(data) {
		return refuse(FileKind, "something else that is named .csv")
	}
	text, err := l.decode(data)
	if err != nil {
		return err
	}
	comma := delimiter(text)
	if err := l.checkText(text, byte(comma)); err != nil {
		return err
	}
	into.Sheet(roster.Sheet{Name: csvSheet})
	reader := csv.NewReader(bytes.NewReader(text))
	reader.Comma = comma
	reader.FieldsPerRecord = -1
	reader.LazyQuotes = true
	cells, number, line := 0, 0, 1
	for {
		values, err := reader.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return refuse(FileUnreadable, "line %d", line)
		}
		// The reader leaves out empty lines, a spreadsheet numbers them.
		first, _ := reader.FieldPos(0)
		number += 1 + first - line
		last := len(values) - 1
		line, _ = reader.FieldPos(last)
		line += 1 + strings.Count(values[last], "\n")
		if cells += len(values); number > l.Rows || len(values) > l.Columns || cells > l.Cells {
			return refuse(FileTooBig, "row %d with %d columns, %d cells in all", number, len(values), cells)
		}
		filled := false
		for i, value := range values {
			if len(value) > l.CellBytes {
				return refuse(FileTooBig, "row %d: cell of %d bytes", number, len(value))
			}
			values[i] = norm.NFC.String(value)
			filled = filled || value != ""
		}
		if filled {
			into.Row(roster.Row{Number: number, Cells: values})
		}
	}
	return nil
}

// delimiter is the separator that stands most often in the first lines: comma, tab (text saved by a
// spreadsheet) or semicolon.
func delimiter(text []byte) rune {
	head := text[:min(len(text), 4<<10)]
	best, most := ',', bytes.Count(head, []byte(","))
	for _, candidate := range []rune{'\t', ';'} {
		if n := bytes.Count(head, []byte(string(candidate))); n > most {
			best, most = candidate, n
		}
	}
	return best
}

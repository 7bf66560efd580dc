package workbook

import (
	"bytes"
	"io"
)

// disguises are the beginnings of files that are text to a computer and no table.
var disguises = [][]byte{zipStart, oleStart, []byte("%PDF"), []byte("<html"), []byte("<!doctype"), []byte("<?xml"), []byte("{\\rtf"), []byte("mime-version:")}

// disguised tells whether a file that is named .csv is something else, such as a page that a web site offers as a
// spreadsheet.
func disguised(data []byte) bool {
	head := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), 100)], bomUTF8), " \r\n\t"))
	for _, sign := range disguises {
		if bytes.HasPrefix(head, bytes.ToLower(sign)) {
			return true
		}
	}
	return false
}

// passwordMark names the one stream of a workbook that was saved with a password, as the directory of its container
// writes it: in UTF-16.
var passwordMark = []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")

// refuseOther refuses a spreadsheet in a form that is not read, and tells one with a password from one that only has
// to be saved anew.
func refuseOther(file io.ReaderAt, size int64) error {
	data := make([]byte, size)
	if _, err := io.ReadFull(io.NewSectionReader(file, 0, size), data); err != nil {
		return err
	}
	if bytes.HasPrefix(data, oleStart) && bytes.Contains(data, passwordMark) {
		return refuse(FilePassword, "an encrypted package")
	}
	return refuse(FileOther, "another kind of spreadsheet")
}

// checkText bounds what the splitting into cells may build in memory: it makes a whole record before anybody can count
// its cells, and a record ends where the file says so. Quotes are followed as the splitting follows them: one opens a
// cell at its beginning only, and closes it only before a separator or the end of a line.
func (l Limits) checkText(text []byte, comma byte) error {
	lines := 0
	for rest, more := text, true; more; lines++ {
		var line []byte
		if line, rest, more = bytes.Cut(rest, []byte("\n")); len(line) > l.LineBytes || lines > lastRow {
			return refuse(FileTooBig, "line %d of %d bytes", lines+1, len(line))
		}
	}
	quoted, begins := false, true
	columns, cells, cell := 1, 0, 0
	for i := 0; i < len(text); i++ {
		b := text[i]
		ends := !quoted && (b == comma || b == '\n')
		switch {
		case ends && b == comma:
			columns, cells, cell = columns+1, cells+1, 0
		case ends && columns == 1 && cell == 0: // an empty line is none
		case ends:
			columns, cells, cell = 1, cells+1, 0
		case b == '"' && begins:
			quoted = true
		case b == '"' && quoted && i+1 < len(text) && text[i+1] == '"': // stands for one quote
			i, cell = i+1, cell+1
		case b == '"' && quoted && closes(text[i+1:], comma):
			quoted = false
		case b != '\r':
			cell++
		}
		if begins = ends; columns > l.Columns || cells > l.Cells || cell > l.CellBytes {
			return refuse(FileTooBig, "%d columns, %d cells, a cell of %d bytes", columns, cells, cell)
		}
	}
	return nil
}

// closes tells whether a quote with this behind it ends its cell.
func closes(behind []byte, comma byte) bool {
	return len(behind) == 0 || behind[0] == comma || behind[0] == '\n' || bytes.HasPrefix(behind, []byte("\r\n"))
}

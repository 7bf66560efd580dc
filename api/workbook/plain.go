package workbook

import "bytes"

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

// checkText bounds what the splitting into cells may build in memory: it makes a whole record before anybody can
// count its cells, and a record ends where the file says so.
func (l Limits) checkText(text []byte, comma rune) error {
	if n := bytes.Count(text, []byte(string(comma))); n > l.Cells {
		return refuse(FileTooBig, "%d separators", n)
	}
	for rest, more := text, true; more; {
		var line []byte
		if line, rest, more = bytes.Cut(rest, []byte("\n")); len(line) > l.LineBytes {
			return refuse(FileTooBig, "a line of %d bytes", len(line))
		}
	}
	return nil
}

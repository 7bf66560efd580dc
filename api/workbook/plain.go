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

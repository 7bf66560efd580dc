package workbook

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
)

// piece is a run of rows of a worksheet, written as a worksheet of its own. What the library decodes it does with
// reflection, element by element; what says nothing about a text (styles, spans, empty cells, the wrapping of a text in
// three elements) is left out before. Rows carry no numbers, so that the library counts them from 1 in every piece.
type piece struct {
	xml     []byte
	numbers []int // of the rows, in the sheet
}

const (
	pieceHead = "<worksheet><sheetData>"
	// pieceTail ends with a row of its own: who reads it has read everything before it.
	pieceTail = "<row><c><v>1</v></c></row></sheetData></worksheet>"
	// pieceSize is the size from which a piece ends with the row.
	pieceSize = 128 << 10
	// mostPiece bounds a row: more bytes than the most columns with the longest texts have.
	mostPiece = 16 << 20
)

// leanSheet writes the rows of a worksheet, which a scan has found in order, in pieces, until give answers false.
func leanSheet(entry *zip.File, give func(piece) bool) error {
	begins, err := rowsBegin(entry)
	if err != nil {
		return err
	}
	unpacked, err := entry.Open()
	if err != nil {
		return unreadable(err, "sheet")
	}
	defer func() { _ = unpacked.Close() }() // read only
	if _, err := io.CopyN(io.Discard, unpacked, begins); err != nil {
		return unreadable(err, "sheet")
	}
	reader := bufio.NewReaderSize(unpacked, 64<<10)
	lean := &leanWriter{}
	for lean.next(); !lean.ended; {
		text, err := reader.ReadSlice('>')
		switch {
		case bytes.Contains(text, []byte("<!")), bytes.Contains(text, []byte("<?")): // what stands inside is no row
			return refuse(FileUnreadable, "a comment among the rows")
		case err == io.EOF:
			lean.ended = true
		case err != nil && err != bufio.ErrBufferFull:
			return unreadable(err, "sheet")
		}
		if lean.take(text); len(lean.xml)+len(lean.cell) > mostPiece {
			return refuse(FileTooBig, "a row of %d bytes", len(lean.xml))
		}
		if lean.whole && len(lean.xml) >= pieceSize {
			if !give(lean.finished()) {
				return nil
			}
			lean.next()
		}
	}
	if len(lean.numbers) > 0 {
		give(lean.finished())
	}
	return nil
}

// rowsBegin is where the first row of a worksheet may stand, as the decoder of the library sees it: what looks like
// rows before is in comments, or in XML that is broken.
func rowsBegin(entry *zip.File) (int64, error) {
	unpacked, err := entry.Open()
	if err != nil {
		return 0, unreadable(err, "sheet")
	}
	defer func() { _ = unpacked.Close() }() // read only
	decoder := xml.NewDecoder(unpacked)
	for {
		token, err := decoder.Token()
		if err != nil {
			return 0, refuse(FileUnreadable, "no rows in a sheet")
		}
		if start, opens := token.(xml.StartElement); opens && start.Name.Local == "sheetData" {
			return decoder.InputOffset(), nil
		}
	}
}

// leanWriter sees the text up to each '>'. It changes the cells that it knows in and out, and copies all others.
type leanWriter struct {
	piece
	row   int    // the last that was opened, by its number in the sheet
	whole bool   // it has ended
	ended bool   // so has the sheet
	cell  []byte // since the <c of the cell that is open
	open  int    // the length of its first tag; 0: no cell is open

	column  int // of the last cell
	written int // of the last cell that was written
}

func (w *leanWriter) next() {
	w.piece = piece{xml: append(make([]byte, 0, pieceSize+pieceSize/8), pieceHead...)}
}

func (w *leanWriter) finished() piece {
	w.flush() // a cell that does not end is for the library to refuse
	w.xml = append(w.xml, pieceTail...)
	return w.piece
}

func (w *leanWriter) take(text []byte) {
	start := bytes.LastIndexByte(text, '<')
	if start < 0 || text[len(text)-1] != '>' { // the beginning or the end of a long text
		w.copy(text)
		return
	}
	name, closes := tagName(text[start:])
	empty := len(text) > 1 && text[len(text)-2] == '/'
	switch local := string(name); {
	case local == "row" && !closes:
		w.flush()
		w.openRow(text[start:])
		if empty {
			w.closeRow()
		}
	case local == "row":
		w.flush()
		w.closeRow()
	case local == "sheetData" && (closes || empty):
		w.ended = true
	case local == "c" && !closes && w.open == 0 && !w.whole && w.row > 0:
		w.cell = append(w.cell[:0], text[start:]...)
		w.open = len(w.cell)
		if empty {
			w.closeCell()
		}
	case local == "c" && closes && w.open > 0:
		w.copy(text)
		w.closeCell()
	default:
		w.copy(text)
	}
}

// copy keeps what stands in a row as it is.
func (w *leanWriter) copy(text []byte) {
	switch {
	case w.open > 0:
		w.cell = append(w.cell, text...)
	case !w.whole && w.row > 0:
		w.xml = append(w.xml, text...)
	}
}

// flush writes what there is of a cell that has not ended.
func (w *leanWriter) flush() {
	if w.open > 0 {
		w.xml = append(w.xml, w.cell...)
		w.open = 0
	}
}

func (w *leanWriter) openRow(tag []byte) {
	w.row++
	if n, err := strconv.Atoi(string(attribute(tag, "r"))); err == nil {
		w.row = n
	}
	w.whole, w.column, w.written = false, 0, 0
	w.numbers = append(w.numbers, w.row)
	w.xml = append(w.xml, "<row>"...)
}

func (w *leanWriter) closeRow() {
	if !w.whole && w.row > 0 {
		w.xml = append(w.xml, "</row>"...)
		w.whole = true
	}
}

package workbook

import (
	"bytes"

	"github.com/xuri/excelize/v2"
)

// closeCell writes the cell that has ended.
func (w *leanWriter) closeCell() {
	tag, body := w.cell[:w.open], w.cell[w.open:]
	w.open = 0
	at := attribute(tag, "r")
	column, known := columnAt(at)
	if !known {
		w.xml = append(w.xml, w.cell...) // the library refuses it
		return
	}
	if w.column++; at != nil {
		w.column = column
	}
	kind := string(attribute(tag, "t"))
	value, simple := simpleValue(kind, body)
	switch {
	case !simple:
		if at == nil && w.written != w.column-1 { // the library counts on from the cell before
			w.column--
			w.place("")
			w.xml = append(w.xml, "</c>"...)
			w.column++
		}
		w.xml, w.written = append(w.xml, w.cell...), w.column
	case len(value) > 0: // without a text there is no cell
		if kind == "inlineStr" {
			kind = "str"
		}
		w.place(kind)
		w.xml = append(append(append(w.xml, "<v>"...), value...), "</v></c>"...)
	}
}

// place opens a cell in the column at hand, which is named only where it does not follow from the cell before.
func (w *leanWriter) place(kind string) {
	w.xml = append(w.xml, "<c"...)
	if w.column != w.written+1 {
		name, _ := excelize.ColumnNumberToName(w.column) // the scan refuses columns that have no name
		w.xml = append(append(append(w.xml, ` r="`...), name...), `1"`...)
	}
	if kind != "" {
		w.xml = append(append(append(w.xml, ` t="`...), kind...), '"')
	}
	w.xml, w.written = append(w.xml, '>'), w.column
}

// columnAt is the column of a reference such as C34, 1-based; 0 where there is none. Not known is one that the library
// does not understand.
func columnAt(at []byte) (column int, known bool) {
	if at == nil {
		return 0, true
	}
	letters := 0
	for letters < len(at) && at[letters] >= 'A' && at[letters] <= 'Z' {
		column = column*26 + int(at[letters]-'A') + 1
		letters++
	}
	digits := at[letters:]
	plain := letters > 0 && letters < 4 && len(digits) > 0 && len(digits) < 7 && digits[0] != '0'
	for _, digit := range digits {
		plain = plain && digit >= '0' && digit <= '9'
	}
	if plain {
		return column, true
	}
	column, _, err := excelize.CellNameToCoordinates(string(at))
	return column, err == nil
}

// The forms of a text that stands in the cell itself.
var inlineForms = [][]byte{[]byte("<is><t>"), []byte(`<is><t xml:space="preserve">`)}

// simpleValue is the one value of a cell as the XML spells it; not simple are formulas, dates, rich texts, and texts
// with escapes that the library resolves in one kind of cell only.
func simpleValue(kind string, body []byte) (value []byte, simple bool) {
	if len(body) == 0 {
		return nil, kind == "" || kind == "n" || kind == "s" || kind == "str" || kind == "inlineStr"
	}
	body, ended := bytes.CutSuffix(body, []byte("</c>"))
	switch kind {
	case "", "n", "s", "str":
		if len(body) == 0 {
			return nil, ended
		}
		value, simple = between(body, []byte("<v>"), []byte("</v>"))
	case "inlineStr":
		for _, form := range inlineForms {
			if value, simple = between(body, form, []byte("</t></is>")); simple {
				simple = bytes.IndexByte(value, '&') < 0 && !bytes.Contains(value, []byte("_x"))
				break
			}
		}
	}
	return value, simple && ended
}

// between is the text between two tags with no other tag in it.
func between(body, first, last []byte) ([]byte, bool) {
	rest, begins := bytes.CutPrefix(body, first)
	value, ends := bytes.CutSuffix(rest, last)
	return value, begins && ends && bytes.IndexByte(value, '<') < 0
}

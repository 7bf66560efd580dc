package word

import (
	"fmt"
	"strings"
)

// Column is one column of a table.
type Column struct {
	Head  string
	Width int // millimetres
	Align string
}

// Table prints rows with borders under a head that every page repeats; without any heads, the rows alone. height is the
// least height of a row in millimetres: room to write by hand. A row is never parted.
func (d *Doc) Table(columns []Column, rows [][]string, height int) {
	d.begin(columns)
	heads, any := make([]string, len(columns)), false
	for i, column := range columns {
		heads[i] = column.Head
		any = any || column.Head != ""
	}
	if any {
		d.row(columns, heads, height, true)
	}
	for _, row := range rows {
		d.row(columns, row, height, false)
	}
	d.end()
}

// Fields prints a form: on each line labels and the room beside them, alternately. Widths in millimetres; a line of fewer
// cells than columns gives the last one the rest.
func (d *Doc) Fields(widths []int, rows [][]string, height int) {
	columns := make([]Column, len(widths))
	for i, width := range widths {
		columns[i].Width = width
	}
	d.begin(columns)
	for _, row := range rows {
		fmt.Fprintf(&d.body, `<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="%d" w:hRule="atLeast"/></w:trPr>`, twips(height))
		for i, text := range row {
			width, span := widths[i], 1
			if i == len(row)-1 {
				for _, more := range widths[i+1:] {
					width += more
					span++
				}
			}
			face := faceBody
			if i%2 == 0 {
				face = faceHead
			}
			d.cell(text, width, span, "left", face, false)
		}
		d.body.WriteString("</w:tr>")
	}
	d.end()
}

func (d *Doc) begin(columns []Column) {
	d.body.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(&d.body, `<w:%s w:val="single" w:sz="6" w:space="0" w:color="000000"/>`, side)
	}
	d.body.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	for _, column := range columns {
		fmt.Fprintf(&d.body, `<w:gridCol w:w="%d"/>`, twips(column.Width))
	}
	d.body.WriteString("</w:tblGrid>")
}

// end closes a table; two tables without a paragraph between them would run together.
func (d *Doc) end() {
	d.body.WriteString("</w:tbl>")
	d.para("", smallStyle)
}

func (d *Doc) row(columns []Column, cells []string, height int, head bool) {
	fmt.Fprintf(&d.body, `<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="%d" w:hRule="atLeast"/>`, twips(height))
	if head {
		d.body.WriteString("<w:tblHeader/>")
	}
	d.body.WriteString("</w:trPr>")
	for i, column := range columns {
		face, align := faceBody, column.Align
		if head {
			face, align = faceHead, "center"
		}
		d.cell(cells[i], column.Width, 1, align, face, head)
	}
	d.body.WriteString("</w:tr>")
}

func (d *Doc) cell(text string, width, span int, align, face string, shaded bool) {
	fmt.Fprintf(&d.body, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, twips(width))
	if span > 1 {
		fmt.Fprintf(&d.body, `<w:gridSpan w:val="%d"/>`, span)
	}
	if shaded {
		d.body.WriteString(`<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/>`)
	}
	d.body.WriteString(`<w:vAlign w:val="center"/></w:tcPr>`)
	for line := range strings.SplitSeq(text, "\n") {
		d.para(line, style{face: face, size: sizeTable, align: align, line: 20})
	}
	d.body.WriteString("</w:tc>")
}

// twips are twentieths of a point.
func twips(millimetres int) int { return (millimetres*1440*10 + 127) / 254 }

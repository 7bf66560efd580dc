package paper

// Column is one column of a table.
type Column struct {
	Head  string
	Width float64 // in points; the widths of a table sum to TextWidth
	Align Align
}

// cellPad is the room between a cell's border and its text.
const cellPad = 3

// tight is the distance of lines inside tables and headings, in sizes of the type.
const tight = 1.3

// tallestRow is kept whole, in points; what is higher is cut where the page ends.
const tallestRow = 400

// Table prints rows under a head that is repeated on every page. Cells wrap; a row that does not fit
// goes over whole, or in parts when it is higher than a page.
func (d *Doc) Table(columns []Column, rows [][]string, size float64) {
	heads := make([]string, len(columns))
	for i, column := range columns {
		heads[i] = column.Head
	}
	head := wrapRow(columns, heads, size)
	headed := 0 // the page that already has the head
	for _, row := range rows {
		for cells := wrapRow(columns, row, size); cells != nil; {
			height := min(rowHeight(cells, size), tallestRow)
			if headed != d.page || d.Y+height > d.Bottom+tolerance {
				d.Need(rowHeight(head, size) + height)
			}
			if headed != d.page {
				d.row(columns, head, size, true)
				headed = d.page
			}
			var part [][]string
			part, cells = splitRow(cells, int((d.Bottom-d.Y-2*cellPad)/(size*tight)+tolerance))
			d.row(columns, part, size, false)
		}
	}
}

// wrapRow breaks every cell into the lines of its column.
func wrapRow(columns []Column, row []string, size float64) [][]string {
	cells := make([][]string, len(columns))
	for i, column := range columns {
		cells[i] = Wrap(row[i], size, column.Width-2*cellPad)
	}
	return cells
}

func rowHeight(cells [][]string, size float64) float64 {
	most := 0
	for _, lines := range cells {
		most = max(most, len(lines))
	}
	return float64(most)*size*tight + 2*cellPad
}

// splitRow cuts a row after so many lines; rest is nil when all of it fits.
func splitRow(cells [][]string, lines int) (part, rest [][]string) {
	lines = max(lines, 1)
	part = make([][]string, len(cells))
	left := make([][]string, len(cells))
	for i, cell := range cells {
		at := min(lines, len(cell))
		part[i], left[i] = cell[:at], cell[at:]
		if len(left[i]) > 0 {
			rest = left
		}
	}
	return part, rest
}

func (d *Doc) row(columns []Column, cells [][]string, size float64, head bool) {
	height := rowHeight(cells, size)
	x := Margin
	if head {
		d.Shade(Margin, d.Y, TextWidth, height)
	}
	for i, column := range columns {
		d.Box(x, d.Y, column.Width, height)
		align := column.Align
		if head {
			align = Center
		}
		top := d.Y + (height-float64(len(cells[i]))*size*tight)/2
		for n, line := range cells[i] {
			d.Line(x+cellPad, top+float64(n)*size*tight+size*0.15, column.Width-2*cellPad, size, align, line)
		}
		x += column.Width
	}
	d.Y += height
}

package paper

// Lead is the distance from line to line, in sizes of the type.
const Lead = 1.5

// Style is how a paragraph flows.
type Style struct {
	Size   float64 // 0 = Body
	Indent float64 // from the left margin, in points
	First  float64 // more indent where a paragraph begins, in points
	Narrow float64 // kept free at the right, in points
	Align  Align
	Lead   float64 // distance from line to line, in sizes of the type; 0 = Lead
	Keep   int     // lines that must not be parted from what follows: the page turns before rather than after
}

// Para prints a text in the flow, line by line over as many pages as it needs.
func (d *Doc) Para(s string, style Style) {
	size := style.size()
	width := TextWidth - style.Indent - style.Narrow
	lines := wrap(s, size, width, style.First)
	lead := style.Lead
	if lead == 0 {
		lead = Lead
	}
	d.Need(float64(min(len(lines), 2)+style.Keep) * size * lead)
	for _, line := range lines {
		d.Need(size * lead)
		d.Line(Margin+style.Indent+line.indent, d.Y+size*(lead-1)/2, width-line.indent, size, style.Align, line.text)
		d.Y += size * lead
	}
}

func (s Style) size() float64 {
	if s.Size == 0 {
		return Body
	}
	return s.Size
}

// Field prints a label and, hanging beside it, its value; nothing when the value is empty. Values of
// labels up to four characters and a colon stand in one column.
func (d *Doc) Field(label, value string, style Style) {
	if value == "" {
		return
	}
	size := style.size()
	hang := max(Measure(label, size), 5*size)
	lines := Wrap(value, size, TextWidth-style.Indent-style.Narrow-hang)
	for i, line := range lines {
		d.Need(size * Lead)
		if i == 0 {
			d.Text(Margin+style.Indent, d.Y+size*(Lead-1)/2, size, label)
		}
		d.Text(Margin+style.Indent+hang, d.Y+size*(Lead-1)/2, size, line)
		d.Y += size * Lead
	}
}

// Band prints a heading on grey, with at least keep points of what follows on the same page.
func (d *Doc) Band(s string, size, keep float64) {
	const pad = 4
	lines := Wrap(s, size, TextWidth-2*pad)
	height := float64(len(lines))*size*tight + pad
	d.Need(height + keep)
	d.Shade(Margin, d.Y, TextWidth, height)
	for i, line := range lines {
		d.Text(Margin+pad, d.Y+pad/2+float64(i)*size*tight+size*0.15, size, line)
	}
	d.Y += height + 3
}

// Framed prints a text in a frame that is never parted; a text beyond a page flows without a frame.
func (d *Doc) Framed(s string, size float64) {
	const pad = 5
	lines := Wrap(s, size, TextWidth-2*pad)
	height := float64(len(lines))*size*Lead + 2*pad
	if height > Height-Margin-BottomMargin-60 {
		d.Para(s, Style{Size: size})
		return
	}
	d.Need(height)
	d.Box(Margin, d.Y, TextWidth, height)
	for i, line := range lines {
		d.Text(Margin+pad, d.Y+pad+float64(i)*size*Lead+size*(Lead-1)/2, size, line)
	}
	d.Y += height + 4
}

package paper

import (
	"gongjue/notify/font"
	"gongjue/notify/qr"
)

// hairline is the width of ordinary lines in points.
const hairline = 0.6

// baseline is where letters stand below the upper edge of their line box, in ems.
const baseline = 0.88

// Align places a line within a width.
type Align int

// The alignments.
const (
	Left Align = iota
	Center
	Right
)

// Text prints one line with its upper left corner at x, y and returns its width.
func (d *Doc) Text(x, y, size float64, s string) float64 {
	s = d.printable(s)
	width := Measure(s, size)
	d.mark(Mark{X: x, Y: y, Width: width, Height: size, Text: s, Solid: s != ""})
	if d.dry || s == "" {
		return width
	}
	d.fail(d.pdf.SetFont(font.Family, "", size))
	d.pdf.SetXY(x, y+baseline*size)
	d.fail(d.pdf.Text(s))
	return width
}

// Line prints one line of text aligned within a width.
func (d *Doc) Line(x, y, width, size float64, align Align, s string) {
	free := width - Measure(d.printable(s), size)
	switch align {
	case Center:
		x += free / 2
	case Right:
		x += free
	}
	d.Text(x, y, size, s)
}

// Rule draws a horizontal line.
func (d *Doc) Rule(x, y, width float64) {
	d.mark(Mark{X: x, Y: y, Width: width})
	if !d.dry {
		d.pdf.Line(x, y, x+width, y)
	}
}

// Post draws a vertical line.
func (d *Doc) Post(x, y, height float64) {
	d.mark(Mark{X: x, Y: y, Height: height})
	if !d.dry {
		d.pdf.Line(x, y, x, y+height)
	}
}

// Dashes draws a horizontal dashed line, the place of a cut.
func (d *Doc) Dashes(x, y, width float64) {
	d.mark(Mark{X: x, Y: y, Width: width})
	if d.dry {
		return
	}
	d.pdf.SetCustomLineType([]float64{4, 3}, 0)
	d.pdf.Line(x, y, x+width, y)
	d.pdf.SetLineType("")
}

// Box draws an empty rectangle.
func (d *Doc) Box(x, y, width, height float64) {
	d.mark(Mark{X: x, Y: y, Width: width, Height: height})
	if !d.dry {
		d.pdf.RectFromUpperLeft(x, y, width, height)
	}
}

// Shade fills a rectangle with the light grey of headings.
func (d *Doc) Shade(x, y, width, height float64) {
	d.mark(Mark{X: x, Y: y, Width: width, Height: height})
	if d.dry {
		return
	}
	d.pdf.SetFillColor(235, 235, 235)
	d.pdf.RectFromUpperLeftWithStyle(x, y, width, height, "F")
	d.pdf.SetFillColor(0, 0, 0)
}

// Tick draws a square to be marked by hand, as high as type of the size, and returns its width.
func (d *Doc) Tick(x, y, size float64) float64 {
	side := size * 0.9
	d.mark(Mark{X: x, Y: y + size*0.06, Width: side, Height: side, Solid: true})
	if !d.dry {
		d.pdf.SetLineWidth(1)
		d.pdf.RectFromUpperLeft(x, y+size*0.06, side, side)
		d.pdf.SetLineWidth(hairline)
	}
	return side
}

// QR prints a code of the given side, its light margin included.
func (d *Doc) QR(x, y, side float64, text string) {
	d.mark(Mark{X: x, Y: y, Width: side, Height: side, Solid: true})
	if d.dry {
		return
	}
	runs, modules, err := qr.Rects(text)
	d.fail(err)
	if err != nil {
		return
	}
	module := side / float64(modules)
	d.pdf.SetFillColor(0, 0, 0)
	for _, run := range runs {
		// A hair of overlap keeps viewers from showing light seams between the rows.
		d.pdf.RectFromUpperLeftWithStyle(x+float64(run.X)*module, y+float64(run.Y)*module,
			float64(run.Width)*module, module*1.03, "F")
	}
}

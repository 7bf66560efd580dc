package paper

import "gongjue/notify/font"

// How a page is stamped, in points.
const (
	stampHead  = 9   // type of the line in the upper margin
	stampCross = 64  // type of the words across the page
	stampTurn  = 35  // degrees
	stampGrey  = 222 // light enough to read what is printed over it, dark enough for a copy to keep it
)

// stamp marks a page that must not be taken for the real thing: one black line in the upper margin, and the words
// twice across the page in grey, beneath everything that is printed afterwards.
func (d *Doc) stamp() {
	d.Line(Margin, Margin-stampHead-4, TextWidth, stampHead, Center, d.Stamp)
	if d.dry {
		return
	}
	words := d.printable(d.Stamp)
	d.fail(d.pdf.SetFont(font.Family, "", stampCross))
	d.pdf.SetTextColor(stampGrey, stampGrey, stampGrey)
	for _, middle := range []float64{Height * 0.3, Height * 0.7} {
		d.pdf.Rotate(stampTurn, Width/2, middle)
		d.pdf.SetXY((Width-Measure(words, stampCross))/2, middle)
		d.fail(d.pdf.Text(words))
		d.pdf.RotateReset()
	}
	d.pdf.SetTextColor(0, 0, 0)
}

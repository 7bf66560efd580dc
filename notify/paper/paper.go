// Package paper sets Chinese text, boxes, tables and QR codes on A4 pages. It measures every line with
// the typeface's own widths before it prints it, breaks pages, tells which characters the typeface
// lacks and refuses to hand out a document in which something ran over the page. It knows no law, no
// clock and no database; equal calls give equal bytes.
package paper

import (
	"errors"
	"fmt"
	"io"

	"github.com/signintech/gopdf"

	"gongjue/notify/font"
)

// A4 and its margins in points (1/72 inch); 15 mm are left free at every edge, 20 mm below.
const (
	Width        = 595.28
	Height       = 841.89
	Margin       = 42.52
	BottomMargin = 56.69
	TextWidth    = Width - 2*Margin
)

// Sizes of type in points. Nothing smaller than Small is printed.
const (
	Small   = 8.5
	Body    = 10.5
	Heading = 12.5
	Title   = 18
)

// ErrOverflow says that something would have been printed outside the margins: the layout is at fault.
var ErrOverflow = errors.New("the layout ran over the page")

// Missing is a character that the typeface lacks; 〓 stands in its place on the paper.
type Missing struct {
	Rune  rune
	Where string // what was being printed, such as a sheet's serial; never a name
}

// Report tells what was printed.
type Report struct {
	Pages   int
	Missing []Missing // each character once per Where, in the order of the paper
}

// Mark is one thing printed, for tests of the layout: its page and its box in points from the upper left.
type Mark struct {
	Page                int
	X, Y, Width, Height float64
	Text                string
	Solid               bool // nothing else may be printed over it: text, codes, squares to be marked
}

// Doc is a document being printed. Its zero value is of no use; see New.
type Doc struct {
	Y      float64    // upper edge of what comes next in the flow
	Bottom float64    // lower limit of the flow on this page
	Turned func()     // called on every page that the flow turns to, with Y at the upper margin
	Stamp  string     // printed across every page from here on, such as 预览·未发布; see stamp
	Trace  func(Mark) // tests only
	pdf    *gopdf.GoPdf
	where  string
	page   int
	dry    bool
	err    error
	report Report
	seen   map[Missing]bool
}

// New begins an empty document. The title stands in the file's properties, not on the paper.
func New(title string) (*Doc, error) {
	pdf := &gopdf.GoPdf{}
	pdf.Start(gopdf.Config{PageSize: gopdf.Rect{W: Width, H: Height}})
	if err := font.Use(pdf); err != nil {
		return nil, err
	}
	pdf.SetInfo(gopdf.PdfInfo{Title: basicPlane(title)})
	return &Doc{pdf: pdf, seen: map[Missing]bool{}}, nil
}

// basicPlane drops characters beyond U+FFFF: gopdf would write them as broken UTF-16.
func basicPlane(s string) string {
	kept := []rune{}
	for _, r := range s {
		if r <= 0xFFFF {
			kept = append(kept, r)
		}
	}
	return string(kept)
}

// Begin names what is printed from here on, for the report, and turns to a new page.
func (d *Doc) Begin(where string) {
	d.where = where
	d.turn()
}

// Turn ends the page and goes on with the flow on the next.
func (d *Doc) Turn() {
	d.turn()
	if d.Turned != nil {
		d.Turned()
	}
}

func (d *Doc) turn() {
	d.page++
	d.Y, d.Bottom = Margin, Height-BottomMargin
	if !d.dry {
		d.pdf.AddPage()
		d.pdf.SetLineWidth(hairline)
	}
	if d.Stamp != "" {
		d.stamp()
	}
}

// Page is the number of the current page in the document, from 1.
func (d *Doc) Page() int { return d.page }

// Count lays out without printing and tells how many pages layout turned; the document is as before.
func (d *Doc) Count(layout func()) int {
	saved := *d
	d.dry = true
	d.seen = map[Missing]bool{}
	layout()
	pages := d.page - saved.page
	if d.err == nil {
		d.err = saved.err
	}
	err := d.err
	*d = saved
	d.err = err
	return pages
}

// Need turns the page when less than height is left on it.
func (d *Doc) Need(height float64) {
	if d.Y+height > d.Bottom+tolerance {
		d.Turn()
	}
}

// Space leaves height free, but never at the head of a page.
func (d *Doc) Space(height float64) { d.Y = min(d.Y+height, d.Bottom) }

// Finish writes the file. ErrOverflow and errors of the drawing before come out here.
func (d *Doc) Finish(w io.Writer) (Report, error) {
	if d.err != nil {
		return Report{}, d.err
	}
	d.report.Pages = d.page
	if _, err := d.pdf.WriteTo(w); err != nil {
		return Report{}, fmt.Errorf("write a PDF of %d pages: %w", d.page, err)
	}
	return d.report, nil
}

// fail keeps the first error; drawing goes on, Finish refuses.
func (d *Doc) fail(err error) {
	if d.err == nil && err != nil {
		d.err = err
	}
}

// tolerance absorbs the rounding of sums of widths, in points.
const tolerance = 0.01

// mark checks that a box lies within the page's margins and tells the trace.
func (d *Doc) mark(m Mark) {
	m.Page = d.page
	const edge = 28.3 // 10 mm: what office printers cannot reach is less
	if m.X < edge-tolerance || m.Y < edge-tolerance ||
		m.X+m.Width > Width-edge+tolerance || m.Y+m.Height > Height-edge+tolerance {
		d.fail(fmt.Errorf("%w: page %d, box %.1f %.1f %.1f %.1f", ErrOverflow, m.Page, m.X, m.Y, m.Width, m.Height))
	}
	if d.Trace != nil && !d.dry {
		d.Trace(m)
	}
}

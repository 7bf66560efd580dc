// Package font holds the one typeface of every printed document, Noto Sans SC Regular (SIL Open Font
// License 1.1, see OFL.txt), and answers which characters it can print and how wide they are. It must
// not lay out pages.
package font

import (
	"bytes"
	"compress/gzip"
	_ "embed" // the compressed typeface below
	"fmt"
	"io"
	"sync"

	"github.com/signintech/gopdf"
)

// Family is the name under which Use adds the typeface to a document.
const Family = "NotoSansSC"

// UnitsPerEm is the scale of Width.
const UnitsPerEm = 1000

// Geta 〓 is printed where a character is missing: the typesetter's customary mark.
const Geta = '〓'

//go:embed NotoSansSC-Regular.ttf.gz
var compressed []byte

// face is the parsed typeface: shared, read only after its first use.
type face struct {
	container gopdf.FontContainer
	table     gopdf.SubsetFontObj
	widths    sync.Map // rune → int, −1 where there is no glyph
}

// load inflates and parses once (about 11 MB stay in memory for the life of the process).
var load = sync.OnceValues(func() (*face, error) {
	reader, err := gzip.NewReader(bytes.NewReader(compressed))
	if err != nil {
		return nil, fmt.Errorf("inflate the typeface: %w", err)
	}
	data, err := io.ReadAll(reader)
	if err != nil {
		return nil, fmt.Errorf("inflate the typeface: %w", err)
	}
	f := &face{}
	if err := f.table.SetTTFData(data); err != nil {
		return nil, fmt.Errorf("parse the typeface: %w", err)
	}
	if err := f.container.AddTTFFontData(Family, data); err != nil {
		return nil, fmt.Errorf("parse the typeface: %w", err)
	}
	return f, nil
})

// Load makes the typeface ready; later calls of Use and Width cannot fail for want of it.
func Load() error {
	_, err := load()
	return err
}

// Use adds the typeface to a document. Callers replace characters without a glyph beforehand (see
// Width): gopdf prints glyph 0 for many of them without calling OnGlyphNotFound, that is, in silence.
func Use(pdf *gopdf.GoPdf) error {
	f, err := load()
	if err != nil {
		return err
	}
	if err := pdf.AddTTFFontFromFontContainer(Family, &f.container); err != nil {
		return fmt.Errorf("add the typeface: %w", err)
	}
	return nil
}

// Width is the advance of a character in thousandths of the font size; false when the typeface lacks it.
func Width(r rune) (int, bool) {
	f, err := load()
	if err != nil {
		return 0, false
	}
	if known, ok := f.widths.Load(r); ok {
		return max(known.(int), 0), known.(int) >= 0
	}
	width := -1
	if glyph, err := f.table.CharCodeToGlyphIndex(r); err == nil && glyph != 0 {
		width = int(f.table.GlyphIndexToPdfWidth(glyph))
	}
	f.widths.Store(r, width)
	return max(width, 0), width >= 0
}

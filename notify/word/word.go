// Package word writes .docx files: forms that people still sign or complete. The page is that of an official paper (公文, GB/T
// 9704): margins, three-size body type on 28-point lines, headings by typeface, page numbers between dashes at the outer
// edge. Typefaces are named and never embedded: an office has them, and the file names what stands in where it has not.
// Equal calls give equal bytes; no clock, no law, no database.
package word

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

// The typefaces of an official paper.
const (
	faceTitle = "方正小标宋简体"
	faceHead  = "黑体"
	faceSub   = "楷体_GB2312"
	faceBody  = "仿宋_GB2312"
	facePage  = "宋体"
	faceLatin = "Times New Roman"
)

// Sizes of type in half points, as the format counts them: 二号, 三号, 小四, 五号.
const (
	sizeTitle = 44
	sizeBody  = 32
	sizeTable = 24
	sizeSmall = 21
)

// TextWidth is the width of the text block in millimetres; the widths of a table's columns sum to it.
const TextWidth = 156

// Doc is a document being written; see New.
type Doc struct {
	title string
	body  bytes.Buffer
}

// New begins an empty document. The title stands in the file's properties, not on the paper.
func New(title string) *Doc { return &Doc{title: title} }

// style is how a paragraph looks.
type style struct {
	face   string
	size   int
	align  string // left, center, right
	indent int    // of the first line, in characters
	before int    // free above, in points
	line   int    // exact distance of lines in points; 0: as the type needs
	keep   bool   // on the same page as what follows
	fresh  bool   // begins a page
}

var (
	titleStyle = style{face: faceTitle, size: sizeTitle, align: "center", line: 36, keep: true}
	headStyle  = style{face: faceHead, size: sizeBody, indent: 2, line: 28, keep: true}
	subStyle   = style{face: faceSub, size: sizeBody, indent: 2, line: 28, keep: true}
	paraStyle  = style{face: faceBody, size: sizeBody, indent: 2, line: 28}
	lineStyle  = style{face: faceBody, size: sizeBody, line: 28}
	rightStyle = style{face: faceBody, size: sizeBody, align: "right", line: 28, keep: true}
	smallStyle = style{face: faceBody, size: sizeSmall, line: 18}
)

// Title prints the title of the paper, centred; fresh begins a new page with it.
func (d *Doc) Title(text string, fresh bool) {
	s := titleStyle
	s.fresh = fresh
	d.para(text, s)
	d.para("", lineStyle)
}

// Heading prints 一、…; Sub prints （一）….
func (d *Doc) Heading(text string) { d.para(text, headStyle) }

// Sub prints a heading of the second order.
func (d *Doc) Sub(text string) { d.para(text, subStyle) }

// Para prints running text, a paragraph per line, each indented by two characters.
func (d *Doc) Para(text string) {
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		d.para(line, paraStyle)
	}
}

// Line prints a line that begins at the margin, such as 全体业主：.
func (d *Doc) Line(text string) { d.para(text, lineStyle) }

// Small prints a remark in small type.
func (d *Doc) Small(text string) { d.para(text, smallStyle) }

// Closing prints the last paragraph and, at the right below it, who signs, with room for a seal. They are never parted: a
// seal on a page of its own would say nothing of what it seals.
func (d *Doc) Closing(last string, signed ...string) {
	s := paraStyle
	s.keep = true
	d.para(last, s)
	s = rightStyle
	s.before = 28
	for i, line := range signed {
		s.keep = i < len(signed)-1
		d.para(line+"　　", s)
		s.before = 0
	}
}

// para writes a paragraph.
func (d *Doc) para(text string, s style) {
	d.body.WriteString("<w:p><w:pPr>")
	if s.keep {
		d.body.WriteString("<w:keepNext/>")
	}
	if s.fresh {
		d.body.WriteString("<w:pageBreakBefore/>")
	}
	spacing := fmt.Sprintf(`<w:spacing w:before="%d" w:after="0"`, 20*s.before)
	if s.line > 0 {
		spacing += fmt.Sprintf(` w:line="%d" w:lineRule="exact"`, 20*s.line)
	}
	d.body.WriteString(spacing + "/>")
	if s.indent > 0 {
		fmt.Fprintf(&d.body, `<w:ind w:firstLineChars="%d" w:firstLine="%d"/>`, 100*s.indent, 10*s.size*s.indent)
	}
	if s.align != "" {
		fmt.Fprintf(&d.body, `<w:jc w:val="%s"/>`, s.align)
	}
	d.body.WriteString("</w:pPr>")
	d.run(text, s)
	d.body.WriteString("</w:p>")
}

func (d *Doc) run(text string, s style) {
	if text == "" {
		return
	}
	fmt.Fprintf(&d.body, `<w:r><w:rPr>%s<w:sz w:val="%d"/><w:szCs w:val="%d"/></w:rPr><w:t xml:space="preserve">`, fonts(s.face), s.size, s.size)
	d.body.WriteString(escaped(strings.NewReplacer("\r", "", "\t", "　").Replace(text)) + "</w:t></w:r>")
}

// escaped is a text as XML carries it; what XML cannot carry becomes U+FFFD.
func escaped(text string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(text)) // writing to a builder does not fail
	return out.String()
}

func fonts(face string) string {
	return fmt.Sprintf(`<w:rFonts w:ascii="%s" w:hAnsi="%s" w:eastAsia="%s" w:hint="eastAsia"/>`, faceLatin, faceLatin, face)
}

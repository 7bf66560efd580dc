package paper

import (
	"fmt"
	"strings"
	"unicode"

	"gongjue/notify/font"
)

// Measure is the width of a line in points. Missing characters are as wide as the 〓 in their place.
func Measure(s string, size float64) float64 {
	total := 0
	for _, r := range s {
		total += advance(r)
	}
	return float64(total) * size / font.UnitsPerEm
}

// advance is the width of one character in thousandths of the size.
func advance(r rune) int {
	if width, ok := font.Width(r); ok {
		return width
	}
	if invisible(r) {
		return 0
	}
	width, _ := font.Width(font.Geta)
	return width
}

// invisible characters print nothing: controls, joiners and variation selectors.
func invisible(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}

// printable is what stands on the paper for s; what the typeface lacks becomes 〓 and is reported. A
// variation selector has no glyph of its own but chooses one that we do not have, so it is reported too.
func (d *Doc) printable(s string) string {
	var out strings.Builder
	for _, r := range s {
		_, known := font.Width(r)
		switch {
		case invisible(r) && !unicode.Is(unicode.Variation_Selector, r):
		case known:
			out.WriteRune(r)
		default:
			d.lacks(r)
			if !invisible(r) {
				out.WriteRune(font.Geta)
			}
		}
	}
	return out.String()
}

func (d *Doc) lacks(r rune) {
	missing := Missing{r, d.where}
	if !d.seen[missing] {
		d.seen[missing] = true
		d.report.Missing = append(d.report.Missing, missing)
	}
}

// MissingNote is the sentence that explains the 〓 printed since Begin; empty when there are none.
func (d *Doc) MissingNote() string {
	codes := []string{}
	for _, missing := range d.report.Missing {
		if missing.Where == d.where {
			codes = append(codes, fmt.Sprintf("%U", missing.Rune))
		}
	}
	if len(codes) == 0 {
		return ""
	}
	return "说明：“〓”处是打印字库缺少的字（" + strings.Join(codes, "、") + "），请以业主名册记载为准，签名时照常书写。"
}

// Characters that may not begin a line, and that may not end one (GB/T 15834).
const (
	noStart = "，。、；：？！）》」』】〉”’…—·％℃㎡,.;:?!)]}%"
	noEnd   = "（《「『【〈“‘([{"
)

// Wrap breaks a text into lines that fit the width. Latin words and figures stay whole where they fit
// on a line; closing marks never begin a line. A character wider than the width still gets a line.
func Wrap(s string, size, width float64) []string {
	wrapped := wrap(s, size, width, 0)
	lines := make([]string, len(wrapped))
	for i, line := range wrapped {
		lines[i] = line.text
	}
	return lines
}

// line is one line of a wrapped text; the first of a paragraph is indented.
type line struct {
	text   string
	indent float64
}

func wrap(s string, size, width, first float64) []line {
	lines := []line{}
	tidy := strings.NewReplacer("\r", "", "\t", "  ").Replace(strings.TrimRight(s, " \r\n"))
	for paragraph := range strings.SplitSeq(tidy, "\n") {
		rest := []rune(strings.TrimRight(paragraph, " "))
		for indent := first; ; indent = 0 {
			at := breakAt(rest, (width-indent)*font.UnitsPerEm/size)
			lines = append(lines, line{strings.TrimRight(string(rest[:at]), " "), indent})
			if rest = rest[at:]; len(rest) == 0 {
				break
			}
			for len(rest) > 1 && rest[0] == ' ' {
				rest = rest[1:]
			}
		}
	}
	return lines
}

// breakAt tells how many characters go onto a line of the given width (thousandths of the size).
func breakAt(text []rune, width float64) int {
	sum, fit := 0, 0
	for fit < len(text) {
		sum += advance(text[fit])
		if float64(sum) > width+tolerance {
			break
		}
		fit++
	}
	if fit == len(text) {
		return fit
	}
	for at := fit; at > fit-24 && at > 0; at-- {
		if mayBreak(text[at-1], text[at]) {
			return at
		}
	}
	return max(fit, 1)
}

// mayBreak tells whether a line may end between the two characters.
func mayBreak(before, after rune) bool {
	if strings.ContainsRune(noStart, after) || strings.ContainsRune(noEnd, before) {
		return false
	}
	return !wordy(before) || !wordy(after)
}

// wordy characters stick together: Latin letters, figures and what stands inside of figures and links.
func wordy(r rune) bool {
	return r < 0x250 && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_/.:+#@", r))
}

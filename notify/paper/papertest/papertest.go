// Package papertest opens printed files again, for tests: it reads pages, text and QR codes out of the
// PDF bytes themselves, without any tool outside Go.
package papertest

import (
	"bytes"
	"cmp"
	"compress/zlib"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"gongjue/notify/paper"
)

// Page is one page as it was printed.
type Page struct {
	Lines []string     // every piece of text, in the order of printing
	dark  [][4]float64 // filled black rectangles: x, y from the lower left, width, height
}

// Text is the page's text without the breaks between its lines.
func (p Page) Text() string { return strings.Join(p.Lines, "") }

// Read opens a file of the paper package.
func Read(file []byte) ([]Page, error) {
	objects, err := split(file)
	if err != nil {
		return nil, err
	}
	letters, err := alphabet(objects)
	if err != nil {
		return nil, err
	}
	pages := []Page{}
	for _, object := range objects {
		if !bytes.Contains(object, []byte("/Type /Page\n")) {
			continue
		}
		match := regexp.MustCompile(`/Contents\s+(\d+) 0 R`).FindSubmatch(object)
		if match == nil {
			return nil, fmt.Errorf("page %d has no contents", len(pages)+1)
		}
		content, err := stream(objects[number(match[1])-1])
		if err != nil {
			return nil, fmt.Errorf("page %d: %w", len(pages)+1, err)
		}
		pages = append(pages, page(string(content), letters))
	}
	return pages, nil
}

func number(text []byte) int {
	n, err := strconv.Atoi(string(text))
	if err != nil {
		return 0
	}
	return n
}

// split cuts the file at the offsets of its own cross-reference table.
func split(file []byte) ([][]byte, error) {
	at := bytes.LastIndex(file, []byte("startxref"))
	start := regexp.MustCompile(`startxref\s+(\d+)`).FindSubmatch(file[max(at, 0):])
	if at < 0 || start == nil || number(start[1]) >= len(file) {
		return nil, fmt.Errorf("no cross-reference table in %d bytes", len(file))
	}
	table := file[number(start[1]):]
	offsets := []int{}
	for _, entry := range regexp.MustCompile(`(\d{10}) 00000 n`).FindAllSubmatch(table, -1) {
		offsets = append(offsets, number(entry[1]))
	}
	objects := make([][]byte, len(offsets))
	for i, from := range offsets {
		to := number(start[1])
		if i+1 < len(offsets) {
			to = offsets[i+1]
		}
		if !bytes.HasPrefix(file[from:], fmt.Appendf(nil, "%d 0 obj", i+1)) {
			return nil, fmt.Errorf("object %d is not where the table says", i+1)
		}
		objects[i] = file[from:to]
	}
	return objects, nil
}

// stream inflates the stream of an object.
func stream(object []byte) ([]byte, error) {
	_, body, ok := bytes.Cut(object, []byte("stream\n"))
	if !ok {
		return nil, fmt.Errorf("an object without a stream")
	}
	if !bytes.Contains(object, []byte("/FlateDecode")) {
		return body, nil
	}
	reader, err := zlib.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("inflate: %w", err)
	}
	return io.ReadAll(reader)
}

// alphabet reads which glyph is which character.
func alphabet(objects [][]byte) (map[string]string, error) {
	for _, object := range objects {
		if !bytes.Contains(object, []byte("beginbfrange")) {
			continue
		}
		letters := map[string]string{}
		for _, entry := range regexp.MustCompile(`<([0-9A-F]{4})><[0-9A-F]{4}><([0-9A-F]+)>`).FindAllSubmatch(object, -1) {
			code, err := strconv.ParseInt(string(entry[2]), 16, 32)
			if err != nil {
				return nil, fmt.Errorf("alphabet: %w", err)
			}
			letters[string(entry[1])] = string(rune(code))
		}
		return letters, nil
	}
	return nil, fmt.Errorf("no alphabet in the file")
}

var operators = regexp.MustCompile(`\[<([0-9A-F]*)>\] TJ|([\d.]+) ([\d.]+) ([\d.]+) rg|([\d.-]+) ([\d.-]+) ([\d.-]+) ([\d.-]+) re f`)

// page reads text and black rectangles off a content stream.
func page(content string, letters map[string]string) Page {
	result, black := Page{}, true
	for _, match := range operators.FindAllStringSubmatch(content, -1) {
		switch {
		case match[2] != "":
			black = float(match[2])+float(match[3])+float(match[4]) == 0
		case match[5] != "" && black:
			result.dark = append(result.dark, [4]float64{float(match[5]), float(match[6]), float(match[7]), float(match[8])})
		case match[5] == "":
			var line strings.Builder
			for glyphs := match[1]; len(glyphs) >= 4; glyphs = glyphs[4:] {
				line.WriteString(letters[glyphs[:4]])
			}
			result.Lines = append(result.Lines, line.String())
		}
	}
	return result
}

func float(text string) float64 {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return math.NaN()
	}
	return f
}

// bitmap is a picture of the page from its lower left corner on, with so many dots a point.
func (p Page) bitmap(width, height, scale float64) (*gozxing.BinaryBitmap, error) {
	at := func(points float64) int { return int(math.Round(points * scale)) }
	picture := image.NewGray(image.Rect(0, 0, at(width), at(height)))
	draw.Draw(picture, picture.Bounds(), image.White, image.Point{}, draw.Src)
	for _, r := range p.dark {
		box := image.Rect(at(r[0]), at(height-r[1]-r[3]), at(r[0]+r[2]), at(height-r[1]))
		draw.Draw(picture, box, image.NewUniform(color.Black), image.Point{}, draw.Src)
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		return nil, fmt.Errorf("look at the page: %w", err)
	}
	return bitmap, nil
}

// QRs reads every code of a page on which codes stand below each other.
func (p Page) QRs() []string {
	const apart = 6 // points without a mark that part two codes
	rows := slices.Clone(p.dark)
	slices.SortFunc(rows, func(a, b [4]float64) int { return cmp.Compare(a[1], b[1]) })
	var texts []string
	for from := 0; from < len(rows); {
		to, top := from, rows[from][1]
		for to < len(rows) && rows[to][1] <= top+apart {
			top = max(top, rows[to][1]+rows[to][3])
			to++
		}
		if text, err := alone(rows[from:to]); err == nil {
			texts = append(texts, text)
		}
		from = to
	}
	return texts
}

// alone reads a code of which nothing else is in the picture, from close by.
func alone(rows [][4]float64) (string, error) {
	const margin, scale = 8, 8
	left, low, right, high := math.Inf(1), math.Inf(1), 0.0, 0.0
	for _, r := range rows {
		left, low, right, high = min(left, r[0]), min(low, r[1]), max(right, r[0]+r[2]), max(high, r[1]+r[3])
	}
	if right-left > 200 {
		return "", errors.New("a rule across the page is no code")
	}
	moved := Page{}
	for _, r := range rows {
		moved.dark = append(moved.dark, [4]float64{r[0] - left + margin, r[1] - low + margin, r[2], r[3]})
	}
	bitmap, err := moved.bitmap(right-left+2*margin, high-low+2*margin, scale)
	if err != nil {
		return "", err
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true})
	if err != nil {
		return "", fmt.Errorf("read the code: %w", err)
	}
	return result.GetText(), nil
}

// QR reads the code printed on the page as a phone would, from a picture of 216 dots an inch.
func (p Page) QR() (string, error) {
	bitmap, err := p.bitmap(paper.Width, paper.Height, 3)
	if err != nil {
		return "", err
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil {
		return "", fmt.Errorf("read the code: %w", err)
	}
	return result.GetText(), nil
}

// Clashes tells which solid marks lie over each other, as sentences.
func Clashes(marks []paper.Mark) []string {
	const touch = 0.5 // points by which boxes of lines may touch
	found := []string{}
	byPage := map[int][]paper.Mark{}
	for _, m := range marks {
		if !m.Solid {
			continue
		}
		for _, o := range byPage[m.Page] {
			if min(m.X+m.Width, o.X+o.Width)-max(m.X, o.X) > touch && min(m.Y+m.Height, o.Y+o.Height)-max(m.Y, o.Y) > touch {
				found = append(found, fmt.Sprintf("page %d: %q lies over %q", m.Page, m.Text, o.Text))
			}
		}
		byPage[m.Page] = append(byPage[m.Page], m)
	}
	return found
}

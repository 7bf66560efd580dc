// Package qr draws QR codes without pixels: as one SVG path, as rectangles for PDF, as half blocks for
// a terminal. It knows nothing of what the text means; a QR holds a locator, never a credential.
package qr

import (
	"fmt"
	"strings"

	"github.com/skip2/go-qrcode"
)

// quiet is the margin of light modules that readers need (ISO/IEC 18004: four).
const quiet = 4

// Rect is a horizontal run of dark modules, in modules from the upper left corner, margin included.
type Rect struct{ X, Y, Width int }

// Rects gives the dark runs of the code and its side in modules, margin included. Error level M: 15 %
// of a creased or stained sheet may be lost. A text too long for a code is an error.
func Rects(text string) (runs []Rect, side int, err error) {
	bitmap, err := bitmap(text)
	if err != nil {
		return nil, 0, err
	}
	for y, row := range bitmap {
		for x := 0; x < len(row); {
			end := x
			for end < len(row) && row[end] {
				end++
			}
			if end > x {
				runs = append(runs, Rect{x + quiet, y + quiet, end - x})
			}
			x = end + 1
		}
	}
	return runs, len(bitmap) + 2*quiet, nil
}

// Terminal draws the code with half blocks, two rows of modules a line, dark on light by explicit
// colours, so that it can be scanned from terminals of either background.
func Terminal(text string) (string, error) {
	bitmap, err := bitmap(text)
	if err != nil {
		return "", err
	}
	dark := func(x, y int) bool {
		x, y = x-quiet, y-quiet
		return x >= 0 && y >= 0 && y < len(bitmap) && x < len(bitmap) && bitmap[y][x]
	}
	halves := map[[2]bool]rune{{false, false}: ' ', {true, false}: '▀', {false, true}: '▄', {true, true}: '█'}
	side := len(bitmap) + 2*quiet
	var out strings.Builder
	for y := 0; y < side; y += 2 {
		out.WriteString("\x1b[30;107m")
		for x := range side {
			out.WriteRune(halves[[2]bool{dark(x, y), dark(x, y+1)}])
		}
		out.WriteString("\x1b[0m\n")
	}
	return out.String(), nil
}

// bitmap is the code without its margin, row by row, true = dark.
func bitmap(text string) ([][]bool, error) {
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return nil, fmt.Errorf("encode a QR of %d bytes: %w", len(text), err)
	}
	code.DisableBorder = true
	return code.Bitmap(), nil
}

package qr

import (
	"image"
	"image/color"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

const link = "https://vote.example.org/v/AAECAwQFBgcICQoLDA0ODw"

// read decodes a square of dark and light modules as a phone would.
func read(t *testing.T, side int, dark func(x, y int) bool) string {
	t.Helper()
	const scale = 5
	picture := image.NewGray(image.Rect(0, 0, side*scale, side*scale))
	for y := range side * scale {
		for x := range side * scale {
			if !dark(x/scale, y/scale) {
				picture.Set(x, y, color.White)
			}
		}
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		t.Fatal(err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil {
		t.Fatal(err)
	}
	return result.GetText()
}

func TestEveryDrawingOfACodeIsReadAsItsText(t *testing.T) {
	for _, text := range []string{link, "1", strings.Repeat("长", 300)} {
		runs, side, err := Rects(text)
		if err != nil {
			t.Fatal(err)
		}
		marked := map[[2]int]bool{}
		for _, run := range runs {
			for x := range run.Width {
				marked[[2]int{run.X + x, run.Y}] = true
			}
		}
		if got := read(t, side, func(x, y int) bool { return marked[[2]int{x, y}] }); got != text {
			t.Errorf("rectangles read %q", got)
		}
		drawn, err := Terminal(text)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.NewReplacer("\x1b[30;107m", "", "\x1b[0m", "").Replace(drawn), "\n")
		if got := read(t, side, func(x, y int) bool {
			half := []rune(lines[y/2])[x]
			return half == '█' || y%2 == 0 && half == '▀' || y%2 == 1 && half == '▄'
		}); got != text {
			t.Errorf("half blocks read %q", got)
		}
	}
}

func TestATextBeyondTheLargestCodeIsAnError(t *testing.T) {
	long := strings.Repeat("x", 3000)
	if _, err := Terminal(long); err == nil {
		t.Error("Terminal took 3,000 bytes")
	}
}

package web

import (
	"fmt"
	"strings"
)

// The measures of a picture. One unit is a pixel on a phone of 390, so that its words are as large there as the page's.
const (
	chartWidth = 340
	barStep    = 60 // of a bar with its line of words
	barHeight  = 22
	lineTop    = 14
	lineHeight = 180
	lineLeft   = 58
	lineRight  = 30 // room for half a word
)

// picture is what every picture says to those who do not see it. A table with the same figures stands beside it.
type picture struct {
	ID          string
	Title, Desc string
	Height      int
}

// Width is the same for all.
func (p picture) Width() int { return chartWidth }

// BarChart are horizontal bars, each under its name and figure.
type BarChart struct {
	picture
	Bars     []ChartBar
	Mark     int // of every bar, see [ChartBar]
	MarkText string
}

// ChartBar is one bar.
type ChartBar struct {
	Label, Value string
	TextY, Y     int
	Fill         int
	Mark         int // where the target's line stands; 0 = none is drawn
}

// BarHeight is the same for all.
func (ChartBar) BarHeight() int { return barHeight }

// EndY is where the target's line across the bar ends.
func (b ChartBar) EndY() int { return b.Y + barHeight + 5 }

// StartY is where it begins.
func (b ChartBar) StartY() int { return b.Y - 1 }

func newBars(id, title, desc string) *BarChart {
	return &BarChart{picture: picture{ID: id, Title: title, Desc: desc, Height: 4}}
}

func (c *BarChart) mark(num, den int64, words string) {
	c.Mark, c.MarkText = aim(num, den), words
	c.Height = 30
}

func (c *BarChart) add(label, value string, part, whole int64) {
	c.Bars = append(c.Bars, ChartBar{Label: label, Value: value, TextY: c.Height + 20, Y: c.Height + 28, Fill: across(part, whole), Mark: c.Mark})
	c.Height += barStep
}

// aim is where the line of a target stands; all of the width still shows it whole.
func aim(num, den int64) int { return min(across(num, den), chartWidth-2) }

// across is a share of the width.
func across(part, whole int64) int { return int(thousandths(part, whole) * chartWidth / 1000) }

// LineChart is a line over time from 0 to 100 %.
type LineChart struct {
	picture
	Points string // as SVG has them
	Dots   []ChartDot
	Levels []ChartText // lines across, with their words
	Labels []ChartText // under the line
	Last   ChartText   // the newest figure
}

// ChartDot is one point.
type ChartDot struct{ X, Y int }

// ChartText is a word in a picture.
type ChartText struct {
	X, Y int
	Text string
}

// Left and Right are where lines across begin and end.
func (LineChart) Left() int { return lineLeft }

// Right is explained at [LineChart.Left].
func (LineChart) Right() int { return chartWidth - 8 }

func newLine(id, title, desc string, months []MonthLine) LineChart {
	chart := LineChart{picture: picture{ID: id, Title: title, Desc: desc, Height: lineTop + lineHeight + 34}}
	for percent := range 3 {
		chart.Levels = append(chart.Levels, ChartText{lineLeft - 6, lineTop + lineHeight - percent*lineHeight/2, fmt.Sprintf("%d%%", percent*50)})
	}
	var points []string
	for i, month := range months {
		x := lineLeft + 8
		if len(months) > 1 {
			x += i * (chartWidth - lineRight - x) / (len(months) - 1)
		}
		y := lineTop + lineHeight - int(thousandths(month.Formed, month.Communities)*lineHeight/1000)
		chart.Dots = append(chart.Dots, ChartDot{x, y})
		points = append(points, fmt.Sprintf("%d,%d", x, y))
		if i%4 == 0 && i < len(months)-1 || i == len(months)-1 {
			chart.Labels = append(chart.Labels, ChartText{x, lineTop + lineHeight + 26, month.At.local().Format("06/1")})
		}
		chart.Last = ChartText{x + lineRight - 4, max(y-16, lineTop+6), rate(month.Formed, month.Communities)}
	}
	chart.Points = strings.Join(points, " ")
	return chart
}

package sheet

// sizes are what a sheet may shrink so that the choices and their signature share a page, in points. The
// squares and the words beside them keep their size; nothing is smaller than paper.Small.
type sizes struct {
	title, law, text, rule float64 // type of a matter's heading, law, text and how to mark
	lead                   float64 // distance of lines, in sizes of the type
	squares                float64 // height of a motion's row
	row, cell              float64 // height of a candidate's row, width of a square's cell
	columns                int     // candidates beside each other, where their names are short
	pad, gap               float64 // above and below a name to pick; below a matter
	sign                   float64 // left free above the signature
}

var (
	ordinary = sizes{title: 11.5, law: 9, text: 10, rule: 9.5, lead: 1.5, squares: 26, row: 24, cell: 62, columns: 1, pad: 4, gap: 7, sign: 16}
	smaller  = sizes{title: 11, law: 8.5, text: 9.5, rule: 9, lead: 1.4, squares: 22, row: 20, cell: 62, columns: 1, pad: 3, gap: 5, sign: 14}
	smallest = sizes{title: 10.5, law: 8.5, text: 9, rule: 8.5, lead: 1.3, squares: 19, row: 20, cell: 43, columns: 2, pad: 2, gap: 3, sign: 12}
)

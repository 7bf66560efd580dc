package workbook

import "slices"

// merges repeats the value of a merged range in the first column of its lower rows, while the rows go by.
// Ranges that lie in one row (titles) stay as they are.
type merges struct {
	waiting []cellRange // by first row
	open    []openMerge // at most one of a column: an honest file has no ranges that overlap
}

type openMerge struct {
	cellRange
	value string
}

func newMerges(ranges []cellRange) *merges {
	m := &merges{waiting: slices.Clone(ranges)}
	slices.SortStableFunc(m.waiting, func(a, b cellRange) int { return a.firstRow - b.firstRow })
	return m
}

// fill gives the cells of a row with the values from above, and opens the ranges that begin in it.
func (m *merges) fill(row int, cells []string) []string {
	if len(m.waiting) == 0 && len(m.open) == 0 {
		return cells
	}
	m.open = slices.DeleteFunc(m.open, func(o openMerge) bool { return row > o.lastRow })
	for _, o := range m.open {
		for len(cells) <= o.column {
			cells = append(cells, "")
		}
		if cells[o.column] == "" {
			cells[o.column] = o.value
		}
	}
	for len(m.waiting) > 0 && m.waiting[0].firstRow <= row {
		next := m.waiting[0]
		m.waiting = m.waiting[1:]
		if next.firstRow == row && next.column < len(cells) && cells[next.column] != "" {
			m.begin(openMerge{next, cells[next.column]})
		}
	}
	return cells
}

func (m *merges) begin(o openMerge) {
	if i := slices.IndexFunc(m.open, func(other openMerge) bool { return other.column == o.column }); i >= 0 {
		m.open[i] = o
		return
	}
	m.open = append(m.open, o)
}

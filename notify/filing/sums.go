package filing

import "fmt"

// Sums are the figures of a result as its notice prints them, for a spreadsheet. An area that the notice keeps back is kept
// back here too: the same rule decides.
type Sums struct {
	Figures [][]string // matter, line, heads, share of them, area, share of it, what became of it
	Steps   [][]string // matter, test, value, base, share, threshold, whether it is met, margin
}

// SumsOf gives the figures of every matter. ErrSums when those of one do not close.
func SumsOf(data ResultNoticeData) (Sums, error) {
	var sums Sums
	for _, m := range data.Matters {
		f, err := figure(m, data.Policies)
		if err != nil {
			return Sums{}, err
		}
		name := fmt.Sprintf("%d. %s", m.Number, m.Title)
		for _, row := range figureRows(m, f) {
			for len(row) < 6 {
				row = append(row, "")
			}
			sums.Figures = append(sums.Figures, append([]string{name}, row...))
		}
		for _, row := range stepRows(m, f) {
			sums.Steps = append(sums.Steps, append([]string{name}, row...))
		}
	}
	return sums, nil
}

// Participation says who took part in a matter, with the base of the shares.
func Participation(m MatterResult) string {
	c := m.Outcome.Counted
	return shares(c.Participants, c.Total, "全体")
}

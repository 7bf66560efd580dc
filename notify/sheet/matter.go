package sheet

import (
	"fmt"
	"slices"

	"gongjue/notify/paper"
	"gongjue/voting"
)

// matters prints every matter this voter decides.
func (s *sheet) matters() {
	for _, matter := range s.meeting.Matters {
		if s.voter.Matters == nil || slices.Contains(s.voter.Matters, matter.Number) {
			s.matter(matter)
			s.Space(7)
		}
	}
}

func (s *sheet) matter(m Matter) {
	s.Band(fmt.Sprintf("事项%s　%s", paper.Ordinal(m.Number), m.Title), 11.5, 60)
	law := m.Law
	if m.Scope != "" {
		law = "表决范围：" + m.Scope + "。" + law
	}
	if law != "" {
		s.Para(law, paper.Style{Size: 9})
	}
	text, whole := brief(m)
	if text != "" {
		s.Para(text, paper.Style{Size: 10, First: 20, Keep: 2})
	}
	if !whole {
		s.Para("（以上为摘要。全文见会议公告，也可扫本票二维码查看"+prefixed("；全文校验值 ", short(m.TextHash))+"）", paper.Style{Size: 9, Keep: 2})
	}
	switch {
	case m.Kind == voting.Motion || m.Kind == voting.Consult:
		s.marks(marks(m))
	case m.Method == voting.ApprovalEach:
		s.each(m)
	default:
		s.pick(m)
	}
}

// brief is what the sheet prints of the text, and whether that is all of it.
func brief(m Matter) (text string, whole bool) {
	runes := []rune(m.Text)
	switch {
	case len(runes) <= MaxText:
		return m.Text, true
	case m.Short != "" && len([]rune(m.Short)) <= MaxText:
		return m.Short, false
	default:
		return string(runes[:MaxText*2/3]) + "……", false
	}
}

// short is enough of a hash to tell two texts apart by eye.
func short(hash string) string { return hash[:min(len(hash), 16)] }

// marks are the words beside the squares.
func marks(m Matter) []string {
	words := []string{"同意", "反对", "弃权"}
	if m.Follow {
		words = append(words, "从众（随多数）")
	}
	return words
}

// marks prints one row of squares for a motion.
func (s *sheet) marks(words []string) {
	const size, height = 13, 26
	s.Need(height)
	x := paper.Margin + 20
	for _, word := range words {
		x += s.Tick(x, s.Y+6, size) + 6
		x += s.Text(x, s.Y+6, size, word) + 42
	}
	s.Y += height
}

// each prints a table with squares for every candidate or firm.
func (s *sheet) each(m Matter) {
	s.Para(seats(m)+"请对每一"+classifier(m)+"分别表决，每行只能勾选一项；不勾选的按弃权计。", paper.Style{Size: 9.5, Keep: 3})
	s.Space(3)
	words := marks(m)
	const cell, pad, size = 62.0, 5.0, 10.5
	name := paper.TextWidth - cell*float64(len(words))
	for i, option := range m.Options {
		lines := paper.Wrap(fmt.Sprintf("%d. %s%s", i+1, option.Name, prefixed("　", option.About)), size, name-2*pad)
		height := max(float64(len(lines))*size*1.3+2*pad, 24)
		s.Need(height)
		s.Box(paper.Margin, s.Y, paper.TextWidth, height)
		for n, line := range lines {
			s.Text(paper.Margin+pad, s.Y+(height-float64(len(lines))*size*1.3)/2+float64(n)*size*1.3+1.5, size, line)
		}
		for n, word := range words {
			x := paper.Margin + name + cell*float64(n)
			s.Post(x, s.Y, height)
			s.Tick(x+7, s.Y+(height-size)/2, size)
			s.Text(x+21, s.Y+(height-size)/2, size, shortMark(word))
		}
		s.Y += height
	}
}

// shortMark fits the word into a cell of the table.
func shortMark(word string) string { return string([]rune(word)[:2]) }

// pick prints the names with squares and says how many may be marked.
func (s *sheet) pick(m Matter) {
	most := m.MaxChoices
	if most == 0 {
		most = max(m.Seats, 1)
	}
	rule := fmt.Sprintf("最多勾选 %d %s，可以少选；多选的，本事项为无效票。", most, classifier(m))
	if most == 1 {
		rule = "只能勾选一" + classifier(m) + "；多选的，本事项为无效票。"
	}
	s.Para(seats(m)+rule, paper.Style{Size: 9.5, Keep: 3})
	const size, pad = 11.5, 4.0
	wide := slices.ContainsFunc(m.Options, func(o Option) bool {
		return o.About != "" || paper.Measure(o.Name, size) > paper.TextWidth/2-60
	})
	options := append(slices.Clone(m.Options), Option{Name: "弃权（以上均不选）"})
	if m.Follow {
		options = append(options, Option{Name: "从众（随多数）"})
	}
	columns := 2
	if wide {
		columns = 1
	}
	s.squares(options, columns, size, pad)
}

// squares prints options in columns, each a square and its name.
func (s *sheet) squares(options []Option, columns int, size, pad float64) {
	width := paper.TextWidth/float64(columns) - 40
	for row := range slices.Chunk(options, columns) {
		height := 0.0
		cells := make([][]string, len(row))
		for i, option := range row {
			cells[i] = paper.Wrap(option.Name+prefixed("　", option.About), size, width)
			height = max(height, float64(len(cells[i]))*size*1.3+2*pad)
		}
		s.Need(height)
		for i, lines := range cells {
			x := paper.Margin + 14 + float64(i)*paper.TextWidth/float64(columns)
			s.Tick(x, s.Y+pad, size)
			for n, line := range lines {
				s.Text(x+18, s.Y+pad+float64(n)*size*1.3, size, line)
			}
		}
		s.Y += height
	}
}

// seats says how many are to be elected or chosen.
func seats(m Matter) string {
	if m.Kind == voting.Election {
		return fmt.Sprintf("应选 %d 名，候选人 %d 名。", m.Seats, len(m.Options))
	}
	return fmt.Sprintf("候选单位 %d 家。", len(m.Options))
}

// classifier counts persons or firms.
func classifier(m Matter) string {
	if m.Kind == voting.Election {
		return "名"
	}
	return "家"
}

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
			s.Space(s.size.gap)
		}
	}
}

func (s *sheet) matter(m Matter) {
	s.Band(fmt.Sprintf("事项%s　%s", paper.Ordinal(m.Number), m.Title), s.size.title, 60)
	law := m.Law
	if m.Scope != "" {
		law = "表决范围：" + m.Scope + "。" + law
	}
	if law != "" {
		s.Para(law, paper.Style{Lead: s.size.lead, Size: s.size.law})
	}
	for _, note := range m.Notes {
		s.Para(note, paper.Style{Lead: s.size.lead, Size: s.size.law})
	}
	text, whole := brief(m)
	if text != "" {
		s.Para(text, paper.Style{Lead: s.size.lead, Size: s.size.text, First: 2 * s.size.text, Keep: 2})
	}
	if !whole {
		s.Para("（以上为摘要。全文见会议公告，也可扫本票二维码查看"+prefixed("；全文校验值 ", short(m.TextHash))+"）", paper.Style{Lead: s.size.lead, Size: s.size.law, Keep: 2})
	}
	switch {
	case len(m.Options) == 0: // a motion, or a poll without a scale
		s.marks(m.Marks)
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

// words stand beside the squares.
var words = map[voting.Mark]string{voting.Yes: "同意", voting.No: "反对", voting.Abstain: "弃权", voting.FollowMajority: "从众（随多数）"}

// marks prints one row of squares for a motion.
func (s *sheet) marks(marks []voting.Mark) {
	const size = 13
	height := s.size.squares
	s.Need(height)
	x := paper.Margin + 20
	top := s.Y + (height-size)/2
	for _, mark := range marks {
		x += s.Tick(x, top, size) + 6
		x += s.Text(x, top, size, words[mark]) + 42
	}
	s.Y += height
}

// each prints a table with squares for every candidate or firm.
func (s *sheet) each(m Matter) {
	s.Para(seats(m)+"请对每一"+classifier(m)+"分别表决，每行只能勾选一项；不勾选的按弃权计。", paper.Style{Lead: s.size.lead, Size: s.size.rule, Keep: 3})
	s.Space(3)
	columns := s.size.columns
	squares := s.size.cell*float64(len(m.Marks)) + 2*answerPad
	if slices.ContainsFunc(m.Options, func(o Option) bool {
		return paper.Measure("88. "+o.Name+prefixed("　", o.About), answerSize) > paper.TextWidth/float64(columns)-squares
	}) {
		columns = 1
	}
	width := paper.TextWidth / float64(columns)
	first := 1
	for row := range slices.Chunk(m.Options, columns) {
		height := s.size.row
		cells := make([][]string, len(row))
		for i, option := range row {
			text := fmt.Sprintf("%d. %s%s", first+i, option.Name, prefixed("　", option.About))
			cells[i] = paper.Wrap(text, answerSize, width-squares)
			height = max(height, float64(len(cells[i]))*answerSize*1.3+2*answerPad)
		}
		s.Need(height)
		for i, lines := range cells {
			s.answer(paper.Margin+width*float64(i), width, height, lines, m.Marks)
		}
		s.Y += height
		first += len(row)
	}
}

// Type and room inside the table of candidates, in points.
const answerSize, answerPad = 10.5, 5.0

// answer prints one name with its squares.
func (s *sheet) answer(left, width, height float64, lines []string, marks []voting.Mark) {
	const lead = answerSize * 1.3
	s.Box(left, s.Y, width, height)
	for n, line := range lines {
		s.Text(left+answerPad, s.Y+(height-float64(len(lines))*lead)/2+float64(n)*lead+1.5, answerSize, line)
	}
	for n, mark := range marks {
		x := left + width - s.size.cell*float64(len(marks)-n)
		s.Post(x, s.Y, height)
		s.Tick(x+5, s.Y+(height-answerSize)/2, answerSize)
		s.Text(x+18, s.Y+(height-answerSize)/2, answerSize, shortMark(words[mark]))
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
	s.Para(seats(m)+rule, paper.Style{Lead: s.size.lead, Size: s.size.rule, Keep: 3})
	const size = 11.5
	wide := slices.ContainsFunc(m.Options, func(o Option) bool {
		return o.About != "" || paper.Measure(o.Name, size) > paper.TextWidth/2-60
	})
	options := slices.Clone(m.Options)
	for _, mark := range m.Marks {
		name := words[mark]
		if mark == voting.Abstain {
			name += "（以上均不选）"
		}
		options = append(options, Option{Name: name})
	}
	columns := 2
	if wide {
		columns = 1
	}
	s.squares(options, columns, size, s.size.pad)
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
	if m.Kind == voting.Consult {
		return ""
	}
	return fmt.Sprintf("候选单位 %d 家。", len(m.Options))
}

// classifier counts persons, firms or grades.
func classifier(m Matter) string {
	switch m.Kind {
	case voting.Election:
		return "名"
	case voting.Consult:
		return "项"
	}
	return "家"
}

package sheet

import (
	"fmt"

	"gongjue/notify/paper"
)

// usualHints are the words on valid and void ballots, used where the notice announced no others.
func (m Meeting) usualHints() []string {
	return []string{
		"请在所选项前的“□”内打“√”，每个事项只能按说明勾选，用黑色或蓝色笔填写。",
		"未签名、无法辨认房号、超过规定数量勾选或者涂改无法辨认的，为无效票。",
		m.otherWays(),
	}
}

// otherWays says how a voter may answer in place of the sheet.
func (m Meeting) otherWays() string {
	other := "手机投票"
	switch {
	case m.NoOnline && m.Platform == "":
		return "按当地规定，本次会议不在网上投票，只收纸质票；二维码只用来查看公告。"
	case m.NoOnline:
		other = m.Platform + "上的电子投票"
	case m.Platform != "":
		other += "、" + m.Platform + "上的电子投票"
	}
	return "纸质票与" + other + "效力相同，任选一种；重复表决的，按会议公告的规则处理，只计一次。"
}

// foot prints what is read and not filled in: silence warning, return, hints and counting rule.
func (s *sheet) foot() {
	m := s.meeting
	list := m.Hints
	if len(list) == 0 {
		list = m.usualHints()
	}
	s.Space(4)
	if m.SilenceRule != "" {
		s.Framed("重要提示：已送达而未表决的票："+m.SilenceRule, 10)
	}
	small := paper.Style{Size: 9}
	before := m.ReturnBefore
	if before == 0 {
		before = m.ClosesAt
	}
	if m.ReturnPlace != "" {
		s.Field("交回：", m.ReturnPlace+"，请于 "+paper.Minute(before)+" 前交回", small)
	}
	s.Field("联系：", m.Contact, small)
	text := ""
	for i, hint := range list {
		text += fmt.Sprintf("%d. %s", i+1, hint)
	}
	s.Field("填写说明：", text, paper.Style{Size: paper.Small})
	s.Field("计票规则：", m.CountingRule, paper.Style{Size: paper.Small})
	if note := s.MissingNote(); note != "" {
		s.Para(note, paper.Style{Size: 9})
	}
}

// signature prints the lines to be signed, never parted.
func (s *sheet) signature() {
	const size = 11
	s.Need(s.size.sign + 2*size + 14)
	s.Y += s.size.sign
	x := paper.Margin
	for _, field := range []struct {
		label string
		blank float64
	}{{"业主（投票权人）签名：", 92}, {"代理人签名：", 72}, {"日期：", 70}} {
		x += s.Text(x, s.Y, size, field.label)
		s.Rule(x, s.Y+size+3, field.blank)
		x += field.blank + 10
	}
	s.Y += size + 6
	s.Text(paper.Margin, s.Y, paper.Small, "代理人表决的，请随票附书面授权委托书。"+s.over())
	s.Y += 12
}

// over points to the words that stand on another page.
func (s *sheet) over() string {
	if s.pages > 1 {
		return "填写说明、交回地点和计票规则见本票各页。"
	}
	return ""
}

// stub prints the 签收存根 at the foot of page 1, to be cut off when the sheet is handed over.
func (s *sheet) stub() {
	const size = 9.5
	v := s.voter
	y := paper.Height - paper.BottomMargin - stubBand + 10
	s.Dashes(paper.Margin, y, paper.TextWidth)
	s.Line(paper.Margin, y+5, paper.TextWidth, paper.Small, paper.Right, "发放人员沿虚线裁下留存")
	s.Line(paper.Margin, y+4, paper.TextWidth, 12, paper.Center, "签 收 存 根")
	y += 22
	s.Text(paper.Margin, y, size, "票号："+v.Serial)
	s.Text(paper.Margin+170, y, size, fmt.Sprintf("专有部分面积：%s ㎡", v.Total))
	s.Line(paper.Margin, y, paper.TextWidth, size, paper.Right, fmt.Sprintf("投票权人数：%d 人", v.Heads))
	s.Text(paper.Margin, y+16, size, "房号："+s.rooms(size))
	blanks(s.Doc, y+36, size, []string{"签收人：", "与业主关系：", "电话："})
	blanks(s.Doc, y+56, size, []string{"签收时间：", "送达方式：", "发放人："})
}

// rooms is the stub's one line of places; what does not fit is counted.
func (s *sheet) rooms(size float64) string {
	units := s.voter.Units
	room := paper.TextWidth - paper.Measure("房号：", size)
	text := ""
	for i, unit := range units {
		next := text
		if i > 0 {
			next += "、"
		}
		next += unit.Place
		rest := fmt.Sprintf(" 等 %d 处", len(units))
		if i == len(units)-1 {
			rest = ""
		}
		if paper.Measure(next+rest, size) > room {
			return paper.Wrap(text, size, room-paper.Measure(fmt.Sprintf(" 等 %d 处", len(units)), size))[0] +
				fmt.Sprintf(" 等 %d 处", len(units))
		}
		text = next
	}
	return text
}

// blanks prints labels with lines to write on, in equal columns.
func blanks(doc *paper.Doc, y, size float64, labels []string) {
	column := paper.TextWidth / float64(len(labels))
	for i, label := range labels {
		x := paper.Margin + float64(i)*column
		width := doc.Text(x, y, size, label)
		doc.Rule(x+width, y+size+2, column-width-12)
	}
}

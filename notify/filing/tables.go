package filing

import (
	"fmt"
	"slices"
	"strconv"

	"gongjue/notify/paper"
	"gongjue/voting"
	"gongjue/voting/explain"
)

// inAnnex stands where an area would name a room.
const inAnnex = "见附件"

// tableSize is the type inside tables.
const tableSize = 9

// figures prints the lines of a matter, each with both measures and both shares, and their sum.
func (n *notice) figures(m MatterResult, f figures) {
	named := m.Matter.Kind == voting.Election || m.Matter.Kind == voting.Selection
	columns := []paper.Column{
		{Head: "项目", Width: 130}, {Head: "投票权人数（人）", Width: 80, Align: paper.Right},
		{Head: "占参与表决人数（%）", Width: 95, Align: paper.Right}, {Head: "专有部分面积（㎡）", Width: 100, Align: paper.Right},
		{Head: "占参与表决面积（%）", Width: paper.TextWidth - 405, Align: paper.Right},
	}
	if named {
		columns[0].Width, columns[1].Width, columns[2].Width, columns[3].Width, columns[4].Width = 125, 60, 70, 85, 75
		columns = append(columns, paper.Column{Head: "结果", Width: paper.TextWidth - 415})
	}
	n.Table(columns, figureRows(m, f), tableSize)
}

// figureRows are the lines of a matter, with a place at the end where options have one.
func figureRows(m MatterResult, f figures) [][]string {
	base := m.Outcome.Counted.Participants
	if m.Matter.Method == voting.ApprovalEach {
		return grouped(m, f, base)
	}
	named := m.Matter.Kind == voting.Election || m.Matter.Kind == voting.Selection
	rows := [][]string{}
	for _, group := range f.groups {
		for _, r := range group {
			rows = append(rows, cells(optionLabel(m, r), r, base, named, placing(m, r)))
		}
	}
	if f.closing {
		rows = append(rows, cells("合计（参与表决）", row{weight: base}, base, named, ""))
	}
	return rows
}

// grouped lists every candidate's own lines, then once the lines that are the same for all.
func grouped(m MatterResult, f figures, base voting.Weight) [][]string {
	rows := [][]string{}
	same := func(r row) bool {
		return r.key == "" && !r.choice && !slices.ContainsFunc(f.groups, func(group []row) bool { return !slices.Contains(group, r) })
	}
	for i, group := range f.groups {
		for _, r := range group {
			label := "　" + r.label
			if r.label == "同意" {
				label = fmt.Sprintf("%d. %s　同意", i+1, m.printed(r.key))
			}
			if !same(r) {
				rows = append(rows, cells(label, r, base, true, placing(m, r)))
			}
		}
	}
	for _, r := range slices.DeleteFunc(slices.Clone(f.groups[0]), func(r row) bool { return !same(r) }) {
		rows = append(rows, cells("每项另有："+r.label, r, base, true, ""))
	}
	return append(rows, cells("每项合计（参与表决）", row{weight: base}, base, true, ""))
}

func cells(label string, r row, base voting.Weight, named bool, place string) []string {
	area, share := r.weight.Area.String(), voting.Share(int64(r.weight.Area), int64(base.Area))
	if r.hidden {
		area, share = inAnnex, inAnnex
	}
	line := []string{label, strconv.FormatInt(r.weight.Heads, 10), voting.Share(r.weight.Heads, base.Heads), area, share}
	if named {
		line = append(line, place)
	}
	return line
}

// placing says what became of an option; empty for lines that are no option.
func placing(m MatterResult, r row) string {
	o := m.Outcome
	if r.key == "" || (r.label != "同意" && m.Matter.Method == voting.ApprovalEach) {
		return ""
	}
	at := func(list []string) int { return slices.Index(list, r.key) }
	switch {
	case o.Result == voting.NotFormed || o.Result == voting.Undetermined:
		return "—"
	case at(o.Elected) >= 0:
		return fmt.Sprintf("当选（第 %d 名）", at(o.Elected)+1)
	case at(o.Alternates) >= 0:
		return fmt.Sprintf("候补（第 %d 名）", at(o.Alternates)+1)
	case at(o.TiePending) >= 0:
		return "末位得票相同，另行表决"
	case at(o.AlternatesTied) >= 0:
		return "候补得票相同，另行确定"
	case o.Selected == r.key:
		return "选定"
	case at(o.RunOff) >= 0:
		return "进入下一轮表决"
	}
	if short, ok := o.NotElected[r.key]; ok {
		return explain.Shortness(short)
	}
	return explain.Shortness(o.NotSelected[r.key])
}

// stepRows are every comparison with both integers, so that a share that rounds to its threshold can
// still be told from one that reaches it.
func stepRows(m MatterResult, f figures) [][]string {
	rows := [][]string{}
	for _, step := range m.Outcome.Steps {
		part, margin, share := amount(step.Dimension, step.Part), amount(step.Dimension, step.Margin), step.Share()
		if step.What == voting.Approval && step.Dimension == voting.ByArea && (f.hiddenOption(step.Option) || m.Matter.Graded() && f.anyHidden()) {
			part, margin, share = inAnnex, inAnnex, inAnnex
		}
		met := "未达到"
		if step.Met {
			met = "达到"
		}
		rows = append(rows, []string{stepLabel(m, step), part, baseWord(m, step) + " " + amount(step.Dimension, step.Whole),
			share, explain.Threshold(step.Threshold), met, margin})
	}
	return rows
}

// steps prints the comparisons.
func (n *notice) steps(m MatterResult, f figures) {
	n.Table([]paper.Column{
		{Head: "检验", Width: 112}, {Head: "数值", Width: 72, Align: paper.Right}, {Head: "基数", Width: 100, Align: paper.Right},
		{Head: "占基数%", Width: 46, Align: paper.Right}, {Head: "法定要求", Width: 70, Align: paper.Center},
		{Head: "结论", Width: 40, Align: paper.Center}, {Head: "余量", Width: paper.TextWidth - 440, Align: paper.Right},
	}, stepRows(m, f), 8.5)
}

func stepLabel(m MatterResult, step voting.Step) string {
	what := "参与表决"
	if step.What == voting.Approval {
		what = "同意"
		if m.Matter.Kind == voting.Election || m.Matter.Kind == voting.Selection {
			what = m.printed(step.Option)
		}
		if m.Matter.Graded() {
			what = explain.Favour(m.Matter) + "合计"
		}
	}
	if step.Dimension == voting.ByArea {
		return what + "（面积）"
	}
	return what + "（人数）"
}

// baseWord names the base of a step: everybody in the scope, or the participants.
func baseWord(m MatterResult, step voting.Step) string {
	c := m.Outcome.Counted
	if step.What == voting.Participation || (step.Whole == c.Total.In(step.Dimension) && step.Whole != c.Participants.In(step.Dimension)) {
		return "全体"
	}
	return "参与"
}

// amount prints heads, or square metres.
func amount(d voting.Dimension, n int64) string {
	if d == voting.ByArea {
		return voting.Area(n).String() + " ㎡"
	}
	return fmt.Sprintf("%d 人", n)
}

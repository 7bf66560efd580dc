package filing

import (
	"fmt"
	"io"
	"slices"

	"gongjue/notify/paper"
	"gongjue/voting"
	"gongjue/voting/explain"
)

// ResultNotice writes the 表决结果公告 or, while objections run, the 询异公示 of a meeting. Every share has
// its base beside it, every line both measures. ErrSums when the figures of a matter do not close.
func ResultNotice(w io.Writer, data ResultNoticeData) (paper.Report, error) {
	counted := make([]figures, len(data.Matters))
	for i, matter := range data.Matters {
		var err error
		if counted[i], err = figure(matter, data.Policies); err != nil {
			return paper.Report{}, err
		}
	}
	return write(w, cover{title: resultTitle(data), code: data.CheckCode}, func(n *notice) { n.result(data, counted) })
}

func resultTitle(data ResultNoticeData) string {
	if data.Stage == Preliminary {
		return "关于" + data.Community + "业主大会" + data.Form + "初步统计结果的公示"
	}
	return "关于" + data.Community + "业主大会" + data.Form + "表决结果的公告"
}

func (n *notice) result(data ResultNoticeData, counted []figures) {
	n.heading(resultTitle(data))
	if data.Standing != "" {
		n.Framed(data.Standing, paper.Body)
		n.Space(6)
	}
	n.Para(opening(data), body)
	section := 0
	n.section(&section, "会议范围")
	n.Para(fmt.Sprintf("小区总人数（指投票权人数，下同）：%d 人；业主大会应参加专有部分面积：%s ㎡。", data.Total.Heads, data.Total.Area), body)
	n.roster(data.Roster)
	if data.Imported != "" {
		n.Para(data.Imported, body)
	}
	n.section(&section, "各事项表决结果")
	for i, matter := range data.Matters {
		n.matter(matter, counted[i], data)
	}
	if len(data.Lot) > 0 {
		n.section(&section, "公开抽签")
		for _, line := range data.Lot {
			n.Para(line, paper.Style{Size: 9.5})
			n.Space(2)
		}
	}
	n.sheets(&section, data)
	n.section(&section, "依据")
	n.list(data.Basis)
	if data.LogRoot != "" {
		n.Para("表决记录校验根："+data.LogRoot, paper.Style{Size: 9, Indent: 2 * paper.Body})
	}
	if data.NextStep != "" {
		n.section(&section, "后续安排")
		n.Para(data.NextStep, body)
	}
	if data.Objection != "" {
		n.section(&section, "异议")
		n.Para("对以上内容有异议的，"+objection(data.Objection, data.ObjectionUntil)+"异议期届满不影响依法向人民法院请求撤销的权利。", body)
		if data.ObjectionNote != "" {
			n.Para(data.ObjectionNote, body)
		}
	}
	n.heads(&section, data.Heads, data.Witnessed)
	n.Space(6)
	n.together(func() {
		n.check(data.Link, data.CheckCode, "本公告与表决记录")
		n.closing(data)
	})
}

// sheets prints what became of the paper sheets (发放回收).
func (n *notice) sheets(section *int, data ResultNoticeData) {
	if len(data.Sheets) == 0 {
		return
	}
	n.section(section, "纸质表决票核对")
	rows := make([][]string, len(data.Sheets))
	for i, line := range data.Sheets {
		rows[i] = []string{line.Name, line.Value}
	}
	n.Table([]paper.Column{{Head: "项目", Width: 110}, {Head: "张数", Width: paper.TextWidth - 110}}, rows, tableSize)
	if data.SheetsWarning != "" {
		n.Para("请注意："+data.SheetsWarning, body)
	}
}

func opening(data ResultNoticeData) string {
	text := fmt.Sprintf("%s于%s至%s（北京时间）%s举行。", data.Title, paper.Minute(data.OpensAt), paper.Minute(data.ClosesAt), data.Manner)
	if data.Supervisor != "" {
		text += data.Supervisor + "对本次会议表决情况进行了监督。"
	}
	if data.Stage == Preliminary {
		return text + "现将初步统计结果公示如下，征询业主异议；本公示不是最终结果。"
	}
	return text + "现就会议决定公告如下："
}

func objection(channel string, until int64) string {
	if until == 0 {
		return "请向" + channel + "书面提出。"
	}
	return "请于 " + paper.Minute(until) + "（北京时间）前向" + channel + "书面提出。"
}

func (n *notice) closing(data ResultNoticeData) {
	last := "特此公告。"
	if data.Stage == Preliminary {
		last = "特此公示。"
	}
	n.Para(last, body)
	lines := []string{"召集人：" + data.Convener + "（盖章）"}
	if len(data.Tellers) > 0 {
		lines = append(lines, "计票人："+listed(data.Tellers))
	}
	if data.Supervisor != "" {
		lines = append(lines, "监督单位："+data.Supervisor+"（盖章）")
	}
	n.sealed(lines, paper.Day(data.IssuedAt))
}

// matter prints one matter with its own denominators.
func (n *notice) matter(m MatterResult, f figures, data ResultNoticeData) {
	c := m.Outcome.Counted
	n.Space(4)
	n.Band(fmt.Sprintf("事项%s　%s", paper.Ordinal(m.Number), m.Title), 11.5, 70)
	n.Field("依据：", m.Law, paper.Style{})
	scope := m.Scope
	if scope == "" {
		scope = "全体业主"
	}
	n.Field("范围：", fmt.Sprintf("%s；总人数 %d 人，专有部分总面积 %s ㎡", scope, c.Total.Heads, c.Total.Area), paper.Style{})
	n.Field("参与：", "参与表决 "+shares(c.Participants, c.Total, "全体"), paper.Style{})
	if f.silent && c.SilentDelivered.Heads > 0 {
		n.Field("其中：", "已送达未表决 "+weight(c.SilentDelivered)+"，依"+data.Clause+explain.Silence(data.Policies.SilenceIn(m.Matter.Kind)), paper.Style{})
	}
	n.Space(3)
	n.figures(m, f)
	n.outside(m, f)
	n.Space(3)
	n.steps(m, f)
	n.channels(m, f)
	n.details(m)
	n.quiet(m, f)
	n.Space(4)
	n.verdict(m, f, data)
}

// outside prints what was counted beside the participants.
func (n *notice) outside(m MatterResult, f figures) {
	c := m.Outcome.Counted
	small := paper.Style{Size: 9.5}
	if !f.void && c.Void.Heads > 0 {
		n.Para("无效票（按公布的规则不计入参与表决）："+shares(c.Void, c.Total, "全体")+"。", small)
	}
	if !f.silent && c.SilentDelivered.Heads > 0 {
		n.Para("已送达未表决（按公布的规则不计入参与表决）："+shares(c.SilentDelivered, c.Total, "全体")+"。", small)
	}
	if f.anyHidden() {
		n.Para("注：有的行人数很少，其面积可能对应到具体房屋，面积列入附件，由参加本次会议的业主向召集人查阅；各行面积之和仍等于参与表决面积。", small)
	}
}

// channels prints the heads of each option by channel: （1）同意：线上 320 人、纸质 12 人，合计 332 人.
func (n *notice) channels(m MatterResult, f figures) {
	if len(m.Channels) == 0 {
		return
	}
	n.Space(3)
	number := 0
	for _, group := range f.groups {
		for _, r := range group {
			parts := m.Channels[r.key]
			if r.key == "" || len(parts) == 0 || (m.Matter.Method == voting.ApprovalEach && r.label != "同意") {
				continue
			}
			number++
			n.Para(fmt.Sprintf("（%d）%s：%s", number, optionLabel(m, r), channelText(parts, r)), paper.Style{Size: 9.5})
		}
	}
}

// channelText adds the channels up; areas are left out where one of them is as good as a room number.
func channelText(parts []ChannelCount, r row) string {
	total, hidden := voting.Weight{}, r.hidden
	for _, part := range parts {
		total = total.Plus(part.Weight)
		hidden = hidden || (part.Weight.Heads > 0 && part.Weight.Heads < fewHeads)
	}
	measured := func(w voting.Weight) string {
		if hidden {
			return fmt.Sprintf("%d 人", w.Heads)
		}
		return weight(w)
	}
	words := make([]string, len(parts))
	for i, part := range parts {
		words[i] = part.Channel + " " + measured(part.Weight)
	}
	text := listed(words) + "，合计 " + measured(total)
	if added := r.weight.Minus(total); added != (voting.Weight{}) {
		text += "；另按公布的规则计入 " + measured(added) + "，共 " + measured(r.weight)
	}
	return text + "。"
}

// details prints the void ballots by reason and the six classes.
func (n *notice) details(m MatterResult) {
	small := paper.Style{Size: 9.5}
	if len(m.Voids) > 0 {
		words := make([]string, len(m.Voids))
		for i, void := range m.Voids {
			words[i] = void.Reason + " " + weight(void.Weight)
		}
		n.Field("无效票原因：", listed(words), small)
	}
	if len(m.Classes) > 0 {
		words := make([]string, len(m.Classes))
		for i, class := range m.Classes {
			words[i] = class.Name + " " + classText(class)
		}
		n.Field("表决票去向：", listed(words)+"；其中有送达凭证的 "+classText(m.Delivered)+"（含已表决的）", small)
	}
}

func classText(class Class) string {
	if class.Few {
		return fmt.Sprintf("%d 人", class.Weight.Heads)
	}
	return weight(class.Weight)
}

// quiet prints the figures of the reading without silent ballots, so that both stand in full.
func (n *notice) quiet(m MatterResult, f figures) {
	if f.quiet == nil {
		return
	}
	m.Outcome = m.Outcome.Variants[voting.WithoutSilence]
	n.Space(4)
	n.Para("以上为“计入”已送达未表决票的结果。“不计入”时：参与表决 "+shares(m.Outcome.Counted.Participants, m.Outcome.Counted.Total, "全体")+"。", paper.Style{Keep: 3})
	n.Space(2)
	n.figures(m, *f.quiet)
}

// verdict prints the word of the outcome, the legal sentence and, with a silence policy, both readings.
func (n *notice) verdict(m MatterResult, f figures, data ResultNoticeData) {
	text := "结论：" + explain.Verdict(m.Matter, m.Outcome)
	if m.Lapsed {
		text += "（前提没有成立，不产生效力）"
	}
	if m.Outcome.Committee != "" {
		text += "；" + explain.Committee(m.Matter, m.Outcome)
	}
	text += "\n" + legal(m, f, data.Law)
	if needed := changed(m, f, data.Policies); needed != "" {
		text += "\n" + needed
	}
	for _, note := range m.Notes {
		text += "\n" + note
	}
	if _, ok := m.Outcome.Variants[voting.WithoutSilence]; ok {
		text += fmt.Sprintf("\n已送达未表决的票 %s，依%s。“计入”：%s；“不计入”：%s。", weight(m.Outcome.Counted.SilentDelivered), data.Clause,
			explain.Verdict(m.Matter, m.Outcome), explain.VerdictBeside(m.Matter, m.Outcome, voting.WithoutSilence))
	} else if data.Policies.SilenceIn(m.Matter.Kind) != voting.NotParticipating {
		text += "\n本事项没有已送达未表决的票，“计入”与“不计入”的结果相同。"
	}
	if why := explain.NoLot(m.Outcome); why != "" {
		text += "\n" + why
	}
	n.Framed(text, paper.Body)
}

// legal is the legal sentence. It says what an option lacks, so where that area stands in the annex only
// the rule is printed.
func legal(m MatterResult, f figures, law voting.Law) string {
	lacking := func(s voting.Step) bool {
		return s.What == voting.Approval && !s.Met && f.hiddenOption(s.Option)
	}
	if m.Matter.Kind != voting.Consult && slices.ContainsFunc(m.Outcome.Steps, lacking) {
		return explain.Rule(law, m.Matter)
	}
	return explain.Formal(law, m.Matter, m.Outcome, explain.Names{Title: m.Title, Options: m.Names})
}

// changed says what would have changed the outcome. It names areas, so it is left out where one of them stands in the annex.
func changed(m MatterResult, f figures, p voting.Policies) string {
	if f.anyHidden() {
		return ""
	}
	return explain.Needed(m.Matter, m.Outcome) + explain.Margin(m.Matter, p, m.Outcome, explain.Names{Title: m.Title, Options: m.Names})
}

func optionLabel(m MatterResult, r row) string {
	switch {
	case r.key == "" || m.Matter.YesNo():
		return r.label
	case m.Matter.Method == voting.ApprovalEach:
		return m.printed(r.key) + " " + r.label
	}
	return m.printed(r.key)
}

// printed is the name of an option as it stands on the paper.
func (m MatterResult) printed(option string) string {
	if name := m.Names[option]; name != "" {
		return name
	}
	return option
}

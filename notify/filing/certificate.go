package filing

import (
	"fmt"
	"io"

	"gongjue/notify/paper"
)

// Certificate writes the 备案证明 of the street. A filing records what was decided, it does not decide
// (domain trap 19), and the paper says so.
func Certificate(w io.Writer, data CertificateData) (paper.Report, error) {
	return write(w, cover{title: "业主大会备案证明", code: data.CheckCode}, func(n *notice) { n.certificate(data) })
}

// certificateTypes are the sizes of what is on record: a certificate hangs framed at the gate, so the largest is taken in
// which it stays on one page. A record too long for any of them goes on in the first.
var certificateTypes = []float64{11, 10, 9, paper.Small}

func (n *notice) certificate(data CertificateData) {
	size := certificateTypes[0]
	for _, smaller := range certificateTypes {
		if n.Count(func() { n.certificateIn(data, smaller) }) == 0 {
			size = smaller
			break
		}
	}
	n.certificateIn(data, size)
}

// certificateIn prints the document with what is on record in type of the size.
func (n *notice) certificateIn(data CertificateData, size float64) {
	n.Y += 16
	n.Line(paper.Margin, n.Y, paper.TextWidth, 26, paper.Center, "业 主 大 会 备 案 证 明")
	n.Y += 40
	n.Para("备案号："+data.Number, paper.Style{Size: 12, Align: paper.Center})
	if data.Standing != "" {
		n.Para(data.Standing, paper.Style{Size: 22, Align: paper.Center})
	}
	n.Rule(paper.Margin, n.Y+4, paper.TextWidth)
	n.Y += 18
	n.Para(data.Sentence, paper.Style{Size: 12, First: 24})
	if data.Note != "" {
		n.Para(data.Note, paper.Style{Size: 12, First: 24})
	}
	n.Space(8)
	n.Table([]paper.Column{{Head: "备案内容", Width: 120}, {Head: "记载", Width: paper.TextWidth - 120}}, certified(data), size)
	n.Space(size - 1)
	if len(data.Checked) > 0 {
		n.Para("核对情况", paper.Style{Size: paper.Heading, Keep: 2})
		for i, checked := range data.Checked {
			n.Field(fmt.Sprintf("　　（%d）", i+1), checked, paper.Style{Size: min(size, paper.Body)})
		}
	}
	if data.Remark != "" {
		n.Field("备注：", data.Remark, paper.Style{})
	}
	n.together(func() {
		n.Para("备案是对报送材料的记录，不改变业主共同决定的内容和效力。", paper.Style{Size: 9.5})
		n.Space(10)
		n.check(data.Link, data.CheckCode, "本证明")
		if data.Link != "" {
			n.Y -= besideCode
		}
		n.sealed([]string{data.Authority + "（盖章）"}, paper.Day(data.CertifiedAt))
	})
}

// besideCode is how far the room for the seal, at the right, reaches up beside the code, at the left: the words
// beside the code end above it.
const besideCode = 30

// certified are the rows of what is on record; empty ones are left out.
func certified(data CertificateData) [][]string {
	term := ""
	if data.Term > 0 {
		term = "第" + paper.Ordinal(data.Term) + "届"
	}
	if data.TermFrom != "" {
		term += "，任期 " + data.TermFrom + " 至 " + data.TermTo
	}
	rows := [][]string{
		{"业主大会名称", data.Assembly}, {"业主委员会名称", data.Committee}, {"届别与任期", term}, {"负责人", data.Chair},
		{"委员", listed(data.Members)}, {"候补委员", listed(data.Alternates)}, {"办公地址", data.Office},
		{"会议", data.Meeting}, {"投票时间", paper.Minute(data.MeetingFrom) + " 至 " + paper.Minute(data.MeetingTo) + "（北京时间）"},
		{"召集人", data.Convener},
	}
	for _, m := range data.Matters {
		rows = append(rows, []string{"事项" + paper.Ordinal(m.Number), m.Title + "：" + m.Word})
	}
	rows = append(rows, []string{"结果公告校验值", data.ResultHash}, []string{"材料校验值", data.RecordHash})
	kept := [][]string{}
	for _, r := range rows {
		if r[1] != "" {
			kept = append(kept, r)
		}
	}
	return kept
}

package filing

import (
	"fmt"
	"io"

	"gongjue/notify/paper"
)

// MeetingNotice writes the 会议公告: what is voted, by whom, by which rules, until when. What it prints is
// what the notice froze; the full text of every matter stands in it, over as many pages as it takes.
func MeetingNotice(w io.Writer, data MeetingNoticeData) (paper.Report, error) {
	title := "关于召开" + data.Community + "业主大会" + data.Form + "的公告"
	return write(w, cover{title, data.CheckCode, data.Stamp}, func(n *notice) { n.meeting(title, data) })
}

func (n *notice) meeting(title string, data MeetingNoticeData) {
	n.heading(title)
	n.Para(data.Community+"全体业主：", paper.Style{})
	n.Para("经"+data.Convener+"召集，定于下列时间举行"+data.Title+"，请各位业主（投票权人）行使表决权。现将有关事项公告如下：", body)
	section := 0
	n.section(&section, "会议")
	plain := paper.Style{}
	n.Field("召集人：", data.Convener, plain)
	n.Field("投票时间：", paper.Minute(data.OpensAt)+" 至 "+paper.Minute(data.ClosesAt)+"（北京时间，截止时刻起不再收票）", plain)
	scope := data.Scope
	if scope == "" {
		scope = "全体业主"
	}
	n.Field("投票范围：", scope, plain)
	n.Field("总人数：", fmt.Sprintf("投票权人数（人数）%d 人", data.Total.Heads), plain)
	n.Field("总面积：", fmt.Sprintf("专有部分面积之和 %s ㎡", data.Total.Area), plain)
	n.Field("投票方式：", listed(data.Channels), plain)
	if data.Ways != "" {
		n.Para(data.Ways, body)
	}
	n.roster(data.Roster)
	n.members(data.Members)
	n.section(&section, "表决事项")
	for _, matter := range data.Matters {
		n.proposal(matter)
	}
	n.section(&section, "计票规则")
	n.list(data.Counting)
	if data.Silence != "" {
		n.Framed("重要提示：已送达而未表决的票："+data.Silence, paper.Body)
	} else {
		n.Para("已送达而未表决的票不计入参与表决。", body)
	}
	n.parameters(&section, data.Parameters)
	n.section(&section, "异议与联系")
	n.Para("对业主名册、表决事项和计票规则有异议的，"+objection(data.Objection, data.ObjectionUntil), body)
	n.Field("联系：", data.Contact, plain)
	n.heads(&section, data.Heads, "")
	n.Space(6)
	n.together(func() {
		n.check(data.Link, data.CheckCode, "本公告，查看全文和附件")
		if data.Stamp != "" {
			n.Para("正式公告在此处印有二维码、核验码和公布日期。", paper.Style{Size: 9})
		}
		n.Para("特此公告。", body)
		n.sealed([]string{"召集人：" + data.Convener + "（盖章）"}, paper.Day(data.IssuedAt))
	})
}

// members lists the convening group with what each consented to publish.
func (n *notice) members(members []Member) {
	if len(members) == 0 {
		return
	}
	n.Space(4)
	rows := make([][]string, len(members))
	for i, m := range members {
		rows[i] = []string{m.Name, m.Role, m.Unit, m.Duty, m.Phone}
	}
	n.Table([]paper.Column{
		{Head: "姓名", Width: 80}, {Head: "职务", Width: 90}, {Head: "单位或房号", Width: 130}, {Head: "分工", Width: 110},
		{Head: "电话", Width: paper.TextWidth - 410},
	}, rows, tableSize)
}

// proposal prints one matter in full.
func (n *notice) proposal(m NoticeMatter) {
	n.Space(4)
	n.Band(fmt.Sprintf("事项%s　%s", paper.Ordinal(m.Number), m.Title), 11.5, 40)
	n.Field("依据：", m.Law, paper.Style{})
	scope := m.Scope
	if scope == "" {
		scope = "全体业主"
	}
	n.Field("范围：", fmt.Sprintf("%s；总人数 %d 人，专有部分总面积 %s ㎡", scope, m.Total.Heads, m.Total.Area), paper.Style{})
	if m.Seats > 0 {
		seats := fmt.Sprintf("应选 %d 名", m.Seats)
		if m.Alternates > 0 {
			seats += fmt.Sprintf("，候补名额 %d 名", m.Alternates)
		}
		n.Field("名额：", seats, paper.Style{})
	}
	if m.MaxChoices > 0 {
		n.Field("勾选：", fmt.Sprintf("每张票最多勾选 %d 项", m.MaxChoices), paper.Style{})
	}
	if len(m.Options) > 0 {
		n.Field("选项：", listed(m.Options), paper.Style{})
	}
	n.Para(m.Text, body)
	small := paper.Style{Size: 9}
	n.Field("全文校验值：", m.TextHash, small)
	for i, file := range m.Attachments {
		n.Field(fmt.Sprintf("附件 %d：", i+1), file.Name+"（校验值 "+file.Hash+"）", small)
	}
}

// parameters prints every announced parameter: what the law leaves open is settled before the vote.
func (n *notice) parameters(section *int, parameters []Parameter) {
	if len(parameters) == 0 {
		return
	}
	n.section(section, "事先公布的表决参数")
	rows := make([][]string, len(parameters))
	for i, p := range parameters {
		rows[i] = []string{p.Name, p.Value, p.Meaning}
	}
	n.Table([]paper.Column{{Head: "参数", Width: 105}, {Head: "取值", Width: 165}, {Head: "说明", Width: paper.TextWidth - 270}}, rows, tableSize)
}

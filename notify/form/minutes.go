package form

import (
	"fmt"
	"io"

	"gongjue/notify/paper"
	"gongjue/notify/word"
)

// Minutes writes the 业主大会会议记录 (条例第14条第3款): what the program knows is filled in, the signatures are not.
func Minutes(w io.Writer, data Data) error {
	doc := word.New("业主大会会议记录")
	doc.Title(data.Title+"会议记录", false)
	doc.Heading("一、会议")
	doc.Para("召集人：" + data.Convener + "（" + data.ConvenerIs + "）")
	doc.Para("通知：" + paper.Minute(data.NoticedAt) + "公布会议公告，载明全部表决事项。")
	doc.Para("投票时间：" + data.window() + "。" + data.Manner + "。")
	doc.Para("收票和计票地点：" + orBlank(data.Place, "　　　　　　　　"))
	doc.Para(fmt.Sprintf("应参加：专有部分 %d 个，投票权人 %s。业主名册：%s。", data.Units, data.weight(), data.Roster))
	doc.Para(fmt.Sprintf("收回表决票 %d 张。", data.Ballots))
	doc.Heading("二、表决情况")
	for _, m := range data.Matters {
		doc.Sub(fmt.Sprintf("（%s）%s", paper.Ordinal(m.Number), m.Title))
		if m.Scope != "" {
			doc.Para("范围：" + m.Scope + "。")
		}
		doc.Para("参与表决：" + m.Participated + "。")
		doc.Para(m.Sentence)
		if !m.InForce {
			doc.Para("结果：" + m.Word + "。")
		}
	}
	doc.Heading("三、计票和公示")
	doc.Para("计票时间：" + paper.Minute(data.CountedAt) + "。各选项的人数、面积和比例见《表决结果汇总表和明细表》。")
	if data.PreparedAt != 0 {
		doc.Para("初步统计结果于" + paper.Minute(data.PreparedAt) + "公示。" + data.Objections.sentence())
	}
	doc.Para("最终结果于" + paper.Minute(data.PublishedAt) + "公告。")
	doc.Heading("四、签字")
	doc.Para("唱票人、计票人、监票人不是本次选举的候选人。")
	doc.Table([]word.Column{{Head: "身份", Width: 36}, {Head: "姓名", Width: 36}, {Head: "签名", Width: 46}, {Head: "日期", Width: 38}}, [][]string{
		{"主持人", "", "", ""}, {"记录人", "", "", ""}, {"唱票人", "", "", ""}, {"计票人", "", "", ""}, {"计票人", "", "", ""},
		{"监票人", "", "", ""}, {"业主代表", "", "", ""}, {"居（村）民委员会", "", "", ""},
	}, 11)
	doc.Closing("以上记录经核对无误。", "召集人："+data.Convener+"（盖章）", blankDay)
	return doc.Write(w)
}

func (o Objections) sentence() string {
	if o.Raised == 0 {
		return "公示期内没有收到异议。"
	}
	return fmt.Sprintf("公示期内收到异议 %d 件：成立 %d 件，不成立 %d 件，撤回 %d 件，答复见《异议和答复》。", o.Raised, o.Upheld, o.Dismissed, o.Withdrawn)
}

// Decision writes the 业主大会决定: what passed, with its legal sentence, and what did not.
func Decision(w io.Writer, data Data) error {
	doc := word.New("业主大会决定")
	doc.Title(data.Assembly+"决定", false)
	doc.Line("全体业主：")
	doc.Para(fmt.Sprintf("%s于%s举行，%s。本次会议投票权人 %s。经表决，作出下列决定：", data.Title, data.window(), data.Manner, data.weight()))
	number := 0
	for _, m := range data.Matters {
		if m.InForce {
			number++
			doc.Heading(paper.Ordinal(number) + "、" + m.Title)
			doc.Para(m.Sentence)
		}
	}
	if number == 0 {
		doc.Para("本次会议没有通过任何事项。")
	}
	others := false
	for _, m := range data.Matters {
		if m.InForce {
			continue
		}
		if !others {
			number++
			doc.Heading(paper.Ordinal(number) + "、没有形成决定的事项")
			others = true
		}
		doc.Para(fmt.Sprintf("事项%s“%s”：%s。", paper.Ordinal(m.Number), m.Title, m.Word))
	}
	doc.Closing("业主大会的决定对全体业主具有法律约束力。侵害业主合法权益的，受侵害的业主可以请求人民法院予以撤销（民法典第二百八十条）。",
		data.Assembly+"（盖章）", "召集人："+data.Convener+"（盖章）", blankDay)
	doc.Small("各选项的人数、面积和比例见同日的表决结果公告；表决通过的全文见《表决通过的文本》。")
	return doc.Write(w)
}

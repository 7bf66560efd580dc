package form

import (
	"fmt"
	"io"
	"strings"

	"gongjue/notify/paper"
	"gongjue/notify/word"
)

// Registration writes the 备案登记表. No official blank form is known (domain §15); its fields are those of 条例第16条 and of
// the certificates that places issue.
func Registration(w io.Writer, data Data) error {
	doc := word.New("业主大会备案登记表")
	doc.Title("业主大会备案登记表", false)
	doc.Line("备案机关：" + strings.Join(data.Authorities, "、"))
	doc.Fields([]int{30, 48, 30, 48}, [][]string{
		{"物业管理区域", data.Community, "业主大会名称", data.Assembly},
		{"业主委员会", orBlank(data.Committee, "本次会议没有选举产生"), "届别、任期", data.Term},
		{"负责人（主任）", data.Chair, "联系电话", ""}, {"办公地址", ""},
		{"召集人", data.Convener + "（" + data.ConvenerIs + "）", "会议形式", data.Kind},
		{"会议名称", data.Title}, {"通知公布", paper.Minute(data.NoticedAt), "结果公告", paper.Minute(data.PublishedAt)},
		{"投票时间", data.window()},
		{"专有部分", fmt.Sprintf("%d 个", data.Units), "收回表决票", fmt.Sprintf("%d 张", data.Ballots)},
		{"总人数、总面积", data.weight()}, {"业主名册", data.Roster},
	}, 9)
	doc.Heading("一、表决事项和结果")
	rows := [][]string{}
	for _, m := range data.Matters {
		rows = append(rows, []string{fmt.Sprint(m.Number), m.Title, m.Participated, m.Word})
	}
	doc.Table([]word.Column{{Head: "序号", Width: 14, Align: "center"}, {Head: "事项", Width: 48}, {Head: "参与表决", Width: 52}, {Head: "结果", Width: 42}}, rows, 8)
	doc.Heading("二、提交的材料")
	doc.Table([]word.Column{{Head: "材料", Width: 66}, {Head: "情况", Width: 90}}, lines(data.Papers), 8)
	doc.Heading("三、校验值")
	doc.Table([]word.Column{{Head: "名称", Width: 46}, {Head: "校验值", Width: 110}}, lines(data.Digests), 8)
	doc.Closing("本表所填和所附材料均真实、完整，与公告的结果一致。", "申请人："+data.Convener+"（盖章）", "经办人（签名）：　　　　　　　　", "联系电话：　　　　　　　　", blankDay)
	doc.Heading("四、备案机关意见")
	for _, authority := range data.Authorities {
		doc.Fields([]int{46, 110}, [][]string{{authority, "\n\n（盖章）　　经办人：　　　　　　\n" + blankDay}}, 24)
	}
	doc.Small("备案是对报送材料的记录，不改变业主共同决定的内容和效力。")
	return doc.Write(w)
}

func orBlank(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

func lines(list []Line) [][]string {
	rows := make([][]string, len(list))
	for i, line := range list {
		rows[i] = []string{line.Name, line.Value}
	}
	return rows
}

package form

import (
	"fmt"
	"io"

	"gongjue/notify/word"
)

// handOvers is how many lines are left for evenings on which a box changed hands.
const handOvers = 10

// Sheets writes 表决票发放回收核对和交接记录: the figures of the program, and lines for boxes, seals and signatures, which
// only those who were there can write.
func Sheets(w io.Writer, data Data) error {
	doc := word.New("表决票发放回收核对和交接记录")
	doc.Title("表决票发放回收核对和交接记录", false)
	doc.Line("会议：" + data.Title)
	doc.Heading("一、发放和回收")
	doc.Table([]word.Column{{Head: "项目", Width: 46}, {Head: "张数", Width: 110}}, lines(data.Sheets), 8)
	if data.Warning != "" {
		doc.Para("请注意：" + data.Warning)
	}
	doc.Heading("二、各楼幢送达情况")
	right := "right"
	columns := []word.Column{{Head: "楼幢", Width: 36}, {Head: "制作", Width: 24, Align: right}, {Head: "送达", Width: 24, Align: right},
		{Head: "拒收", Width: 24, Align: right}, {Head: "无法送达", Width: 24, Align: right}, {Head: "没有登记", Width: 24, Align: right}}
	rows := [][]string{}
	for _, b := range data.Buildings {
		rows = append(rows, []string{b.Building, fmt.Sprint(b.Issued), fmt.Sprint(b.Delivered), fmt.Sprint(b.Refused), fmt.Sprint(b.Undeliverable), fmt.Sprint(b.Blank)})
	}
	doc.Table(columns, rows, 8)
	doc.Para("逐张登记见《送达登记》。")
	doc.Heading("三、票箱和表决票交接")
	doc.Para("每晚封箱、换人和开箱时填写。封条号前后不一致的，停止计票并记录。")
	blank := make([][]string, handOvers)
	for i := range blank {
		blank[i] = make([]string, 7)
	}
	doc.Table([]word.Column{{Head: "日期和时间", Width: 30}, {Head: "票箱号", Width: 18}, {Head: "封条号", Width: 24}, {Head: "张数", Width: 16},
		{Head: "移交人签名", Width: 24}, {Head: "接收人签名", Width: 24}, {Head: "见证人签名", Width: 20}}, blank, 11)
	doc.Closing("以上核对和交接情况属实。", "计票人（签名）：　　　　　　　　", "监票人（签名）：　　　　　　　　", blankDay)
	return doc.Write(w)
}

package sheet

import (
	"fmt"
	"io"

	"gongjue/notify/paper"
	"gongjue/voting"
)

// Displayed is what the poster of a roster on display says. It holds no personal data.
type Displayed struct {
	Community  string
	Until      int64 // Unix ms
	AnswerDays int
	Units      int64
	Total      voting.Weight
	Contact    string
	Place      string
	Link       string // the page of the display; QR
}

// displaySteps are what a resident does.
var displaySteps = []string{"扫码：用微信扫一扫上面的二维码", "查房：选楼幢、填房号，核对自己的面积", "不对：点“提出异议”，或到下面的地点办理"}

// RosterPoster writes the A4 poster of a roster on display: what to check, until when, and the code that leads to it.
func RosterPoster(w io.Writer, data Displayed) (paper.Report, error) {
	doc, err := paper.New(data.Community + " 名册公示海报")
	if err != nil {
		return paper.Report{}, err
	}
	doc.Begin("poster")
	big := func(s string, size float64) { doc.Para(s, paper.Style{Size: size, Align: paper.Center}) }
	big(data.Community, 24)
	big("业主名册公示", 36)
	big("请查一查：您家的面积对不对？", 20)
	doc.Space(4)
	const side = 230
	doc.QR((paper.Width-side)/2, doc.Y, side, data.Link)
	doc.Y += side + 4
	for i, step := range displaySteps {
		doc.Para(fmt.Sprintf("%d. %s", i+1, step), paper.Style{Size: 20, Indent: 30})
	}
	doc.Space(8)
	doc.Rule(paper.Margin, doc.Y, paper.TextWidth)
	doc.Space(8)
	large := paper.Style{Size: 17}
	doc.Field("截止：", paper.Minute(data.Until)+"（北京时间）", large)
	doc.Field("总数：", fmt.Sprintf("专有部分 %d 个，%d 人，%s ㎡", data.Units, data.Total.Heads, data.Total.Area), large)
	doc.Field("地点：", data.Place, large)
	doc.Field("联系：", data.Contact, large)
	if data.AnswerDays > 0 {
		doc.Field("答复：", fmt.Sprintf("提出后 %d 日内书面答复", data.AnswerDays), large)
	}
	doc.Space(4)
	doc.Para("公示的只有房号和面积，没有任何业主的姓名、电话和证件号码。", paper.Style{Size: 12})
	if note := doc.MissingNote(); note != "" {
		doc.Para(note, paper.Style{Size: 9})
	}
	return doc.Finish(w)
}

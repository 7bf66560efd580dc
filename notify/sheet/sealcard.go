package sheet

import (
	"fmt"
	"io"
	"strings"

	"gongjue/notify/paper"
)

// SealCard is a seal card (开票卡) as it is handed to its holder. Its groups open ballots together with another card: the
// paper is kept in an envelope, and nobody keeps the file.
type SealCard struct {
	Community string
	Meeting   string
	Role      string // of the holder, such as 街道
	Number    int    // 1–3
	TakenAt   int64  // Unix ms
	ClosesAt  int64
	Groups    []string // ten of four symbols
	Link      string   // where it is typed in
}

// The sentences about a card, each list under its heading.
var sealCardText = []struct {
	title string
	lines []string
}{
	{"怎样保管", []string{
		"把这张纸对折，装进信封封好，封口处签名、写上日期、加盖公章，和公章一样锁好。",
		"不要拍照，不要发给任何人，不要存进电脑；打印以后请把电脑里的这个文件删掉。",
		"三方各自保管自己的一张，不要放在一起：谁拿到两张，谁就能打开选票。"}},
	{"什么时候用", []string{
		"投票截止以前谁都用不着，系统也不收。截止以后，召集人、街道、计票人三方中的任意两方到齐就能开票。"}},
	{"怎样用", []string{
		"登录系统，打开本次会议的“开票卡”页面，按顺序录入十组字，大小写都可以；也可以用手机扫上面的二维码，把读出来的字复制过去。",
		"第一张录入以后等另一方，三天内有效；第二张录入以后马上开票、计票。开票的是哪两方，会记入投票记录并公开。"}},
	{"丢了怎么办", []string{
		"发布通知以前丢了：在“开票卡”页面换一张，原来的作废。",
		"发布通知以后不能再换。丢一张不影响开票；丢了两张，选票谁也打不开，只能重新表决。"}},
}

// SealCardPaper writes a card on one A4 page: the card above, how it is kept and used below. It prints in black alone.
func SealCardPaper(w io.Writer, card SealCard) (paper.Report, error) {
	doc, err := paper.New("开票卡")
	if err != nil {
		return paper.Report{}, err
	}
	size := 13.0
	for size > 10 && doc.Count(func() { drawSealSheet(doc, card, size) }) > 1 {
		size--
	}
	drawSealSheet(doc, card, size)
	return doc.Finish(w)
}

// drawSealSheet prints card and explanation, the latter in type of the size.
func drawSealSheet(d *paper.Doc, card SealCard, size float64) {
	d.Begin("seal card")
	drawSealCard(d, card)
	for _, part := range sealCardText {
		d.Para(part.title, paper.Style{Size: size + 2, Keep: 1})
		for i, line := range part.lines {
			d.Field(fmt.Sprintf("（%d）", i+1), line, paper.Style{Size: size})
		}
		d.Space(4)
	}
	d.Field("领取人（签名）：", "＿＿＿＿＿＿＿＿＿＿　日期：＿＿＿＿＿＿＿＿＿＿", paper.Style{Size: size})
}

func drawSealCard(d *paper.Doc, card SealCard) {
	const side, pad, perRow, size = 120.0, 12.0, 5, 24.0
	top := d.Y
	d.Y += pad
	narrow := paper.Style{Indent: pad, Narrow: side + 2*pad, Size: 12}
	title := narrow
	title.Size = 26
	d.Para("开票卡　"+card.Role, title)
	d.Para(fmt.Sprintf("第 %d 张，共三张；任意两张到齐才能打开选票", card.Number), narrow)
	d.Field("小区：", card.Community, narrow)
	d.Field("会议：", card.Meeting, narrow)
	d.Field("领取：", paper.Minute(card.TakenAt), narrow)
	d.Field("启用：", paper.Minute(card.ClosesAt)+" 投票截止以后", narrow)
	d.QR(paper.Margin+paper.TextWidth-side-pad, top+pad, side, strings.Join(card.Groups, "-"))
	d.Y = max(d.Y, top+side+pad) + 8
	width := (paper.TextWidth - 2*pad) / perRow
	for i, group := range card.Groups {
		x := paper.Margin + pad + float64(i%perRow)*width
		d.Text(x, d.Y, paper.Small, fmt.Sprint(i+1))
		d.Text(x+14, d.Y, size, group)
		if i%perRow == perRow-1 {
			d.Y += size * 1.7
		}
	}
	d.Para("没有字母 I、L、O、U：像 1 的是数字一，像 0 的是数字零。", paper.Style{Indent: pad, Size: 10})
	for _, line := range paper.Wrap("录入的网页："+card.Link, 10, paper.TextWidth-2*pad) {
		d.Line(paper.Margin+pad, d.Y, paper.TextWidth, 10, paper.Left, line)
		d.Y += 14
	}
	d.Y += 4
	d.Box(paper.Margin, top, paper.TextWidth, d.Y-top)
	d.Space(14)
}

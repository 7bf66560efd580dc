package sheet

import (
	"fmt"
	"io"

	"gongjue/notify/paper"
)

// Poster writes the A4 poster of a meeting: what is voted, until when, and the code that leads to it.
// It holds no personal data. A long agenda goes on on a second page rather than shrinking below 13 points.
func Poster(w io.Writer, meeting Meeting) (paper.Report, error) {
	doc, err := paper.New(meeting.Community + " 投票海报")
	if err != nil {
		return paper.Report{}, err
	}
	drawPoster(doc, meeting, posterSize(doc, meeting))
	return doc.Finish(w)
}

// posterSize is the largest type in which the poster fits one page; the smallest where none does.
func posterSize(doc *paper.Doc, meeting Meeting) float64 {
	size := 17.0
	for size > 13 && doc.Count(func() { drawPoster(doc, meeting, size) }) > 1 {
		size--
	}
	return size
}

// steps are what a resident does. Where no vote may be cast on this system, the code leads to the notice and no further.
func (m Meeting) steps() []string {
	switch {
	case m.NoOnline && m.Platform == "":
		return []string{"看公告：用微信扫一扫上面的二维码", "填票：填写发到每户的纸质表决票，并签名", "交票：" + m.handIn()}
	case m.NoOnline:
		return []string{"看公告：用微信扫一扫上面的二维码", "投票：在" + m.Platform + "上投票，或填写纸质表决票", "交票：纸质票" + m.handIn()}
	}
	return []string{"扫码：用微信扫一扫上面的二维码", "验证：用业主名册上登记的手机号收验证码", "投票：逐项选择，确认后保存回执"}
}

func (m Meeting) handIn() string {
	if m.ReturnPlace == "" {
		return "在截止前交给召集人"
	}
	return "在截止前交到" + m.ReturnPlace
}

// more says what else there is to know.
func (m Meeting) more() string {
	switch {
	case m.NoOnline && m.Platform == "":
		return "按当地规定，本次会议不在网上投票，只收纸质表决票；没有收到的，请联系召集人领取。"
	case m.NoOnline:
		return "按当地规定，电子投票须使用" + m.Platform + "，本系统不收电子投票。纸质表决票效力相同；没有收到的，请联系召集人领取。"
	}
	return "不方便用手机的，可以领取纸质表决票，效力相同。每户收到的表决票上另有专用二维码，扫码更快。"
}

func drawPoster(d *paper.Doc, m Meeting, size float64) {
	d.Turned = nil
	d.Begin("poster")
	big := func(s string, size float64) { d.Para(s, paper.Style{Size: size, Align: paper.Center}) }
	big(m.Community, 24)
	big("业主大会投票", 36)
	big(m.Title, size)
	d.Space(4)
	side := 230.0
	if m.Opening.Mark != "" {
		side = 180 // the fingerprint takes its room from the code, which phones read across a hall all the same
	}
	d.QR((paper.Width-side)/2, d.Y, side, m.Link)
	d.Y += side + 4
	for i, step := range m.steps() {
		d.Para(fmt.Sprintf("%d. %s", i+1, step), paper.Style{Size: size + 3, Indent: 42})
	}
	d.Space(8)
	d.Rule(paper.Margin, d.Y, paper.TextWidth)
	d.Space(8)
	large := paper.Style{Size: size}
	d.Field("投票时间：", paper.Minute(m.OpensAt)+" 至\n"+paper.Minute(m.ClosesAt)+"（北京时间）", large)
	d.Field("投票范围：", or(m.Scope, "全体业主"), large)
	d.Para("表决事项：", large)
	for _, matter := range m.Matters {
		d.Para(fmt.Sprintf("（%s）%s%s", paper.Ordinal(matter.Number), matter.Title, scoped(matter.Scope)), paper.Style{Size: size, Indent: 2 * size})
	}
	d.Field("召集人：", m.Convener, large)
	d.Field("联系：", m.Contact, large)
	d.Space(4)
	d.Para(m.more(), paper.Style{Size: 12})
	drawOpening(d, m.Opening)
	if note := d.MissingNote(); note != "" {
		d.Para(note, paper.Style{Size: 9})
	}
}

// drawOpening prints the head that the log was opened with, its code at the left; nothing before the opening.
func drawOpening(d *paper.Doc, head Head) {
	if head.Mark == "" {
		return
	}
	const side, beside = 80, 92
	d.Space(8)
	d.Need(side)
	top := d.Y
	d.QR(paper.Margin, top, side, head.Link)
	note := paper.Style{Size: 12, Indent: beside}
	d.Para("投票开始时的指纹（"+paper.Minute(head.At)+"）", note)
	d.Para(head.Mark, paper.Style{Size: 15, Indent: beside})
	d.Para("请拍照留存：以后查到的，应与这里一样。扫左边的小码可以比对。", note)
	d.Y = max(d.Y, top+side)
}

func scoped(scope string) string {
	if scope == "" {
		return ""
	}
	return "（" + scope + "）"
}

// Package filing prints what is posted and filed: 业主名册公示, 会议公告, 表决结果公告 and
// 备案证明, as PDF. They state what they are given: outcomes come decided from voting, legal sentences come
// in words. It imports no models. No owner's name or phone is printed except those who consented.
package filing

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"gongjue/notify/paper"
	"gongjue/voting"
)

// ErrSums says that the figures of a matter do not add up: such a notice is not printed.
var ErrSums = errors.New("the figures of the notice do not add up")

// cover is what every page of a document carries.
type cover struct {
	title string
	code  string // check code, at the foot
	stamp string // across the page, such as 预览·未发布; empty for the real thing
}

// notice is a document in the making.
type notice struct {
	*paper.Doc
	cover
	pages int
	first int
}

// write prints a document: a rehearsal counts its pages, then it is drawn.
func write(w io.Writer, c cover, body func(*notice)) (paper.Report, error) {
	doc, err := paper.New(c.title)
	if err != nil {
		return paper.Report{}, err
	}
	doc.Stamp = c.stamp
	n := &notice{Doc: doc, cover: c}
	n.print(body)
	return doc.Finish(w)
}

func (n *notice) print(body func(*notice)) {
	draw := func() {
		n.Turned = n.footer
		n.Begin(n.title)
		n.first = n.Page()
		n.footer()
		body(n)
		if note := n.MissingNote(); note != "" {
			n.Para(note, paper.Style{Size: 9})
		}
	}
	n.pages = n.Count(draw)
	draw()
}

// footer prints page numbers and the check code below the flow.
func (n *notice) footer() {
	const size = paper.Small
	y := paper.Height - paper.BottomMargin + 12
	if n.code != "" {
		n.Text(paper.Margin, y, size, "核验码 "+n.code)
	}
	n.Line(paper.Margin, y, paper.TextWidth, size, paper.Right, fmt.Sprintf("第 %d 页/共 %d 页", n.Page()-n.first+1, n.pages))
}

// heading prints the document's title.
func (n *notice) heading(title string) {
	for _, line := range paper.Wrap(title, paper.Title, paper.TextWidth) {
		n.Line(paper.Margin, n.Y, paper.TextWidth, paper.Title, paper.Center, line)
		n.Y += paper.Title * 1.4
	}
	n.Rule(paper.Margin, n.Y+2, paper.TextWidth)
	n.Y += 12
}

// section prints 一、二、三 …
func (n *notice) section(number *int, title string) {
	*number++
	n.Space(6)
	n.Para(paper.Ordinal(*number)+"、"+title, paper.Style{Size: paper.Heading, Keep: 2})
}

// body is the style of running text, indented by two characters.
var body = paper.Style{First: 2 * paper.Body}

// list prints numbered sentences.
func (n *notice) list(items []string) {
	for i, item := range items {
		n.Field(fmt.Sprintf("　　（%d）", i+1), item, paper.Style{})
	}
}

// check prints the code by which the document can be verified, with its QR.
func (n *notice) check(link, code, what string) {
	n.scan(link, "扫码核验"+what, "核验码："+code)
}

// scan prints the QR of a link with words beside it, never parted; nothing without a link.
func (n *notice) scan(link string, words ...string) {
	if link == "" {
		return
	}
	const side = 85
	n.Need(side + 4)
	n.QR(paper.Margin, n.Y, side, link)
	x, y := paper.Margin+side+10, n.Y+14
	for _, line := range append(words, paper.Wrap(link, 10, paper.TextWidth-side-10)...) {
		n.Text(x, y, 10, line)
		y += 16
	}
	n.Y += side + 4
}

// heads prints the signed heads of the ballot log, each with its QR.
func (n *notice) heads(section *int, heads []Head, witnessed string) {
	if len(heads) == 0 {
		return
	}
	n.section(section, "投票记录的签名")
	n.Para("斜线前面是投票记录的条数，后面是这些记录合起来的指纹。请把这张纸保存好：以后下载的核对文件里，同样条数的指纹应与纸上的相同；不同的，说明记录被改过。", body)
	for _, head := range heads {
		n.scan(head.Link, head.Name+"（"+paper.Minute(head.At)+"）", head.Mark)
	}
	if witnessed != "" {
		n.Para(witnessed, body)
	}
}

// together prints a block that is never parted: a seal alone on a page would say nothing of what it seals.
func (n *notice) together(block func()) {
	if n.Count(block) > 0 {
		n.Turn()
	}
	block()
}

// sealed prints who signs, with room for the seals, never parted.
func (n *notice) sealed(lines []string, day string) {
	const size, lead, seal = 11, 20, 70
	width := paper.TextWidth - 120
	wrapped := []string{}
	for _, line := range append(lines, day) {
		wrapped = append(wrapped, paper.Wrap(line, size, width)...)
	}
	n.Need(seal + float64(len(wrapped))*lead)
	n.Y += seal
	for _, line := range wrapped {
		n.Line(paper.Margin, n.Y, paper.TextWidth-20, size, paper.Right, line)
		n.Y += lead
	}
}

// roster says which roster was voted on.
func (n *notice) roster(r Roster) {
	sentence := "业主名册版本：" + r.Version
	if r.FrozenAt != 0 {
		sentence += "，锁定时间：" + paper.Minute(r.FrozenAt) + "（北京时间）"
	}
	if r.Units != 0 {
		sentence += fmt.Sprintf("，专有部分 %d 个", r.Units)
	}
	if r.Sources != "" {
		sentence += "，面积来源：" + r.Sources
	}
	n.Para(sentence+"。", body)
	if r.Root != "" {
		if r.Short != "" {
			n.Para("业主名册指纹："+r.Short, paper.Style{Indent: 2 * paper.Body})
		}
		n.Para("业主名册校验根："+r.Root, paper.Style{Size: 9, Indent: 2 * paper.Body})
	}
	if r.Amended != "" {
		n.Para(r.Amended, body)
		n.list(r.Amendments)
	}
	if r.Sold != "" {
		n.Para(r.Sold, body)
		n.list(r.Sales)
	}
	if r.Mandates != "" {
		n.Para(r.Mandates, body)
	}
}

// weight prints both measures.
func weight(w voting.Weight) string {
	return fmt.Sprintf("%d 人、%s ㎡", w.Heads, w.Area)
}

// shares prints both measures, each with its share and the base of the share (notice-form §4.1).
func shares(w, whole voting.Weight, base string) string {
	return fmt.Sprintf("%d 人，占%s人数 %s%%；面积 %s ㎡，占%s面积 %s%%",
		w.Heads, base, voting.Share(w.Heads, whole.Heads), w.Area, base, voting.Share(int64(w.Area), int64(whole.Area)))
}

func listed(items []string) string { return strings.Join(items, "、") }

package sheet

import (
	"fmt"
	"io"

	"gongjue/notify/paper"
)

// Outcomes are what the poster of a result says: words of the outcome, no figures and no personal data.
type Outcomes struct {
	Community   string
	Title       string // of the meeting
	Preliminary bool   // objections are still taken
	Until       int64  // Unix ms: of objections while Preliminary, else until when the result is kept on display; 0 = left out
	Matters     []OutcomeLine
	Convener    string
	Contact     string
	Place       string
	Link        string // the page of the result; QR
	CheckCode   string // beginning of the result's digest
}

// OutcomeLine is one matter with the word of its outcome.
type OutcomeLine struct {
	Number      int64
	Title, Word string
}

// ResultPoster writes the A4 poster of a result: what came out, until when one may object, and the code that leads to the
// figures.
func ResultPoster(w io.Writer, data Outcomes) (paper.Report, error) {
	doc, err := paper.New(data.Community + " 表决结果海报")
	if err != nil {
		return paper.Report{}, err
	}
	size := 18.0
	for size > 10 && doc.Count(func() { drawOutcomes(doc, data, size) }) > 1 {
		size--
	}
	drawOutcomes(doc, data, size)
	return doc.Finish(w)
}

func drawOutcomes(doc *paper.Doc, data Outcomes, size float64) {
	doc.Begin("poster")
	big := func(s string, size float64) { doc.Para(s, paper.Style{Size: size, Align: paper.Center}) }
	big(data.Community, 24)
	if data.Preliminary {
		big("初步结果公示", 36)
	} else {
		big("表决结果公告", 36)
	}
	big(data.Title, size)
	doc.Space(4)
	const side = 200
	doc.QR((paper.Width-side)/2, doc.Y, side, data.Link)
	doc.Y += side + 4
	big("用微信扫一扫，看人数、面积和计算过程", 14)
	doc.Space(6)
	line := paper.Style{Size: size}
	for _, matter := range data.Matters {
		doc.Field(matter.Word+"　", fmt.Sprintf("%d. %s", matter.Number, matter.Title), line)
	}
	doc.Space(6)
	doc.Rule(paper.Margin, doc.Y, paper.TextWidth)
	doc.Space(6)
	plain := paper.Style{Size: min(size, 15)}
	if data.Preliminary {
		doc.Para("这是初步结果，还不是最终结果。有异议的业主可以扫码在手机上提出，也可以书面提出。", plain)
	}
	if data.Until != 0 {
		label := map[bool]string{true: "异议截止：", false: "公示至少到："}[data.Preliminary]
		doc.Field(label, paper.Minute(data.Until)+"（北京时间）", plain)
	}
	doc.Field("召集人：", data.Convener, plain)
	if data.Place != "" {
		doc.Field("地点：", data.Place, plain)
	}
	doc.Field("联系：", data.Contact, plain)
	doc.Field("核验码：", data.CheckCode, plain)
	if note := doc.MissingNote(); note != "" {
		doc.Para(note, paper.Style{Size: 9})
	}
}

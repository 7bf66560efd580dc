// Package sheet prints what a meeting hands out on A4: the personal 表决票 with its 签收存根, and the
// poster. It imports no models and decides nothing; what it prints is given to it. The files hold names
// and personal links: they go to the convener only, never to a public page or a log.
package sheet

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"gongjue/notify/paper"
)

// MaxVoters is the most sheets in one file. gopdf keeps every page in memory until the file is written
// (about 0.1 MB a page), so larger meetings are printed as several files by Zip.
const MaxVoters = 500

// MaxText is the longest text of a matter, in characters, that a sheet prints whole.
const MaxText = 600

// ErrTooMany says that one file was asked for more than MaxVoters sheets.
var ErrTooMany = errors.New("too many voters for one file of sheets")

// Sheets writes one PDF with a sheet for every voter, in their order; each begins on a page of its own
// and says 第 n 页/共 m 页 when it has several. The report names characters that had to be left open.
func Sheets(w io.Writer, meeting Meeting, voters []Voter) (paper.Report, error) {
	if len(voters) > MaxVoters {
		return paper.Report{}, fmt.Errorf("%w: %d", ErrTooMany, len(voters))
	}
	doc, err := paper.New(meeting.Community + " 表决票")
	if err != nil {
		return paper.Report{}, err
	}
	doc.Stamp = meeting.Stamp
	for _, voter := range voters {
		draw(doc, meeting, voter)
	}
	return doc.Finish(w)
}

// draw prints one sheet; a rehearsal tells the number of its pages for the heads.
func draw(doc *paper.Doc, meeting Meeting, voter Voter) {
	s := &sheet{Doc: doc, meeting: meeting, voter: voter}
	s.fit()
	s.pages = doc.Count(s.print)
	s.print()
}

// sheet is one 表决票 in the making.
type sheet struct {
	*paper.Doc
	meeting Meeting
	voter   Voter
	pages   int
	first   int // page of the document on which the sheet begins
	size    sizes
	parted  bool // the choices need several pages: each of them is signed
	asking  bool // the flow is among the choices
}

// stubBand is the foot of page 1 with the stub, in points; page 2 leaves it free, so that cutting off
// the stub of a sheet printed on both sides takes nothing of its back.
const stubBand = 100

// fit takes the largest type in which the sheet fits one page or, failing that, in which all choices and the
// signature below them share page 1. Where none does, the ordinary type is used and every page with choices is signed.
func (s *sheet) fit() {
	for _, part := range []func(){s.print, s.ask} {
		for _, s.size = range []sizes{ordinary, smaller, smallest} {
			if s.Count(part) == 1 {
				return
			}
		}
	}
	s.size, s.parted = ordinary, true
}

func (s *sheet) print() {
	s.ask()
	s.foot()
	if len(s.voter.Units) > unitsOnFront {
		s.annex()
	}
}

// ask prints what is answered by hand: the choices and, directly below, the signature.
func (s *sheet) ask() {
	s.Turned = s.turned
	s.Begin(s.voter.Serial)
	s.first = s.Page()
	s.Bottom -= stubBand
	s.stub()
	s.signPage()
	s.head()
	s.asking = true
	s.matters()
	s.asking = false
	s.signature()
}

// signPage keeps a line for the signature at the foot of a page with choices, where there are several.
func (s *sheet) signPage() {
	if !s.parted {
		return
	}
	const size = 10
	s.Bottom -= 24
	width := paper.Measure("本页业主签名：", size)
	s.Text(paper.Margin+paper.TextWidth-width-110, s.Bottom+6, size, "本页业主签名：")
	s.Rule(paper.Margin+paper.TextWidth-110, s.Bottom+6+size+2, 110)
}

// turned prints the head of the pages after the first.
func (s *sheet) turned() {
	const size = 9
	number := s.Page() - s.first + 1
	s.Text(paper.Margin, s.Y, size, "表决票（续）　票号 "+s.voter.Serial)
	s.Line(paper.Margin, s.Y, paper.TextWidth, size, paper.Right, fmt.Sprintf("第 %d 页/共 %d 页", number, s.pages))
	s.Y += size + 4
	s.Rule(paper.Margin, s.Y, paper.TextWidth)
	s.Y += 8
	if number == 2 {
		s.Bottom -= stubBand
	}
	if s.asking {
		s.signPage()
	}
}

// qrSide is the side of the personal code with its margin: 30 mm, readable from a creased sheet.
const qrSide = 85

// head prints title, voter and the personal code.
func (s *sheet) head() {
	m, v := s.meeting, s.voter
	for _, line := range paper.Wrap(m.Community+"业主大会会议表决票", paper.Title, paper.TextWidth) {
		s.Line(paper.Margin, s.Y, paper.TextWidth, paper.Title, paper.Center, line)
		s.Y += paper.Title * 1.3
	}
	s.Para(m.Title, paper.Style{Align: paper.Center})
	if s.pages > 1 {
		s.Line(paper.Margin, s.Y-15, paper.TextWidth, paper.Small, paper.Right, fmt.Sprintf("第 1 页/共 %d 页", s.pages))
	}
	s.Rule(paper.Margin, s.Y+2, paper.TextWidth)
	s.Y += 8
	top := s.Y
	s.code(top)
	beside := paper.Style{Size: 10, Narrow: qrSide + 20}
	s.Field("召集人：", m.Convener, beside)
	s.Field("投票时间：", paper.Minute(m.OpensAt)+" 至 "+paper.Minute(m.ClosesAt)+"（北京时间）", beside)
	s.Field("投票范围：", or(m.Scope, "全体业主"), beside)
	s.Field("业主：", strings.Join(v.Owners, "、"), beside)
	s.Field("专有部分：", s.units(), beside)
	s.Field("合计：", fmt.Sprintf("专有部分面积 %s ㎡；投票权人数 %d 人", v.Total, v.Heads), beside)
	s.Y = max(s.Y, top+qrSide+40) + 4
}

// code prints the personal code, or in a preview the empty place of it.
func (s *sheet) code(top float64) {
	left := paper.Margin + paper.TextWidth - qrSide
	below := []string{"用微信扫一扫，", "在手机上投票", "票号 " + s.voter.Serial}
	if s.meeting.NoOnline {
		below[1] = "查看会议公告"
	}
	if s.voter.Link == "" {
		s.Box(left, top, qrSide, qrSide)
		s.Line(left, top+qrSide/2-6, qrSide, 9, paper.Center, "发布后印二维码")
		below = []string{"票号 " + s.voter.Serial}
	} else {
		s.QR(left, top, qrSide, s.voter.Link)
	}
	for i, line := range below {
		s.Line(left-15, top+qrSide+1+float64(i)*12, qrSide+15, 9, paper.Right, line)
	}
}

// unitsOnFront is the most units printed beside the code; more go to an annex of the sheet.
const unitsOnFront = 6

func (s *sheet) units() string {
	if len(s.voter.Units) > unitsOnFront {
		return fmt.Sprintf("共 %d 个，逐一列在本票所附清单", len(s.voter.Units))
	}
	parts := make([]string, len(s.voter.Units))
	for i, unit := range s.voter.Units {
		parts[i] = unit.Place + "（" + unit.Area.String() + " ㎡" + prefixed("，", unit.Note) + "）"
	}
	return strings.Join(parts, "、")
}

// annex lists the units of an owner of many.
func (s *sheet) annex() {
	s.Space(8)
	s.Band("附：专有部分清单", paper.Body, 60)
	rows := make([][]string, len(s.voter.Units))
	for i, unit := range s.voter.Units {
		rows[i] = []string{fmt.Sprint(i + 1), unit.Place, unit.Area.String(), unit.Note}
	}
	s.Table([]paper.Column{
		{Head: "序号", Width: 50, Align: paper.Center}, {Head: "专有部分", Width: 200},
		{Head: "面积（㎡）", Width: 90, Align: paper.Right}, {Head: "说明", Width: paper.TextWidth - 340},
	}, rows, 9)
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// prefixed puts a mark before a text that is there.
func prefixed(mark, s string) string {
	if s == "" {
		return ""
	}
	return mark + s
}

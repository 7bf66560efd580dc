package paper_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"gongjue/notify/paper"
	"gongjue/notify/paper/papertest"
)

// printed makes a document and opens it again.
func printed(t *testing.T, layout func(*paper.Doc)) ([]papertest.Page, []paper.Mark, paper.Report) {
	t.Helper()
	doc, err := paper.New("样张")
	if err != nil {
		t.Fatal(err)
	}
	marks := []paper.Mark{}
	doc.Trace = func(m paper.Mark) { marks = append(marks, m) }
	doc.Begin("样张")
	layout(doc)
	var file bytes.Buffer
	report, err := doc.Finish(&file)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := papertest.Read(file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if len(pages) != report.Pages {
		t.Fatalf("%d pages in the file, %d in the report", len(pages), report.Pages)
	}
	if clashes := papertest.Clashes(marks); len(clashes) > 0 {
		t.Error(clashes)
	}
	return pages, marks, report
}

func TestLinesFitTheirWidthAndNothingIsLost(t *testing.T) {
	text := "根据《民法典》第二百七十八条，参与表决专有部分面积73103.5000㎡（含“已送达未表决”），网址 https://vote.example.org/r/0195c0de-0000-7000 可查。ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ"
	for _, width := range []float64{40, 61.7, 120, 333} {
		lines := paper.Wrap(text, 10.5, width)
		for _, line := range lines {
			if got := paper.Measure(line, 10.5); got > width+0.1 {
				t.Errorf("width %v: %q is %v wide", width, line, got)
			}
			if first := []rune(line)[0]; width > 100 && strings.ContainsRune("，。）”》㎡", first) {
				t.Errorf("width %v: a line begins with %c", width, first)
			}
			if last := []rune(line)[len([]rune(line))-1]; width > 100 && strings.ContainsRune("（“《", last) {
				t.Errorf("width %v: a line ends with %c", width, last)
			}
		}
		if squeezed := strings.ReplaceAll(strings.Join(lines, ""), " ", ""); squeezed != strings.ReplaceAll(text, " ", "") {
			t.Errorf("width %v: the text changed: %q", width, squeezed)
		}
	}
}

func TestFiguresAndWordsStayWholeWhereTheyFit(t *testing.T) {
	for width := 60.0; width < 240; width += 3.7 {
		lines := strings.Join(paper.Wrap("参与表决面积合计为73103.5000平方米，占85.03个百分点，见vote.example.org", 10, width), "|")
		for _, whole := range []string{"73103.5000", "85.03"} {
			if !strings.Contains(lines, whole) {
				t.Errorf("width %v: %s is cut: %s", width, whole, lines)
			}
		}
	}
	if lines := paper.Wrap("", 10, 100); !slices.Equal(lines, []string{""}) {
		t.Errorf("an empty text has lines %q", lines)
	}
	if lines := paper.Wrap("很", 10, 1); !slices.Equal(lines, []string{"很"}) {
		t.Errorf("a character wider than its column: %q", lines)
	}
}

func TestALongTextFlowsOverPagesWhole(t *testing.T) {
	text := strings.Repeat("第一条 为了维护全体业主的合法权益，制定本规约。\n", 200)
	pages, _, _ := printed(t, func(d *paper.Doc) { d.Para(text, paper.Style{First: 21}) })
	if len(pages) < 3 {
		t.Errorf("%d pages", len(pages))
	}
	whole := ""
	for _, page := range pages {
		whole += page.Text()
	}
	if got := strings.Count(whole, "合法权益，制定本规约。"); got != 200 {
		t.Errorf("%d of 200 paragraphs were printed", got)
	}
}

func TestATableRepeatsItsHeadAndCutsOnlyRowsHigherThanAPage(t *testing.T) {
	columns := []paper.Column{{Head: "序号", Width: 60}, {Head: "内容", Width: paper.TextWidth - 60}}
	rows := [][]string{}
	for i := range 90 {
		rows = append(rows, []string{fmt.Sprint("R", i), "一行"})
	}
	rows = append(rows, []string{"LONG", strings.Repeat("甲乙丙丁戊己庚辛壬癸。", 600)}, []string{"LAST", "末行"})
	pages, _, _ := printed(t, func(d *paper.Doc) {
		d.Para("前言", paper.Style{})
		d.Table(columns, rows, 10)
	})
	all := ""
	for i, page := range pages {
		if strings.Count(page.Text(), "序号") != 1 {
			t.Errorf("page %d has %d heads", i+1, strings.Count(page.Text(), "序号"))
		}
		all += page.Text()
	}
	for i := range 90 {
		if !strings.Contains(all, fmt.Sprint("R", i)) {
			t.Errorf("row %d is missing", i)
		}
	}
	if strings.Count(all, "癸") != 600 || !strings.Contains(all, "LAST末行") {
		t.Error("the long row lost text")
	}
}

func TestWhatWouldRunOverThePageIsRefused(t *testing.T) {
	for name, layout := range map[string]func(*paper.Doc){
		"beyond the right edge": func(d *paper.Doc) { d.Text(500, 100, 10, "这一行太长放不下了") },
		"below the page":        func(d *paper.Doc) { d.Text(100, 830, 10, "页脚") },
		"a code at the edge":    func(d *paper.Doc) { d.QR(540, 100, 60, "x") },
	} {
		doc, err := paper.New("")
		if err != nil {
			t.Fatal(err)
		}
		doc.Begin("x")
		layout(doc)
		var file bytes.Buffer
		if _, err := doc.Finish(&file); !errors.Is(err, paper.ErrOverflow) || file.Len() > 0 {
			t.Errorf("%s: %v, %d bytes", name, err, file.Len())
		}
	}
}

func TestRareNamesPrintAndWhatIsMissingIsReportedWithItsPlace(t *testing.T) {
	pages, _, report := printed(t, func(d *paper.Doc) {
		d.Para("张𬍛、王䶮、李㛃、陈\U000323AF、陈\U000323AF、葛\U000E0100", paper.Style{})
		d.Para(d.MissingNote(), paper.Style{})
	})
	if text := pages[0].Text(); !strings.HasPrefix(text, "张𬍛、王䶮、李㛃、陈〓、陈〓、葛") || !strings.Contains(text, "U+323AF、U+E0100") {
		t.Errorf("%q", text)
	}
	want := []paper.Missing{{Rune: 0x323AF, Where: "样张"}, {Rune: 0xE0100, Where: "样张"}}
	if !slices.Equal(report.Missing, want) {
		t.Errorf("%v", report.Missing)
	}
}

func TestARehearsalCountsPagesAndPrintsNothing(t *testing.T) {
	pages, marks, _ := printed(t, func(d *paper.Doc) {
		y := d.Y
		if got := d.Count(func() { d.Para(strings.Repeat("一行\n", 100), paper.Style{}) }); got != 2 {
			t.Errorf("100 lines turn %d pages, want 2", got)
		}
		if d.Y != y || d.Page() != 1 {
			t.Error("the rehearsal moved the document")
		}
	})
	if len(marks) != 0 || len(pages) != 1 || len(pages[0].Lines) != 0 {
		t.Errorf("%v", marks)
	}
}

func TestClockAndOrdinalsInWords(t *testing.T) {
	if got := paper.Minute(1_795_017_599_999) + paper.Day(1_795_017_599_999); got != "2026年11月18日 23:59"+"2026年11月18日" {
		t.Error(got)
	}
	if paper.Minute(0)+paper.Day(0) != "" {
		t.Error("no moment is printed as one")
	}
	for n, want := range map[int]string{1: "一", 10: "十", 11: "十一", 20: "二十", 47: "四十七", 99: "九十九"} {
		if got := paper.Ordinal(n); got != want {
			t.Errorf("%d is %s", n, got)
		}
	}
}

func TestAStampStandsOnEveryPageBeneathWhatIsPrinted(t *testing.T) {
	pages, _, _ := printed(t, func(d *paper.Doc) {
		d.Para("第一页没有盖", paper.Style{})
		d.Stamp = "预览·未发布"
		d.Count(d.Turn) // a rehearsal prints nothing
		d.Turn()
		d.Para("盖上以后的正文", paper.Style{})
		d.Turn()
	})
	for i, want := range []int{0, 3, 3} {
		if got := strings.Count(pages[i].Text(), "预览·未发布"); got != want {
			t.Errorf("page %d has the stamp %d times, want %d", i+1, got, want)
		}
	}
	if text := pages[1].Text(); !strings.HasSuffix(text, "盖上以后的正文") {
		t.Errorf("the stamp is printed over the text: %q", text)
	}
}

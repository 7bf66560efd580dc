package sheet

import (
	"bytes"
	"testing"

	"gongjue/notify/paper/papertest"
	"gongjue/voting"
)

func TestTheRosterPosterSaysUntilWhenAndLeadsToTheDisplay(t *testing.T) {
	var file bytes.Buffer
	report, err := RosterPoster(&file, Displayed{Community: "示例花园", Until: 1_796_000_000_000, AnswerDays: 5, Units: 956,
		Total: voting.Weight{Heads: 867, Area: 1_100_162_700}, Contact: "业委会办公室，电话 0000-0000000", Place: "物业服务中心一楼（每天 9:00 至 18:00）",
		Link: "https://vote.example.org/r/0195c0de"})
	if err != nil || report.Pages != 1 || len(report.Missing) != 0 {
		t.Fatalf("%+v, %v", report, err)
	}
	pages, err := papertest.Read(file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	wants(t, all(pages), "业主名册公示", "2026年11月30日 08:53", "867 人", "110016.27", "物业服务中心一楼", "5 日内书面答复")
	if link, err := pages[0].QR(); err != nil || link != "https://vote.example.org/r/0195c0de" {
		t.Errorf("the code leads to %q, %v", link, err)
	}
}

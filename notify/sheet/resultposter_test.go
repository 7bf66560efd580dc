package sheet

import (
	"bytes"
	"strings"
	"testing"

	"gongjue/notify/paper/papertest"
)

func TestTheResultPosterSaysWhatCameOutAndLeadsToTheFigures(t *testing.T) {
	data := Outcomes{Community: "示例花园", Title: "2026年第一次临时业主大会会议", Preliminary: true, Until: 1_796_000_000_000, Convener: "示例花园业主委员会",
		Contact: "业委会办公室，电话 0000-0000000", Place: "物业服务中心一楼", Link: "https://vote.example.org/m/0195c0de/result", CheckCode: "8f3a 90c1",
		Matters: []OutcomeLine{{1, "使用专项维修资金更换水泵", "通过"}, {2, "选聘物业服务企业", "未通过"}}}
	look := func() []papertest.Page {
		var file bytes.Buffer
		report, err := ResultPoster(&file, data)
		if err != nil || report.Pages != 1 || len(report.Missing) != 0 {
			t.Fatalf("%+v, %v", report, err)
		}
		pages, err := papertest.Read(file.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if link, err := pages[0].QR(); err != nil || link != data.Link {
			t.Errorf("the code leads to %q, %v", link, err)
		}
		return pages
	}
	wants(t, all(look()), "初步结果公示", "异议截止", "2026年11月30日 08:53", "通过", "未通过", "更换水泵", "还不是最终结果", "8f3a 90c1")
	data.Preliminary, data.Until = false, 0
	for n := range int64(18) { // a long agenda stays on one page
		data.Matters = append(data.Matters, OutcomeLine{n + 3, "修改管理规约", "通过"})
	}
	text := all(look())
	wants(t, text, "表决结果公告", "20. 修改管理规约")
	if strings.Contains(text, "异议") {
		t.Error("a final result asks for objections")
	}
}

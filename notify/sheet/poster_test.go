package sheet

import (
	"bytes"
	"strings"
	"testing"

	"gongjue/notify/paper/papertest"
)

func TestThePosterLeadsToTheMeetingAndFitsAPageWithAnOrdinaryAgenda(t *testing.T) {
	long := sample()
	for i := range 30 {
		long.Matters = append(long.Matters, Matter{Number: i + 5, Title: strings.Repeat("又一件事项", 9)})
	}
	opened := sample()
	opened.Opening = Head{Mark: "1/8f3a-91c2-77d0-04be", At: opened.OpensAt, Link: "https://vote.example.org/m/1/log?mark=1"}
	for name, c := range map[string]struct {
		meeting Meeting
		pages   int
	}{"an ordinary agenda": {sample(), 1}, "once voting began": {opened, 1}, "a long agenda goes on on the next page": {long, 3}} {
		var file bytes.Buffer
		report, err := Poster(&file, c.meeting)
		if err != nil || report.Pages > c.pages {
			t.Fatalf("%s: %v, %v", name, report, err)
		}
		pages, err := papertest.Read(file.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		codes := append([]string{""}, pages[0].QRs()...)
		if got := codes[len(codes)-1]; got != c.meeting.Link {
			t.Errorf("%s: the code reads %q of %d", name, got, len(codes))
		}
		if c.meeting.Opening.Mark != "" && codes[1] != c.meeting.Opening.Link {
			t.Errorf("%s: the fingerprint's code reads %q", name, codes[1])
		}
		wants(t, all(pages), "业主大会投票", "1. 扫码", "2. 验证", "3. 投票", "（四）更换3号楼电梯（3号楼）", "2026年11月30日 08:53（北京时间）", "李某 19900001234")
		if len(c.meeting.Matters) > 4 {
			wants(t, all(pages), "（三十四）又一件事项")
		}
	}
}

package web

import (
	"fmt"
	"testing"

	"gongjue/voting"
	"gongjue/voting/ledger"
)

var sampleBalance = SheetBalance{Made: 867, Kept: true, Delivered: 812, Refused: 3, Undeliverable: 9, Unrecorded: 43, Returned: 176, Duplicate: 4, Counted: true,
	Valid: 164, Void: 8, Voids: map[ledger.VoidReason]int64{ledger.VoidUnsigned: 6, "": 2}, Unissued: 1,
	Incidents: []voting.Discrepancy{{Incident: voting.IssuedNotClosed, Sheets: 1}}}

func TestTheLinesOfABalanceSayWhatIsKnownAndWhatIsNot(t *testing.T) {
	line := func(b SheetBalance, name string) string {
		for _, l := range b.Lines() {
			if l.Name == name {
				return l.Value
			}
		}
		return ""
	}
	whole, unknown, closed := sampleBalance, SheetBalance{Made: 867, Returned: 20, Open: 2}, sampleBalance
	whole.Delivered, whole.Unrecorded = 855, 0
	closed.Counted = false
	for i, check := range []struct{ got, want string }{
		{line(sampleBalance, "发放"), "812 至 855 张：登记送达 812 张，没有登记 43 张"}, {line(sampleBalance, "没有收回"), ""},
		{line(whole, "发放"), "855 张（逐张登记送达）"}, {line(whole, "没有收回"), "680 张（含改用手机等其他方式投票的）"}, // 855 less the 175 of them that came back
		{line(unknown, "发放"), "不详：没有逐张登记送达，最多 867 张"}, {line(unknown, "其中还没有录完"), "2 张"}, {line(unknown, "没有发出"), ""},
		{line(sampleBalance, "其中无效"), "8 张（没有签名 6 张，各事项均无效 2 张）"}, {line(closed, "其中无效"), ""}, {line(closed, "其中有效"), ""},
		{sampleBalance.Warning(), "有 1 张收回的票，送达登记里写的是拒收或无法送达。"}, {unknown.Warning(), ""},
	} {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			if check.got != check.want {
				t.Errorf("%q, want %q", check.got, check.want)
			}
		})
	}
}

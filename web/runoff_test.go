package web

import (
	"strings"
	"testing"
	"unicode/utf8"

	"gongjue/voting"
)

func TestTheTitleOfAFurtherVoteSaysSoOnceAndStaysWithinTheForm(t *testing.T) {
	for title, want := range map[string]string{
		"换届会议":                   "换届会议（再次表决）",
		"换届会议（再次表决）":             "换届会议（再次表决）",
		strings.Repeat("长", 94):  strings.Repeat("长", 94) + "（再次表决）",
		strings.Repeat("长", 95):  strings.Repeat("长", 94) + "（再次表决）",
		strings.Repeat("长", 100): strings.Repeat("长", 94) + "（再次表决）",
	} {
		if got := RunOffTitle(title); got != want || utf8.RuneCountInString(got) > longestTitle {
			t.Errorf("%s gives %s", title, got)
		}
	}
}

func TestTheTextOfAFurtherVoteSaysWhatWasLeftOpen(t *testing.T) {
	firms := voting.Matter{Kind: voting.Selection, Options: []string{"甲公司", "乙公司", "丙公司"}}
	seats := voting.Matter{Kind: voting.Election, Seats: 3, Options: []string{"候选人甲", "候选人乙", "候选人丙"}}
	groups := voting.Matter{Kind: voting.Election, Seats: 3, Options: seats.Options, SeatGroups: []voting.SeatGroup{
		{Name: "1号楼", Seats: 1, Options: seats.Options[:2]}, {Name: "2号楼", Seats: 2, Options: seats.Options[2:]}}}
	tests := []struct {
		name    string
		matter  voting.Matter
		outcome voting.Outcome
		want    string
	}{
		{"a tie for a seat", seats, voting.Outcome{Result: voting.RunOffDue, Elected: []string{"候选人甲"}, TiePending: []string{"候选人乙", "候选人丙"}, OpenSeats: 1},
			"上一次会议“换届会议”的最终结果（2026年5月18日公布）：应选 3 名，当选 1 名（候选人甲），缺额 1 名。\n候选人乙、候选人丙，2 人票数完全相同，还有 1 个席位。\n这次就缺额的 1 名再次选举，候选人：候选人乙、候选人丙。当选的标准与上一次相同。\n上一次表决的全文：\n应选三人。"},
		{"nobody was elected, and too few are left", seats, voting.Outcome{Result: voting.RunOffDue, OpenSeats: 3, NotElected: map[string]voting.Shortness{"候选人甲": voting.BothShort}},
			"没有人当选，缺额 3 名。\n这次就缺额的 3 名再次选举，候选人：候选人甲。当选的标准与上一次相同。\n缺额 3 名，只有 1 名候选人可以再选：先补充提名候选人。\n"},
		{"one group has nobody left", groups, voting.Outcome{Result: voting.RunOffDue, Elected: []string{"候选人丙"}, OpenSeats: 2,
			NotElected: map[string]voting.Shortness{"候选人甲": voting.BothShort, "候选人乙": voting.AreaShort},
			Groups:     []voting.GroupOutcome{{Name: "1号楼", OpenSeats: 1}, {Name: "2号楼", Elected: []string{"候选人丙"}, OpenSeats: 1}}},
			"这次就缺额再次选举：1号楼 1 名，候选人：候选人甲、候选人乙；2号楼 1 名，候选人：还没有。当选的标准与上一次相同。\n2号楼的 1 个席位没有候选人可以再选：先提名候选人，再写进本事项；没有人参选的，席位继续空着。\n"},
		{"equal firms", firms, voting.Outcome{Result: voting.RunOffDue, RunOff: []string{"甲公司", "乙公司"}, NotSelected: map[string]voting.Shortness{"丙公司": voting.BothShort}},
			"并列第一，没有选定。\n甲公司、乙公司，2 家票数完全相同，都达到了法律的要求，只能选定一家。\n这次在甲公司、乙公司之间再次表决。通过的标准与上一次相同。\n"},
		{"no firm passed", firms, voting.Outcome{Result: voting.RunOffDue, RunOff: []string{"甲公司", "乙公司"},
			NotSelected: map[string]voting.Shortness{"甲公司": voting.AreaShort, "乙公司": voting.BothShort, "丙公司": voting.BothShort}},
			"没有一家达到法律要求的人数和面积，没有选定。没有选定不等于原来的企业被解聘。\n这次在甲公司、乙公司之间再次表决。"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			further, err := voting.RunOffMatter(test.matter, test.outcome)
			if err != nil {
				t.Fatal(err)
			}
			if got := RunOffText("换届会议", sampleOpens, test.matter, test.outcome, further, "应选三人。"); !strings.Contains(got, test.want) {
				t.Errorf("%s", got)
			}
		})
	}
	long := RunOffText("换届会议", sampleOpens, firms, tests[3].outcome, firms, strings.Repeat("长", longestText))
	if utf8.RuneCountInString(long) != longestText {
		t.Errorf("%d characters", utf8.RuneCountInString(long))
	}
}

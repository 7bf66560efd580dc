package web

import "testing"

func sampleObjecting() map[string]Page {
	named := []Option{{Text: NoneNamed}, {Value: "m1", Text: MatterLine(1, "制定管理规约")}}
	page := Objecting{Shell: publicShell(TitleObjecting), Community: "共决示范花园", Meeting: "首次业主大会会议", ResultURL: "/m/1/result", RecordURL: "/m/1/record",
		Places: []string{"3号楼/1单元/101"}, Till: sampleCloses, AnswerDays: 5, LeaveURL: "/leave", Contact: sampleTel, Place: samplePlace,
		List: []CountObjection{
			{ID: "o1", Number: 1, Subject: "ballot", State: "open", At: sampleNow, Due: sampleCloses, Text: "我家投了票。", TextHash: sampleRoot, AnswerHash: sampleRoot, Files: []Attachment{{Name: "回执.pdf"}}, WithdrawURL: "/w"},
			{ID: "o2", Number: 2, Subject: "matter", About: MatterLine(1, "制定管理规约"), State: "open", At: sampleNow, Due: sampleOpens, Late: true, Text: "数字不对。"},
			{ID: "o3", Number: 4, Subject: "candidate", About: "样例一（" + MatterLine(2, "选举业主委员会") + "）", State: "answered", At: sampleNow, Text: "不是业主。", Answer: "已核对。", AnsweredAt: sampleNow},
			{ID: "o4", Number: 5, Subject: "procedure", State: "answered", At: sampleNow, Upheld: true, Answer: "属实。", AnsweredAt: sampleNow},
			{ID: "o5", Number: 6, Subject: "roster", State: "withdrawn", At: sampleNow, Text: "面积不对。"}},
		Object: &CountObjectionForm{Form: sampleForm("subject", "matter", "candidate", "text"), Subject: "matter", Matters: named, Matter: "m1",
			Candidates: []Option{{Text: NoneNamed}, {Value: "样例一", Text: "样例一"}}, Text: "数字不对。"}}
	over := page
	over.Object, over.Till, over.List, over.LeaveURL = nil, 0, nil, ""
	plain := page
	plain.Object = &CountObjectionForm{Form: Form{Action: "/o"}, Matters: named}
	return map[string]Page{"objecting": page, "objecting-over": over, "objecting-plain": plain}
}

func TestTheEffectOfObjectionsIsSaidWhole(t *testing.T) {
	for name, c := range map[string]struct {
		effect      ObjectionEffect
		says, leads string
	}{
		"none is open":                      {ObjectionEffect{Dismissed: 2, Matters: 2}, "", ""},
		"it stands":                         {ObjectionEffect{Open: 1, Matters: 2}, "待答复的异议即使全部成立，按票数推算，各个事项的结果都不变。", "任何一件异议成立"},
		"one matter could change":           {ObjectionEffect{Open: 2, Unsafe: []int64{2}, Matters: 3}, "待答复的异议如果全部成立，第 2 项的结果可能改变，其他事项的结果不变。", "任何一件异议成立"},
		"every matter could change":         {ObjectionEffect{Open: 2, Unsafe: []int64{1, 2}, Matters: 2}, "待答复的异议如果全部成立，第 1、2 项的结果可能改变。", "任何一件异议成立"},
		"nothing bounds it":                 {ObjectionEffect{Open: 1, Unbound: true, Matters: 2}, "待答复的异议如果全部成立，有的异议针对名册、程序或没有指明事项，不能按票数推算，每个事项的结果都可能改变。", "任何一件异议成立"},
		"a matter, and nothing bounds it":   {ObjectionEffect{Open: 2, Unsafe: []int64{1}, Unbound: true, Matters: 2}, "待答复的异议如果全部成立，第 1 项的结果可能改变。另外，有的异议针对名册、程序或没有指明事项，不能按票数推算，每个事项的结果都可能改变。", "任何一件异议成立"},
		"one was upheld, with another open": {ObjectionEffect{Open: 1, Upheld: 1, Matters: 2}, "待答复的异议即使全部成立，按票数推算，各个事项的结果都不变。", "已有异议成立"},
	} {
		if got := c.effect.Effect(); got != c.says {
			t.Errorf("%s: %s", name, got)
		}
		if got := c.effect.Consequence(); (c.leads == "") != (got == "") || len(got) < len(c.leads) || got[:len(c.leads)] != c.leads {
			t.Errorf("%s leads to: %s", name, got)
		}
	}
}

package web

import (
	"strings"
	"testing"
)

func sampleDistrict() DistrictView {
	target := TargetLine{Measure: "formed", Name: "三年行动方案第二年", Source: "示范政办发〔2026〕1号", Due: sampleCloses, Num: 50, Den: 100, MeasuredAt: sampleNow, Reached: 21, Of: 60, Needed: 30, Short: 9, WithdrawURL: "/t/2"}
	return DistrictView{Shell: staffShell("区县", "district"), Form: Form{Action: "/t"}, District: "示范区", At: sampleNow, Day: "2026-05-18", Today: "2026-05-18", AskURL: "/d", WholeURL: "/d",
		Total:   DistrictSums{Communities: 60, Committees: 18, Interims: 3, Frozen: 40, Voted: 33, Served: 41, Needed: 30, Short: 9, Satisfaction: sampleSatisfaction()},
		Streets: []DistrictSums{{"示范一街道", "/d?street=1", 40, 17, 3, 30, 20, 31, 20, 0, sampleSatisfaction()}, {"示范二街道", "/d?street=2", 20, 1, 0, 10, 13, 10, 10, 9, sampleSatisfaction()}},
		Stages:  []StageCount{{"none", 20}, {"preparing", 6}, {"voting", 4}, {"filing", 5}, {"in_term", 15}, {"renewal", 3}, {"lapsed", 7}},
		Year:    []MonthLine{{sampleOpens, 12, 58}, {sampleNow, 18, 60}, {sampleCloses, 21, 60}},
		Targets: []TargetLine{{Measure: "served", Name: "第一年", Due: sampleOpens, Num: 20, Den: 100, Passed: true, MeasuredAt: sampleOpens, Reached: 12, Of: 60, Needed: 12}, target,
			{Measure: "working", Name: "第一年", Due: sampleOpens, Num: 60, Den: 100, Passed: true, MeasuredAt: sampleOpens, Reached: 1, Of: 3, Needed: 2, Short: 1}}, Current: &target, Coverable: &target, Measure: "served", Source: "示范政办发〔2026〕1号",
		Working: 2, WorkingOf: 3, Watch: sampleWatch(), WatchURL: "/w",
		Missed:   []MissedLine{{"filing", "共决示范花园", "示范一街道", "首次业主大会会议", "/m/1", sampleOpens, "30 日，《业主大会和业主委员会指导规则》第三十三条"}, {Kind: "objection", Community: "共决示范新村", Street: "示范二街道", Title: ObjectionTitle("3"), URL: "/r/1", Due: sampleOpens}},
		MoreMiss: true, ReturnURL: "/r", Month: "2026-05"}
}

func sampleSatisfaction() []SatisfactionLine {
	return []SatisfactionLine{{"物业服务企业", 3, 2, weight(867, 11_001_627), weight(500, 6_000_000), weight(300, 3_600_000)}, {Subject: "业主委员会（物业管理委员会）"}, {Subject: "街道"}}
}

func sampleDistrictStreet() DistrictView {
	v := sampleDistrict()
	v.Street, v.StreetID = "示范一街道", "1"
	v.Communities = []DistrictLine{{"共决示范花园", "/c/1", "renewal", "committee", sampleCloses, sampleNow, sampleOpens, sampleOpens, "履行中", "示范物业服务有限公司", sampleCloses}, {Name: "共决示范新村", URL: "/c/2", Stage: "none", Body: "none"}}
	v.Polls = []PollLine{{"共决示范花园", "示范一街道", "对物业服务的年度满意度", "物业服务企业", sampleNow, weight(867, 11_001_627), weight(500, 6_000_000), weight(250, 3_000_000), true, true, "/m/1/result"},
		{Community: "共决示范花园", Street: "示范一街道", Title: "是否愿意增设长椅", At: sampleOpens, Asked: weight(867, 11_001_627), Answered: weight(1, 10_000), URL: "/m/2/result"}}
	return v
}

// TestPicturesAreDrawnToScale looks at the ends of what can be drawn: nothing, all, and the target in between.
func TestPicturesAreDrawnToScale(t *testing.T) {
	v := sampleDistrict()
	v.Streets = []DistrictSums{{Name: "无"}, {Name: "一半", Communities: 2, Committees: 1}, {Name: "全", Communities: 3, Committees: 2, Interims: 1}}
	chart := v.Formation()
	for i, want := range []int{0, chartWidth / 2, chartWidth} {
		if got := chart.Bars[i]; got.Fill != want || got.Y+barHeight > chart.Height {
			t.Errorf("bar %s is %d of %d wide, want %d", got.Label, got.Fill, chart.Height, want)
		}
	}
	if chart.Mark != chartWidth/2 {
		t.Errorf("the target stands at %d", chart.Mark)
	}
	v.Year = []MonthLine{{At: sampleOpens}, {sampleNow, 1, 2}, {sampleCloses, 2, 2}}
	line := v.Line()
	for i, want := range []int{lineTop + lineHeight, lineTop + lineHeight/2, lineTop} {
		if line.Dots[i].Y != want || line.Dots[i].X > line.Right() {
			t.Errorf("point %d lies at %+v, want %d", i, line.Dots[i], want)
		}
	}
	if page := rendered(t, v); !strings.Contains(page, `role="img"`) || !strings.Contains(page, "—（0/0）") {
		t.Error("a street without communities has no rate, and says so")
	}
}

package web

import (
	"strings"

	"gongjue/voting"
	"gongjue/voting/explain"
)

// TargetLine is a target with what was reached of it.
type TargetLine struct {
	Measure     string // formed, served, working
	Name        string
	Source      string // the plan; empty where none is named
	Due         Instant
	Num, Den    int64
	Passed      bool // its day is over
	MeasuredAt  Instant
	Reached, Of int64
	Needed      int64
	Short       int64
	WithdrawURL string
}

// Share prints the target, such as 80%: plans name whole per cents.
func (t TargetLine) Share() string {
	return strings.TrimSuffix(voting.Share(t.Num, t.Den), ".00") + "%"
}

// MeasureText names the rate.
func (t TargetLine) MeasureText() string { return optionText(measures, t.Measure) }

// Unit is what is counted.
func (t TargetLine) Unit() string {
	if t.Measure == "working" {
		return "个街道"
	}
	return "个小区"
}

// Outcome is what came of it: a target whose day is not over can still be reached.
func (t TargetLine) Outcome() string {
	short := "差 " + explain.Count(t.Short) + " " + t.Unit()
	switch {
	case t.Short == 0 && t.Passed:
		return "按期达到"
	case t.Short == 0:
		return "已经达到"
	case t.Passed:
		return "没有达到，" + short
	}
	return "还" + short
}

// Cells are the line on the sheet of the monthly return.
func (t TargetLine) Cells() []string {
	return []string{t.MeasureText(), t.Name, t.Source, t.Due.Day(), t.Share(), explain.Count(t.Needed), explain.Count(t.Reached), explain.Count(t.Of), rate(t.Reached, t.Of), t.MeasuredAt.Day(), t.Outcome()}
}

// measures are the rates that a target may be about.
var measures = []Option{{Value: "formed", Text: "组建率", Note: "业委会在任期内或者有物管会的小区，占全部小区"},
	{Value: "served", Text: "物业管理覆盖率", Note: "有物业服务合同在履行的小区，占全部小区"},
	{Value: "working", Text: "街道工作开展率", Note: "至少有一个小区已经组建或者正在组建的街道，占全部街道"}}

// Measures are the choices of the form that sets a target.
func (DistrictView) Measures() []Option { return measures }

// The words of the monthly return's sheet of targets.
const (
	SheetTargets = "目标完成情况"
	TargetsMean  = "到期的目标按到期日结束时计算，没有到期的按统计时点计算。街道工作开展率＝至少有一个小区已经组建业委会、物管会或者正在筹备、表决、备案的街道数 ÷ 有小区的街道数。"
)

// TargetHeader heads that sheet.
var TargetHeader = []string{"指标", "目标", "依据", "到期", "目标比例", "应达", "实有", "总数", "实际比例", "计算时点", "结果"}

// Plans are the pictures of the targets, one for each measure that has any; each bar has the line of its own target.
func (v DistrictView) Plans() (charts []BarChart) {
	for _, measure := range measures {
		chart := newBars("plan-"+measure.Value, measure.Text, "每条横杠是一个目标到它的到期日、没有到期的到统计时点实际达到的比例，横杠上的红虚线是这个目标的比例。")
		for _, target := range v.Targets {
			if target.Measure != measure.Value {
				continue
			}
			chart.add(target.Due.Day(), rate(target.Reached, target.Of)+"，目标 "+target.Share(), target.Reached, target.Of)
			chart.Bars[len(chart.Bars)-1].Mark = aim(target.Num, target.Den)
		}
		if len(chart.Bars) > 0 {
			charts = append(charts, *chart)
		}
	}
	return charts
}

package explain

import (
	"fmt"

	"gongjue/voting"
)

// Base says what a share is a share of; it stands beside every printed share.
func Base(ofTotal bool) string {
	if ofTotal {
		return "占全体"
	}
	return "占参与表决"
}

// StepSentence says one comparison in full, such as 参与表决面积 73,103.50㎡，占全体 85.03%，法定不少于三分之二，达到，
// 超出 …㎡（民法典第278条第2款）. Options print as they are; [Names.Step] gives them their printed names.
func StepSentence(step voting.Step) string { return Names{}.Step(step) }

// Step is [StepSentence] with the printed name of the option.
func (n Names) Step(step voting.Step) string {
	yardstick, article := "法定", "（"+step.Law+"）"
	if step.Law == "" {
		yardstick, article = "事先约定", ""
	}
	return fmt.Sprintf("%s %s，%s %s%%，%s%s，%s%s%s",
		n.subject(step), amount(step.Part, step.Dimension), Base(step.OfTotal), step.Share(),
		yardstick, required(step.Threshold), verdictOf(step), closeCall(step), article)
}

// required puts the threshold after 法定: 法定不少于三分之二, 法定须过半数.
func required(t voting.Threshold) string {
	if t == voting.OverHalf {
		return "须" + Threshold(t)
	}
	return Threshold(t)
}

func (n Names) subject(step voting.Step) string {
	measure := "人数"
	if step.Dimension == voting.ByArea {
		measure = "面积"
	}
	switch {
	case step.What == voting.Participation:
		return "参与表决" + measure
	case step.Option == voting.OptionYes && n.Favour != "":
		return n.Favour + "合计" + measure
	case step.Option == voting.OptionYes && n.Options[step.Option] == "":
		return "同意" + measure
	}
	return "“" + n.of(step.Option) + "”得到同意的" + measure
}

// verdictOf says whether the step is met and by how much. Margin 0 is met by the last head or cm².
func verdictOf(step voting.Step) string {
	switch {
	case step.Margin == 0:
		return "刚好达到"
	case step.Met:
		return "达到，超出 " + amount(step.Margin, step.Dimension)
	}
	return "未达到，还差 " + amount(-step.Margin, step.Dimension)
}

// closeCall prints the comparison of whole numbers where the rounded share looks like the threshold itself:
// 50.00 % may be a pass, and 66.67 % may be below two thirds (domain trap 3).
func closeCall(step voting.Step) string {
	if step.Share() != voting.Share(step.Threshold.Num, step.Threshold.Den) {
		return ""
	}
	part, whole := step.Part*step.Threshold.Den, step.Whole*step.Threshold.Num
	sign := "＝"
	if part > whole {
		sign = "＞"
	} else if part < whole {
		sign = "＜"
	}
	return fmt.Sprintf("（按整数比较：%s×%d＝%s，%s×%d＝%s，前者%s后者）",
		amount(step.Part, step.Dimension), step.Threshold.Den, amount(part, step.Dimension),
		amount(step.Whole, step.Dimension), step.Threshold.Num, amount(whole, step.Dimension), sign)
}

package explain

import (
	"strings"

	"gongjue/voting"
)

var subjects = table[voting.Subject]{voting.AboutFirm: "物业服务企业", voting.AboutCommittee: "业主委员会（物业管理委员会）", voting.AboutStreet: "街道"}

// Subject names whom a satisfaction poll is about; empty for any other poll.
func Subject(s voting.Subject) string { return subjects[s] }

// Favour names the grades of a scale that count as agreement: 非常满意、满意. It is empty for a matter without a scale.
func Favour(m voting.Matter) string {
	if !m.Graded() {
		return ""
	}
	return strings.Join(m.Favourable(), "、")
}

// Poll says by what an opinion poll is measured: 同意人数和面积占参与表决…过半数. Its yardstick is nobody's law.
func Poll(m voting.Matter) string {
	var measures []string
	for _, dimension := range voting.Dimensions {
		for _, own := range m.Poll.Dimensions {
			if own == dimension {
				measures = append(measures, map[voting.Dimension]string{voting.ByHeads: "人数", voting.ByArea: "面积"}[own])
			}
		}
	}
	agreement := "同意"
	if m.Graded() {
		agreement = Favour(m) + "合计"
	}
	return agreement + strings.Join(measures, "和") + Base(m.Poll.OfAll) + Threshold(m.Poll.Threshold)
}

// pollVerdict keeps an opinion apart from a decision, also where it reached what was announced.
func pollVerdict(m voting.Matter, reached bool) string {
	what, word := "意见征询", "未达到"
	if m.Poll.About != "" {
		what = "满意度调查"
	}
	if reached {
		word = "达到"
	}
	return word + "事先约定的标准（" + what + "，不是业主大会决定）"
}

func plainPoll(m voting.Matter, o voting.Outcome) string {
	answer := "达到了事先约定的标准"
	if o.Result != voting.Passed {
		answer = "没有达到事先约定的标准：" + lacking(o, voting.Approval, voting.OptionYes)
	}
	text := agreed(o)
	if m.Graded() {
		sum := m.Agreed(o.Counted.Options)
		text = "其中选" + Favour(m) + "的合计 " + Count(sum.Heads) + " 人、" + SquareMetres(sum.Area) + " 平方米"
	}
	return text + "，" + halves(m, o) + answer + "。这是征询意见，不是业主大会的决定，对大家没有约束力。"
}

// halves says whether half or more of those who took part agree, by each measure, whatever the announced yardstick is.
func halves(m voting.Matter, o voting.Outcome) string {
	sum, whole := m.Agreed(o.Counted.Options), o.Counted.Participants
	half := voting.Threshold{Num: 1, Den: 2}
	heads, area := half.Met(sum.Heads, whole.Heads), half.Met(int64(sum.Area), int64(whole.Area))
	switch {
	case heads && area:
		return "人数和面积都占参加的半数以上，"
	case heads:
		return "人数占参加的半数以上，面积不到半数，"
	case area:
		return "面积占参加的半数以上，人数不到半数，"
	}
	return "人数和面积都不到参加的半数，"
}

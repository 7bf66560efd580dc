package explain

import (
	"fmt"
	"strings"

	"gongjue/voting"
)

// Formal is the legal sentence of a notice: the rule with its article, then the conclusion. It names the
// law that applied, so that an old vote is never explained by the new Code. A poll cites no law.
func Formal(law voting.Law, m voting.Matter, o voting.Outcome, names Names) string {
	if m.Kind == voting.Consult {
		return "本次为意见征询，事先约定的标准为" + Poll(m) + "。结果：" + Verdict(m, o) + "。"
	}
	return Rule(law, m) + formalResult(m, o, names)
}

// Rule is the statute's yardstick for the matter, in the order of the statute: area first, then heads.
func Rule(law voting.Law, m voting.Matter) string { return RuleOn(law, m, "本事项") }

// RuleOn is the yardstick of m where the sentence does not stand with the matter itself: subject names all matters
// under the same yardstick, such as 事项一、三均.
func RuleOn(law voting.Law, m voting.Matter, subject string) string {
	approval := law.Approval(m.Item)
	gate, share := shareOf(law.Participation.Threshold), shareOf(approval.Threshold)
	articles := law.Participation.Article
	if approval.Article != articles {
		articles += "、" + approval.Article
	}
	text := fmt.Sprintf("依据%s，%s应当由专有部分面积占比%s的业主且人数占比%s的业主参与表决，", articles, subject, gate, gate)
	if approval.OfTotal {
		return text + fmt.Sprintf("并经专有部分占建筑物总面积%s的业主且占总人数%s的业主同意。", share, share)
	}
	return text + fmt.Sprintf("并经参与表决专有部分面积%s的业主且参与表决人数%s的业主同意。", share, share)
}

func formalResult(m voting.Matter, o voting.Outcome, names Names) string {
	switch o.Result {
	case voting.NotFormed:
		return fmt.Sprintf("参与表决未达到上述比例（%s），结论：%s。%s", gap(o, voting.Participation, ""), Verdict(m, o), FirmActNote(m, o))
	case voting.Undetermined:
		return "依现有规则和已公布的参数不能得出唯一结果，结论：" + Verdict(m, o) + "。"
	}
	switch m.Kind {
	case voting.Election:
		return formalElection(m, o, names)
	case voting.Selection:
		return formalSelection(m, o, names)
	}
	if o.Result == voting.Passed {
		return "以上表决结果符合上述规定，表决通过、结果有效。结论：" + Verdict(m, o) + "。"
	}
	return fmt.Sprintf("同意未达到法定标准（%s），未能通过。结论：%s。%s",
		gap(o, voting.Approval, voting.OptionYes), Verdict(m, o), FirmActNote(m, o))
}

func formalSelection(m voting.Matter, o voting.Outcome, names Names) string {
	switch {
	case o.Result == voting.Passed && len(o.Lots) > 0:
		return lots(o, names) + "。以上表决结果符合上述规定，选聘" + names.of(o.Selected) + "的表决通过、结果有效。结论：" + Verdict(m, o) + "。"
	case o.Result == voting.Passed:
		return "以上表决结果符合上述规定，选聘" + names.of(o.Selected) + "的表决通过、结果有效。结论：" + Verdict(m, o) + "。"
	case o.Result == voting.Rejected:
		return "各选项均未达到法定标准，未能通过。结论：" + Verdict(m, o) + "。"
	case nobodyPassed(m, o):
		return "各选项均未达到法定标准。结论：" + Verdict(m, o) + "，由" + names.list(o.RunOff) + "参加，另行公告。"
	}
	if o.TieWay == voting.TieByLot {
		return names.list(o.RunOff) + "均达到法定标准且并列第一，按事先公布的办法公开抽签。结论：" + Verdict(m, o) + "。"
	}
	return names.list(o.RunOff) + "均达到法定标准且并列第一。结论：" + Verdict(m, o) + "，由并列者参加，另行公告。"
}

func formalElection(m voting.Matter, o voting.Outcome, names Names) string {
	var parts []string
	if len(o.Elected) > 0 {
		parts = append(parts, "以上表决结果符合上述规定，"+elected(o, names)+"当选业主委员会委员，结果有效")
	} else {
		parts = append(parts, "本次无人当选业主委员会委员")
	}
	if len(o.Alternates) > 0 {
		parts = append(parts, names.list(o.Alternates)+"为候补委员")
	}
	if len(o.Lots) > 0 {
		parts = append(parts, lots(o, names))
	}
	wayOut := map[bool]string{true: "由公开抽签确定", false: "须再次表决"}[o.TieWay == voting.TieByLot]
	if len(o.TiePending) > 0 {
		parts = append(parts, names.list(o.TiePending)+"并列于末位席位，"+wayOut)
	}
	if len(o.AlternatesTied) > 0 {
		parts = append(parts, names.list(o.AlternatesTied)+"并列于末位候补，"+alternatesTied(o))
	}
	if open := openAfterLot(o); open > 0 {
		parts = append(parts, fmt.Sprintf("应选 %d 名，缺额 %d 名%s，另行表决%s", m.Seats, open, openGroups(o), nominate(m, o)))
	}
	return strings.Join(parts, "；") + "。" + Committee(m, o) + "。结论：" + Verdict(m, o) + "。"
}

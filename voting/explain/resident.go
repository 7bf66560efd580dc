package explain

import (
	"fmt"
	"strings"

	"gongjue/voting"
)

// Resident says in plain words, for somebody who never read the law, whether the matter passed and why,
// with what is missing in heads and in square metres.
func Resident(m voting.Matter, o voting.Outcome, names Names) string {
	return "“" + names.Title + "”：" + plain(m, o, names) + FirmActNote(m, o) + NoLot(o)
}

func plain(m voting.Matter, o voting.Outcome, names Names) string {
	switch o.Result {
	case voting.NotFormed:
		return fmt.Sprintf("没有形成有效决定。%s，参加的人不够：%s。法律要求参加的人数和面积都%s。这不等于被否决。",
			turnout(m, o), lacking(o, voting.Participation, ""), Threshold(participationOf(o)))
	case voting.Undetermined:
		return "现在还无法认定结果。原因是：" + Reason(o.Reason) + "。" + readings(m, o, names) + "各种算法的数字都已列出，谁也不能事后挑一种；下一步怎么办，请看召集人的说明。"
	}
	switch m.Kind {
	case voting.Election:
		return turnout(m, o) + "。" + plainElection(m, o, names)
	case voting.Selection:
		return turnout(m, o) + "。" + plainSelection(m, o, names)
	case voting.Consult:
		return turnout(m, o) + "，" + plainPoll(m, o)
	}
	return plainMotion(m, o)
}

// turnout is the first thing a resident asks: how many are we, how many took part.
func turnout(m voting.Matter, o voting.Outcome) string {
	whole := "全小区"
	if len(m.Scope) > 0 {
		whole = "这次表决的范围内"
	}
	return fmt.Sprintf("%s有投票权的共 %s 人，参加的有 %s 人", whole, Count(o.Counted.Total.Heads), Count(o.Counted.Participants.Heads))
}

func agreed(o voting.Outcome) string {
	yes := o.Counted.Options[voting.OptionYes]
	return fmt.Sprintf("其中同意的有 %s 人、%s 平方米", Count(yes.Heads), SquareMetres(yes.Area))
}

// measured walks the steps of one option, or of participation, and says each in its own measure.
func measured(o voting.Outcome, what voting.StepKind, option string, say func(voting.Step, string, string) string) string {
	var parts []string
	for _, step := range o.Steps {
		if step.What != what || step.Option != option {
			continue
		}
		measure, unit := "人数", "人"
		if step.Dimension == voting.ByArea {
			measure, unit = "面积", "平方米"
		}
		if text := say(step, measure, unit); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "，")
}

// lacking says how much is missing where something is: 人数还差 12 人，面积还差 34.50 平方米.
func lacking(o voting.Outcome, what voting.StepKind, option string) string {
	return measured(o, what, option, func(step voting.Step, measure, unit string) string {
		if step.Met {
			return ""
		}
		return fmt.Sprintf("%s还差 %s %s", measure, figure(-step.Margin, step.Dimension), unit)
	})
}

// spare says by how much both majorities of an option were reached.
func spare(o voting.Outcome, option string) string {
	return measured(o, voting.Approval, option, func(step voting.Step, measure, unit string) string {
		if step.Margin == 0 {
			return measure + "刚好够"
		}
		return fmt.Sprintf("%s比最低要求多 %s %s", measure, figure(step.Margin, step.Dimension), unit)
	})
}

func plainMotion(m voting.Matter, o voting.Outcome) string {
	if o.Result == voting.Passed {
		return fmt.Sprintf("通过了。%s，%s。同意的人数和面积都达到了法律的要求：%s。", turnout(m, o), agreed(o), spare(o, voting.OptionYes))
	}
	return fmt.Sprintf("没有通过。%s，%s。同意的没有达到法律的要求：%s。",
		turnout(m, o), agreed(o), lacking(o, voting.Approval, voting.OptionYes))
}

// short tells of every option that fell short how much is missing.
func short(m voting.Matter, o voting.Outcome, codes map[string]voting.Shortness, names Names) string {
	var parts []string
	for _, option := range without(m, codes, false) {
		parts = append(parts, names.of(option)+lacking(o, voting.Approval, option))
	}
	return strings.Join(parts, "；")
}

func plainSelection(m voting.Matter, o voting.Outcome, names Names) string {
	missing := short(m, o, o.NotSelected, names)
	const nobody = "因为没有一家的同意人数和面积都达到法律的要求"
	switch {
	case o.Result == voting.Passed && len(o.Lots) > 0:
		return fmt.Sprintf("%s。选中的是%s，同意的人数和面积都达到了法律的要求：%s。", lots(o, names), names.of(o.Selected), spare(o, o.Selected))
	case o.Result == voting.Passed:
		return fmt.Sprintf("选中的是%s，同意的人数和面积都达到了法律的要求：%s。", names.of(o.Selected), spare(o, o.Selected))
	case o.Result == voting.Rejected:
		return "没有选出来，" + nobody + "（" + missing + "）。没有选出来，不等于原来的企业被解聘。"
	case nobodyPassed(m, o):
		return "还没有选出来，" + nobody + "（" + missing + "）。按事先公布的办法，要在" + names.list(o.RunOff) + "之间再投一次票。"
	}
	if o.TieWay == voting.TieByLot {
		return "还没有选出来：" + names.list(o.RunOff) + "都达到了法律的要求，但并列第一，要按事先公布的办法公开抽签。"
	}
	return "还没有选出来：" + names.list(o.RunOff) + "都达到了法律的要求，但并列第一，要在这几家之间再投一次票。"
}

func plainElection(m voting.Matter, o voting.Outcome, names Names) string {
	var parts []string
	won := map[bool]string{true: "补选", false: "选出"}[m.ByElection()]
	if n := len(o.Elected); n > 0 {
		parts = append(parts, fmt.Sprintf("%s委员 %d 人：%s", won, n, elected(o, names)))
	} else {
		parts = append(parts, "这次没有选出委员")
	}
	if n := len(o.Alternates); n > 0 {
		parts = append(parts, fmt.Sprintf("候补委员 %d 人：%s", n, names.list(o.Alternates)))
	}
	if len(o.Lots) > 0 {
		parts = append(parts, lots(o, names))
	}
	wayOut := map[bool]string{true: "要按事先公布的办法公开抽签", false: "要再投一次票"}[o.TieWay == voting.TieByLot]
	if len(o.TiePending) > 0 {
		parts = append(parts, names.list(o.TiePending)+"并列，席位不够，"+wayOut+"，不按名单先后决定")
	}
	if len(o.AlternatesTied) > 0 {
		parts = append(parts, names.list(o.AlternatesTied)+"票数相同，候补的名额不够，"+alternatesTied(o))
	}
	if missing := short(m, o, o.NotElected, names); missing != "" {
		parts = append(parts, "没有达到法律要求的："+missing)
	}
	if after := without(m, o.NotElected, true); len(after) > 0 {
		parts = append(parts, "达到了法律的要求但名次在后的："+names.list(after))
	}
	if open := openAfterLot(o); open > 0 {
		parts = append(parts, fmt.Sprintf("还有 %d 个席位空缺%s，要另行投票%s", open, openGroups(o), nominate(m, o)))
	}
	return strings.Join(append(parts, Committee(m, o)), "。") + "。"
}

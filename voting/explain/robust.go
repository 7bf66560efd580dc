package explain

import (
	"fmt"
	"strings"

	"gongjue/voting"
)

// Robust says whether the contested ballots could change the result: 即使 12 张有争议的票全部相反，结论不变。 What is only
// possible, because areas are not known or places depend on several options at once, is never called certain.
func Robust(m voting.Matter, r voting.Robustness, names Names) string {
	ballots := Count(r.Disputed.Ballots) + " 张有争议的票"
	switch {
	case r.Result == voting.Undetermined:
		return "结果本身还无法认定，不能推算有争议的票的影响。"
	case r.Stands:
		return "即使 " + ballots + "全部相反，结论不变。"
	case r.Exact:
		return "如果 " + ballots + "全部相反，最坏的情况下结论会改变，可能成为：" + others(r) + "。"
	}
	text := "如果 " + ballots + "全部相反，不能排除结论改变"
	if len(r.Unsafe) > 0 {
		text += "，可能受影响的是" + names.list(r.Unsafe)
	} else if list := others(r); list != "" {
		text += "，可能成为：" + list
	}
	if r.Disputed.AreaBound {
		text += "（不知道是哪几张票，面积按可能的最大值计算）"
	}
	return text + "。"
}

func others(r voting.Robustness) string {
	var words []string
	for _, result := range r.Could {
		if result != r.Result {
			words = append(words, Result(result))
		}
	}
	return strings.Join(words, "、")
}

// Needed says in one sentence what would have changed the result of a motion or poll: how many heads and how many
// square metres. It is empty for elections and selections, whose steps say it option by option, and for an
// undetermined outcome.
func Needed(m voting.Matter, o voting.Outcome) string {
	if (m.Kind != voting.Motion && m.Kind != voting.Consult) || o.Result == voting.Undetermined {
		return ""
	}
	gaps, agree := voting.Needed(o), "同意"
	if m.Graded() {
		agree = "选" + strings.ReplaceAll(Favour(m), "、", "或者")
	}
	switch o.Result {
	case voting.NotFormed:
		return "至少还要有 " + turns(gaps, voting.Participation, false, "且 ") + "参与表决，才能形成决定。"
	case voting.Rejected:
		missing := turns(gaps, voting.Approval, false, "且 ")
		if o.OfTotal() { // those who took part may be too few to carry it: whoever stayed away counts against it too
			return "不论有没有参与表决，全体里至少还要再有 " + missing + agree + "，才会" + reached(m) + "。"
		}
		return "在参与表决的人里，至少还要有 " + missing + "改为" + agree + "，才会" + reached(m) + "。"
	}
	text := "只要有 " + turns(gaps, voting.Approval, true, "或者 ") + "改为不" + agree + "，就不会" + reached(m) + "。"
	if stay := turns(gaps, voting.Participation, true, "或者 "); stay != "" {
		text += "只要有 " + stay + "没有参与表决，就不能形成决定。"
	}
	return text
}

func reached(m voting.Matter) string {
	if m.Kind == voting.Consult {
		return "达到事先约定的标准"
	}
	return "通过"
}

// turns joins the gaps of one test; to carry it all must close, to defeat it one is enough.
func turns(gaps []voting.Gap, what voting.StepKind, met bool, joint string) string {
	var parts []string
	for _, gap := range gaps {
		if gap.What == what && gap.Met == met {
			parts = append(parts, amount(gap.Turn, gap.Dimension))
		}
	}
	return strings.Join(parts, joint)
}

// FirmActNote is the sentence that must stand beside a motion on the serving firm which was not carried (domain
// trap 18); empty for every other outcome.
func FirmActNote(m voting.Matter, o voting.Outcome) string {
	if o.Result != voting.Rejected && o.Result != voting.NotFormed {
		return ""
	}
	switch m.FirmAct {
	case voting.RenewFirm:
		return "续聘未通过不等于解聘：是否解聘、另聘哪一家，都要另行表决。"
	case voting.DismissFirm:
		return "解聘未通过不等于续聘：合同到期后是否续聘，要另行表决。"
	}
	return ""
}

// Effect says what a matter comes to, with the matter on which it depends.
func Effect(m voting.Matter, e voting.Effect) string {
	if m.LinkedTo == 0 {
		return effects[e]
	}
	return fmt.Sprintf("%s（以第 %d 项%s为前提）", effects[e], m.LinkedTo, Condition(m.LinkedWhen))
}

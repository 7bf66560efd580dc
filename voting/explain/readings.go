package explain

import (
	"strings"

	"gongjue/voting"
)

// VerdictBeside is the verdict of another reading of an outcome, beside that of the outcome itself. It promises no lot that
// is not drawn.
func VerdictBeside(m voting.Matter, o voting.Outcome, name string) string {
	other := o.Variants[name]
	if verdict := Verdict(m, other); other.TieWay != voting.TieByLot || other.Result != voting.RunOffDue || NoLot(o) == "" {
		return verdict
	}
	return "有并列，先后未定"
}

// Reading says what another reading of an outcome comes to, who has a place in it and who is tied, in one clause.
func Reading(m voting.Matter, whole voting.Outcome, name string, names Names) string {
	o := whole.Variants[name]
	parts := []string{VerdictBeside(m, whole, name)}
	if len(o.Elected) > 0 {
		parts = append(parts, "当选："+names.list(o.Elected))
	}
	if o.Selected != "" {
		parts = append(parts, "选中："+names.of(o.Selected))
	}
	for _, tie := range Ties(m, o, names) {
		parts = append(parts, "并列："+strings.TrimSuffix(tie, "。"))
	}
	return strings.Join(parts, "；")
}

// readings says of an undetermined outcome what each of the readings comes to that can be worked out.
func readings(m voting.Matter, o voting.Outcome, names Names) string {
	var text strings.Builder
	for _, name := range voting.VariantNames {
		if _, there := o.Variants[name]; there {
			text.WriteString(Variant(name) + "：" + Reading(m, o, name, names) + "。")
		}
	}
	return text.String()
}

// NoLot says why no lot is drawn although one was announced and a reading of the outcome holds a tie: a lot settles what
// the announced rule comes to, not a comparison; and where no rule was announced it does not stand in for one: whoever finds
// one later must not know by then whom the lot favours. Empty where no such tie stands in another reading alone.
func NoLot(o voting.Outcome) string {
	if o.TieWay == voting.TieByLot {
		return ""
	}
	for _, name := range voting.VariantNames {
		switch {
		case o.Variants[name].TieWay != voting.TieByLot:
		case o.Result == voting.Undetermined:
			return "上面的并列现在不抽签：抽签只决定并列的先后，不能代替没有公布的规则。"
		default:
			return "另外，" + Variant(name) + "里有并列，那只是对照，不改变这里的结果，所以不抽签。"
		}
	}
	return ""
}

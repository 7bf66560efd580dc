package web

import (
	"strings"

	"gongjue/voting"
	"gongjue/voting/explain"
)

// SilenceSource names the rule behind a silence policy, such as 《业主大会议事规则》第二十一条; empty with the default policy.
func SilenceSource(p voting.Policies, rule *voting.SilenceConditions) string {
	if p.SilenceIn(voting.Motion) == voting.NotParticipating || rule == nil {
		return ""
	}
	document := rule.Document
	if !strings.Contains(document, "《") {
		document = "《" + document + "》"
	}
	if rule.InterimCovenant {
		return document + rule.Clause + "（依" + rule.Law + "，首次会议可以由临时管理规约约定）"
	}
	return document + rule.Clause
}

// silenceLeadsTo is what becomes of a ballot that was delivered and not cast.
var silenceLeadsTo = map[voting.Silence]string{
	voting.SilenceAbstains:             "按已参加表决、弃权计算，不算任何选项的票",
	voting.JoinMajority:                "按已参加表决计算，并计入人数和面积都领先的那个选项；没有这样的选项时谁也不加，该事项无法认定",
	voting.JoinMajorityIfOverHalfOfAll: "只有实际投给某个选项的人数和面积都超过全体的一半时，才按已参加表决计算并计入该选项，否则不计入",
}

// SilenceWarning is what notice, sheet and ballot page tell everybody beforehand; empty with the default policy.
func SilenceWarning(p voting.Policies, rule *voting.SilenceConditions) string {
	leads := silenceLeadsTo[p.SilenceIn(voting.Motion)]
	if leads == "" {
		return ""
	}
	return "根据" + SilenceSource(p, rule) + "，表决票送达后，到投票截止还没有表决的，" + leads +
		"。拒收、无法送达和没有登记送达的不计入；意见征询事项不适用。公布结果时，计入与不计入两种算法同时列出。"
}

// silenceNote says what the announced rule did to the silent ballots of one matter; empty where it says nothing of them.
func silenceNote(m ResultMatter) string {
	if m.Silence == "" || m.Silence == voting.NotParticipating {
		return ""
	}
	silent := m.Outcome.Counted.SilentDelivered
	text := "根据" + m.SilenceSource + "，已送达未表决的票" + explain.Silence(m.Silence) + "。"
	if silent == (voting.Weight{}) {
		return text + "这一项没有这样的票，计入与不计入的结果相同。"
	}
	return text + "这一项有 " + both(silent) + "。"
}

// both prints a weight in both measures.
func both(w voting.Weight) string {
	return explain.Count(w.Heads) + " 人、" + explain.SquareMetres(w.Area) + " ㎡"
}

// ClassLine is one of the six classes in which every voter stands at the close.
type ClassLine struct {
	Class  voting.VoterClass
	Weight voting.Weight
	Few    bool // the area would name a home, and is left out
}

// Name is the class in words.
func (l ClassLine) Name() string { return explain.VoterClass(l.Class) }

// Text is the class in both measures, as far as the public reads them.
func (l ClassLine) Text() string {
	if l.Few {
		return explain.Count(l.Weight.Heads) + " 人（面积可能对应到具体房屋，不公布）"
	}
	return both(l.Weight)
}

// deliveredText tells how many sheets arrived with proof; the area only where it names no home.
func deliveredText(proved ClassLine) string {
	if proved.Few {
		return "有送达凭证的表决票：" + explain.Count(proved.Weight.Heads) + " 人（包括已经表决的）。"
	}
	return "有送达凭证的表决票：" + both(proved.Weight) + "（包括已经表决的）。"
}

// silentPart tells whether silent ballots are among the participants, and whether they were added to options.
func silentPart(o voting.Outcome) (takesPart, joined bool) {
	quiet, there := o.Variants[voting.WithoutSilence]
	takesPart = there && quiet.Counted.Participants != o.Counted.Participants
	for name, votes := range o.Counted.Options {
		joined = joined || takesPart && (votes != quiet.Counted.Options[name] || o.Counted.Against[name] != quiet.Counted.Against[name])
	}
	return takesPart, joined
}

// readingLine is one line of the table that sets both readings side by side.
type readingLine struct{ Name, With, Without string }

// readings set the outcome beside the one in which silent ballots take no part; none where there is only one.
func readings(m ResultMatter) []readingLine {
	quiet, there := m.Outcome.Variants[voting.WithoutSilence]
	if !there {
		return nil
	}
	cells := func(o voting.Outcome) map[string]string {
		c := o.Counted
		list := map[string]string{"参与表决": compared(c.Participants, c.Total, explain.Base(true))}
		other := m
		other.Outcome = o
		for _, r := range resultRows(other, voting.Threshold{}) {
			if r.Votes {
				base, label := approvalBase(o)
				list[r.Name] = compared(voting.Weight{Heads: r.Heads, Area: r.Area}, base, label)
			}
		}
		return list
	}
	with, without := cells(m.Outcome), cells(quiet)
	lines := []readingLine{{"参与表决", with["参与表决"], without["参与表决"]}}
	for _, r := range resultRows(m, voting.Threshold{}) {
		if r.Votes {
			lines = append(lines, readingLine{r.Name, with[r.Name], without[r.Name]})
		}
	}
	return append(lines, readingLine{"结论", explain.Verdict(m.Matter, m.Outcome), explain.VerdictBeside(m.Matter, m.Outcome, voting.WithoutSilence)})
}

// compared prints both measures with their shares.
func compared(w, base voting.Weight, label string) string {
	return explain.Count(w.Heads) + " 人（" + label + " " + voting.Share(w.Heads, base.Heads) + "%），" + explain.SquareMetres(w.Area) + " ㎡（" +
		label + " " + voting.Share(int64(w.Area), int64(base.Area)) + "%）"
}

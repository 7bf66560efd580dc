package web

import (
	"slices"
	"strconv"
	"strings"

	"gongjue/voting"
	"gongjue/voting/explain"
)

// resultRow is one line of the table of votes, in both measures.
type resultRow struct {
	Name                       string
	Heads                      int64
	Area                       voting.Area
	HeadShare, AreaShare, Base string
	Ranked                     bool // the table has a column of places
	HeadBar                    Bar
	AreaBar                    Bar
	Votes                      bool   // an option, with bars; otherwise abstentions, void or silent ballots
	Standing                   string // place of a candidate or firm
	Good                       bool   // elected or selected
	HeadNote, AreaNote         string // the no votes, where every option was marked on its own
}

// measure is participation in one dimension.
type measure struct {
	Name, Part, Whole, Unit, Share string
	Bar                            Bar
}

// variantView is the outcome under another reading.
type variantView struct{ Name, Word string }

// stepView is one comparison as a sentence.
type stepView struct {
	Met  bool
	Text string
}

// resultMatterView is a decided matter ready for a template.
type resultMatterView struct {
	ResultMatter
	Tone, Symbol, Word, Short, Sentence string
	Participation                       []measure
	Rows                                []resultRow
	Ranked                              bool // the table has a column of places
	ParticipationMark, ApprovalMark     voting.Threshold
	Steps                               []stepView
	Variants                            []variantView
	SilenceNote, DeliveredText          string
	Needed, RobustText, EffectText      string        // each empty where there is nothing to say
	DisputeText                         string        // beside RobustText: which objections it counts
	Readings                            []readingLine // with and without silent ballots
	OpenSteps                           bool          // few enough to be shown at once
	OpenSeats                           int
}

// Yardstick says what the red line in the bars of approval stands for; of a scale there is none.
func (v resultMatterView) Yardstick() string {
	switch {
	case v.Matter.Graded():
		return PollNote(v.Matter)
	case v.Matter.Kind == voting.Consult:
		return "红线是" + PollNote(v.Matter)
	}
	return "红线是法定标准：" + explain.Threshold(v.ApprovalMark) + "，人数和面积都要达到"
}

func resultView(m ResultMatter) resultMatterView {
	o := m.Outcome
	v := resultMatterView{ResultMatter: m, Ranked: isRanked(m.Matter), OpenSeats: o.OpenSeats}
	look := verdictOf(m.Matter, o)
	v.Tone, v.Symbol, v.Word, v.Short = look.Tone, look.Symbol, look.Word, Verdict{Kind: m.Matter.Kind, Result: o.Result, ByLot: o.TieWay == voting.TieByLot}.Look().Word
	names := explain.Names{Title: m.Title, Favour: explain.Favour(m.Matter)}
	// The title stands above the sentence already.
	v.Sentence = strings.TrimPrefix(explain.Resident(m.Matter, o, names), "“"+m.Title+"”：")
	v.ParticipationMark, v.ApprovalMark = marks(o.Steps)
	v.Participation = participation(o.Counted, v.ParticipationMark)
	v.Rows = resultRows(m, v.ApprovalMark)
	for _, s := range o.Steps {
		v.Steps = append(v.Steps, stepView{s.Met, names.Step(s)})
	}
	v.OpenSteps = len(v.Steps) <= 4
	v.Needed = explain.Needed(m.Matter, o) + explain.Margin(m.Matter, m.Policies, o, names)
	if m.Robust != nil {
		v.RobustText, v.DisputeText = explain.Robust(m.Matter, *m.Robust, names), explain.CountedObjections+explain.DisputedPlaces(m.Matter)
	}
	if m.Effect != "" {
		v.EffectText = explain.Effect(m.Matter, m.Effect)
	}
	if m.Effect == voting.Lapsed { // the votes stand and lead to nothing: no tag may say that something is due
		v.Tone, v.Symbol, v.Word, v.Short = "open", "–", v.Word+"（"+explain.Lapsed+"）", explain.Lapsed
	}
	v.SilenceNote, v.Readings = silenceNote(m), readings(m)
	if m.Classes != nil {
		v.DeliveredText = deliveredText(m.Delivered)
	}
	for _, name := range []string{voting.WithVoid, voting.WithoutVoid} {
		if other, ok := o.Variants[name]; ok && o.Result != voting.Undetermined { // whose sentence tells of both
			v.Variants = append(v.Variants, variantView{explain.Variant(name), verdictOf(m.Matter, other).Word})
		}
	}
	return v
}

// marks finds the thresholds that the bars show: of participation, and of approval.
func marks(steps []voting.Step) (participation, approval voting.Threshold) {
	for _, s := range steps {
		if s.What == voting.Participation {
			participation = s.Threshold
		} else {
			approval = s.Threshold
		}
	}
	return participation, approval
}

func participation(c voting.Counted, mark voting.Threshold) []measure {
	p, t := c.Participants, c.Total
	return []measure{
		{"人数", explain.Count(p.Heads), explain.Count(t.Heads), "人", voting.Share(p.Heads, t.Heads), bar(p.Heads, t.Heads, mark)},
		{"面积", explain.SquareMetres(p.Area), explain.SquareMetres(t.Area), "㎡", voting.Share(int64(p.Area), int64(t.Area)), bar(int64(p.Area), int64(t.Area), mark)},
	}
}

func resultRows(m ResultMatter, mark voting.Threshold) []resultRow {
	c := m.Outcome.Counted
	base, label := approvalBase(m.Outcome)
	row := func(name string, w voting.Weight, votes bool) resultRow {
		return resultRow{Name: name, Heads: w.Heads, Area: w.Area, Base: label, Votes: votes, Ranked: isRanked(m.Matter),
			HeadShare: voting.Share(w.Heads, base.Heads), AreaShare: voting.Share(int64(w.Area), int64(base.Area)),
			HeadBar: bar(w.Heads, base.Heads, mark), AreaBar: bar(int64(w.Area), int64(base.Area), mark)}
	}
	rows := []resultRow{}
	if !isListed(m.Matter) {
		rows = append(rows, row("同意", c.Options[voting.OptionYes], true), row("反对", c.Options[voting.OptionNo], true))
		rows[1].HeadBar.Mark, rows[1].AreaBar.Mark = 0, 0 // the threshold is one of approval
	}
	for _, name := range m.Matter.Options {
		r := row(name, c.Options[name], true)
		if m.Matter.Graded() { // the threshold is one of all that agree together
			r.HeadBar.Mark, r.AreaBar.Mark = 0, 0
		}
		r.Standing, r.Good = standing(m.Outcome, name)
		if no, marked := c.Against[name]; marked {
			rest := base.Minus(c.Options[name]).Minus(no)
			r.HeadNote = "反对 " + explain.Count(no.Heads) + "，弃权及其他 " + explain.Count(rest.Heads)
			r.AreaNote = "反对 " + explain.SquareMetres(no.Area) + "，弃权及其他 " + explain.SquareMetres(rest.Area)
		}
		rows = append(rows, r)
	}
	return append(rows, otherRows(m.Outcome, row)...)
}

// otherRows are the ballots for no option. Where every option is marked on its own, abstentions stand there.
func otherRows(o voting.Outcome, row func(string, voting.Weight, bool) resultRow) []resultRow {
	c, rows := o.Counted, []resultRow{}
	if c.Against == nil {
		rows = append(rows, row("弃权", c.Abstain, false))
	}
	rows = append(rows, row("废票", c.Void, false))
	switch takesPart, joined := silentPart(o); {
	case joined:
		rows = append(rows, row("其中已送达未投、按规则计入上面选项的", c.SilentDelivered, false))
	case takesPart:
		rows = append(rows, row("已送达未投", c.SilentDelivered, false))
	}
	return rows
}

// approvalBase is what the option shares are measured against, with its label: the participants, or everybody
// under the older law and in some polls.
func approvalBase(o voting.Outcome) (voting.Weight, string) {
	for _, s := range o.Steps {
		if s.What == voting.Approval && s.OfTotal {
			return o.Counted.Total, explain.Base(true)
		}
	}
	return o.Counted.Participants, explain.Base(false)
}

// placeIn says which place a name has in a list by rank, in its seat group where the seats are shared out: 3号楼第 1 名.
func placeIn(o voting.Outcome, name string, all []string, of func(voting.GroupOutcome) []string) string {
	for _, group := range o.Groups {
		if i := slices.Index(of(group), name); i >= 0 {
			return group.Name + "第 " + strconv.Itoa(i+1) + " 名"
		}
	}
	return "第 " + strconv.Itoa(slices.Index(all, name)+1) + " 名"
}

// standing is the place of a candidate or firm in words; the second value says that it was chosen.
func standing(o voting.Outcome, name string) (string, bool) {
	switch {
	case name == o.Selected && name != "":
		return "选定", true
	case slices.Contains(o.Elected, name):
		return "当选，" + placeIn(o, name, o.Elected, func(g voting.GroupOutcome) []string { return g.Elected }), true
	case slices.Contains(o.Alternates, name):
		return "候补，" + placeIn(o, name, o.Alternates, func(g voting.GroupOutcome) []string { return g.Alternates }), false
	case o.TieWay == voting.TieByLot && (slices.Contains(o.TiePending, name) || slices.Contains(o.AlternatesTied, name) || slices.Contains(o.RunOff, name)):
		return "票数相同，待公开抽签", false
	case slices.Contains(o.TiePending, name):
		return "票数相同，名次待定", false
	case slices.Contains(o.AlternatesTied, name):
		return "候补名次相同，先后未定", false
	case slices.Contains(o.RunOff, name):
		return "进入再次投票", false
	}
	if short := o.NotElected[name]; short != "" {
		return "未当选：" + explain.Shortness(short), false
	}
	if short := o.NotSelected[name]; short != "" {
		return "未选定：" + explain.Shortness(short), false
	}
	return "", false
}

package web

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"gongjue/voting/explain"
	"gongjue/voting/rules"
)

// TitleRules is the title of the list of rules; the page of one pack bears its name.
const TitleRules = "表决规则和各地规定"

func (Rules) name() string    { return "rules" }
func (RulePage) name() string { return "rule" }

// Rules lists the rule packs by place and date.
type Rules struct {
	Shell
	Packs   []RuleCard
	HomeURL string
}

// RuleCard is a pack in the list.
type RuleCard struct {
	Pack rules.Pack
	URL  string
	Now  bool // in force at Shell.Now
}

// Region, Period and Clauses are what the list says of a pack.
func (c RuleCard) Region() string { return RulesRegion(c.Pack) }

// Period is explained at [RuleCard.Region].
func (c RuleCard) Period() string { return RulesPeriod(c.Pack.From, c.Pack.Until) }

// Clauses is explained at [RuleCard.Region].
func (c RuleCard) Clauses() int { return len(c.Pack.Lines()) }

// RulePage is one pack, clause by clause, as it is written; what it is silent on stands in the packs above.
type RulePage struct {
	Shell
	Pack     rules.Pack
	National rules.Pack // whose majorities go before any local text
	Above    []Link     // the packs that fill in what this one leaves open, the nearest first
	ListURL  string
}

// RuleSection are the clauses of one topic.
type RuleSection struct {
	Name  string
	Plain bool // lines without names
	Lines []RuleLine
}

// RuleLine is a clause as a page prints it.
type RuleLine struct {
	Name  string
	Text  string
	Note  string // added in our own words
	Quote string // the words of the text
	Basis string // article and dates, or that the notice announces it
}

// RulesInOrder sorts packs by place and date: national law first, a province before its cities, the newest
// text of a place first.
func RulesInOrder(packs []rules.Pack) []rules.Pack {
	sorted := slices.Clone(packs)
	slices.SortStableFunc(sorted, func(a, b rules.Pack) int {
		return cmp.Or(slices.Compare(a.Places, b.Places), cmp.Compare(b.From, a.From), cmp.Compare(a.ID, b.ID))
	})
	return sorted
}

// RulesRegion names where a pack holds.
func RulesRegion(pack rules.Pack) string {
	if pack.Level == rules.National {
		return explain.Level(pack.Level)
	}
	return pack.Region()
}

// RulesPeriod prints from when to when something holds.
func RulesPeriod(from, until rules.Day) string {
	if until == "" {
		return dayWords(from) + "起"
	}
	return dayWords(from) + "起，到" + dayWords(until) + "前"
}

// dayWords prints 2024-03-29 as 2024年3月29日.
func dayWords(day rules.Day) string {
	parsed, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return string(day)
	}
	return parsed.Format("2006年1月2日")
}

// Region, Period, TextNote and MajorityNote are the head of the page.
func (p RulePage) Region() string { return RulesRegion(p.Pack) }

// Period is explained at [RulePage.Region].
func (p RulePage) Period() string { return RulesPeriod(p.Pack.From, p.Pack.Until) }

// TextNote tells which text was read; empty for national law.
func (p RulePage) TextNote() string {
	switch {
	case p.Pack.TextDate == "":
		return ""
	case p.Pack.StartAssumed():
		return "所据文本的日期：" + dayWords(p.Pack.TextDate) + "。施行日期没有核对到，从这一天起适用。"
	}
	return "所据文本的日期：" + dayWords(p.Pack.TextDate) + "；按文本写明的施行日期适用。"
}

// MajorityNote says where the majorities come from.
func (p RulePage) MajorityNote() string {
	if p.Local() {
		return "由全国法律规定，优先于本地文本；本地文本只补充程序"
	}
	return "人数和面积都要达到"
}

// Local tells a local pack from national law.
func (p RulePage) Local() bool { return p.Pack.Level == rules.Local }

// Class says which approval an item needs.
func (p RulePage) Class(item rules.Item) string { return explain.Class(p.National, item.Class) }

// Majorities are the three tests of the national law.
func (p RulePage) Majorities() []RuleLine {
	law, majorities := p.National.Law(), p.National.Majorities
	if majorities == nil {
		return nil
	}
	var special []string
	for _, number := range law.SpecialItems {
		special = append(special, strconv.Itoa(number))
	}
	base := "参加表决的业主里，"
	if law.Ordinary.OfTotal {
		base = "全体业主里，"
	}
	return []RuleLine{
		{Name: "参加表决", Text: fmt.Sprintf("全体业主里，参加表决的人数和面积都%s。", explain.Threshold(law.Participation.Threshold)),
			Quote: majorities.Participation.Quote, Basis: basis(&majorities.Participation.Source)},
		{Name: "一般事项", Text: fmt.Sprintf("%s同意的人数和面积都%s。", base, explain.Threshold(law.Ordinary.Threshold)),
			Quote: majorities.Ordinary.Quote, Basis: basis(&majorities.Ordinary.Source)},
		{Name: "特别事项（第 " + strings.Join(special, "、") + " 项）", Text: fmt.Sprintf("%s同意的人数和面积都%s。", base, explain.Threshold(law.Special.Threshold)),
			Quote: majorities.Special.Quote, Basis: basis(&majorities.Special.Source)},
	}
}

// Sections are the clauses by topic, in the order of a vote; a topic without any is left out.
func (p RulePage) Sections() []RuleSection {
	var sections []RuleSection
	lines := p.Pack.Lines()
	for _, topic := range rules.Topics {
		section := RuleSection{Name: topic.Name(), Plain: topic == rules.TopicOther}
		for _, line := range lines {
			if line.Topic == topic {
				section.Lines = append(section.Lines, RuleLine{line.Name, line.Text, line.Note, line.Quote, basis(line.Source)})
			}
		}
		if len(section.Lines) > 0 {
			sections = append(sections, section)
		}
	}
	return sections
}

// basis cites the article with its dates.
func basis(source *rules.Source) string {
	if source == nil {
		return "法律没有规定，由会议通知公布，可以另定"
	}
	return source.String() + "，" + RulesPeriod(source.From, source.Until)
}

package rules

import "strings"

// Line is one clause as people read it.
type Line struct {
	Key       string // of the parameter; empty for a provision
	Topic     Topic
	Name      string // empty for a provision
	Text      string // a plain sentence
	Note      string // added in our own words
	Quote     string // the words of the text, where they are known
	Announced bool   // no law: a default that the notice announces and may change
	Source    *Source
}

// Lines are all clauses and provisions of the pack in the order in which they are read. The majorities and
// the items are not among them.
func (p Pack) Lines() []Line {
	var list []Line
	for _, parameter := range parameters {
		c := parameter.get(&p.Procedure)
		if c == nil {
			continue
		}
		b := c.basis()
		list = append(list, Line{Key: parameter.key, Topic: parameter.topic, Name: parameter.name, Text: parameter.say(&p.Procedure),
			Note: b.Note, Quote: b.Quote, Announced: b.Announced, Source: b.Source})
	}
	for _, provision := range p.Provisions {
		source := provision.Source
		list = append(list, Line{Topic: TopicOther, Text: provision.Text, Source: &source})
	}
	return list
}

// Region names the places of a local pack, such as 浙江省杭州市; empty for national law.
func (p Pack) Region() string {
	names := make([]string, len(p.Places))
	for i, place := range p.Places {
		names[i] = strings.ReplaceAll(place, "/", "")
	}
	return strings.Join(names, "、")
}

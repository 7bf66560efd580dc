// Package rules holds the rule packs: majorities, items and deadlines as data, every clause with its
// instrument, article and dates. The national majorities always win over a local text, so a local pack may
// set procedure only. A meeting stores the pack it was noticed under; packs change, meetings do not.
package rules

import "gongjue/voting"

// Level tells who made the instrument of a pack.
type Level string

// The levels.
const (
	National Level = "national"
	Local    Level = "local" // procedure only
)

// Levels lists every level.
var Levels = []Level{National, Local}

// Class tells which approval majority an item needs.
type Class string

// The classes.
const (
	Ordinary Class = "ordinary"
	Special  Class = "special"
)

// Classes lists both classes.
var Classes = []Class{Ordinary, Special}

// Pack is one set of rules, ready to be stored with a meeting as JSON.
type Pack struct {
	ID           string      `yaml:"id" json:"id"`
	Name         string      `yaml:"name" json:"name"`
	Level        Level       `yaml:"level" json:"level"`
	Places       []string    `yaml:"places" json:"places,omitempty"` // local: such as "浙江省/杭州市", which holds everything below
	From         Day         `yaml:"from" json:"from"`
	Until        Day         `yaml:"until" json:"until,omitempty"` // first day no longer in force; empty while in force
	ElectionItem int         `yaml:"election_item" json:"election_item,omitempty"`
	Items        []Item      `yaml:"items" json:"items,omitempty"`
	Majorities   *Majorities `yaml:"majorities" json:"majorities,omitempty"` // national only
	Procedure    Procedure   `yaml:"procedure" json:"procedure"`
}

// Source is where a clause is written, and from when to when it holds.
type Source struct {
	Instrument string `yaml:"instrument" json:"instrument"`
	Article    string `yaml:"article" json:"article"`
	From       Day    `yaml:"from" json:"from"`
	Until      Day    `yaml:"until" json:"until,omitempty"`
}

// String prints the citation, such as 民法典第278条第2款.
func (s Source) String() string { return s.Instrument + s.Article }

// Item is one of the decisions that owners take together.
type Item struct {
	Number int    `yaml:"number" json:"number"`
	Text   string `yaml:"text" json:"text"` // the words of the law
	Class  Class  `yaml:"class" json:"class"`
	Source Source `yaml:"source" json:"source"`
}

// Majorities are the three tests of a national pack.
type Majorities struct {
	Participation Majority `yaml:"participation" json:"participation"`
	Ordinary      Majority `yaml:"ordinary" json:"ordinary"`
	Special       Majority `yaml:"special" json:"special"`
}

// Majority is one threshold, by heads and by area alike.
type Majority struct {
	Num    int64  `yaml:"num" json:"num"`
	Den    int64  `yaml:"den" json:"den"`
	Strict bool   `yaml:"strict" json:"strict"`
	Of     string `yaml:"of" json:"of"` // total or participants
	Source Source `yaml:"source" json:"source"`
}

// Procedure are the deadlines. A nil clause means that the pack says nothing.
type Procedure struct {
	NoticeDays         *Clause `yaml:"notice_days" json:"notice_days,omitempty"`                   // notice to start of voting, at least
	FilingDays         *Clause `yaml:"filing_days" json:"filing_days,omitempty"`                   // election to filing, at most
	ObjectionDays      *Clause `yaml:"objection_days" json:"objection_days,omitempty"`             // display of the preliminary count, at least
	DisplayDays        *Clause `yaml:"display_days" json:"display_days,omitempty"`                 // display of the final result, at least
	CertifyWorkingDays *Clause `yaml:"certify_working_days" json:"certify_working_days,omitempty"` // filing to certificate, at most
}

// Clause is a number of days with its source, or, where no law speaks, a default that the notice announces.
type Clause struct {
	Days      int     `yaml:"days" json:"days"`
	Announced bool    `yaml:"announced" json:"announced,omitempty"` // a parameter's default, no source
	Source    *Source `yaml:"source" json:"source,omitempty"`
}

// Item finds an item by its number in the pack's own list.
func (p Pack) Item(number int) (Item, bool) {
	if number < 1 || number > len(p.Items) {
		return Item{}, false
	}
	return p.Items[number-1], true
}

// Law gives the part of the pack that counting needs. It is the zero Law for a pack without majorities,
// which [At] and [For] never return.
func (p Pack) Law() voting.Law {
	if p.Majorities == nil {
		return voting.Law{}
	}
	law := voting.Law{
		ID: p.ID, Participation: p.Majorities.Participation.test(), Ordinary: p.Majorities.Ordinary.test(),
		Special: p.Majorities.Special.test(), Items: len(p.Items), ElectionItem: p.ElectionItem,
	}
	for _, item := range p.Items {
		if item.Class == Special {
			law.SpecialItems = append(law.SpecialItems, item.Number)
		}
	}
	return law
}

func (m Majority) test() voting.Test {
	return voting.Test{
		Threshold: voting.Threshold{Num: m.Num, Den: m.Den, Strict: m.Strict},
		OfTotal:   m.Of == ofTotal, Article: m.Source.String(),
	}
}

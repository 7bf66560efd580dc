// Package rules holds the rule packs: majorities, items and deadlines as data, every clause with its
// instrument, article and dates. The national majorities always win over a local text, so a local pack may
// set procedure only; a city's clause goes before its province's, and that before the national one. A meeting stores the pack it was noticed under; packs change, meetings do not.
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
	Places       []string    `yaml:"places" json:"places,omitempty"`       // local: such as "浙江省/杭州市", which holds everything below
	TextDate     Day         `yaml:"text_date" json:"text_date,omitempty"` // local: date of the text that was read
	From         Day         `yaml:"from" json:"from"`
	Until        Day         `yaml:"until" json:"until,omitempty"` // first day no longer in force; empty while in force
	ElectionItem int         `yaml:"election_item" json:"election_item,omitempty"`
	Items        []Item      `yaml:"items" json:"items,omitempty"`
	Majorities   *Majorities `yaml:"majorities" json:"majorities,omitempty"` // national only
	Procedure    Procedure   `yaml:"procedure" json:"procedure"`
	Provisions   []Provision `yaml:"provisions" json:"provisions,omitempty"`
	Layers       []Layer     `yaml:"-" json:"layers,omitempty"` // what a local pack was put together from, national first
}

// Layer is a pack as a part of a combined one.
type Layer struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Level Level  `json:"level"`
	From  Day    `json:"from"`
	Until Day    `json:"until,omitempty"`
}

// Provision is a rule that people must know and no figure expresses, in our own plain words.
type Provision struct {
	Text   string `yaml:"text" json:"text"`
	Source Source `yaml:"source" json:"source"`
}

// Source is where a clause is written, and from when to when it holds.
type Source struct {
	Instrument string `yaml:"instrument" json:"instrument"`
	Article    string `yaml:"article" json:"article"`
	From       Day    `yaml:"from" json:"from"`
	Until      Day    `yaml:"until" json:"until,omitempty"`
	Confirmed  bool   `yaml:"confirmed" json:"confirmed,omitempty"` // the article was read in the text; nothing else is loaded
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
	Of     string `yaml:"of" json:"of"`                 // total or participants
	Quote  string `yaml:"quote" json:"quote,omitempty"` // the words of the law
	Source Source `yaml:"source" json:"source"`
}

// StartAssumed tells that the day on which a local text came into force was not read: the pack then holds from the date of
// the text that was.
func (p Pack) StartAssumed() bool { return p.Level == Local && p.From == p.TextDate }

// Item finds an item by its number in the pack's own list.
func (p Pack) Item(number int) (Item, bool) {
	if number < 1 || number > len(p.Items) {
		return Item{}, false
	}
	return p.Items[number-1], true
}

// InterimCovenant is the clause that lets the interim covenant carry the silence rule of a first meeting; nil in most
// places, where a first meeting has none.
func (p Pack) InterimCovenant() *Source {
	if clause := p.Procedure.Silence; clause != nil && clause.Value == InterimCovenantToo {
		return clause.Source
	}
	return nil
}

// Law gives the part of the pack that counting needs. It is the zero Law for a pack without majorities,
// which [At] and [For] never return.
func (p Pack) Law() voting.Law {
	if p.Majorities == nil {
		return voting.Law{}
	}
	law := voting.Law{
		ID: p.nationalID(), Participation: p.Majorities.Participation.test(), Ordinary: p.Majorities.Ordinary.test(),
		Special: p.Majorities.Special.test(), Items: len(p.Items), ElectionItem: p.ElectionItem,
	}
	for _, item := range p.Items {
		if item.Class == Special {
			law.SpecialItems = append(law.SpecialItems, item.Number)
		}
	}
	return law
}

// nationalID is the pack whose majorities hold: local rules never change how a vote is counted.
func (p Pack) nationalID() string {
	if len(p.Layers) > 0 {
		return p.Layers[0].ID
	}
	return p.ID
}

func (m Majority) test() voting.Test {
	return voting.Test{
		Threshold: voting.Threshold{Num: m.Num, Den: m.Den, Strict: m.Strict},
		OfTotal:   m.Of == ofTotal, Article: m.Source.String(),
	}
}

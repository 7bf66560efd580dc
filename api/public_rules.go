package api

import (
	"net/http"

	"gongjue/voting/rules"
	"gongjue/web"
)

const rulesURL = "/rules"

func ruleURL(id string) string { return rulesURL + "/" + id }

// rulesPage lists the rule packs by place and date.
func rulesPage(c *call) error {
	packs, err := rules.List()
	if err != nil {
		return err
	}
	page := web.Rules{Shell: c.shell(web.TitleRules), HomeURL: "/"}
	for _, pack := range web.RulesInOrder(packs) {
		page.Packs = append(page.Packs, web.RuleCard{Pack: pack, URL: ruleURL(pack.ID), Now: pack.InForce(c.store.Now())})
	}
	return c.render(http.StatusOK, page)
}

// written is a pack as its text has it, with the national majorities that go before it and the packs that
// fill in what it leaves open, the nearest first. A pack that holds no longer is shown with what held above
// it on its first day. Refusal: not_found.
type written struct {
	pack, national rules.Pack
	above          []rules.Layer
}

func (c *call) writtenRules() (written, error) {
	packs, err := rules.List()
	if err != nil {
		return written{}, err
	}
	byID := map[string]rules.Pack{}
	for _, pack := range packs {
		byID[pack.ID] = pack
	}
	pack, known := byID[c.Param("pack")]
	if !known {
		return written{}, refuse("not_found")
	}
	if pack.Level == rules.National {
		return written{pack: pack, national: pack}, nil
	}
	combined, err := rules.For(pack.ID)
	if now := c.store.Now(); err == nil && pack.InForce(now) {
		combined, err = rules.At(pack.Places[0], now)
	}
	if err != nil {
		return written{}, err
	}
	found := written{pack: pack, national: byID[combined.Layers[0].ID]}
	for i := len(combined.Layers) - 2; i >= 0; i-- {
		found.above = append(found.above, combined.Layers[i])
	}
	return found, nil
}

// rulePage is one pack, clause by clause.
func rulePage(c *call) error {
	found, err := c.writtenRules()
	if err != nil {
		return err
	}
	page := web.RulePage{Shell: c.shell(found.pack.Name), Pack: found.pack, National: found.national, ListURL: rulesURL}
	for _, layer := range found.above {
		page.Above = append(page.Above, web.Link{Text: layer.Name, URL: ruleURL(layer.ID)})
	}
	return c.render(http.StatusOK, page)
}

type rulePackJSON struct {
	ID       string      `json:"id"`
	Name     string      `json:"name"`
	Level    rules.Level `json:"level"`
	Places   []string    `json:"places"` // empty for national law
	TextDate rules.Day   `json:"text_date,omitempty"`
	From     rules.Day   `json:"from"`
	Until    rules.Day   `json:"until,omitempty"` // first day no longer in force
	InForce  bool        `json:"in_force"`        // for a vote that begins now
}

func (c *call) rulePackOf(pack rules.Pack) rulePackJSON {
	return rulePackJSON{ID: pack.ID, Name: pack.Name, Level: pack.Level, Places: append([]string{}, pack.Places...), TextDate: pack.TextDate,
		From: pack.From, Until: pack.Until, InForce: pack.InForce(c.store.Now())}
}

type rulePacksJSON struct {
	Packs []rulePackJSON `json:"packs"`
}

func listRules(c *call) error {
	packs, err := rules.List()
	if err != nil {
		return err
	}
	answer := rulePacksJSON{Packs: []rulePackJSON{}}
	for _, pack := range web.RulesInOrder(packs) {
		answer.Packs = append(answer.Packs, c.rulePackOf(pack))
	}
	return c.sendJSON(done{body: answer})
}

type ruleSourceJSON struct {
	Instrument string    `json:"instrument"`
	Article    string    `json:"article"`
	From       rules.Day `json:"from"`
	Until      rules.Day `json:"until,omitempty"`
}

func ruleSourceOf(source rules.Source) *ruleSourceJSON {
	return &ruleSourceJSON{Instrument: source.Instrument, Article: source.Article, From: source.From, Until: source.Until}
}

type ruleClauseJSON struct {
	Key       string          `json:"key,omitempty"` // of the parameter in `procedure`; left out for a provision
	Topic     rules.Topic     `json:"topic"`
	Text      string          `json:"text"`
	Note      string          `json:"note,omitempty"`
	Quote     string          `json:"quote,omitempty"`
	Announced bool            `json:"announced"` // no law: a default that the notice announces and may change
	Source    *ruleSourceJSON `json:"source,omitempty"`
}

type ruleMajorityJSON struct {
	Num    int64           `json:"num"`
	Den    int64           `json:"den"`
	Strict bool            `json:"strict"`
	Of     string          `json:"of"` // total or participants
	Quote  string          `json:"quote,omitempty"`
	Source *ruleSourceJSON `json:"source"`
}

func ruleMajorityOf(m rules.Majority) ruleMajorityJSON {
	return ruleMajorityJSON{Num: m.Num, Den: m.Den, Strict: m.Strict, Of: m.Of, Quote: m.Quote, Source: ruleSourceOf(m.Source)}
}

type ruleItemJSON struct {
	Number int             `json:"number"`
	Text   string          `json:"text"`
	Class  rules.Class     `json:"class"`
	Source *ruleSourceJSON `json:"source"`
}

// rulePackDetailJSON carries the majorities and items of the national law, which go before any local text.
type rulePackDetailJSON struct {
	rulePackJSON
	Above         []string         `json:"above"` // ids of the packs that fill in what this one leaves open, the nearest first
	Participation ruleMajorityJSON `json:"participation"`
	Ordinary      ruleMajorityJSON `json:"ordinary"`
	Special       ruleMajorityJSON `json:"special"`
	Items         []ruleItemJSON   `json:"items"`
	Clauses       []ruleClauseJSON `json:"clauses"`
	Procedure     rules.Procedure  `json:"procedure"` // the same clauses as values
}

func getRules(c *call) error {
	found, err := c.writtenRules()
	if err != nil {
		return err
	}
	majorities := found.national.Majorities
	answer := rulePackDetailJSON{rulePackJSON: c.rulePackOf(found.pack), Above: []string{}, Participation: ruleMajorityOf(majorities.Participation),
		Ordinary: ruleMajorityOf(majorities.Ordinary), Special: ruleMajorityOf(majorities.Special), Procedure: found.pack.Procedure}
	for _, layer := range found.above {
		answer.Above = append(answer.Above, layer.ID)
	}
	for _, item := range found.national.Items {
		answer.Items = append(answer.Items, ruleItemJSON{Number: item.Number, Text: item.Text, Class: item.Class, Source: ruleSourceOf(item.Source)})
	}
	for _, line := range found.pack.Lines() {
		clause := ruleClauseJSON{Key: line.Key, Topic: line.Topic, Text: line.Text, Note: line.Note, Quote: line.Quote, Announced: line.Announced}
		if line.Source != nil {
			clause.Source = ruleSourceOf(*line.Source)
		}
		answer.Clauses = append(answer.Clauses, clause)
	}
	return c.sendJSON(done{body: answer})
}

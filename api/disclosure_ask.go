package api

import (
	"net/http"

	"gongjue/models"
	"gongjue/web"
)

func asksURL(roster string) string { return ownHomeURL(roster) + "/disclosures" }

// ownCommunity is the community of the roster at which an owner proved who they are.
func (c *call) ownCommunity() (models.Community, error) {
	list, err := c.store.PublicRoster(c, c.owner.Roster)
	return list.Community, err
}

// ownQuestions are the questions of whoever asks.
func (c *call) ownQuestions(communityID string) (own []models.DisclosureQuestion, err error) {
	all, err := c.store.DisclosureQuestions(c, communityID, "", c.owner.Owner)
	for _, q := range all {
		if q.Own {
			own = append(own, q)
		}
	}
	return own, err
}

func askChoicePage(c *call) error {
	community, err := c.ownCommunity()
	if err != nil {
		return err
	}
	list, err := c.store.Disclosures(c, community.ID)
	if err != nil {
		return err
	}
	own, err := c.ownQuestions(community.ID)
	if err != nil {
		return err
	}
	page := web.DisclosureChoice{Shell: c.shell(web.TitleAsking), Community: community.Name, HomeURL: ownHomeURL(c.owner.Roster), Own: c.questionViews(own)}
	for _, one := range list {
		if one.ReplacedBy == "" {
			page.Disclosures = append(page.Disclosures, disclosureView(one, list))
		}
	}
	return c.render(http.StatusOK, page)
}

func askPage(c *call) error {
	page, err := askView(c, askRequest{Line: numeral(c.Query("line"))}, nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

func askView(c *call, in askRequest, problems []web.Problem) (web.Page, error) {
	community, err := c.ownCommunity()
	if err != nil {
		return nil, err
	}
	list, err := c.store.Disclosures(c, community.ID)
	if err != nil {
		return nil, err
	}
	one, err := c.store.Disclosure(c, community.ID, c.Param("disclosure"))
	if err != nil {
		return nil, err
	}
	rule, err := c.store.DisclosureRuleOf(c, community)
	if err != nil {
		return nil, err
	}
	view := disclosureView(one, list)
	page := web.DisclosureAsking{Shell: c.shell(web.TitleAsking), Form: web.Form{Action: asksURL(c.owner.Roster) + "/" + one.ID, Problems: problems}, Community: community.Name,
		HomeURL: ownHomeURL(c.owner.Roster), PublicURL: view.URL, Title: view.Title, Line: "0", Body: in.Body, Days: rule.Answer, Closed: one.ReplacedBy != ""}
	var r reader
	if line := r.number("line", in.Line); r.err() == nil && line > 0 && line <= one.Lines {
		lines, err := c.store.DisclosureLines(c, community.ID, one.ID, int(line)-1, 1)
		if err != nil {
			return nil, err
		}
		page.Line, page.About = string(in.Line), web.QuestionAbout(line, lines[0].Item)
	}
	own, err := c.ownQuestions(community.ID)
	page.Own = c.questionViews(own)
	return page, err
}

// askRequest asks about a line of a disclosure; line 0 or none is the whole.
type askRequest struct {
	Line numeral `json:"line" form:"line" binding:"max=10"`
	Body string  `json:"body" form:"body" binding:"required,max=2000"`
}

var askAct = act[askRequest]{
	do: func(c *call, in askRequest) (done, error) {
		var r reader
		line := r.number("line", in.Line)
		if err := r.err(); err != nil {
			return done{}, err
		}
		asked, err := c.store.AskDisclosure(c, *c.owner, c.Param("disclosure"), line, in.Body)
		if err != nil {
			return done{}, err
		}
		return done{status: http.StatusCreated, body: questionOf(asked), location: asksURL(c.owner.Roster), flash: "question_asked"}, nil
	},
	again: askView,
}

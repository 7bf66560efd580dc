package api

import (
	"gongjue/models"
	"gongjue/voting/disclosure"
)

// disclosuresJSON are the disclosures of a community, the latest period first.
type disclosuresJSON struct {
	Rule        disclosureRuleJSON `json:"rule"`
	Disclosures []disclosureJSON   `json:"disclosures"`
}

// disclosureRuleJSON is when a committee discloses.
type disclosureRuleJSON struct {
	Months     int    `json:"months,omitempty"`      // of the place's rules
	Article    string `json:"article,omitempty"`     // of them
	Month      int    `json:"month,omitempty"`       // with day: by when every year, as the street set it
	Day        int    `json:"day,omitempty"`         // of the month
	Ground     string `json:"ground,omitempty"`      // why the street did so
	AnswerDays int    `json:"answer_days,omitempty"` // from a question to its answer
}

// balancesJSON are the two accounts, in fen.
type balancesJSON struct {
	Common int64 `json:"common_fen"`
	Fund   int64 `json:"fund_fen"`
}

// sumsJSON are the totals of the sections, in fen.
type sumsJSON struct {
	Revenue int64 `json:"revenue_fen"`
	Expense int64 `json:"expense_fen"`
	FundIn  int64 `json:"fund_in_fen"`
	FundUse int64 `json:"fund_use_fen"`
}

type disclosureJSON struct {
	ID            string               `json:"id"`
	Number        int64                `json:"number"`
	From          int64                `json:"from"`
	To            int64                `json:"to"`
	Name          string               `json:"name,omitempty"`
	Opening       balancesJSON         `json:"opening"`
	Differs       bool                 `json:"differs"` // the opening is another than was published last
	OpeningReason string               `json:"opening_reason,omitempty"`
	Sums          sumsJSON             `json:"sums"`
	Closing       balancesJSON         `json:"closing"`
	Lines         int64                `json:"lines"`
	Note          string               `json:"note,omitempty"`
	Replaces      string               `json:"replaces,omitempty"`
	ReplaceReason string               `json:"replace_reason,omitempty"`
	ReplacedBy    string               `json:"replaced_by,omitempty"`
	Before        string               `json:"before,omitempty"` // id of the disclosure of the period before
	PublishedAt   int64                `json:"published_at"`
	Files         []disclosureFileJSON `json:"files,omitempty"`
	Questions     []questionJSON       `json:"questions,omitempty"`
}

type disclosureFileJSON struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	MediaType string `json:"media_type"`
	Bytes     int64  `json:"bytes"`
	SHA256    string `json:"sha256"`
	RemovedAt int64  `json:"removed_at,omitempty"`
	Removal   string `json:"removal,omitempty"`
}

// questionJSON is a question of an owner, without name and home.
type questionJSON struct {
	ID         string       `json:"id"`
	Disclosure string       `json:"disclosure"`
	Number     int64        `json:"number"`
	Line       int64        `json:"line"` // 0: the whole
	Item       string       `json:"item,omitempty"`
	Body       string       `json:"body"` // empty where it is hidden
	AskedAt    int64        `json:"asked_at"`
	DueAt      int64        `json:"due_at"`
	Answer     string       `json:"answer,omitempty"`
	AnsweredAt int64        `json:"answered_at,omitempty"`
	Hidden     []hidingJSON `json:"hidden"`
	Own        bool         `json:"own"`
}

type hidingJSON struct {
	Part   models.HiddenPart `json:"part"`
	Reason string            `json:"reason"`
	At     int64             `json:"at"`
}

// disclosureLinesJSON is a page of lines; next is the number of the next page, 0 on the last.
type disclosureLinesJSON struct {
	Lines []disclosureLineJSON `json:"lines"`
	Next  int64                `json:"next,omitempty"`
}

type disclosureLineJSON struct {
	ID        string             `json:"id,omitempty"`     // of a line of the draft
	Number    int64              `json:"number,omitempty"` // of a published one
	Section   disclosure.Section `json:"section"`
	Item      string             `json:"item"`
	Place     string             `json:"place,omitempty"`
	Meeting   string             `json:"meeting,omitempty"` // id of the meeting that allowed it, with the matter's position
	Position  int64              `json:"position,omitempty"`
	Emergency string             `json:"emergency,omitempty"` // id of the emergency use
	Amount    int64              `json:"amount_fen"`          // below zero where money came back
	Returned  bool               `json:"returned"`
	Note      string             `json:"note,omitempty"`
}

// disclosureDeskJSON is what staff see: the draft is the convener's.
type disclosureDeskJSON struct {
	disclosuresJSON
	Draft     *disclosureDraftJSON `json:"draft,omitempty"`
	Questions []questionJSON       `json:"questions"`
	DueAt     int64                `json:"due_at,omitempty"` // until when a disclosure is waited for
}

type disclosureDraftJSON struct {
	Revision      int64                `json:"revision"`
	From          int64                `json:"from"`
	To            int64                `json:"to"`
	Name          string               `json:"name,omitempty"`
	Opening       *balancesJSON        `json:"opening,omitempty"`
	OpeningReason string               `json:"opening_reason,omitempty"`
	Nothing       []disclosure.Section `json:"nothing"`
	Note          string               `json:"note,omitempty"`
	Replaces      string               `json:"replaces,omitempty"`
	ReplaceReason string               `json:"replace_reason,omitempty"`
	Sums          sumsJSON             `json:"sums"`
	Closing       balancesJSON         `json:"closing"`
	Files         []disclosureFileJSON `json:"files"`
	Bars          []fieldProblem       `json:"bars"` // what stands in the way of its publication
}

func balancesOf(b disclosure.Balances) balancesJSON {
	return balancesJSON{int64(b.Common), int64(b.Fund)}
}

func disclosedSums(s disclosure.Sums) sumsJSON {
	return sumsJSON{int64(s.Revenue), int64(s.Expense), int64(s.FundIn), int64(s.FundUse)}
}

func disclosureOf(one models.Disclosure, list []models.Disclosure) disclosureJSON {
	answer := disclosureJSON{ID: one.ID, Number: one.Number, From: one.Period.From, To: one.Period.To, Name: one.Name, Opening: balancesOf(one.Opening), Differs: one.Differs,
		OpeningReason: one.OpeningReason, Sums: disclosedSums(one.Sums), Closing: balancesOf(one.Closing), Lines: one.Lines, Note: one.Note, Replaces: one.ReplacesID,
		ReplaceReason: one.ReplaceReason, ReplacedBy: one.ReplacedBy, PublishedAt: one.PublishedAt, Files: disclosureFilesOf(one.Files)}
	if before := models.Before(list, one.Period); before != nil {
		answer.Before = before.ID
	}
	return answer
}

func disclosureFilesOf(files []models.DisclosureFile) []disclosureFileJSON {
	list := make([]disclosureFileJSON, len(files))
	for i, f := range files {
		list[i] = disclosureFileJSON{ID: f.ID, Name: f.Name, MediaType: f.MediaType, Bytes: f.Size, SHA256: f.SHA256, RemovedAt: f.RemovedAt, Removal: f.Removal}
	}
	return list
}

func questionOf(q models.DisclosureQuestion) questionJSON {
	answer := questionJSON{ID: q.ID, Disclosure: q.DisclosureID, Number: q.Number, Line: q.Line, Item: q.Item, Body: q.Body, AskedAt: q.AskedAt, DueAt: q.DueAt, Answer: q.Answer,
		AnsweredAt: q.AnsweredAt, Hidden: make([]hidingJSON, len(q.Hidden)), Own: q.Own}
	for i, hiding := range q.Hidden {
		answer.Hidden[i] = hidingJSON(hiding)
	}
	return answer
}

func questionsOf(list []models.DisclosureQuestion) []questionJSON {
	answers := make([]questionJSON, len(list))
	for i, q := range list {
		answers[i] = questionOf(q)
	}
	return answers
}

func disclosureLinesOf(lines []models.DisclosureLine) []disclosureLineJSON {
	answers := make([]disclosureLineJSON, len(lines))
	for i, l := range lines {
		answers[i] = disclosureLineJSON{ID: l.ID, Number: l.Number, Section: l.Section, Item: l.Item, Place: l.Place, Meeting: l.Basis.MeetingID, Position: l.Basis.Position,
			Emergency: l.Basis.EmergencyID, Amount: int64(l.Fen), Returned: l.Returned, Note: l.Note}
	}
	return answers
}

// disclosuresOf is the list of a community.
func (c *call) disclosuresOf(community models.Community) (disclosuresJSON, error) {
	rule, err := c.store.DisclosureRuleOf(c, community)
	if err != nil {
		return disclosuresJSON{}, err
	}
	list, err := c.store.Disclosures(c, community.ID)
	answer := disclosuresJSON{Disclosures: make([]disclosureJSON, len(list)),
		Rule: disclosureRuleJSON{Months: rule.Months, Month: rule.Day.Month, Day: rule.Day.Day, Ground: rule.Day.Ground, AnswerDays: rule.Answer}}
	if rule.Clause != nil {
		answer.Rule.Article = articleOf(rule.Clause.Source)
	}
	for i, one := range list {
		answer.Disclosures[i] = disclosureOf(one, list)
	}
	return answer, err
}

func listPublicDisclosures(c *call) error {
	community, err := c.store.Community(c, c.Param("community"))
	if err != nil {
		return err
	}
	body, err := c.disclosuresOf(community)
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: body})
}

func getPublicDisclosure(c *call) error {
	_, one, list, err := c.publicDisclosure()
	if err != nil {
		return err
	}
	questions, err := c.store.DisclosureQuestions(c, one.CommunityID, one.ID, "")
	if err != nil {
		return err
	}
	answer := disclosureOf(one, list)
	answer.Questions = questionsOf(questions)
	return c.sendJSON(done{body: answer})
}

func listDisclosureLines(c *call) error {
	one, err := c.store.Disclosure(c, c.Param("community"), c.Param("disclosure"))
	if err != nil {
		return err
	}
	pages, skip := c.pages(one.Lines, "")
	lines, err := c.store.DisclosureLines(c, one.CommunityID, one.ID, skip, linesOnPage)
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: linesPage(lines, pages.Number, pages.Of)})
}

func linesPage(lines []models.DisclosureLine, number, of int64) disclosureLinesJSON {
	body := disclosureLinesJSON{Lines: disclosureLinesOf(lines)}
	if number < of {
		body.Next = number + 1
	}
	return body
}

func listDraftLines(c *call) error {
	draft, err := c.store.DisclosureDraft(c, c.community.ID)
	if err != nil {
		return err
	}
	if draft == nil {
		return refuse("not_found")
	}
	total := int64(0)
	for _, n := range draft.Counts {
		total += int64(n)
	}
	pages, skip := c.pages(total, "")
	lines, err := c.store.DraftLines(c, c.community.ID, skip, linesOnPage)
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: linesPage(lines, pages.Number, pages.Of)})
}

func listOwnQuestions(c *call) error {
	community, err := c.ownCommunity()
	if err != nil {
		return err
	}
	own, err := c.ownQuestions(community.ID)
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: ownQuestionsJSON{Questions: questionsOf(own)}})
}

// ownQuestionsJSON are the questions of whoever asks.
type ownQuestionsJSON struct {
	Questions []questionJSON `json:"questions"`
}

func getDisclosureDesk(c *call) error {
	body, err := c.disclosureDeskOf()
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: body})
}

func (c *call) disclosureDeskOf() (disclosureDeskJSON, error) {
	list, err := c.disclosuresOf(c.community)
	if err != nil {
		return disclosureDeskJSON{}, err
	}
	questions, err := c.store.DisclosureQuestions(c, c.community.ID, "", "")
	if err != nil {
		return disclosureDeskJSON{}, err
	}
	body := disclosureDeskJSON{disclosuresJSON: list, Questions: questionsOf(questions)}
	overview, err := c.store.OverviewOf(c, c.community.ID)
	if err != nil {
		return body, err
	}
	if overview.Disclosure.Due != nil {
		body.DueAt = overview.Disclosure.Due.By
	}
	if c.staff.Role != models.RoleConvener {
		return body, nil
	}
	draft, err := c.store.DisclosureDraft(c, c.community.ID)
	if draft != nil {
		body.Draft = draftOf(*draft)
	}
	return body, err
}

func draftOf(d models.DisclosureDraft) *disclosureDraftJSON {
	answer := &disclosureDraftJSON{Revision: d.Revision, From: d.Period.From, To: d.Period.To, Name: d.Name, OpeningReason: d.OpeningReason, Nothing: d.Nothing, Note: d.Note,
		Replaces: d.ReplacesID, ReplaceReason: d.ReplaceReason, Sums: disclosedSums(d.Sums), Closing: balancesOf(d.Closed.Closing), Files: disclosureFilesOf(d.Files), Bars: []fieldProblem{}}
	if answer.Nothing == nil {
		answer.Nothing = []disclosure.Section{}
	}
	if d.Opening != nil {
		opening := balancesOf(*d.Opening)
		answer.Opening = &opening
	}
	for _, bar := range d.Bars {
		answer.Bars = append(answer.Bars, fieldProblem{Field: bar.Field, Code: bar.Code, Detail: sentence(bar.Code)})
	}
	return answer
}

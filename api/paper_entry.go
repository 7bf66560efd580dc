package api

import (
	"errors"
	"net/http"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/ledger"
	"gongjue/web"
)

// choice takes the JSON form of an answer.
func (in choiceJSON) choice() voting.Choice {
	return voting.Choice{Mark: in.Mark, Names: in.Names, Each: in.Each}
}

// enterPaperRequest is one person's reading of a sheet.
type enterPaperRequest struct {
	Choices map[string]paperChoiceJSON `json:"choices"` // by matter id; none where the sheet is void
	Void    ledger.VoidReason          `json:"void" binding:"max=20"`
	InBox   bool                       `json:"in_box"`
}

// paperChoiceJSON is an answer on paper: empty for a blank, or void.
type paperChoiceJSON struct {
	choiceJSON
	Void bool `json:"void,omitempty"` // crossed out, contradictory or unreadable
}

type paperEnteredJSON struct {
	State models.PaperState `json:"state"`
}

func enterPaperJSON(c *call) error {
	var in enterPaperRequest
	if err := decodeJSON(c, &in); err != nil {
		return err
	}
	entry := models.PaperEntry{VoterID: c.Param("voter"), Void: in.Void, InBox: in.InBox, Marks: map[string]ledger.PaperMark{}}
	for id, answer := range in.Choices {
		entry.Marks[id] = ledger.PaperMark{Choice: answer.choice()}
		if answer.Void {
			entry.Marks[id] = ledger.PaperMark{Void: ledger.VoidUnreadable}
		}
	}
	state, err := c.store.EnterPaper(c, c.actor(), c.community.ID, c.Param("meeting"), entry)
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: paperEnteredJSON{State: state}})
}

// typedSheet is a form as it was filled in.
type typedSheet struct {
	entry    models.PaperEntry
	readings map[string]string
	checked  bool
}

// enterPaperForm takes one person's reading of a sheet and goes on to the next sheet.
func enterPaperForm(c *call) error {
	sheet, err := c.paperSheet()
	if err != nil {
		return c.sheetRefused(err)
	}
	typed, problems, err := c.readSheet(sheet)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return c.render(http.StatusUnprocessableEntity, c.entryView(sheet, typed, problems))
	}
	entry := typed.entry
	if entry.Void != "" {
		entry.Marks = nil
	}
	state, err := c.store.EnterPaper(c, c.actor(), c.community.ID, sheet.Meeting.ID, entry)
	if refusal, refused := asRefusal(err); refused && refusal.Field != "" {
		return c.render(statusOf(refusal.Code), c.entryView(sheet, typed, sheetProblems(sheet, refusal)))
	}
	if err != nil {
		return c.sheetRefused(err)
	}
	c.seeOther(done{location: c.paperURL(), flash: "paper_" + string(state)})
	return nil
}

// sheetProblems puts a refusal at its field: a matter's id leads to the matter.
func sheetProblems(sheet models.PaperSheet, refusal *models.Refusal) []web.Problem {
	problem := web.Problem{Field: refusal.Field, Text: sentence(refusal.Code)}
	for _, matter := range sheet.Matters {
		if matter.ID == refusal.Field {
			problem.Field = web.MatterField(matter.ID)
		}
	}
	return []web.Problem{problem}
}

// readSheet takes the posted form apart: exactly the fields of this sheet's matters.
func (c *call) readSheet(sheet models.PaperSheet) (typedSheet, []web.Problem, error) {
	form, err := c.postedForm()
	if err != nil {
		return typedSheet{}, nil, err
	}
	typed := typedSheet{readings: map[string]string{}, checked: form.Get("checked") == "yes", entry: models.PaperEntry{VoterID: sheet.VoterID,
		Void: ledger.VoidReason(form.Get("void")), InBox: form.Get("in_box") == "yes", Marks: map[string]ledger.PaperMark{}}}
	known := map[string]bool{"void": true, "checked": true, "in_box": true}
	var problems []web.Problem
	for _, matter := range sheet.Matters {
		known[web.MatterField(matter.ID)], known[web.ReadingField(matter.ID)] = true, true
		for i := range matter.Rule.Options {
			known[web.OptionField(matter.ID, i)] = true
		}
		mark, reading, code := web.ReadMark(form, matter.ID, matter.Rule)
		typed.entry.Marks[matter.ID], typed.readings[matter.ID] = mark, reading
		if code == "" && !onPaper(mark, matter.Rule, sheet.Meeting.Policies) {
			code = "choice_invalid"
		}
		if code != "" && typed.entry.Void == "" {
			problems = append(problems, web.Problem{Field: web.MatterField(matter.ID), Text: sentence(paperCodes[code])})
		}
	}
	for name := range form {
		if !known[name] {
			return typedSheet{}, nil, refuseField("unknown_field", name)
		}
	}
	if !typed.checked {
		problems = append(problems, web.Problem{Field: "checked", Text: sentence("paper_unchecked")})
	}
	if sheet.Late && !typed.entry.InBox {
		problems = append(problems, web.Problem{Field: "in_box", Text: sentence("in_box_missing")})
	}
	return typed, problems, nil
}

// paperCodes are the codes of an answer as they read to whoever enters somebody else's sheet.
var paperCodes = map[string]string{"choice_missing": "paper_choice_missing", "choice_invalid": "paper_choice_invalid"}

// onPaper tells whether a mark is one that the ballot offers; more names than allowed may be written.
func onPaper(mark ledger.PaperMark, rule voting.Matter, policies voting.Policies) bool {
	var refused *voting.Refusal
	err := mark.Check(rule, policies)
	return err == nil || mark.Void != "" || errors.As(err, &refused) && refused.Code == voting.CodeTooManyNames
}

func (c *call) entryView(sheet models.PaperSheet, typed typedSheet, problems []web.Problem) web.PaperEntry {
	m := sheet.Meeting
	page := web.PaperEntry{Shell: c.shell(m.Title + " " + web.TitlePaperEntry), Form: web.Form{Action: c.sheetURL(sheet.VoterID), Problems: problems},
		Community: c.community.Name, Meeting: m.Title, DeskURL: c.paperURL(), Units: unitLabels(sheet.Units), Owners: sheet.Names,
		FollowMajor: m.Policies.FollowMajority, Late: sheet.Late, Void: string(typed.entry.Void), Checked: typed.checked, InBox: typed.entry.InBox}
	if sheet.Mine {
		page.WithdrawURL = c.sheetURL(sheet.VoterID) + "/withdraw"
	}
	for _, matter := range sheet.Matters {
		page.Matters = append(page.Matters, web.PaperMatter{Reading: typed.readings[matter.ID], BallotMatter: web.BallotMatter{ID: matter.ID,
			Number: int(matter.Position), Title: matter.Title, Matter: matter.Rule, Choice: typed.entry.Marks[matter.ID].Choice}})
	}
	return page
}

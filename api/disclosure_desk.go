package api

import (
	"net/http"
	"slices"
	"strconv"

	"gongjue/models"
	"gongjue/voting/disclosure"
	"gongjue/web"
)

// disclosureTrouble is what refused the last attempt; form: head, line, upload, addfile, draft, day, or answer, hide and
// take-down with the id of what it was about.
type disclosureTrouble struct {
	form, id string
	head     draftRequest
	line     lineRequest
	issues   []web.DisclosureIssue
	day      dayRequest
	text     string // of an answer or a reason
	part     models.HiddenPart
	problems []web.Problem
}

func (t disclosureTrouble) of(form, id string) []web.Problem {
	if t.form == form && t.id == id {
		return t.problems
	}
	return nil
}

func disclosureDeskPage(c *call) error {
	page, err := disclosureDesk(c, disclosureTrouble{})
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// disclosureDesk is the page for staff with the forms that the one who asks may send now; nil where the form that was
// refused is gone.
func disclosureDesk(c *call, t disclosureTrouble) (web.Page, error) {
	page := web.DisclosureDesk{Shell: c.shell(c.community.Name + " " + web.TitleDisclosures), Community: c.community.Name, CommunityURL: c.communityURL(), PublicURL: disclosuresURL(c.community.ID)}
	var err error
	if page.Rule, err = c.ruleWords(c.community); err != nil {
		return nil, err
	}
	overview, err := c.store.OverviewOf(c, c.community.ID)
	if err != nil {
		return nil, err
	}
	if due := overview.Disclosure.Due; due != nil {
		page.Due, page.Overdue = web.DisclosureDue(web.Instant(due.By), due.Late(c.store.Now())), due.Late(c.store.Now())
	}
	if c.staff.Role == models.RoleStreet {
		if page.Day, err = c.dayForm(t); err != nil {
			return nil, err
		}
	}
	list, err := c.store.Disclosures(c, c.community.ID)
	if err != nil {
		return nil, err
	}
	if c.staff.Role == models.RoleConvener {
		if err := c.draftOn(&page, list, t); err != nil {
			return nil, err
		}
		drafted := []string{"line", "upload", "addfile", "draft"}
		if page.Draft == nil && slices.Contains(drafted, t.form) {
			return nil, nil
		}
	}
	if page.Disclosures, err = c.publishedOn(t); err != nil {
		return nil, err
	}
	page.Questions, err = c.questionsOn(list, t)
	return page, err
}

func (c *call) dayForm(t disclosureTrouble) (*web.DisclosureDayForm, error) {
	rule, err := c.store.DisclosureRuleOf(c, c.community)
	form := &web.DisclosureDayForm{Form: web.Form{Action: c.communityURL("disclosures", "day"), Problems: t.of("day", "")}, Now: web.NoDay}
	if rule.Day.Month > 0 {
		form.Now = web.MonthDay(rule.Day.Month, rule.Day.Day)
	}
	if t.form == "day" {
		form.Month, form.Day, form.Ground = string(t.day.Month), string(t.day.Day), t.day.Ground
	}
	return form, err
}

// publishedOn are the published ones with the files that may be taken down.
func (c *call) publishedOn(t disclosureTrouble) ([]web.Disclosure, error) {
	views, err := c.disclosureViews(c.community.ID)
	if err != nil {
		return nil, err
	}
	for i := range views {
		one, err := c.store.Disclosure(c, c.community.ID, views[i].ID)
		if err != nil {
			return nil, err
		}
		for _, file := range one.Files {
			view := disclosureFileView(file, views[i].URL+"/files/"+file.ID)
			if may := c.staff.Role == models.RoleConvener || c.staff.Role == models.RoleStreet; may && file.RemovedAt == 0 {
				view.TakeDown = &web.DisclosureRemoval{Form: web.Form{Action: c.communityURL("disclosures", one.ID, "files", file.ID, "take-down"), Problems: t.of("take-down", file.ID)}, In: file.ID}
				if t.form == "take-down" && t.id == file.ID {
					view.TakeDown.Reason = t.text
				}
			}
			views[i].Files = append(views[i].Files, view)
		}
	}
	return views, nil
}

// questionsOn are the questions for staff, those that wait first.
func (c *call) questionsOn(list []models.Disclosure, t disclosureTrouble) ([]web.DisclosureQuestion, error) {
	questions, err := c.store.DisclosureQuestions(c, c.community.ID, "", "")
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(questions, func(a, b models.DisclosureQuestion) int {
		switch {
		case a.Waits() == b.Waits():
			return 0
		case a.Waits():
			return -1
		}
		return 1
	})
	views := c.questionViews(questions)
	for i, q := range questions {
		at := slices.IndexFunc(list, func(d models.Disclosure) bool { return d.ID == q.DisclosureID })
		views[i].Title = web.DisclosureTitle(list[at].Period, list[at].Name)
		views[i].URL = disclosureURL(c.community.ID, q.DisclosureID) + "#q" + strconv.FormatInt(q.Number, 10)
		if c.staff.Role == models.RoleConvener && q.Waits() {
			views[i].Reply = &web.QuestionReply{Form: web.Form{Action: c.communityURL("disclosures", "questions", q.ID, "answer"), Problems: t.of("answer", q.ID)}}
			if t.form == "answer" && t.id == q.ID {
				views[i].Reply.Body = t.text
			}
		}
		open := q.Hiding(models.HiddenQuestion) == nil || q.AnsweredAt != 0 && q.Hiding(models.HiddenAnswer) == nil
		if c.staff.Role == models.RoleStreet && open {
			views[i].Hide = &web.QuestionHiding{Form: web.Form{Action: c.communityURL("disclosures", "questions", q.ID, "hide"), Problems: t.of("hide", q.ID)},
				Parts: web.HidingParts(q.AnsweredAt != 0), Part: string(models.HiddenQuestion)}
			if t.form == "hide" && t.id == q.ID {
				views[i].Hide.Part, views[i].Hide.Reason = string(t.part), t.text
			}
		}
	}
	return views, nil
}

// draftOn puts the draft, or the form that begins one, on the page of the convener.
func (c *call) draftOn(page *web.DisclosureDesk, list []models.Disclosure, t disclosureTrouble) error {
	draft, err := c.store.DisclosureDraft(c, c.community.ID)
	if err != nil {
		return err
	}
	if draft == nil {
		page.Begin = c.beginForm(list, t)
		return nil
	}
	base := func(parts ...string) string {
		return c.communityURL(append([]string{"disclosures", "draft"}, parts...)...)
	}
	view := &web.DisclosureDraft{Revision: strconv.FormatInt(draft.Revision, 10), Head: c.headForm(*draft, list, t), SheetURL: base("lines.xlsx"), RemoveURL: base("lines", "remove"),
		PublishURL: base("publish"), DropURL: base("discard"), Refused: t.of("draft", ""),
		Line: web.DisclosureLineForm{Form: web.Form{Action: base("lines"), Problems: t.of("line", "")}, Section: t.line.Section, Item: t.line.Item, Place: t.line.Place,
			Basis: t.line.Basis, Amount: t.line.Amount, Returned: string(t.line.Returned), Note: t.line.Note},
		Upload:  web.DisclosureUpload{Form: web.Form{Action: base("workbook"), Problems: t.of("upload", "")}, Issues: t.issues},
		AddFile: web.DisclosureUpload{Form: web.Form{Action: base("files"), Problems: t.of("addfile", "")}}}
	view.Title = web.DisclosureTitle(draft.Period, draft.Name)
	opening := disclosure.Balances{}
	if draft.Opening != nil {
		opening = *draft.Opening
	}
	view.Accounts, view.Sections = accountsOf(opening, draft.Sums, draft.Closed.Closing), sectionsOf(draft.Sums, nil)
	for _, bar := range draft.Bars {
		view.Bars = append(view.Bars, web.DisclosureBar(bar.Field, sentence(bar.Code)))
	}
	for _, file := range draft.Files {
		line := disclosureFileView(file, "")
		line.RemoveURL = base("files", file.ID, "remove")
		view.Files = append(view.Files, line)
	}
	total, skip := int64(0), 0
	for _, n := range draft.Counts {
		total += int64(n)
	}
	view.Page, skip = c.pages(total, c.communityURL("disclosures"))
	lines, err := c.store.DraftLines(c, c.community.ID, skip, linesOnPage)
	if err != nil {
		return err
	}
	fillSections(view.Sections, c.community.ID, lines, "")
	grounds, err := c.store.DisclosureGrounds(c, c.community.ID)
	if err != nil {
		return err
	}
	for _, ground := range grounds {
		view.Line.Grounds = append(view.Line.Grounds, web.Option{Value: basisCode(ground.Basis), Text: groundLink(c.community.ID, ground).Text})
	}
	page.Draft = view
	return nil
}

// basisCode is what allowed a use of the fund as a form names it: `meeting:position`, or `emergency:` and its id.
func basisCode(b disclosure.Basis) string {
	if b.EmergencyID != "" {
		return "emergency:" + b.EmergencyID
	}
	return b.MeetingID + ":" + strconv.FormatInt(b.Position, 10)
}

// headForm is what a draft says beside its lines, as it is or as it was refused.
func (c *call) headForm(draft models.DisclosureDraft, list []models.Disclosure, t disclosureTrouble) web.DisclosureHead {
	form := t.head.form()
	if t.form != "head" {
		form = draftHead(draft)
	}
	form.Form = web.Form{Action: c.communityURL("disclosures", "draft"), Problems: t.of("head", "")}
	form.Earlier = replaceable(list)
	return form
}

// beginForm begins with the year that is over and the balances that were published last.
func (c *call) beginForm(list []models.Disclosure, t disclosureTrouble) *web.DisclosureHead {
	form := t.head.form()
	if t.form != "head" {
		form = draftHead(models.DisclosureDraft{DisclosureHead: models.NextDisclosure(list, c.store.Now())})
	}
	form.Form = web.Form{Action: c.communityURL("disclosures", "draft"), Problems: t.of("head", "")}
	form.Earlier = replaceable(list)
	return &form
}

// replaceable are the published ones that a newer one may take the place of.
func replaceable(list []models.Disclosure) (options []web.Option) {
	for _, one := range list {
		if one.ReplacedBy == "" {
			options = append(options, web.Option{Value: one.ID, Text: linkTo(one).Text})
		}
	}
	return options
}

// disclosureWork is what waits about disclosures: all of it for the committee, what is late for the street.
func (c *call) disclosureWork(overview models.Overview) (work []web.WorkItem) {
	now, address, waits := c.store.Now(), staffCommunityURL(overview.ID)+"/disclosures", overview.Disclosure
	convener := c.staff.Role == models.RoleConvener
	if !convener && c.staff.Role != models.RoleStreet {
		return nil
	}
	if due := waits.Due; due != nil && (convener || due.Late(now)) {
		work = append(work, web.WorkItem{Text: web.WorkDisclosure(overview.Name, due.Late(now)), URL: address, Due: web.Instant(due.By)})
	}
	n := waits.Overdue
	if convener {
		n = waits.Waiting
	}
	if n > 0 {
		work = append(work, web.WorkItem{Text: web.WorkQuestions(overview.Name, n, !convener), URL: address + "#questions", Due: web.Instant(waits.FirstDue)})
	}
	return work
}

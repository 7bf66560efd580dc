package api

import (
	"net/http"
	"strconv"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// disclosureRoutes are what committees disclose of revenue, fund and expenses: for everybody, for owners who ask, for the
// committee that answers and the street.
func disclosureRoutes() []route {
	const board, one = "/b/:community/disclosures", "/b/:community/disclosures/:disclosure"
	const page, api = "/staff/communities/:community/disclosures", "/api/v1/communities/:community/disclosures"
	const open, mine, ask = "/api/v1/public/communities/:community/disclosures", "/r/:roster/mine/disclosures", "/api/v1/own-home/disclosures"
	return []route{
		get(board, public, publicDisclosuresPage),
		get(one, public, publicDisclosurePage),
		get(one+"/disclosure.pdf", public, disclosurePDF),
		get(one+"/disclosure.xlsx", public, disclosureSheet),
		get(one+"/files/:disclosure_file", public, disclosureFile),
		get(open, public, listPublicDisclosures),
		get(open+"/:disclosure", public, getPublicDisclosure),
		get(open+"/:disclosure/lines", public, listDisclosureLines),

		get(mine, atRoster, askChoicePage),
		get(mine+"/:disclosure", atRoster, askPage),
		post(mine+"/:disclosure", atRoster, askAct.page),
		get(ask, atRoster, listOwnQuestions),
		post(ask+"/:disclosure/questions", atRoster, askAct.api),

		get(page, inside, disclosureDeskPage),
		post(page+"/draft", convening, saveDraftAct.page).heldBy(page),
		get(page+"/draft/lines.xlsx", convening, draftSheet),
		post(page+"/draft/lines", convening, addLineAct.page).heldBy(page),
		post(page+"/draft/lines/remove", convening, removeLineAct.page).heldBy(page),
		upload(page+"/draft/workbook", convening, uploadLinesPage).heldBy(page),
		upload(page+"/draft/files", convening, addDraftFileAct.page).heldBy(page),
		post(page+"/draft/files/:disclosure_file/remove", convening, removeDraftFileAct.page).heldBy(page),
		post(page+"/draft/publish", convening, publishDisclosureAct.page).heldBy(page),
		post(page+"/draft/discard", convening, dropDraftAct.page).heldBy(page),
		post(page+"/day", street, setDayAct.page).heldBy(page),
		post(page+"/questions/:question/answer", convening, answerQuestionAct.page).heldBy(page),
		post(page+"/questions/:question/hide", street, hideQuestionAct.page).heldBy(page),
		post(page+"/:disclosure/files/:disclosure_file/take-down", checking, takeDownAct.page).heldBy(page),

		get(api, inside, getDisclosureDesk),
		post(api+"/draft", convening, saveDraftAct.api),
		get(api+"/draft/lines", convening, listDraftLines),
		post(api+"/draft/lines", convening, addLineAct.api),
		post(api+"/draft/lines/remove", convening, removeLineAct.api),
		upload(api+"/draft/workbook", convening, uploadLinesJSON),
		upload(api+"/draft/files", convening, addDraftFileAct.upload),
		post(api+"/draft/files/:disclosure_file/remove", convening, removeDraftFileAct.api),
		post(api+"/draft/publish", convening, publishDisclosureAct.api),
		post(api+"/draft/discard", convening, dropDraftAct.api),
		post(api+"/day", street, setDayAct.api),
		post(api+"/questions/:question/answer", convening, answerQuestionAct.api),
		post(api+"/questions/:question/hide", street, hideQuestionAct.api),
		post(api+"/:disclosure/files/:disclosure_file/take-down", checking, takeDownAct.api),
	}
}

func disclosuresURL(community string) string { return boardURL(community) + "/disclosures" }

func disclosureURL(community, id string) string { return disclosuresURL(community) + "/" + id }

// linesOnPage is how many lines of a disclosure stand on one page: an old phone shows them at once.
const linesOnPage = 200

// pages reads the page of a long list that is asked for.
func (c *call) pages(lines int64, address string) (pages web.Pages, skip int) {
	pages = web.Pages{Number: 1, Of: max(1, (lines+linesOnPage-1)/linesOnPage)}
	if n, err := strconv.ParseInt(c.Query("page"), 10, 32); err == nil && n > 1 {
		pages.Number = min(n, pages.Of)
	}
	at := func(n int64) string { return address + "?page=" + strconv.FormatInt(n, 10) }
	if pages.Number > 1 {
		pages.PrevURL = at(pages.Number - 1)
	}
	if pages.Number < pages.Of {
		pages.NextURL = at(pages.Number + 1)
	}
	return pages, int(pages.Number-1) * linesOnPage
}

func publicDisclosuresPage(c *call) error {
	community, err := c.store.Community(c, c.Param("community"))
	if err != nil {
		return err
	}
	page := web.DisclosureList{Shell: c.shell(community.Name + " " + web.TitleDisclosures), Community: community.Name, BoardURL: boardURL(community.ID)}
	if page.Rule, err = c.ruleWords(community); err != nil {
		return err
	}
	if page.Disclosures, err = c.disclosureViews(community.ID); err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// ruleWords says when a community's committee discloses.
func (c *call) ruleWords(community models.Community) ([]string, error) {
	rule, err := c.store.DisclosureRuleOf(c, community)
	if err != nil {
		return nil, err
	}
	article, display, shown := "", 0, ""
	if rule.Clause != nil {
		article = articleOf(rule.Clause.Source)
	}
	if rule.Display != nil {
		display, shown = rule.Display.Days, articleOf(rule.Display.Source)
	}
	return web.DisclosureRule(rule.Months, article, display, shown, rule.Day.Month, rule.Day.Day, rule.Day.Ground, rule.Answer), nil
}

// disclosureViews are the disclosures of a community without their lines.
func (c *call) disclosureViews(communityID string) ([]web.Disclosure, error) {
	list, err := c.store.Disclosures(c, communityID)
	if err != nil {
		return nil, err
	}
	questions, err := c.store.DisclosureQuestions(c, communityID, "", "")
	if err != nil {
		return nil, err
	}
	views := make([]web.Disclosure, len(list))
	for i, one := range list {
		views[i] = disclosureView(one, list)
		for _, q := range questions {
			if q.DisclosureID == one.ID {
				views[i].Asked++
				if q.Waits() {
					views[i].Open++
				}
			}
		}
	}
	return views, nil
}

func publicDisclosurePage(c *call) error {
	community, one, list, err := c.publicDisclosure()
	if err != nil {
		return err
	}
	address := disclosureURL(community.ID, one.ID)
	page := web.DisclosurePublic{One: disclosureView(one, list), Community: community.Name, ListURL: disclosuresURL(community.ID),
		PDFURL: address + "/disclosure.pdf", SheetURL: address + "/disclosure.xlsx"}
	page.Shell = c.shell(community.Name + " " + page.One.Title + " " + web.TitleDisclosures)
	if earlier := models.Before(list, one.Period); earlier != nil {
		page.EarlierIs = linkTo(*earlier)
	}
	if one.ReplacedBy == "" {
		if page.AskURL, err = c.askURL(community.ID, one.ID); err != nil {
			return err
		}
	}
	var skip int
	page.Page, skip = c.pages(one.Lines, address)
	lines, err := c.store.DisclosureLines(c, community.ID, one.ID, skip, linesOnPage)
	if err != nil {
		return err
	}
	fillSections(page.One.Sections, community.ID, lines, page.AskURL)
	questions, err := c.store.DisclosureQuestions(c, community.ID, one.ID, "")
	if err != nil {
		return err
	}
	page.Questions = c.questionViews(questions)
	return c.render(http.StatusOK, page)
}

// askURL is where owners ask: at the newest roster that is in force or on display; empty where there is none.
func (c *call) askURL(communityID, id string) (string, error) {
	rosters, err := c.store.Rosters(c, communityID)
	if err != nil {
		return "", err
	}
	for _, list := range rosters {
		if list.State == lifecycle.RosterPublished || list.State == lifecycle.RosterFrozen {
			return ownHomeURL(list.ID) + "/disclosures/" + id, nil
		}
	}
	return "", nil
}

// publicDisclosure is the disclosure of the address with all of its community, and the community. Refusal: not_found.
func (c *call) publicDisclosure() (models.Community, models.Disclosure, []models.Disclosure, error) {
	community, err := c.store.Community(c, c.Param("community"))
	if err != nil {
		return community, models.Disclosure{}, nil, err
	}
	list, err := c.store.Disclosures(c, community.ID)
	if err != nil {
		return community, models.Disclosure{}, nil, err
	}
	one, err := c.store.Disclosure(c, community.ID, c.Param("disclosure"))
	return community, one, list, err
}

func disclosureFile(c *call) error {
	file, err := c.store.DisclosureFileOf(c, c.Param("community"), c.Param("disclosure"), c.Param("disclosure_file"))
	if err != nil {
		return err
	}
	c.sendFile(models.Attachment{Name: file.Name, MediaType: file.MediaType, Content: file.Content})
	return nil
}

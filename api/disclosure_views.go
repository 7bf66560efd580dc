package api

import (
	"strconv"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/disclosure"
	"gongjue/web"
)

// disclosureView is a disclosure as everybody sees it, without its lines; list: all of its community.
func disclosureView(one models.Disclosure, list []models.Disclosure) web.Disclosure {
	view := web.Disclosure{ID: one.ID, Number: one.Number, Title: web.DisclosureTitle(one.Period, one.Name), URL: disclosureURL(one.CommunityID, one.ID),
		From: web.Instant(one.Period.From), To: web.Instant(one.Period.To), PublishedAt: web.Instant(one.PublishedAt), Differs: one.Differs, Reason: one.OpeningReason,
		Note: one.Note, Because: one.ReplaceReason, Accounts: accountsOf(one.Opening, one.Sums, one.Closing)}
	for _, other := range list {
		if other.ID == one.ReplacedBy {
			view.Newer = linkTo(other)
		}
		if other.ID == one.ReplacesID {
			view.Replaces = linkTo(other)
		}
	}
	var earlier *disclosure.Sums
	if before := models.Before(list, one.Period); before != nil {
		earlier = &before.Sums
		view.Mended = !one.Differs && one.Opening != before.Closing
	}
	view.Sections = sectionsOf(one.Sums, earlier)
	for i, section := range disclosure.Sections {
		view.Sections[i].Count = int64(one.Counts[section])
	}
	for _, file := range one.Files {
		view.Files = append(view.Files, disclosureFileView(file, view.URL+"/files/"+file.ID))
	}
	return view
}

func linkTo(one models.Disclosure) *web.Link {
	return &web.Link{Text: web.DisclosureTitle(one.Period, one.Name) + "（" + strconv.FormatInt(one.Number, 10) + "）", URL: disclosureURL(one.CommunityID, one.ID)}
}

func accountsOf(opening disclosure.Balances, sums disclosure.Sums, closing disclosure.Balances) []web.DisclosureAccount {
	account := func(name string, opening, in, out, closing voting.Money) web.DisclosureAccount {
		return web.DisclosureAccount{Name: name, Opening: opening.String(), In: in.String(), Out: out.String(), Closing: closing.String(), Short: closing < 0}
	}
	return []web.DisclosureAccount{account(web.AccountCommon, opening.Common, sums.Revenue, sums.Expense, closing.Common),
		account(web.AccountFund, opening.Fund, sums.FundIn, sums.FundUse, closing.Fund)}
}

// sectionsOf are the tables with their totals, compared with those of the year before.
func sectionsOf(sums disclosure.Sums, earlier *disclosure.Sums) []web.DisclosureSection {
	list := make([]web.DisclosureSection, len(disclosure.Sections))
	for i, section := range disclosure.Sections {
		list[i] = web.DisclosureSection{Section: string(section), Name: web.SectionName(section), Total: sums.Of(section).String()}
		if earlier != nil {
			change := sums.Of(section) - earlier.Of(section)
			list[i].Earlier, list[i].Change = earlier.Of(section).String(), change.String()
			if change > 0 {
				list[i].Change = "+" + list[i].Change
			}
		}
	}
	return list
}

// fillSections puts lines into their tables; ask is where owners ask, empty where nobody can.
func fillSections(sections []web.DisclosureSection, communityID string, lines []models.DisclosureLine, ask string) {
	for _, line := range lines {
		view := web.DisclosureLine{ID: line.ID, Number: line.Number, Item: line.Item, Place: line.Place, Ground: groundLink(communityID, line.Ground), Amount: line.Fen.String(),
			Returned: line.Returned, Note: line.Note}
		if ask != "" {
			view.AskURL = ask + "?line=" + strconv.FormatInt(line.Number, 10)
		}
		for i := range sections {
			if sections[i].Section == string(line.Section) {
				sections[i].Lines = append(sections[i].Lines, view)
			}
		}
	}
}

func groundLink(communityID string, ground models.DisclosureGround) *web.Link {
	switch {
	case ground.MeetingID != "":
		return &web.Link{Text: web.GroundMeeting(ground.Meeting, ground.Matter), URL: resultURL(ground.MeetingID)}
	case ground.EmergencyID != "":
		return &web.Link{Text: web.GroundEmergency(ground.Number, ground.Place), URL: emergenciesURL(communityID) + "#e" + strconv.FormatInt(ground.Number, 10)}
	}
	return nil
}

func disclosureFileView(file models.DisclosureFile, address string) web.DisclosureFile {
	view := web.DisclosureFile{Attachment: web.Attachment{Name: file.Name, URL: address, Bytes: file.Size, Digest: file.SHA256}, Removed: web.Instant(file.RemovedAt), Removal: file.Removal}
	if file.RemovedAt != 0 {
		view.URL = ""
	}
	return view
}

func (c *call) questionViews(list []models.DisclosureQuestion) []web.DisclosureQuestion {
	views := make([]web.DisclosureQuestion, len(list))
	for i, q := range list {
		view := web.DisclosureQuestion{ID: q.ID, Number: q.Number, Body: q.Body, AskedAt: web.Instant(q.AskedAt), Due: web.Instant(q.DueAt), Waits: q.Waits(),
			Late: q.Waits() && c.store.Now() > q.DueAt, Answer: q.Answer, Answered: web.Instant(q.AnsweredAt), Own: q.Own}
		if q.Line > 0 {
			view.About = web.QuestionAbout(q.Line, q.Item)
		}
		for _, hiding := range q.Hidden {
			view.Hidden = append(view.Hidden, web.DisclosureHiding{Text: web.HiddenText(hiding.Part == models.HiddenAnswer), Reason: hiding.Reason, At: web.Instant(hiding.At)})
		}
		views[i] = view
	}
	return views
}

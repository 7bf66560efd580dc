package api

import (
	"net/http"

	"gongjue/models"
	"gongjue/voting/calendar"
	"gongjue/voting/watch"
	"gongjue/web"
)

// watchURL is the page of the whole watch list.
const watchURL = "/staff/watch"

// mostSuggested bounds how many communities with suggestions one page shows.
const mostSuggested = 100

// watchRoutes are the watch list (重点关注名单) of streets and districts. Nobody else reads it.
func watchRoutes() []route {
	const page, api = "/staff/communities/:community/watch", "/api/v1/communities/:community/watch"
	return []route{
		get(watchURL, receiving, watchListPage),
		get(page, receiving, watchPage),
		post(page, receiving, putOnWatchAct.page),
		post(page+"/change", receiving, changeWatchAct.page).heldBy(page),
		post(page+"/remove", receiving, removeWatchAct.page).heldBy(page),
		post(page+"/dismiss", receiving, dismissWatchAct.page).heldBy(page),

		get("/api/v1/watch", receiving, listWatch),
		get(api, receiving, getWatch),
		post(api, receiving, putOnWatchAct.api),
		post(api+"/change", receiving, changeWatchAct.api),
		post(api+"/remove", receiving, removeWatchAct.api),
		post(api+"/dismiss", receiving, dismissWatchAct.api),
	}
}

func communityWatchURL(id string) string { return staffCommunityURL(id) + "/watch" }

// watchReasonsOf are reasons in words.
func watchReasonsOf(reasons []watch.Reason) []string {
	words := make([]string, len(reasons))
	for i, reason := range reasons {
		words[i] = web.WatchReason(string(reason))
	}
	return words
}

// watchLine is a community that is on the list, or was until its last day.
func watchLine(w models.Watched) web.WatchLine {
	line := web.WatchLine{Community: w.Community, Street: w.Street, URL: communityWatchURL(w.CommunityID), Over: w.Over, Since: web.Instant(w.Since), Until: web.Instant(w.Until),
		Reasons: watchReasonsOf(w.Reasons)}
	if newest := w.Newest(); newest != nil {
		line.Body, line.Basis, line.By = newest.Body, newest.Basis, newest.Name
	}
	return line
}

// watchFact is something that the system found, with where to look at it.
func watchFact(communityID string, fact models.WatchFact) web.WatchFact {
	line := web.WatchFact{Flag: web.WatchReason(string(fact.Reason)), Text: fact.Title, At: web.Instant(fact.At)}
	at := staffCommunityURL(communityID)
	switch {
	case fact.Missed != nil:
		missed := missedLine(*fact.Missed)
		line.Text, line.URL = web.WatchDeadline(missed.Kind, missed.Title), missed.URL
	case fact.Reason == watch.TermLapsed:
		line.Text, line.URL = web.WatchTerm(line.At), at+"/committees"
	case fact.Reason == watch.Handover:
		line.Text, line.URL = web.WatchReason(string(fact.Reason)), at+"/committees"
	case fact.Reason == watch.Unanswered:
		line.Text, line.URL = web.WatchConvening(fact.Title), at+"/convenings"
	case fact.MeetingID != "":
		line.URL = at + "/meetings/" + fact.MeetingID
	default:
		line.Text, line.URL = web.WatchDecision(fact.Title), at+"/decisions/"+fact.Subject
	}
	return line
}

func watchFacts(w models.Watched) []web.WatchFact {
	list := make([]web.WatchFact, len(w.Suggested))
	for i, fact := range w.Suggested {
		list[i] = watchFact(w.CommunityID, fact)
	}
	return list
}

// watchSections are the list as pages show it, of one street where it is named.
func watchSections(list []models.Watched, street string) (sections web.WatchSections) {
	for _, one := range list {
		if street != "" && one.StreetID != street {
			continue
		}
		if one.On || one.Over {
			sections.Listed = append(sections.Listed, watchLine(one))
		}
		switch {
		case len(one.Suggested) == 0:
		case len(sections.Suggested) == mostSuggested:
			sections.More++
		default:
			sections.Suggested = append(sections.Suggested, web.WatchSuggestion{Community: one.Community, Street: one.Street, URL: communityWatchURL(one.CommunityID), Facts: watchFacts(one)})
		}
	}
	return sections
}

// watchAsked is the watch list of whoever asks as of the moment of the address; 0 for now.
func (c *call) watchAsked() (at int64, list []models.Watched, err error) {
	if at, err = c.askedMoment(); err == nil {
		list, err = c.store.Watch(c, *c.staff, at)
	}
	return at, list, err
}

func watchListPage(c *call) error {
	at, list, err := c.watchAsked()
	if err != nil {
		return err
	}
	now := c.store.Now()
	if at == 0 {
		at = now
	}
	page := web.WatchList{Shell: c.shell(web.TitleWatch), At: web.Instant(at), Day: calendar.DayText(at), Today: calendar.DayText(now), AskURL: watchURL, WatchSections: watchSections(list, "")}
	return c.render(http.StatusOK, page)
}

// watchWork is what the street has to look at for its watch list.
func watchWork(list []models.Watched) (work []web.WorkItem) {
	for _, one := range list {
		if one.Over {
			work = append(work, web.WorkItem{Text: web.WorkWatchOver(one.Community), URL: communityWatchURL(one.CommunityID), Due: web.Instant(one.Until)})
		}
		if n := len(one.Suggested); n > 0 {
			work = append(work, web.WorkItem{Text: web.WorkWatch(one.Community, n), URL: communityWatchURL(one.CommunityID)})
		}
	}
	return work
}

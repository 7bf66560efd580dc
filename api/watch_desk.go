package api

import (
	"net/http"

	"gongjue/models"
	"gongjue/voting/calendar"
	"gongjue/voting/watch"
	"gongjue/web"
)

// watchTrouble is what refused the last attempt.
type watchTrouble struct {
	form     string // put, change, remove or a flag
	set      watchRequest
	reason   string
	problems []web.Problem
}

func (t watchTrouble) of(form string) []web.Problem {
	if t.form == form {
		return t.problems
	}
	return nil
}

func watchPage(c *call) error {
	page, err := watchDesk(c, watchTrouble{})
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// watchDesk is the page of one community; nil where the form that was sent no longer stands on it.
func watchDesk(c *call, t watchTrouble) (web.Page, error) {
	stands, err := c.store.WatchOf(c, c.community.ID)
	if err != nil {
		return nil, err
	}
	url := communityWatchURL(c.community.ID)
	page := web.WatchPage{Shell: c.shell(c.community.Name + " " + web.TitleWatch), Community: c.community.Name, CommunityURL: c.communityURL(), ListURL: watchURL,
		Flags: watchFlags(stands, t), History: watchHistory(stands)}
	shown := t.form == ""
	if stands.On || stands.Over {
		line := watchLine(stands)
		page.Line, page.Remove = &line, &web.WatchRemoval{Form: web.Form{Action: url + "/remove", Problems: t.of("remove")}}
		if t.form == "remove" {
			page.Remove.Reason, shown = t.reason, true
		}
	}
	if stands.On {
		newest := stands.Newest()
		page.Change = watchForm(url+"/change", "change", t, watchRequest{Reasons: newest.Reasons, Basis: newest.Basis, Body: newest.Body, Until: lastDayText(stands.Until)})
		shown = shown || t.form == "change"
	} else {
		page.Put = watchForm(url, "put", t, watchRequest{})
		shown = shown || t.form == "put"
	}
	for _, flag := range page.Flags {
		shown = shown || t.form == flag.Flag
	}
	if !shown {
		return nil, nil
	}
	return page, nil
}

// lastDayText is a last day as its field has it; empty for none.
func lastDayText(until int64) string {
	if until == 0 {
		return ""
	}
	return calendar.DayText(until)
}

// watchForm is a form as it was sent, or as it begins.
func watchForm(action, name string, t watchTrouble, begins watchRequest) *web.WatchForm {
	if t.form == name {
		begins = t.set
	}
	form := &web.WatchForm{Form: web.Form{Action: action, Problems: t.of(name)}, Basis: begins.Basis, Body: begins.Body, Until: begins.Until}
	for _, reason := range begins.Reasons {
		form.Reasons = append(form.Reasons, string(reason))
	}
	return form
}

// watchFlags are the facts that suggest the list, by their flags.
func watchFlags(stands models.Watched, t watchTrouble) (flags []web.WatchFlag) {
	for _, reason := range watch.Flags {
		flag := web.WatchFlag{Flag: string(reason), Form: web.Form{Action: communityWatchURL(stands.CommunityID) + "/dismiss", Problems: t.of(string(reason))}}
		if t.form == flag.Flag {
			flag.Reason = t.reason
		}
		for _, fact := range stands.Suggested {
			if fact.Reason == reason {
				flag.Keys, flag.Facts = append(flag.Keys, fact.Key), append(flag.Facts, watchFact(stands.CommunityID, fact))
			}
		}
		if len(flag.Keys) > 0 {
			flags = append(flags, flag)
		}
	}
	return flags
}

// watchHistory are the entries, the newest first.
func watchHistory(stands models.Watched) []web.WatchEntry {
	list := make([]web.WatchEntry, len(stands.Entries))
	for i, entry := range stands.Entries {
		list[len(list)-1-i] = web.WatchEntry{Kind: string(entry.Kind), At: web.Instant(entry.At), By: entry.Name, Reasons: watchReasonsOf(entry.Reasons), Body: entry.Body, Basis: entry.Basis,
			Until: web.Instant(entry.Until), Facts: len(entry.Facts)}
	}
	return list
}

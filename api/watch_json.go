package api

import (
	"net/http"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/voting/watch"
	"gongjue/web"
)

type (
	// watchRequest puts a community on the list, or changes why and until when.
	watchRequest struct {
		Reasons []watch.Reason `json:"reasons" form:"reasons"`
		Body    string         `json:"body" form:"body" binding:"max=1000"`
		Basis   string         `json:"basis" form:"basis" binding:"max=200"`
		Until   string         `json:"until" form:"until" binding:"max=10"` // date
	}

	// dismissWatchRequest puts facts of one flag aside.
	dismissWatchRequest struct {
		Flag   watch.Reason `json:"flag" form:"flag" binding:"required"`
		Facts  []string     `json:"facts" form:"facts"` // keys
		Reason string       `json:"reason" form:"reason" binding:"max=1000"`
	}
)

// watchDone answers an act with the community as it stands.
func watchDone(c *call, status int, flash string) (done, error) {
	stands, err := c.store.WatchOf(c, c.community.ID)
	return done{status: status, body: watchedOf(stands, true), location: communityWatchURL(c.community.ID), flash: flash}, err
}

func (in watchRequest) wanted() models.WantedWatch {
	return models.WantedWatch{Reasons: in.Reasons, Basis: in.Basis, Body: in.Body, Until: in.Until}
}

var putOnWatchAct = act[watchRequest]{
	do: func(c *call, in watchRequest) (done, error) {
		if err := c.store.PutOnWatch(c, c.actor(), c.community.ID, in.wanted()); err != nil {
			return done{}, err
		}
		return watchDone(c, http.StatusCreated, "watch_listed")
	},
	again: func(c *call, in watchRequest, problems []web.Problem) (web.Page, error) {
		return watchDesk(c, watchTrouble{form: "put", set: in, problems: problems})
	},
}

var changeWatchAct = act[watchRequest]{
	do: func(c *call, in watchRequest) (done, error) {
		if err := c.store.ChangeWatch(c, c.actor(), c.community.ID, in.wanted()); err != nil {
			return done{}, err
		}
		return watchDone(c, http.StatusOK, "watch_changed")
	},
	again: func(c *call, in watchRequest, problems []web.Problem) (web.Page, error) {
		return watchDesk(c, watchTrouble{form: "change", set: in, problems: problems})
	},
}

var removeWatchAct = act[reasonRequest]{
	do: func(c *call, in reasonRequest) (done, error) {
		if err := c.store.RemoveFromWatch(c, c.actor(), c.community.ID, in.Reason); err != nil {
			return done{}, err
		}
		return watchDone(c, http.StatusOK, "watch_removed")
	},
	again: func(c *call, in reasonRequest, problems []web.Problem) (web.Page, error) {
		return watchDesk(c, watchTrouble{form: "remove", reason: in.Reason, problems: problems})
	},
}

var dismissWatchAct = act[dismissWatchRequest]{
	do: func(c *call, in dismissWatchRequest) (done, error) {
		if err := c.store.DismissWatch(c, c.actor(), c.community.ID, in.Flag, in.Facts, in.Reason); err != nil {
			return done{}, err
		}
		return watchDone(c, http.StatusOK, "watch_dismissed")
	},
	again: func(c *call, in dismissWatchRequest, problems []web.Problem) (web.Page, error) {
		return watchDesk(c, watchTrouble{form: string(in.Flag), reason: in.Reason, problems: problems})
	},
}

type watchListJSON struct {
	Communities []watchedJSON `json:"communities"`
}

type watchedJSON struct {
	Community string           `json:"community"` // id
	Name      string           `json:"name"`
	Street    string           `json:"street"` // id
	On        bool             `json:"on"`
	Over      bool             `json:"over"` // the last day has passed, and nobody has decided what follows
	Since     int64            `json:"since,omitempty"`
	Until     int64            `json:"until,omitempty"`
	Reasons   []watch.Reason   `json:"reasons"`
	Suggested []watchFactJSON  `json:"suggested"`
	Entries   []watchEntryJSON `json:"entries,omitempty"` // of one community alone
}

type watchFactJSON struct {
	Flag    watch.Reason      `json:"flag"`
	Key     string            `json:"key"`
	At      int64             `json:"at"`
	Missed  models.MissedKind `json:"missed,omitempty"`
	Meeting string            `json:"meeting,omitempty"`
	Subject string            `json:"subject,omitempty"`
	Title   string            `json:"title,omitempty"`
}

type watchEntryJSON struct {
	Number    int64           `json:"number"`
	Kind      watch.Kind      `json:"kind"`
	At        int64           `json:"at"`
	Authority lifecycle.Actor `json:"authority"`
	Name      string          `json:"name"`
	Reasons   []watch.Reason  `json:"reasons"`
	Body      string          `json:"body"`
	Basis     string          `json:"basis,omitempty"`
	Until     int64           `json:"until,omitempty"`
	Facts     []string        `json:"facts"`
}

func watchedOf(w models.Watched, whole bool) watchedJSON {
	answer := watchedJSON{Community: w.CommunityID, Name: w.Community, Street: w.StreetID, On: w.On, Over: w.Over, Since: w.Since, Until: w.Until,
		Reasons: append([]watch.Reason{}, w.Reasons...), Suggested: make([]watchFactJSON, len(w.Suggested))}
	for i, fact := range w.Suggested {
		answer.Suggested[i] = watchFactJSON{Flag: fact.Reason, Key: fact.Key, At: fact.At, Meeting: fact.MeetingID, Subject: fact.Subject, Title: fact.Title}
		if fact.Missed != nil {
			answer.Suggested[i].Missed, answer.Suggested[i].Meeting, answer.Suggested[i].Subject = fact.Missed.Kind, fact.Missed.MeetingID, fact.Missed.Subject
		}
	}
	if whole {
		for _, e := range w.Entries {
			answer.Entries = append(answer.Entries, watchEntryJSON{e.Number, e.Kind, e.At, e.Authority, e.Name, append([]watch.Reason{}, e.Reasons...), e.Body, e.Basis, e.Until, e.Facts})
		}
	}
	return answer
}

func watchedList(list []models.Watched) []watchedJSON {
	answer := make([]watchedJSON, len(list))
	for i, one := range list {
		answer[i] = watchedOf(one, false)
	}
	return answer
}

func listWatch(c *call) error {
	_, list, err := c.watchAsked()
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: watchListJSON{watchedList(list)}})
}

func getWatch(c *call) error {
	answer, err := watchDone(c, http.StatusOK, "")
	if err != nil {
		return err
	}
	return c.sendJSON(answer)
}

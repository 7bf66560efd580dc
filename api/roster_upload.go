package api

import (
	"net/http"
	"path"
	"strings"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
	"gongjue/web"
)

func rosterUploadPage(c *call) error {
	page, err := rosterUploadForm(c, rosterUpload{}, nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

func rosterUploadForm(c *call, in rosterUpload, problems []web.Problem) (web.Page, error) {
	list, err := c.store.Rosters(c, c.community.ID)
	if err != nil {
		return nil, err
	}
	page := web.RosterUpload{Shell: c.shell(web.TitleUpload), Form: web.Form{Action: c.communityURL("rosters", "intakes"), Problems: problems},
		Community: c.community.Name, CommunityURL: c.communityURL(), TemplateURL: c.communityURL("rosters", "template.xlsx"), ParkingArea: string(in.ParkingArea), ParkingHeads: string(in.ParkingHeads)}
	if len(list) > 0 {
		page.Replaces = int(list[0].Version)
	}
	return page, nil
}

// policy reads what parking counts for; the law has no default (274号第25条), so both must be answered.
func (in rosterUpload) policy() (roster.Policy, fieldErrors) {
	var r reader
	if in.ParkingArea == "" {
		r.refuse("parking_unanswered", "parking_area")
	}
	if in.ParkingHeads == "" {
		r.refuse("parking_unanswered", "parking_heads")
	}
	policy := roster.Policy{ParkingCountsArea: r.yes("parking_area", in.ParkingArea), ParkingCountsHeads: r.yes("parking_heads", in.ParkingHeads)}
	return policy, r.found
}

// shortName is the last part of a file's name, at most its last 100 characters.
func shortName(name string) string {
	runes := []rune(path.Base(strings.ReplaceAll(name, `\`, "/")))
	return string(runes[max(0, len(runes)-100):])
}

var publishRosterAct = act[publishRosterRequest]{
	do: func(c *call, in publishRosterRequest) (done, error) {
		var r reader
		days := r.number("objection_days", in.ObjectionDays)
		answerDays := r.number("answer_days", in.AnswerDays)
		if len(r.found) == 0 && (days < 1 || days > maxRosterDays) {
			r.refuse("bad_value", "objection_days")
		}
		if err := r.err(); err != nil {
			return done{}, err
		}
		display := models.Display{Until: endOfDisplay(c.store.Now(), days), AnswerDays: answerDays, Contact: in.Contact, Place: in.Place}
		if err := c.store.PublishRoster(c, c.actor(), c.community.ID, c.Param("roster"), display); err != nil {
			return done{}, err
		}
		return rosterMoved(c, "roster_published")
	},
	again: func(c *call, in publishRosterRequest, problems []web.Problem) (web.Page, error) {
		return rosterView(c, rosterTrouble{refused: lifecycle.EventPublish, problems: problems, publish: in})
	},
}

var freezeRosterAct = act[nothing]{
	do: func(c *call, _ nothing) (done, error) {
		if err := c.store.FreezeRoster(c, c.actor(), c.community.ID, c.Param("roster")); err != nil {
			return done{}, err
		}
		return rosterMoved(c, "roster_frozen")
	},
	again: func(c *call, _ nothing, problems []web.Problem) (web.Page, error) {
		return rosterView(c, rosterTrouble{refused: lifecycle.EventFreeze, problems: problems})
	},
}

// rosterMoved answers a step of a roster with the roster as it is now.
func rosterMoved(c *call, flash string) (done, error) {
	list, err := c.store.Roster(c, c.community.ID, c.Param("roster"))
	if err != nil {
		return done{}, err
	}
	return done{body: rosterDetailOf(list), location: rosterURL(c.community.ID, list.ID), flash: flash}, nil
}

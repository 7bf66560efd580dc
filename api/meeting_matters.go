package api

import (
	"net/http"
	"strconv"
	"strings"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

func newMatterPage(c *call) error {
	page, err := matterForm(c, matterRequest{}, nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

func editMatterPage(c *call) error {
	meeting, err := c.store.Meeting(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return err
	}
	if meeting.State != lifecycle.MeetingDraft {
		return refuse("illegal_step")
	}
	for _, matter := range meeting.Matters {
		if matter.ID != c.Param("matter") {
			continue
		}
		page, err := matterForm(c, matterRequestOf(matter), nil)
		if err != nil {
			return err
		}
		return c.render(http.StatusOK, page)
	}
	return refuse("not_found")
}

// matterForm is the form of a new matter, or of the one that the address names, with what was typed.
func matterForm(c *call, in matterRequest, problems []web.Problem) (web.Page, error) {
	meeting, err := c.store.Meeting(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return nil, err
	}
	places, err := c.store.Buildings(c, c.community.ID, meeting.RosterID)
	if err != nil {
		return nil, err
	}
	id := c.Param("matter")
	page := web.MatterForm{Shell: c.shell(web.TitleMatter), Form: web.Form{Action: c.meetingURL(meeting.ID, "matters"), Problems: atFields(problems)},
		Community: c.community.Name, Meeting: meeting.Title, BackURL: c.meetingURL(meeting.ID), New: id == "", Kind: voting.Kind(in.Kind),
		Item: string(in.Item), MatterTitle: in.Title, Text: in.Text, Options: string(in.Options), Method: voting.Method(in.Method),
		Seats: string(in.Seats), MaxChoices: string(in.MaxChoices), Alternates: string(in.Alternates), Scope: string(in.Scope), Places: places}
	for _, item := range meeting.Pack.Items {
		page.Items = append(page.Items, web.ItemOption{Value: strconv.Itoa(item.Number), Text: item.Text, Class: string(item.Class)})
	}
	if id != "" {
		page.Action = c.meetingURL(meeting.ID, "matters", id)
		if meeting.State == lifecycle.MeetingDraft {
			page.DeleteAction = page.Action + "/delete"
		}
	}
	return page, nil
}

// matterRequestOf is a matter as its form carries it.
func matterRequestOf(matter models.Matter) matterRequest {
	m := matter.Rule
	return matterRequest{Kind: string(m.Kind), Item: typedNumber(m.Item), Title: matter.Title, Text: matter.Body,
		Options: lines(strings.Join(m.Options, "\n")), Method: string(m.Method), Seats: typedNumber(m.Seats),
		MaxChoices: typedNumber(m.MaxChoices), Alternates: typedNumber(m.Alternates), Scope: lines(strings.Join(m.Scope, "\n"))}
}

// typedNumber leaves a field empty where nothing was typed.
func typedNumber(n int) numeral {
	if n == 0 {
		return ""
	}
	return numeral(strconv.Itoa(n))
}

// poll is the yardstick of every opinion poll until a convener can set one: more yes than half of those who
// took part, by heads and by area. It binds nobody and cites no law.
var poll = voting.Poll{Threshold: voting.OverHalf, Dimensions: voting.Dimensions}

// matter reads the request. The form sends a method with every kind; only elections and selections have one.
func (in matterRequest) matter() (models.Matter, error) {
	var r reader
	rule := voting.Matter{Kind: voting.Kind(in.Kind), Item: int(r.number("item", in.Item)), Method: voting.Method(in.Method), Options: in.Options.list(),
		Seats: int(r.number("seats", in.Seats)), MaxChoices: int(r.number("max_choices", in.MaxChoices)),
		Alternates: int(r.number("alternates", in.Alternates)), Scope: in.Scope.list()}
	switch rule.Kind {
	case voting.Consult:
		rule.Method, rule.Poll = "", &poll
	case voting.Motion:
		rule.Method = ""
	}
	return models.Matter{Title: in.Title, Body: in.Text, Rule: rule}, r.err()
}

var addMatterAct = act[matterRequest]{again: matterForm, do: func(c *call, in matterRequest) (done, error) {
	matter, err := in.matter()
	if err != nil {
		return done{}, err
	}
	added, err := c.store.AddMatter(c, c.actor(), c.community.ID, c.Param("meeting"), matter)
	if err != nil {
		return done{}, err
	}
	return done{status: http.StatusCreated, body: matterOf(added), location: c.meetingURL(c.Param("meeting")), flash: "matter_saved"}, nil
}}

var updateMatterAct = act[matterRequest]{again: matterForm, do: func(c *call, in matterRequest) (done, error) {
	matter, err := in.matter()
	if err != nil {
		return done{}, err
	}
	matter.ID = c.Param("matter")
	if err := c.store.UpdateMatter(c, c.actor(), c.community.ID, c.Param("meeting"), matter); err != nil {
		return done{}, err
	}
	return meetingMoved(c, "matter_saved")
}}

var deleteMatterAct = act[nothing]{do: func(c *call, _ nothing) (done, error) {
	err := c.store.DeleteMatter(c, c.actor(), c.community.ID, c.Param("meeting"), c.Param("matter"))
	if err != nil {
		return done{}, err
	}
	return done{location: c.meetingURL(c.Param("meeting")), flash: "matter_deleted"}, nil
}}

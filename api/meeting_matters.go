package api

import (
	"net/http"
	"strconv"

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
		Seats: string(in.Seats), MaxChoices: string(in.MaxChoices), Alternates: string(in.Alternates), Scope: string(in.Scope), Places: places,
		Sitting: string(in.Sitting), Forming: in.Forming == "yes", MinMembers: string(in.MinMembers), SeatGroups: string(in.SeatGroups), TieWay: voting.TieWay(in.TieWay), FirmAct: voting.FirmAct(in.FirmAct),
		LinkedTo: string(in.LinkedTo), LinkedWhen: voting.Condition(in.LinkedWhen), PollShare: in.PollShare, PollStrict: string(in.PollStrict),
		PollOfAll: string(in.PollOfAll), PollBy: in.PollBy, PollScale: in.PollScale, PollAbout: in.PollAbout, Earlier: earlierMatters(meeting, c.Param("matter"))}
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

// earlierMatters are those on which a matter may depend: the ones before it that decide something. A new matter
// comes last.
func earlierMatters(meeting models.Meeting, id string) []web.Option {
	var options []web.Option
	for _, matter := range meeting.Matters {
		if matter.ID == id {
			break
		}
		if matter.Rule.Kind != voting.Consult {
			number := strconv.FormatInt(matter.Position, 10)
			options = append(options, web.Option{Value: number, Text: number + ". " + matter.Title})
		}
	}
	return options
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

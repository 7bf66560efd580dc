package api

import (
	"net/http"

	"gongjue/models"
	"gongjue/voting/roster"
	"gongjue/web"
)

// findHomeRequest names a home and the phone on the roster.
type findHomeRequest struct {
	Building string `json:"building" form:"building" binding:"max=100"`
	Stair    string `json:"stair" form:"stair" binding:"max=100"`
	Room     string `json:"room" form:"room" binding:"required,max=100"`
	Phone    string `json:"phone" form:"phone" binding:"required,max=40"`
	codeTrail
}

var findHomeAct = act[findHomeRequest]{do: findHome, again: func(c *call, in findHomeRequest, problems []web.Problem) (web.Page, error) {
	if in.Request != "" {
		return findHomeWithCode(c, in, asWhole(problems))
	}
	return findHomeView(c, in, problems)
}}

func findHomePage(c *call) error {
	meeting, err := c.store.PublicMeeting(c, c.Param("meeting"))
	if err != nil {
		return err
	}
	if code := whyNot(c.store.Now(), meeting, ""); code != "" {
		community, err := c.store.Community(c, meeting.CommunityID)
		if err != nil {
			return err
		}
		return c.render(http.StatusOK, cannotVote(c, community, meeting, code))
	}
	page, err := findHomeView(c, findHomeRequest{}, nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// findHome answers alike whether or not there is such a home with such a phone.
func findHome(c *call, in findHomeRequest) (done, error) {
	home := roster.ReadHome(in.Building, in.Stair, in.Room, in.Phone)
	if home.Phone == "" {
		return done{}, refuseField("phone_invalid", "phone")
	}
	sent, err := c.store.RequestCodeByHome(c, c.Param("meeting"), models.HomeQuery(home), c.address())
	if err != nil {
		return done{}, err
	}
	in.codeTrail = trailOf(sent)
	return done{status: http.StatusAccepted, body: codeSentJSON(sent),
		show: func(c *call) (web.Page, error) { return findHomeWithCode(c, in, nil) }}, nil
}

func findHomeView(c *call, in findHomeRequest, problems []web.Problem) (web.FindHome, error) {
	meeting, err := c.store.PublicMeeting(c, c.Param("meeting"))
	if err != nil {
		return web.FindHome{}, err
	}
	community, err := c.store.Community(c, meeting.CommunityID)
	if err != nil {
		return web.FindHome{}, err
	}
	buildings, err := c.store.Buildings(c, meeting.CommunityID, meeting.RosterID)
	return web.FindHome{Shell: c.shell(meeting.Title + " " + web.TitleWho), Form: web.Form{Action: findHomeURL(meeting.ID), Problems: problems},
		Community: community.Name, Meeting: meeting.Title, Closes: web.Instant(meeting.ClosesAt), NoticeURL: noticeURL(meeting.ID),
		Buildings: buildings, Building: in.Building, Stair: in.Stair, Room: in.Room, Phone: in.Phone, Contact: meeting.Contact, Place: meeting.Place}, err
}

func findHomeWithCode(c *call, in findHomeRequest, problems []web.Problem) (web.Page, error) {
	page, err := findHomeView(c, in, nil)
	if err != nil {
		return nil, err
	}
	page.Code = c.codeEntry(noticeURL(c.Param("meeting")), in.codeTrail, []web.Field{{Name: "building", Value: in.Building},
		{Name: "stair", Value: in.Stair}, {Name: "room", Value: in.Room}, {Name: "phone", Value: in.Phone}}, problems)
	page.Code.ResendAction, page.Code.BackURL = page.Action, page.Action
	return page, nil
}

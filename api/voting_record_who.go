package api

import (
	"net/http"

	"gongjue/models"
	"gongjue/voting/roster"
	"gongjue/web"
)

// objectingQuery, with the value 1, is the way of somebody who proves who they are to object to the count.
const objectingQuery = "objecting"

func (c *call) objecting() bool { return c.Query(objectingQuery) == "1" }

// onward leads a form of the proof on to where it is needed.
func onward(address string, objecting bool) string {
	if objecting {
		return address + "?" + objectingQuery + "=1"
	}
	return address
}

func proveRecordURL(meetingID string, objecting bool) string {
	return onward(votingRecordURL(meetingID)+"/home", objecting)
}

func leaveRecord(c *call) error {
	c.dropCookie(c.ownerCookie())
	c.seeOther(done{location: noticeURL(c.Param("meeting"))})
	return nil
}

func proveRecordPage(c *call) error {
	page, err := proveRecordView(c, findHomeRequest{}, nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// proveRecordAct sends a code to the phone of an owner on the roster of the meeting.
var proveRecordAct = act[findHomeRequest]{do: proveRecord, again: func(c *call, in findHomeRequest, problems []web.Problem) (web.Page, error) {
	if in.Request != "" {
		return proveRecordWithCode(c, in, asWhole(problems))
	}
	return proveRecordView(c, in, problems)
}}

// proveRecord answers alike whether or not there is such a home with such a phone.
func proveRecord(c *call, in findHomeRequest) (done, error) {
	home := roster.ReadHome(in.Building, in.Stair, in.Room, in.Phone)
	if home.Phone == "" {
		return done{}, refuseField("phone_invalid", "phone")
	}
	sent, err := c.store.RequestRecordCode(c, c.Param("meeting"), models.HomeQuery(home), c.address())
	if err != nil {
		return done{}, err
	}
	in.codeTrail = trailOf(sent)
	return done{status: http.StatusAccepted, body: codeSentJSON(sent),
		show: func(c *call) (web.Page, error) { return proveRecordWithCode(c, in, nil) }}, nil
}

func proveRecordView(c *call, in findHomeRequest, problems []web.Problem) (web.ProveHome, error) {
	meeting, err := c.store.PublicMeeting(c, c.Param("meeting"))
	if err != nil {
		return web.ProveHome{}, err
	}
	if !models.OpenedLog(meeting.State) {
		return web.ProveHome{}, refuse("meeting_not_started")
	}
	community, err := c.store.Community(c, meeting.CommunityID)
	if err != nil {
		return web.ProveHome{}, err
	}
	buildings, err := c.store.Buildings(c, meeting.CommunityID, meeting.RosterID)
	return web.ProveHome{Shell: c.shell(meeting.Title + " " + web.TitleProveRecord), Form: web.Form{Action: proveRecordURL(meeting.ID, c.objecting()), Problems: problems}, Objecting: c.objecting(),
		Community: community.Name, Meeting: meeting.Title, NoticeURL: noticeURL(meeting.ID), Buildings: buildings, Building: in.Building, Stair: in.Stair,
		Room: in.Room, Phone: in.Phone, Contact: meeting.Contact, Place: meeting.Place}, err
}

func proveRecordWithCode(c *call, in findHomeRequest, problems []web.Problem) (web.Page, error) {
	page, err := proveRecordView(c, in, nil)
	if err != nil {
		return nil, err
	}
	page.Code = c.codeEntry(votingRecordURL(c.Param("meeting")), in.codeTrail, []web.Field{{Name: "building", Value: in.Building},
		{Name: "stair", Value: in.Stair}, {Name: "room", Value: in.Room}, {Name: "phone", Value: in.Phone}}, problems)
	page.Code.Next, page.Code.ResendAction, page.Code.BackURL = web.ButtonRecord, page.Action, page.Action
	page.Code.Action = onward(page.Code.Action, c.objecting())
	if c.objecting() {
		page.Code.Next = web.ButtonObjecting
	}
	return page, nil
}

// enterRecordAct opens the session that the form of a roster opens, and leads on to the record.
var enterRecordAct = act[redeemRequest]{
	do: func(c *call, in redeemRequest) (done, error) {
		entered, err := enterRoster(c, in)
		entered.location = votingRecordURL(c.Param("meeting"))
		if c.objecting() {
			entered.location = objectingURL(c.Param("meeting"))
		}
		return entered, err
	},
	again: func(c *call, in redeemRequest, problems []web.Problem) (web.Page, error) {
		return proveRecordWithCode(c, findHomeRequest{Building: in.Building, Stair: in.Stair, Room: in.Room, Phone: in.Phone,
			codeTrail: codeTrail{Request: in.Request, Expires: in.Expires}}, problems)
	},
}

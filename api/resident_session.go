package api

import (
	"net/http"

	"gongjue/models"
	"gongjue/web"
)

// redeemRequest gives the code back that was sent for a request. The other fields only lead back to the page.
type redeemRequest struct {
	Request  string `json:"request" form:"request" binding:"required,max=100"`
	Code     string `json:"code" form:"code" binding:"required,max=20"`
	Expires  string `json:"-" form:"expires" binding:"max=20"`
	Phone    string `json:"-" form:"phone" binding:"max=100"`
	Building string `json:"-" form:"building" binding:"max=100"`
	Stair    string `json:"-" form:"stair" binding:"max=100"`
	Room     string `json:"-" form:"room" binding:"max=100"`
}

// residentSessionJSON is a session that was just opened; its token is in the cookie.
type residentSessionJSON struct {
	MeetingID string `json:"meeting_id"`
	ExpiresAt int64  `json:"expires_at"`
}

var redeemAct = act[redeemRequest]{do: redeem, again: func(c *call, in redeemRequest, problems []web.Problem) (web.Page, error) {
	trail := codeTrail{Request: in.Request, Expires: in.Expires}
	if c.Param("token") != "" {
		return whoWithCode(c, in.Phone, trail, problems)
	}
	return findHomeWithCode(c, findHomeRequest{Building: in.Building, Stair: in.Stair, Room: in.Room, Phone: in.Phone, codeTrail: trail}, problems)
}}

func redeem(c *call, in redeemRequest) (done, error) {
	token, err := c.store.RedeemCode(c, in.Request, in.Code, c.address())
	if err != nil {
		return done{}, err
	}
	session, err := c.store.Resident(token)
	if err != nil {
		return done{}, err
	}
	c.setCookie(c.residentCookie(), token, http.SameSiteLaxMode)
	return done{status: http.StatusCreated, body: residentSessionJSON{MeetingID: session.Meeting, ExpiresAt: session.Expires}, location: ballotURL}, nil
}

// leaveVote ends the session on this phone. What was cast stays cast.
func leaveVote(c *call) error {
	c.dropCookie(c.residentCookie())
	c.seeOther(done{location: noticeURL(c.resident.Meeting)})
	return nil
}

func endResidentSession(c *call) error {
	c.dropCookie(c.residentCookie())
	return c.sendJSON(done{})
}

// sendExpiredPage tells a resident whose time ran out that nothing was cast by it, and the way back.
func (c *call) sendExpiredPage() {
	page := web.CannotVote{Shell: c.shell(web.TitleCannotVote), Code: "resident_expired"}
	if token, err := c.Cookie(c.residentCookie()); err == nil {
		if id, known := c.store.MeetingOfSession(token); known {
			page.AgainURL, page.NoticeURL = findHomeURL(id), noticeURL(id)
			if meeting, err := c.store.PublicMeeting(c, id); err == nil {
				page.Meeting, page.Closes, page.Place, page.Contact = meeting.Title, web.Instant(meeting.ClosesAt), meeting.Place, meeting.Contact
			}
		}
	}
	c.renderError(statusOf("session_expired"), page)
}

type homeJSON struct {
	Community communityJSON `json:"community"`
	MeetingID string        `json:"meeting_id"`
	Meeting   string        `json:"meeting"`
	State     string        `json:"state"`
	OpensAt   int64         `json:"opens_at"`
	ClosesAt  int64         `json:"closes_at"`
	Units     []string      `json:"units"`
	Phones    []phoneJSON   `json:"phones"`
	Voted     bool          `json:"voted"`
}

// phoneJSON is a phone to which a code can be sent.
type phoneJSON struct {
	Phone  string `json:"phone"`  // what to send as `phone`
	Masked string `json:"masked"` // such as 199****0001
}

func getHome(c *call) error {
	home, meeting, community, err := c.home()
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: homeOf(home, meeting, community)})
}

func homeOf(home models.Home, meeting models.Meeting, community models.Community) homeJSON {
	answer := homeJSON{Community: communityOf(community), MeetingID: meeting.ID, Meeting: meeting.Title, State: string(meeting.State),
		OpensAt: meeting.OpensAt, ClosesAt: meeting.ClosesAt, Units: unitLabels(home.Units), Phones: []phoneJSON{}, Voted: home.Voted}
	for _, person := range home.People {
		if person.Phone != "" {
			answer.Phones = append(answer.Phones, phoneJSON{Phone: person.OwnerID, Masked: person.Phone})
		}
	}
	return answer
}

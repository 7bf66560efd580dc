package api

import (
	"net/http"
	"strconv"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// The way from the QR of a sheet to a session: the home behind the locator, a code to one of its phones, the
// code. The way from the poster (resident_poster.go) ends on the same page for the code.

// codeTrail travels in hidden fields of both forms of the code page, so that it can be shown again as it was.
type codeTrail struct {
	Request string `json:"-" form:"request" binding:"max=100"`
	Expires string `json:"-" form:"expires" binding:"max=20"`
}

// trailOf starts with a request whose code was just sent.
func trailOf(sent models.SentCode) codeTrail {
	return codeTrail{Request: sent.Request, Expires: strconv.FormatInt(sent.ExpiresAt, 10)}
}

// codeEntry is the form for the code of a request, with the fields that lead back to its page.
func (c *call) codeEntry(base string, trail codeTrail, fields []web.Field, problems []web.Problem) *web.CodeEntry {
	expires, err := strconv.ParseInt(trail.Expires, 10, 64)
	if err != nil {
		expires = 0 // shown only; the store knows when a code ends
	}
	entry := &web.CodeEntry{Form: web.Form{Action: base + "/enter", Problems: problems}, Next: web.ButtonBallot, Expires: web.Instant(expires),
		Hidden: append([]web.Field{{Name: "request", Value: trail.Request}, {Name: "expires", Value: trail.Expires}}, fields...)}
	if c.config.Demo != nil {
		entry.DemoSMS = c.config.Demo.SMS(c, trail.Request)
	}
	return entry
}

// home reads what lies behind the locator of the address.
func (c *call) home() (models.Home, models.Meeting, models.Community, error) {
	home, err := c.store.HomeOf(c, c.Param("token"))
	if err != nil {
		return home, models.Meeting{}, models.Community{}, err
	}
	meeting, err := c.store.PublicMeeting(c, home.MeetingID)
	if err != nil {
		return home, meeting, models.Community{}, err
	}
	community, err := c.store.Community(c, home.CommunityID)
	return home, meeting, community, err
}

// whoPage is where the QR of a sheet leads to.
func whoPage(c *call) error {
	home, meeting, community, err := c.home()
	if refusal, refused := asRefusal(err); refused {
		return c.render(statusOf(refusal.Code), web.CannotVote{Shell: c.shell(web.TitleCannotVote), Code: refusal.Code})
	}
	if err != nil {
		return err
	}
	if code := whyNot(c.store.Now(), meeting, home.Channel); code != "" {
		page := cannotVote(c, community, meeting, code)
		page.UnitLabel = unitLabel(home.Units)
		if home.Voted {
			c.linkReceipt(&page, meeting.ID, home.VoterID)
		}
		return c.render(http.StatusOK, page)
	}
	return c.render(http.StatusOK, whoForm(c, home, meeting, community))
}

// linkReceipt leads to the voter's own receipt where this browser holds their session, otherwise to the check
// by code.
func (c *call) linkReceipt(page *web.CannotVote, meetingID, voterID string) {
	if page.Code != "already_imported" { // whoever voted on the city's platform was given no code here
		page.ReceiptURL = receiptCheckURL
	}
	token, err := c.Cookie(c.residentCookie())
	if err != nil {
		return
	}
	if session, err := c.store.Resident(token); err == nil && session.Meeting == meetingID && session.Voter == voterID {
		page.OwnReceipt, page.ReceiptURL = ownReceiptURL, ""
	}
}

func whoForm(c *call, home models.Home, meeting models.Meeting, community models.Community) web.Who {
	page := web.Who{Shell: c.shell(meeting.Title + " " + web.TitleWho), Form: web.Form{Action: whoURL(c) + "/code"}, Community: community.Name,
		Meeting: meeting.Title, UnitLabel: unitLabel(home.Units), Opens: web.Instant(meeting.OpensAt), Closes: web.Instant(meeting.ClosesAt),
		NoticeURL: noticeURL(meeting.ID), Place: meeting.Place, Contact: meeting.Contact}
	for _, person := range home.People {
		if person.Phone != "" {
			page.Phones = append(page.Phones, web.Option{Value: person.OwnerID, Text: person.Phone})
		}
	}
	return page
}

func whoURL(c *call) string { return "/v/" + c.Param("token") }

// sendCodeRequest chooses the phone of one owner of the home.
type sendCodeRequest struct {
	Phone string `json:"phone" form:"phone" binding:"required,max=100"` // owner's id, as the home lists it
	codeTrail
}

// codeSentJSON is the answer to a code that was sent, or would have been to anyone who asks.
type codeSentJSON struct {
	Request   string `json:"request"`
	ExpiresAt int64  `json:"expires_at"`
	Again     bool   `json:"again,omitempty"` // none was sent now: the one of the last minute is to be entered
}

var sendCodeAct = act[sendCodeRequest]{do: sendCode, again: func(c *call, in sendCodeRequest, problems []web.Problem) (web.Page, error) {
	if in.Request != "" { // sent again too soon: the first code still counts
		return whoWithCode(c, in.Phone, in.codeTrail, asWhole(problems))
	}
	return whoWithPhone(c, in.Phone, problems)
}}

func sendCode(c *call, in sendCodeRequest) (done, error) {
	sent, err := c.store.RequestCode(c, c.Param("token"), in.Phone, c.address())
	if err != nil {
		return done{}, err
	}
	return done{status: http.StatusAccepted, body: codeSentJSON(sent), show: func(c *call) (web.Page, error) {
		page, err := whoWithCode(c, in.Phone, trailOf(sent), nil)
		if err == nil && sent.Again {
			page.Code.Note = sentence("code_too_soon")
		}
		return page, err
	}}, nil
}

func whoWithPhone(c *call, phone string, problems []web.Problem) (web.Page, error) {
	home, meeting, community, err := c.home()
	if err != nil {
		return nil, err
	}
	page := whoForm(c, home, meeting, community)
	page.Phone, page.Problems = phone, problems
	return page, nil
}

func whoWithCode(c *call, phone string, trail codeTrail, problems []web.Problem) (web.Who, error) {
	home, meeting, community, err := c.home()
	if err != nil {
		return web.Who{}, err
	}
	page := whoForm(c, home, meeting, community)
	page.Phone = phone
	page.Code = c.codeEntry(whoURL(c), trail, []web.Field{{Name: "phone", Value: phone}}, problems)
	page.Code.ResendAction, page.Code.BackURL = page.Action, whoURL(c)
	for _, option := range page.Phones {
		if option.Value == phone {
			page.Code.Masked = option.Text
		}
	}
	return page, nil
}

// asWhole tells problems about the form as a whole: the field they name is not on the page that is shown.
func asWhole(problems []web.Problem) []web.Problem {
	whole := make([]web.Problem, len(problems))
	for i, problem := range problems {
		whole[i] = web.Problem{Text: problem.Text}
	}
	return whole
}

// whyNot is the reason why a home gets no ballot paper now; empty when it does.
func whyNot(now int64, meeting models.Meeting, voted lifecycle.Channel) string {
	switch {
	case voted == lifecycle.Imported:
		return "already_imported"
	case voted != "":
		return "already_voted"
	case meeting.State == lifecycle.MeetingCancelled:
		return "meeting_cancelled"
	case meeting.State == lifecycle.MeetingNoticed && meeting.OnlineBarred():
		return "evote_barred"
	case meeting.State == lifecycle.MeetingNoticed:
		return "meeting_not_started"
	case meeting.State != lifecycle.MeetingVoting || now >= meeting.ClosesAt:
		return "meeting_closed"
	case meeting.OnlineBarred():
		return "evote_barred"
	}
	return ""
}

// cannotVote is the page in place of a ballot paper.
func cannotVote(c *call, community models.Community, meeting models.Meeting, code string) web.CannotVote {
	return web.CannotVote{Shell: c.shell(web.TitleCannotVote), Code: code, Community: community.Name, Meeting: meeting.Title,
		Opens: web.Instant(meeting.OpensAt), Closes: web.Instant(meeting.ClosesAt), NoticeURL: noticeURL(meeting.ID),
		ResultURL: publicResultURL(meeting), Place: meeting.Place, Contact: meeting.Contact, Platform: meeting.Platform}
}

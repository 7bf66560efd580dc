package api

import (
	"net/http"

	"gongjue/models"
	"gongjue/voting/roster"
	"gongjue/web"
)

// enterOwner lets in an owner who proved who they are, at the roster that the address names, if it names one.
func (c *call) enterOwner() error {
	token, err := c.Cookie(c.ownerCookie())
	if err != nil {
		return refuse("session_expired")
	}
	session, err := c.store.RosterOwner(token)
	if err != nil {
		return err
	}
	if at, named := c.Params.Get("roster"); named && at != session.Roster {
		return refuse("session_expired")
	}
	c.owner = &session
	return nil
}

// ownerAt tells whether the one who asks has proved to hold a home on the roster.
func (c *call) ownerAt(rosterID string) bool {
	token, err := c.Cookie(c.ownerCookie())
	if err != nil {
		return false
	}
	session, err := c.store.RosterOwner(token)
	return err == nil && session.Roster == rosterID
}

// expiredFlash tells somebody that their time is over; whoever never had a session is told nothing.
func (c *call) expiredFlash() string {
	if _, err := c.Cookie(c.ownerCookie()); err != nil {
		return ""
	}
	return "owner_expired"
}

func provePage(c *call) error {
	page, err := proveView(c, findHomeRequest{}, nil)
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// proveAct sends a code to the phone of an owner on the roster, which may not be frozen yet.
var proveAct = act[findHomeRequest]{do: prove, again: func(c *call, in findHomeRequest, problems []web.Problem) (web.Page, error) {
	if in.Request != "" {
		return proveWithCode(c, in, asWhole(problems))
	}
	return proveView(c, in, problems)
}}

// prove answers alike whether or not there is such a home with such a phone.
func prove(c *call, in findHomeRequest) (done, error) {
	home := roster.ReadHome(in.Building, in.Stair, in.Room, in.Phone)
	if home.Phone == "" {
		return done{}, refuseField("phone_invalid", "phone")
	}
	sent, err := c.store.RequestRosterCode(c, c.Param("roster"), models.HomeQuery(home), c.address())
	if err != nil {
		return done{}, err
	}
	in.codeTrail = trailOf(sent)
	return done{status: http.StatusAccepted, body: codeSentJSON(sent),
		show: func(c *call) (web.Page, error) { return proveWithCode(c, in, nil) }}, nil
}

func proveView(c *call, in findHomeRequest, problems []web.Problem) (web.ProveHome, error) {
	list, err := c.store.PublicRoster(c, c.Param("roster"))
	if err != nil {
		return web.ProveHome{}, err
	}
	page := web.ProveHome{Shell: c.shell(list.Community.Name + " " + web.TitleProveHome), Form: web.Form{Action: proveURL(list.ID), Problems: problems},
		Community: list.Community.Name, DisplayURL: displayURL(list.ID), Building: in.Building, Stair: in.Stair, Room: in.Room, Phone: in.Phone,
		MayObject: list.OpenToAll() && c.store.Now() <= list.ObjectionUntil, Contact: list.Contact, Place: list.Place}
	for _, building := range list.Buildings {
		page.Buildings = append(page.Buildings, building.Name)
	}
	return page, nil
}

func proveWithCode(c *call, in findHomeRequest, problems []web.Problem) (web.Page, error) {
	page, err := proveView(c, in, nil)
	if err != nil {
		return nil, err
	}
	page.Code = c.codeEntry(displayURL(c.Param("roster")), in.codeTrail, []web.Field{{Name: "building", Value: in.Building},
		{Name: "stair", Value: in.Stair}, {Name: "room", Value: in.Room}, {Name: "phone", Value: in.Phone}}, problems)
	page.Code.Next, page.Code.ResendAction, page.Code.BackURL = web.ButtonOwnHome, page.Action, page.Action
	return page, nil
}

// ownerSessionJSON is a session at a roster that was just opened; its token is in the cookie.
type ownerSessionJSON struct {
	RosterID  string `json:"roster_id"`
	ExpiresAt int64  `json:"expires_at"`
}

var enterRosterAct = act[redeemRequest]{do: enterRoster, again: func(c *call, in redeemRequest, problems []web.Problem) (web.Page, error) {
	return proveWithCode(c, findHomeRequest{Building: in.Building, Stair: in.Stair, Room: in.Room, Phone: in.Phone,
		codeTrail: codeTrail{Request: in.Request, Expires: in.Expires}}, problems)
}}

func enterRoster(c *call, in redeemRequest) (done, error) {
	token, err := c.store.RedeemRosterCode(c, in.Request, in.Code, c.address())
	if err != nil {
		return done{}, err
	}
	session, err := c.store.RosterOwner(token)
	if err != nil {
		return done{}, err
	}
	c.setCookie(c.ownerCookie(), token, http.SameSiteLaxMode)
	return done{status: http.StatusCreated, body: ownerSessionJSON{RosterID: session.Roster, ExpiresAt: session.Expires},
		location: ownHomeURL(session.Roster)}, nil
}

// leaveRoster ends the session on this phone.
func leaveRoster(c *call) error {
	c.dropCookie(c.ownerCookie())
	c.seeOther(done{location: displayURL(c.owner.Roster)})
	return nil
}

func endOwnerSession(c *call) error {
	c.dropCookie(c.ownerCookie())
	return c.sendJSON(done{})
}

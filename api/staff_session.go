package api

import (
	"net/http"
	"net/url"
	"strings"

	"gongjue/models"
	"gongjue/web"
)

// staffHome is where staff go after sign-in.
const staffHome = "/staff"

func loginPage(c *call) error {
	return c.render(http.StatusOK, loginForm(c, signInRequest{Next: c.Query("next")}, nil))
}

func loginForm(c *call, in signInRequest, problems []web.Problem) web.Login {
	page := web.Login{Shell: c.shell(web.TitleLogin), Form: web.Form{Action: "/staff/login", Problems: problems},
		User: in.User, Next: localNext(in.Next), HomeURL: "/"}
	if demo := c.config.Demo; demo != nil {
		page.DemoLinks, page.DemoPassword = demo.Accounts, demo.Password
	}
	return page
}

// localNext keeps an address of the staff pages and turns everything else into their first page: a link to
// the sign-in must not lead to another site afterwards.
func localNext(next string) string {
	parsed, err := url.Parse(next)
	if err != nil || parsed.Scheme != "" || parsed.Host != "" || strings.ContainsAny(next, "\\\r\n") ||
		(parsed.Path != staffHome && !strings.HasPrefix(parsed.Path, staffHome+"/")) || strings.Contains(parsed.Path, "..") {
		return staffHome
	}
	return parsed.Path
}

var signInAct = act[signInRequest]{do: signIn, again: func(c *call, in signInRequest, problems []web.Problem) (web.Page, error) {
	return loginForm(c, in, problems), nil
}}

func signIn(c *call, in signInRequest) (done, error) {
	token, account, err := c.store.SignIn(c, strings.TrimSpace(in.User), in.Password, c.address())
	if err != nil {
		return done{}, err
	}
	if old, err := c.Cookie(c.staffCookie()); err == nil { // whoever signs in anew leaves no second session behind
		if err := c.store.SignOut(c, old); err != nil {
			return done{}, err
		}
	}
	c.setCookie(c.staffCookie(), token, http.SameSiteStrictMode)
	return done{status: http.StatusCreated, body: sessionView(account), location: localNext(in.Next)}, nil
}

// session is who is signed in and where their bounds are.
type session struct {
	User        string      `json:"user"`
	Name        string      `json:"name"`
	Role        models.Role `json:"role"`
	DistrictID  string      `json:"district_id,omitempty"`
	StreetID    string      `json:"street_id,omitempty"`
	CommunityID string      `json:"community_id,omitempty"`
}

func sessionView(account models.Staff) session {
	return session{User: account.Login, Name: account.Name, Role: account.Role,
		DistrictID: account.DistrictID, StreetID: account.StreetID, CommunityID: account.CommunityID}
}

func getSession(c *call) error {
	return c.sendJSON(done{body: sessionView(*c.staff)})
}

func signOutForm(c *call) error {
	if err := c.endStaffSession(); err != nil {
		return err
	}
	c.seeOther(done{location: "/staff/login", flash: "signed_out"})
	return nil
}

func signOutJSON(c *call) error {
	if err := c.endStaffSession(); err != nil {
		return err
	}
	return c.sendJSON(done{})
}

func (c *call) endStaffSession() error {
	token, err := c.Cookie(c.staffCookie())
	if err != nil {
		return refuse("sign_in")
	}
	if err := c.store.SignOut(c, token); err != nil {
		return err
	}
	c.dropCookie(c.staffCookie())
	return nil
}

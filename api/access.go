package api

import (
	"errors"
	"slices"

	"gongjue/models"
)

// audience says who may use a route.
type audience struct {
	open     bool          // anybody
	resident bool          // an owner who has just proved who they are, to vote
	owner    bool          // an owner who has just proved who they are, at a roster; with resident: either of the two
	roles    []models.Role // staff of these roles; with a :community in the path, only inside their bounds
}

// The audiences that are not a list of roles.
var (
	public   = audience{open: true}
	resident = audience{resident: true}
	atRoster = audience{owner: true}

	atMeeting = audience{resident: true, owner: true} // of the meeting in the path, or at its roster
)

// staff is the audience of some roles.
func staff(roles ...models.Role) audience { return audience{roles: roles} }

// enter finds out who asks and refuses whoever is not the route's audience: sign_in or session_expired (401),
// forbidden (another role, 403), not_found (another community: nobody learns that it exists).
func (c *call) enter(who audience) error {
	if who.open {
		c.greet()
		return nil
	}
	if who.resident && who.owner {
		return c.enterMeeting()
	}
	if who.resident {
		return c.enterResident()
	}
	if who.owner {
		return c.enterOwner()
	}
	token, err := c.Cookie(c.staffCookie())
	if err != nil {
		return refuse("sign_in")
	}
	account, err := c.store.StaffByToken(c, token)
	if err != nil {
		return err
	}
	c.staff = &account
	if !slices.Contains(who.roles, account.Role) {
		return refuse("forbidden")
	}
	return c.enterCommunity()
}

// greet recognises signed-in staff on a public page, for the bar on top; failing that they are anybody.
func (c *call) greet() {
	if c.isAPI() {
		return
	}
	token, err := c.Cookie(c.staffCookie())
	if err != nil {
		return
	}
	if account, err := c.store.StaffByToken(c, token); err == nil {
		c.staff = &account
	}
}

func (c *call) enterCommunity() error {
	id, named := c.Params.Get("community")
	if !named {
		return nil
	}
	community, err := c.store.Community(c, id)
	if err != nil {
		return err
	}
	if !c.staff.MayEnter(community) {
		return refuse("not_found")
	}
	c.community = community
	return nil
}

func (c *call) enterResident() error {
	token, err := c.Cookie(c.residentCookie())
	if err != nil {
		return refuse("session_expired")
	}
	session, err := c.store.Resident(token)
	if err != nil {
		return err
	}
	c.resident = &session
	return nil
}

// refuse is a refusal of this package's own, in the same form as those of models.
func refuse(code string) error { return &models.Refusal{Code: code} }

func refuseField(code, field string) error { return &models.Refusal{Code: code, Field: field} }

// asRefusal finds the refusal in an error.
func asRefusal(err error) (*models.Refusal, bool) {
	var refusal *models.Refusal
	ok := errors.As(err, &refusal)
	return refusal, ok
}

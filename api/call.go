package api

import (
	"fmt"
	"net/http"
	"net/netip"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"gongjue/models"
	"gongjue/web"
)

// call is one request on its way: who asks, within which community.
type call struct {
	*gin.Context
	*Server
	staff     *models.Staff           // on staff routes
	community models.Community        // on routes with a :community
	resident  *models.ResidentSession // on resident routes
	owner     *models.RosterSession   // on routes of an owner at a roster
	fileRoute bool                    // the route carries a file
}

// serve checks who asks, runs the route, and turns its error into an answer.
func (s *Server) serve(r route) gin.HandlerFunc {
	return func(ctx *gin.Context) {
		c := &call{Context: ctx, Server: s, fileRoute: r.upload}
		limit := s.config.MaxBody
		if r.upload {
			limit = s.config.MaxUpload
			// A spreadsheet over a slow line takes longer than an ordinary request may; the size is bounded.
			control, until := http.NewResponseController(ctx.Writer), time.Now().Add(uploadTime)
			_ = control.SetReadDeadline(until)                  // refused only by test recorders
			_ = control.SetWriteDeadline(until.Add(answerTime)) // counted from the headers otherwise: the answer would be lost
		}
		ctx.Request.Body = http.MaxBytesReader(ctx.Writer, ctx.Request.Body, limit)
		err := c.readable()
		if err == nil {
			err = c.enter(r.who)
		}
		if err == nil {
			err = r.do(c)
		}
		if err != nil {
			c.answerError(err)
		}
	}
}

// readable refuses addresses that hold what no database stores as text: bytes that are no UTF-8, or NUL.
func (c *call) readable() error {
	for _, param := range c.Params {
		if !storable(param.Value) {
			return refuse("not_found")
		}
	}
	for _, values := range c.Request.URL.Query() {
		for _, value := range values {
			if !storable(value) {
				return refuse("not_found")
			}
		}
	}
	return nil
}

// storable tells whether a text is UTF-8 without NUL.
func storable(text string) bool { return utf8.ValidString(text) && !strings.ContainsRune(text, 0) }

// uploadTime is how long a request with a file may take to arrive.
const uploadTime = 3 * time.Minute

// answerTime is how long the answer to it may take afterwards.
const answerTime = time.Minute

// isAPI tells JSON routes from pages.
func (c *call) isAPI() bool { return strings.HasPrefix(c.Request.URL.Path, "/api/") }

// render sends a page; its shell is filled in here, so that every page has the same frame.
func (c *call) render(status int, page web.Page) error {
	c.Header("Content-Type", "text/html; charset=utf-8")
	c.Header("Cache-Control", "no-store")
	c.Status(status)
	if err := web.Render(c.Writer, page); err != nil {
		return fmt.Errorf("render %T: %w", page, err)
	}
	return nil
}

// shell is the frame of a page: title, clock, who is signed in, the demo's bar.
func (c *call) shell(title string) web.Shell {
	shell := web.Shell{Title: title, Now: web.Instant(c.store.Now()), Flash: web.Flash(c.Query("done")), Warns: web.FlashWarns(c.Query("done"))}
	if c.staff != nil {
		shell.Staff = c.staffBar()
	}
	if c.config.Demo != nil {
		shell.Demo = &web.DemoBar{Action: "/demo/clock", Back: c.Request.URL.Path, Jumps: web.DemoJumps}
	}
	return shell
}

func (c *call) staffBar() *web.StaffBar {
	bar := &web.StaffBar{Name: c.staff.Name, Role: string(c.staff.Role), ConsoleURL: "/staff", SignOutURL: "/staff/logout"}
	switch c.staff.Role {
	case models.RoleStreet:
		bar.Links = []web.Link{{Text: web.LinkFilings, URL: "/staff/filings"}, {Text: web.LinkWitnessKeys, URL: witnessKeysURL}}
	case models.RoleDistrict:
		bar.Links = []web.Link{{Text: web.LinkDistrict, URL: districtURL}, {Text: web.LinkWitnessKeys, URL: witnessKeysURL}}
	case models.RoleOperator:
		bar.Links = []web.Link{{Text: web.LinkCommunities, URL: "/staff/communities"}, {Text: web.LinkOutbox, URL: "/staff/outbox"}}
	}
	return bar
}

// actor is the signed-in account as it stands in the audit.
func (c *call) actor() models.Actor { return c.staff.Actor() }

// address is what limits per address count: an IPv4 address, or the /64 of an IPv6 one, in which a single
// phone may take any address it likes.
func (c *call) address() string {
	if prefix := maskedAddress(c.ClientIP(), 32, 64); prefix != "" {
		return prefix
	}
	return c.ClientIP()
}

// networkPrefix is the /24 or /48 of the client's address: enough to see a burst, not enough to name a phone.
func (c *call) networkPrefix() string {
	return maskedAddress(c.ClientIP(), 24, 48)
}

// maskedAddress is the network that an address lies in; empty for a text that is no address.
func maskedAddress(text string, bits4, bits6 int) string {
	address, err := netip.ParseAddr(text)
	if err != nil {
		return ""
	}
	bits := bits6
	if address = address.Unmap(); address.Is4() {
		bits = bits4
	}
	prefix, err := address.Prefix(bits)
	if err != nil {
		return ""
	}
	return prefix.String()
}

// communityURL is an address under the staff pages of the call's community.
func (c *call) communityURL(parts ...string) string {
	return strings.Join(append([]string{"/staff/communities/" + c.community.ID}, parts...), "/")
}

// meetingURL is an address under the staff pages of a meeting.
func (c *call) meetingURL(id string, parts ...string) string {
	return c.communityURL(append([]string{"meetings", id}, parts...)...)
}

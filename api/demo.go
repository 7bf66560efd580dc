package api

import (
	"slices"
	"strings"

	"gongjue/web"
)

// demoClockRequest moves the demo's clock; back is the page to return to.
type demoClockRequest struct {
	To   string `json:"to" form:"to" binding:"required,max=40"`
	Back string `json:"back" form:"back" binding:"max=500"`
}

// moveDemoClock exists in the demo only: routes() leaves it out everywhere else.
func moveDemoClock(c *call) error {
	var in demoClockRequest
	if err := decodeForm(c, &in); err != nil {
		return err
	}
	known := func(jump web.DemoJump) bool { return jump.Value == in.To }
	if !slices.ContainsFunc(web.DemoJumps, known) {
		return refuseField("bad_value", "to")
	}
	if err := c.config.Demo.Jump(c, in.To); err != nil {
		return err
	}
	c.seeOther(done{location: ownPage(in.Back), flash: "clock_moved"})
	return nil
}

// ownPage keeps an address within this site; anything else leads to the front page.
func ownPage(address string) string {
	if !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.ContainsAny(address, "\\\r\n?#") {
		return "/"
	}
	return address
}

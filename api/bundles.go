package api

import (
	"bytes"
	"mime"
	"net/http"
	"time"

	"gongjue/models"
	"gongjue/voting/bundle"
	"gongjue/web"
)

// publicBundleURL is where anyone finds the record of a meeting.
func publicBundleURL(id string) string { return noticeURL(id) + "/bundle.zip" }

// publicBundle is the record of a final result as anyone may check it.
func publicBundle(c *call) error {
	return c.oneAtATime(func() error {
		record, err := c.store.PublicBundle(c, c.Param("meeting"))
		if err != nil {
			return err
		}
		return c.sendBundle(record)
	})
}

// bundleRequest asks for a copy of a record that is not public.
type bundleRequest struct {
	Tier string `json:"tier" form:"tier" binding:"required,max=20"`
}

var bundleAct = act[bundleRequest]{
	do: func(c *call, in bundleRequest) (done, error) {
		return done{file: func() error {
			return c.oneAtATime(func() error {
				record, err := c.store.HandOutBundle(c, c.actor(), c.community.ID, c.Param("meeting"), bundle.Tier(in.Tier))
				if err != nil {
					return err
				}
				return c.sendBundle(record)
			})
		}}, nil
	},
}

// bundlesAtOnce bounds how many records are put together at a time: each stands in memory as a whole.
const bundlesAtOnce = 2

// oneAtATime refuses with busy what would be one record too many.
func (c *call) oneAtATime(make func() error) error {
	select {
	case c.bundles <- struct{}{}:
		defer func() { <-c.bundles }()
		return make()
	default:
		return refuse("busy")
	}
}

// sendBundle writes into memory first, so that an error never leaves half a file behind.
func (c *call) sendBundle(record bundle.Bundle) error {
	var file bytes.Buffer
	if err := record.Write(&file, web.BundleGuide(record.Tier, record.Standing.Community, c.config.PublicURL+resultURL(record.Meeting))); err != nil {
		return err
	}
	_ = http.NewResponseController(c.Writer).SetWriteDeadline(time.Now().Add(uploadTime)) // refused only by test recorders
	c.Header("Cache-Control", "no-store")
	c.Header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": web.BundleName(record.Tier) + ".zip"}))
	c.Data(http.StatusOK, "application/zip", file.Bytes())
	return nil
}

// bundleActs are the books of a counted meeting that the account may be handed.
func (c *call) bundleActs(meeting models.Meeting) []web.Act {
	var acts []web.Act
	for _, tier := range models.BundleTiersFor(c.staff.Role, meeting.State) {
		step := web.NewAct("bundle_"+string(tier), c.meetingURL(meeting.ID, "bundle"))
		step.Hidden = []web.Field{{Name: "tier", Value: string(tier)}}
		acts = append(acts, step)
	}
	return acts
}

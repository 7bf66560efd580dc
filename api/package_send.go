package api

import (
	"errors"
	"log/slog"
	"mime"
	"net/http"
	"strconv"
	"time"

	"gongjue/models"
	"gongjue/web"
)

// packageNow hands the convener what a hand-in would hold now. Refusals: those of [BuildPackage], and busy.
func packageNow(c *call) error {
	return c.fewAtATime(func() error {
		meeting, err := c.store.Meeting(c, c.community.ID, c.Param("meeting"))
		if err != nil {
			return err
		}
		pack, err := BuildPackage(c, c.store, c.config.PublicURL, c.community.ID, meeting.ID, false)
		if err != nil {
			return err
		}
		if err := c.store.RecordDraftPackage(c, c.actor(), c.community.ID, meeting.ID, pack.SHA256); err != nil {
			return err
		}
		return c.sendPackage(pack, meeting.Title, 0)
	})
}

// packageFiled hands out the package of a hand-in, byte by byte as it was handed in. Refusals: not_found,
// package_not_kept, busy.
func packageFiled(c *call) error {
	return c.fewAtATime(func() error {
		filing, pack, err := c.store.HandOutPackage(c, c.actor(), c.community.ID, c.Param("filing"))
		if err != nil {
			return err
		}
		return c.sendPackage(pack, filing.Record.Title, filing.Version)
	})
}

// sendPackage streams a package. What breaks on the way can only be logged: the archive has begun, and without its end no
// program opens it.
func (c *call) sendPackage(pack models.FilingPackage, meeting string, version int64) error {
	_ = http.NewResponseController(c.Writer).SetWriteDeadline(time.Now().Add(uploadTime)) // refused only by test recorders
	c.Header("Cache-Control", "no-store")
	c.Header("ETag", `"`+pack.SHA256+`"`)
	c.Header("Content-Type", "application/zip")
	c.Header("Content-Length", strconv.FormatInt(pack.Size, 10))
	c.Header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": web.PackageName(meeting, version)}))
	err := writePackage(c.Writer, pack, func(file models.PackageFile) ([]byte, error) { return c.store.PackageContent(c, c.community.ID, file) })
	if err != nil {
		c.log.Error("a package broke off", slog.String("request_id", requestID(c.Context)), slog.Any("error", err))
	}
	return nil
}

// handIn makes the package of the next hand-in and hands it in with it. Whatever happened to the meeting meanwhile would
// not stand in the package: it is made again, once.
func (c *call) handIn(meetingID, note string) (models.Filing, error) {
	var filing models.Filing
	err := c.fewAtATime(func() error {
		needed, err := c.store.PapersNeeded(c, c.community.ID, meetingID)
		if err != nil {
			return err
		}
		if len(needed) > 0 {
			return refuse("filing_incomplete")
		}
		for range 2 {
			pack, err := BuildPackage(c, c.store, c.config.PublicURL, c.community.ID, meetingID, true)
			if err != nil {
				return err
			}
			filing, err = c.store.SubmitFiling(c, c.actor(), c.community.ID, meetingID, note, &pack)
			if !errors.Is(err, refuse("filing_moved")) {
				return err
			}
		}
		return refuse("filing_moved")
	})
	return filing, err
}

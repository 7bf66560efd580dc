package api

import (
	"errors"
	"io"
	"net/http"

	"gongjue/models"
	documents "gongjue/notify/filing"
	"gongjue/notify/paper"
	"gongjue/notify/sheet"
	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/voting/lint"
	"gongjue/web"
)

// A notice cannot be taken back, so the convener and the street may look at everything that it makes before: each
// is marked as a preview, holds no code, link or serial that works, and belongs to nobody's home.

// weighNotice says what issuing the notice will do, and what has to be confirmed before.
func (c *call) weighNotice(step *web.Act, desk models.Desk) {
	draft := desk.Meeting
	step.Will = web.NoticeWill(web.Instant(draft.OpensAt), web.Instant(draft.ClosesAt), len(draft.Matters), c.config.TellsAll)
	if lint.Worst(findingsOf(desk)) == lint.Error {
		step.Confirm = web.ConfirmFindings
	}
}

// previewLinks lead to what a draft can be looked at as; none once the notice is out, or for other roles. Where the
// place bars electronic votes nobody will get a ballot on the phone.
func (c *call) previewLinks(meeting models.Meeting) []web.Link {
	if meeting.State != lifecycle.MeetingDraft || (c.staff.Role != models.RoleConvener && c.staff.Role != models.RoleStreet) {
		return nil
	}
	links := []web.Link{{Text: web.PreviewNotice, URL: c.meetingURL(meeting.ID, "preview")},
		{Text: web.PreviewPDF, URL: c.meetingURL(meeting.ID, "preview", "notice.pdf")}}
	if !meeting.OnlineBarred() {
		links = append(links, web.Link{Text: web.PreviewBallot, URL: c.meetingURL(meeting.ID, "preview", "ballot")})
	}
	return append(links, web.Link{Text: web.PreviewSheet, URL: c.meetingURL(meeting.ID, "preview", "sheet.pdf")})
}

// preview shows a draft; a meeting that is no draft any more leads to its own page, which has the real thing.
func preview(show func(c *call, notice models.Notice) error) func(*call) error {
	return func(c *call) error {
		notice, err := c.store.DraftNotice(c, c.community.ID, c.Param("meeting"))
		if errors.Is(err, refuse("illegal_step")) {
			c.seeOther(done{location: c.meetingURL(c.Param("meeting"))})
			return nil
		}
		if err != nil {
			return err
		}
		return show(c, notice)
	}
}

// previewShell is the frame of a page that shows a draft; shown is the title of the page's own link.
func (c *call) previewShell(draft models.Meeting, shown string) web.Shell {
	shell := c.shell(web.PreviewStamp + " " + draft.Title)
	shell.Preview = &web.PreviewBar{BackURL: c.meetingURL(draft.ID), Links: c.previewLinks(draft)}
	for i, link := range shell.Preview.Links {
		if link.Text == shown {
			shell.Preview.Links[i].URL = ""
		}
	}
	return shell
}

var previewNoticePage = preview(func(c *call, notice models.Notice) error {
	draft := notice.Meeting
	page := c.noticeView(notice)
	page.Shell = c.previewShell(draft, web.PreviewNotice)
	page.CommunityURL, page.PDFURL = "", c.meetingURL(draft.ID, "preview", "notice.pdf")
	page.Attachments = attachments(draft.Attachments, models.ForNotice, c.meetingURL(draft.ID, "files")+"/")
	related, err := c.publicRelated(draft)
	if err != nil {
		return err
	}
	page.Related = related
	return c.render(http.StatusOK, page)
})

var previewNoticePDF = preview(func(c *call, notice models.Notice) error {
	data := meetingNoticeData(notice, c.config.PublicURL)
	data.Stamp, data.Link, data.CheckCode = web.PreviewStamp, "", ""
	return c.sendPDF(web.FilePreviewNotice, func(w io.Writer) (paper.Report, error) { return documents.MeetingNotice(w, data) })
})

// previewBallotPage is the ballot of nobody: without a form, nothing on it can be sent.
var previewBallotPage = preview(func(c *call, notice models.Notice) error {
	draft := notice.Meeting
	if draft.OnlineBarred() {
		return refuse("evote_barred")
	}
	page := c.ballotView(desk{community: notice.Community, paper: models.BallotPaper{Meeting: draft, Units: sampleUnits(),
		Weight: sampleWeight, Matters: draft.Matters}}, nil)
	page.Shell, page.Note = c.previewShell(draft, web.PreviewBallot), web.PreviewOwnMatters
	page.Action, page.LeaveURL, page.RecordURL, page.NoticeURL = "", "", "", c.meetingURL(draft.ID, "preview")
	return c.render(http.StatusOK, page)
})

// previewSheetPDF is one sheet of paper for nobody: its code leads nowhere, because there is none.
var previewSheetPDF = preview(func(c *call, notice models.Notice) error {
	draft := notice.Meeting
	data := sheetMeeting(notice.Community, draft, c.config.PublicURL)
	data.Stamp, data.Link = web.PreviewStamp, ""
	voter := sheetVoter(models.Sheet{Serial: web.PreviewStamp, Names: []string{web.SampleOwner}, Units: sampleUnits(), Weight: sampleWeight,
		Matters: draft.Matters}, "")
	voter.Link = ""
	voter.Units[0].Note = web.SampleNote
	return c.sendPDF(web.FilePreviewSheet, func(w io.Writer) (paper.Report, error) { return sheet.Sheets(w, data, []sheet.Voter{voter}) })
})

// sampleWeight is what the sample home counts for.
var sampleWeight = voting.Weight{Heads: 1, Area: 1_000_000} // 100 m²

func sampleUnits() []voting.Unit {
	return []voting.Unit{{Place: web.SamplePlace, Area: sampleWeight.Area}}
}

package api

import (
	"io"
	"net/http"

	"gongjue/models"
	documents "gongjue/notify/filing"
	"gongjue/notify/paper"
	"gongjue/web"
)

// preliminaryPage is the permanent page of a preliminary count: as it went on display, with what took its place.
func preliminaryPage(c *call) error {
	result, err := c.store.PreliminaryOf(c, c.Param("meeting"))
	if err != nil {
		return c.noResult(err)
	}
	meeting, page := result.Meeting, c.countView(result)
	page.PDFURL, page.Displayed = preliminaryURL(meeting.ID)+".pdf", displayedView(meeting)
	page.ObjectURL = objectingURL(meeting.ID)
	page.ObjectionsTill, page.ObjectionHow = web.Instant(meeting.ObjectionUntil), web.ObjectionHow(meeting.Place, meeting.Contact)
	return c.render(http.StatusOK, page)
}

// displayedView says what took the place of a count that was on display.
func displayedView(meeting models.Meeting) web.Displayed {
	switch meeting.DisplayedCount() {
	case models.CountReplaced:
		return web.Displayed{Sentence: web.CountReplaced(web.Instant(meeting.PublishedAt)), Newer: web.Link{Text: web.LinkFinal, URL: resultURL(meeting.ID)}}
	case models.CountAnnulled:
		return web.Displayed{Sentence: web.CountAnnulled(endedSentence(meeting)), Newer: web.Link{Text: web.LinkWhyAnnulled, URL: noticeURL(meeting.ID)}}
	}
	return web.Displayed{}
}

// displayedNoticeData is the printed preliminary count as it went on display.
func displayedNoticeData(result models.PublicResult, publicURL string) documents.ResultNoticeData {
	data := resultNoticeData(result, publicURL, result.Meeting.PreliminaryAt)
	data.Witnessed = "" // the street may sign later
	return data
}

// preliminaryPDF is the same on paper.
func preliminaryPDF(c *call) error {
	result, err := c.store.PreliminaryOf(c, c.Param("meeting"))
	if err != nil {
		return c.noResult(err)
	}
	data := displayedNoticeData(result, c.config.PublicURL)
	data.Standing = displayedView(result.Meeting).Sentence
	return c.sendPDF("preliminary.pdf", func(w io.Writer) (paper.Report, error) { return documents.ResultNotice(w, data) })
}

// preliminaryJSON is a preliminary count as it went on display; only its standing changes.
type preliminaryJSON struct {
	Community       communityJSON        `json:"community"`
	MeetingID       string               `json:"meeting_id"`
	Meeting         string               `json:"meeting"` // its title
	Standing        models.CountStanding `json:"standing"`
	Reason          string               `json:"reason,omitempty"`    // why the vote was annulled
	EndedAt         int64                `json:"ended_at,omitempty"`  // when something newer took its place
	NewerURL        string               `json:"newer_url,omitempty"` // of what took its place
	DisplayedAt     int64                `json:"displayed_at"`
	ObjectionsUntil int64                `json:"objections_until_at"`
	Result          resultJSON           `json:"result"`
	Channels        []channelJSON        `json:"channels"`
	Sheets          *sheetBalanceJSON    `json:"sheets,omitempty"`   // of paper
	Imported        *importedJSON        `json:"imported,omitempty"` // from a city's platform
	Log             logHeadJSON          `json:"log"`                // its head that covers the count
}

func getPreliminary(c *call) error {
	result, err := c.store.PreliminaryOf(c, c.Param("meeting"))
	if err != nil {
		return c.noResult(err)
	}
	m := result.Meeting
	answer := preliminaryJSON{Community: communityOf(result.Community), MeetingID: m.ID, Meeting: m.Title, Standing: m.DisplayedCount(),
		NewerURL: displayedView(m).Newer.URL, DisplayedAt: m.PreliminaryAt, ObjectionsUntil: m.ObjectionUntil, Result: resultOf(result.Result, nil),
		Channels: channelsOf(result.Channels), Sheets: sheetBalanceOf(result.Sheets), Imported: importedOf(result.Imported), Log: logHeadJSON(result.Head)}
	switch answer.Standing {
	case models.CountReplaced:
		answer.EndedAt = m.PublishedAt
	case models.CountAnnulled:
		answer.EndedAt, answer.Reason = m.EndedAt, m.Reason
	}
	return c.sendJSON(done{body: answer})
}

package api

import (
	"cmp"
	"io"
	"slices"

	"gongjue/models"
	"gongjue/notify/paper"
	"gongjue/notify/sheet"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// boardHistory is everything that was ever announced in a community, the newest first. What was replaced leads to what
// took its place; an annulled vote leads to its notice, as it has no result, and the count that was on display says so.
func boardHistory(board models.Board, notices []models.Supervision, orders []models.Convening) []web.BoardEntry {
	list := rosterEntries(board.Versions)
	for _, meeting := range board.Meetings {
		list = append(list, meetingEntries(meeting.Meeting, repeatOf(board, meeting.ID))...)
	}
	for _, filing := range board.Filings {
		entry := web.BoardEntry{At: web.Instant(filing.DecidedAt), Kind: "certificate", Text: web.BoardLine("certificate", filing.Number), URL: certificateURL(filing.CheckCode)}
		list = append(list, entry)
		if filing.EndedAt != 0 {
			entry.At, entry.Kind, entry.Text = web.Instant(filing.EndedAt), "certificate_ended", web.BoardLine("certificate_ended", filing.Number)
			list = append(list, entry)
		}
	}
	links := supervisionLinks(notices)
	for i, notice := range notices {
		list = append(list, web.BoardEntry{At: web.Instant(notice.At), Kind: "supervision", Text: links[i].Text, URL: links[i].URL})
	}
	for _, order := range orders {
		list = append(list, web.BoardEntry{At: web.Instant(order.OrderedAt), Kind: "convening", Text: web.BoardLine("convening", web.ConveningKind(string(order.Kind))), URL: conveningURL(order)})
	}
	slices.SortStableFunc(list, func(a, b web.BoardEntry) int { return cmp.Compare(b.At, a.At) })
	return list
}

// rosterEntries are the displays of a roster; versions come the newest first.
func rosterEntries(versions []models.Roster) (list []web.BoardEntry) {
	var newer *web.Link
	for _, version := range versions {
		line := web.BoardLine("roster", web.RosterVersion(version.Version))
		entry := web.BoardEntry{At: web.Instant(version.PublishedAt), Kind: "roster", Text: line, URL: displayURL(version.ID)}
		if version.State == lifecycle.RosterSuperseded {
			entry.Newer = newer
		}
		newer = &web.Link{Text: line, URL: entry.URL}
		list = append(list, entry)
	}
	return list
}

// repeatOf leads to the meeting that runs an annulled one again; nil where none does yet, or its notice was withdrawn.
func repeatOf(board models.Board, annulled string) *web.Link {
	for _, meeting := range board.Meetings {
		if meeting.Repeats == annulled && meeting.State != lifecycle.MeetingCancelled {
			return &web.Link{Text: web.LinkRepeated(meeting.Title), URL: noticeURL(meeting.ID)}
		}
	}
	return nil
}

// meetingEntries are the announcements of a meeting; again leads to the one that runs it again.
func meetingEntries(m models.Meeting, again *web.Link) []web.BoardEntry {
	entry := func(at int64, kind, url, pdf string) web.BoardEntry {
		return web.BoardEntry{At: web.Instant(at), Kind: kind, Text: web.BoardLine(kind, m.Title), URL: url, PDFURL: pdf}
	}
	list := []web.BoardEntry{entry(m.NoticedAt, "notice", noticeURL(m.ID), noticePDFURL(m.ID))}
	if m.PreliminaryAt != 0 {
		early := entry(m.PreliminaryAt, "preliminary", preliminaryURL(m.ID), preliminaryURL(m.ID)+".pdf")
		switch m.DisplayedCount() {
		case models.CountAnnulled:
			early.Newer = &web.Link{Text: web.BoardLine("annulled", m.Title), URL: noticeURL(m.ID)}
		case models.CountReplaced:
			early.Newer = &web.Link{Text: web.BoardLine("result", m.Title), URL: outcomeURL(m)}
		}
		list = append(list, early)
	}
	if m.PublishedAt != 0 {
		list = append(list, entry(m.PublishedAt, "result", outcomeURL(m), resultPDFURL(m.ID)))
	}
	switch m.State {
	case lifecycle.MeetingCancelled:
		list = append(list, entry(m.EndedAt, "cancelled", noticeURL(m.ID), ""))
	case lifecycle.MeetingVoidRerun:
		annulled := entry(m.EndedAt, "annulled", noticeURL(m.ID), "")
		annulled.Newer = again
		list = append(list, annulled)
	}
	return list
}

// keptUntil is until when at least a final result is kept on display by the rules of the place; 0 where they set no days.
func keptUntil(m models.Meeting) web.Instant {
	clause := m.Pack.Procedure.DisplayDays
	if m.PublishedAt == 0 || clause == nil || clause.Days == 0 {
		return 0
	}
	return web.Instant(calendar.EndOfDay(m.PublishedAt, clause.Days))
}

type boardHistoryJSON struct {
	Entries []boardEntryJSON `json:"entries"`
}

// boardEntryJSON is one announcement.
type boardEntryJSON struct {
	At       int64  `json:"at"`
	Kind     string `json:"kind"`
	Text     string `json:"text"` // in Chinese, as the page prints it
	URL      string `json:"url"`
	PDFURL   string `json:"pdf_url,omitempty"`
	NewerURL string `json:"newer_url,omitempty"` // of what took its place
}

func getBoardHistory(c *call) error {
	board, err := c.store.Board(c, c.Param("community"))
	if err != nil {
		return err
	}
	notices, err := c.store.SupervisionIn(c, board.Community.ID)
	if err != nil {
		return err
	}
	orders, err := c.store.Convenings(c, board.Community.ID)
	if err != nil {
		return err
	}
	body := boardHistoryJSON{Entries: []boardEntryJSON{}}
	for _, entry := range boardHistory(board, notices, orders) {
		line := boardEntryJSON{At: int64(entry.At), Kind: entry.Kind, Text: entry.Text, URL: entry.URL, PDFURL: entry.PDFURL}
		if entry.Newer != nil {
			line.NewerURL = entry.Newer.URL
		}
		body.Entries = append(body.Entries, line)
	}
	return c.sendJSON(done{body: body})
}

// resultPosterPDF is the poster of the result on display, for the notice board; anyone may print it.
func resultPosterPDF(c *call) error {
	result, err := c.store.PublicResultOf(c, c.Param("meeting"))
	if err != nil {
		return c.noResult(err)
	}
	meeting := result.Meeting
	data := sheet.Outcomes{Community: result.Community.Name, Title: meeting.Title, Until: int64(keptUntil(meeting)), Convener: meeting.ConvenerName,
		Contact: meeting.Contact, Place: meeting.Place, Link: c.config.PublicURL + resultURL(meeting.ID), CheckCode: web.Digest(result.Result.SHA256)}
	if result.Result.Stage == models.PreliminaryResult {
		data.Preliminary, data.Until = true, meeting.ObjectionUntil
	}
	for i, verdict := range verdicts(&result.Result) {
		data.Matters = append(data.Matters, sheet.OutcomeLine{Number: result.Result.Matters[i].Position, Title: verdict.Title, Word: verdict.Look().Word})
	}
	return c.sendPDF(web.FileResultPoster+".pdf", func(w io.Writer) (paper.Report, error) { return sheet.ResultPoster(w, data) })
}

package api

import (
	"net/http"
	"slices"
	"strings"

	"gongjue/models"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

func filingPage(c *call) error {
	page, err := filingView(c, c.Param("meeting"), filingTrouble{})
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// openFiling leads from a hand-in to the filing of its meeting, which is the page of all of them.
func openFiling(c *call) error {
	filing, err := c.store.Filing(c, c.community.ID, c.Param("filing"))
	if err != nil {
		return err
	}
	c.seeOther(done{location: filingURL(filing)})
	return nil
}

// filingTrouble is what refused the last attempt on a filing's page: the one of its forms that is set.
type filingTrouble struct {
	submit   *filingRequest
	certify  *certifyRequest
	giveBack *returnRequest
	add      *paperRequest
	problems []web.Problem
}

// filingView is the filing of a meeting as both sides see it, from the newest hand-in; nil where it does not
// have the form any more that was refused.
func filingView(c *call, meetingID string, t filingTrouble) (web.Page, error) {
	desk, err := c.store.DeskOf(c, c.community.ID, meetingID)
	if err != nil {
		return nil, err
	}
	m := desk.Meeting
	page := web.FilingPage{Shell: c.shell(web.TitleFiling), Community: c.community.Name, Meeting: m.Title, MeetingURL: c.meetingURL(m.ID),
		State: string(lifecycle.FilingDraft), Documents: c.filingDocuments(m), History: filingHistory(desk.Filings), ResultURL: publicResultURL(m),
		ObjectionsURL: c.meetingURL(m.ID, "objections")}
	if len(desk.Filings) == 0 {
		page.Due = web.Instant(filingDue(m))
		record, err := c.recordToFile(desk)
		if err != nil {
			return nil, err
		}
		page.Record = record.Lines()
	} else {
		newest := desk.Filings[0]
		page.State, page.Record = string(newest.State), filedRecord(newest).Lines()
		if newest.CheckCode != "" {
			page.CertificateURL = certificateURL(newest.CheckCode)
		}
	}
	if err := c.addFilingPapers(&page, m); err != nil {
		return nil, err
	}
	c.addFilingForms(&page, desk, t)
	if (t.add != nil && page.Add == nil) || (t.submit != nil && page.Submit == nil) || (t.certify != nil && page.Certify == nil) || (t.giveBack != nil && page.Return == nil) {
		return nil, nil
	}
	return page, nil
}

// filingDue is the last moment for handing a published result in; 0 where the pack sets no number of days.
func filingDue(meeting models.Meeting) int64 {
	clause := meeting.Pack.Procedure.FilingDays
	if clause == nil || meeting.PublishedAt == 0 {
		return 0
	}
	return calendar.EndOfDay(meeting.PublishedAt, clause.Days)
}

// addFilingForms adds the steps that the role may take now.
func (c *call) addFilingForms(page *web.FilingPage, desk models.Desk, t filingTrouble) {
	state, role := lifecycle.FilingDraft, lifecycle.Actor(c.staff.Role)
	id := ""
	if len(desk.Filings) > 0 {
		state, id = desk.Filings[0].State, desk.Filings[0].ID
	}
	events := lifecycle.Filings.Events(state, role)
	if slices.Contains(events, lifecycle.EventSubmit) && desk.Meeting.State == lifecycle.MeetingPublished {
		page.Submit = &web.SubmitForm{Form: web.Form{Action: c.meetingURL(desk.Meeting.ID, "filing")}}
		if t.submit != nil {
			page.Submit.Note, page.Submit.Problems = t.submit.Note, t.problems
		}
		c.addPaperForm(page, desk.Meeting, t)
	}
	if c.staff.Role != models.RoleStreet {
		return // the table knows a district that certifies; the rule packs so far name the street
	}
	if slices.Contains(events, lifecycle.EventCertify) {
		page.Certify = &web.CertifyForm{Form: web.Form{Action: c.communityURL("filings", id, "certify")}, Checks: filingChecks()}
		if t.certify != nil {
			page.Certify.Checked, page.Certify.Problems = t.certify.Checked, t.problems
		}
	}
	if slices.Contains(events, lifecycle.EventReturn) {
		page.Return = &web.ReturnForm{Form: web.Form{Action: c.communityURL("filings", id, "return")}}
		if t.giveBack != nil {
			page.Return.Reasons, page.Return.Problems = string(t.giveBack.Reasons), t.problems
		}
	}
}

func filingChecks() []web.Option {
	options := make([]web.Option, len(models.FilingChecks))
	for i, check := range models.FilingChecks {
		options[i] = web.Option{Value: string(check), Text: web.FilingCheck(string(check))}
	}
	return options
}

// filingHistory tells every hand-in and what became of it, the oldest first.
func filingHistory(newestFirst []models.Filing) []web.FilingEvent {
	var events []web.FilingEvent
	for _, filing := range slices.Backward(newestFirst) {
		events = append(events, web.FilingEvent{Version: int(filing.Version), State: string(lifecycle.FilingSubmitted),
			At: web.Instant(filing.SubmittedAt), Who: filing.Record.ConvenerName})
		if filing.DecidedAt != 0 {
			decided := web.FilingEvent{Version: int(filing.Version), State: string(filing.State), At: web.Instant(filing.DecidedAt), Who: filing.Record.Street}
			if filing.Reasons != "" {
				decided.Reasons = strings.Split(filing.Reasons, "\n")
			}
			events = append(events, decided)
		}
	}
	return events
}

// filedRecord is the record of a hand-in as the page prints it.
func filedRecord(filing models.Filing) web.FiledRecord {
	r := filing.Record
	return web.FiledRecord{Title: r.Title, ConvenerKind: string(r.ConvenerKind), ConvenerName: r.ConvenerName, NoticedAt: web.Instant(r.NoticedAt),
		OpensAt: web.Instant(r.OpensAt), ClosesAt: web.Instant(r.ClosesAt), PublishedAt: web.Instant(r.PublishedAt), RosterVersion: int(r.RosterVersion),
		Total: r.Total, Ballots: r.Ballots, Objections: r.Objections, Amendments: r.Amendments, Verdicts: verdicts(&models.Result{Matters: r.Matters}),
		NoticeHash: r.NoticeHash, RosterRoot: r.RosterRoot, Result: r.ResultSHA256, RecordHash: filing.RecordSHA256, Remark: filing.Remark,
		CertificateNumber: filing.Number}
}

// recordToFile is what a hand-in would hold now; its figures are empty while nothing is public.
func (c *call) recordToFile(desk models.Desk) (web.FiledRecord, error) {
	m := desk.Meeting
	record := web.FiledRecord{Title: m.Title, ConvenerKind: string(m.ConvenerKind), ConvenerName: m.ConvenerName, NoticedAt: web.Instant(m.NoticedAt),
		OpensAt: web.Instant(m.OpensAt), ClosesAt: web.Instant(m.ClosesAt), PublishedAt: web.Instant(m.PublishedAt), RosterVersion: int(desk.Roster.Version),
		Total: desk.Roster.Weight, Objections: int64(len(desk.Objections)), NoticeHash: m.NoticeHash, RosterRoot: desk.Roster.Root}
	if m.PublishedAt == 0 {
		return record, nil
	}
	results, err := c.store.Results(c, c.community.ID, m.ID)
	if err != nil || len(results) == 0 {
		return record, err
	}
	final := results[len(results)-1]
	record.Ballots, record.Verdicts, record.Result = final.Ballots, verdicts(&final), final.SHA256
	notice, err := c.store.NoticeOf(c, m.ID)
	record.Amendments = int64(len(notice.Amended))
	return record, err
}

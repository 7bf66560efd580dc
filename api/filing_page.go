package api

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gongjue/models"
	"gongjue/voting/calendar"
	"gongjue/voting/explain"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
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
	refuse   *refuseRequest
	cancel   *reasonRequest
	sign     *certificateSignRequest
	problems []web.Problem
}

// lost tells whether the page does not have the form any more that was refused.
func (t filingTrouble) lost(page web.FilingPage) bool {
	return t.add != nil && page.Add == nil || t.submit != nil && page.Submit == nil || t.certify != nil && page.Certify == nil || t.giveBack != nil && page.Return == nil ||
		t.refuse != nil && page.Refuse == nil || t.cancel != nil && page.Cancel == nil ||
		t.sign != nil && (page.Sign == nil || page.Sign.HandIn == nil)
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
		State: string(lifecycle.FilingDraft), Documents: c.filingDocuments(m), History: c.filingHistory(desk.Filings), ResultURL: publicResultURL(m),
		ObjectionsURL: c.meetingURL(m.ID, "objections")}
	if len(desk.Filings) == 0 {
		page.Due = web.Instant(filingDue(m))
		page.Clock, page.Authority = web.FilingDueClock(page.Due, filingDueWords(m)), web.Certifier(m.Pack.Procedure.Certifier())
		page.Overdue = page.Due != 0 && c.store.Now() > int64(page.Due)
		record, err := c.recordToFile(desk)
		if err != nil {
			return nil, err
		}
		page.Record = record.Lines()
	} else {
		c.addNewest(&page, desk.Filings[0])
	}
	if err := c.addFilingPapers(&page, m); err != nil {
		return nil, err
	}
	if err := c.addReview(&page, desk); err != nil {
		return nil, err
	}
	if err := c.addFilingForms(&page, desk, t); err != nil {
		return nil, err
	}
	if len(desk.Filings) > 0 {
		if err := c.addCertified(&page, m, desk.Filings[0], t); err != nil {
			return nil, err
		}
	}
	if t.lost(page) {
		return nil, nil
	}
	return page, nil
}

// addNewest adds what the newest hand-in says, and until when it is to be decided.
func (c *call) addNewest(page *web.FilingPage, newest models.Filing) {
	page.State, page.Record = string(newest.State), filedRecord(newest).Lines()
	page.Change, page.Authority = newest.Kind == lifecycle.ChangeFiling, web.Certifier(newest.Certifier)
	if newest.CheckCode != "" {
		page.CertificateURL = certificateURL(newest.CheckCode)
	}
	if newest.State == lifecycle.FilingSubmitted {
		page.Due = web.Instant(newest.DueAt)
		page.Clock = web.FilingClock(page.Due, clockWords(newest.Clock), newest.ReceivedAt != 0)
		page.Overdue = newest.DueAt != 0 && c.store.Now() > newest.DueAt
	}
}

// authorityName is who decides on a hand-in.
func authorityName(filing models.Filing) string {
	return explain.Authority(filing.Certifier, filing.Record.Street, filing.Record.District)
}

func clockWords(clock models.FilingClock) string {
	return web.ClockWords(clock.Days, clock.Working, clock.Article)
}

// filingDue is the last moment for handing a published result in; 0 where the pack sets no number of days.
func filingDue(meeting models.Meeting) int64 {
	clause := meeting.Pack.Procedure.FilingDays
	if clause == nil || meeting.PublishedAt == 0 {
		return 0
	}
	return calendar.Deadline(meeting.PublishedAt, clause.Days)
}

// filingDueWords are the days of the clause behind filingDue, with its article.
func filingDueWords(meeting models.Meeting) string {
	clause := meeting.Pack.Procedure.FilingDays
	if clause == nil || clause.Source == nil {
		return ""
	}
	return web.ClockWords(clause.Days, false, clause.Source.String())
}

// addFilingForms adds the steps that the role may take now.
func (c *call) addFilingForms(page *web.FilingPage, desk models.Desk, t filingTrouble) error {
	state, role := lifecycle.FilingDraft, lifecycle.Actor(c.staff.Role)
	var newest models.Filing
	if len(desk.Filings) > 0 {
		newest = desk.Filings[0]
		state = newest.State
	}
	if desk.Meeting.State != lifecycle.MeetingPublished {
		return nil // what was ordered to be corrected is neither filed nor decided on meanwhile
	}
	anew := state == lifecycle.FilingRefused || state == lifecycle.FilingCertified
	if role == lifecycle.Convener && (anew || slices.Contains(lifecycle.Filings.Events(state, role), lifecycle.EventSubmit)) {
		page.Submit = &web.SubmitForm{Form: web.Form{Action: c.meetingURL(desk.Meeting.ID, "filing")},
			Change: state == lifecycle.FilingCertified || newest.Kind == lifecycle.ChangeFiling}
		if t.submit != nil {
			page.Submit.Note, page.Submit.Problems = t.submit.Note, t.problems
		}
		c.addPaperForm(page, desk.Meeting, t)
		page.PackageURL = c.meetingURL(desk.Meeting.ID, "package.zip")
	}
	if rules.Word(c.staff.Role) == newest.Certifier {
		return c.addDecisions(page, desk.Filings, t)
	}
	return nil
}

// addDecisions adds the steps of the authority.
func (c *call) addDecisions(page *web.FilingPage, list []models.Filing, t filingTrouble) error {
	newest := list[0]
	form := func(step string) web.Form { return web.Form{Action: c.communityURL("filings", newest.ID, step)} }
	events := lifecycle.Filings.Events(newest.State, lifecycle.Actor(c.staff.Role))
	may := func(event lifecycle.Event) bool { return slices.Contains(events, event) }
	received := newest.ReceivedAt != 0
	if may(lifecycle.EventReceive) && !received {
		receive := form("receive")
		page.Receive = &receive
	}
	if may(lifecycle.EventCertify) {
		known, err := c.store.ParticularsOf(c, newest)
		if err != nil {
			return err
		}
		page.Certify = certifyForm(known, list, form("certify"))
		if in := t.certify; in != nil {
			page.Certify.Checked, page.Certify.Problems = in.Checked, t.problems
			page.Certify.Committee, page.Certify.Term, page.Certify.TermFrom, page.Certify.TermTo = in.Committee, string(in.Term), in.TermFrom, in.TermTo
			page.Certify.Chair, page.Certify.Office = in.Chair, in.Office
		}
	}
	if may(lifecycle.EventReturn) && !received {
		page.Return = &web.ReturnForm{Form: form("return"), Told: toldDefects(list)}
		if t.giveBack != nil {
			page.Return.Reasons, page.Return.Unmended, page.Return.Arose = string(t.giveBack.Reasons), t.giveBack.Unmended, string(t.giveBack.Arose)
			page.Return.Problems = t.problems
		}
	}
	if may(lifecycle.EventRefuse) {
		page.Refuse = &web.RefuseForm{Form: form("refuse")}
		for _, ground := range lifecycle.RefusalGrounds {
			page.Refuse.Grounds = append(page.Refuse.Grounds, web.Option{Value: string(ground), Text: web.RefusalGround(ground)})
		}
		if t.refuse != nil {
			page.Refuse.Ground, page.Refuse.Reasons, page.Refuse.Problems = t.refuse.Ground, string(t.refuse.Reasons), t.problems
		}
	}
	if may(lifecycle.EventCancel) {
		page.Cancel = &web.CancelForm{Form: form("cancel")}
		if t.cancel != nil {
			page.Cancel.Reason, page.Cancel.Problems = t.cancel.Reason, t.problems
		}
	}
	return nil
}

// certifyForm asks for what the certificate tells. It holds what the register of committees knows, and of a change what the
// certificate before told.
func certifyForm(known models.FilingParticulars, list []models.Filing, form web.Form) *web.CertifyForm {
	f := &web.CertifyForm{Form: form, Checks: filingChecks(), Seats: list[0].Record.CommitteeName() != ""}
	if !f.Seats {
		return f
	}
	at := slices.IndexFunc(list[1:], func(earlier models.Filing) bool { return earlier.CheckCode != "" })
	if at >= 0 {
		told := list[1+at].Particulars
		known.Committee, known.Term, known.Chair = cmp.Or(told.Committee, known.Committee), cmp.Or(told.Term, known.Term), cmp.Or(known.Chair, told.Chair)
		known.Office = told.Office
		if told.TermTo != "" {
			known.TermFrom, known.TermTo = told.TermFrom, told.TermTo
		}
	}
	f.Committee, f.TermFrom, f.TermTo, f.Chair, f.Office = known.Committee, known.TermFrom, known.TermTo, known.Chair, known.Office
	if known.Term > 0 {
		f.Term = strconv.FormatInt(known.Term, 10)
	}
	return f
}

// toldDefects are the defects that were told in the returns directly before the newest hand-in.
func toldDefects(list []models.Filing) (options []web.Option) {
	for _, earlier := range list[1:] {
		if earlier.State != lifecycle.FilingReturned {
			break
		}
		for _, defect := range slices.Backward(earlier.Defects) {
			value := strconv.FormatInt(defect.Number, 10)
			if !slices.ContainsFunc(options, func(o web.Option) bool { return o.Value == value }) {
				options = append(options, web.Option{Value: value, Text: defect.Text})
			}
		}
	}
	slices.Reverse(options)
	return options
}

func filingChecks() []web.Option {
	options := make([]web.Option, len(models.FilingChecks))
	for i, check := range models.FilingChecks {
		options[i] = web.Option{Value: string(check), Text: web.FilingCheck(string(check))}
	}
	return options
}

// filingHistory tells every hand-in and what became of it, the oldest first.
func (c *call) filingHistory(newestFirst []models.Filing) []web.FilingEvent {
	var events []web.FilingEvent
	for _, filing := range slices.Backward(newestFirst) {
		add := func(state string, at int64, who string, reasons ...string) {
			events = append(events, web.FilingEvent{Version: int(filing.Version), State: state, At: web.Instant(at), Who: who, Reasons: reasons})
		}
		add(string(lifecycle.FilingSubmitted), filing.SubmittedAt, filing.Record.ConvenerName)
		if sum := filing.Record.Package; sum != "" && c.staff.Role != models.RoleTeller {
			events[len(events)-1].Package = &web.PackageLink{URL: c.communityURL("filings", filing.ID, "package.zip"), SHA256: sum}
		}
		if filing.ReceivedAt != 0 && filing.ReceivedAt != filing.DecidedAt {
			add(web.FilingReceived, filing.ReceivedAt, authorityName(filing))
		}
		decided := filing.State
		if filing.EndedAt != 0 && filing.CheckCode != "" {
			decided = lifecycle.FilingCertified
		}
		if filing.DecidedAt != 0 {
			add(string(decided), filing.DecidedAt, authorityName(filing), filingReasons(filing)...)
		}
		if filing.EndedAt != 0 {
			add(string(filing.State), filing.EndedAt, authorityName(filing), filing.EndedReason)
		}
	}
	return events
}

// filingReasons are why a hand-in was returned or refused.
func filingReasons(filing models.Filing) (reasons []string) {
	for _, defect := range filing.Defects {
		reasons = append(reasons, web.DefectText(defect.Text, string(defect.Basis)))
	}
	if len(reasons) > 0 || filing.Reasons == "" {
		return reasons
	}
	if filing.Ground != "" {
		reasons = append(reasons, web.RefusalGround(filing.Ground))
	}
	return append(reasons, strings.Split(filing.Reasons, "\n")...)
}

// filedRecord is the record of a hand-in as the page prints it.
func filedRecord(filing models.Filing) web.FiledRecord {
	r := filing.Record
	return web.FiledRecord{Title: r.Title, ConvenerKind: string(r.ConvenerKind), ConvenerName: r.ConvenerName, NoticedAt: web.Instant(r.NoticedAt),
		OpensAt: web.Instant(r.OpensAt), ClosesAt: web.Instant(r.ClosesAt), PublishedAt: web.Instant(r.PublishedAt), RosterVersion: int(r.RosterVersion),
		Total: r.Total, Ballots: r.Ballots, Objections: r.Objections, Amendments: r.Amendments, Verdicts: verdicts(&models.Result{Matters: r.Matters}),
		NoticeHash: r.NoticeHash, RosterRoot: r.RosterRoot, Result: r.ResultSHA256, RecordHash: filing.RecordSHA256, Package: r.Package, Remark: filing.Remark,
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

package api

import (
	"net/http"

	"gongjue/models"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
	"gongjue/web"
)

func meetingPage(c *call) error {
	page, err := meetingView(c, trouble{})
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// meetingView is the page of a meeting, with what refused the last attempt on it; nil where the page does not
// have that step or form any more.
func meetingView(c *call, t trouble) (web.Page, error) {
	desk, err := c.store.DeskOf(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return nil, err
	}
	checks, err := c.meetingChecks(desk)
	if err != nil {
		return nil, err
	}
	log, err := c.store.Audit(c, c.community.ID, desk.Meeting.ID)
	if err != nil {
		return nil, err
	}
	m, now := desk.Meeting, c.store.Now()
	acts, offered := c.meetingActs(desk, t)
	further, related, err := c.furtherVote(m, t)
	if err != nil {
		return nil, err
	}
	if further != nil {
		acts, offered = append(acts, *further), offered || t.event == runOffStep
	}
	editable := m.State == lifecycle.MeetingDraft && c.staff.Role == models.RoleConvener
	if (t.event != "" && !offered) || (t.form != nil && !editable) {
		return nil, nil
	}
	page := web.MeetingPage{Shell: c.shell(m.Title), Community: c.community.Name, CommunityURL: c.communityURL(), Meeting: m.Title,
		State: string(m.State), Ended: endedSentence(m), ConvenerKind: string(m.ConvenerKind), ConvenerName: m.ConvenerName, Opens: web.Instant(m.OpensAt),
		Closes: web.Instant(m.ClosesAt), Place: m.Place, Contact: m.Contact, Timeline: timeline(m), Acts: acts, Checks: checks,
		Attachments: attachments(m.Attachments, models.ForNotice, c.meetingURL(m.ID, "files")+"/"), Announced: announced(m, desk.Roster),
		Roster: rosterCard(desk.Roster, m.Contact), RosterURL: rosterURL(c.community.ID, m.RosterID), Turnout: turnout(now, desk.Turnout),
		Issued: desk.Issued, Links: append(related, c.meetingLinks(desk)...), Kind: meetingKind(m), Findings: web.Findings(findingsOf(desk)), Previews: c.previewLinks(m)}
	page.Matters = c.agenda(m, editable)
	if editable {
		page.EditURL, page.AddMatterURL = c.meetingURL(m.ID, "edit"), c.meetingURL(m.ID, "matters", "new")
		page.Attach = &web.AttachForm{Form: web.Form{Action: c.meetingURL(m.ID, "files"), Problems: t.form}}
		for i := range page.Attachments {
			page.Attachments[i].RemoveURL = page.Attachments[i].URL + "/delete"
		}
	}
	for _, entry := range log {
		page.Log = append(page.Log, web.LogLine{At: web.Instant(entry.At), Who: web.Doer(entry.ActorRole, entry.ActorName), What: web.AuditWord(entry.Act)})
	}
	return page, nil
}

func (c *call) agenda(meeting models.Meeting, editable bool) []web.AgendaLine {
	list := make([]web.AgendaLine, len(meeting.Matters))
	for i, matter := range meeting.Matters {
		list[i] = web.AgendaLine{Number: int(matter.Position), Title: matter.Title, Matter: matter.Rule}
		if editable {
			list[i].EditURL = c.meetingURL(meeting.ID, "matters", matter.ID)
		}
	}
	return list
}

// timeline is the straight way of a meeting with when each state was or will be reached; a meeting that left
// it ends with the state it stands in.
func timeline(m models.Meeting) []web.Milestone {
	way := []web.Milestone{
		milestone(lifecycle.MeetingDraft, m.CreatedAt, 0), milestone(lifecycle.MeetingNoticed, m.NoticedAt, 0),
		milestone(lifecycle.MeetingVoting, m.OpenedAt, m.OpensAt), milestone(lifecycle.MeetingClosed, m.ClosedAt, m.ClosesAt),
		milestone(lifecycle.MeetingTallied, m.TalliedAt, 0), milestone(lifecycle.MeetingPreliminary, m.PreliminaryAt, 0),
		milestone(lifecycle.MeetingPublished, m.PublishedAt, 0),
	}
	for i := range way {
		if way[i].State == string(m.State) {
			way[i].Here = true
			return way
		}
	}
	var gone []web.Milestone
	for _, reached := range way {
		if reached.Done {
			gone = append(gone, reached)
		}
	}
	return append(gone, web.Milestone{State: string(m.State), Here: true})
}

func milestone(state lifecycle.MeetingState, reached, planned int64) web.Milestone {
	if reached != 0 {
		return web.Milestone{State: string(state), At: web.Instant(reached), Done: true}
	}
	return web.Milestone{State: string(state), At: web.Instant(planned)}
}

// noticeDays is by how many days the notice precedes the opening, if it is issued at that moment or was
// before, and how many the pack asks for.
func noticeDays(meeting models.Meeting, now int64) (days, need int) {
	if clause := meeting.Pack.Procedure.Notice(meeting.Extraordinary); clause != nil {
		need = clause.Days
	}
	if meeting.NoticedAt != 0 {
		now = meeting.NoticedAt
	}
	return calendar.NoticeDays(now, meeting.OpensAt), need
}

// sourceOf cites a clause; empty for none, and for a default that no law sets.
func sourceOf(clause *rules.Clause) string {
	if clause == nil || clause.Source == nil {
		return ""
	}
	return clause.Source.String()
}

// meetingChecks are the findings about a meeting in its state: before the notice on what the notice needs,
// during the display on what the final result needs.
func (c *call) meetingChecks(desk models.Desk) ([]web.Check, error) {
	m, now := desk.Meeting, c.store.Now()
	days, need := noticeDays(m, now)
	law := sourceOf(m.Pack.Procedure.Notice(m.Extraordinary))
	if m.State != lifecycle.MeetingDraft {
		if m.NoticedAt == 0 {
			return nil, nil
		}
		checks := []web.Check{web.NoticedCheck(days, need, law)}
		if recordsDeliveries(m) {
			checks = append(checks, web.DeliveryCheck(desk.Unrecorded, desk.Issued))
		}
		if m.State == lifecycle.MeetingPreliminary {
			if m.ObjectionDays > 0 {
				checks = append(checks, web.WindowCheck(web.Instant(m.ObjectionUntil), now > m.ObjectionUntil))
			}
			checks = append(checks, web.OpenObjectionsCheck(openObjections(desk.Objections)))
			if desk.Lot != nil {
				checks = append(checks, web.LotCheck(desk.Lot.Due()))
			}
		}
		return checks, nil
	}
	earliest := web.Instant(calendar.EndOfDay(now, need-1) + 1)
	checks := []web.Check{web.NoticeCheck(days, need, earliest, law), web.RosterCheck(rosterCard(desk.Roster, ""), desk.Roster.State == lifecycle.RosterFrozen),
		web.AgendaCheck(len(m.Matters)), web.ParameterCheck(m.Policies.VoidParticipates != nil), web.SilenceCheck(m.Policies, m.SilenceRule, silenceCode(m))}
	if clause := m.Pack.Procedure.ObjectionDays; clause != nil {
		checks = append(checks, web.ObjectionCheck(int(m.ObjectionDays), clause.Days, sourceOf(clause)))
	}
	if m.SealKept == models.KeptByHolders {
		checks = append(checks, web.SealCheck(desk.Seal.Ready()))
	}
	checks = append(checks, web.PlaceCheck(m.Place))
	scopes, err := c.scopeChecks(m)
	return append(checks, scopes...), err
}

// silenceCode is why the notice would refuse the silence policy; empty where it would not.
func silenceCode(m models.Meeting) string {
	if refusal, refused := asRefusal(m.SilenceLacks(m.Kinds()...)); refused {
		return refusal.Code
	}
	return ""
}

// recordsDeliveries tells whether every sheet still needs its record, because silence counts.
func recordsDeliveries(m models.Meeting) bool {
	open := m.State == lifecycle.MeetingNoticed || m.State == lifecycle.MeetingVoting
	return open && m.CountsSilence()
}

// scopeChecks tell who votes on the matters that do not concern everybody.
func (c *call) scopeChecks(meeting models.Meeting) ([]web.Check, error) {
	scoped := false
	for _, matter := range meeting.Matters {
		scoped = scoped || len(matter.Rule.Scope) > 0
	}
	if !scoped {
		return nil, nil
	}
	bases, err := c.store.Bases(c, meeting)
	if err != nil {
		return nil, err
	}
	var checks []web.Check
	for _, matter := range meeting.Matters {
		if len(matter.Rule.Scope) > 0 {
			checks = append(checks, web.ScopeCheck(int(matter.Position), matter.Rule.Scope, bases[matter.ID]))
		}
	}
	return checks, nil
}

// meetingLinks lead to what there is of a meeting by now, for the one who asks.
func (c *call) meetingLinks(desk models.Desk) []web.Link {
	m := desk.Meeting
	if m.NoticedAt == 0 {
		return c.sealLink(m)
	}
	links := []web.Link{{Text: web.LinkPublicNotice, URL: noticeURL(m.ID)}, {Text: web.LinkNoticePDF, URL: noticePDFURL(m.ID)},
		{Text: web.LinkPoster, URL: c.meetingURL(m.ID, "poster.pdf")}}
	if c.staff.Role == models.RoleConvener {
		links = append(links, web.Link{Text: web.LinkSheets, URL: c.meetingURL(m.ID, "sheets")})
	}
	if c.staff.Role == models.RoleConvener || c.staff.Role == models.RoleTeller {
		links = append(links, web.Link{Text: web.LinkDelivery, URL: c.meetingURL(m.ID, "deliveries")})
	}
	if m.OpenedAt != 0 && (c.staff.Role == models.RoleConvener || c.staff.Role == models.RoleTeller) {
		links = append(links, web.Link{Text: web.LinkPaper, URL: c.meetingURL(m.ID, "paper")})
	}
	if m.Platform != "" && c.staff.Role != models.RoleDistrict {
		links = append(links, web.Link{Text: web.LinkImport, URL: c.meetingURL(m.ID, "import")})
	}
	links = append(links, c.sealLink(m)...)
	if m.TalliedAt != 0 {
		links = append(links, web.Link{Text: web.LinkCount, URL: c.meetingURL(m.ID, "count")})
	}
	if m.OpenedAt != 0 {
		links = append(links, web.Link{Text: web.LinkWitness, URL: c.meetingURL(m.ID, "witness")})
	}
	if desk.Lot != nil {
		links = append(links, web.Link{Text: web.LinkLot, URL: c.meetingURL(m.ID, "lot")})
	}
	if models.MaySample(m.State) && c.recordsLots() {
		links = append(links, web.Link{Text: web.LinkSample, URL: c.meetingURL(m.ID, "sample")})
	}
	if m.PreliminaryAt != 0 {
		links = append(links, web.Link{Text: web.LinkObjections, URL: c.meetingURL(m.ID, "objections")})
	}
	if url := publicResultURL(m); url != "" {
		links = append(links, web.Link{Text: web.LinkPublicResult, URL: url})
	}
	if m.PublishedAt != 0 {
		links = append(links, web.Link{Text: web.LinkFiling, URL: c.meetingURL(m.ID, "filing")},
			web.Link{Text: web.LinkSupervision, URL: c.meetingURL(m.ID, "supervision")})
	}
	for _, filing := range desk.Filings {
		if filing.CheckCode != "" {
			links = append(links, web.Link{Text: web.LinkCertificate, URL: certificateURL(filing.CheckCode)})
		}
	}
	return links
}

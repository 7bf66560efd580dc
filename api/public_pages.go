package api

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// The addresses of the two checks that anyone may make.
const (
	receiptCheckURL = "/receipts"
	checkCodeURL    = "/certificates"
)

// homePage lists the communities; the query q keeps those whose name or place holds it.
func homePage(c *call) error {
	query := strings.TrimSpace(c.Query("q"))
	shown, next, err := c.store.BoardCommunities(c, query, c.asked())
	if err != nil {
		return err
	}
	page := web.Home{Shell: c.shell(web.TitleHome), SearchURL: "/", Query: query,
		CheckCodeURL: checkCodeURL, ReceiptURL: receiptCheckURL, RulesURL: rulesURL, SignInURL: "/staff/login"}
	if c.staff != nil {
		page.SignInURL = ""
	}
	if page.NextURL = c.nextURL(next); next != "" && page.Query != "" {
		page.NextURL += "&q=" + url.QueryEscape(page.Query)
	}
	for _, community := range shown {
		page.Communities = append(page.Communities, web.CommunityCard{Name: community.Name, Place: place(community.Community),
			URL: boardURL(community.ID), OpenVotes: int(community.OpenVotes), Results: int(community.Results)})
	}
	if demo := c.config.Demo; demo != nil {
		page.DemoLinks, page.DemoPassword, page.DemoVoteURL, page.DemoVoteLabel = demo.Accounts, demo.Password, demo.VoteURL, demo.VoteLabel
	}
	return c.render(http.StatusOK, page)
}

// boardPage is a community's public board.
func boardPage(c *call) error {
	board, err := c.store.Board(c, c.Param("community"))
	if err != nil {
		return err
	}
	page := web.Board{Shell: c.shell(board.Community.Name + " " + web.TitleBoard), Community: board.Community.Name, Place: place(board.Community),
		HomeURL: "/", EmergencyURL: emergenciesURL(board.Community.ID), ContractsURL: contractsURL(board.Community.ID), DecisionsURL: decisionsURL(board.Community.ID), ReceiptURL: receiptCheckURL, CheckCodeURL: checkCodeURL}
	page.CommitteeURL, page.DisclosedURL = committeesURL(board.Community.ID), disclosuresURL(board.Community.ID)
	for _, meeting := range board.Meetings {
		card := meetingCard(meeting.Meeting, meeting.Result)
		switch meeting.State {
		case lifecycle.MeetingNoticed, lifecycle.MeetingVoting:
			page.Open = append(page.Open, card)
		case lifecycle.MeetingClosed, lifecycle.MeetingTallied, lifecycle.MeetingPreliminary:
			page.Counted = append(page.Counted, card)
		case lifecycle.MeetingCancelled, lifecycle.MeetingVoidRerun:
			page.Ended = append(page.Ended, card)
		default:
			page.Results = append(page.Results, card)
		}
	}
	notices, err := c.store.SupervisionIn(c, board.Community.ID)
	if err != nil {
		return err
	}
	orders, err := c.store.Convenings(c, board.Community.ID)
	if err != nil {
		return err
	}
	if len(orders) > 0 {
		page.ConveningURL = conveningsURL(board.Community.ID)
	}
	page.Notices = slices.Concat(conveningLinks(orders, c.store.Now()), supervisionLinks(notices))
	page.History = boardHistory(board, notices, orders)
	for _, list := range board.Rosters {
		page.Rosters = append(page.Rosters, rosterCard(list, ""))
	}
	return c.render(http.StatusOK, page)
}

// noticePage is the public notice of a meeting.
func noticePage(c *call) error {
	notice, err := c.store.NoticeOf(c, c.Param("meeting"))
	if err != nil {
		return err
	}
	page := c.noticeView(notice)
	meeting := notice.Meeting
	if meeting.State == lifecycle.MeetingVoting && !meeting.OnlineBarred() {
		page.VoteURL = findHomeURL(meeting.ID)
	}
	if models.OpenedLog(meeting.State) {
		page.RecordURL = votingRecordURL(meeting.ID)
	}
	if page.Related, err = c.publicRelated(meeting); err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// noticeView is what a notice says to everybody.
func (c *call) noticeView(notice models.Notice) web.MeetingNotice {
	meeting := notice.Meeting
	page := web.MeetingNotice{Shell: c.shell(meeting.Title + " " + web.TitleNotice), Community: notice.Community.Name,
		CommunityURL: boardURL(notice.Community.ID), Meeting: meeting.Title, Kind: meetingKind(meeting), State: string(meeting.State), Ended: endedSentence(meeting),
		ConvenerKind: string(meeting.ConvenerKind), ConvenerName: meeting.ConvenerName, NoticedAt: web.Instant(meeting.NoticedAt),
		Opens: web.Instant(meeting.OpensAt), Closes: web.Instant(meeting.ClosesAt), Place: meeting.Place, Contact: meeting.Contact,
		Scope: web.MeetingScope(rulesOf(meeting)), Roster: countedRoster(notice),
		Matters: noticeMatters(meeting, notice.Bases), Attachments: attachments(meeting.Attachments, models.ForNotice, noticeFilesURL(meeting.ID)),
		Announced: announced(meeting, notice.Roster), Turnout: turnout(c.store.Now(), notice.Turnout),
		ResultURL: publicResultURL(meeting), PDFURL: noticePDFURL(meeting.ID), Digest: meeting.NoticeHash}
	page.Witnessing = witnessingView(notice.Log, models.HasPublicResult(meeting.State))
	if notice.Log.Opening.Size > 0 {
		page.LogURL = logURL(meeting.ID)
	}
	if page.Announced.Lots() {
		page.CloseRoot = notice.Close.Root
	}
	return page
}

func rulesOf(meeting models.Meeting) []voting.Matter {
	list := make([]voting.Matter, len(meeting.Matters))
	for i, matter := range meeting.Matters {
		list[i] = matter.Rule
	}
	return list
}

// resultPage is the preliminary count while objections run, the final result afterwards.
func resultPage(c *call) error {
	result, err := c.store.PublicResultOf(c, c.Param("meeting"))
	if err != nil {
		return c.noResult(err)
	}
	meeting, page := result.Meeting, c.countView(result)
	page.PDFURL, page.PosterURL = resultPDFURL(meeting.ID), noticeURL(meeting.ID)+"/result-poster.pdf"
	page.Witnessing, page.Lot = witnessingView(result.Log, true), lotView(result.Lot)
	sampled, err := c.store.SamplesOf(c, meeting)
	if err != nil {
		return err
	}
	if len(sampled) > 0 {
		page.SampleURL = sampleURL(meeting.ID)
	}
	page.KeptUntil = keptUntil(meeting)
	if meeting.PreliminaryAt != 0 {
		page.ObjectURL, page.Objections = objectingURL(meeting.ID), objectionEffect(meeting, result.Objections)
	}
	if result.Result.Stage == models.PreliminaryResult {
		page.ObjectionsTill, page.ObjectionHow = web.Instant(meeting.ObjectionUntil), web.ObjectionHow(meeting.Place, meeting.Contact)
	} else if meeting.PreliminaryAt != 0 {
		page.EarlyURL = preliminaryURL(meeting.ID)
	}
	if models.HasPublicBundle(meeting.State) {
		page.BundleURL, page.CheckerURL = publicBundleURL(meeting.ID), checkerURL
	}
	if result.Certificate != "" {
		page.CertificateURL = certificateURL(result.Certificate)
	}
	supervised, err := c.store.SupervisionOf(c, meeting.CommunityID, meeting.ID)
	if err != nil {
		return err
	}
	page.Supervised, page.Revoked = supervisionLinks(supervised), web.RevokedMatters(revokedTitles(meeting, supervised))
	standing := models.StandingMatters(meeting, supervised)
	for i := range page.Matters {
		if !slices.Contains(standing, int64(page.Matters[i].Number)) {
			page.Matters[i].Title += web.RevokedMark
		}
	}
	if page.Related, err = c.publicRelated(meeting); err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// countView is a count with what never changes beside it.
func (c *call) countView(result models.PublicResult) web.Result {
	meeting := result.Meeting
	page := web.Result{Shell: c.shell(meeting.Title + " " + web.TitleResult), Community: result.Community.Name,
		CommunityURL: boardURL(result.Community.ID), Meeting: meeting.Title, Kind: meetingKind(meeting), State: string(meeting.State), ConvenerName: meeting.ConvenerName,
		Opens: web.Instant(meeting.OpensAt), Closes: web.Instant(meeting.ClosesAt), PublishedAt: web.Instant(meeting.PublishedAt),
		Roster: countedRoster(result.Notice), Matters: resultMatters(meeting, result.Result, result.Robust),
		Announced: announced(meeting, result.Roster), Channels: channelCounts(result.Channels), Sheets: sheetBalance(result.Sheets),
		Imported: importedView(meeting, result.Imported), NoticeURL: noticeURL(meeting.ID), RecordURL: votingRecordURL(meeting.ID),
		ReceiptURL: receiptCheckURL, LedgerSize: result.Head.Size, LedgerRoot: result.Head.Root, LogURL: logURL(meeting.ID), Digest: result.Result.SHA256}
	if result.Result.Stage == models.PreliminaryResult {
		page.Title = meeting.Title + " " + web.TitlePreliminary
		page.Preliminary, page.PublishedAt = true, web.Instant(meeting.PreliminaryAt)
	}
	return page
}

// noResult answers why there is no result to show: a meeting that was annulled or withdrawn says so, when, and why.
func (c *call) noResult(err error) error {
	if !errors.Is(err, refuse("result_not_ready")) {
		return err
	}
	meeting, failed := c.store.PublicMeeting(c, c.Param("meeting"))
	if failed != nil {
		return failed
	}
	code := map[lifecycle.MeetingState]string{lifecycle.MeetingVoidRerun: "meeting_annulled", lifecycle.MeetingCancelled: "meeting_cancelled"}[meeting.State]
	if code == "" {
		return err
	}
	status, ended := statusOf(code), endedSentence(meeting)
	if c.isAPI() {
		writeProblem(c.Writer, problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Code: code, Detail: ended,
			RequestID: requestID(c.Context), Reason: meeting.Reason, EndedAt: meeting.EndedAt})
		return nil
	}
	return c.render(status, web.ErrorPage{Shell: c.shell(meeting.Title), Status: status, Code: code, Sentence: ended,
		BackURL: noticeURL(meeting.ID), HomeURL: "/"})
}

// noticeFile hands out a file of the notice; the papers of a filing are not public.
func noticeFile(c *call) error {
	meeting, err := c.store.PublicMeeting(c, c.Param("meeting"))
	if err != nil {
		return err
	}
	file, err := c.store.Attachment(c, meeting.CommunityID, meeting.ID, c.Param("file"))
	if err != nil {
		return err
	}
	if file.Stage != models.ForNotice {
		return refuse("not_found")
	}
	c.sendFile(file)
	return nil
}

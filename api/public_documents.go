package api

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"net/http"

	"gongjue/models"
	documents "gongjue/notify/filing"
	"gongjue/notify/paper"
	"gongjue/voting"
	"gongjue/voting/explain"
	"gongjue/web"
)

// noticePDF is the 会议公告 as it was frozen.
func noticePDF(c *call) error {
	notice, err := c.store.NoticeOf(c, c.Param("meeting"))
	if err != nil {
		return err
	}
	return c.sendPDF("notice.pdf", func(w io.Writer) (paper.Report, error) {
		return documents.MeetingNotice(w, meetingNoticeData(notice, c.config.PublicURL))
	})
}

// resultPDF is the 询异公示 while objections run, the 表决结果公告 afterwards.
func resultPDF(c *call) error {
	result, err := c.store.PublicResultOf(c, c.Param("meeting"))
	if err != nil {
		return c.noResult(err)
	}
	return c.sendPDF("result.pdf", func(w io.Writer) (paper.Report, error) {
		return documents.ResultNotice(w, resultNoticeData(result, c.config.PublicURL, c.store.Now()))
	})
}

// sendPDF writes a document into memory first, so that an error never leaves half a file behind.
func (c *call) sendPDF(name string, write func(io.Writer) (paper.Report, error)) error {
	var file bytes.Buffer
	if _, err := write(&file); err != nil {
		return fmt.Errorf("print %s: %w", name, err)
	}
	c.Header("Cache-Control", "no-store")
	c.Header("Content-Disposition", mime.FormatMediaType("inline", map[string]string{"filename": name}))
	c.Data(http.StatusOK, "application/pdf", file.Bytes())
	return nil
}

// sendFile hands out an attachment for saving, never for showing: it came from outside.
func (c *call) sendFile(file models.Attachment) {
	c.Header("Cache-Control", "no-store")
	c.Header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": file.Name}))
	c.Data(http.StatusOK, file.MediaType, file.Content)
}

// meetingNoticeData is what the printed notice of a meeting says.
func meetingNoticeData(notice models.Notice, publicURL string) documents.MeetingNoticeData {
	meeting := notice.Meeting
	data := documents.MeetingNoticeData{Community: notice.Community.Name, Title: meeting.Title, Form: meetingKind(meeting), Convener: meeting.ConvenerName,
		OpensAt: meeting.OpensAt, ClosesAt: meeting.ClosesAt, Scope: web.MeetingScope(rulesOf(meeting)), Total: notice.Roster.Weight,
		Silence: web.SilenceWarning(meeting.Policies, meeting.SilenceRule),
		Roster:  paperRoster(notice), Channels: waysOf(meeting).List(), Ways: waysOf(meeting).Why(), Objection: meeting.Contact, Contact: meeting.Contact,
		Link: publicURL + noticeURL(meeting.ID), CheckCode: web.Digest(meeting.NoticeHash), IssuedAt: meeting.NoticedAt}
	for _, parameter := range announced(meeting, notice.Roster).Parameters() {
		data.Parameters = append(data.Parameters, documents.Parameter{Name: parameter.Name, Value: parameter.Value, Meaning: parameter.Meaning})
	}
	if announced(meeting, notice.Roster).Lots() {
		data.Parameters = append(data.Parameters, documents.Parameter(web.PaperFormula))
	}
	for _, file := range attachmentsOf(meeting.Attachments, models.ForNotice) {
		data.Parameters = append(data.Parameters, documents.Parameter{Name: web.PaperFile, Value: web.PaperFileValue(file.Name, file.SHA256)})
	}
	for _, sight := range notice.Log.Sights {
		data.Parameters = append(data.Parameters, documents.Parameter(web.PaperWitness(sight.Name, sight.Fingerprint.Printed())))
	}
	data.Heads = paperHeads(publicURL, meeting.ID, namedHead{web.HeadOpening, notice.Log.Opening})
	data.Counting = countingRules(meeting)
	for _, matter := range meeting.Matters {
		data.Matters = append(data.Matters, documents.NoticeMatter{Number: int(matter.Position), Title: matter.Title, Text: web.PaperText(matter.Body, matter.Rule),
			Law: lawOf(meeting, matter.Rule), Scope: paperScope(matter.Rule), Total: notice.Bases[matter.ID], Options: matter.Rule.Options,
			Seats: matter.Rule.Seats, Alternates: matter.Rule.Alternates, MaxChoices: matter.Rule.MostNames()})
	}
	return data
}

// resultNoticeData is what the printed result of a meeting says, at the moment of printing: what open objections could
// change is not stored with the result.
func resultNoticeData(result models.PublicResult, publicURL string, now int64) documents.ResultNoticeData {
	meeting := result.Meeting
	data := documents.ResultNoticeData{Stage: documents.Final, Community: result.Community.Name, Title: meeting.Title, Form: meetingKind(meeting),
		Manner: waysOf(meeting).Manner(), OpensAt: meeting.OpensAt, ClosesAt: meeting.ClosesAt, Convener: meeting.ConvenerName,
		Total: result.Roster.Weight, Roster: paperRoster(result.Notice), Law: meeting.Pack.Law(), Policies: meeting.Policies,
		Clause: web.SilenceSource(meeting.Policies, meeting.SilenceRule),
		Basis:  web.PaperBasis(meeting.Pack.Name, meeting.NoticeHash), Objection: meeting.Contact, Link: publicURL + resultURL(meeting.ID),
		CheckCode: web.Digest(result.Result.SHA256), LogRoot: result.Head.Root, IssuedAt: meeting.PublishedAt}
	if result.Result.Stage == models.PreliminaryResult {
		data.Stage, data.ObjectionUntil, data.IssuedAt = documents.Preliminary, meeting.ObjectionUntil, meeting.PreliminaryAt
		data.Link = publicURL + preliminaryURL(meeting.ID)
	}
	data.Heads = paperHeads(publicURL, meeting.ID, namedHead{web.HeadClose, result.Notice.Log.Close}, namedHead{web.HeadResult, result.Notice.Log.Result})
	data.Witnessed = witnessingView(result.Notice.Log, true).Sentence()
	if len(result.Robust) > 0 {
		data.ObjectionNote = explain.CountedObjections
	}
	data.Lot = lotView(result.Lot).Paper()
	if balance := sheetBalance(result.Sheets); balance != nil {
		data.SheetsWarning = balance.Warning()
		for _, line := range balance.Lines() {
			data.Sheets = append(data.Sheets, documents.Parameter{Name: line.Name, Value: line.Value})
		}
	}
	if imported := importedView(meeting, result.Imported); imported != nil {
		data.Imported = imported.Sentence()
	}
	effects := models.Effects(result.Result.Matters)
	for i, matter := range result.Result.Matters {
		printed := documents.MatterResult{Number: int(matter.Position), Title: matter.Title,
			Law: lawOf(meeting, matter.Rule), Scope: paperScope(matter.Rule), Matter: matter.Rule, Outcome: matter.Outcome, Lapsed: effects[i] == voting.Lapsed}
		printed.Notes = resultNotes(matter, effects[i])
		if robust, disputed := result.Robust[matter.MatterID]; disputed {
			printed.Notes = append(printed.Notes, web.PaperRobust(web.Instant(now), explain.Robust(matter.Rule, robust, explain.Names{Title: matter.Title})+explain.DisputedPlaces(matter.Rule)))
		}
		if matter.Delivery != nil {
			proved := matter.Delivery.Proved()
			printed.Delivered = documents.Class{Weight: proved.Weight, Few: proved.Few}
			for _, line := range matter.Delivery.Lines() {
				printed.Classes = append(printed.Classes, documents.Class{Name: explain.VoterClass(line.Class), Weight: line.Weight, Few: line.Few})
			}
		}
		data.Matters = append(data.Matters, printed)
	}
	return data
}

// namedHead is a head of a log with the word for it.
type namedHead struct {
	name string
	models.Head
}

// paperHeads are the heads that a paper prints; those that are not there yet are left out.
func paperHeads(publicURL, id string, heads ...namedHead) []documents.Head {
	var list []documents.Head
	for _, head := range heads {
		if head.Size > 0 {
			list = append(list, documents.Head{Name: head.name, Mark: head.Mark, At: head.At, Link: markURL(publicURL, id, head.Mark)})
		}
	}
	return list
}

// resultNotes are what the printed result of a matter says beside the legal sentence.
func resultNotes(matter models.MatterResult, effect voting.Effect) []string {
	var notes []string
	if matter.Rule.LinkedTo > 0 && effect != "" {
		notes = append(notes, web.PaperEffect(explain.Effect(matter.Rule, effect)))
	}
	return notes
}

// meetingKind is the kind of a meeting as pages and papers call it.
func meetingKind(meeting models.Meeting) string {
	return web.MeetingKind(meeting.Policies.FirstMeeting, meeting.Extraordinary)
}

// paperScope is the scope of a matter as papers print it; empty for the whole community.
func paperScope(rule voting.Matter) string {
	if len(rule.Scope) == 0 {
		return ""
	}
	return web.ScopeWords(rule.Scope)
}

func paperRoster(notice models.Notice) documents.Roster {
	list := notice.Roster
	printed := documents.Roster{Version: web.PaperVersion(list.Version), Units: list.Units, Root: list.Root, Short: web.Digest(list.Root), FrozenAt: list.FrozenAt,
		Sources: explain.AreaMix(list.Summary.AreaSources), Amended: web.AmendedNote(len(notice.Amended))}
	for _, amendment := range rosterAmendments(notice.Amended) {
		printed.Amendments = append(printed.Amendments, amendment.Sentence())
	}
	printed.Sold, printed.Sales = web.SalesNote(len(notice.Sales)), saleSentences(notice.Sales)
	printed.Mandates = web.MandatesNote(notice.Mandates)
	return printed
}

func checkWords(checks []models.FilingCheck) []string {
	words := make([]string, len(checks))
	for i, check := range checks {
		words[i] = web.FilingCheck(string(check))
	}
	return words
}

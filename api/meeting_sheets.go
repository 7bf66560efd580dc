package api

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"iter"
	"log/slog"
	"mime"
	"strings"

	"gongjue/models"
	"gongjue/notify/paper"
	"gongjue/notify/sheet"
	"gongjue/voting"
	"gongjue/voting/explain"
	"gongjue/web"
)

// sheetsPDF prints the sheet of every voter, in the order of the roster. More voters than one file holds come
// as a ZIP of several. The sheets carry names and personal links: nobody but the convener may fetch them.
func sheetsPDF(c *call) error {
	meeting, err := c.store.Meeting(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return err
	}
	sheets, err := c.store.Sheets(c, c.community.ID, meeting.ID)
	if err != nil {
		return err
	}
	data := sheetMeeting(c.community, meeting, c.config.PublicURL)
	if len(sheets) > sheet.MaxVoters {
		return c.sendSheets(data, sheets)
	}
	voters := make([]sheet.Voter, len(sheets))
	for i, voter := range sheets {
		voters[i] = sheetVoter(voter, c.config.PublicURL)
	}
	return c.sendPDF(web.FileSheets+".pdf", func(w io.Writer) (paper.Report, error) { return sheet.Sheets(w, data, voters) })
}

// sendSheets streams the archive file by file, so that the memory needed is that of one file. What breaks on
// the way can only be logged: the archive has begun.
func (c *call) sendSheets(data sheet.Meeting, sheets []models.Sheet) error {
	c.Header("Cache-Control", "no-store")
	c.Header("Content-Type", "application/zip")
	c.Header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": web.FileSheets + ".zip"}))
	if _, err := sheet.Zip(c.Writer, data, voterSequence(sheets, c.config.PublicURL)); err != nil {
		c.log.Error("sheets broke off", slog.String("request_id", requestID(c.Context)), slog.Any("error", err))
	}
	return nil
}

func voterSequence(sheets []models.Sheet, publicURL string) iter.Seq2[sheet.Voter, error] {
	return func(yield func(sheet.Voter, error) bool) {
		for _, voter := range sheets {
			if !yield(sheetVoter(voter, publicURL), nil) {
				return
			}
		}
	}
}

// posterPDF is the poster with the code of the meeting's public page. A draft has no page to lead to.
func posterPDF(c *call) error {
	meeting, err := c.store.Meeting(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return err
	}
	if meeting.NoticedAt == 0 {
		return refuse("illegal_step")
	}
	log, err := c.store.WitnessingOf(c, meeting)
	if err != nil {
		return err
	}
	data := sheetMeeting(c.community, meeting, c.config.PublicURL)
	if log.Opening.Size > 0 {
		data.Opening = sheet.Head{Mark: log.Opening.Mark, At: log.Opening.At, Link: markURL(c.config.PublicURL, meeting.ID, log.Opening.Mark)}
	}
	return c.sendPDF(web.FilePoster+".pdf", func(w io.Writer) (paper.Report, error) { return sheet.Poster(w, data) })
}

// sheetMeeting is what all sheets and the poster of a meeting share.
func sheetMeeting(community models.Community, meeting models.Meeting, publicURL string) sheet.Meeting {
	data := sheet.Meeting{Community: community.Name, Title: meeting.Title, Convener: meeting.ConvenerName, OpensAt: meeting.OpensAt,
		ClosesAt: meeting.ClosesAt, Scope: web.MeetingScope(rulesOf(meeting)), Link: publicURL + noticeURL(meeting.ID),
		NoOnline: meeting.OnlineBarred(), Platform: meeting.Platform, ReturnPlace: meeting.Place, Contact: meeting.Contact, SilenceRule: web.SilenceWarning(meeting.Policies, meeting.SilenceRule)}
	data.CountingRule, data.NoticedAt = strings.Join(countingRules(meeting), "\n"), meeting.NoticedAt
	for _, matter := range meeting.Matters {
		data.Matters = append(data.Matters, sheetMatter(meeting, matter))
	}
	return data
}

// countingRules are the thresholds of the agenda, each once with the matters that it governs; a consult
// poll is under none of them.
func countingRules(meeting models.Meeting) []string {
	law, governed := meeting.Pack.Law(), map[string][]int{}
	var first []voting.Matter // of each rule
	for _, matter := range meeting.Matters {
		if matter.Rule.Item == 0 {
			continue
		}
		rule := explain.Rule(law, matter.Rule)
		if governed[rule] == nil {
			first = append(first, matter.Rule)
		}
		governed[rule] = append(governed[rule], int(matter.Position))
	}
	rules := make([]string, len(first))
	for i, matter := range first {
		rules[i] = explain.RuleOn(law, matter, paper.Subject(governed[explain.Rule(law, matter)]))
	}
	return rules
}

func sheetMatter(meeting models.Meeting, matter models.Matter) sheet.Matter {
	rule, sum := matter.Rule, sha256.Sum256([]byte(matter.Body))
	printed := sheet.Matter{Number: int(matter.Position), Kind: rule.Kind, Method: rule.Method, Title: matter.Title, Text: matter.Body,
		TextHash: hex.EncodeToString(sum[:]), Scope: paperScope(rule), Seats: rule.Seats, MaxChoices: rule.MaxChoices, Marks: rule.Marks(meeting.Policies),
		Notes: web.MatterNotes(rule)}
	if law := lawOf(meeting, rule); law != "" {
		printed.Law = web.SheetLaw(law, meeting.Pack.Law().Approval(rule.Item).Threshold)
	}
	for _, name := range rule.Options {
		printed.Options = append(printed.Options, sheet.Option{Name: name})
	}
	return printed
}

func sheetVoter(voter models.Sheet, publicURL string) sheet.Voter {
	printed := sheet.Voter{Serial: voter.Serial, Owners: voter.Names, Total: voter.Weight.Area, Heads: voter.Weight.Heads,
		Link: publicURL + "/v/" + voter.Token}
	for _, unit := range voter.Units {
		printed.Units = append(printed.Units, sheet.Unit{Place: web.PlaceWords(unit.Place), Area: unit.Area, Note: web.UnitNote(unit)})
	}
	for _, matter := range voter.Matters {
		printed.Matters = append(printed.Matters, int(matter.Position))
	}
	return printed
}

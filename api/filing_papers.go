package api

import (
	"io"
	"net/http"

	"gongjue/models"
	"gongjue/voting/rules"
	"gongjue/web"
)

// finalOf is the final result of a meeting; ok is false before there is one.
func (c *call) finalOf(meeting models.Meeting) (final models.Result, ok bool, err error) {
	if meeting.PublishedAt == 0 {
		return models.Result{}, false, nil
	}
	results, err := c.store.Results(c, meeting.CommunityID, meeting.ID)
	if err != nil || len(results) == 0 {
		return models.Result{}, false, err
	}
	return results[len(results)-1], true, nil
}

// addFilingPapers adds where every document stands that the place asks for.
func (c *call) addFilingPapers(page *web.FilingPage, meeting models.Meeting) error {
	final, there, err := c.finalOf(meeting)
	if err != nil || !there {
		return err
	}
	for _, paper := range meeting.FilingPapers(final) {
		page.Papers = append(page.Papers, web.FilingPaper{Name: paper.Name, Law: articleOf(paper.Source), Must: paper.Must, Standing: string(paper.State),
			Files: attachments(paper.Files, models.ForFiling, c.meetingURL(meeting.ID, "files")+"/")})
	}
	return nil
}

// addPaperForm offers to add a document, and says what is not there yet.
func (c *call) addPaperForm(page *web.FilingPage, meeting models.Meeting, t filingTrouble) {
	page.Add = &web.PaperForm{Form: web.Form{Action: c.meetingURL(meeting.ID, "filing/papers")}}
	for _, document := range rules.FilingDocuments() {
		page.Add.Documents = append(page.Add.Documents, web.Option{Value: string(document), Text: rules.PaperName(document)})
	}
	for _, paper := range page.Papers {
		switch {
		case !paper.Due():
		case paper.Must:
			page.Submit.Needed = append(page.Submit.Needed, paper)
		default:
			page.Submit.Missing = append(page.Submit.Missing, paper)
		}
	}
	if t.add != nil {
		page.Add.Document, page.Add.Problems = t.add.Document, t.problems
	}
}

// filingDocuments are the other papers: notice and result as the system prints them, and every file that was added
// without saying which of the asked documents it is.
func (c *call) filingDocuments(m models.Meeting) []web.FilingDocument {
	documents := []web.FilingDocument{{Name: web.DocumentNotice}, {Name: web.DocumentResult}}
	if m.NoticedAt != 0 {
		documents[0].File = &web.Attachment{Name: web.DocumentNotice, URL: noticePDFURL(m.ID)}
	}
	if publicResultURL(m) != "" {
		documents[1].File = &web.Attachment{Name: web.DocumentResult, URL: resultPDFURL(m.ID)}
	}
	for _, stage := range models.AttachmentStages {
		for _, file := range attachments(unasked(m.Attachments), stage, c.meetingURL(m.ID, "files")+"/") {
			documents = append(documents, web.FilingDocument{Name: file.Name, File: &file})
		}
	}
	return documents
}

// unasked are the files that are none of the documents that a place asks for.
func unasked(files []models.Attachment) []models.Attachment {
	var list []models.Attachment
	for _, file := range files {
		if file.Document == "" {
			list = append(list, file)
		}
	}
	return list
}

// paperAct adds a document that the place asks for.
var paperAct = act[paperRequest]{
	do: func(c *call, in paperRequest) (done, error) {
		sent, err := c.sentFile()
		if err != nil {
			return done{}, err
		}
		content, err := io.ReadAll(io.NewSectionReader(sent, 0, sent.Size)) // at most MaxUpload bytes
		if err != nil {
			return done{}, err
		}
		file, err := c.store.AddFilingPaper(c, c.actor(), c.community.ID, c.Param("meeting"), rules.Word(in.Document), sent.Name, content)
		if err != nil {
			return done{}, inField(err, "file")
		}
		return done{status: http.StatusCreated, body: attachmentOf(file), location: c.meetingURL(c.Param("meeting"), "filing"), flash: "attachment_added"}, nil
	},
	again: func(c *call, in paperRequest, problems []web.Problem) (web.Page, error) {
		return filingView(c, c.Param("meeting"), filingTrouble{add: &in, problems: problems})
	},
}

func addPaperPage(c *call) error { return paperAct.page(c) }

func addPaperJSON(c *call) error { return paperAct.upload(c) }

// filingPapersJSON is what the place asks for, and where each document stands.
type filingPapersJSON struct {
	Papers []filingPaperJSON `json:"papers"`
}

type filingPaperJSON struct {
	Document rules.Word           `json:"document"`
	Name     string               `json:"name"`
	Law      string               `json:"law,omitempty"`
	Must     bool                 `json:"must"`
	Standing models.PaperStanding `json:"standing"`
	Files    []attachmentJSON     `json:"files"`
}

func listFilingPapers(c *call) error {
	meeting, err := c.store.Meeting(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return err
	}
	final, there, err := c.finalOf(meeting)
	if err != nil {
		return err
	}
	if !there {
		return refuse("result_not_ready")
	}
	list := filingPapersJSON{Papers: []filingPaperJSON{}}
	for _, paper := range meeting.FilingPapers(final) {
		list.Papers = append(list.Papers, filingPaperJSON{Document: paper.Document, Name: paper.Name, Law: articleOf(paper.Source), Must: paper.Must,
			Standing: paper.State, Files: attachmentsOf(paper.Files, models.ForFiling)})
	}
	return c.sendJSON(done{body: list})
}

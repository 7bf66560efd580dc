package api

import (
	"io"
	"net/http"

	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// attachAct adds a file to a draft's notice, or to the filing of a published result.
var attachAct = act[nothing]{
	do: func(c *call, _ nothing) (done, error) {
		file, err := attach(c)
		if err != nil {
			return done{}, err
		}
		return done{status: http.StatusCreated, body: attachmentOf(file), location: c.meetingURL(c.Param("meeting")), flash: "attachment_added"}, nil
	},
	again: func(c *call, _ nothing, problems []web.Problem) (web.Page, error) {
		return meetingView(c, trouble{form: problems})
	},
}

func attachForm(c *call) error { return attachAct.page(c) }

func attachJSON(c *call) error { return attachAct.upload(c) }

// attach keeps the part `file` with the meeting: with the notice of a draft, with the filing of a published
// result. Refusals: file_missing, file_empty and those of models.AddAttachment.
func attach(c *call) (models.Attachment, error) {
	sent, err := c.sentFile()
	if err != nil {
		return models.Attachment{}, err
	}
	content, err := io.ReadAll(io.NewSectionReader(sent, 0, sent.Size)) // at most MaxUpload bytes
	if err != nil {
		return models.Attachment{}, err
	}
	meeting, err := c.store.Meeting(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return models.Attachment{}, err
	}
	stage := models.ForNotice
	if meeting.State == lifecycle.MeetingPublished {
		stage = models.ForFiling
	}
	file, err := c.store.AddAttachment(c, c.actor(), c.community.ID, meeting.ID, stage, sent.Name, content)
	return file, inField(err, "file")
}

// staffFile hands out a file of the notice or of the filing.
func staffFile(c *call) error {
	file, err := c.store.Attachment(c, c.community.ID, c.Param("meeting"), c.Param("file"))
	if err != nil {
		return err
	}
	c.sendFile(file)
	return nil
}

// deleteFileAct takes a file away and leads back to where it was added.
var deleteFileAct = act[nothing]{do: func(c *call, _ nothing) (done, error) {
	meeting, err := c.store.Meeting(c, c.community.ID, c.Param("meeting"))
	if err != nil {
		return done{}, err
	}
	if err := c.store.DeleteAttachment(c, c.actor(), c.community.ID, meeting.ID, c.Param("file")); err != nil {
		return done{}, err
	}
	back := c.meetingURL(meeting.ID)
	if meeting.State == lifecycle.MeetingPublished {
		back = c.meetingURL(meeting.ID, "filing")
	}
	return done{location: back, flash: "attachment_deleted"}, nil
}}

package models

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"path"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// Attachment is a file that belongs to a meeting's notice or to its filing. Content is nil in lists.
type Attachment struct {
	ID        string
	Stage     AttachmentStage
	Name      string
	MediaType string     // sniffed from the bytes, not taken from the sender
	Size      int64      // bytes
	SHA256    string     // hex
	Document  rules.Word // of the papers that a filing needs; empty for any other
	Content   []byte
}

// AttachmentStage says what a file belongs to.
type AttachmentStage string

// The stages.
const (
	ForNotice AttachmentStage = "notice" // frozen with the notice
	ForFiling AttachmentStage = "filing" // handed to the street
)

// AttachmentStages lists both stages.
var AttachmentStages = []AttachmentStage{ForNotice, ForFiling}

type attachmentRow struct {
	CommunityID string
	MeetingID   string
	ID          string
	Stage       AttachmentStage
	Name        string
	MediaType   string
	Size        int64
	SHA256      string `gorm:"column:sha256"`
	Document    rules.Word
	Content     []byte
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
	CreatedBy   string
	RemovedAt   *int64 // taken off the list, and kept because a hand-in holds it
}

func (attachmentRow) TableName() string { return "attachment" }

// The bounds of attachments: a notice is to be read on a phone.
const (
	maxAttachments    = 20
	maxAttachmentSize = 10 << 20 // bytes
)

// attachmentTypes are what may be handed out again; anything a browser would run is not among them.
var attachmentTypes = map[string]bool{"application/pdf": true, "image/png": true, "image/jpeg": true}

// AddAttachment keeps a file: for the notice while the meeting is a draft, for the filing once its result
// is published. Refusals: not_found, illegal_step, required, file_too_big, file_kind (PDF, PNG and JPEG
// are taken), too_many_files.
func (s *Store) AddAttachment(ctx context.Context, by Actor, communityID, meetingID string, stage AttachmentStage, name string, content []byte) (Attachment, error) {
	return s.attach(ctx, by, attachmentRow{CommunityID: communityID, MeetingID: meetingID, Stage: stage}, name, content)
}

// AddFilingPaper keeps one of the papers that the place asks for, once the result is published. Refusals: as AddAttachment,
// and bad_value (field document: no such paper).
func (s *Store) AddFilingPaper(ctx context.Context, by Actor, communityID, meetingID string, document rules.Word, name string, content []byte) (Attachment, error) {
	if rules.PaperName(document) == "" {
		return Attachment{}, refuseField("bad_value", "document")
	}
	return s.attach(ctx, by, attachmentRow{CommunityID: communityID, MeetingID: meetingID, Stage: ForFiling, Document: document}, name, content)
}

// attach keeps the file of a row that says where it belongs.
func (s *Store) attach(ctx context.Context, by Actor, row attachmentRow, name string, content []byte) (Attachment, error) {
	name = safeFileName(name)
	switch {
	case len(content) == 0 || name == "":
		return Attachment{}, refuseField("required", "file")
	case len(content) > maxAttachmentSize:
		return Attachment{}, refuseField("file_too_big", "file")
	}
	mediaType, _, _ := strings.Cut(http.DetectContentType(content), ";")
	if !attachmentTypes[mediaType] {
		return Attachment{}, refuseField("file_kind", "file")
	}
	sum := sha256.Sum256(content)
	row.ID, row.Name, row.MediaType, row.Size, row.Content, row.CreatedBy = newID(), name, mediaType, int64(len(content)), content, by.ID
	row.SHA256 = hex.EncodeToString(sum[:])
	err := s.tx(ctx, func(tx *gorm.DB, now int64) error {
		row.CreatedAt = now
		if err := attachable(tx, row.CommunityID, row.MeetingID, row.Stage); err != nil {
			return err
		}
		if err := roomForOne(tx, row.CommunityID, row.MeetingID); err != nil {
			return err
		}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("keep attachment: %w", err)
		}
		return record(tx, now, by, row.CommunityID, "attachment_added", "meeting", row.MeetingID,
			map[string]string{"attachment": row.ID, "stage": string(row.Stage), "document": string(row.Document), "sha256": row.SHA256})
	})
	return row.view(), err
}

// DeleteAttachment takes a file away again under the same conditions. One that an earlier hand-in holds is taken off the
// list alone. Refusals: not_found, illegal_step.
func (s *Store) DeleteAttachment(ctx context.Context, by Actor, communityID, meetingID, id string) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		var row attachmentRow
		err := tx.Omit("content").Where("community_id = ? AND meeting_id = ? AND id = ? AND removed_at IS NULL", communityID, meetingID, id).Take(&row).Error
		if err != nil {
			return orNotFound(err)
		}
		if err := attachable(tx, communityID, meetingID, row.Stage); err != nil {
			return err
		}
		if err := notCertified(tx, row); err != nil {
			return err
		}
		if err := removeAttachment(tx, now, row); err != nil {
			return err
		}
		return record(tx, now, by, communityID, "attachment_deleted", "meeting", meetingID,
			map[string]string{"attachment": id, "sha256": row.SHA256})
	})
}

func removeAttachment(tx *gorm.DB, now int64, row attachmentRow) error {
	var held int64
	err := tx.Table("filing_document").Where("community_id = ? AND attachment_id = ?", row.CommunityID, row.ID).Count(&held).Error
	if err != nil {
		return fmt.Errorf("look for a hand-in: %w", err)
	}
	this := tx.Table("attachment").Where("community_id = ? AND id = ?", row.CommunityID, row.ID)
	if held > 0 {
		err = this.Update("removed_at", now).Error
	} else {
		err = this.Delete(&attachmentRow{}).Error
	}
	if err != nil {
		return fmt.Errorf("delete attachment: %w", err)
	}
	return nil
}

// attachable checks that the meeting stands where files of the stage may still change.
func attachable(tx *gorm.DB, communityID, meetingID string, stage AttachmentStage) error {
	meeting, err := lockMeeting(tx, communityID, meetingID)
	if err != nil {
		return err
	}
	if stage == ForNotice && meeting.State != lifecycle.MeetingDraft {
		return refuse("illegal_step")
	}
	if stage == ForFiling {
		if meeting.State != lifecycle.MeetingPublished {
			return refuse("illegal_step")
		}
		if _, err := lastFiling(tx, communityID, meetingID); err != nil {
			return err
		}
	}
	return nil
}

// notCertified refuses with illegal_step where a certificate rests on the file.
func notCertified(tx *gorm.DB, file attachmentRow) error {
	var certified int64
	err := tx.Table("filing").Where("community_id = ? AND meeting_id = ? AND check_code IS NOT NULL AND submitted_at >= ?", file.CommunityID, file.MeetingID, file.CreatedAt).
		Count(&certified).Error
	if err != nil {
		return fmt.Errorf("look for a certificate: %w", err)
	}
	if certified > 0 {
		return refuse("illegal_step")
	}
	return nil
}

func roomForOne(tx *gorm.DB, communityID, meetingID string) error {
	var n int64
	if err := tx.Table("attachment").Where("community_id = ? AND meeting_id = ? AND removed_at IS NULL", communityID, meetingID).Count(&n).Error; err != nil {
		return fmt.Errorf("count attachments: %w", err)
	}
	if n >= maxAttachments {
		return refuseField("too_many_files", "file")
	}
	return nil
}

// Attachment reads one file with its content. Refusal: not_found.
func (s *Store) Attachment(ctx context.Context, communityID, meetingID, id string) (Attachment, error) {
	var row attachmentRow
	err := s.read(ctx).Where("community_id = ? AND meeting_id = ? AND id = ? AND removed_at IS NULL", communityID, meetingID, id).Take(&row).Error
	if err != nil {
		return Attachment{}, orNotFound(err)
	}
	return row.view(), nil
}

func attachmentsOf(db *gorm.DB, communityID, meetingID string) ([]Attachment, error) {
	var rows []attachmentRow
	err := db.Omit("content").Where("community_id = ? AND meeting_id = ? AND removed_at IS NULL", communityID, meetingID).
		Order("created_at, id").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list attachments: %w", err)
	}
	list := make([]Attachment, len(rows))
	for i, row := range rows {
		list[i] = row.view()
	}
	return list, nil
}

func (r attachmentRow) view() Attachment {
	return Attachment{ID: r.ID, Stage: r.Stage, Name: r.Name, MediaType: r.MediaType, Size: r.Size, SHA256: r.SHA256,
		Document: r.Document, Content: r.Content}
}

// safeFileName keeps the last part of a file name, without control characters, at most 100 characters.
func safeFileName(name string) string {
	name = path.Base(strings.ReplaceAll(strings.TrimSpace(name), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == utf8.RuneError || strings.ContainsRune(`"<>:|?*`, r) {
			return -1
		}
		return r
	}, name)
	if runes := []rune(name); len(runes) > 100 {
		name = string(runes[len(runes)-100:])
	}
	if name == "." || name == "/" {
		return ""
	}
	return name
}

package models

import (
	"context"
	"fmt"
	"strings"

	"gorm.io/gorm"
)

// DisclosureFile is what proves a disclosure, for everybody. One that was taken down leaves its name, its digest and why.
type DisclosureFile struct {
	EvidenceFile
	RemovedAt int64 // Unix ms; 0 for one that is there
	Removal   string
}

type disclosureFileRow struct {
	CommunityID  string
	ID           string
	DisclosureID string
	Name         string
	MediaType    string
	Size         int64
	SHA256       string `gorm:"column:sha256"`
	Content      []byte
	CreatedAt    int64 `gorm:"autoCreateTime:false"`
	CreatedBy    string
	RemovedAt    *int64
	Removal      string
}

func (disclosureFileRow) TableName() string { return "disclosure_file" }

func (r disclosureFileRow) view() DisclosureFile {
	return DisclosureFile{EvidenceFile: EvidenceFile{ID: r.ID, Name: r.Name, MediaType: r.MediaType, Size: r.Size, SHA256: r.SHA256, Content: r.Content},
		RemovedAt: deref(r.RemovedAt), Removal: r.Removal}
}

// mostDisclosureFiles bounds the files of one disclosure.
const mostDisclosureFiles = 20

// disclosureFiles lists the files of a disclosure, or of the draft, without their bytes.
func disclosureFiles(db *gorm.DB, communityID, disclosureID string) ([]DisclosureFile, error) {
	var rows []disclosureFileRow
	err := db.Omit("content").Where("community_id = ? AND disclosure_id = ?", communityID, disclosureID).Order("created_at, id").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list files of a disclosure: %w", err)
	}
	files := make([]DisclosureFile, len(rows))
	for i, row := range rows {
		files[i] = row.view()
	}
	return files, nil
}

// AddDraftFile adds a file to the draft. Refusals: illegal_step, draft_changed, required, file_too_big, file_kind,
// too_many_files.
func (s *Store) AddDraftFile(ctx context.Context, by Actor, communityID string, revision int64, sent SentFile) error {
	file, err := checkEvidence(sent.Name, sent.Content)
	if err != nil {
		return err
	}
	return s.onLines(ctx, by, communityID, revision, func(tx *gorm.DB, now int64) error {
		var n int64
		if err := tx.Table("disclosure_file").Where("community_id = ? AND disclosure_id = ''", communityID).Count(&n).Error; err != nil {
			return fmt.Errorf("count files of a draft: %w", err)
		}
		if n >= mostDisclosureFiles {
			return refuseField("too_many_files", "file")
		}
		row := disclosureFileRow{CommunityID: communityID, ID: file.ID, Name: file.Name, MediaType: file.MediaType, Size: file.Size, SHA256: file.SHA256, Content: file.Content,
			CreatedAt: now, CreatedBy: by.ID}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("keep a file of a draft: %w", err)
		}
		return nil
	})
}

// RemoveDraftFile takes a file out of the draft. Refusals: illegal_step, draft_changed, not_found.
func (s *Store) RemoveDraftFile(ctx context.Context, by Actor, communityID string, revision int64, id string) error {
	var row disclosureFileRow
	if err := s.read(ctx).Select("id").Where("community_id = ? AND disclosure_id = '' AND id = ?", communityID, id).Take(&row).Error; err != nil {
		return orNotFound(err)
	}
	return s.onLines(ctx, by, communityID, revision, func(tx *gorm.DB, now int64) error {
		done := tx.Where("community_id = ? AND disclosure_id = '' AND id = ?", communityID, id).Delete(&disclosureFileRow{})
		switch {
		case done.Error != nil:
			return fmt.Errorf("remove a file of a draft: %w", done.Error)
		case done.RowsAffected == 0:
			return refuse("not_found")
		}
		return nil
	})
}

// TakeDownDisclosureFile takes the bytes of a published file away, as where it shows what it should not; that it was there
// and why it went stays public. Refusals: illegal_step, not_found, required, too_long, reason_names_person.
func (s *Store) TakeDownDisclosureFile(ctx context.Context, by Actor, communityID, disclosureID, id, reason string) error {
	if role := Role(by.Role); role != RoleConvener && role != RoleStreet {
		return refuse("illegal_step")
	}
	reason = strings.TrimSpace(reason)
	if err := publicTexts(publicText{"reason", reason, 200, true}); err != nil {
		return err
	}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		done := tx.Table("disclosure_file").Where("community_id = ? AND disclosure_id = ? AND disclosure_id <> '' AND id = ? AND removed_at IS NULL", communityID, disclosureID, id).
			Updates(map[string]any{"content": nil, "removed_at": now, "removal": reason})
		switch {
		case done.Error != nil:
			return fmt.Errorf("take a file of a disclosure down: %w", done.Error)
		case done.RowsAffected == 0:
			return refuse("not_found")
		}
		return record(tx, now, by, communityID, "disclosure_file_removed", "disclosure", disclosureID, map[string]string{"file": id, "reason": reason})
	})
}

// DisclosureFileOf reads a published file. Refusal: not_found (also where it was taken down).
func (s *Store) DisclosureFileOf(ctx context.Context, communityID, disclosureID, id string) (EvidenceFile, error) {
	var row disclosureFileRow
	err := s.read(ctx).Where("community_id = ? AND disclosure_id = ? AND disclosure_id <> '' AND id = ? AND removed_at IS NULL", communityID, disclosureID, id).Take(&row).Error
	return row.view().EvidenceFile, orNotFound(err)
}

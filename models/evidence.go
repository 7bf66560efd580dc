package models

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"

	"gorm.io/gorm"

	"gongjue/models/vault"
)

// EvidenceFile is a file that proves something about a home: a deed, a court document, a card. Content is nil in lists.
type EvidenceFile struct {
	ID        string
	Name      string
	MediaType string // sniffed from the bytes
	Size      int64  // bytes
	SHA256    string // hex
	Content   []byte
}

type evidenceRow struct {
	CommunityID string
	ID          string
	SubjectID   string // the objection, or whatever else it proves
	Name        string
	MediaType   string
	Size        int64
	SHA256      string `gorm:"column:sha256"`
	Content     []byte // encrypted: it shows names and numbers
	CreatedAt   int64  `gorm:"autoCreateTime:false"`
	CreatedBy   string
}

func (evidenceRow) TableName() string { return "evidence" }

func (r evidenceRow) at() vault.Column {
	return vault.Column{Community: r.CommunityID, Name: "evidence.content", Row: r.ID}
}

// The bounds of evidence: photographs from a phone.
const (
	maxEvidence     = 3
	maxEvidenceSize = 5 << 20 // bytes
)

// checkEvidence gives the row of a file as it was sent. Refusals at the field file: required, file_too_big, file_kind.
func checkEvidence(name string, content []byte) (evidenceRow, error) {
	row := evidenceRow{ID: newID(), Name: safeFileName(name), Size: int64(len(content)), Content: content}
	switch {
	case len(content) == 0 || row.Name == "":
		return row, refuseField("required", "file")
	case len(content) > maxEvidenceSize:
		return row, refuseField("file_too_big", "file")
	}
	row.MediaType, _, _ = strings.Cut(http.DetectContentType(content), ";")
	if !attachmentTypes[row.MediaType] {
		return row, refuseField("file_kind", "file")
	}
	sum := sha256.Sum256(content)
	row.SHA256 = hex.EncodeToString(sum[:])
	return row, nil
}

// checkedEvidence gives the rows of several files. Refusals as checkEvidence.
func checkedEvidence(sent []SentFile) ([]evidenceRow, error) {
	files := make([]evidenceRow, len(sent))
	for i, file := range sent {
		var err error
		if files[i], err = checkEvidence(file.Name, file.Content); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// keepEvidence encrypts and stores files of a subject. Refusal: too_many_files.
func (s *Store) keepEvidence(tx *gorm.DB, now int64, by Actor, communityID, subjectID string, files []evidenceRow) error {
	if len(files) == 0 {
		return nil
	}
	if len(files) > maxEvidence {
		return refuseField("too_many_files", "file")
	}
	key, err := s.holdFieldKey(tx)
	if err != nil {
		return err
	}
	for _, file := range files {
		file.CommunityID, file.SubjectID, file.CreatedAt, file.CreatedBy = communityID, subjectID, now, by.ID
		file.Content = key.Encrypt(file.at(), file.Content)
		if err := tx.Create(&file).Error; err != nil {
			return fmt.Errorf("keep evidence: %w", err)
		}
	}
	return nil
}

// evidenceOf lists the files of several subjects, without their bytes.
func evidenceOf(db *gorm.DB, communityID string, subjects []string) (map[string][]EvidenceFile, error) {
	var rows []evidenceRow
	err := db.Omit("content").Where("community_id = ? AND subject_id IN ?", communityID, subjects).Order("id").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list evidence: %w", err)
	}
	files := map[string][]EvidenceFile{}
	for _, row := range rows {
		files[row.SubjectID] = append(files[row.SubjectID], row.view())
	}
	return files, nil
}

func (r evidenceRow) view() EvidenceFile {
	return EvidenceFile{ID: r.ID, Name: r.Name, MediaType: r.MediaType, Size: r.Size, SHA256: r.SHA256}
}

// Evidence reads one file of a subject; who read it stands in the audit. Refusal: not_found.
func (s *Store) Evidence(ctx context.Context, by Actor, communityID, subjectID, id string) (EvidenceFile, error) {
	var file EvidenceFile
	err := s.tx(ctx, func(tx *gorm.DB, now int64) error {
		var row evidenceRow
		if err := tx.Where("community_id = ? AND subject_id = ? AND id = ?", communityID, subjectID, id).Take(&row).Error; err != nil {
			return orNotFound(err)
		}
		content, err := s.keys.DecryptField(row.at(), row.Content)
		if err != nil {
			return fmt.Errorf("decrypt evidence: %w", err)
		}
		file = row.view()
		file.Content = content
		return record(tx, now, by, communityID, "evidence_read", "evidence", subjectID, map[string]string{"file": id})
	})
	return file, err
}

package models

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"gongjue/models/vault"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// FilingPackage is the zip of a hand-in: what it is put together from, and what it comes to.
type FilingPackage struct {
	Basis  string // [Store.FilingBasis] that it was made from
	SHA256 string // hex, of the whole file
	Size   int64  // bytes
	MadeAt int64  // Unix ms; the time that stands on its files
	Files  []PackageFile
}

// PackageFile is one file of a package. Content is nil in lists, and where an attachment holds it.
type PackageFile struct {
	ID         string // made by the store
	Path       string
	Size       int64
	SHA256     string // hex
	Attachment string // id; empty for what the program printed
	Content    []byte
}

type filingPackageRow struct {
	CommunityID string
	FilingID    string
	SHA256      string `gorm:"column:sha256"`
	Size        int64
	MadeAt      int64
}

func (filingPackageRow) TableName() string { return "filing_package" }

type filingDocumentRow struct {
	CommunityID  string
	FilingID     string
	ID           string
	Position     int64
	Path         string
	Size         int64
	SHA256       string `gorm:"column:sha256"`
	AttachmentID *string
	Content      []byte // closed: it tells which homes voted
}

func (filingDocumentRow) TableName() string { return "filing_document" }

func (r filingDocumentRow) at() vault.Column {
	return vault.Column{Community: r.CommunityID, Name: "filing_document.content", Row: r.ID}
}

// FilingBasis names everything that a hand-in of the meeting would hold now, and gives its number: a package that was made
// from it is still what it was made of. Refusals: not_found, illegal_step (not published), filing_open. What is missing bars the
// hand-in alone: the forms that are signed come from the package.
func (s *Store) FilingBasis(ctx context.Context, communityID, meetingID string) (basis string, version int64, err error) {
	community, err := s.Community(ctx, communityID)
	if err != nil {
		return "", 0, err
	}
	db := s.read(ctx)
	var row meetingRow
	if err := db.Where("community_id = ? AND id = ?", communityID, meetingID).Take(&row).Error; err != nil {
		return "", 0, orNotFound(err)
	}
	if row.State != lifecycle.MeetingPublished {
		return "", 0, refuse("illegal_step")
	}
	last, err := lastFiling(db, communityID, meetingID)
	if err != nil {
		return "", 0, err
	}
	filed, _, err := filingRecord(db, community, meetingID)
	if err != nil {
		return "", 0, err
	}
	basis, err = basisOf(filed)
	return basis, last.Version + 1, err
}

func basisOf(filed FilingRecord) (string, error) {
	text, err := jsonText(filed)
	return ledger.Sum([]byte(text)).String(), err
}

// filedWith is the record of a hand-in with its package. Refusals: those of filingRecord, filing_incomplete and filing_moved.
func filedWith(tx *gorm.DB, community Community, meetingID string, pack *FilingPackage) (string, error) {
	filed, papers, err := filingRecord(tx, community, meetingID)
	if err != nil {
		return "", err
	}
	if err := complete(papers); err != nil {
		return "", err
	}
	if pack != nil {
		basis, err := basisOf(filed)
		if err != nil {
			return "", err
		}
		if basis != pack.Basis {
			return "", refuse("filing_moved")
		}
		filed.Package = pack.SHA256
	}
	return jsonText(filed)
}

// keepPackage stores what a package is put together from.
func (s *Store) keepPackage(tx *gorm.DB, filing filingRow, pack FilingPackage) error {
	key, err := s.holdFieldKey(tx)
	if err != nil {
		return err
	}
	row := filingPackageRow{CommunityID: filing.CommunityID, FilingID: filing.ID, SHA256: pack.SHA256, Size: pack.Size, MadeAt: pack.MadeAt}
	if err := tx.Create(&row).Error; err != nil {
		return fmt.Errorf("keep the package: %w", err)
	}
	for i, file := range pack.Files {
		document := filingDocumentRow{CommunityID: filing.CommunityID, FilingID: filing.ID, ID: newID(), Position: int64(i), Path: file.Path,
			Size: file.Size, SHA256: file.SHA256}
		if file.Attachment != "" {
			document.AttachmentID = &file.Attachment
		} else {
			document.Content = key.Encrypt(document.at(), file.Content)
		}
		if err := tx.Create(&document).Error; err != nil {
			return fmt.Errorf("keep %s of the package: %w", file.Path, err)
		}
	}
	return nil
}

// HandOutPackage is the package of a hand-in as it was handed in, without the bytes of its files: see [Store.PackageContent].
// Who took a copy stands in the audit. Refusals: not_found, package_not_kept (handed in before packages were kept).
func (s *Store) HandOutPackage(ctx context.Context, by Actor, communityID, filingID string) (Filing, FilingPackage, error) {
	var filing Filing
	var pack FilingPackage
	err := s.tx(ctx, func(tx *gorm.DB, now int64) error {
		var row filingRow
		err := tx.Where("community_id = ? AND id = ?", communityID, filingID).Take(&row).Error
		if err != nil {
			return orNotFound(err)
		}
		if filing, err = row.view(); err != nil {
			return err
		}
		if pack, err = packageOf(tx, communityID, filingID); err != nil {
			return err
		}
		return record(tx, now, by, communityID, "package_handed_out", "meeting", row.MeetingID, map[string]any{"version": row.Version, "sha256": pack.SHA256})
	})
	return filing, pack, err
}

func packageOf(tx *gorm.DB, communityID, filingID string) (FilingPackage, error) {
	var row filingPackageRow
	err := tx.Where("community_id = ? AND filing_id = ?", communityID, filingID).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return FilingPackage{}, refuse("package_not_kept")
	}
	if err != nil {
		return FilingPackage{}, fmt.Errorf("read a package: %w", err)
	}
	pack := FilingPackage{SHA256: row.SHA256, Size: row.Size, MadeAt: row.MadeAt}
	var documents []filingDocumentRow
	err = tx.Omit("content").Where("community_id = ? AND filing_id = ?", communityID, filingID).Order("position").Find(&documents).Error
	if err != nil {
		return FilingPackage{}, fmt.Errorf("list a package: %w", err)
	}
	for _, d := range documents {
		pack.Files = append(pack.Files, PackageFile{ID: d.ID, Path: d.Path, Size: d.Size, SHA256: d.SHA256, Attachment: deref(d.AttachmentID)})
	}
	return pack, nil
}

// PackageContent reads one file of a package, or of one in the making, where ID is empty. Refusals: not_found,
// ledger_mismatch (it is not what was handed in).
func (s *Store) PackageContent(ctx context.Context, communityID string, file PackageFile) ([]byte, error) {
	content := file.Content
	if content == nil {
		var err error
		if content, err = s.storedContent(ctx, communityID, file); err != nil {
			return nil, err
		}
	}
	if sum := sha256.Sum256(content); hex.EncodeToString(sum[:]) != file.SHA256 {
		return nil, refuse("ledger_mismatch")
	}
	return content, nil
}

func (s *Store) storedContent(ctx context.Context, communityID string, file PackageFile) ([]byte, error) {
	db := s.read(ctx)
	if file.Attachment != "" {
		var row attachmentRow
		err := db.Where("community_id = ? AND id = ?", communityID, file.Attachment).Take(&row).Error
		return row.Content, orNotFound(err)
	}
	var row filingDocumentRow
	if err := db.Where("community_id = ? AND id = ?", communityID, file.ID).Take(&row).Error; err != nil {
		return nil, orNotFound(err)
	}
	content, err := s.keys.DecryptField(row.at(), row.Content)
	if err != nil {
		return nil, fmt.Errorf("open a file of a package: %w", err)
	}
	return content, nil
}

// RecordDraftPackage notes that somebody took a package that was not handed in.
func (s *Store) RecordDraftPackage(ctx context.Context, by Actor, communityID, meetingID, sum string) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		return record(tx, now, by, communityID, "package_made", "meeting", meetingID, map[string]any{"sha256": sum})
	})
}

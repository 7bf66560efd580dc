package models

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"gongjue/models/vault"
)

// RegisterExport is an export of the 不动产登记簿 that a file on the desk is compared with.
type RegisterExport struct {
	Name      string // of the file
	SHA256    string // hex, of the bytes
	Bytes     []byte // nil where there is none
	CreatedAt int64  // Unix ms
}

type registerRow struct {
	CommunityID string
	ID          string // of the intake
	Name        string
	SHA256      string `gorm:"column:sha256"`
	File        []byte
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
	CreatedBy   string
}

// registerTable is where exports lie: beside files on the desk, or beside stored versions.
type registerTable string

const (
	besideIntakes  registerTable = "roster_register"
	besideVersions registerTable = "version_register"
)

func (t registerTable) at(r registerRow) vault.Column {
	return vault.Column{Community: r.CommunityID, Name: string(t) + ".file", Row: r.ID}
}

// put lays an export beside a subject, in the place of an earlier one.
func (t registerTable) put(s *Store, tx *gorm.DB, now int64, by Actor, communityID, id string, export RegisterExport) error {
	key, err := s.holdFieldKey(tx)
	if err != nil {
		return err
	}
	row := registerRow{CommunityID: communityID, ID: id, Name: export.Name, SHA256: export.SHA256, CreatedAt: now, CreatedBy: by.ID}
	row.File = key.Encrypt(t.at(row), export.Bytes)
	if err := tx.Table(string(t)).Where("community_id = ? AND id = ?", communityID, id).Delete(&registerRow{}).Error; err != nil {
		return fmt.Errorf("take an earlier export away: %w", err)
	}
	if err := tx.Table(string(t)).Create(&row).Error; err != nil {
		return fmt.Errorf("keep an export of the register: %w", err)
	}
	return nil
}

// read is the export beside a subject; one without bytes where none was laid there.
func (t registerTable) read(s *Store, db *gorm.DB, communityID, id string) (RegisterExport, error) {
	var row registerRow
	err := db.Table(string(t)).Where("community_id = ? AND id = ?", communityID, id).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return RegisterExport{}, nil
	}
	if err != nil {
		return RegisterExport{}, fmt.Errorf("read an export of the register: %w", err)
	}
	file, err := s.keys.DecryptField(t.at(row), row.File)
	if err != nil {
		return RegisterExport{}, fmt.Errorf("open an export of the register: %w", err)
	}
	return RegisterExport{Name: row.Name, SHA256: row.SHA256, Bytes: file, CreatedAt: row.CreatedAt}, nil
}

// PutRegister lays an export of the register beside a file on the desk, in the place of an earlier one. The file's
// revision goes up, so that nobody takes over from an export that they have not seen. Refusal: intake_gone.
func (s *Store) PutRegister(ctx context.Context, by Actor, communityID, intakeID string, export RegisterExport) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		intake, err := readIntake(tx.Clauses(forUpdate).Omit("file", "work"), communityID, intakeID)
		if err != nil {
			return err
		}
		if err := besideIntakes.put(s, tx, now, by, communityID, intakeID, export); err != nil {
			return err
		}
		err = tx.Model(&intakeRow{}).Where("community_id = ? AND id = ?", communityID, intakeID).Update("revision", intake.Revision+1).Error
		if err != nil {
			return fmt.Errorf("number what was told about a file: %w", err)
		}
		return record(tx, now, by, communityID, "intake_register", "intake", intakeID, map[string]any{"sha256": export.SHA256, "revision": intake.Revision + 1})
	})
}

// Register is the export beside a file on the desk; one without bytes where none was laid there.
func (s *Store) Register(ctx context.Context, communityID, intakeID string) (RegisterExport, error) {
	return besideIntakes.read(s, s.read(ctx), communityID, intakeID)
}

package models

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"gongjue/models/vault"
)

// ErrKeys says that the keys are not those of this database: with them phones could not be read, printed
// sheets would lead nowhere, and sealed ballots could never be opened.
var ErrKeys = errors.New("the keys are not those of this database")

type installationRow struct {
	ID          string
	FieldCanary []byte
	SealCanary  []byte
	TokenCheck  []byte
	LogKey      []byte
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
}

func (installationRow) TableName() string { return "installation" }

const keysRow = "keys"

// canaryAt is where the field key's canary belongs.
var canaryAt = vault.Column{Name: "installation.field_canary"}

// CheckKeys compares the keys with those that the database was first used with, and remembers them on the
// first use. Older field and seal keys may stand beside new ones; token and log keys never change.
// It returns ErrKeys for any other keys.
func (s *Store) CheckKeys(ctx context.Context) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		var row installationRow
		err := tx.Where("id = ?", keysRow).Take(&row).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return s.rememberKeys(tx, now)
		}
		if err != nil {
			return fmt.Errorf("read the installation: %w", err)
		}
		_, fieldErr := s.keys.DecryptField(canaryAt, row.FieldCanary)
		_, sealErr := s.keys.OpenMeetingKey(keysRow, row.SealCanary)
		if fieldErr != nil || sealErr != nil || !bytes.Equal(row.TokenCheck, s.tokenCheck()) || !bytes.Equal(row.LogKey, s.logKey()) {
			return ErrKeys
		}
		return nil
	})
}

func (s *Store) rememberKeys(tx *gorm.DB, now int64) error {
	field, err := s.keys.EncryptField(canaryAt, []byte(keysRow))
	if err != nil {
		return fmt.Errorf("make the field key's canary: %w", err)
	}
	_, seal, err := s.keys.NewMeetingKey(keysRow)
	if err != nil {
		return fmt.Errorf("make the seal key's canary: %w", err)
	}
	row := installationRow{ID: keysRow, FieldCanary: field, SealCanary: seal, TokenCheck: s.tokenCheck(), LogKey: s.logKey(), CreatedAt: now}
	if err := tx.Create(&row).Error; err != nil {
		return fmt.Errorf("remember the keys: %w", raced(err))
	}
	return nil
}

func (s *Store) tokenCheck() []byte {
	return s.keys.BlindIndex("installation.token_check", "", keysRow)
}

func (s *Store) logKey() []byte {
	public, _ := s.keys.LogSigner().Public().(ed25519.PublicKey) // the vault makes no other kind
	return public
}

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
// first use. Other field and seal keys may stand beside the one in force; while a rotation is not finished the
// retired key must be there too. Token and log keys never change. It returns ErrKeys for any other keys.
func (s *Store) CheckKeys(ctx context.Context) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		row, known, err := canaries(tx)
		if err != nil {
			return err
		}
		if !known {
			return s.rememberKeys(tx, now)
		}
		if s.openCanary(keyField, row.FieldCanary) != nil || s.openCanary(keySeal, row.SealCanary) != nil ||
			!bytes.Equal(row.TokenCheck, s.tokenCheck()) || !bytes.Equal(row.LogKey, s.logKey()) {
			return ErrKeys
		}
		var open []rotationRow
		if err := tx.Where("finished_at IS NULL").Find(&open).Error; err != nil {
			return fmt.Errorf("read rotations: %w", err)
		}
		for _, rotation := range open {
			if s.openCanary(rotation.Kind, rotation.Retired) != nil {
				return fmt.Errorf("%w: the rotation of the %s key is not finished, its old key is still needed", ErrKeys, rotation.Kind)
			}
		}
		return nil
	})
}

// KeysReady returns an error where this process does not know the keys in force: it was not given the new keys
// before a rotation began.
func (s *Store) KeysReady(ctx context.Context) error {
	row, known, err := canaries(s.read(ctx))
	if err != nil || !known {
		return err
	}
	return errors.Join(s.openCanary(keyField, row.FieldCanary), s.openCanary(keySeal, row.SealCanary))
}

// openCanary tells whether a key is known and is the very key that made the canary.
func (s *Store) openCanary(kind KeyKind, canary []byte) error {
	var err error
	if kind == keyField {
		_, err = s.keys.DecryptField(canaryAt, canary)
	} else {
		_, err = s.keys.OpenMeetingKey(keysRow, canary)
	}
	return err
}

// newFieldCanary and newSealCanary are what a key in force is known by.
func newFieldCanary(key vault.FieldKey) []byte { return key.Encrypt(canaryAt, []byte(keysRow)) }

func newSealCanary(key vault.SealKey) ([]byte, error) {
	_, canary, err := key.NewMeetingKey(keysRow)
	if err != nil {
		return nil, fmt.Errorf("make the seal key's canary: %w", err)
	}
	return canary, nil
}

func (s *Store) rememberKeys(tx *gorm.DB, now int64) error {
	seal, err := newSealCanary(s.keys.SealKey())
	if err != nil {
		return err
	}
	row := installationRow{ID: keysRow, FieldCanary: newFieldCanary(s.keys.FieldKey()), SealCanary: seal, TokenCheck: s.tokenCheck(), LogKey: s.logKey(), CreatedAt: now}
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

package models

import (
	"errors"
	"fmt"

	"gorm.io/gorm"

	"gongjue/models/vault"
)

// Which field key and which seal key close new values is written in the database, by the canaries in
// installation: all replicas change over in the same moment, whatever each was configured with. A replica that
// does not know the key in force writes and reads nothing under it: it answers that it is not ready.

// errKeyMoved says that a rotation began between the encrypting and the writing; the same request succeeds again.
var errKeyMoved = errors.New("the key in force changed meanwhile")

// fieldKey is the field key in force. What is closed under it may be written only after stillInForce.
func (s *Store) fieldKey(db *gorm.DB) (vault.FieldKey, error) {
	row, known, err := canaries(db)
	if err != nil || !known {
		return s.keys.FieldKey(), err
	}
	return s.keys.FieldKeyOf(row.FieldCanary)
}

// holdFieldKey is the field key in force, which stays so until the transaction ends: a rotation waits for it.
func (s *Store) holdFieldKey(tx *gorm.DB) (vault.FieldKey, error) {
	return s.fieldKey(tx.Clauses(forShare))
}

// stillInForce holds the field key in force, and fails where it is not the one that was used.
func (s *Store) stillInForce(tx *gorm.DB, used vault.FieldKey) error {
	held, err := s.holdFieldKey(tx)
	if err == nil && !held.Made(used.ID()) {
		err = errKeyMoved
	}
	return err
}

// holdSealKey is the seal key in force, which stays so until the transaction ends.
func (s *Store) holdSealKey(tx *gorm.DB) (vault.SealKey, error) {
	row, known, err := canaries(tx.Clauses(forShare))
	if err != nil || !known {
		return s.keys.SealKey(), err
	}
	return s.keys.SealKeyOf(row.SealCanary)
}

// canaries reads what the keys in force have made; a database that CheckKeys has not seen yet has none.
func canaries(db *gorm.DB) (installationRow, bool, error) {
	var row installationRow
	err := db.Where("id = ?", keysRow).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, false, nil
	}
	if err != nil {
		return row, false, fmt.Errorf("read the keys in force: %w", err)
	}
	return row, true, nil
}

// KeyUnknown tells whether an error means that this process was not given a key that is in force or was.
func KeyUnknown(err error) bool { return errors.Is(err, vault.ErrUnknownKey) }

package models

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"
)

// KeyKind is one of the keys that can be changed while the service runs.
type KeyKind string

// The keys that can be changed: what they closed is closed again under the new one.
const (
	keyField KeyKind = "field" // ID numbers, phones, codes on their way, and the indexes of numbers and phones
	keySeal  KeyKind = "seal"  // the private keys of meetings
)

// KeyKinds lists them.
var KeyKinds = []KeyKind{keyField, keySeal}

// rotationRow is one change of a key; Retired is the canary that the key before had closed.
type rotationRow struct {
	ID         string
	Kind       KeyKind
	Retired    []byte
	StartedAt  int64
	FinishedAt *int64
}

func (rotationRow) TableName() string { return "key_rotation" }

// ErrRetiredKey says that the configured key was in force before and has been retired: whoever knows it could
// read everything again.
var ErrRetiredKey = errors.New("the configured key was retired by an earlier rotation; make a new one")

// RotateKeys puts the configured field and seal key in force, for all replicas in one moment, and closes
// everything again that still stands under another key, at most batch values in one transaction. It may be
// stopped at any point, run again and run twice at once; it ends when nothing is left, and only then notes that
// the retired keys are not needed any more. report is told after every batch. Every replica must know the new
// keys before. It returns ErrRetiredKey and vault.ErrUnknownKey (a value under a key that is not at hand).
func (s *Store) RotateKeys(ctx context.Context, by Actor, batch int, report func(RotatedBatch)) error {
	for _, kind := range KeyKinds {
		if err := s.putInForce(ctx, by, kind); err != nil {
			return fmt.Errorf("put the %s key in force: %w", kind, err)
		}
	}
	for _, column := range closedColumns {
		if err := s.rotateColumn(ctx, column, batch, report); err != nil {
			return fmt.Errorf("close %s again: %w", column.name(), err)
		}
	}
	return s.finishRotations(ctx, by)
}

// putInForce makes the configured key the one that closes new values; nothing happens where it is already.
func (s *Store) putInForce(ctx context.Context, by Actor, kind KeyKind) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		row, known, err := canaries(tx.Clauses(forUpdate))
		if err != nil {
			return err
		}
		if !known {
			return s.rememberKeys(tx, now)
		}
		column, retired, canary, err := s.nextCanary(kind, row)
		if err != nil || canary == nil {
			return err
		}
		if err := s.refuseRetired(tx, kind); err != nil {
			return err
		}
		rotation := rotationRow{ID: newID(), Kind: kind, Retired: retired, StartedAt: now}
		if err := tx.Create(&rotation).Error; err != nil {
			return fmt.Errorf("note the rotation: %w", err)
		}
		if err := tx.Table("installation").Where("id = ?", keysRow).Update(column, canary).Error; err != nil {
			return fmt.Errorf("change the canary: %w", err)
		}
		return record(tx, now, by, "", string(kind)+"_key_rotation_started", "key_rotation", rotation.ID, nil)
	})
}

// nextCanary is what the configured key closes in place of the canary in force; nil where it is that key's own.
func (s *Store) nextCanary(kind KeyKind, row installationRow) (column string, retired, canary []byte, err error) {
	if kind == keyField {
		if key := s.keys.FieldKey(); !key.Made(row.FieldCanary) {
			canary = newFieldCanary(key)
		}
		return "field_canary", row.FieldCanary, canary, s.openCanary(kind, row.FieldCanary)
	}
	if key := s.keys.SealKey(); !key.Made(row.SealCanary) {
		if canary, err = newSealCanary(key); err != nil {
			return "", nil, nil, err
		}
	}
	return "seal_canary", row.SealCanary, canary, s.openCanary(kind, row.SealCanary)
}

func (s *Store) refuseRetired(tx *gorm.DB, kind KeyKind) error {
	var earlier []rotationRow
	if err := tx.Where("kind = ?", kind).Find(&earlier).Error; err != nil {
		return fmt.Errorf("read rotations: %w", err)
	}
	for _, rotation := range earlier {
		if kind == keyField && s.keys.FieldKey().Made(rotation.Retired) || kind == keySeal && s.keys.SealKey().Made(rotation.Retired) {
			return ErrRetiredKey
		}
	}
	return nil
}

// RotatedBatch is what one transaction of a rotation did.
type RotatedBatch struct {
	Column string // table and column
	Values int    // closed again
}

// rotateColumn goes through a column until a whole pass finds nothing: a value that somebody changed while it
// was being closed again is found by the next pass.
func (s *Store) rotateColumn(ctx context.Context, column closedColumn, batch int, report func(RotatedBatch)) error {
	if column.most > 0 {
		batch = min(batch, column.most)
	}
	for missed := true; missed; {
		missed = false
		for after := (closedRow{}); ; {
			due, done, err := s.rotateBatch(ctx, column, &after, batch)
			if err != nil {
				return err
			}
			if due == 0 {
				break
			}
			missed = missed || done < due
			report(RotatedBatch{column.name(), done})
		}
	}
	return nil
}

// rotateBatch closes the next values of a column again and moves the position on.
func (s *Store) rotateBatch(ctx context.Context, column closedColumn, after *closedRow, batch int) (due, done int, err error) {
	var rows []closedRow
	err = s.tx(ctx, func(tx *gorm.DB, _ int64) error {
		rows, done = nil, 0
		key, err := s.hold(tx, column.kind)
		if err != nil {
			return err
		}
		err = column.stale(tx, key.id).Select(column.selected()).Where("(community_id, id) > (?, ?)", after.CommunityID, after.ID).
			Order("community_id, id").Limit(batch).Scan(&rows).Error
		if err != nil {
			return fmt.Errorf("find values: %w", err)
		}
		for _, row := range rows {
			changed, err := s.closeAgain(tx, column, key, row)
			if err != nil {
				return fmt.Errorf("row %s: %w", row.ID, err)
			}
			done += changed
		}
		return nil
	})
	if err == nil && len(rows) > 0 {
		*after = rows[len(rows)-1]
	}
	return len(rows), done, err
}

// closeAgain writes one value and its index under the key in force, unless somebody has changed it meanwhile.
func (s *Store) closeAgain(tx *gorm.DB, column closedColumn, key inForce, row closedRow) (changed int, err error) {
	columns, err := column.closed(s, key, row)
	if err != nil {
		return 0, err
	}
	result := tx.Table(column.table).Where("community_id = ? AND id = ? AND "+column.column+" = ?", row.CommunityID, row.ID, row.Value).Updates(columns)
	if result.Error != nil {
		return 0, fmt.Errorf("write: %w", result.Error)
	}
	return int(result.RowsAffected), nil
}

// finishRotations notes that nothing stands under the retired keys any more. Since the key in force cannot change
// back, nothing ever will.
func (s *Store) finishRotations(ctx context.Context, by Actor) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		for _, column := range closedColumns {
			key, err := s.hold(tx, column.kind)
			if err != nil {
				return err
			}
			var n int64
			if err := column.stale(tx, key.id).Count(&n).Error; err != nil {
				return fmt.Errorf("count what is left in %s: %w", column.name(), err)
			}
			if n > 0 {
				return fmt.Errorf("%d values of %s were written meanwhile; run the rotation again", n, column.name())
			}
		}
		var open []rotationRow
		if err := tx.Where("finished_at IS NULL").Find(&open).Error; err != nil {
			return fmt.Errorf("read rotations: %w", err)
		}
		for _, rotation := range open {
			if err := tx.Model(&rotation).Where("id = ?", rotation.ID).Update("finished_at", now).Error; err != nil {
				return fmt.Errorf("finish the rotation: %w", err)
			}
			if err := record(tx, now, by, "", string(rotation.Kind)+"_key_rotation_finished", "key_rotation", rotation.ID, nil); err != nil {
				return err
			}
		}
		return nil
	})
}

package models

import (
	"context"
	"encoding/hex"
	"fmt"

	"gorm.io/gorm"

	"gongjue/models/vault"
)

// closedColumn is a column whose values stand under a key that can be changed. Its table is keyed by community_id
// and id.
type closedColumn struct {
	kind   KeyKind
	table  string
	column string
	index  string // of the values; empty where nobody looks for one
	row    string // the column whose text a value is bound to
	most   int    // values closed again in one transaction, where they are large; 0: as many as asked for
}

// closedColumns lists them all; a test compares the list with the schema.
var closedColumns = []closedColumn{
	{kind: keyField, table: "owner", column: "id_number", index: "id_index", row: "id"},
	{kind: keyField, table: "owner", column: "phone", index: "phone_index", row: "id"},
	{kind: keyField, table: "roster_intake", column: "file", row: "id"},
	{kind: keyField, table: "roster_intake", column: "work", row: "id"},
	{kind: keyField, table: "roster_register", column: "file", row: "id", most: 4},
	{kind: keyField, table: "version_register", column: "file", row: "id", most: 4},
	{kind: keyField, table: "roster_work", column: "work", row: "id"},
	{kind: keyField, table: "outbox", column: "payload", row: "dedupe"},
	{kind: keyField, table: "roster_objection", column: "contact", row: "id"},
	{kind: keyField, table: "roster_objection", column: "content", row: "id"},
	{kind: keyField, table: "objection", column: "contact", row: "id"},
	{kind: keyField, table: "objection", column: "content", row: "id"},
	{kind: keyField, table: "roster_change", column: "owners", row: "id"},
	{kind: keyField, table: "roster_amendment", column: "correction", row: "id"},
	{kind: keyField, table: "roster_amendment", column: "owners", row: "id"},
	{kind: keyField, table: "evidence", column: "content", row: "id", most: 4},
	{kind: keyField, table: "filing_document", column: "content", row: "id", most: 4},
	{kind: keySeal, table: "meeting", column: "seal_private", row: "id"},
}

// closedRow is one value on its way from one key to another.
type closedRow struct {
	CommunityID string
	ID          string
	BoundTo     string
	Value       []byte
}

// name is table and column, as the values are bound to it.
func (c closedColumn) name() string { return c.table + "." + c.column }

func (c closedColumn) selected() string {
	return fmt.Sprintf("community_id, id, %s AS bound_to, %s AS value", c.row, c.column)
}

// stale are the rows whose value or index another key has made. The names are those of the list above.
func (c closedColumn) stale(db *gorm.DB, prefix []byte) *gorm.DB {
	query := db.Table(c.table).Where(c.column + " IS NOT NULL")
	if c.index == "" {
		return query.Where("substr("+c.column+", 1, 4) <> ?", prefix)
	}
	return query.Where("(substr("+c.column+", 1, 4) <> ? OR substr("+c.index+", 1, 4) <> ?)", prefix, prefix)
}

// closed gives the columns to write: the value, and its index where it has one, under the key in force.
func (c closedColumn) closed(s *Store, under inForce, row closedRow) (map[string]any, error) {
	if c.kind == keySeal {
		wrapped, err := s.keys.Wrap(under.seal, row.BoundTo, row.Value)
		return map[string]any{c.column: wrapped}, err
	}
	at := vault.Column{Community: row.CommunityID, Name: c.name(), Row: row.BoundTo}
	plain, err := s.keys.DecryptField(at, row.Value)
	if err != nil {
		return nil, err
	}
	columns := map[string]any{c.column: under.field.Encrypt(at, plain)}
	if c.index != "" {
		columns[c.index] = under.field.Index(c.name(), row.CommunityID, string(plain))
	}
	return columns, nil
}

// inForce is the key in force of one kind.
type inForce struct {
	id    []byte
	field vault.FieldKey
	seal  vault.SealKey
}

// hold is the key in force, which stays so until the transaction ends.
func (s *Store) hold(tx *gorm.DB, kind KeyKind) (inForce, error) {
	if kind == keySeal {
		key, err := s.holdSealKey(tx)
		if err != nil {
			return inForce{}, err
		}
		return inForce{id: key.ID(), seal: key}, nil
	}
	key, err := s.holdFieldKey(tx)
	if err != nil {
		return inForce{}, err
	}
	return inForce{id: key.ID(), field: key}, nil
}

// prefixInForce is what stands in front of everything that the key in force has made.
func (s *Store) prefixInForce(db *gorm.DB, kind KeyKind) ([]byte, error) {
	row, known, err := canaries(db)
	if err != nil {
		return nil, err
	}
	if kind == keyField {
		if !known {
			return s.keys.FieldKey().ID(), nil
		}
		return row.FieldCanary[:4], nil
	}
	if !known {
		return s.keys.SealKey().ID(), nil
	}
	return row.SealCanary[:4], nil
}

// KeyState is where one kind of key stands. Keys are named by four bytes in hex, which do not tell them.
type KeyState struct {
	Kind       KeyKind
	InForce    string
	Configured string // what a rotation would put in force
	StartedAt  int64  // Unix ms of the rotation that is not finished; 0 if there is none
	Columns    []ColumnState
}

// ColumnState counts the values of one column.
type ColumnState struct {
	Name   string // table and column
	Values int64
	Left   int64 // under another key than the one in force
}

// Left is how many values a rotation still has to close again.
func (k KeyState) Left() int64 {
	n := int64(0)
	for _, column := range k.Columns {
		n += column.Left
	}
	return n
}

// KeyStates tells of every kind of key which is in force and what still stands under another.
func (s *Store) KeyStates(ctx context.Context) ([]KeyState, error) {
	db := s.read(ctx)
	states := make([]KeyState, len(KeyKinds))
	for i, kind := range KeyKinds {
		prefix, err := s.prefixInForce(db, kind)
		if err != nil {
			return nil, err
		}
		states[i] = KeyState{Kind: kind, InForce: hex.EncodeToString(prefix), Configured: hex.EncodeToString(s.configuredID(kind))}
		for _, column := range closedColumns {
			if column.kind != kind {
				continue
			}
			state := ColumnState{Name: column.name()}
			if err := db.Table(column.table).Where(column.column + " IS NOT NULL").Count(&state.Values).Error; err != nil {
				return nil, fmt.Errorf("count %s: %w", column.name(), err)
			}
			if err := column.stale(db, prefix).Count(&state.Left).Error; err != nil {
				return nil, fmt.Errorf("count what is left in %s: %w", column.name(), err)
			}
			states[i].Columns = append(states[i].Columns, state)
		}
		var open []rotationRow
		if err := db.Where("kind = ? AND finished_at IS NULL", kind).Order("started_at").Limit(1).Find(&open).Error; err != nil {
			return nil, fmt.Errorf("read rotations: %w", err)
		}
		for _, rotation := range open {
			states[i].StartedAt = rotation.StartedAt
		}
	}
	return states, nil
}

func (s *Store) configuredID(kind KeyKind) []byte {
	if kind == keyField {
		return s.keys.FieldKey().ID()
	}
	return s.keys.SealKey().ID()
}

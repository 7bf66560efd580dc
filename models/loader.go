package models

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/gorm"

	"gongjue/migrations"
)

// loader writes many rows on the connection of a transaction, without the reflection that costs gorm more than it
// costs the database to take them: COPY on PostgreSQL, an INSERT that is prepared once on SQLite.
type loader struct {
	ctx     context.Context
	conn    *sql.Conn
	dialect migrations.Dialect
}

// bulkTx is tx for a use case that writes many rows of one kind.
func (s *Store) bulkTx(ctx context.Context, do func(tx *gorm.DB, now int64, load loader) error) error {
	conn, err := s.sql.Conn(ctx)
	if err != nil {
		return fmt.Errorf("take a connection: %w", err)
	}
	load := loader{ctx, conn, s.dialect}
	db := s.db.Session(&gorm.Session{NewDB: true, Context: ctx})
	db.Statement.ConnPool = conn
	err = load.cache(ctx, bulkCache)
	if err == nil {
		err = s.txOn(db, func(tx *gorm.DB, now int64) error { return do(tx, now, load) })
	}
	// The connection goes back to the pool as it came, also where the caller has given up.
	return errors.Join(err, load.cache(context.WithoutCancel(ctx), usualCache), conn.Close())
}

// Pages that SQLite keeps in memory, in KiB. Keyed indexes take their rows in random order: with the usual cache the
// pages of a long list are written and read again many times before the commit.
const (
	usualCache = 2_000 // https://www.sqlite.org/pragma.html#pragma_cache_size
	bulkCache  = 20_000
)

func (l loader) cache(ctx context.Context, kib int) error {
	if l.dialect != migrations.SQLite {
		return nil
	}
	if _, err := l.conn.ExecContext(ctx, fmt.Sprintf("PRAGMA cache_size = -%d", kib)); err != nil {
		return fmt.Errorf("set the size of the cache: %w", err)
	}
	return nil
}

// bulk is one table with the columns that are written, in the order of the values.
type bulk struct {
	table   string
	columns []string
}

// into writes n rows; lay puts the values of the i-th into a slice of as many as there are columns. The slice is used
// again for the next row.
func (l loader) into(b bulk, n int, lay func(i int, row []any)) error {
	write := l.insert
	if l.dialect == migrations.Postgres {
		write = l.copy
	}
	if err := write(b, n, lay); err != nil {
		return fmt.Errorf("write rows of %s: %w", b.table, err)
	}
	return nil
}

func (l loader) copy(b bulk, n int, lay func(i int, row []any)) error {
	row := make([]any, len(b.columns))
	rows := pgx.CopyFromSlice(n, func(i int) ([]any, error) { lay(i, row); return row, nil })
	return l.conn.Raw(func(driver any) error {
		_, err := driver.(*stdlib.Conn).Conn().CopyFrom(l.ctx, pgx.Identifier{b.table}, b.columns, rows)
		return err
	})
}

// insert writes row by row: an INSERT of several rows must be able to take half of itself back, so that SQLite keeps
// the old form of every page that it touches, which costs more than the calls do.
func (l loader) insert(b bulk, n int, lay func(i int, row []any)) (err error) {
	statement := "INSERT INTO " + b.table + " (" + strings.Join(b.columns, ", ") + ") VALUES (?" + strings.Repeat(", ?", len(b.columns)-1) + ")"
	prepared, err := l.conn.PrepareContext(l.ctx, statement)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, prepared.Close()) }()
	row := make([]any, len(b.columns))
	for i := range n {
		lay(i, row)
		if _, err := prepared.ExecContext(l.ctx, row...); err != nil {
			return err
		}
	}
	return nil
}

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
// costs the database to take them: COPY on PostgreSQL, prepared INSERTs of several rows on SQLite.
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

// rowsAtOnce is the number of rows of one INSERT: enough that the calls cost less than the rows.
const rowsAtOnce = 25

// insert writes several rows with each statement. OR FAIL leaves the first rows of a statement that fails, which the
// transaction takes back with all others; otherwise SQLite keeps the old form of every page that the statement touches,
// to take back half of it alone, and that costs more than the calls do.
func (l loader) insert(b bulk, n int, lay func(i int, row []any)) error {
	whole := n - n%rowsAtOnce
	if err := l.insertBy(rowsAtOnce, b, 0, whole, lay); err != nil {
		return err
	}
	return l.insertBy(1, b, whole, n, lay)
}

// insertBy writes the rows from the first up to the end, so many with each statement.
func (l loader) insertBy(many int, b bulk, first, end int, lay func(i int, row []any)) (err error) {
	if first == end {
		return nil
	}
	width := len(b.columns)
	row := ", (?" + strings.Repeat(", ?", width-1) + ")"
	prepared, err := l.conn.PrepareContext(l.ctx, "INSERT OR FAIL INTO "+b.table+" ("+strings.Join(b.columns, ", ")+") VALUES "+strings.Repeat(row, many)[2:])
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, prepared.Close()) }()
	values := make([]any, many*width)
	for i := first; i < end; i += many {
		for j := range many {
			lay(i+j, values[j*width:(j+1)*width])
		}
		if _, err := prepared.ExecContext(l.ctx, values...); err != nil {
			return err
		}
	}
	return nil
}

package models

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log"
	"net/url"
	"strings"

	"gorm.io/driver/postgres"
	gormsqlite "gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
	"gorm.io/gorm/schema"
	"modernc.org/sqlite"

	"gongjue/migrations"
)

// connect opens PostgreSQL for a postgres URL and an SQLite file otherwise.
func connect(address string, throwaway bool) (*gorm.DB, migrations.Dialect, error) {
	dialect, dialector := migrations.Postgres, gorm.Dialector(nil)
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		dialector = postgres.Open(address)
	} else {
		pool, err := sql.Open("sqlite", sqliteDSN(address, throwaway))
		if err != nil {
			return nil, "", fmt.Errorf("open the SQLite file: %w", err)
		}
		pool.SetMaxOpenConns(8)
		dialect = migrations.SQLite
		dialector = sqliteDialector{gormsqlite.New(gormsqlite.Config{DriverName: "sqlite", Conn: pool}).(*gormsqlite.Dialector)}
	}
	db, err := gorm.Open(dialector, &gorm.Config{
		TranslateError:         true,
		SkipDefaultTransaction: true,
		NamingStrategy:         schema.NamingStrategy{SingularTable: true},
		// gorm's own log prints statements with their values, and values here are names and choices.
		Logger: logger.New(log.New(io.Discard, "", 0), logger.Config{LogLevel: logger.Silent}),
	})
	if err != nil {
		return nil, "", fmt.Errorf("open the database: %w", withoutAddress(err, address))
	}
	return db, dialect, nil
}

// sqliteDSN sets durability (WAL with a full sync), foreign keys and writer transactions that take their
// lock at once: without _txlock=immediate most concurrent read-then-write transactions fail as busy. What is thrown away
// waits for no disk.
func sqliteDSN(path string, throwaway bool) string {
	sync := "FULL"
	if throwaway {
		sync = "OFF"
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?_pragma=journal_mode(WAL)&_pragma=synchronous(" + sync + ")" +
		"&_pragma=foreign_keys(1)&_pragma=busy_timeout(5000)&_txlock=immediate"
}

// withoutAddress keeps the password of a database URL out of messages.
func withoutAddress(err error, address string) error {
	if strings.Contains(err.Error(), address) {
		return errors.New("the database address was refused")
	}
	return err
}

// sqliteDialector is gorm's official dialector over the pure-Go driver, whose errors it does not know.
type sqliteDialector struct{ *gormsqlite.Dialector }

// Translate turns the driver's extended result codes (https://www.sqlite.org/rescode.html) into gorm's errors.
func (d sqliteDialector) Translate(err error) error {
	var lite *sqlite.Error
	if !errors.As(err, &lite) {
		return err
	}
	const check, foreignKey, primaryKey, unique = 275, 787, 1555, 2067
	switch lite.Code() {
	case primaryKey, unique:
		return gorm.ErrDuplicatedKey
	case foreignKey:
		return gorm.ErrForeignKeyViolated
	case check:
		return gorm.ErrCheckConstraintViolated
	}
	return err
}

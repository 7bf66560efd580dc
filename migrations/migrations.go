// Package migrations holds the numbered SQL of the schema, one portable set for SQLite and PostgreSQL, and in Go what
// has no portable spelling.
// It knows neither gorm nor the application: it moves a database up and tells where it stands. A file
// that has been released is never edited; a change is a new file.
package migrations

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed *.sql
var files embed.FS

// Dialect names the database engine.
type Dialect string

// The engines that the one set of SQL is written for.
const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

// ErrBehind and ErrAhead say that a schema is older or newer than this program.
var (
	ErrBehind = errors.New("the schema is behind this program")
	ErrAhead  = errors.New("the schema is ahead of this program")
)

// Status is where a schema stands: its version and the newest one that this program carries.
type Status struct {
	Current, Newest int64
}

// Up applies every migration that is missing and returns the new status. On PostgreSQL it holds a session
// lock meanwhile, so that two replicas starting together do not both run it. ErrAhead if the schema is newer.
func Up(ctx context.Context, db *sql.DB, dialect Dialect) (Status, error) {
	provider, err := provider(db, dialect)
	if err != nil {
		return Status{}, err
	}
	if err := Check(ctx, db, dialect); errors.Is(err, ErrAhead) {
		return Status{}, err
	}
	if _, err := provider.Up(ctx); err != nil {
		return Status{}, fmt.Errorf("apply migrations: %w", err)
	}
	return At(ctx, db, dialect)
}

// DownTo takes back every migration after a version. It exists for the test that walks down and up again.
func DownTo(ctx context.Context, db *sql.DB, dialect Dialect, version int64) error {
	provider, err := provider(db, dialect)
	if err != nil {
		return err
	}
	if _, err := provider.DownTo(ctx, version); err != nil {
		return fmt.Errorf("take back migrations: %w", err)
	}
	return nil
}

// UpTo applies migrations up to a version. It exists for the same test.
func UpTo(ctx context.Context, db *sql.DB, dialect Dialect, version int64) error {
	provider, err := provider(db, dialect)
	if err != nil {
		return err
	}
	if _, err := provider.UpTo(ctx, version); err != nil {
		return fmt.Errorf("apply migrations: %w", err)
	}
	return nil
}

// At tells where the schema stands.
func At(ctx context.Context, db *sql.DB, dialect Dialect) (Status, error) {
	provider, err := provider(db, dialect)
	if err != nil {
		return Status{}, err
	}
	current, err := provider.GetDBVersion(ctx)
	if err != nil {
		return Status{}, fmt.Errorf("read schema version: %w", err)
	}
	sources := provider.ListSources()
	return Status{Current: current, Newest: sources[len(sources)-1].Version}, nil
}

// Check returns nil when the schema is exactly this program's, otherwise ErrBehind or ErrAhead.
func Check(ctx context.Context, db *sql.DB, dialect Dialect) error {
	status, err := At(ctx, db, dialect)
	switch {
	case err != nil:
		return err
	case status.Current < status.Newest:
		return fmt.Errorf("%w: version %d, needed %d", ErrBehind, status.Current, status.Newest)
	case status.Current > status.Newest:
		return fmt.Errorf("%w: version %d, known %d", ErrAhead, status.Current, status.Newest)
	}
	return nil
}

func provider(db *sql.DB, dialect Dialect) (*goose.Provider, error) {
	options := []goose.ProviderOption{goose.WithGoMigrations(
		keeping(dialect, 23, keptFirst),
		loading(dialect),
		witnessing(dialect),
		logging(dialect),
		packing(dialect),
		keeping(dialect, 36, sampled),
		supervising(dialect),
		certifying(dialect),
		keeping(dialect, 50, registered),
		polling(dialect),
		contracting(dialect),
		entering(dialect),
		deciding(dialect),
		watching(dialect),
		disclosing(dialect),
		handingOver(dialect),
	)}
	name := goose.DialectSQLite3
	if dialect == Postgres {
		name = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, fmt.Errorf("prepare the migration lock: %w", err)
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	provider, err := goose.NewProvider(name, db, files, options...)
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	return provider, nil
}

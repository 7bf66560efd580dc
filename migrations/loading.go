package migrations

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/pressly/goose/v3"
)

// within is a foreign key between rows of one roster version.
type within struct{ table, column, parent string }

// rosterTies are the foreign keys that a roster of 100,000 homes was checked against row by row, in more time than the
// database needs to take the rows. The rows of a version are laid out by one function, which makes the names of all of
// them, and written in one transaction under the community of its caller; a test of every way that changes them looks
// for rows without parents. What other tables say of a voter stays checked by the database.
var rosterTies = []within{
	{"voter", "roster_id", "roster"},
	{"unit", "roster_id", "roster"},
	{"unit", "voter_id", "voter"},
	{"owner", "roster_id", "roster"},
	{"voter_owner", "voter_id", "voter"},
	{"voter_owner", "owner_id", "owner"},
}

// clause is the foreign key as 00002 wrote it.
func (w within) clause() string {
	return fmt.Sprintf("FOREIGN KEY (community_id, %s) REFERENCES %s (community_id, id)", w.column, w.parent)
}

// loading is the migration that drops [rosterTies]. SQLite has no statement for that.
func loading(dialect Dialect) *goose.Migration {
	up, down := untieSQLite, tieSQLite
	if dialect == Postgres {
		up, down = runEach(untiePostgres()), runEach(tiePostgres())
	}
	return goose.NewGoMigration(24, &goose.GoFunc{RunTx: up}, &goose.GoFunc{RunTx: down})
}

func untiePostgres() (statements []string) {
	for _, tie := range rosterTies {
		statements = append(statements, fmt.Sprintf("ALTER TABLE %s DROP CONSTRAINT %s_community_id_%s_fkey", tie.table, tie.table, tie.column))
	}
	return statements
}

func tiePostgres() (statements []string) {
	for _, tie := range rosterTies {
		statements = append(statements, fmt.Sprintf("ALTER TABLE %s ADD %s", tie.table, tie.clause()))
	}
	return statements
}

func untieSQLite(ctx context.Context, tx *sql.Tx) error {
	return respell(ctx, tx, func(table string, tie within) string {
		return strings.Replace(table, ",\n    "+tie.clause(), "", 1)
	})
}

func tieSQLite(ctx context.Context, tx *sql.Tx) error {
	return respell(ctx, tx, func(table string, tie within) string {
		return strings.TrimSuffix(table, "\n)") + ",\n    " + tie.clause() + "\n)"
	})
}

// respell changes how SQLite's own catalogue spells the tables, which is its documented way to take a foreign key away
// (https://www.sqlite.org/lang_altertable.html#otheralter): the rows lie on the disk as before. Making the tables anew
// would look through every table that names a voter once for every voter.
func respell(ctx context.Context, tx *sql.Tx, change func(table string, tie within) string) (err error) {
	var version int64
	if err := tx.QueryRowContext(ctx, "PRAGMA schema_version").Scan(&version); err != nil {
		return fmt.Errorf("read the version of the catalogue: %w", err)
	}
	if _, err := tx.ExecContext(ctx, "PRAGMA writable_schema = ON"); err != nil {
		return fmt.Errorf("open the catalogue: %w", err)
	}
	defer func() { // also after a failure: nobody else on this connection is to write there
		_, closed := tx.ExecContext(ctx, "PRAGMA writable_schema = OFF")
		err = errors.Join(err, closed)
	}()
	for _, tie := range rosterTies {
		var before string
		if err := tx.QueryRowContext(ctx, "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", tie.table).Scan(&before); err != nil {
			return fmt.Errorf("read how %s is spelled: %w", tie.table, err)
		}
		after := change(before, tie)
		if after == before {
			return fmt.Errorf("%s is not spelled as it was made: %s", tie.table, tie.clause())
		}
		if _, err := tx.ExecContext(ctx, "UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = ?", after, tie.table); err != nil {
			return fmt.Errorf("spell %s anew: %w", tie.table, err)
		}
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA schema_version = %d", version+1)); err != nil {
		return fmt.Errorf("count the change of the catalogue: %w", err)
	}
	return nil
}

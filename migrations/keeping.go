package migrations

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/pressly/goose/v3"
)

// Kept lists the tables whose rows are only ever inserted: whoever wants one otherwise must first take the triggers away,
// as the owner of the schema, and still contradicts the signed log. A migration that makes one of them anew makes its
// triggers anew; a test holds every one of them to it.
var Kept = slices.Concat(
	keptFirst,
	witnessed,
	sampled,
	filed,
	supervised,
	registered,
	certified,
	polled,
	entered,
	contracted,
	decided,
	watched,
	disclosed,
	handing,
)

// keptFirst are those of migration 23. It stays as it is: tables that come later have a migration of their own.
var keptFirst = []string{"ballot", "imported_ballot", "seal_group", "ledger_leaf", "checkpoint", "opened_ballot", "opened_import", "result", "audit"}

// sampled are those of migration 35: which ballots a street asks about, and what it was told.
var sampled = []string{"sample_ballot", "sample_answer"}

// keeping is a migration that forbids UPDATE and DELETE on some of [Kept]. Triggers have no spelling that both engines
// read, so it is no file of SQL.
func keeping(dialect Dialect, version int64, tables []string) *goose.Migration {
	up, down := triggers(dialect, tables)
	return goose.NewGoMigration(version, &goose.GoFunc{RunTx: runEach(up)}, &goose.GoFunc{RunTx: runEach(down)})
}

// making is a migration that makes tables and keeps the rows of some of them, in one transaction; drop undoes it.
func making(dialect Dialect, version int64, tables, kept, drop []string) *goose.Migration {
	keep, let := triggers(dialect, kept)
	return goose.NewGoMigration(version, &goose.GoFunc{RunTx: runEach(slices.Concat(tables, keep))}, &goose.GoFunc{RunTx: runEach(slices.Concat(let, drop))})
}

// triggers are the statements that keep the rows of tables, and those that let them go again.
func triggers(dialect Dialect, tables []string) (keep, let []string) {
	if dialect == Postgres {
		return postgresKeeping(tables), postgresLetting(tables)
	}
	return sqliteKeeping(tables), sqliteLetting(tables)
}

func runEach(statements []string) func(context.Context, *sql.Tx) error {
	return func(ctx context.Context, tx *sql.Tx) error {
		for _, statement := range statements {
			if _, err := tx.ExecContext(ctx, statement); err != nil {
				return fmt.Errorf("%s: %w", statement, err)
			}
		}
		return nil
	}
}

func sqliteKeeping(tables []string) (statements []string) {
	for _, table := range tables {
		for _, act := range []string{"UPDATE", "DELETE"} {
			statements = append(statements, fmt.Sprintf("CREATE TRIGGER %s_kept_%s BEFORE %s ON %s BEGIN SELECT RAISE(ABORT, 'rows of %s are kept'); END",
				table, act, act, table, table))
		}
	}
	return statements
}

func sqliteLetting(tables []string) (statements []string) {
	for _, table := range tables {
		statements = append(statements, fmt.Sprintf("DROP TRIGGER %s_kept_UPDATE", table), fmt.Sprintf("DROP TRIGGER %s_kept_DELETE", table))
	}
	return statements
}

// postgresKeeping is for each statement, so that a TRUNCATE is refused as well.
func postgresKeeping(tables []string) []string {
	statements := []string{`CREATE OR REPLACE FUNCTION rows_are_kept() RETURNS trigger LANGUAGE plpgsql AS
		$$ BEGIN RAISE EXCEPTION 'rows of % are kept', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$`}
	for _, table := range tables {
		statements = append(statements, fmt.Sprintf("CREATE TRIGGER %s_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION rows_are_kept()",
			table, table))
	}
	return statements
}

// postgresLetting leaves the function: triggers of other tables call it.
func postgresLetting(tables []string) (statements []string) {
	for _, table := range tables {
		statements = append(statements, fmt.Sprintf("DROP TRIGGER %s_kept ON %s", table, table))
	}
	return statements
}

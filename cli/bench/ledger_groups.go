package bench

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"gongjue/migrations"
)

// LoggedGroups compares committing groups of ballots with their leaves and the log's head to committing the ballots
// alone. It is the database's part only: beside HTTP and sealing, the difference counts for less.
type LoggedGroups struct {
	Database  string `json:"database"`
	Group     int    `json:"group"` // ballots in a transaction
	WithMS    Spread `json:"with_ledger_ms"`
	WithoutMS Spread `json:"without_ledger_ms"`
	Ratio     Spread `json:"with_to_without_per_second"` // ballots per second with the ledger ÷ without it
}

const (
	groupSize  = 128 // what gathers while the group before is committed, with 256 voters at once
	groupCount = 40  // of one run
)

// groupRows are invented rows, numbered from ? to ?, as wide as real ones, for each engine.
var groupRows = map[string]struct{ series, text, bytes, insert string }{
	sqliteName: {"WITH RECURSIVE s (n) AS (SELECT ?1 UNION ALL SELECT n + 1 FROM s WHERE n < ?2)", "printf('01890000-0000-7000-8000-%012d', n)", "randomblob(%d)", "%s INSERT INTO %s SELECT %s FROM s"},
	postgresName: {"generate_series($1::bigint, $2::bigint) AS s (n)", "'01890000-0000-7000-8000-' || lpad(n::text, 12, '0')",
		"substr(sha512(n::text::bytea) || sha512((n + 1)::text::bytea) || sha512((n + 2)::text::bytea) || sha512((n + 3)::text::bytea) || sha512((n + 4)::text::bytea) || " +
			"sha512((n + 5)::text::bytea) || sha512((n + 6)::text::bytea), 1, %d)", ""},
}

// statement is the INSERT of invented rows into a table of one engine.
func (d database) statement(table, columns string) string {
	rows := groupRows[d.name]
	if d.name == postgresName {
		return fmt.Sprintf("INSERT INTO %s SELECT %s FROM %s", table, columns, rows.series)
	}
	return fmt.Sprintf(rows.insert, rows.series, table, columns)
}

// ballotStatement and leafStatement insert what a ballot and its leaf take.
func (d database) ballotStatement() string {
	rows := groupRows[d.name]
	bytes := func(n int) string { return fmt.Sprintf(rows.bytes, n) }
	return d.statement("ballot (community_id, meeting_id, voter_id, revision, owner_id, channel, evidence_id, leaf_index, cast_at, receipt_hash, idem_key, body_mac, group_id, sealed)",
		"'"+benchMeeting+"', '"+benchMeeting+"', "+rows.text+", 1, "+rows.text+", 'online', "+rows.text+", n, 1800000000000, "+bytes(32)+", "+rows.text+", "+bytes(32)+", '"+benchMeeting+"', "+bytes(300))
}

func (d database) leafStatement() string {
	return d.statement("ledger_leaf (community_id, meeting_id, idx, kind, body)",
		"'"+benchMeeting+"', '"+benchMeeting+"', n, 'ballot', "+fmt.Sprintf(groupRows[d.name].bytes, 440))
}

// timeGroups commits groups with and without the ledger, in turns, into tables that grow alike.
func timeGroups(ctx context.Context, place database, rounds int) (g LoggedGroups, err error) {
	place, remove, err := place.fresh(ctx)
	if err != nil {
		return g, err
	}
	defer func() { err = errors.Join(err, remove()) }()
	db, err := place.open()
	if err != nil {
		return g, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1) // the settings are of the connection
	dialect := migrations.Dialect(place.name)
	if place.name == sqliteName {
		if _, err := db.ExecContext(ctx, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"); err != nil {
			return g, err
		}
	} else {
		db.SetMaxOpenConns(3) // the migrations hold a lock on one
	}
	if _, err := migrations.Up(ctx, db, dialect); err != nil {
		return g, err
	}
	next := 0
	run := func(statements ...string) func() error {
		return func() error {
			for range groupCount {
				if err := commitGroup(ctx, db, next, statements); err != nil {
					return err
				}
				next += groupSize
			}
			return nil
		}
	}
	took, err := inTurns(rounds, wallTime, run(place.ballotStatement(), place.leafStatement()), run(place.ballotStatement()))
	if err != nil {
		return g, err
	}
	return LoggedGroups{Database: place.name, Group: groupSize, WithMS: spreadOf(took[0]), WithoutMS: spreadOf(took[1]), Ratio: spreadOf(ratios(took[1], took[0]))}, nil
}

func commitGroup(ctx context.Context, db *sql.DB, from int, statements []string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	for _, statement := range statements {
		if _, err := tx.ExecContext(ctx, statement, from, from+groupSize-1); err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	return tx.Commit()
}

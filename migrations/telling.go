package migrations

import (
	"slices"

	"github.com/pressly/goose/v3"
)

// entered are the tables of migration 55 whose rows are kept.
var entered = []string{"log_entry"}

// entries are what is published of objections to a count and of the street's samples, word for word as their leaves hash
// it. Whether a notice says that its log tells of them stands with the meeting, as with migration 30.
var entries = []string{
	`CREATE TABLE log_entry (
		community_id TEXT   NOT NULL,
		meeting_id   TEXT   NOT NULL,
		leaf_index   BIGINT NOT NULL,
		entry        TEXT   NOT NULL CHECK (entry <> ''),
		at           BIGINT NOT NULL,
		PRIMARY KEY (community_id, meeting_id, leaf_index),
		FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
	)`,
	`ALTER TABLE meeting ADD COLUMN afterwards_logged BOOLEAN NOT NULL DEFAULT FALSE`,
	`UPDATE meeting SET afterwards_logged = TRUE WHERE state = 'draft'`,
	`ALTER TABLE ledger_leaf RENAME TO ledger_leaf_before`,
	`CREATE TABLE ledger_leaf (
		community_id TEXT   NOT NULL,
		meeting_id   TEXT   NOT NULL,
		idx          BIGINT NOT NULL,
		kind         TEXT   NOT NULL CHECK (kind IN ('open', 'ballot', 'paper', 'void', 'unvoid', 'objection', 'answer', 'amend', 'extend', 'close',
		                                             'result', 'lot', 'certify', 'access', 'import', 'unseal', 'waive', 'supervise', 'sample')),
		body         BYTEA  NOT NULL,
		PRIMARY KEY (community_id, meeting_id, idx)
	)`,
	`INSERT INTO ledger_leaf (community_id, meeting_id, idx, kind, body) SELECT community_id, meeting_id, idx, kind, body FROM ledger_leaf_before`,
	`DROP TABLE ledger_leaf_before`, // and with it its triggers
}

// entering is migration 55: that table, its triggers, and those of the leaves anew. Undone it leaves the table of leaves as
// it is, which holds what it held, and migration 23 takes its triggers away.
func entering(dialect Dialect) *goose.Migration {
	keep, _ := triggers(dialect, slices.Concat(entered, []string{"ledger_leaf"}))
	_, let := triggers(dialect, entered)
	return goose.NewGoMigration(55, &goose.GoFunc{RunTx: runEach(slices.Concat(entries, keep))},
		&goose.GoFunc{RunTx: runEach(append(let, "DROP TABLE log_entry", "ALTER TABLE meeting DROP COLUMN afterwards_logged"))})
}

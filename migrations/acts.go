package migrations

import (
	"slices"

	"github.com/pressly/goose/v3"
)

// loggedActs let the log of a meeting record by whose seal cards the ballots were opened, and that a street waived its
// witness. Whether a notice says that its log does so stands with the meeting: one that was given before says nothing of
// it, and stays. A waiver knows its leaf; an earlier one has none.
var loggedActs = []string{
	`ALTER TABLE ledger_leaf RENAME TO ledger_leaf_before`,
	`CREATE TABLE ledger_leaf (
		community_id TEXT   NOT NULL,
		meeting_id   TEXT   NOT NULL,
		idx          BIGINT NOT NULL,
		kind         TEXT   NOT NULL CHECK (kind IN ('open', 'ballot', 'paper', 'void', 'unvoid', 'objection', 'answer', 'amend', 'extend',
		                                             'close', 'result', 'lot', 'certify', 'access', 'import', 'unseal', 'waive')),
		body         BYTEA  NOT NULL,
		PRIMARY KEY (community_id, meeting_id, idx)
	)`,
	`INSERT INTO ledger_leaf (community_id, meeting_id, idx, kind, body) SELECT community_id, meeting_id, idx, kind, body FROM ledger_leaf_before`,
	`DROP TABLE ledger_leaf_before`, // and with it its triggers
	`ALTER TABLE meeting ADD COLUMN acts_logged BOOLEAN NOT NULL DEFAULT FALSE`,
	`UPDATE meeting SET acts_logged = TRUE WHERE state = 'draft'`,
	`ALTER TABLE witness_waiver ADD COLUMN leaf_index BIGINT`,
}

// logging is migration 30: those tables, and the triggers of the leaves anew. Undone it leaves the table of leaves as it
// is, which holds what it held, and migration 23 takes its triggers away.
func logging(dialect Dialect) *goose.Migration {
	keep, _ := triggers(dialect, []string{"ledger_leaf"})
	down := []string{"ALTER TABLE witness_waiver DROP COLUMN leaf_index", "ALTER TABLE meeting DROP COLUMN acts_logged"}
	return goose.NewGoMigration(30, &goose.GoFunc{RunTx: runEach(slices.Concat(loggedActs, keep))}, &goose.GoFunc{RunTx: runEach(down)})
}

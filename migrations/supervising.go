package migrations

import (
	"slices"

	"github.com/pressly/goose/v3"
)

// supervised are the tables of migration 46 whose rows are kept.
var supervised = []string{"supervision"}

// supervision is what authorities do about decisions, and what became of it: orders to correct, reports, revocations
// (条例第19条第2款). settles is the number of the order that a row answers; matters are positions on the agenda, comma by
// comma, empty for all. The log takes one more kind of leaf.
var supervision = []string{
	`CREATE TABLE supervision (
		community_id TEXT   NOT NULL REFERENCES community (id),
		meeting_id   TEXT   NOT NULL,
		id           TEXT   NOT NULL,
		number       BIGINT NOT NULL,
		kind         TEXT   NOT NULL CHECK (kind IN ('correction_ordered', 'correction_reported', 'rectified', 'revoked', 'court_revoked')),
		settles      BIGINT NOT NULL,
		authority    TEXT   NOT NULL CHECK (authority IN ('street', 'district', 'convener')),
		name         TEXT   NOT NULL,
		matters      TEXT   NOT NULL,
		breached     TEXT   NOT NULL,
		basis        TEXT   NOT NULL,
		body         TEXT   NOT NULL CHECK (body <> ''),
		limit_at     BIGINT NOT NULL,
		court        TEXT   NOT NULL,
		case_number  TEXT   NOT NULL,
		judged_on    TEXT   NOT NULL,
		leaf_index   BIGINT NOT NULL,
		at           BIGINT NOT NULL,
		made_by      TEXT   NOT NULL,
		PRIMARY KEY (community_id, id),
		UNIQUE (community_id, number),
		FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
	)`,
	`CREATE UNIQUE INDEX supervision_id ON supervision (id)`,
	`CREATE INDEX supervision_meeting ON supervision (community_id, meeting_id, number)`,
	`ALTER TABLE ledger_leaf RENAME TO ledger_leaf_before`,
	`CREATE TABLE ledger_leaf (
		community_id TEXT   NOT NULL,
		meeting_id   TEXT   NOT NULL,
		idx          BIGINT NOT NULL,
		kind         TEXT   NOT NULL CHECK (kind IN ('open', 'ballot', 'paper', 'void', 'unvoid', 'objection', 'answer', 'amend', 'extend',
		                                             'close', 'result', 'lot', 'certify', 'access', 'import', 'unseal', 'waive', 'supervise')),
		body         BYTEA  NOT NULL,
		PRIMARY KEY (community_id, meeting_id, idx)
	)`,
	`INSERT INTO ledger_leaf (community_id, meeting_id, idx, kind, body) SELECT community_id, meeting_id, idx, kind, body FROM ledger_leaf_before`,
	`DROP TABLE ledger_leaf_before`, // and with it its triggers
}

// supervising is migration 46: those tables, their triggers, and those of the leaves anew. Undone it leaves the table of
// leaves as it is, which holds what it held, and migration 23 takes its triggers away.
func supervising(dialect Dialect) *goose.Migration {
	keep, _ := triggers(dialect, slices.Concat(supervised, []string{"ledger_leaf"}))
	_, let := triggers(dialect, supervised)
	return goose.NewGoMigration(46, &goose.GoFunc{RunTx: runEach(slices.Concat(supervision, keep))},
		&goose.GoFunc{RunTx: runEach(append(let, "DROP TABLE supervision"))})
}

package migrations

import (
	"github.com/pressly/goose/v3"
)

// contracted are the tables of migration 52 whose rows are kept.
var contracted = []string{"contract", "contract_entry"}

// contractTables are the property service contracts of a community: what was agreed, what became of it, and what is handed
// out of it. Prices are in fen for a square metre and a month; to_at 0 is a contract without a term; days are the first or
// the last millisecond in 北京时间. meeting_id and position name the decision behind a row, empty and 0 for none.
var contractTables = []string{
	`CREATE TABLE contract (
		community_id TEXT   NOT NULL REFERENCES community (id),
		id           TEXT   NOT NULL,
		number       BIGINT NOT NULL CHECK (number > 0),
		kind         TEXT   NOT NULL CHECK (kind IN ('preliminary', 'owners')),
		meeting_id   TEXT   NOT NULL,
		position     BIGINT NOT NULL,
		firm         TEXT   NOT NULL CHECK (firm <> ''),
		principal    TEXT   NOT NULL CHECK (principal <> ''),
		area         BIGINT NOT NULL CHECK (area > 0),
		fee_mode     TEXT   NOT NULL CHECK (fee_mode IN ('lump_sum', 'commission')),
		price        BIGINT NOT NULL CHECK (price > 0),
		terms        TEXT   NOT NULL,
		signed_at    BIGINT NOT NULL,
		from_at      BIGINT NOT NULL,
		to_at        BIGINT NOT NULL CHECK (to_at = 0 OR to_at > from_at),
		created_at   BIGINT NOT NULL,
		created_by   TEXT   NOT NULL,
		PRIMARY KEY (community_id, id),
		UNIQUE (community_id, number),
		CHECK (kind = 'preliminary' OR to_at > 0),
		CHECK ((meeting_id = '') = (position = 0))
	)`,
	`CREATE TABLE contract_entry (
		community_id TEXT   NOT NULL,
		contract_id  TEXT   NOT NULL,
		id           TEXT   NOT NULL,
		number       BIGINT NOT NULL CHECK (number > 0),
		event        TEXT   NOT NULL CHECK (event IN ('submit', 'receive', 'return', 'inspect', 'renew', 'supersede', 'decline', 'dismiss', 'hand_over', 'overstay', 'withdraw')),
		state        TEXT   NOT NULL CHECK (state IN ('standing', 'renewed', 'superseded', 'declined', 'leaving', 'ended', 'withdrawn')),
		filing       TEXT   NOT NULL CHECK (filing IN ('unfiled', 'submitted', 'returned', 'received')),
		side         TEXT   NOT NULL CHECK (side IN ('', 'firm', 'owners')),
		meeting_id   TEXT   NOT NULL,
		position     BIGINT NOT NULL,
		day_at       BIGINT NOT NULL,
		until_at     BIGINT NOT NULL,
		parties      TEXT   NOT NULL,
		body         TEXT   NOT NULL,
		at           BIGINT NOT NULL,
		made_by      TEXT   NOT NULL,
		PRIMARY KEY (community_id, id),
		UNIQUE (community_id, contract_id, number),
		FOREIGN KEY (community_id, contract_id) REFERENCES contract (community_id, id)
	)`,
	`CREATE TABLE contract_file (
		community_id TEXT   NOT NULL,
		contract_id  TEXT   NOT NULL,
		id           TEXT   NOT NULL,
		name         TEXT   NOT NULL,
		media_type   TEXT   NOT NULL,
		size         BIGINT NOT NULL,
		sha256       TEXT   NOT NULL,
		content      BYTEA  NOT NULL,
		created_at   BIGINT NOT NULL,
		created_by   TEXT   NOT NULL,
		PRIMARY KEY (community_id, id),
		FOREIGN KEY (community_id, contract_id) REFERENCES contract (community_id, id)
	)`,
	`CREATE INDEX contract_file_of ON contract_file (community_id, contract_id)`,
}

// contracting is migration 52: the tables, and the triggers of those that are kept, in one transaction.
func contracting(dialect Dialect) *goose.Migration {
	return making(dialect, 52, contractTables, contracted, []string{"DROP TABLE contract_file", "DROP TABLE contract_entry", "DROP TABLE contract"})
}

package migrations

import (
	"github.com/pressly/goose/v3"
)

// witnessed are the tables of migration 27 whose rows are kept.
var witnessed = []string{"meeting_witness", "cosignature", "witness_waiver"}

// witnessTables are those of whoever cosigns checkpoints, such as the street. A notice fixes the keys of its street for
// its meeting; what they signed stands beside the checkpoint.
var witnessTables = []string{
	`CREATE TABLE witness_key (
		street_id    TEXT   NOT NULL REFERENCES street (id),
		id           TEXT   NOT NULL,
		verifier_key TEXT   NOT NULL,
		proposed_at  BIGINT NOT NULL,
		proposed_by  TEXT   NOT NULL,
		confirmed_at BIGINT,
		confirmed_by TEXT   NOT NULL,
		ended_at     BIGINT,
		ended_by     TEXT   NOT NULL,
		PRIMARY KEY (street_id, id),
		CHECK (confirmed_at IS NULL OR (confirmed_by <> '' AND confirmed_by <> proposed_by))
	)`,
	`CREATE UNIQUE INDEX witness_key_live ON witness_key (verifier_key) WHERE ended_at IS NULL`,
	`CREATE TABLE meeting_witness (
		community_id TEXT   NOT NULL,
		meeting_id   TEXT   NOT NULL,
		verifier_key TEXT   NOT NULL,
		PRIMARY KEY (community_id, meeting_id, verifier_key),
		FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
	)`,
	`CREATE INDEX meeting_witness_key ON meeting_witness (verifier_key, meeting_id)`,
	`CREATE TABLE cosignature (
		community_id TEXT   NOT NULL,
		meeting_id   TEXT   NOT NULL,
		size         BIGINT NOT NULL,
		verifier_key TEXT   NOT NULL,
		line         TEXT   NOT NULL,
		signed_at    BIGINT NOT NULL,
		received_at  BIGINT NOT NULL,
		PRIMARY KEY (community_id, meeting_id, size, verifier_key),
		FOREIGN KEY (community_id, meeting_id, size) REFERENCES checkpoint (community_id, meeting_id, size),
		FOREIGN KEY (community_id, meeting_id, verifier_key) REFERENCES meeting_witness (community_id, meeting_id, verifier_key)
	)`,
	`CREATE TABLE witness_waiver (
		community_id TEXT   NOT NULL,
		meeting_id   TEXT   NOT NULL,
		reason       TEXT   NOT NULL CHECK (reason <> ''),
		at           BIGINT NOT NULL,
		waived_by    TEXT   NOT NULL,
		PRIMARY KEY (community_id, meeting_id),
		FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
	)`,
}

// witnessing is migration 27: the tables, and the triggers of those that are kept, in one transaction.
func witnessing(dialect Dialect) *goose.Migration {
	return making(dialect, 27, witnessTables, witnessed, []string{"DROP TABLE witness_waiver", "DROP TABLE cosignature", "DROP TABLE meeting_witness", "DROP TABLE witness_key"})
}

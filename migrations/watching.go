package migrations

import (
	"github.com/pressly/goose/v3"
)

// watched are the tables of migration 59 whose rows are kept.
var watched = []string{"watch_entry"}

// watchEntries are the history of the watch list (重点关注名单). reasons are words with commas between them, facts a JSON array
// of keys; until_at is the last millisecond of the last day on the list in 北京时间, 0 for none.
var watchEntries = []string{
	`CREATE TABLE watch_entry (
		community_id TEXT   NOT NULL REFERENCES community (id),
		id           TEXT   NOT NULL,
		number       BIGINT NOT NULL CHECK (number > 0),
		kind         TEXT   NOT NULL CHECK (kind IN ('listed', 'changed', 'removed', 'dismissed')),
		reasons      TEXT   NOT NULL,
		basis        TEXT   NOT NULL,
		body         TEXT   NOT NULL CHECK (body <> ''),
		until_at     BIGINT NOT NULL,
		facts        TEXT   NOT NULL,
		authority    TEXT   NOT NULL CHECK (authority IN ('street', 'district')),
		name         TEXT   NOT NULL CHECK (name <> ''),
		at           BIGINT NOT NULL,
		made_by      TEXT   NOT NULL,
		PRIMARY KEY (community_id, id),
		UNIQUE (community_id, number),
		CHECK ((kind = 'removed') = (reasons = '')),
		CHECK (until_at = 0 OR kind IN ('listed', 'changed'))
	)`,
}

// watching is migration 59: the table and its triggers.
func watching(dialect Dialect) *goose.Migration {
	return making(dialect, 59, watchEntries, watched, []string{"DROP TABLE watch_entry"})
}

package migrations

import (
	"github.com/pressly/goose/v3"
)

// polled are the tables of migration 53 whose rows are kept.
var polled = []string{"poll_result"}

// pollResults are what opinion polls came to, as they were published: the figures of a district are read from here, not
// from every result document. Of a poll with a scale the agreeing grades are added up.
var pollResults = []string{
	`CREATE TABLE poll_result (
		community_id   TEXT    NOT NULL,
		meeting_id     TEXT    NOT NULL,
		matter_id      TEXT    NOT NULL,
		about          TEXT    NOT NULL CHECK (about IN ('', 'firm', 'committee', 'street')),
		asked_heads    BIGINT  NOT NULL,
		asked_area     BIGINT  NOT NULL,
		answered_heads BIGINT  NOT NULL,
		answered_area  BIGINT  NOT NULL,
		agreed_heads   BIGINT  NOT NULL,
		agreed_area    BIGINT  NOT NULL,
		reached        BOOLEAN NOT NULL,
		at             BIGINT  NOT NULL,
		PRIMARY KEY (community_id, meeting_id, matter_id),
		FOREIGN KEY (community_id, matter_id) REFERENCES matter (community_id, id),
		CHECK (agreed_heads <= answered_heads AND answered_heads <= asked_heads AND agreed_area <= answered_area AND answered_area <= asked_area)
	)`,
	`CREATE INDEX poll_result_at ON poll_result (at)`,
}

// polling is migration 53: the table and its triggers.
func polling(dialect Dialect) *goose.Migration {
	return making(dialect, 53, pollResults, polled, []string{"DROP TABLE poll_result"})
}

package migrations

import (
	"github.com/pressly/goose/v3"
)

// disclosed are the tables of migration 57 whose rows are kept.
var disclosed = []string{"disclosure", "disclosure_line", "disclosure_question", "disclosure_answer", "disclosure_hiding", "disclosure_day"}

// disclosures are what committees disclosed, what owners ask about it and how that was answered. Amounts are in fen; money
// that came back is below zero and marked. number counts within the community, of a line within its disclosure; line 0 is the
// whole. A file belongs to the draft while disclosure_id is empty; one that was taken down keeps its name and digest, and
// loses its bytes. month 0 of a day is none.
var disclosures = []string{
	`CREATE TABLE disclosure (
		community_id   TEXT   NOT NULL REFERENCES community (id),
		id             TEXT   NOT NULL,
		number         BIGINT NOT NULL CHECK (number > 0),
		from_at        BIGINT NOT NULL,
		to_at          BIGINT NOT NULL CHECK (to_at > from_at),
		name           TEXT   NOT NULL,
		common_opening BIGINT NOT NULL,
		fund_opening   BIGINT NOT NULL,
		opening_reason TEXT   NOT NULL,
		differs        BOOLEAN NOT NULL,
		revenue        BIGINT NOT NULL,
		expense        BIGINT NOT NULL,
		fund_in        BIGINT NOT NULL,
		fund_use       BIGINT NOT NULL,
		common_closing BIGINT NOT NULL,
		fund_closing   BIGINT NOT NULL,
		lines          BIGINT NOT NULL CHECK (lines >= 0),
		note           TEXT   NOT NULL,
		replaces_id    TEXT,
		replace_reason TEXT   NOT NULL,
		published_at   BIGINT NOT NULL,
		published_by   TEXT   NOT NULL,
		PRIMARY KEY (community_id, id),
		UNIQUE (community_id, number),
		UNIQUE (community_id, replaces_id),
		FOREIGN KEY (community_id, replaces_id) REFERENCES disclosure (community_id, id),
		CHECK (common_closing = common_opening + revenue - expense),
		CHECK (fund_closing = fund_opening + fund_in - fund_use),
		CHECK (NOT differs OR opening_reason <> ''),
		CHECK ((replaces_id IS NULL) = (replace_reason = ''))
	)`,
	`CREATE TABLE disclosure_line (
		community_id  TEXT    NOT NULL,
		disclosure_id TEXT    NOT NULL,
		number        BIGINT  NOT NULL CHECK (number > 0),
		section       TEXT    NOT NULL CHECK (section IN ('revenue', 'expense', 'fund_in', 'fund_use')),
		item          TEXT    NOT NULL CHECK (item <> ''),
		place         TEXT    NOT NULL,
		meeting_id    TEXT    NOT NULL,
		position      BIGINT  NOT NULL,
		emergency_id  TEXT    NOT NULL,
		amount        BIGINT  NOT NULL,
		returned      BOOLEAN NOT NULL,
		note          TEXT    NOT NULL,
		PRIMARY KEY (community_id, disclosure_id, number),
		FOREIGN KEY (community_id, disclosure_id) REFERENCES disclosure (community_id, id),
		CHECK (returned AND amount < 0 OR NOT returned AND amount > 0),
		CHECK (section = 'fund_use' OR meeting_id = '' AND emergency_id = '')
	)`,
	`CREATE TABLE disclosure_question (
		community_id  TEXT   NOT NULL,
		id            TEXT   NOT NULL,
		disclosure_id TEXT   NOT NULL,
		number        BIGINT NOT NULL CHECK (number > 0),
		line          BIGINT NOT NULL CHECK (line >= 0),
		body          TEXT   NOT NULL CHECK (body <> ''),
		roster_id     TEXT   NOT NULL,
		voter_id      TEXT   NOT NULL,
		owner_id      TEXT   NOT NULL,
		asked_at      BIGINT NOT NULL,
		due_at        BIGINT NOT NULL,
		PRIMARY KEY (community_id, id),
		UNIQUE (community_id, number),
		FOREIGN KEY (community_id, disclosure_id) REFERENCES disclosure (community_id, id)
	)`,
	`CREATE INDEX disclosure_question_of ON disclosure_question (community_id, disclosure_id, number)`,
	`CREATE INDEX disclosure_question_due ON disclosure_question (due_at)`,
	`CREATE TABLE disclosure_answer (
		community_id TEXT   NOT NULL,
		question_id  TEXT   NOT NULL,
		body         TEXT   NOT NULL CHECK (body <> ''),
		at           BIGINT NOT NULL,
		made_by      TEXT   NOT NULL,
		PRIMARY KEY (community_id, question_id),
		FOREIGN KEY (community_id, question_id) REFERENCES disclosure_question (community_id, id)
	)`,
	`CREATE TABLE disclosure_hiding (
		community_id TEXT   NOT NULL,
		question_id  TEXT   NOT NULL,
		part         TEXT   NOT NULL CHECK (part IN ('question', 'answer')),
		reason       TEXT   NOT NULL CHECK (reason <> ''),
		at           BIGINT NOT NULL,
		made_by      TEXT   NOT NULL,
		PRIMARY KEY (community_id, question_id, part),
		FOREIGN KEY (community_id, question_id) REFERENCES disclosure_question (community_id, id)
	)`,
	`CREATE TABLE disclosure_day (
		community_id TEXT   NOT NULL REFERENCES community (id),
		number       BIGINT NOT NULL CHECK (number > 0),
		month        BIGINT NOT NULL CHECK (month BETWEEN 0 AND 12),
		day          BIGINT NOT NULL CHECK (day BETWEEN 0 AND 31),
		ground       TEXT   NOT NULL CHECK (ground <> ''),
		at           BIGINT NOT NULL,
		made_by      TEXT   NOT NULL,
		PRIMARY KEY (community_id, number),
		CHECK ((month = 0) = (day = 0))
	)`,
	`CREATE TABLE disclosure_file (
		community_id  TEXT   NOT NULL REFERENCES community (id),
		id            TEXT   NOT NULL,
		disclosure_id TEXT   NOT NULL,
		name          TEXT   NOT NULL,
		media_type    TEXT   NOT NULL,
		size          BIGINT NOT NULL,
		sha256        TEXT   NOT NULL,
		content       BYTEA,
		created_at    BIGINT NOT NULL,
		created_by    TEXT   NOT NULL,
		removed_at    BIGINT,
		removal       TEXT   NOT NULL,
		PRIMARY KEY (community_id, id),
		CHECK ((removed_at IS NULL) = (content IS NOT NULL) AND (removed_at IS NULL) = (removal = ''))
	)`,
	`CREATE INDEX disclosure_file_of ON disclosure_file (community_id, disclosure_id)`,
}

// disclosing is migration 57: the tables, and the triggers of those that are kept.
func disclosing(dialect Dialect) *goose.Migration {
	return making(dialect, 57, disclosures, disclosed, []string{"DROP TABLE disclosure_file", "DROP TABLE disclosure_day", "DROP TABLE disclosure_hiding", "DROP TABLE disclosure_answer",
		"DROP TABLE disclosure_question", "DROP TABLE disclosure_line", "DROP TABLE disclosure"})
}

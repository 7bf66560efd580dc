package migrations

import (
	"github.com/pressly/goose/v3"
)

// decided are the tables of migration 54 whose rows are kept.
var decided = []string{"committee_attendance", "committee_decision", "decision_order"}

// decisions are the meetings of committees, who was there, what was decided, and what authorities did about it. agenda is a
// JSON array of titles. settles is the number of the order that a row answers.
var decisions = []string{
	`CREATE TABLE committee_sitting (
		community_id TEXT   NOT NULL REFERENCES community (id),
		id           TEXT   NOT NULL,
		number       BIGINT NOT NULL,
		committee_id TEXT   NOT NULL,
		state        TEXT   NOT NULL CHECK (state IN ('called', 'held', 'cancelled')),
		called_by    TEXT   NOT NULL CHECK (called_by IN ('chair', 'members')),
		callers      BIGINT NOT NULL,
		held_at      BIGINT NOT NULL,
		place        TEXT   NOT NULL CHECK (place <> ''),
		agenda       TEXT   NOT NULL,
		called_at    BIGINT NOT NULL,
		called_id    TEXT   NOT NULL,
		reason       TEXT   NOT NULL,
		all_members  BIGINT NOT NULL,
		ended_at     BIGINT,
		ended_by     TEXT   NOT NULL,
		PRIMARY KEY (community_id, id),
		UNIQUE (community_id, number),
		FOREIGN KEY (community_id, committee_id) REFERENCES committee (community_id, id),
		CHECK ((state = 'called') = (ended_at IS NULL)),
		CHECK (state <> 'cancelled' OR reason <> ''),
		CHECK (state <> 'held' OR all_members > 0)
	)`,
	`CREATE INDEX committee_sitting_open ON committee_sitting (state, held_at)`,
	`CREATE TABLE committee_attendance (
		community_id TEXT    NOT NULL,
		sitting_id   TEXT    NOT NULL,
		member_id    TEXT    NOT NULL,
		signed       BOOLEAN NOT NULL,
		PRIMARY KEY (community_id, sitting_id, member_id),
		FOREIGN KEY (community_id, sitting_id) REFERENCES committee_sitting (community_id, id),
		FOREIGN KEY (community_id, member_id) REFERENCES committee_member (community_id, id)
	)`,
	`CREATE TABLE committee_decision (
		community_id TEXT    NOT NULL,
		id           TEXT    NOT NULL,
		sitting_id   TEXT    NOT NULL,
		number       BIGINT  NOT NULL,
		position     BIGINT  NOT NULL,
		title        TEXT    NOT NULL CHECK (title <> ''),
		body         TEXT    NOT NULL CHECK (body <> ''),
		basis        TEXT    NOT NULL,
		in_favour    BIGINT  NOT NULL CHECK (in_favour >= 0),
		against      BIGINT  NOT NULL CHECK (against >= 0),
		abstained    BIGINT  NOT NULL CHECK (abstained >= 0),
		passed       BOOLEAN NOT NULL,
		replaces_id  TEXT,
		PRIMARY KEY (community_id, id),
		UNIQUE (community_id, number),
		UNIQUE (community_id, sitting_id, position),
		UNIQUE (community_id, replaces_id),
		FOREIGN KEY (community_id, sitting_id) REFERENCES committee_sitting (community_id, id),
		FOREIGN KEY (community_id, replaces_id) REFERENCES committee_decision (community_id, id)
	)`,
	`CREATE TABLE decision_order (
		community_id TEXT   NOT NULL,
		id           TEXT   NOT NULL,
		decision_id  TEXT   NOT NULL,
		number       BIGINT NOT NULL,
		kind         TEXT   NOT NULL CHECK (kind IN ('correction_ordered', 'correction_reported', 'rectified', 'revoked', 'court_revoked')),
		settles      BIGINT NOT NULL,
		authority    TEXT   NOT NULL CHECK (authority IN ('street', 'district', 'convener')),
		name         TEXT   NOT NULL,
		breached     TEXT   NOT NULL,
		basis        TEXT   NOT NULL,
		body         TEXT   NOT NULL CHECK (body <> ''),
		limit_at     BIGINT NOT NULL,
		court        TEXT   NOT NULL,
		case_number  TEXT   NOT NULL,
		judged_on    TEXT   NOT NULL,
		at           BIGINT NOT NULL,
		made_by      TEXT   NOT NULL,
		PRIMARY KEY (community_id, id),
		UNIQUE (community_id, decision_id, number),
		FOREIGN KEY (community_id, decision_id) REFERENCES committee_decision (community_id, id)
	)`,
}

// deciding is migration 54: the tables, and the triggers of those that are kept.
func deciding(dialect Dialect) *goose.Migration {
	return making(dialect, 54, decisions, decided, []string{"DROP TABLE decision_order", "DROP TABLE committee_decision", "DROP TABLE committee_attendance", "DROP TABLE committee_sitting"})
}

package migrations

import (
	"slices"

	"github.com/pressly/goose/v3"
)

// handing are the tables of migration 60 whose rows are kept.
var handing = []string{"handover_party"}

// handingTables tell for which side of a handover an account acts, by the street's record, and as whom an item was signed
// for; an earlier signature says nothing of it. The entries of the register learn what follows where a vote falls that
// members rest on: who loses the seat, goes back to the alternates, or comes back; and whom a street appoints.
var handingTables = []string{
	`CREATE TABLE handover_party (
		community_id TEXT   NOT NULL,
		id           TEXT   NOT NULL,
		committee_id TEXT   NOT NULL,
		number       BIGINT NOT NULL CHECK (number > 0),
		account_id   TEXT   NOT NULL REFERENCES staff (id),
		side         TEXT   NOT NULL CHECK (side IN ('', 'outgoing', 'incoming')),
		document     TEXT   NOT NULL,
		at           BIGINT NOT NULL,
		made_by      TEXT   NOT NULL,
		PRIMARY KEY (community_id, id),
		UNIQUE (community_id, committee_id, number),
		FOREIGN KEY (community_id, committee_id) REFERENCES committee (community_id, id)
	)`,
	`ALTER TABLE handover_item ADD COLUMN given_as TEXT NOT NULL DEFAULT '' CHECK (given_as IN ('', 'outgoing', 'incoming', 'street'))`,
	`ALTER TABLE handover_item ADD COLUMN taken_as TEXT NOT NULL DEFAULT '' CHECK (taken_as IN ('', 'outgoing', 'incoming', 'street'))`,
	`ALTER TABLE handover_item ADD COLUMN refused_as TEXT NOT NULL DEFAULT '' CHECK (refused_as IN ('', 'outgoing', 'incoming', 'street'))`,
	`ALTER TABLE committee_entry RENAME TO committee_entry_before`,
	`CREATE TABLE committee_entry (
		community_id TEXT   NOT NULL,
		id           TEXT   NOT NULL,
		committee_id TEXT   NOT NULL,
		number       BIGINT NOT NULL CHECK (number > 0),
		kind         TEXT   NOT NULL CHECK (kind IN ('elected', 'entered', 'formed', 'took_office', 'constituted', 'certified', 'post', 'left', 'suspended', 'lifted',
		                                             'filled', 'joined', 'appointed', 'group', 'audit', 'handover_refused', 'handed_over', 'ended', 'dissolved', 'revoked',
		                                             'unseated', 'stood_back', 'reinstated')),
		member_id    TEXT,
		ground       TEXT   NOT NULL CHECK (ground IN ('', 'resigned', 'no_owner', 'incapable', 'died', 'convicted', 'disqualified', 'recalled',
		                                               'declined', 'term_over')),
		post         TEXT   NOT NULL CHECK (post IN ('', 'chair', 'deputy', 'member')),
		happened_at  BIGINT NOT NULL,
		until_at     BIGINT,
		reason       TEXT   NOT NULL,
		document     TEXT   NOT NULL,
		meeting_id   TEXT,
		matter       BIGINT NOT NULL,
		present      BIGINT NOT NULL,
		in_favour    BIGINT NOT NULL CHECK (in_favour <= present),
		at           BIGINT NOT NULL,
		authority    TEXT   NOT NULL CHECK (authority IN ('street', 'convener', 'system')),
		made_by      TEXT   NOT NULL,
		PRIMARY KEY (community_id, id),
		UNIQUE (community_id, committee_id, number),
		FOREIGN KEY (community_id, committee_id) REFERENCES committee (community_id, id),
		FOREIGN KEY (community_id, member_id) REFERENCES committee_member (community_id, id),
		FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
	)`,
	`INSERT INTO committee_entry (community_id, id, committee_id, number, kind, member_id, ground, post, happened_at, until_at, reason, document, meeting_id, matter,
		present, in_favour, at, authority, made_by)
		SELECT community_id, id, committee_id, number, kind, member_id, ground, post, happened_at, until_at, reason, document, meeting_id, matter,
		present, in_favour, at, authority, made_by FROM committee_entry_before`,
	`DROP TABLE committee_entry_before`, // and with it its triggers and the indexes of migration 58
	`CREATE INDEX committee_entry_joined ON committee_entry (community_id, committee_id, meeting_id) WHERE kind = 'joined'`,
	`CREATE INDEX committee_entry_handover ON committee_entry (community_id, committee_id, kind, at) WHERE kind IN ('handover_refused', 'handed_over')`,
}

// handingOver is migration 60: those tables, the triggers of the new one, and those of the entries anew. Undone it leaves the
// table of entries as it is, which holds what it held, and migration 50 takes its triggers away.
func handingOver(dialect Dialect) *goose.Migration {
	keep, _ := triggers(dialect, slices.Concat(handing, registered))
	_, let := triggers(dialect, handing)
	down := append(let, "DROP TABLE handover_party")
	for _, column := range []string{"given_as", "taken_as", "refused_as"} {
		down = append(down, "ALTER TABLE handover_item DROP COLUMN "+column)
	}
	return goose.NewGoMigration(60, &goose.GoFunc{RunTx: runEach(slices.Concat(handingTables, keep))}, &goose.GoFunc{RunTx: runEach(down)})
}

package migrations

import (
	"github.com/pressly/goose/v3"
)

// filed are the tables of migration 33 whose rows are kept. What the program printed into a package is closed under the
// field key, and so written again when that key changes; the hash of the package stays.
var filed = []string{"filing_package"}

// packageTables are those of the package that was handed in: its hash, and the files that it is put together from. A file
// that somebody had attached stands with the attachments, and stays there when it is taken off the list.
var packageTables = []string{
	`ALTER TABLE attachment ADD COLUMN removed_at BIGINT`,
	`CREATE TABLE filing_package (
		community_id TEXT   NOT NULL,
		filing_id    TEXT   NOT NULL,
		sha256       TEXT   NOT NULL,
		size         BIGINT NOT NULL CHECK (size > 0),
		made_at      BIGINT NOT NULL,
		PRIMARY KEY (community_id, filing_id),
		FOREIGN KEY (community_id, filing_id) REFERENCES filing (community_id, id)
	)`,
	`CREATE TABLE filing_document (
		community_id  TEXT   NOT NULL,
		filing_id     TEXT   NOT NULL,
		id            TEXT   NOT NULL,
		position      BIGINT NOT NULL,
		path          TEXT   NOT NULL CHECK (path <> ''),
		size          BIGINT NOT NULL,
		sha256        TEXT   NOT NULL,
		attachment_id TEXT,
		content       BYTEA,
		PRIMARY KEY (community_id, id),
		UNIQUE (community_id, filing_id, position),
		FOREIGN KEY (community_id, filing_id) REFERENCES filing_package (community_id, filing_id),
		FOREIGN KEY (community_id, attachment_id) REFERENCES attachment (community_id, id),
		CHECK ((attachment_id IS NULL) <> (content IS NULL))
	)`,
	`CREATE INDEX filing_document_attachment ON filing_document (community_id, attachment_id)`,
}

// packing is migration 33: the tables, and the triggers of the one that is kept, in one transaction.
func packing(dialect Dialect) *goose.Migration {
	return making(dialect, 33, packageTables, filed, []string{"DROP TABLE filing_document", "DROP TABLE filing_package", "ALTER TABLE attachment DROP COLUMN removed_at"})
}

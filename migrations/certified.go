package migrations

import (
	"github.com/pressly/goose/v3"
)

// certified are the tables of migration 47 whose rows are kept.
var certified = []string{"certificate_file", "certificate_signature", "seal_proof"}

// certifiedTables are what can be had of a certificate beside its page: a signed text that is checked without this
// server, the signatures of the street under it, and the note with which seals are engraved (印章刻制证明). A certificate
// from before has no file.
var certifiedTables = []string{
	`CREATE TABLE certificate_file (
		community_id TEXT   NOT NULL,
		filing_id    TEXT   NOT NULL,
		note         TEXT   NOT NULL CHECK (note <> ''),
		at           BIGINT NOT NULL,
		PRIMARY KEY (community_id, filing_id),
		FOREIGN KEY (community_id, filing_id) REFERENCES filing (community_id, id)
	)`,
	`CREATE TABLE certificate_signature (
		community_id TEXT   NOT NULL,
		filing_id    TEXT   NOT NULL,
		verifier_key TEXT   NOT NULL,
		line         TEXT   NOT NULL CHECK (line <> ''),
		signed_at    BIGINT NOT NULL,
		received_at  BIGINT NOT NULL,
		PRIMARY KEY (community_id, filing_id, verifier_key),
		FOREIGN KEY (community_id, filing_id) REFERENCES certificate_file (community_id, filing_id)
	)`,
	`CREATE TABLE seal_proof (
		community_id TEXT   NOT NULL,
		filing_id    TEXT   NOT NULL,
		prover       TEXT   NOT NULL CHECK (prover IN ('street', 'district')),
		issued_at    BIGINT NOT NULL,
		issued_by    TEXT   NOT NULL,
		PRIMARY KEY (community_id, filing_id),
		FOREIGN KEY (community_id, filing_id) REFERENCES filing (community_id, id)
	)`,
}

// certifying is migration 47: those tables with their triggers.
func certifying(dialect Dialect) *goose.Migration {
	return making(dialect, 47, certifiedTables, certified, []string{"DROP TABLE seal_proof", "DROP TABLE certificate_signature", "DROP TABLE certificate_file"})
}

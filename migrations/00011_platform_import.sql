-- +goose Up
-- A city's voting platform whose result is imported (导入): announced with the meeting, or empty; and what counts where a
-- voter answered there and here.
ALTER TABLE meeting ADD COLUMN platform TEXT NOT NULL DEFAULT '';
ALTER TABLE meeting ADD COLUMN channel_conflict TEXT NOT NULL DEFAULT ''
    CHECK (channel_conflict IN ('', 'first_valid', 'electronic_wins', 'paper_wins', 'identical_else_void'));

-- A file of the platform, handed in by one person and once more by another of another role. Of the first one nothing is
-- kept but its hash and a keyed hash of its content; with the second one its ballots are recorded.
CREATE TABLE platform_import (
    community_id   TEXT   NOT NULL,
    meeting_id     TEXT   NOT NULL,
    number         BIGINT NOT NULL CHECK (number > 0),
    id             TEXT   NOT NULL,
    state          TEXT   NOT NULL CHECK (state IN ('waiting', 'effective', 'replaced', 'withdrawn')),
    received_from  TEXT   NOT NULL,
    file_name      TEXT   NOT NULL,
    file_sha256    TEXT   NOT NULL,
    content_mac    BYTEA  NOT NULL,
    columns        TEXT   NOT NULL,
    row_count      BIGINT NOT NULL CHECK (row_count >= 0),
    voters         BIGINT NOT NULL CHECK (voters >= 0),
    also_voted     BIGINT NOT NULL CHECK (also_voted >= 0),
    replaces       TEXT,
    reason         TEXT   NOT NULL,
    first_by       TEXT   NOT NULL,
    first_role     TEXT   NOT NULL,
    first_at       BIGINT NOT NULL,
    second_by      TEXT   NOT NULL,
    second_sha256  TEXT   NOT NULL,
    effective_at   BIGINT,
    ended_at       BIGINT,
    leaf_index     BIGINT,
    salt           BYTEA,
    PRIMARY KEY (community_id, meeting_id, number),
    UNIQUE (community_id, id),
    CHECK (first_by <> second_by),
    FOREIGN KEY (community_id, replaces) REFERENCES platform_import (community_id, id),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
);

-- What one voter answered on the platform, sealed as every ballot. It stands beside the voter's own ballot, if there is
-- one: which of the two counts is announced, and said by the count.
CREATE TABLE imported_ballot (
    community_id TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL,
    import_id    TEXT   NOT NULL,
    voter_id     TEXT   NOT NULL,
    leaf_index   BIGINT NOT NULL,
    cast_at      BIGINT NOT NULL,
    serials      TEXT   NOT NULL,
    receipt_hash BYTEA  NOT NULL,
    group_id     TEXT   NOT NULL,
    sealed       BYTEA  NOT NULL,
    PRIMARY KEY (community_id, import_id, voter_id),
    UNIQUE (community_id, meeting_id, leaf_index),
    FOREIGN KEY (community_id, import_id) REFERENCES platform_import (community_id, id),
    FOREIGN KEY (community_id, voter_id) REFERENCES voter (community_id, id),
    FOREIGN KEY (community_id, group_id) REFERENCES seal_group (community_id, id)
);
CREATE INDEX imported_ballot_voter ON imported_ballot (meeting_id, voter_id);
CREATE UNIQUE INDEX imported_ballot_receipt ON imported_ballot (receipt_hash);

-- Written once, by the count after the close, as opened_ballot is; those of a replaced import stay sealed.
CREATE TABLE opened_import (
    community_id TEXT  NOT NULL,
    meeting_id   TEXT  NOT NULL,
    import_id    TEXT  NOT NULL,
    voter_id     TEXT  NOT NULL,
    choices      TEXT  NOT NULL,
    salt         BYTEA NOT NULL,
    PRIMARY KEY (community_id, import_id, voter_id),
    FOREIGN KEY (community_id, import_id, voter_id) REFERENCES imported_ballot (community_id, import_id, voter_id)
);

-- The ledger has one more type of leaf. SQLite cannot change a CHECK, so that the table is made anew and filled.
ALTER TABLE ledger_leaf RENAME TO ledger_leaf_before;
CREATE TABLE ledger_leaf (
    community_id TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL,
    idx          BIGINT NOT NULL,
    kind         TEXT   NOT NULL CHECK (kind IN ('open', 'ballot', 'paper', 'void', 'unvoid', 'objection', 'answer', 'amend',
                                                 'extend', 'close', 'result', 'lot', 'certify', 'access', 'import')),
    body         BYTEA  NOT NULL,
    PRIMARY KEY (community_id, meeting_id, idx),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
);
INSERT INTO ledger_leaf SELECT community_id, meeting_id, idx, kind, body FROM ledger_leaf_before;
DROP TABLE ledger_leaf_before;

-- +goose Down
-- A log that holds an import cannot go back: the copy fails rather than lose a leaf.
ALTER TABLE ledger_leaf RENAME TO ledger_leaf_after;
CREATE TABLE ledger_leaf (
    community_id TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL,
    idx          BIGINT NOT NULL,
    kind         TEXT   NOT NULL CHECK (kind IN ('open', 'ballot', 'paper', 'void', 'unvoid', 'objection', 'answer', 'amend',
                                                 'extend', 'close', 'result', 'lot', 'certify', 'access')),
    body         BYTEA  NOT NULL,
    PRIMARY KEY (community_id, meeting_id, idx),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
);
INSERT INTO ledger_leaf SELECT community_id, meeting_id, idx, kind, body FROM ledger_leaf_after;
DROP TABLE ledger_leaf_after;
DROP TABLE opened_import;
DROP TABLE imported_ballot;
DROP TABLE platform_import;
ALTER TABLE meeting DROP COLUMN channel_conflict;
ALTER TABLE meeting DROP COLUMN platform;

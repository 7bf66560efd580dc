-- +goose Up
-- A ballot is checked against the frozen roster in memory and written under the lock of its log's head. The database's
-- own look-up of meeting, voter and key for every row cost more than the row, and each look-up locked the row it found:
-- the checks of one row go, the keys that make a second ballot or a second leaf impossible stay.
ALTER TABLE opened_ballot RENAME TO opened_ballot_before;
DROP INDEX IF EXISTS ballot_voter; -- gone already where this was undone before
DROP INDEX ballot_receipt;
ALTER TABLE ballot RENAME TO ballot_before;
CREATE TABLE ballot (
    community_id TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL,
    voter_id     TEXT   NOT NULL,
    revision     BIGINT NOT NULL,
    owner_id     TEXT   NOT NULL,
    channel      TEXT   NOT NULL CHECK (channel IN ('online', 'paper', 'onsite', 'proxy', 'imported')),
    evidence_id  TEXT   NOT NULL,
    leaf_index   BIGINT NOT NULL,
    cast_at      BIGINT NOT NULL,
    receipt_hash BYTEA  NOT NULL,
    idem_key     TEXT   NOT NULL,
    body_mac     BYTEA  NOT NULL,
    group_id     TEXT   NOT NULL,
    sealed       BYTEA  NOT NULL,
    PRIMARY KEY (community_id, meeting_id, voter_id, revision),
    UNIQUE (community_id, meeting_id, leaf_index)
);
CREATE UNIQUE INDEX ballot_receipt ON ballot (receipt_hash);
INSERT INTO ballot (community_id, meeting_id, voter_id, revision, owner_id, channel, evidence_id, leaf_index, cast_at,
                    receipt_hash, idem_key, body_mac, group_id, sealed)
    SELECT community_id, meeting_id, voter_id, revision, owner_id, channel, evidence_id, leaf_index, cast_at,
           receipt_hash, idem_key, body_mac, group_id, sealed FROM ballot_before;
CREATE TABLE opened_ballot (
    community_id TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL,
    voter_id     TEXT   NOT NULL,
    revision     BIGINT NOT NULL,
    choices      TEXT   NOT NULL,
    salt         BYTEA  NOT NULL,
    PRIMARY KEY (community_id, meeting_id, voter_id, revision),
    FOREIGN KEY (community_id, meeting_id, voter_id, revision) REFERENCES ballot (community_id, meeting_id, voter_id, revision)
);
INSERT INTO opened_ballot (community_id, meeting_id, voter_id, revision, choices, salt)
    SELECT community_id, meeting_id, voter_id, revision, choices, salt FROM opened_ballot_before;
DROP TABLE opened_ballot_before;
DROP TABLE ballot_before;

ALTER TABLE ledger_leaf RENAME TO ledger_leaf_before;
CREATE TABLE ledger_leaf (
    community_id TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL,
    idx          BIGINT NOT NULL,
    kind         TEXT   NOT NULL CHECK (kind IN ('open', 'ballot', 'paper', 'void', 'unvoid', 'objection', 'answer', 'amend',
                                                 'extend', 'close', 'result', 'lot', 'certify', 'access', 'import')),
    body         BYTEA  NOT NULL,
    PRIMARY KEY (community_id, meeting_id, idx)
);
INSERT INTO ledger_leaf (community_id, meeting_id, idx, kind, body)
    SELECT community_id, meeting_id, idx, kind, body FROM ledger_leaf_before;
DROP TABLE ledger_leaf_before;

-- How far the owners of recorded ballots have been told: every ballot of a leaf from here on is still to be put into
-- the outbox. A ballot and the duty to tell of it are one row, so that neither can be without the other.
CREATE TABLE ballot_told (
    community_id TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL,
    next_index   BIGINT NOT NULL,
    PRIMARY KEY (community_id, meeting_id),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
);
INSERT INTO ballot_told (community_id, meeting_id, next_index) SELECT community_id, meeting_id, size FROM log_head;

-- +goose Down
-- The tables of ballots and leaves stay as they are: they hold what they held.
DROP TABLE ballot_told;

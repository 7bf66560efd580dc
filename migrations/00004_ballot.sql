-- +goose Up
-- Casting and closing lock the same row: no ballot leaf can follow the close leaf. The edge holds the
-- peaks of the Merkle tree, so that appending reads no leaf.
CREATE TABLE log_head (
    community_id TEXT    NOT NULL,
    meeting_id   TEXT    NOT NULL,
    size         BIGINT  NOT NULL,
    edge         BYTEA   NOT NULL,
    last_at      BIGINT  NOT NULL,
    closed       BOOLEAN NOT NULL,
    PRIMARY KEY (community_id, meeting_id),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
);

CREATE TABLE ledger_leaf (
    community_id TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL,
    idx          BIGINT NOT NULL,
    kind         TEXT   NOT NULL CHECK (kind IN ('open', 'ballot', 'paper', 'void', 'unvoid', 'objection', 'answer', 'amend',
                                                 'extend', 'close', 'result', 'certify', 'access')),
    body         BYTEA  NOT NULL,
    PRIMARY KEY (community_id, meeting_id, idx),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
);

CREATE TABLE checkpoint (
    community_id TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL,
    size         BIGINT NOT NULL,
    note         TEXT   NOT NULL,
    at           BIGINT NOT NULL,
    PRIMARY KEY (community_id, meeting_id, size),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
);

-- One data key per commit group, readable only with the meeting's private key.
CREATE TABLE seal_group (
    community_id TEXT  NOT NULL,
    meeting_id   TEXT  NOT NULL,
    id           TEXT  NOT NULL,
    wrapped_key  BYTEA NOT NULL,
    PRIMARY KEY (community_id, id),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
);

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
    UNIQUE (community_id, meeting_id, leaf_index),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id),
    FOREIGN KEY (community_id, voter_id) REFERENCES voter (community_id, id),
    FOREIGN KEY (community_id, group_id) REFERENCES seal_group (community_id, id)
);
CREATE INDEX ballot_voter ON ballot (meeting_id, voter_id);
CREATE UNIQUE INDEX ballot_receipt ON ballot (receipt_hash);

-- Written once, by the count after the close.
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

-- +goose Down
DROP TABLE opened_ballot;
DROP TABLE ballot;
DROP TABLE seal_group;
DROP TABLE checkpoint;
DROP TABLE ledger_leaf;
DROP TABLE log_head;

-- +goose Up
CREATE TABLE meeting (
    community_id    TEXT    NOT NULL REFERENCES community (id),
    id              TEXT    NOT NULL,
    roster_id       TEXT    NOT NULL,
    state           TEXT    NOT NULL CHECK (state IN ('draft', 'noticed', 'voting', 'closed', 'tallied', 'preliminary',
                                                      'published', 'cancelled', 'under_correction', 'void_rerun', 'revoked')),
    title           TEXT    NOT NULL,
    convener_kind   TEXT    NOT NULL CHECK (convener_kind IN ('preparation_group', 'committee', 'renewal_group',
                                                              'property_management_committee', 'street', 'residents_committee')),
    convener_name   TEXT    NOT NULL,
    contact         TEXT    NOT NULL,
    place           TEXT    NOT NULL,
    opens_at        BIGINT  NOT NULL,
    closes_at       BIGINT  NOT NULL,
    objection_days  BIGINT  NOT NULL CHECK (objection_days >= 0),
    policies        TEXT    NOT NULL,
    pack            TEXT    NOT NULL,
    notice_hash     TEXT    NOT NULL,
    seal_public     BYTEA,
    seal_private    BYTEA,
    created_at      BIGINT  NOT NULL,
    created_by      TEXT    NOT NULL,
    noticed_at      BIGINT,
    opened_at       BIGINT,
    closed_at       BIGINT,
    tallied_at      BIGINT,
    preliminary_at  BIGINT,
    objection_until BIGINT,
    published_at    BIGINT,
    reason          TEXT    NOT NULL,
    PRIMARY KEY (community_id, id),
    CHECK (opens_at < closes_at),
    FOREIGN KEY (community_id, roster_id) REFERENCES roster (community_id, id)
);
CREATE UNIQUE INDEX meeting_id ON meeting (id);
CREATE INDEX meeting_due ON meeting (state, opens_at, closes_at);

CREATE TABLE matter (
    community_id TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    position     BIGINT NOT NULL,
    kind         TEXT   NOT NULL CHECK (kind IN ('motion', 'election', 'selection', 'consult')),
    item         BIGINT NOT NULL,
    method       TEXT   NOT NULL CHECK (method IN ('', 'approval_each', 'pick')),
    title        TEXT   NOT NULL,
    body         TEXT   NOT NULL,
    rule         TEXT   NOT NULL,
    PRIMARY KEY (community_id, id),
    UNIQUE (community_id, meeting_id, position),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
);

CREATE TABLE attachment (
    community_id TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    stage        TEXT   NOT NULL CHECK (stage IN ('notice', 'filing')),
    name         TEXT   NOT NULL,
    media_type   TEXT   NOT NULL,
    size         BIGINT NOT NULL,
    sha256       TEXT   NOT NULL,
    content      BYTEA  NOT NULL,
    created_at   BIGINT NOT NULL,
    created_by   TEXT   NOT NULL,
    PRIMARY KEY (community_id, id),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
);
CREATE INDEX attachment_meeting ON attachment (community_id, meeting_id);

-- The sheet's QR leads to a voter of one meeting; token and serial are derived, only their hashes are kept.
CREATE TABLE locator (
    community_id TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL,
    voter_id     TEXT   NOT NULL,
    token_hash   BYTEA  NOT NULL UNIQUE,
    serial_hash  BYTEA  NOT NULL UNIQUE,
    expires_at   BIGINT NOT NULL,
    PRIMARY KEY (community_id, meeting_id, voter_id),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id),
    FOREIGN KEY (community_id, voter_id) REFERENCES voter (community_id, id)
);

CREATE TABLE one_time_code (
    community_id TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    voter_id     TEXT   NOT NULL,
    owner_id     TEXT   NOT NULL,
    mac          BYTEA  NOT NULL,
    tries        BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    used_at      BIGINT,
    PRIMARY KEY (community_id, id),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
);
CREATE UNIQUE INDEX one_time_code_id ON one_time_code (id);
CREATE INDEX one_time_code_voter ON one_time_code (community_id, meeting_id, voter_id, created_at);

-- +goose Down
DROP TABLE one_time_code;
DROP TABLE locator;
DROP TABLE attachment;
DROP TABLE matter;
DROP TABLE meeting;

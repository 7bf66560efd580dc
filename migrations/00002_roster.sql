-- +goose Up
CREATE TABLE roster (
    community_id    TEXT   NOT NULL REFERENCES community (id),
    id              TEXT   NOT NULL,
    version         BIGINT NOT NULL,
    state           TEXT   NOT NULL CHECK (state IN ('draft', 'published', 'frozen', 'superseded')),
    source_name     TEXT   NOT NULL,
    source_sha256   TEXT   NOT NULL,
    parking_area    BOOLEAN NOT NULL,
    parking_heads   BOOLEAN NOT NULL,
    units           BIGINT NOT NULL,
    heads           BIGINT NOT NULL,
    area_cm2        BIGINT NOT NULL,
    summary         TEXT   NOT NULL,
    root            TEXT   NOT NULL,
    created_at      BIGINT NOT NULL,
    created_by      TEXT   NOT NULL,
    published_at    BIGINT,
    objection_until BIGINT,
    frozen_at       BIGINT,
    PRIMARY KEY (community_id, id),
    UNIQUE (community_id, version)
);

CREATE TABLE voter (
    community_id TEXT   NOT NULL,
    roster_id    TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    kind         TEXT   NOT NULL CHECK (kind IN ('owners', 'developer')),
    position     BIGINT NOT NULL,
    label        TEXT   NOT NULL,
    heads        BIGINT NOT NULL CHECK (heads IN (0, 1)),
    area_cm2     BIGINT NOT NULL CHECK (area_cm2 >= 0),
    PRIMARY KEY (community_id, id),
    UNIQUE (community_id, roster_id, position),
    FOREIGN KEY (community_id, roster_id) REFERENCES roster (community_id, id)
);

CREATE TABLE unit (
    community_id TEXT    NOT NULL,
    roster_id    TEXT    NOT NULL,
    id           TEXT    NOT NULL,
    voter_id     TEXT    NOT NULL,
    position     BIGINT  NOT NULL,
    slot         BIGINT  NOT NULL,
    salt         BYTEA   NOT NULL,
    building     TEXT    NOT NULL,
    stair        TEXT    NOT NULL,
    room         TEXT    NOT NULL,
    usage        TEXT    NOT NULL,
    area_cm2     BIGINT  NOT NULL CHECK (area_cm2 > 0),
    area_source  TEXT    NOT NULL,
    certificate  TEXT    NOT NULL,
    developer    BOOLEAN NOT NULL,
    counts_area  BOOLEAN NOT NULL,
    counts_heads BOOLEAN NOT NULL,
    PRIMARY KEY (community_id, id),
    UNIQUE (community_id, roster_id, building, stair, room),
    FOREIGN KEY (community_id, roster_id) REFERENCES roster (community_id, id),
    FOREIGN KEY (community_id, voter_id) REFERENCES voter (community_id, id)
);
CREATE INDEX unit_voter ON unit (community_id, voter_id);

-- Numbers and phones are encrypted field by field and found again by a keyed blind index.
CREATE TABLE owner (
    community_id TEXT  NOT NULL,
    roster_id    TEXT  NOT NULL,
    id           TEXT  NOT NULL,
    name         TEXT  NOT NULL,
    id_kind      TEXT  NOT NULL,
    id_number    BYTEA,
    id_index     BYTEA,
    phone        BYTEA,
    phone_index  BYTEA,
    PRIMARY KEY (community_id, id),
    FOREIGN KEY (community_id, roster_id) REFERENCES roster (community_id, id)
);
CREATE INDEX owner_id_index ON owner (community_id, roster_id, id_index);
CREATE INDEX owner_phone_index ON owner (community_id, roster_id, phone_index);

CREATE TABLE voter_owner (
    community_id TEXT   NOT NULL,
    voter_id     TEXT   NOT NULL,
    owner_id     TEXT   NOT NULL,
    position     BIGINT NOT NULL,
    PRIMARY KEY (community_id, voter_id, owner_id),
    FOREIGN KEY (community_id, voter_id) REFERENCES voter (community_id, id),
    FOREIGN KEY (community_id, owner_id) REFERENCES owner (community_id, id)
);

-- +goose Down
DROP TABLE voter_owner;
DROP TABLE owner;
DROP TABLE unit;
DROP TABLE voter;
DROP TABLE roster;

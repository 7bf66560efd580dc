-- +goose Up
-- One portable set for SQLite and PostgreSQL. Times are BIGINT Unix milliseconds, areas BIGINT cm².
-- One row: what only the right keys open or make. It stops a start with lost or foreign keys.
CREATE TABLE installation (
    id           TEXT   NOT NULL PRIMARY KEY,
    field_canary BYTEA  NOT NULL,
    seal_canary  BYTEA  NOT NULL,
    token_check  BYTEA  NOT NULL,
    log_key      BYTEA  NOT NULL,
    created_at   BIGINT NOT NULL
);

CREATE TABLE district (
    id         TEXT   NOT NULL PRIMARY KEY,
    name       TEXT   NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);

CREATE TABLE street (
    id          TEXT   NOT NULL PRIMARY KEY,
    district_id TEXT   NOT NULL REFERENCES district (id),
    name        TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    UNIQUE (district_id, name)
);

CREATE TABLE community (
    id         TEXT   NOT NULL PRIMARY KEY,
    street_id  TEXT   NOT NULL REFERENCES street (id),
    name       TEXT   NOT NULL,
    place      TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (street_id, name)
);

CREATE TABLE staff (
    id            TEXT   NOT NULL PRIMARY KEY,
    login         TEXT   NOT NULL UNIQUE,
    name          TEXT   NOT NULL,
    role          TEXT   NOT NULL CHECK (role IN ('operator', 'district', 'street', 'convener', 'teller')),
    district_id   TEXT   REFERENCES district (id),
    street_id     TEXT   REFERENCES street (id),
    community_id  TEXT   REFERENCES community (id),
    password_hash TEXT   NOT NULL,
    created_at    BIGINT NOT NULL,
    disabled_at   BIGINT,
    CHECK (
        (role = 'operator' AND district_id IS NULL AND street_id IS NULL AND community_id IS NULL)
        OR (role = 'district' AND district_id IS NOT NULL AND street_id IS NULL AND community_id IS NULL)
        OR (role = 'street' AND district_id IS NULL AND street_id IS NOT NULL AND community_id IS NULL)
        OR (role IN ('convener', 'teller') AND district_id IS NULL AND street_id IS NULL AND community_id IS NOT NULL)
    )
);

CREATE TABLE staff_session (
    token_hash BYTEA  NOT NULL PRIMARY KEY,
    staff_id   TEXT   NOT NULL REFERENCES staff (id),
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at   BIGINT
);

-- Counters behind every limit of security.md section 5. The bucket is a keyed hash, never an address or a phone.
CREATE TABLE limit_counter (
    bucket       TEXT   NOT NULL,
    window_start BIGINT NOT NULL,
    hits         BIGINT NOT NULL,
    PRIMARY KEY (bucket, window_start)
);

CREATE TABLE audit (
    community_id TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    at           BIGINT NOT NULL,
    actor_role   TEXT   NOT NULL,
    actor_id     TEXT   NOT NULL,
    act          TEXT   NOT NULL,
    subject      TEXT   NOT NULL,
    subject_id   TEXT   NOT NULL,
    detail       TEXT   NOT NULL,
    PRIMARY KEY (community_id, id)
);
CREATE INDEX audit_subject ON audit (community_id, subject_id, at);

-- +goose Down
DROP TABLE audit;
DROP TABLE limit_counter;
DROP TABLE staff_session;
DROP TABLE staff;
DROP TABLE community;
DROP TABLE street;
DROP TABLE district;
DROP TABLE installation;

-- +goose Up
-- An export of the 不动产登记簿 that a stored version is compared with, until a draft follows it or two weeks have gone
-- by. It is closed under the field key.
CREATE TABLE version_register (
    community_id TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    sha256       TEXT   NOT NULL,
    file         BYTEA  NOT NULL,
    created_at   BIGINT NOT NULL,
    created_by   TEXT   NOT NULL,
    PRIMARY KEY (community_id, id),
    FOREIGN KEY (community_id, id) REFERENCES roster (community_id, id)
);

-- +goose Down
DROP TABLE version_register;

-- +goose Up
-- An export of the 不动产登记簿 that lies beside a spreadsheet on the desk and is compared with it. It is closed under
-- the field key like the file itself, and goes with it.
CREATE TABLE roster_register (
    community_id TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    sha256       TEXT   NOT NULL,
    file         BYTEA  NOT NULL,
    created_at   BIGINT NOT NULL,
    created_by   TEXT   NOT NULL,
    PRIMARY KEY (community_id, id),
    FOREIGN KEY (community_id, id) REFERENCES roster_intake (community_id, id) ON DELETE CASCADE
);

-- +goose Down
DROP TABLE roster_register;

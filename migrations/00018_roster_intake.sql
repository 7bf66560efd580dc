-- +goose Up
-- A spreadsheet on the desk of a convener: read, mended and confirmed before anything of it becomes a roster. Both
-- the file and what people told about it are closed under the field key; the row goes when the roster is made, when
-- it is discarded, or when it expires.
CREATE TABLE roster_intake (
    community_id  TEXT    NOT NULL REFERENCES community (id),
    id            TEXT    NOT NULL,
    name          TEXT    NOT NULL,
    sha256        TEXT    NOT NULL,
    file          BYTEA   NOT NULL,
    work          BYTEA   NOT NULL,
    revision      BIGINT  NOT NULL CHECK (revision > 0),
    parking_area  BOOLEAN NOT NULL,
    parking_heads BOOLEAN NOT NULL,
    created_at    BIGINT  NOT NULL,
    created_by    TEXT    NOT NULL,
    PRIMARY KEY (community_id, id)
);
CREATE INDEX roster_intake_age ON roster_intake (created_at);

-- What people told about the file that a roster was made of, kept for the next file.
CREATE TABLE roster_work (
    community_id TEXT  NOT NULL,
    id           TEXT  NOT NULL,
    work         BYTEA NOT NULL,
    PRIMARY KEY (community_id, id),
    FOREIGN KEY (community_id, id) REFERENCES roster (community_id, id)
);

-- +goose Down
DROP TABLE roster_work;
DROP TABLE roster_intake;

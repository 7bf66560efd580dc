-- +goose Up
CREATE TABLE result (
    community_id TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    stage        TEXT   NOT NULL CHECK (stage IN ('preliminary', 'final')),
    body         TEXT   NOT NULL,
    sha256       TEXT   NOT NULL,
    at           BIGINT NOT NULL,
    made_by      TEXT   NOT NULL,
    PRIMARY KEY (community_id, id),
    UNIQUE (community_id, meeting_id, stage),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
);

CREATE TABLE objection (
    community_id TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    number       BIGINT NOT NULL,
    state        TEXT   NOT NULL CHECK (state IN ('open', 'answered', 'withdrawn')),
    subject      TEXT   NOT NULL CHECK (subject IN ('roster', 'matter', 'ballot', 'procedure')),
    raised_by    TEXT   NOT NULL,
    body         TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    recorded_by  TEXT   NOT NULL,
    verdict      TEXT   NOT NULL CHECK (verdict IN ('', 'upheld', 'dismissed')),
    answer       TEXT   NOT NULL,
    answered_at  BIGINT,
    answered_by  TEXT   NOT NULL,
    PRIMARY KEY (community_id, id),
    UNIQUE (community_id, meeting_id, number),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
);

-- Each hand-in is a row of its own; a returned one stays as it was.
CREATE TABLE filing (
    community_id  TEXT   NOT NULL,
    meeting_id    TEXT   NOT NULL,
    id            TEXT   NOT NULL,
    version       BIGINT NOT NULL,
    state         TEXT   NOT NULL CHECK (state IN ('draft', 'submitted', 'returned', 'certified', 'refused', 'withdrawn', 'cancelled')),
    remark        TEXT   NOT NULL,
    record        TEXT   NOT NULL,
    record_sha256 TEXT   NOT NULL,
    submitted_at  BIGINT NOT NULL,
    submitted_by  TEXT   NOT NULL,
    decided_at    BIGINT,
    decided_by    TEXT   NOT NULL,
    reasons       TEXT   NOT NULL,
    checks        TEXT   NOT NULL,
    number        TEXT,
    check_code    TEXT,
    PRIMARY KEY (community_id, id),
    UNIQUE (community_id, meeting_id, version),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
);
CREATE UNIQUE INDEX filing_check_code ON filing (check_code);
CREATE UNIQUE INDEX filing_number ON filing (number);

-- +goose Down
DROP TABLE filing;
DROP TABLE objection;
DROP TABLE result;

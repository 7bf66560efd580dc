-- +goose Up
-- A frozen roster is never changed. What is found wrong afterwards (a court document, a survey) makes a new version
-- for later meetings: proposed by one account, approved by another of another role, and visible to everybody.
CREATE TABLE roster_amendment (
    community_id TEXT   NOT NULL,
    roster_id    TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    number       BIGINT NOT NULL,
    state        TEXT   NOT NULL CHECK (state IN ('proposed', 'approved', 'refused', 'withdrawn')),
    reason       TEXT   NOT NULL,
    unit_id      TEXT   NOT NULL,
    place        TEXT   NOT NULL,
    what         TEXT   NOT NULL,
    before       TEXT   NOT NULL,
    after        TEXT   NOT NULL,
    heads_before BIGINT NOT NULL,
    area_before  BIGINT NOT NULL,
    heads_after  BIGINT NOT NULL,
    area_after   BIGINT NOT NULL,
    root_before  TEXT   NOT NULL,
    root_after   TEXT   NOT NULL,
    digest       TEXT   NOT NULL,
    correction   BYTEA  NOT NULL,
    owners       BYTEA,
    proposed_at  BIGINT NOT NULL,
    proposed_by  TEXT   NOT NULL,
    decided_at   BIGINT,
    decided_by   TEXT   NOT NULL,
    refusal      TEXT   NOT NULL,
    next_id      TEXT   NOT NULL,
    PRIMARY KEY (community_id, id),
    UNIQUE (community_id, number),
    CHECK (proposed_by <> decided_by OR state = 'withdrawn'),
    CHECK ((state = 'approved') = (next_id <> '')),
    FOREIGN KEY (community_id, roster_id) REFERENCES roster (community_id, id)
);
CREATE INDEX roster_amendment_next ON roster_amendment (community_id, next_id);

-- +goose Down
DROP TABLE roster_amendment;

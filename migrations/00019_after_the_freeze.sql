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

-- Who acts for a voter of a frozen roster: one of the co-owners, a guardian, whoever acts for a body, or who bought the home
-- since. Proposed by one account, approved by another of another role; the newest that is approved holds. A person who is no
-- owner is a row of owner without a voter.
CREATE TABLE mandate (
    community_id TEXT   NOT NULL,
    roster_id    TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    number       BIGINT NOT NULL,
    kind         TEXT   NOT NULL CHECK (kind IN ('voting_person', 'guardian', 'legal_representative', 'authorised', 'buyer', 'own')),
    state        TEXT   NOT NULL CHECK (state IN ('proposed', 'approved', 'refused', 'withdrawn')),
    voter_id     TEXT   NOT NULL,
    unit_id      TEXT   NOT NULL,
    place        TEXT   NOT NULL,
    owner_id     TEXT   NOT NULL,
    person_id    TEXT   NOT NULL,
    document     TEXT   NOT NULL,
    reason       TEXT   NOT NULL,
    acts         BOOLEAN NOT NULL,
    carried_from TEXT   NOT NULL,
    proposed_at  BIGINT NOT NULL,
    proposed_by  TEXT   NOT NULL,
    decided_at   BIGINT,
    decided_by   TEXT   NOT NULL,
    refusal      TEXT   NOT NULL,
    PRIMARY KEY (community_id, id),
    UNIQUE (community_id, number),
    CHECK (proposed_by <> decided_by OR state = 'withdrawn'),
    FOREIGN KEY (community_id, roster_id) REFERENCES roster (community_id, id)
);
CREATE INDEX mandate_voter ON mandate (community_id, voter_id);
-- How many times it changed who acts for the voters of a meeting: casting looks again when it did.
ALTER TABLE log_head ADD COLUMN mandates BIGINT NOT NULL DEFAULT 0;
CREATE INDEX mandate_roster ON mandate (community_id, roster_id);

-- +goose Down
ALTER TABLE log_head DROP COLUMN mandates;
DROP TABLE mandate;
DROP TABLE roster_amendment;

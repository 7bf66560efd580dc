-- +goose Up
-- Sheets that were handed in on paper, read by two people who do not see each other's entry. A row is one
-- round of a sheet: its first entry waits sealed to the meeting's key, beside a keyed hash that the second is
-- compared with; both are wiped when the round ends. A round that ended is never taken up again.
CREATE TABLE paper_entry (
    community_id TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL,
    voter_id     TEXT   NOT NULL,
    round        BIGINT NOT NULL CHECK (round > 0),
    id           TEXT   NOT NULL,
    state        TEXT   NOT NULL CHECK (state IN ('waiting', 'recorded', 'disputed', 'withdrawn', 'duplicate')),
    first_by     TEXT   NOT NULL,
    first_at     BIGINT NOT NULL,
    second_by    TEXT   NOT NULL,
    ended_at     BIGINT,
    mac          BYTEA,
    wrapped_key  BYTEA,
    sealed       BYTEA,
    PRIMARY KEY (community_id, meeting_id, voter_id, round),
    UNIQUE (community_id, id),
    CHECK (first_by <> second_by),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id),
    FOREIGN KEY (community_id, voter_id) REFERENCES voter (community_id, id)
);

-- +goose Down
DROP TABLE paper_entry;

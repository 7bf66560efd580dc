-- +goose Up
-- A sample of the street (抽样回访), from its announcement to what it shows. A round that was withdrawn or ended stays.
CREATE TABLE sample (
    community_id  TEXT   NOT NULL,
    meeting_id    TEXT   NOT NULL,
    round         BIGINT NOT NULL CHECK (round > 0),
    state         TEXT   NOT NULL CHECK (state IN ('announced', 'recorded', 'drawn', 'ended', 'withdrawn')),
    plan          TEXT   NOT NULL,
    due_at        BIGINT NOT NULL,
    place         TEXT   NOT NULL,
    manner        TEXT   NOT NULL,
    digits        BIGINT NOT NULL CHECK (digits BETWEEN 4 AND 20),
    announced_at  BIGINT NOT NULL,
    announced_by  TEXT   NOT NULL,
    number        TEXT   NOT NULL,
    number_at     BIGINT NOT NULL,
    witnesses     TEXT   NOT NULL,
    first_by      TEXT   NOT NULL,
    first_role    TEXT   NOT NULL,
    second_by     TEXT   NOT NULL,
    second_role   TEXT   NOT NULL,
    differed      BIGINT NOT NULL,
    drawn_at      BIGINT,
    reason        TEXT   NOT NULL,
    finding       TEXT   NOT NULL,
    ended_at      BIGINT,
    ended_by      TEXT   NOT NULL,
    PRIMARY KEY (community_id, meeting_id, round),
    CHECK (state NOT IN ('drawn', 'ended') OR (second_by <> '' AND second_by <> first_by AND second_role <> first_role)),
    CHECK (state <> 'withdrawn' OR reason <> ''),
    CHECK (state <> 'ended' OR finding <> ''),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
);
CREATE UNIQUE INDEX sample_live ON sample (community_id, meeting_id) WHERE state IN ('announced', 'recorded', 'drawn');

-- The ballots of a sample, by their leaves, in the order in which they are asked about.
CREATE TABLE sample_ballot (
    community_id TEXT    NOT NULL,
    meeting_id   TEXT    NOT NULL,
    round        BIGINT  NOT NULL,
    leaf_index   BIGINT  NOT NULL,
    voter_id     TEXT    NOT NULL,
    place        BIGINT  NOT NULL,
    by_lot       BOOLEAN NOT NULL,
    PRIMARY KEY (community_id, meeting_id, round, leaf_index),
    FOREIGN KEY (community_id, meeting_id, round) REFERENCES sample (community_id, meeting_id, round)
);

-- What came of asking, every try a row; the newest of a ballot counts.
CREATE TABLE sample_answer (
    community_id TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL,
    round        BIGINT NOT NULL,
    leaf_index   BIGINT NOT NULL,
    try          BIGINT NOT NULL CHECK (try > 0),
    answer       TEXT   NOT NULL CHECK (answer IN ('confirmed', 'denied', 'unreached', 'declined')),
    asked_at     BIGINT NOT NULL,
    asked_by     TEXT   NOT NULL,
    PRIMARY KEY (community_id, meeting_id, round, leaf_index, try),
    FOREIGN KEY (community_id, meeting_id, round, leaf_index) REFERENCES sample_ballot (community_id, meeting_id, round, leaf_index)
);

-- +goose Down
DROP TABLE sample_answer;
DROP TABLE sample_ballot;
DROP TABLE sample;

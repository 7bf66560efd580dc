-- +goose Up
-- Orders of a street to call a meeting or an election (责令召开), and its taking over where nobody follows. meeting_id is the
-- meeting whose notice followed. asked: owners (heads) who asked, 0 where that is not the ground.
CREATE TABLE convening (
    community_id  TEXT   NOT NULL REFERENCES community (id),
    id            TEXT   NOT NULL,
    number        BIGINT NOT NULL CHECK (number > 0),
    state         TEXT   NOT NULL CHECK (state IN ('ordered', 'followed', 'taken_over', 'held', 'withdrawn')),
    kind          TEXT   NOT NULL CHECK (kind IN ('regular', 'extraordinary', 're_election')),
    ground        TEXT   NOT NULL CHECK (ground IN ('duty', 'asked', 'term_ended', 'powers_ended', 'other')),
    asked         BIGINT NOT NULL,
    convener_kind TEXT   NOT NULL CHECK (convener_kind IN ('preparation_group', 'committee', 'renewal_group', 'property_management_committee', 'residents_committee')),
    basis         TEXT   NOT NULL CHECK (basis <> ''),
    body          TEXT   NOT NULL CHECK (body <> ''),
    limit_at      BIGINT NOT NULL,
    street_name   TEXT   NOT NULL,
    ordered_at    BIGINT NOT NULL,
    ordered_by    TEXT   NOT NULL,
    meeting_id    TEXT,
    met_at        BIGINT,
    taken_at      BIGINT,
    taken_by      TEXT   NOT NULL,
    withdrawn_at  BIGINT,
    withdrawn_by  TEXT   NOT NULL,
    reason        TEXT   NOT NULL,
    PRIMARY KEY (community_id, id),
    UNIQUE (community_id, number),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id),
    CHECK ((state IN ('followed', 'held')) = (meeting_id IS NOT NULL)),
    CHECK (state <> 'withdrawn' OR reason <> '')
);
-- An annulled vote is run again: the meeting that does so names it.
ALTER TABLE meeting ADD COLUMN repeats TEXT;
CREATE INDEX meeting_repeats ON meeting (community_id, repeats);

-- +goose Down
DROP INDEX meeting_repeats;
ALTER TABLE meeting DROP COLUMN repeats;
DROP TABLE convening;

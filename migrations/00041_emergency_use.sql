-- +goose Up
-- Works on common parts that cannot wait for a vote, paid from the maintenance fund (民法典第281条第2款). Amounts are in fen.
CREATE TABLE emergency_use (
    community_id TEXT   NOT NULL REFERENCES community (id),
    id           TEXT   NOT NULL,
    number       BIGINT NOT NULL CHECK (number > 0),
    state        TEXT   NOT NULL CHECK (state IN ('proposed', 'confirmed', 'refused', 'withdrawn', 'done')),
    cause        TEXT   NOT NULL CHECK (cause IN ('lift', 'fire', 'facade', 'collapse', 'leak', 'drain', 'other')),
    place        TEXT   NOT NULL CHECK (place <> ''),
    body         TEXT   NOT NULL CHECK (body <> ''),
    contractor   TEXT   NOT NULL,
    estimate     BIGINT NOT NULL CHECK (estimate > 0),
    proposed_at  BIGINT NOT NULL,
    proposed_by  TEXT   NOT NULL,
    decided_at   BIGINT,
    decided_by   TEXT   NOT NULL,
    refusal      TEXT   NOT NULL,
    cost         BIGINT NOT NULL,
    acceptance   TEXT   NOT NULL,
    audit        TEXT   NOT NULL,
    overrun      TEXT   NOT NULL,
    done_at      BIGINT,
    done_by      TEXT   NOT NULL,
    PRIMARY KEY (community_id, id),
    UNIQUE (community_id, number),
    CHECK (state NOT IN ('confirmed', 'done') OR decided_by <> proposed_by),
    CHECK (state <> 'refused' OR refusal <> ''),
    CHECK (state <> 'done' OR (cost > 0 AND acceptance <> '' AND (cost <= estimate OR overrun <> '')))
);

-- +goose Down
DROP TABLE emergency_use;

-- +goose Up
-- The log takes one more kind of leaf. The old table is renamed first: whoever appends meanwhile waits for the new
-- one, so that no leaf is lost between copy and exchange.
ALTER TABLE ledger_leaf RENAME TO ledger_leaf_before_lot;
CREATE TABLE ledger_leaf (
    community_id TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL,
    idx          BIGINT NOT NULL,
    kind         TEXT   NOT NULL CHECK (kind IN ('open', 'ballot', 'paper', 'void', 'unvoid', 'objection', 'answer', 'amend',
                                                 'extend', 'close', 'result', 'lot', 'certify', 'access')),
    body         BYTEA  NOT NULL,
    PRIMARY KEY (community_id, meeting_id, idx),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
);
INSERT INTO ledger_leaf (community_id, meeting_id, idx, kind, body)
    SELECT community_id, meeting_id, idx, kind, body FROM ledger_leaf_before_lot;
DROP TABLE ledger_leaf_before_lot;

-- When and where a public lot is drawn, and by how many digits. The newest is in force; the older ones stay, with the
-- reason for which the newer one took their place.
CREATE TABLE lot_announcement (
    community_id   TEXT   NOT NULL,
    meeting_id     TEXT   NOT NULL,
    number         BIGINT NOT NULL CHECK (number > 0),
    due_at         BIGINT NOT NULL,
    place          TEXT   NOT NULL,
    manner         TEXT   NOT NULL,
    digits         BIGINT NOT NULL CHECK (digits BETWEEN 4 AND 20),
    reason         TEXT   NOT NULL,
    announced_at   BIGINT NOT NULL,
    announced_by   TEXT   NOT NULL,
    announced_role TEXT   NOT NULL,
    PRIMARY KEY (community_id, meeting_id, number),
    CHECK (announced_at < due_at),
    CHECK (number = 1 OR reason <> ''),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
);

-- What was drawn. One person records the number, another in another role types it again; until then it is waiting,
-- and only whoever recorded it may take it back. A drawn lot is never drawn again.
CREATE TABLE lot_draw (
    community_id TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL,
    round        BIGINT NOT NULL CHECK (round > 0),
    announcement BIGINT NOT NULL,
    state        TEXT   NOT NULL CHECK (state IN ('waiting', 'withdrawn', 'drawn')),
    number       TEXT   NOT NULL,
    drawn_at     BIGINT NOT NULL,
    witnesses    TEXT   NOT NULL,
    first_by     TEXT   NOT NULL,
    first_role   TEXT   NOT NULL,
    first_at     BIGINT NOT NULL,
    second_by    TEXT   NOT NULL,
    second_role  TEXT   NOT NULL,
    differed     BIGINT NOT NULL,
    ended_at     BIGINT,
    leaf_index   BIGINT,
    PRIMARY KEY (community_id, meeting_id, round),
    CHECK (first_by <> second_by AND first_role <> second_role),
    CHECK (state <> 'drawn' OR (second_by <> '' AND leaf_index IS NOT NULL)),
    FOREIGN KEY (community_id, meeting_id, announcement) REFERENCES lot_announcement (community_id, meeting_id, number)
);
CREATE UNIQUE INDEX lot_draw_live ON lot_draw (community_id, meeting_id) WHERE state <> 'withdrawn';

-- +goose Down
DROP TABLE lot_draw;
DROP TABLE lot_announcement;
-- A log that holds a lot cannot go back: the copy is refused.
ALTER TABLE ledger_leaf RENAME TO ledger_leaf_with_lot;
CREATE TABLE ledger_leaf (
    community_id TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL,
    idx          BIGINT NOT NULL,
    kind         TEXT   NOT NULL CHECK (kind IN ('open', 'ballot', 'paper', 'void', 'unvoid', 'objection', 'answer', 'amend',
                                                 'extend', 'close', 'result', 'certify', 'access')),
    body         BYTEA  NOT NULL,
    PRIMARY KEY (community_id, meeting_id, idx),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
);
INSERT INTO ledger_leaf (community_id, meeting_id, idx, kind, body)
    SELECT community_id, meeting_id, idx, kind, body FROM ledger_leaf_with_lot;
DROP TABLE ledger_leaf_with_lot;

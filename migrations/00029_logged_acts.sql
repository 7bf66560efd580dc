-- +goose Up
-- The log of a meeting records by whose seal cards the ballots were opened, and that a street waived its witness.
ALTER TABLE ledger_leaf RENAME TO ledger_leaf_before;
CREATE TABLE ledger_leaf (
    community_id TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL,
    idx          BIGINT NOT NULL,
    kind         TEXT   NOT NULL CHECK (kind IN ('open', 'ballot', 'paper', 'void', 'unvoid', 'objection', 'answer', 'amend', 'extend',
                                                 'close', 'result', 'lot', 'certify', 'access', 'import', 'unseal', 'waive')),
    body         BYTEA  NOT NULL,
    PRIMARY KEY (community_id, meeting_id, idx)
);
INSERT INTO ledger_leaf (community_id, meeting_id, idx, kind, body)
    SELECT community_id, meeting_id, idx, kind, body FROM ledger_leaf_before;
DROP TABLE ledger_leaf_before; -- and with it its triggers: migration 30 makes them anew

-- Whether the notice says that its log records these acts. A notice that was given before says nothing of it, and stays.
ALTER TABLE meeting ADD COLUMN acts_logged BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE meeting SET acts_logged = TRUE WHERE state = 'draft';

-- Where the waiver stands in the log; none of an earlier one.
ALTER TABLE witness_waiver ADD COLUMN leaf_index BIGINT;

-- +goose Down
-- The table of leaves stays as it is: it holds what it held.
ALTER TABLE witness_waiver DROP COLUMN leaf_index;
ALTER TABLE meeting DROP COLUMN acts_logged;

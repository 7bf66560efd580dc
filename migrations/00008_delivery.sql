-- +goose Up
-- What became of each voter's sheet, with its proof. Rows are only ever inserted: a correction is a newer row
-- that names the older one, and the newest is in force.
CREATE TABLE delivery (
    community_id TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL,
    voter_id     TEXT   NOT NULL,
    number       BIGINT NOT NULL CHECK (number > 0),
    id           TEXT   NOT NULL,
    replaces     TEXT,
    mode         TEXT   NOT NULL CHECK (mode IN ('in_hand', 'mailbox', 'registered_mail', 'electronic', 'public_notice', 'onsite')),
    result       TEXT   NOT NULL CHECK (result IN ('delivered', 'refused', 'undeliverable')),
    delivered_at BIGINT NOT NULL,
    relation     TEXT   NOT NULL CHECK (relation IN ('owner', 'family', 'tenant', 'other', 'none')),
    proof        TEXT   NOT NULL,
    recorded_by  TEXT   NOT NULL,
    recorded_at  BIGINT NOT NULL,
    PRIMARY KEY (community_id, meeting_id, voter_id, number),
    UNIQUE (community_id, id),
    CHECK ((number = 1 AND replaces IS NULL) OR (number > 1 AND replaces IS NOT NULL)),
    CHECK (result <> 'delivered' OR (mode <> 'public_notice' AND proof <> '')),
    FOREIGN KEY (community_id, replaces) REFERENCES delivery (community_id, id),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id),
    FOREIGN KEY (community_id, voter_id) REFERENCES voter (community_id, id)
);
-- When and how the sheets are handed out, and on what a silence policy rests (JSON, or empty): both are announced.
ALTER TABLE meeting ADD COLUMN delivery_times TEXT NOT NULL DEFAULT '';
ALTER TABLE meeting ADD COLUMN silence_rule TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE meeting DROP COLUMN silence_rule;
ALTER TABLE meeting DROP COLUMN delivery_times;
DROP TABLE delivery;

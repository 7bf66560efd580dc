-- +goose Up
-- Rows are written in the transaction that causes them and sent afterwards. Payload is encrypted; the
-- recipient is looked up when the message leaves, so that no phone stands here.
CREATE TABLE outbox (
    community_id TEXT   NOT NULL REFERENCES community (id),
    id           TEXT   NOT NULL,
    kind         TEXT   NOT NULL CHECK (kind IN ('one_time_code', 'ballot_recorded')),
    meeting_id   TEXT   NOT NULL,
    owner_id     TEXT   NOT NULL,
    payload      BYTEA,
    dedupe       TEXT   NOT NULL,
    state        TEXT   NOT NULL CHECK (state IN ('pending', 'sent', 'dead')),
    attempts     BIGINT NOT NULL,
    next_at      BIGINT NOT NULL,
    cause        TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    finished_at  BIGINT,
    PRIMARY KEY (community_id, id),
    UNIQUE (community_id, dedupe)
);
CREATE INDEX outbox_due ON outbox (state, kind, next_at);

-- +goose Down
DROP TABLE outbox;

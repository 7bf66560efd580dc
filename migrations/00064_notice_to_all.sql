-- +goose Up
-- What everybody is told of 通告全体业主: that a meeting is announced, counted, decided, withdrawn or void, or what an
-- authority did about its decisions. Owners are gone through in the order of their ids, a batch at a time.
CREATE TABLE notice_to_all (
    community_id TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    kind         TEXT   NOT NULL CHECK (kind IN ('notice_published', 'result_for_comment', 'result_published', 'meeting_ended', 'supervised')),
    meeting_id   TEXT   NOT NULL,
    entry_id     TEXT   NOT NULL,
    at           BIGINT NOT NULL,
    after_owner  TEXT   NOT NULL,
    done_at      BIGINT,
    PRIMARY KEY (community_id, id),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
);
CREATE INDEX notice_to_all_open ON notice_to_all (at) WHERE done_at IS NULL;
CREATE INDEX notice_to_all_meeting ON notice_to_all (community_id, meeting_id);

DROP INDEX outbox_due;
ALTER TABLE outbox RENAME TO outbox_of_one;
CREATE TABLE outbox (
    community_id TEXT   NOT NULL REFERENCES community (id),
    id           TEXT   NOT NULL,
    kind         TEXT   NOT NULL CHECK (kind IN ('one_time_code', 'roster_code', 'ballot_recorded', 'objection_answered',
                                                 'meeting_ended', 'supervised', 'notice_published', 'result_for_comment', 'result_published')),
    meeting_id   TEXT   NOT NULL,
    owner_id     TEXT   NOT NULL,
    objection_id TEXT   NOT NULL,
    notice_id    TEXT   NOT NULL,
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
INSERT INTO outbox SELECT community_id, id, kind, meeting_id, owner_id, objection_id, '', payload, dedupe, state, attempts, next_at, cause, created_at, finished_at
    FROM outbox_of_one;
DROP TABLE outbox_of_one;
CREATE INDEX outbox_due ON outbox (state, kind, next_at);

-- +goose Down
DROP INDEX outbox_due;
ALTER TABLE outbox RENAME TO outbox_of_all;
CREATE TABLE outbox (
    community_id TEXT   NOT NULL REFERENCES community (id),
    id           TEXT   NOT NULL,
    kind         TEXT   NOT NULL CHECK (kind IN ('one_time_code', 'roster_code', 'ballot_recorded', 'objection_answered')),
    meeting_id   TEXT   NOT NULL,
    owner_id     TEXT   NOT NULL,
    objection_id TEXT   NOT NULL,
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
INSERT INTO outbox SELECT community_id, id, kind, meeting_id, owner_id, objection_id, payload, dedupe, state, attempts, next_at, cause, created_at, finished_at
    FROM outbox_of_all WHERE notice_id = '';
DROP TABLE outbox_of_all;
CREATE INDEX outbox_due ON outbox (state, kind, next_at);
DROP TABLE notice_to_all;

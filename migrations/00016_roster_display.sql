-- +goose Up
-- What a display tells: whom to turn to, where to object in person, and within how many days an answer comes.
-- Who put a roster on display and who froze it must be two accounts.
ALTER TABLE roster ADD COLUMN contact TEXT NOT NULL DEFAULT '';
ALTER TABLE roster ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE roster ADD COLUMN answer_days BIGINT NOT NULL DEFAULT 0;
ALTER TABLE roster ADD COLUMN published_by TEXT NOT NULL DEFAULT '';
ALTER TABLE roster ADD COLUMN frozen_by TEXT NOT NULL DEFAULT '';
-- The permanent link and the poster name a roster by its id alone.
CREATE UNIQUE INDEX roster_id ON roster (id);

-- A one-time code is for a ballot of a meeting or for one's own home on a roster; it is good for nothing else.
DROP INDEX one_time_code_voter;
DROP INDEX one_time_code_id;
ALTER TABLE one_time_code RENAME TO one_time_code_of_meetings;
CREATE TABLE one_time_code (
    community_id TEXT   NOT NULL REFERENCES community (id),
    act          TEXT   NOT NULL CHECK (act IN ('cast', 'roster')),
    subject_id   TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    voter_id     TEXT   NOT NULL,
    owner_id     TEXT   NOT NULL,
    mac          BYTEA  NOT NULL,
    tries        BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    used_at      BIGINT,
    PRIMARY KEY (community_id, id)
);
INSERT INTO one_time_code SELECT community_id, 'cast', meeting_id, id, voter_id, owner_id, mac, tries, created_at, expires_at, used_at
    FROM one_time_code_of_meetings;
DROP TABLE one_time_code_of_meetings;
CREATE UNIQUE INDEX one_time_code_id ON one_time_code (id);
CREATE INDEX one_time_code_voter ON one_time_code (community_id, subject_id, voter_id, created_at);

-- Messages about a roster belong to no meeting. The answer to an objection goes to the phone that the objection holds.
DROP INDEX outbox_due;
ALTER TABLE outbox RENAME TO outbox_of_meetings;
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
INSERT INTO outbox SELECT community_id, id, kind, meeting_id, owner_id, '', payload, dedupe, state, attempts, next_at, cause, created_at, finished_at
    FROM outbox_of_meetings;
DROP TABLE outbox_of_meetings;
CREATE INDEX outbox_due ON outbox (state, kind, next_at);

-- An objection to a roster on display: by an owner who proved who they are, or taken down at the desk. What they
-- write and the phone to be told stand encrypted.
CREATE TABLE roster_objection (
    community_id TEXT   NOT NULL,
    roster_id    TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    number       BIGINT NOT NULL,
    state        TEXT   NOT NULL CHECK (state IN ('open', 'answered', 'withdrawn')),
    kind         TEXT   NOT NULL CHECK (kind IN ('area', 'owner', 'co_owner', 'phone', 'usage', 'parking', 'unit_missing')),
    unit_id      TEXT   NOT NULL,
    place        TEXT   NOT NULL,
    source       TEXT   NOT NULL CHECK (source IN ('owner', 'desk')),
    owner_id     TEXT   NOT NULL,
    contact      BYTEA  NOT NULL,
    content      BYTEA  NOT NULL,
    created_at   BIGINT NOT NULL,
    due_at       BIGINT NOT NULL,
    recorded_by  TEXT   NOT NULL,
    verdict      TEXT   NOT NULL CHECK (verdict IN ('', 'upheld', 'dismissed')),
    answer       TEXT   NOT NULL,
    answered_at  BIGINT,
    answered_by  TEXT   NOT NULL,
    PRIMARY KEY (community_id, id),
    UNIQUE (community_id, roster_id, number),
    CHECK (kind = 'unit_missing' OR unit_id <> ''),
    CHECK ((state = 'answered') = (verdict <> '')),
    FOREIGN KEY (community_id, roster_id) REFERENCES roster (community_id, id)
);
CREATE INDEX roster_objection_unit ON roster_objection (community_id, roster_id, unit_id);

-- Files that prove something; their bytes are encrypted, because deeds and cards show names and numbers.
CREATE TABLE evidence (
    community_id TEXT   NOT NULL REFERENCES community (id),
    id           TEXT   NOT NULL,
    subject_id   TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    media_type   TEXT   NOT NULL,
    size         BIGINT NOT NULL,
    sha256       TEXT   NOT NULL,
    content      BYTEA  NOT NULL,
    created_at   BIGINT NOT NULL,
    created_by   TEXT   NOT NULL,
    PRIMARY KEY (community_id, id)
);
CREATE INDEX evidence_subject ON evidence (community_id, subject_id);

-- Every change of a roster after it was put on display, with what stood there before. Rows are only ever inserted.
CREATE TABLE roster_change (
    community_id TEXT   NOT NULL,
    roster_id    TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    number       BIGINT NOT NULL,
    objection_id TEXT   NOT NULL,
    unit_id      TEXT   NOT NULL,
    place        TEXT   NOT NULL,
    before       TEXT   NOT NULL,
    after        TEXT   NOT NULL,
    what         TEXT   NOT NULL,
    owners       BYTEA,
    heads_before BIGINT NOT NULL,
    area_before  BIGINT NOT NULL,
    heads_after  BIGINT NOT NULL,
    area_after   BIGINT NOT NULL,
    reason       TEXT   NOT NULL,
    made_at      BIGINT NOT NULL,
    made_by      TEXT   NOT NULL,
    PRIMARY KEY (community_id, id),
    UNIQUE (community_id, roster_id, number),
    FOREIGN KEY (community_id, roster_id) REFERENCES roster (community_id, id)
);
CREATE INDEX roster_change_unit ON roster_change (community_id, unit_id);

-- +goose Down
DROP TABLE roster_change;
DROP TABLE evidence;
DROP TABLE roster_objection;
DROP INDEX outbox_due;
ALTER TABLE outbox RENAME TO outbox_of_rosters;
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
INSERT INTO outbox SELECT community_id, id, kind, meeting_id, owner_id, payload, dedupe, state, attempts, next_at, cause, created_at, finished_at
    FROM outbox_of_rosters WHERE kind IN ('one_time_code', 'ballot_recorded');
DROP TABLE outbox_of_rosters;
CREATE INDEX outbox_due ON outbox (state, kind, next_at);
DROP INDEX one_time_code_voter;
DROP INDEX one_time_code_id;
ALTER TABLE one_time_code RENAME TO one_time_code_of_all;
CREATE TABLE one_time_code (
    community_id TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    voter_id     TEXT   NOT NULL,
    owner_id     TEXT   NOT NULL,
    mac          BYTEA  NOT NULL,
    tries        BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    used_at      BIGINT,
    PRIMARY KEY (community_id, id),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
);
INSERT INTO one_time_code SELECT community_id, subject_id, id, voter_id, owner_id, mac, tries, created_at, expires_at, used_at
    FROM one_time_code_of_all WHERE act = 'cast';
DROP TABLE one_time_code_of_all;
CREATE UNIQUE INDEX one_time_code_id ON one_time_code (id);
CREATE INDEX one_time_code_voter ON one_time_code (community_id, meeting_id, voter_id, created_at);
DROP INDEX roster_id;
ALTER TABLE roster DROP COLUMN frozen_by;
ALTER TABLE roster DROP COLUMN published_by;
ALTER TABLE roster DROP COLUMN answer_days;
ALTER TABLE roster DROP COLUMN place;
ALTER TABLE roster DROP COLUMN contact;

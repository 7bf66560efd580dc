-- +goose Up
-- Owners object to a count themselves, with a code to the phone on the roster. What they write is closed under the field
-- key; a text that was taken down before stands in body as it did. due_at is until when an answer was promised, 0 where
-- nothing was. voter_id and owner_id are empty where somebody came to the desk.
ALTER TABLE objection RENAME TO objection_at_desk;
CREATE TABLE objection (
    community_id TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    number       BIGINT NOT NULL,
    state        TEXT   NOT NULL CHECK (state IN ('open', 'answered', 'withdrawn')),
    subject      TEXT   NOT NULL CHECK (subject IN ('roster', 'candidate', 'matter', 'ballot', 'procedure')),
    matter_id    TEXT   NOT NULL,
    candidate    TEXT   NOT NULL,
    source       TEXT   NOT NULL CHECK (source IN ('owner', 'desk')),
    voter_id     TEXT   NOT NULL,
    owner_id     TEXT   NOT NULL,
    raised_by    TEXT   NOT NULL,
    body         TEXT   NOT NULL,
    contact      BYTEA,
    content      BYTEA,
    created_at   BIGINT NOT NULL,
    due_at       BIGINT NOT NULL,
    recorded_by  TEXT   NOT NULL,
    verdict      TEXT   NOT NULL CHECK (verdict IN ('', 'upheld', 'dismissed')),
    answer       TEXT   NOT NULL,
    answered_at  BIGINT,
    answered_by  TEXT   NOT NULL,
    PRIMARY KEY (community_id, id),
    UNIQUE (community_id, meeting_id, number),
    CHECK ((source = 'owner') = (owner_id <> '')),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
);
INSERT INTO objection SELECT community_id, meeting_id, id, number, state, subject, '', '', 'desk', '', '', raised_by, body, NULL, NULL, created_at, 0,
        recorded_by, verdict, answer, answered_at, answered_by
    FROM objection_at_desk;
DROP TABLE objection_at_desk;

-- +goose Down
ALTER TABLE objection RENAME TO objection_of_owners;
CREATE TABLE objection (
    community_id TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    number       BIGINT NOT NULL,
    state        TEXT   NOT NULL CHECK (state IN ('open', 'answered', 'withdrawn')),
    subject      TEXT   NOT NULL CHECK (subject IN ('roster', 'matter', 'ballot', 'procedure')),
    raised_by    TEXT   NOT NULL,
    body         TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    recorded_by  TEXT   NOT NULL,
    verdict      TEXT   NOT NULL CHECK (verdict IN ('', 'upheld', 'dismissed')),
    answer       TEXT   NOT NULL,
    answered_at  BIGINT,
    answered_by  TEXT   NOT NULL,
    PRIMARY KEY (community_id, id),
    UNIQUE (community_id, meeting_id, number),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
);
INSERT INTO objection SELECT community_id, meeting_id, id, number, state, CASE WHEN subject = 'candidate' THEN 'matter' ELSE subject END, raised_by, body,
        created_at, recorded_by, verdict, answer, answered_at, answered_by
    FROM objection_of_owners;
DROP TABLE objection_of_owners;

-- +goose Up
-- What a district wants to have reached by a day (组建率目标): num of den communities with a committee or an interim body.
-- due_at is the last millisecond of the day in 北京时间. A target is withdrawn, never changed.
CREATE TABLE target (
    district_id  TEXT   NOT NULL REFERENCES district (id),
    id           TEXT   NOT NULL,
    name         TEXT   NOT NULL CHECK (name <> ''),
    due_at       BIGINT NOT NULL,
    num          BIGINT NOT NULL,
    den          BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    created_by   TEXT   NOT NULL,
    withdrawn_at BIGINT,
    withdrawn_by TEXT   NOT NULL,
    PRIMARY KEY (district_id, id),
    CHECK (num > 0 AND num <= den)
);
CREATE UNIQUE INDEX target_live ON target (district_id, due_at) WHERE withdrawn_at IS NULL;
-- The meetings whose result is filed, and those that elect, among all that ever were.
CREATE INDEX matter_to_file ON matter (community_id, meeting_id, kind) WHERE kind = 'election' OR item IN (1, 2, 3);
-- How many members a final result elected, so that whoever counts committees need not read results: a certificate may be
-- for other decisions of the same meeting. Earlier results say at least that somebody was.
ALTER TABLE meeting ADD COLUMN elected BIGINT NOT NULL DEFAULT 0;
UPDATE meeting SET elected = 1 WHERE EXISTS (SELECT 1 FROM result WHERE result.community_id = meeting.community_id
    AND result.meeting_id = meeting.id AND result.stage = 'final' AND result.body LIKE '%"elected":["%');

-- +goose Down
ALTER TABLE meeting DROP COLUMN elected;
DROP INDEX matter_to_file;
DROP TABLE target;

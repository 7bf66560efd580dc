-- +goose Up
-- The figures of a district (组建率) ask when thousands of meetings were noticed, counted and published. A meeting's row
-- holds its whole rule pack and its keys, so that reading it for its dates reads megabytes; these hold the dates alone.
CREATE INDEX meeting_course ON meeting (community_id, noticed_at, id, state, convener_kind, opened_at, closed_at, tallied_at,
    preliminary_at, published_at, elected) WHERE noticed_at IS NOT NULL;
-- When a meeting came to nothing stands in the audit alone, as one line among everything that ever happened.
CREATE INDEX audit_ended ON audit (community_id, subject_id, act, at) WHERE act IN ('meeting_cancelled', 'meeting_void_rerun');

-- +goose Down
DROP INDEX audit_ended;
DROP INDEX meeting_course;

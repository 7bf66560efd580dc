-- +goose Up
-- 定期会议 or 临时会议: a place may ask for fewer days of notice before an extraordinary meeting.
ALTER TABLE meeting ADD COLUMN kind TEXT NOT NULL DEFAULT 'regular' CHECK (kind IN ('regular', 'extraordinary'));
-- The earlier meeting whose result led to this further vote, in the same community.
ALTER TABLE meeting ADD COLUMN run_off_of TEXT;
CREATE INDEX meeting_run_off ON meeting (community_id, run_off_of);

-- +goose Down
DROP INDEX meeting_run_off;
ALTER TABLE meeting DROP COLUMN run_off_of;
ALTER TABLE meeting DROP COLUMN kind;

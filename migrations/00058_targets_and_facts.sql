-- +goose Up
-- A target measures one of three rates: formed (组建率), served (物业管理覆盖率), working (街道工作开展率). source: the plan that sets it.
ALTER TABLE target ADD COLUMN measure TEXT NOT NULL DEFAULT 'formed' CHECK (measure IN ('formed', 'served', 'working'));
ALTER TABLE target ADD COLUMN source TEXT NOT NULL DEFAULT '';
DROP INDEX target_live;
CREATE UNIQUE INDEX target_live ON target (district_id, measure, due_at) WHERE withdrawn_at IS NULL;
-- 1 where a final result decided nothing: too few took part in every matter, or an election elected nobody. The watch list asks
-- for two of them in a row; earlier results are told by their words.
ALTER TABLE meeting ADD COLUMN fell_short BIGINT NOT NULL DEFAULT 0;
UPDATE meeting SET fell_short = 1 WHERE EXISTS (SELECT 1 FROM result WHERE result.community_id = meeting.community_id
    AND result.meeting_id = meeting.id AND result.stage = 'final' AND result.body LIKE '%"outcome":"not_formed"%'
    AND result.body NOT LIKE '%"outcome":"passed"%' AND result.body NOT LIKE '%"outcome":"rejected"%' AND result.body NOT LIKE '%"outcome":"run_off_due"%');
CREATE INDEX meeting_fell_short ON meeting (community_id, published_at, id) WHERE fell_short = 1;
-- The few entries of the register that a district asks for among all of them.
CREATE INDEX committee_entry_joined ON committee_entry (community_id, committee_id, meeting_id) WHERE kind = 'joined';
CREATE INDEX committee_entry_handover ON committee_entry (community_id, committee_id, kind, at) WHERE kind IN ('handover_refused', 'handed_over');

-- +goose Down
DROP INDEX committee_entry_handover;
DROP INDEX committee_entry_joined;
DROP INDEX meeting_fell_short;
ALTER TABLE meeting DROP COLUMN fell_short;
DROP INDEX target_live;
CREATE UNIQUE INDEX target_live ON target (district_id, due_at) WHERE withdrawn_at IS NULL;
ALTER TABLE target DROP COLUMN source;
ALTER TABLE target DROP COLUMN measure;

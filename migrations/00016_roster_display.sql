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

-- +goose Down
DROP INDEX roster_id;
ALTER TABLE roster DROP COLUMN frozen_by;
ALTER TABLE roster DROP COLUMN published_by;
ALTER TABLE roster DROP COLUMN answer_days;
ALTER TABLE roster DROP COLUMN place;
ALTER TABLE roster DROP COLUMN contact;

-- +goose Up
-- What an authority decides on a filing. Times are Unix ms. A filing that was received keeps the state submitted; a change
-- (变更备案) is a hand-in of its own, and its certificate takes the place of the one before.
ALTER TABLE filing ADD COLUMN kind TEXT NOT NULL DEFAULT 'first' CHECK (kind IN ('first', 'change'));
ALTER TABLE filing ADD COLUMN received_at BIGINT;
ALTER TABLE filing ADD COLUMN received_by TEXT NOT NULL DEFAULT '';
ALTER TABLE filing ADD COLUMN due_at BIGINT;
ALTER TABLE filing ADD COLUMN clock TEXT NOT NULL DEFAULT '';
ALTER TABLE filing ADD COLUMN certifier TEXT NOT NULL DEFAULT 'street' CHECK (certifier IN ('street', 'district'));
ALTER TABLE filing ADD COLUMN defects TEXT NOT NULL DEFAULT '[]';
ALTER TABLE filing ADD COLUMN ground TEXT NOT NULL DEFAULT '' CHECK (ground IN ('', 'untrue', 'irregular'));
ALTER TABLE filing ADD COLUMN particulars TEXT NOT NULL DEFAULT '{}';
ALTER TABLE filing ADD COLUMN replaced_by TEXT NOT NULL DEFAULT '';
ALTER TABLE filing ADD COLUMN ended_at BIGINT;
ALTER TABLE filing ADD COLUMN ended_by TEXT NOT NULL DEFAULT '';
ALTER TABLE filing ADD COLUMN ended_reason TEXT NOT NULL DEFAULT '';
CREATE INDEX filing_due ON filing (state, due_at);

-- +goose Down
DROP INDEX filing_due;
ALTER TABLE filing DROP COLUMN ended_reason;
ALTER TABLE filing DROP COLUMN ended_by;
ALTER TABLE filing DROP COLUMN ended_at;
ALTER TABLE filing DROP COLUMN replaced_by;
ALTER TABLE filing DROP COLUMN particulars;
ALTER TABLE filing DROP COLUMN ground;
ALTER TABLE filing DROP COLUMN defects;
ALTER TABLE filing DROP COLUMN certifier;
ALTER TABLE filing DROP COLUMN clock;
ALTER TABLE filing DROP COLUMN due_at;
ALTER TABLE filing DROP COLUMN received_by;
ALTER TABLE filing DROP COLUMN received_at;
ALTER TABLE filing DROP COLUMN kind;

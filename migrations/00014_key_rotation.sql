-- +goose Up
-- Changes of the field key and of the seal key. The key in force is the one that closed the canary in
-- installation; from the start of a rotation every new value is closed under it. Until the end, the retired key
-- must stay at hand: no process starts without it. A key that was retired is never put in force again.
CREATE TABLE key_rotation (
    id          TEXT   NOT NULL PRIMARY KEY,
    kind        TEXT   NOT NULL CHECK (kind IN ('field', 'seal')),
    retired     BYTEA  NOT NULL,
    started_at  BIGINT NOT NULL,
    finished_at BIGINT
);
-- Who read whose personal numbers is asked for by the act.
CREATE INDEX audit_act ON audit (community_id, act, at);

-- +goose Down
DROP INDEX audit_act;
DROP TABLE key_rotation;

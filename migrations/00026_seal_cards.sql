-- +goose Up
-- Who keeps the key that opens the ballots until the count: the server, or three people of whom two are needed.
ALTER TABLE meeting ADD COLUMN seal_kept TEXT NOT NULL DEFAULT 'server' CHECK (seal_kept IN ('server', 'holders'));

-- The seal cards of a meeting: 1 of its convener, 2 of the street, 3 of its tellers. Of the card itself there is only the
-- public key; the share of the meeting's key comes with the notice, sealed to it. Nothing here opens a ballot.
CREATE TABLE seal_card (
    community_id TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL,
    number       BIGINT NOT NULL CHECK (number BETWEEN 1 AND 3),
    public_key   BYTEA  NOT NULL,
    taken_by     TEXT   NOT NULL,
    taken_at     BIGINT NOT NULL,
    tried_at     BIGINT,
    share        BYTEA,
    share_hash   BYTEA,
    entered_by   TEXT,
    entered_at   BIGINT,
    PRIMARY KEY (community_id, meeting_id, number),
    CHECK ((share IS NULL) = (share_hash IS NULL)),
    CHECK ((entered_by IS NULL) = (entered_at IS NULL)),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
);

-- After the close: the share of the first holder, sealed to the card of another, until the second has come.
CREATE TABLE lent_share (
    community_id TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL,
    number       BIGINT NOT NULL CHECK (number BETWEEN 1 AND 3),
    to_number    BIGINT NOT NULL CHECK (to_number BETWEEN 1 AND 3),
    sealed       BYTEA  NOT NULL,
    PRIMARY KEY (community_id, meeting_id, number, to_number),
    CHECK (number <> to_number),
    FOREIGN KEY (community_id, meeting_id, number) REFERENCES seal_card (community_id, meeting_id, number)
);

-- +goose Down
DROP TABLE lent_share;
DROP TABLE seal_card;
ALTER TABLE meeting DROP COLUMN seal_kept;

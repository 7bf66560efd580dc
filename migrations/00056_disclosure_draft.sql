-- +goose Up
-- What a committee is about to disclose, one draft for a community. revision counts the changes, so that what somebody saw
-- is what they publish. empty_sections: separated by blanks, those that were said
-- to hold nothing. Amounts in fen, instants in
-- Unix ms; NULL where nobody said it yet.
CREATE TABLE disclosure_draft (
    community_id   TEXT   NOT NULL REFERENCES community (id),
    revision       BIGINT NOT NULL CHECK (revision > 0),
    from_at        BIGINT NOT NULL,
    to_at          BIGINT NOT NULL CHECK (to_at > from_at),
    name           TEXT   NOT NULL,
    common_opening BIGINT,
    fund_opening   BIGINT,
    opening_reason TEXT   NOT NULL,
    empty_sections TEXT   NOT NULL,
    note           TEXT   NOT NULL,
    replaces_id    TEXT,
    replace_reason TEXT   NOT NULL,
    changed_at     BIGINT NOT NULL,
    changed_by     TEXT   NOT NULL,
    PRIMARY KEY (community_id)
);

-- A line as in disclosure_line.
CREATE TABLE disclosure_draft_line (
    community_id TEXT    NOT NULL REFERENCES disclosure_draft (community_id),
    id           TEXT    NOT NULL,
    number       BIGINT  NOT NULL CHECK (number > 0),
    section      TEXT    NOT NULL CHECK (section IN ('revenue', 'expense', 'fund_in', 'fund_use')),
    item         TEXT    NOT NULL CHECK (item <> ''),
    place        TEXT    NOT NULL,
    meeting_id   TEXT    NOT NULL,
    position     BIGINT  NOT NULL,
    emergency_id TEXT    NOT NULL,
    amount       BIGINT  NOT NULL CHECK (amount <> 0),
    returned     BOOLEAN NOT NULL,
    note         TEXT    NOT NULL,
    PRIMARY KEY (community_id, id)
);

-- +goose Down
DROP TABLE disclosure_draft_line;
DROP TABLE disclosure_draft;

-- +goose Up
-- The register of committees: terms, members and alternates, what changed, and what one term hands to the next. Instants are
-- Unix ms; seat_groups is JSON. A row of committee and of committee_member says how it stands; how it came to that are the entries, which are kept.
CREATE TABLE committee (
    community_id   TEXT   NOT NULL REFERENCES community (id),
    id             TEXT   NOT NULL,
    kind           TEXT   NOT NULL CHECK (kind IN ('committee', 'property_management_committee')),
    number         BIGINT NOT NULL CHECK (number > 0),
    name           TEXT   NOT NULL,
    state          TEXT   NOT NULL CHECK (state IN ('displayed', 'elected', 'constituted', 'serving', 'renewal', 'ended', 'dissolved', 'revoked')),
    origin         TEXT   NOT NULL CHECK (origin IN ('election', 'papers', 'order')),
    meeting_id     TEXT,
    document       TEXT   NOT NULL,
    seats          BIGINT NOT NULL CHECK (seats > 0),
    seat_groups    TEXT   NOT NULL,
    began_at       BIGINT NOT NULL,
    term_from      BIGINT,
    term_to        BIGINT,
    display_until  BIGINT,
    constituted_at BIGINT,
    group_at       BIGINT,
    audited_at     BIGINT,
    ended_at       BIGINT,
    created_at     BIGINT NOT NULL,
    created_by     TEXT   NOT NULL,
    PRIMARY KEY (community_id, id),
    UNIQUE (community_id, kind, number),
    UNIQUE (community_id, meeting_id),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id),
    CHECK ((origin = 'election') = (meeting_id IS NOT NULL)),
    CHECK (origin = 'election' OR document <> ''),
    CHECK ((term_from IS NULL) = (term_to IS NULL) AND (term_to IS NULL OR term_to > term_from)),
    CHECK (state NOT IN ('ended', 'dissolved', 'revoked') OR ended_at IS NOT NULL)
);

-- position: the order of the election, members first. left_at and ground: when and why somebody left. named: whether the
-- name may be shown to everybody.
CREATE TABLE committee_member (
    community_id    TEXT    NOT NULL,
    id              TEXT    NOT NULL,
    committee_id    TEXT    NOT NULL,
    position        BIGINT  NOT NULL CHECK (position > 0),
    state           TEXT    NOT NULL CHECK (state IN ('alternate', 'serving', 'suspended', 'left')),
    post            TEXT    NOT NULL CHECK (post IN ('', 'chair', 'deputy', 'member')),
    capacity        TEXT    NOT NULL CHECK (capacity IN ('owner', 'street', 'residents_committee', 'party', 'police', 'developer', 'other')),
    name            TEXT    NOT NULL CHECK (name <> ''),
    home            TEXT    NOT NULL,
    named           BOOLEAN NOT NULL,
    seat_group      TEXT    NOT NULL,
    meeting_id      TEXT,
    since           BIGINT,
    suspended_from  BIGINT,
    suspended_until BIGINT,
    left_at         BIGINT,
    ground          TEXT    NOT NULL CHECK (ground IN ('', 'resigned', 'no_owner', 'incapable', 'died', 'convicted', 'disqualified', 'recalled',
                                                       'declined', 'term_over')),
    PRIMARY KEY (community_id, id),
    UNIQUE (community_id, committee_id, position),
    FOREIGN KEY (community_id, committee_id) REFERENCES committee (community_id, id),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id),
    CHECK ((state = 'left') = (left_at IS NOT NULL) AND (left_at IS NULL) = (ground = '')),
    CHECK (state NOT IN ('serving', 'suspended') OR (since IS NOT NULL AND post <> '')),
    CHECK (state <> 'suspended' OR suspended_until > suspended_from)
);

CREATE TABLE committee_entry (
    community_id TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    committee_id TEXT   NOT NULL,
    number       BIGINT NOT NULL CHECK (number > 0),
    kind         TEXT   NOT NULL CHECK (kind IN ('elected', 'entered', 'formed', 'took_office', 'constituted', 'certified', 'post', 'left', 'suspended',
                                                 'lifted', 'filled', 'joined', 'group', 'audit', 'handover_refused', 'handed_over', 'ended', 'dissolved', 'revoked')),
    member_id    TEXT,
    ground       TEXT   NOT NULL CHECK (ground IN ('', 'resigned', 'no_owner', 'incapable', 'died', 'convicted', 'disqualified', 'recalled',
                                                   'declined', 'term_over')),
    post         TEXT   NOT NULL CHECK (post IN ('', 'chair', 'deputy', 'member')),
    happened_at  BIGINT NOT NULL,
    until_at     BIGINT,
    reason       TEXT   NOT NULL,
    document     TEXT   NOT NULL,
    meeting_id   TEXT,
    matter       BIGINT NOT NULL,
    present      BIGINT NOT NULL,
    in_favour    BIGINT NOT NULL CHECK (in_favour <= present),
    at           BIGINT NOT NULL,
    authority    TEXT   NOT NULL CHECK (authority IN ('street', 'convener', 'system')),
    made_by      TEXT   NOT NULL,
    PRIMARY KEY (community_id, id),
    UNIQUE (community_id, committee_id, number),
    FOREIGN KEY (community_id, committee_id) REFERENCES committee (community_id, id),
    FOREIGN KEY (community_id, member_id) REFERENCES committee_member (community_id, id),
    FOREIGN KEY (community_id, meeting_id) REFERENCES meeting (community_id, id)
);

CREATE TABLE handover_item (
    community_id TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    committee_id TEXT   NOT NULL,
    position     BIGINT NOT NULL CHECK (position > 0),
    kind         TEXT   NOT NULL CHECK (kind IN ('seals', 'papers', 'accounts', 'fund', 'contracts', 'other')),
    text         TEXT   NOT NULL CHECK (text <> ''),
    listed_at    BIGINT NOT NULL,
    listed_by    TEXT   NOT NULL,
    given_at     BIGINT,
    given_by     TEXT   NOT NULL,
    taken_at     BIGINT,
    taken_by     TEXT   NOT NULL,
    refused_at   BIGINT,
    refused_by   TEXT   NOT NULL,
    refusal      TEXT   NOT NULL,
    PRIMARY KEY (community_id, id),
    UNIQUE (community_id, committee_id, position),
    FOREIGN KEY (community_id, committee_id) REFERENCES committee (community_id, id),
    CHECK (taken_at IS NULL OR (given_at IS NOT NULL AND taken_by <> given_by)),
    CHECK ((refused_at IS NULL) = (refusal = ''))
);

-- +goose Down
DROP TABLE handover_item;
DROP TABLE committee_entry;
DROP TABLE committee_member;
DROP TABLE committee;

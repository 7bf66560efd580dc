package models

import (
	"context"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"gongjue/models/vault"
	"gongjue/voting/lifecycle"
)

// MessageKind is what a message in the outbox says.
type MessageKind string

// The kinds of message.
const (
	OneTimeCode       MessageKind = "one_time_code"      // to vote
	RosterCode        MessageKind = "roster_code"        // to look up one's own home on a roster
	BallotRecorded    MessageKind = "ballot_recorded"    // to every owner of the voter, whatever the channel (security T01)
	ObjectionAnswered MessageKind = "objection_answered" // to whoever objected to a roster, or to the count of a meeting
	MeetingEnded      MessageKind = "meeting_ended"      // to all: withdrawn, or void
	Supervised        MessageKind = "supervised"         // to all: what an authority did about what was decided
	NoticePublished   MessageKind = "notice_published"   // to all: a meeting is announced
	ResultForComment  MessageKind = "result_for_comment" // to all: the preliminary count is on display
	ResultPublished   MessageKind = "result_published"   // to all: the final result
)

// MessageKinds lists every kind, in the order in which they leave.
var MessageKinds = []MessageKind{OneTimeCode, RosterCode, BallotRecorded, ObjectionAnswered, MeetingEnded, Supervised, NoticePublished, ResultForComment,
	ResultPublished}

// codeKinds are the messages that are worth nothing once their code is over.
var codeKinds = []MessageKind{OneTimeCode, RosterCode}

// OutboxState is where a message stands.
type OutboxState string

// The states of a message.
const (
	MessagePending OutboxState = "pending"
	MessageSent    OutboxState = "sent"
	MessageDead    OutboxState = "dead" // given up after the last try; visible to the operator
)

// OutboxStates lists every state.
var OutboxStates = []OutboxState{MessagePending, MessageSent, MessageDead}

type outboxRow struct {
	CommunityID string
	ID          string
	Kind        MessageKind
	MeetingID   string // empty for a message about a roster
	OwnerID     string // empty where the objection holds the phone
	ObjectionID string // objection_answered only
	NoticeID    string // of the notice to all; empty for any other
	Payload     []byte
	Dedupe      string
	State       OutboxState
	Attempts    int64
	NextAt      int64
	Cause       string
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
	FinishedAt  *int64
}

func (outboxRow) TableName() string { return "outbox" }

// sealedAt binds a payload to its message.
func (r outboxRow) sealedAt() vault.Column {
	return vault.Column{Community: r.CommunityID, Name: columnPayload, Row: r.Dedupe}
}

// enqueue puts a message into the outbox within the transaction that causes it.
func enqueue(tx *gorm.DB, now int64, row outboxRow) error {
	row.fill(now)
	if err := tx.Create(&row).Error; err != nil {
		return fmt.Errorf("put %s into the outbox: %w", row.Kind, err)
	}
	return nil
}

func (r *outboxRow) fill(now int64) {
	r.ID, r.State, r.NextAt, r.CreatedAt = newID(), MessagePending, now, now
}

// OutboxMessage is a message on its way out, with what its text needs. Phone is personal: it goes to the
// sender and nowhere else.
type OutboxMessage struct {
	CommunityID, ID string
	Kind            MessageKind
	Community       string // name
	Meeting         string // title
	Platform        string // the city's platform that an imported ballot came from; empty for any other
	About           NoticeSubject
	Phone           string
	Code            string // one_time_code and roster_code only
	Number          int64  // of the objection; objection_answered only
	Dedupe          string // equal for the same message, such as code: and the id of the request
	Attempts        int64  // tries before this one
	CreatedAt       int64
}

// claimLease is how long a claimed message is left to its worker before another may take it.
const claimLease = minute

// ClaimMessages takes up to n due messages for sending, codes before notices: a code is worth nothing after
// its five minutes. Until the lease of a minute ends nobody else gets them. A code that is over, and a
// message that cannot be put together, are given up here and do not hold up the others.
func (s *Store) ClaimMessages(ctx context.Context, n int) ([]OutboxMessage, error) {
	var rows []outboxRow
	err := s.tx(ctx, func(tx *gorm.DB, now int64) error {
		rows = nil
		if err := buryOldCodes(tx, now); err != nil {
			return err
		}
		for _, kind := range MessageKinds {
			var due []outboxRow
			err := tx.Clauses(skipLocked).Where("state = ? AND kind = ? AND next_at <= ?", MessagePending, kind, now).
				Order("next_at, id").Limit(n - len(rows)).Find(&due).Error
			if err != nil {
				return fmt.Errorf("find due messages: %w", err)
			}
			if rows = append(rows, due...); len(rows) == n {
				break
			}
		}
		return lease(tx, rows, now)
	})
	if err != nil {
		return nil, err
	}
	messages, known := make([]OutboxMessage, 0, len(rows)), map[string]messageNames{}
	for _, row := range rows {
		message, err := s.message(ctx, row, known)
		if Unavailable(err) {
			return nil, err
		}
		if err != nil {
			if err := s.BuryMessage(ctx, OutboxMessage{CommunityID: row.CommunityID, ID: row.ID}, "unreadable"); err != nil {
				return nil, err
			}
			continue
		}
		messages = append(messages, message)
	}
	return messages, nil
}

// buryOldCodes gives up codes that could not be sent in time.
func buryOldCodes(tx *gorm.DB, now int64) error {
	err := tx.Table("outbox").Where("state = ? AND kind IN ? AND created_at <= ?", MessagePending, codeKinds, now-CodeLife).
		Updates(map[string]any{"state": MessageDead, "payload": nil, "cause": "too_late", "finished_at": now}).Error
	if err != nil {
		return fmt.Errorf("give up old codes: %w", err)
	}
	return nil
}

// lease marks rows as taken for a while, one statement for each community.
func lease(tx *gorm.DB, rows []outboxRow, now int64) error {
	ids := map[string][]string{}
	for _, row := range rows {
		ids[row.CommunityID] = append(ids[row.CommunityID], row.ID)
	}
	for community, list := range ids {
		err := tx.Table("outbox").Where("community_id = ? AND id IN ?", community, list).
			Updates(map[string]any{"attempts": gorm.Expr("attempts + 1"), "next_at": now + claimLease}).Error
		if err != nil {
			return fmt.Errorf("claim messages: %w", err)
		}
	}
	return nil
}

// NoticeSubject is what a notice to all is about.
type NoticeSubject struct {
	MeetingID      string
	Void           bool  // the meeting that ended is void; otherwise it was withdrawn
	OpensAt        int64 // of the voting
	ClosesAt       int64
	ObjectionUntil int64                     // 0 where nobody may object
	EntryID        string                    // of supervision; empty for any other, as the two below
	Act            lifecycle.SupervisionKind // what the authority did
	Authority      string                    // name
}

// messageNames are the words of a message that all messages of a meeting share.
type messageNames struct {
	Community, Meeting, Platform string
	State                        lifecycle.MeetingState
	NoticeSubject                `gorm:"embedded"`
}

// message puts together what a row's text needs. known spares the look-up of names for the messages of one claim.
func (s *Store) message(ctx context.Context, row outboxRow, known map[string]messageNames) (OutboxMessage, error) {
	message := OutboxMessage{CommunityID: row.CommunityID, ID: row.ID, Kind: row.Kind, Dedupe: row.Dedupe, Attempts: row.Attempts, CreatedAt: row.CreatedAt}
	about := row.CommunityID + "/" + row.MeetingID + "/" + row.NoticeID
	names, found := known[about]
	if !found {
		var err error
		if names, err = wordsOf(s.read(ctx), row); err != nil {
			return message, err
		}
		known[about] = names
	}
	message.Community, message.Meeting, message.About = names.Community, names.Meeting, names.NoticeSubject
	if strings.HasPrefix(row.Dedupe, importedNotice) {
		message.Platform = names.Platform
	}
	var err error
	if row.ObjectionID != "" {
		message.Phone, message.Number, err = s.objector(ctx, row)
	} else {
		message.Phone, err = s.phoneOf(ctx, row)
	}
	if err != nil {
		return message, err
	}
	if row.Payload != nil {
		code, err := s.keys.DecryptField(row.sealedAt(), row.Payload)
		if err != nil {
			return message, fmt.Errorf("decrypt a message: %w", err)
		}
		message.Code = string(code)
	}
	return message, nil
}

// wordsOf finds the community and, where the message is about one, the meeting.
func wordsOf(db *gorm.DB, row outboxRow) (messageNames, error) {
	var names messageNames
	query := db.Table("community").Select("community.name AS community, COALESCE(meeting.title, '') AS meeting, COALESCE(meeting.platform, '') AS platform, "+
		"COALESCE(meeting.state, '') AS state, COALESCE(meeting.opens_at, 0) AS opens_at, COALESCE(meeting.closes_at, 0) AS closes_at, "+
		"COALESCE(meeting.objection_until, 0) AS objection_until, COALESCE(supervision.id, '') AS entry_id, COALESCE(supervision.kind, '') AS act, "+
		"COALESCE(supervision.name, '') AS authority").
		Joins("LEFT JOIN meeting ON meeting.community_id = community.id AND meeting.id = ?", row.MeetingID).
		Joins("LEFT JOIN notice_to_all ON notice_to_all.community_id = community.id AND notice_to_all.id = ?", row.NoticeID).
		Joins("LEFT JOIN supervision ON supervision.community_id = community.id AND supervision.id = notice_to_all.entry_id").
		Where("community.id = ?", row.CommunityID)
	if err := query.Take(&names).Error; err != nil {
		return names, fmt.Errorf("find what a message is about: %w", err)
	}
	names.MeetingID, names.Void = row.MeetingID, names.State == lifecycle.MeetingVoidRerun
	return names, nil
}

// phoneOf is the phone of the owner whom a message is for.
func (s *Store) phoneOf(ctx context.Context, row outboxRow) (string, error) {
	var owner ownerRow
	if err := s.read(ctx).Where("community_id = ? AND id = ?", row.CommunityID, row.OwnerID).Take(&owner).Error; err != nil {
		return "", fmt.Errorf("find the recipient of a message: %w", err)
	}
	return s.phone(owner)
}

// MessagesSent marks messages as sent and forgets their payloads.
func (s *Store) MessagesSent(ctx context.Context, messages ...OutboxMessage) error {
	ids := map[string][]string{}
	for _, message := range messages {
		ids[message.CommunityID] = append(ids[message.CommunityID], message.ID)
	}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		for community, list := range ids {
			err := tx.Table("outbox").Where("community_id = ? AND id IN ? AND state = ?", community, list, MessagePending).
				Updates(map[string]any{"state": MessageSent, "payload": nil, "cause": "", "finished_at": now}).Error
			if err != nil {
				return fmt.Errorf("settle messages: %w", err)
			}
		}
		return nil
	})
}

// RetryMessage gives a message back, to be tried at the instant; cause is a code, never a sender's text.
func (s *Store) RetryMessage(ctx context.Context, message OutboxMessage, at int64, cause string) error {
	return settle(s.read(ctx), message, map[string]any{"next_at": at, "cause": cause})
}

// BuryMessage gives a message up; the operator sees it and may send it again.
func (s *Store) BuryMessage(ctx context.Context, message OutboxMessage, cause string) error {
	return settle(s.read(ctx), message, map[string]any{"state": MessageDead, "cause": cause, "finished_at": s.clock()})
}

func settle(db *gorm.DB, message OutboxMessage, columns map[string]any) error {
	err := db.Table("outbox").Where("community_id = ? AND id = ? AND state = ?", message.CommunityID, message.ID, MessagePending).
		Updates(columns).Error
	if err != nil {
		return fmt.Errorf("settle a message: %w", err)
	}
	return nil
}

// OutboxEntry is a message as the operator sees it: neither what it says nor who gets it.
type OutboxEntry struct {
	CommunityID, ID string
	Community       string
	Kind            MessageKind
	State           OutboxState
	Attempts        int64
	Cause           string
	CreatedAt       int64
}

// DeadMessages lists messages that were given up, the newest first, also those that cannot be read any more.
func (s *Store) DeadMessages(ctx context.Context, n int) ([]OutboxEntry, error) {
	var entries []OutboxEntry
	err := s.read(ctx).Table("outbox").Select("outbox.community_id, outbox.id, community.name AS community, outbox.kind, outbox.state, "+
		"outbox.attempts, outbox.cause, outbox.created_at").Joins("JOIN community ON community.id = outbox.community_id").
		Where("outbox.state = ?", MessageDead).Order("outbox.created_at DESC, outbox.id DESC").Limit(n).Scan(&entries).Error
	if err != nil {
		return nil, fmt.Errorf("list dead messages: %w", err)
	}
	return entries, nil
}

// ReviveMessage puts a dead message back into the queue. Refusal: not_found.
func (s *Store) ReviveMessage(ctx context.Context, by Actor, communityID, id string) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		err := found(tx.Table("outbox").Where("community_id = ? AND id = ? AND state = ?", communityID, id, MessageDead).
			Updates(map[string]any{"state": MessagePending, "attempts": 0, "next_at": now, "finished_at": nil}))
		if err != nil {
			return fmt.Errorf("revive a message: %w", err)
		}
		return record(tx, now, by, communityID, "message_revived", "outbox", id, nil)
	})
}

// OutboxCounts tells how many messages stand in each state, for the metrics.
func (s *Store) OutboxCounts(ctx context.Context) (map[OutboxState]int64, error) {
	var rows []struct {
		State OutboxState
		N     int64
	}
	if err := s.read(ctx).Table("outbox").Select("state, COUNT(*) AS n").Group("state").Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("count messages: %w", err)
	}
	counts := map[OutboxState]int64{}
	for _, row := range rows {
		counts[row.State] = row.N
	}
	return counts, nil
}

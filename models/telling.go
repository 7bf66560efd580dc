package models

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type toldRow struct {
	CommunityID string
	MeetingID   string
	NextIndex   int64 // the first leaf whose ballot nobody was told of yet
}

func (toldRow) TableName() string { return "ballot_told" }

const (
	tellMeetings = 100  // at most, whose ballots are put into the outbox in one transaction
	tellBatch    = 200  // at most, so many ballots; at a batch a second 12,000 a minute are told of
	tellBacklog  = 2000 // notices that wait to be sent before more are put beside them
)

// telling are the leaves of one meeting that are told of next: from NextIndex to before UpTo.
type telling struct {
	CommunityID string
	MeetingID   string
	NextIndex   int64
	UpTo        int64
}

// TellOfBallots puts a batch of notices of recorded ballots into the outbox: to every owner of the voter who has a phone,
// whatever the channel (security T01). It puts none while many wait, and its caller leaves time between two batches: on a
// deadline's evening the machine is for those who still vote, and their notices follow within minutes.
func (s *Store) TellOfBallots(ctx context.Context) error {
	due, err := s.dueTelling(ctx)
	if err != nil || len(due) == 0 {
		return err
	}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error { return tellOf(tx, now, due) })
}

// dueTelling finds meetings with ballots that nobody was told of, unless enough notices wait already: first those whose
// last leaf is the oldest, so that a busy meeting does not keep the others waiting. They come in the order of their keys.
func (s *Store) dueTelling(ctx context.Context) ([]telling, error) {
	db := s.read(ctx)
	var due []telling
	err := db.Table("log_head").Select("log_head.community_id, log_head.meeting_id, COALESCE(ballot_told.next_index, 0) AS next_index, log_head.size AS up_to").
		Joins("LEFT JOIN ballot_told ON ballot_told.community_id = log_head.community_id AND ballot_told.meeting_id = log_head.meeting_id").
		Where("log_head.size > COALESCE(ballot_told.next_index, 0)").Order("log_head.last_at").Limit(tellMeetings).Scan(&due).Error
	if err != nil {
		return nil, fmt.Errorf("look for ballots to tell of: %w", err)
	}
	if len(due) == 0 {
		return nil, nil
	}
	var waiting int64
	err = db.Table("outbox").Where("state = ? AND kind = ?", MessagePending, BallotRecorded).Count(&waiting).Error
	if err != nil {
		return nil, fmt.Errorf("count the notices that wait: %w", err)
	}
	if waiting >= tellBacklog {
		return nil, nil
	}
	for i := range due {
		due[i].UpTo = min(due[i].UpTo, due[i].NextIndex+int64(tellBatch/len(due)))
	}
	slices.SortFunc(due, func(a, b telling) int {
		return cmp.Or(strings.Compare(a.CommunityID, b.CommunityID), strings.Compare(a.MeetingID, b.MeetingID))
	})
	return due, nil
}

// tellOf tells of the next ballots of some meetings. Of two replicas the second finds nothing left to do.
func tellOf(tx *gorm.DB, now int64, due []telling) error {
	due, err := lockTold(tx, due)
	if err != nil || len(due) == 0 {
		return err
	}
	messages, err := noticesOf(tx, now, due)
	if err != nil {
		return err
	}
	if len(messages) > 0 {
		if err := tx.CreateInBatches(messages, insertBatch).Error; err != nil {
			return fmt.Errorf("put notices into the outbox: %w", err)
		}
	}
	told := make([]toldRow, len(due))
	for i, next := range due {
		told[i] = toldRow{next.CommunityID, next.MeetingID, next.UpTo}
	}
	if err := tx.Clauses(clause.OnConflict{UpdateAll: true, Columns: toldKey}).Create(&told).Error; err != nil {
		return fmt.Errorf("note what is told: %w", err)
	}
	return nil
}

var toldKey = []clause.Column{{Name: "community_id"}, {Name: "meeting_id"}}

// lockTold locks what is noted of the meetings, and leaves out those of which another replica has told meanwhile.
func lockTold(tx *gorm.DB, due []telling) ([]telling, error) {
	first, keys := make([]toldRow, len(due)), make([][]any, len(due))
	for i, next := range due {
		first[i], keys[i] = toldRow{CommunityID: next.CommunityID, MeetingID: next.MeetingID}, []any{next.CommunityID, next.MeetingID}
	}
	if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&first).Error; err != nil {
		return nil, fmt.Errorf("begin to tell of ballots: %w", err)
	}
	var rows []toldRow
	err := tx.Clauses(forUpdate).Where("(community_id, meeting_id) IN ?", keys).Order("community_id, meeting_id").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("lock what is told: %w", err)
	}
	told := make(map[string]int64, len(rows))
	for _, row := range rows {
		told[row.MeetingID] = row.NextIndex
	}
	return slices.DeleteFunc(due, func(next telling) bool { return told[next.MeetingID] != next.NextIndex }), nil
}

// noticesOf are the notices of the ballots in the leaves that are due, one for each owner who can be reached, and for
// whoever acted for them.
func noticesOf(tx *gorm.DB, now int64, due []telling) ([]outboxRow, error) {
	leaves, values := strings.Repeat(", (?, ?, CAST(? AS BIGINT), CAST(? AS BIGINT))", len(due))[2:], make([]any, 0, 4*len(due))
	for _, next := range due {
		values = append(values, next.CommunityID, next.MeetingID, next.NextIndex, next.UpTo)
	}
	// CROSS JOIN keeps SQLite to this order: left to itself it begins with all owners, under the lock that ballots wait for.
	const (
		holds = "voter_owner.community_id = ballot.community_id AND voter_owner.voter_id = ballot.voter_id"
		owned = "owner.community_id = ballot.community_id AND owner.phone IS NOT NULL"
		cast  = `ballot.community_id = due.community_id AND ballot.meeting_id = due.meeting_id
			AND ballot.leaf_index >= due.next_index AND ballot.leaf_index < due.up_to`
		owners = `SELECT ballot.community_id, ballot.meeting_id, ballot.leaf_index, voter_owner.owner_id
			FROM due CROSS JOIN ballot CROSS JOIN voter_owner CROSS JOIN owner
			WHERE ` + cast + " AND " + holds + " AND " + owned + ` AND owner.id = voter_owner.owner_id ORDER BY ballot.leaf_index, voter_owner.position`
		acting = `SELECT ballot.community_id, ballot.meeting_id, ballot.leaf_index, ballot.owner_id FROM due CROSS JOIN ballot CROSS JOIN owner
			WHERE ` + cast + " AND " + owned + ` AND owner.id = ballot.owner_id
			AND NOT EXISTS (SELECT 1 FROM voter_owner WHERE ` + holds + ` AND voter_owner.owner_id = ballot.owner_id) ORDER BY ballot.leaf_index`
	)
	var messages []outboxRow
	for _, query := range []string{owners, acting} {
		query = "WITH due (community_id, meeting_id, next_index, up_to) AS (VALUES " + leaves + ") " + query
		err := eachRow(tx.Raw(query, values...), func(rows *sql.Rows) error {
			message, index := outboxRow{Kind: BallotRecorded}, int64(0)
			if err := rows.Scan(&message.CommunityID, &message.MeetingID, &index, &message.OwnerID); err != nil {
				return err
			}
			message.Dedupe = fmt.Sprintf("ballot:%s:%s:%d", message.MeetingID, message.OwnerID, index)
			message.fill(now)
			messages = append(messages, message)
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("find whom to tell of ballots: %w", err)
		}
	}
	return messages, nil
}

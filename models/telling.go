package models

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

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
	tellBatch   = 500  // ballots put into the outbox in one transaction
	tellBacklog = 2000 // notices that wait to be sent before more are put beside them
)

// TellOfBallots puts the notices of recorded ballots into the outbox: to every owner of the voter who has a phone,
// whatever the channel (security T01). It ends when every ballot is told of, or while many notices wait: an evening of
// voting does not fill the outbox faster than messages leave.
func (s *Store) TellOfBallots(ctx context.Context) error {
	for {
		due, found, err := s.dueTelling(ctx)
		if err != nil || !found {
			return err
		}
		if err := s.tx(ctx, func(tx *gorm.DB, now int64) error { return tellOf(tx, now, due) }); err != nil {
			return err
		}
	}
}

// dueTelling finds a meeting with ballots that nobody was told of, unless enough notices wait already.
func (s *Store) dueTelling(ctx context.Context) (due toldRow, found bool, err error) {
	db := s.read(ctx)
	err = db.Table("log_head").Select("log_head.community_id, log_head.meeting_id").
		Joins("LEFT JOIN ballot_told ON ballot_told.community_id = log_head.community_id AND ballot_told.meeting_id = log_head.meeting_id").
		Where("log_head.size > COALESCE(ballot_told.next_index, 0)").Take(&due).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return due, false, nil
	}
	if err != nil {
		return due, false, fmt.Errorf("look for ballots to tell of: %w", err)
	}
	var waiting int64
	err = db.Table("outbox").Where("state = ? AND kind = ?", MessagePending, BallotRecorded).Count(&waiting).Error
	if err != nil {
		return due, false, fmt.Errorf("count the notices that wait: %w", err)
	}
	return due, waiting < tellBacklog, nil
}

// tellOf tells of the next ballots of a meeting. Of two replicas the second finds nothing left to do.
func tellOf(tx *gorm.DB, now int64, due toldRow) error {
	told, communityID, meetingID := due, due.CommunityID, due.MeetingID
	if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&told).Error; err != nil {
		return fmt.Errorf("begin to tell of ballots: %w", err)
	}
	if err := tx.Clauses(forUpdate).Where("community_id = ? AND meeting_id = ?", communityID, meetingID).Take(&told).Error; err != nil {
		return fmt.Errorf("lock what is told: %w", err)
	}
	var head logHeadRow
	if err := tx.Where("community_id = ? AND meeting_id = ?", communityID, meetingID).Take(&head).Error; err != nil {
		return fmt.Errorf("read the log head: %w", err)
	}
	upTo := min(head.Size, told.NextIndex+tellBatch)
	messages, err := noticesOf(tx, now, told, upTo)
	if err != nil {
		return err
	}
	if len(messages) > 0 {
		if err := tx.CreateInBatches(messages, insertBatch).Error; err != nil {
			return fmt.Errorf("put notices into the outbox: %w", err)
		}
	}
	err = tx.Table("ballot_told").Where("community_id = ? AND meeting_id = ?", communityID, meetingID).Update("next_index", upTo).Error
	if err != nil {
		return fmt.Errorf("note what is told: %w", err)
	}
	return nil
}

// noticesOf are the notices of the ballots in the leaves from told.NextIndex to before upTo, one for each owner who can
// be reached, and for whoever acted for them.
func noticesOf(tx *gorm.DB, now int64, told toldRow, upTo int64) ([]outboxRow, error) {
	cast := func() *gorm.DB {
		return tx.Table("ballot").Where("ballot.community_id = ? AND ballot.meeting_id = ? AND ballot.leaf_index >= ? AND ballot.leaf_index < ?",
			told.CommunityID, told.MeetingID, told.NextIndex, upTo).Where("owner.phone IS NOT NULL")
	}
	const holds = "voter_owner.community_id = ballot.community_id AND voter_owner.voter_id = ballot.voter_id"
	owners := cast().Select("ballot.leaf_index, voter_owner.owner_id").Joins("JOIN voter_owner ON " + holds).
		Joins("JOIN owner ON owner.community_id = voter_owner.community_id AND owner.id = voter_owner.owner_id").
		Order("ballot.leaf_index, voter_owner.position")
	acting := cast().Select("ballot.leaf_index, ballot.owner_id").
		Joins("JOIN owner ON owner.community_id = ballot.community_id AND owner.id = ballot.owner_id").
		Where("NOT EXISTS (SELECT 1 FROM voter_owner WHERE " + holds + " AND voter_owner.owner_id = ballot.owner_id)").Order("ballot.leaf_index")
	var messages []outboxRow
	for _, query := range []*gorm.DB{owners, acting} {
		err := eachRow(query, func(rows *sql.Rows) error {
			message := outboxRow{CommunityID: told.CommunityID, Kind: BallotRecorded, MeetingID: told.MeetingID}
			var index int64
			if err := rows.Scan(&index, &message.OwnerID); err != nil {
				return err
			}
			message.Dedupe = fmt.Sprintf("ballot:%s:%s:%d", told.MeetingID, message.OwnerID, index)
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

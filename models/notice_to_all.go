package models

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
)

// noticeToAllRow is something that everybody on the roster of a meeting is told of 通告全体业主, written in the transaction that
// makes it public.
type noticeToAllRow struct {
	CommunityID string
	ID          string
	Kind        MessageKind
	MeetingID   string
	EntryID     string // of supervision; empty for a step of the meeting itself
	At          int64
	AfterOwner  string // the last owner told, in the order of their ids; empty before the first
	DoneAt      *int64
}

func (noticeToAllRow) TableName() string { return "notice_to_all" }

// noticeKinds are the messages that everybody gets.
var noticeKinds = []MessageKind{MeetingEnded, Supervised, NoticePublished, ResultForComment, ResultPublished}

// noticeLife is how long a notice to all is news. What a service that stood still did not tell by then is read on the board.
const noticeLife = 3 * day

// tellAll has everybody told of a step of a meeting. What they have not yet been told of an earlier one they are not told any
// more: nobody is invited to a vote that was withdrawn.
func tellAll(tx *gorm.DB, now int64, kind MessageKind, communityID, meetingID, entryID string) error {
	of := func() *gorm.DB { return tx.Where("community_id = ? AND meeting_id = ?", communityID, meetingID) }
	err := of().Model(&noticeToAllRow{}).Where("done_at IS NULL").Update("done_at", now).Error
	if err == nil {
		err = of().Where("state = ? AND kind IN ?", MessagePending, noticeKinds).Delete(&outboxRow{}).Error // not dead: nobody may send them again
	}
	if err != nil {
		return fmt.Errorf("end the earlier notices to all: %w", err)
	}
	row := noticeToAllRow{CommunityID: communityID, ID: newID(), Kind: kind, MeetingID: meetingID, EntryID: entryID, At: now}
	if err := tx.Create(&row).Error; err != nil {
		return fmt.Errorf("have everybody told: %w", err)
	}
	return nil
}

// toldToAll are the entries of supervision that everybody is told of (物业管理条例第19条: 并通告全体业主). A report is the
// convener's answer to the authority.
var toldToAll = []lifecycle.SupervisionKind{lifecycle.CorrectionOrdered, lifecycle.Rectified, lifecycle.Revoked, lifecycle.CourtRevoked}

// TellAll puts a batch of the oldest notice to all into the outbox: to every owner with a phone whom the meeting concerns, once
// for each phone. It puts none while many wait, as [Store.TellOfBallots].
func (s *Store) TellAll(ctx context.Context) error {
	db := s.read(ctx)
	var due []noticeToAllRow
	if err := db.Where("done_at IS NULL").Order("at").Limit(1).Find(&due).Error; err != nil {
		return fmt.Errorf("look for notices to all: %w", err)
	}
	if len(due) == 0 {
		return nil
	}
	var waiting int64
	if err := db.Table("outbox").Where("state = ? AND kind IN ?", MessagePending, noticeKinds).Count(&waiting).Error; err != nil {
		return fmt.Errorf("count the notices that wait: %w", err)
	}
	if waiting >= tellBacklog {
		return nil
	}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		var notice noticeToAllRow
		err := tx.Clauses(skipLocked).Where("community_id = ? AND id = ? AND done_at IS NULL", due[0].CommunityID, due[0].ID).Take(&notice).Error
		if errors.Is(err, gorm.ErrRecordNotFound) { // another replica is at it, or it was superseded
			return nil
		}
		if err != nil {
			return fmt.Errorf("lock a notice to all: %w", err)
		}
		return notice.tell(tx, now)
	})
}

// tell puts the next batch of a notice into the outbox.
func (n noticeToAllRow) tell(tx *gorm.DB, now int64) error {
	columns := map[string]any{"done_at": now}
	if now <= n.At+noticeLife {
		meeting, err := meetingView(tx.Where("community_id = ? AND id = ?", n.CommunityID, n.MeetingID))
		if err != nil {
			return err
		}
		owners, err := n.nextOwners(tx, meeting)
		if err != nil {
			return err
		}
		if err := n.enqueue(tx, now, meeting, owners); err != nil {
			return err
		}
		if len(owners) == tellBatch {
			columns = map[string]any{"after_owner": owners[len(owners)-1]}
		}
	}
	err := tx.Table("notice_to_all").Where("community_id = ? AND id = ?", n.CommunityID, n.ID).Updates(columns).Error
	if err != nil {
		return fmt.Errorf("note who was told: %w", err)
	}
	return nil
}

// nextOwners are the next owners on the roster who have a phone. Of several who share one the first is told, unless only a part
// of the community is concerned, of which the first need not be.
func (n noticeToAllRow) nextOwners(tx *gorm.DB, meeting Meeting) (owners []string, err error) {
	query := tx.Table("owner").Select("id").Where("community_id = ? AND roster_id = ? AND phone IS NOT NULL AND id > ?", meeting.CommunityID, meeting.RosterID, n.AfterOwner)
	if !meeting.concernsSome() {
		query = query.Where("NOT EXISTS (SELECT 1 FROM owner AS other WHERE other.community_id = owner.community_id AND other.roster_id = owner.roster_id " +
			"AND other.phone_index = owner.phone_index AND other.id < owner.id)")
	}
	if err := query.Order("id").Limit(tellBatch).Scan(&owners).Error; err != nil {
		return nil, fmt.Errorf("find whom to tell: %w", err)
	}
	return owners, nil
}

func (n noticeToAllRow) enqueue(tx *gorm.DB, now int64, meeting Meeting, owners []string) error {
	concerned, err := concernedBy(tx, meeting, owners)
	if err != nil || len(concerned) == 0 {
		return err
	}
	messages := make([]outboxRow, len(concerned))
	for i, owner := range concerned {
		messages[i] = outboxRow{CommunityID: n.CommunityID, Kind: n.Kind, MeetingID: n.MeetingID, OwnerID: owner, NoticeID: n.ID, Dedupe: "all:" + n.ID + ":" + owner}
		messages[i].fill(now)
	}
	if err := tx.CreateInBatches(messages, insertBatch).Error; err != nil {
		return fmt.Errorf("put a notice to all into the outbox: %w", err)
	}
	return nil
}

// concernsSome tells whether every matter is for a part of the community, so that a meeting concerns some owners only.
func (m *Meeting) concernsSome() bool {
	return len(m.Matters) > 0 && !slices.ContainsFunc(m.Matters, func(matter Matter) bool { return len(matter.Rule.Scope) == 0 })
}

// concernedBy leaves of some owners those who may vote on a matter of the meeting.
func concernedBy(tx *gorm.DB, meeting Meeting, owners []string) ([]string, error) {
	if !meeting.concernsSome() || len(owners) == 0 {
		return owners, nil
	}
	var held []struct{ OwnerID, VoterID string }
	err := tx.Table("voter_owner").Select("owner_id, voter_id").Where("community_id = ? AND owner_id IN ?", meeting.CommunityID, owners).Scan(&held).Error
	if err != nil {
		return nil, fmt.Errorf("find what owners hold: %w", err)
	}
	ids := make([]string, len(held))
	for i, pair := range held {
		ids[i] = pair.VoterID
	}
	var read electorate
	if err := eachUnit(ofMeetingsRoster(tx, meeting).Where("voter_id IN ?", ids), unitParts{places: true}, read.add); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(owners), func(owner string) bool {
		for _, pair := range held {
			if at, found := read.at[pair.VoterID]; pair.OwnerID == owner && found && mayVote(read.voters[at], meeting) {
				return false
			}
		}
		return true
	}), nil
}

func mayVote(voter voting.Voter, meeting Meeting) bool {
	return slices.ContainsFunc(meeting.Matters, func(m Matter) bool { return voter.Entitled(m.Rule.Scope) })
}

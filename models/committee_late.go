package models

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
)

// RegisterElection puts into the register whom an earlier final result elected, and what its certificate says; what is
// published today does so by itself. Refusals: not_found, illegal_step (another role, or no final result), no_committee_elected,
// already_registered.
func (s *Store) RegisterElection(ctx context.Context, by Actor, communityID, meetingID string) error {
	if Role(by.Role) != RoleConvener && Role(by.Role) != RoleStreet {
		return refuse("illegal_step")
	}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		if _, err := lockMeeting(tx, communityID, meetingID); err != nil {
			return err
		}
		meeting, err := meetingView(tx.Where("community_id = ? AND id = ?", communityID, meetingID))
		if err != nil {
			return err
		}
		if meeting.State != lifecycle.MeetingPublished {
			return refuse("illegal_step")
		}
		before, err := entriesAfter(tx, communityID, meetingID)
		switch {
		case err != nil:
			return err
		case before > 0:
			return refuse("already_registered")
		}
		results, err := resultsOf(tx, communityID, meetingID)
		if err != nil {
			return err
		}
		if err := registerElection(tx, now, meeting, results[len(results)-1].Matters, meeting.PublishedAt); err != nil {
			return err
		}
		after, err := entriesAfter(tx, communityID, meetingID)
		switch {
		case err != nil:
			return err
		case after == 0:
			return refuse("no_committee_elected")
		}
		certificate, err := standingCertificate(tx, communityID, meetingID)
		if err != nil || certificate == nil {
			return err
		}
		return committeeCertified(tx, now, communityID, meetingID, certificate.Particulars, certificate.DecidedAt)
	})
}

// entriesAfter counts the entries of the register that follow a meeting.
func entriesAfter(tx *gorm.DB, communityID, meetingID string) (n int64, err error) {
	err = tx.Table("committee_entry").Where("community_id = ? AND meeting_id = ?", communityID, meetingID).Count(&n).Error
	if err != nil {
		return 0, fmt.Errorf("count the entries of a meeting: %w", err)
	}
	return n, nil
}

// standingCertificate is the newest certificate of a meeting that nothing took back, nil for none.
func standingCertificate(tx *gorm.DB, communityID, meetingID string) (*Filing, error) {
	list, err := filings(tx.Where("community_id = ? AND meeting_id = ? AND state = ? AND replaced_by = ''", communityID, meetingID, lifecycle.FilingCertified))
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[len(list)-1], nil
}

// UnregisteredElections are the published meetings of a community that elected members and that no entry of the register
// follows: those from before there was one.
func (s *Store) UnregisteredElections(ctx context.Context, communityID string) ([]Meeting, error) {
	var rows []meetingRow
	err := s.read(ctx).Where("community_id = ? AND state = ? AND elected > 0", communityID, lifecycle.MeetingPublished).
		Where("id NOT IN (SELECT meeting_id FROM committee_entry WHERE community_id = ? AND meeting_id IS NOT NULL)", communityID).Order("published_at").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list elections that are not registered: %w", err)
	}
	list, failures := make([]Meeting, len(rows)), []error(nil)
	for i, row := range rows {
		var err error
		list[i], err = row.view()
		failures = append(failures, err)
	}
	return list, errors.Join(failures...)
}

// RecallMotions are the motions that may have recalled a member: see [Store.RecallMember]. Each is given with its meeting's id.
func (s *Store) RecallMotions(ctx context.Context, communityID string, since int64) (map[string][]Matter, error) {
	var ids []string
	err := s.read(ctx).Table("meeting").Where("community_id = ? AND state = ? AND published_at >= ?", communityID, lifecycle.MeetingPublished, since).Pluck("id", &ids).Error
	if err != nil {
		return nil, fmt.Errorf("list meetings that may recall: %w", err)
	}
	found := map[string][]Matter{}
	for _, id := range ids {
		meeting, err := s.Meeting(ctx, communityID, id)
		if err != nil {
			return nil, err
		}
		if found[id], err = recallsOf(s.read(ctx), meeting); err != nil {
			return nil, err
		}
	}
	return found, nil
}

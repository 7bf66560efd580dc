package models

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
	"gongjue/voting/sample"
)

// SampleCall is one ballot on the call list. Names are masked; the phone of an owner is read one by one, with a reason
// (see [Store.ReadOwner]).
type SampleCall struct {
	Leaf    int64
	ByLot   bool
	Label   string // place of the voter's first unit, or the developer
	Channel lifecycle.Channel
	Owners  []CalledOwner
	Tries   int64
	Answer  sample.Answer // the newest; empty before the first try
	AskedAt int64         // Unix ms
}

// CalledOwner is somebody who can be asked.
type CalledOwner struct {
	OwnerID  string
	Name     string // masked
	HasPhone bool
}

// SampleCalls is the call list of the round that is drawn, in its order; for the street alone. Refusals: not_found,
// forbidden, sample_none.
func (s *Store) SampleCalls(ctx context.Context, by Actor, meeting Meeting) ([]SampleCall, error) {
	if Role(by.Role) != RoleStreet {
		return nil, refuse("forbidden")
	}
	db := s.read(ctx)
	rounds, err := sampleRows(db, meeting.CommunityID, meeting.ID)
	if err != nil {
		return nil, err
	}
	live := sampleDesk{rounds: rounds}.live()
	if live == nil || live.State != SampleDrawn {
		return nil, refuse("sample_none")
	}
	ballots, err := live.ballots(db)
	if err != nil {
		return nil, err
	}
	answers, err := live.answers(db)
	if err != nil {
		return nil, err
	}
	calls, at := make([]SampleCall, len(ballots)), make(map[string]int, len(ballots))
	for i, ballot := range ballots {
		newest := answers[ballot.LeafIndex]
		calls[i] = SampleCall{Leaf: ballot.LeafIndex, ByLot: ballot.ByLot, Tries: newest.Try, Answer: newest.Answer, AskedAt: newest.AskedAt}
		at[ballot.VoterID] = i
	}
	return calls, addWhoIsCalled(db, *live, calls, at)
}

// addWhoIsCalled adds homes, ways and masked names. at gives the place of a voter's call.
func addWhoIsCalled(db *gorm.DB, live sampleRow, calls []SampleCall, at map[string]int) error {
	const ofRound = "JOIN sample_ballot ON sample_ballot.community_id = ? AND sample_ballot.meeting_id = ? AND sample_ballot.round = ? AND sample_ballot.voter_id = "
	key := []any{live.CommunityID, live.MeetingID, live.Round}
	var labels []voterRow
	err := db.Table("voter").Select("voter.id, voter.label").Joins(ofRound+"voter.id", key...).
		Where("voter.community_id = ?", live.CommunityID).Find(&labels).Error
	if err != nil {
		return fmt.Errorf("read the homes of a sample: %w", err)
	}
	for _, row := range labels {
		calls[at[row.ID]].Label = row.Label
	}
	var owners []struct {
		VoterID string
		Owner   ownerRow `gorm:"embedded"`
	}
	err = db.Table("voter_owner").Select("voter_owner.voter_id, owner.id, owner.name, owner.phone").Joins(ofRound+"voter_owner.voter_id", key...).
		Joins("JOIN owner ON owner.community_id = voter_owner.community_id AND owner.id = voter_owner.owner_id").
		Where("voter_owner.community_id = ?", live.CommunityID).Order("voter_owner.voter_id, voter_owner.position").Scan(&owners).Error
	if err != nil {
		return fmt.Errorf("read the owners of a sample: %w", err)
	}
	for _, row := range owners {
		call := &calls[at[row.VoterID]]
		call.Owners = append(call.Owners, CalledOwner{OwnerID: row.Owner.ID, Name: roster.MaskName(row.Owner.Name), HasPhone: row.Owner.Phone != nil})
	}
	for i := range calls {
		calls[i].Channel = lifecycle.Imported // unless it stands among the ballots that came in here
	}
	var rows []ballotRow
	err = db.Select("ballot.voter_id, ballot.channel").Joins(ofRound+"ballot.voter_id AND sample_ballot.leaf_index = ballot.leaf_index", key...).
		Where("ballot.community_id = ? AND ballot.meeting_id = ?", live.CommunityID, live.MeetingID).Find(&rows).Error
	if err != nil {
		return fmt.Errorf("read the ways of a sample's ballots: %w", err)
	}
	for _, row := range rows {
		calls[at[row.VoterID]].Channel = row.Channel
	}
	return nil
}

// AnswerSample notes what came of asking about a ballot of the drawn round. Every try is kept, and the newest counts. Only
// the street asks. Refusals: not_found, illegal_step, sample_none, bad_value (answer).
func (s *Store) AnswerSample(ctx context.Context, by Actor, communityID, meetingID string, leaf int64, answer sample.Answer) error {
	if !slices.Contains(sample.Answers, answer) {
		return refuseField("bad_value", "answer")
	}
	return s.onDrawn(ctx, by, communityID, meetingID, func(tx *gorm.DB, now int64, _ sampleDesk, live *sampleRow) error {
		var there int64
		one := tx.Where("community_id = ? AND meeting_id = ? AND round = ? AND leaf_index = ?", communityID, meetingID, live.Round, leaf).Session(&gorm.Session{})
		if err := one.Table("sample_ballot").Count(&there).Error; err != nil {
			return fmt.Errorf("look for a ballot of a sample: %w", err)
		}
		if there == 0 {
			return refuse("not_found")
		}
		row := sampleAnswerRow{CommunityID: communityID, MeetingID: meetingID, Round: live.Round, LeafIndex: leaf, Answer: answer, AskedAt: now, AskedBy: by.ID}
		if err := one.Table("sample_answer").Select("COALESCE(MAX(try), 0) + 1").Scan(&row.Try).Error; err != nil {
			return fmt.Errorf("count the tries of a sample: %w", err)
		}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("note an answer: %w", raced(err))
		}
		return record(tx, now, by, communityID, "sample_answered", "meeting", meetingID, map[string]any{"round": live.Round, "leaf": leaf, "answer": answer})
	})
}

// EndSample says what the round shows, once somebody was asked about every ballot, and publishes it. Only the street
// does. Refusals: not_found, illegal_step, sample_none, sample_unasked.
func (s *Store) EndSample(ctx context.Context, by Actor, communityID, meetingID string) error {
	return s.onDrawn(ctx, by, communityID, meetingID, func(tx *gorm.DB, now int64, desk sampleDesk, live *sampleRow) error {
		view, err := live.view(tx)
		if err != nil {
			return err
		}
		if view.Asked < view.Plan.Asked() {
			return refuse("sample_unasked")
		}
		newest, err := live.answers(tx)
		if err != nil {
			return err
		}
		answers := make(map[int64]sample.Answer, len(newest))
		for leaf, row := range newest {
			answers[leaf] = row.Answer
		}
		counted, err := readSampled(tx, desk.meeting)
		if err != nil {
			return err
		}
		head, err := s.closeHead(tx, communityID, meetingID)
		if err != nil {
			return err
		}
		root, err := hashOf(head.Root)
		if err != nil {
			return err
		}
		finding, err := sample.Judge(counted.decisions, counted.ballots, view.Plan, voting.LotSeed(root, live.Number), answers)
		if err != nil {
			return fmt.Errorf("judge a sample: %w", err)
		}
		text, err := jsonText(finding)
		if err != nil {
			return err
		}
		if err := live.change(tx, map[string]any{"state": SampleEnded, "finding": text, "ended_at": now, "ended_by": by.ID}); err != nil {
			return err
		}
		if err := s.tellOfSample(tx, desk.log, now, by, *live, bundle.Sample{Act: ledger.SampleEnded, Finding: &finding}); err != nil {
			return err
		}
		return record(tx, now, by, communityID, "sample_ended", "meeting", meetingID, map[string]any{"round": live.Round, "finding": finding})
	})
}

// onDrawn runs do for the street while a round is drawn.
func (s *Store) onDrawn(ctx context.Context, by Actor, communityID, meetingID string, do func(tx *gorm.DB, now int64, desk sampleDesk, live *sampleRow) error) error {
	return s.onSample(ctx, by, communityID, meetingID, func(tx *gorm.DB, now int64, desk sampleDesk) (answer, failure error) {
		live := desk.live()
		switch {
		case Role(by.Role) != RoleStreet:
			return nil, refuse("illegal_step")
		case live == nil || live.State != SampleDrawn:
			return nil, refuse("sample_none")
		}
		return nil, do(tx, now, desk, live)
	})
}

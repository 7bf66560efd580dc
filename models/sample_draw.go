package models

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
	"gongjue/voting/sample"
)

// SampleAnnouncement says with which certainty a street samples, and when, where and how the number is drawn.
type SampleAnnouncement struct {
	Certainty sample.Certainty
	DueAt     int64 // Unix ms
	Place     string
	Manner    string
	Digits    int64
}

// AnnounceSample fixes the plan of a round before anybody knows which ballots it meets, and tells everybody when the
// number is drawn, not sooner than [LotLead]. Only the street does. Refusals: not_found, illegal_step, required,
// bad_value (certainty, digits), sample_too_early, sample_open, sample_empty (no ballot was counted).
func (s *Store) AnnounceSample(ctx context.Context, by Actor, communityID, meetingID string, a SampleAnnouncement) error {
	a.Place, a.Manner = strings.TrimSpace(a.Place), strings.TrimSpace(a.Manner)
	switch {
	case !slices.Contains(sample.Certainties, a.Certainty):
		return refuseField("bad_value", "certainty")
	case a.Place == "":
		return refuseField("required", "place")
	case a.Manner == "":
		return refuseField("required", "manner")
	case a.Digits < voting.MinLotDigits || a.Digits > voting.MaxLotDigits:
		return refuseField("bad_value", "digits")
	}
	return s.onSample(ctx, by, communityID, meetingID, func(tx *gorm.DB, now int64, desk sampleDesk) (answer, failure error) {
		switch {
		case Role(by.Role) != RoleStreet:
			return nil, refuse("illegal_step")
		case desk.live() != nil:
			return nil, refuse("sample_open")
		case a.DueAt < now+LotLead:
			return nil, refuseField("sample_too_early", "due")
		}
		plans, err := s.plansOf(tx, desk.meeting)
		if err != nil {
			return nil, err
		}
		plan := plans[slices.Index(sample.Certainties, a.Certainty)]
		if plan.Asked() == 0 {
			return nil, refuse("sample_empty")
		}
		text, err := jsonText(plan)
		if err != nil {
			return nil, err
		}
		row := sampleRow{CommunityID: communityID, MeetingID: meetingID, Round: int64(len(desk.rounds)) + 1, State: SampleAnnounced, Plan: text,
			DueAt: a.DueAt, Place: a.Place, Manner: a.Manner, Digits: a.Digits, AnnouncedAt: now, AnnouncedBy: by.ID}
		if err := tx.Create(&row).Error; err != nil {
			return nil, fmt.Errorf("announce a sample: %w", raced(err))
		}
		err = s.tellOfSample(tx, desk.log, now, by, row, bundle.Sample{Act: ledger.SampleAnnounced, Plan: &plan, DueAt: a.DueAt, Place: a.Place, Manner: a.Manner, Digits: a.Digits})
		if err != nil {
			return nil, err
		}
		return nil, record(tx, now, by, communityID, "sample_announced", "meeting", meetingID, map[string]any{"round": row.Round, "plan": plan})
	})
}

// RecordSample puts the number on record that was drawn as announced; nobody reads it before somebody in another role
// types it again. Refusals: not_found, illegal_step, sample_none, sample_waiting, lot_not_yet, lot_number_invalid,
// lot_day_wrong, required (witnesses).
func (s *Store) RecordSample(ctx context.Context, by Actor, communityID, meetingID string, entry LotEntry) error {
	entry.Witnesses = strings.TrimSpace(entry.Witnesses)
	return s.onSample(ctx, by, communityID, meetingID, func(tx *gorm.DB, now int64, desk sampleDesk) (answer, failure error) {
		live := desk.live()
		switch {
		case live == nil || live.State == SampleDrawn:
			return nil, refuse("sample_none")
		case live.State == SampleRecorded && live.FirstBy != by.ID: // who typed it first may mend it: the second types it again
			return nil, refuse("sample_waiting")
		case now < live.DueAt:
			return nil, refuse("lot_not_yet")
		}
		number, err := entry.asAnnounced(now, live.DueAt, live.Digits)
		if err != nil {
			return nil, err
		}
		err = live.change(tx, map[string]any{"state": SampleRecorded, "number": number, "number_at": entry.DrawnAt, "witnesses": entry.Witnesses,
			"first_by": by.ID, "first_role": by.Role})
		if err != nil {
			return nil, err
		}
		return nil, record(tx, now, by, communityID, "sample_recorded", "meeting", meetingID, map[string]int64{"round": live.Round})
	})
}

// ConfirmSample draws the lot: somebody in another role than whoever recorded the number types it again. Refusals:
// not_found, illegal_step, sample_none, lot_same_role, lot_differs, ledger_mismatch.
func (s *Store) ConfirmSample(ctx context.Context, by Actor, communityID, meetingID, number string) error {
	return s.onSample(ctx, by, communityID, meetingID, func(tx *gorm.DB, now int64, desk sampleDesk) (answer, failure error) {
		live := desk.live()
		if live == nil || live.State != SampleRecorded {
			return nil, refuse("sample_none")
		}
		typed, _ := voting.LotNumber(number, live.Digits)
		switch {
		case live.FirstBy == by.ID || live.FirstRole == Role(by.Role):
			return nil, refuse("lot_same_role")
		case typed != live.Number:
			if err := live.change(tx, map[string]any{"differed": live.Differed + 1}); err != nil {
				return nil, err
			}
			return refuseField("lot_differs", "number"), record(tx, now, by, communityID, "sample_differed", "meeting", meetingID, map[string]int64{"round": live.Round})
		}
		return nil, s.drawSample(tx, now, by, desk, live)
	})
}

// drawSample notes which ballots are asked about, by a log that was just worked out again.
func (s *Store) drawSample(tx *gorm.DB, now int64, by Actor, desk sampleDesk, live *sampleRow) error {
	root, _, err := countedLog(tx, desk.log)
	if err != nil {
		return err
	}
	head, err := s.closeHead(tx, live.CommunityID, live.MeetingID)
	if err != nil {
		return err
	}
	if head.Root != root.String() {
		return refuse("ledger_mismatch")
	}
	counted, err := readSampled(tx, desk.meeting)
	if err != nil {
		return err
	}
	view, err := live.view(tx)
	if err != nil {
		return err
	}
	if view.Plan.Ballots != int64(len(counted.ballots)) {
		return refuse("ledger_mismatch")
	}
	certain, drawn := sample.Selected(view.Plan, counted.ballots, voting.LotSeed(root, live.Number))
	var rows []sampleBallotRow
	for i, leaf := range slices.Concat(certain, drawn) {
		rows = append(rows, sampleBallotRow{CommunityID: live.CommunityID, MeetingID: live.MeetingID, Round: live.Round, LeafIndex: leaf,
			VoterID: counted.voters[leaf], Place: int64(i) + 1, ByLot: i >= len(certain)})
	}
	err = live.change(tx, map[string]any{"state": SampleDrawn, "second_by": by.ID, "second_role": by.Role, "drawn_at": now})
	if err != nil {
		return err
	}
	if err := tx.CreateInBatches(rows, insertBatch).Error; err != nil {
		return fmt.Errorf("note the ballots of a sample: %w", err)
	}
	err = s.tellOfSample(tx, desk.log, now, by, *live, bundle.Sample{Act: ledger.SampleDrawn, Number: live.Number, NumberAt: live.NumberAt,
		Witnesses: live.Witnesses, Root: root.String(), Certain: certain, ByLot: drawn})
	if err != nil {
		return err
	}
	return record(tx, now, by, live.CommunityID, "sample_drawn", "meeting", live.MeetingID, map[string]any{"round": live.Round, "number": live.Number})
}

// WithdrawSample gives up a round before its ballots are known; it stays on record with the reason. Only the street
// does. Refusals: not_found, illegal_step, sample_none, reason_missing.
func (s *Store) WithdrawSample(ctx context.Context, by Actor, communityID, meetingID, reason string) error {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return refuseField("reason_missing", "reason")
	}
	return s.onSample(ctx, by, communityID, meetingID, func(tx *gorm.DB, now int64, desk sampleDesk) (answer, failure error) {
		live := desk.live()
		switch {
		case Role(by.Role) != RoleStreet:
			return nil, refuse("illegal_step")
		case live == nil || live.State == SampleDrawn:
			return nil, refuse("sample_none")
		}
		if err := live.change(tx, map[string]any{"state": SampleWithdrawn, "reason": reason, "ended_at": now, "ended_by": by.ID}); err != nil {
			return nil, err
		}
		if err := s.tellOfSample(tx, desk.log, now, by, *live, bundle.Sample{Act: ledger.SampleWithdrawn, Reason: reason}); err != nil {
			return nil, err
		}
		return nil, record(tx, now, by, communityID, "sample_withdrawn", "meeting", meetingID, map[string]any{"round": live.Round, "reason": reason})
	})
}

// sampleDesk is a meeting with its log, both locked, and its rounds.
type sampleDesk struct {
	log     *logWriter
	meeting Meeting
	rounds  []sampleRow
}

func (d sampleDesk) live() *sampleRow {
	if n := len(d.rounds); n > 0 && d.rounds[n-1].State != SampleEnded && d.rounds[n-1].State != SampleWithdrawn {
		return &d.rounds[n-1]
	}
	return nil
}

// onSample runs do while a result is on display or final. What do answers does not roll it back. Refusals: not_found,
// illegal_step (also a role that draws no lots).
func (s *Store) onSample(ctx context.Context, by Actor, communityID, meetingID string, do func(tx *gorm.DB, now int64, desk sampleDesk) (answer, failure error)) error {
	return s.judged(ctx, func(tx *gorm.DB, now int64) (answer, failure error) {
		log, meeting, err := lockForLot(tx, by, communityID, meetingID, lotRoles, sampledStates...)
		if err != nil {
			return nil, err
		}
		rounds, err := sampleRows(tx, communityID, meetingID)
		if err != nil {
			return nil, err
		}
		return do(tx, now, sampleDesk{log, meeting, rounds})
	})
}

// change moves a round; a lost race runs again.
func (r *sampleRow) change(tx *gorm.DB, columns map[string]any) error {
	err := moved(tx.Table("sample").Where("community_id = ? AND meeting_id = ? AND round = ? AND state = ?", r.CommunityID, r.MeetingID, r.Round, r.State).
		Updates(columns))
	if err != nil {
		return fmt.Errorf("move a sample: %w", err)
	}
	return nil
}

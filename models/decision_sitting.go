package models

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// WantedSitting calls a meeting of the committee in office.
type WantedSitting struct {
	CalledBy lifecycle.SittingCaller
	Callers  int64 // members who ask for it, where members call it
	HeldAt   int64 // Unix ms
	Place    string
	Agenda   []string
}

// The bounds of a call.
const (
	mostAgenda      = 20
	longestSitting  = 200                // characters of a place or a title
	furthestSitting = 92 * 24 * 3600_000 // ms from the call
)

// CallSitting makes time, place and agenda of a committee's meeting public. Nothing else is decided there. Refusals:
// illegal_step (another role), no_committee, interim_over (its term is over by then), bad_value (called_by, held_at: not past, within three months), too_few_callers
// (less than one third of all members), required, too_long, reason_names_person, too_many_matters.
func (s *Store) CallSitting(ctx context.Context, by Actor, communityID string, wanted WantedSitting) error {
	if Role(by.Role) != RoleConvener {
		return refuse("illegal_step")
	}
	row := sittingRow{CommunityID: communityID, ID: newID(), State: lifecycle.SittingCalled, CalledBy: wanted.CalledBy, HeldAt: wanted.HeldAt,
		Place: strings.TrimSpace(wanted.Place), CalledID: by.ID}
	titles := trimmed(wanted.Agenda)
	texts := []publicText{{"place", row.Place, longestSitting, true}}
	for _, title := range titles {
		texts = append(texts, publicText{"agenda", title, longestSitting, true})
	}
	switch err := publicTexts(texts...); {
	case err != nil:
		return err
	case !slices.Contains(lifecycle.SittingCallers, row.CalledBy):
		return refuseField("bad_value", "called_by")
	case len(titles) == 0:
		return refuseField("required", "agenda")
	case len(titles) > mostAgenda:
		return refuseField("too_many_matters", "agenda")
	}
	agenda, err := json.Marshal(titles)
	if err != nil {
		return fmt.Errorf("encode an agenda: %w", err)
	}
	row.Agenda = string(agenda)
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		if row.HeldAt <= now || row.HeldAt > now+furthestSitting {
			return refuseField("bad_value", "held_at")
		}
		list, err := committees(tx.Where("community_id = ?", communityID))
		if err != nil {
			return err
		}
		term := ActingCommittee(list)
		switch {
		case term == nil:
			return refuse("no_committee")
		case term.Kind == lifecycle.PropertyManagementCommittee && term.Lapsed(row.HeldAt):
			return refuse("interim_over") // a committee whose term is over goes on with what cannot wait
		}
		if row.CalledBy == lifecycle.CalledByMembers {
			if row.Callers = wanted.Callers; row.Callers > term.AllAt(now) || 3*row.Callers < term.AllAt(now) {
				return refuseField("too_few_callers", "callers")
			}
		}
		row.CommitteeID, row.CalledAt = term.ID, now
		err = tx.Table("committee_sitting").Where("community_id = ?", communityID).Select("COALESCE(MAX(number), 0) + 1").Scan(&row.Number).Error
		if err != nil {
			return fmt.Errorf("number a meeting of a committee: %w", err)
		}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("call a meeting of a committee: %w", raced(err))
		}
		return record(tx, now, by, communityID, "sitting_called", "sitting", row.ID, map[string]int64{"number": row.Number})
	})
}

// CancelSitting takes a call back, with a public reason. Refusals: not_found, illegal_step, required, too_long,
// reason_names_person.
func (s *Store) CancelSitting(ctx context.Context, by Actor, communityID, id, reason string) error {
	reason = strings.TrimSpace(reason)
	if err := publicTexts(publicText{"reason", reason, longestSitting, true}); err != nil {
		return err
	}
	return s.onSitting(ctx, by, communityID, id, lifecycle.EventCancel, func(_ *gorm.DB, row *sittingRow, _ int64) error {
		row.Reason = reason
		return nil
	})
}

func (s *Store) onSitting(ctx context.Context, by Actor, communityID, id string, event lifecycle.Event, change func(tx *gorm.DB, row *sittingRow, now int64) error) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		var row sittingRow
		if err := tx.Clauses(forUpdate).Where("community_id = ? AND id = ?", communityID, id).Take(&row).Error; err != nil {
			return orNotFound(err)
		}
		next, illegal := lifecycle.Sittings.Next(row.State, event, lifecycle.Actor(by.Role))
		if illegal != nil {
			return asRefusal(illegal)
		}
		was := row.State
		row.State, row.EndedAt, row.EndedBy = next, &now, by.ID
		if err := change(tx, &row, now); err != nil {
			return err
		}
		err := moved(tx.Table("committee_sitting").Where("community_id = ? AND id = ? AND state = ?", communityID, id, was).
			Select("state", "reason", "all_members", "ended_at", "ended_by").Updates(&row))
		if err != nil {
			return fmt.Errorf("end a meeting of a committee: %w", err)
		}
		return record(tx, now, by, communityID, "sitting_"+string(next), "sitting", id, map[string]int64{"number": row.Number})
	})
}

// PublishBy is the last moment at which what a meeting decided is to be published, with the clause; 0 where the place's
// rules set no days.
func (s Sitting) PublishBy(procedure rules.Procedure) (int64, *rules.Clause) {
	clause := procedure.CommitteePublishDays
	if clause == nil || clause.Source == nil {
		return 0, nil
	}
	return calendar.Deadline(s.HeldAt, clause.Days), clause
}

// DisplayUntil is the last moment of the display of what an interim body decided, with the clause; 0 for a committee, and
// where the place's rules set no days.
func (s Sitting) DisplayUntil(procedure rules.Procedure) (int64, *rules.InterimBody) {
	body := procedure.InterimBody
	if s.Kind != lifecycle.PropertyManagementCommittee || s.State != lifecycle.SittingHeld || body == nil || body.DisplayWorkingDays == 0 {
		return 0, nil
	}
	return calendar.WorkingDeadline(s.EndedAt, body.DisplayWorkingDays), body
}

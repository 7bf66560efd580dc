package models

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

// EmergencyUse is an emergency use of the maintenance fund: no vote, but a public entry (民法典第281条第2款).
type EmergencyUse struct {
	ID         string
	Number     int64 // 1-based within the community
	State      lifecycle.EmergencyState
	Cause      lifecycle.EmergencyCause
	Place      string // such as 3号楼 2单元
	Body       string // what happened and what is to be done
	Contractor string // empty while none is chosen
	Estimate   voting.Money
	ProposedAt int64 // Unix ms, as below
	DecidedAt  int64
	Refusal    string
	Cost       voting.Money
	Acceptance string // who accepted the works, by role
	Audit      string // by whom the account was audited; empty where none was
	Overrun    string // why it cost more than estimated
	DoneAt     int64
}

type emergencyRow struct {
	CommunityID string
	ID          string
	Number      int64
	State       lifecycle.EmergencyState
	Cause       lifecycle.EmergencyCause
	Place       string
	Body        string
	Contractor  string
	Estimate    voting.Money
	ProposedAt  int64
	ProposedBy  string
	DecidedAt   *int64
	DecidedBy   string
	Refusal     string
	Cost        voting.Money
	Acceptance  string
	Audit       string
	Overrun     string
	DoneAt      *int64
	DoneBy      string
}

func (emergencyRow) TableName() string { return "emergency_use" }

func (r emergencyRow) view() EmergencyUse {
	return EmergencyUse{ID: r.ID, Number: r.Number, State: r.State, Cause: r.Cause, Place: r.Place, Body: r.Body, Contractor: r.Contractor, Estimate: r.Estimate,
		ProposedAt: r.ProposedAt, DecidedAt: deref(r.DecidedAt), Refusal: r.Refusal, Cost: r.Cost, Acceptance: r.Acceptance, Audit: r.Audit, Overrun: r.Overrun, DoneAt: deref(r.DoneAt)}
}

// Emergencies are the emergency uses of a community, the newest first; public: only those that the street confirmed.
func (s *Store) Emergencies(ctx context.Context, communityID string, public bool) ([]EmergencyUse, error) {
	query := s.read(ctx).Where("community_id = ?", communityID)
	if public {
		query = query.Where("state IN ?", []lifecycle.EmergencyState{lifecycle.EmergencyConfirmed, lifecycle.EmergencyDone})
	}
	var rows []emergencyRow
	if err := query.Order("number DESC").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list emergency uses: %w", err)
	}
	uses := make([]EmergencyUse, len(rows))
	for i, row := range rows {
		uses[i] = row.view()
	}
	return uses, nil
}

// ProposeEmergency asks the street to confirm an emergency use; only what is wanted is read of it. Refusals: illegal_step
// (another role), bad_value (cause, estimate), required, too_long, reason_names_person (everybody reads it).
func (s *Store) ProposeEmergency(ctx context.Context, by Actor, communityID string, wanted EmergencyUse) error {
	if Role(by.Role) != RoleConvener {
		return refuse("illegal_step")
	}
	row := emergencyRow{CommunityID: communityID, ID: newID(), State: lifecycle.EmergencyProposed, Cause: wanted.Cause, Place: strings.TrimSpace(wanted.Place),
		Body: strings.TrimSpace(wanted.Body), Contractor: strings.TrimSpace(wanted.Contractor), Estimate: wanted.Estimate, ProposedBy: by.ID}
	switch {
	case !slices.Contains(lifecycle.EmergencyCauses, row.Cause):
		return refuseField("bad_value", "cause")
	case row.Estimate <= 0:
		return refuseField("bad_value", "estimate")
	}
	if err := publicTexts(publicText{"place", row.Place, 200, true}, publicText{"body", row.Body, 2000, true}, publicText{"contractor", row.Contractor, 200, false}); err != nil {
		return err
	}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		err := tx.Table("emergency_use").Where("community_id = ?", communityID).Select("COALESCE(MAX(number), 0) + 1").Scan(&row.Number).Error
		if err != nil {
			return fmt.Errorf("number an emergency use: %w", err)
		}
		row.ProposedAt = now
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("propose an emergency use: %w", raced(err))
		}
		return record(tx, now, by, communityID, "emergency_proposed", "emergency", row.ID, map[string]any{"number": row.Number, "estimate": row.Estimate})
	})
}

// publicText is a text that everybody reads.
type publicText struct {
	field, text string
	most        int // characters
	needed      bool
}

// publicTexts checks such texts. Refusals: required, too_long, reason_names_person (numbers of people).
func publicTexts(texts ...publicText) error {
	for _, one := range texts {
		switch {
		case one.needed && one.text == "":
			return refuseField("required", one.field)
		case utf8.RuneCountInString(one.text) > one.most:
			return refuseField("too_long", one.field)
		case roster.HoldsNumber(one.text):
			return refuseField("reason_names_person", one.field)
		}
	}
	return nil
}

// ConfirmEmergency is the street's word that it cannot wait; from then on everybody reads of it. Refusals: not_found,
// illegal_step, two_roles_needed.
func (s *Store) ConfirmEmergency(ctx context.Context, by Actor, communityID, id string) error {
	return s.onEmergency(ctx, by, communityID, id, lifecycle.EventApprove, func(row *emergencyRow, now int64) error {
		if row.ProposedBy == by.ID {
			return refuse("two_roles_needed")
		}
		row.DecidedAt, row.DecidedBy = &now, by.ID
		return nil
	})
}

// RefuseEmergency says why it is none, or can wait for a vote. Refusals: not_found, illegal_step, required, too_long,
// reason_names_person.
func (s *Store) RefuseEmergency(ctx context.Context, by Actor, communityID, id, reason string) error {
	reason = strings.TrimSpace(reason)
	if err := publicTexts(publicText{"reason", reason, 200, true}); err != nil {
		return err
	}
	return s.onEmergency(ctx, by, communityID, id, lifecycle.EventRefuse, func(row *emergencyRow, now int64) error {
		row.DecidedAt, row.DecidedBy, row.Refusal = &now, by.ID, reason
		return nil
	})
}

// WithdrawEmergency takes a proposal back. Refusals: not_found, illegal_step.
func (s *Store) WithdrawEmergency(ctx context.Context, by Actor, communityID, id string) error {
	return s.onEmergency(ctx, by, communityID, id, lifecycle.EventWithdraw, func(row *emergencyRow, now int64) error {
		row.DecidedAt, row.DecidedBy = &now, by.ID
		return nil
	})
}

// CompleteEmergency says what the works cost and who accepted them. More than was estimated needs a reason. Refusals:
// not_found, illegal_step, bad_value (cost), required (acceptance, overrun), too_long, reason_names_person.
func (s *Store) CompleteEmergency(ctx context.Context, by Actor, communityID, id string, done EmergencyUse) error {
	acceptance, audit, overrun := strings.TrimSpace(done.Acceptance), strings.TrimSpace(done.Audit), strings.TrimSpace(done.Overrun)
	if done.Cost <= 0 {
		return refuseField("bad_value", "cost")
	}
	return s.onEmergency(ctx, by, communityID, id, lifecycle.EventComplete, func(row *emergencyRow, now int64) error {
		if err := publicTexts(publicText{"acceptance", acceptance, 200, true}, publicText{"audit", audit, 200, false},
			publicText{"overrun", overrun, 200, done.Cost > row.Estimate}); err != nil {
			return err
		}
		row.Cost, row.Acceptance, row.Audit, row.DoneAt, row.DoneBy = done.Cost, acceptance, audit, &now, by.ID
		if done.Cost > row.Estimate {
			row.Overrun = overrun
		}
		return nil
	})
}

func (s *Store) onEmergency(ctx context.Context, by Actor, communityID, id string, event lifecycle.Event, change func(row *emergencyRow, now int64) error) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		var row emergencyRow
		if err := tx.Clauses(forUpdate).Where("community_id = ? AND id = ?", communityID, id).Take(&row).Error; err != nil {
			return orNotFound(err)
		}
		was := row.State
		next, illegal := lifecycle.Emergencies.Next(was, event, lifecycle.Actor(by.Role))
		if illegal != nil {
			return asRefusal(illegal)
		}
		if err := change(&row, now); err != nil {
			return err
		}
		row.State = next
		err := moved(tx.Table("emergency_use").Where("community_id = ? AND id = ? AND state = ?", communityID, id, was).
			Select("state", "decided_at", "decided_by", "refusal", "cost", "acceptance", "audit", "overrun", "done_at", "done_by").Updates(&row))
		if err != nil {
			return fmt.Errorf("move an emergency use: %w", err)
		}
		return record(tx, now, by, communityID, "emergency_"+string(next), "emergency", id, map[string]any{"number": row.Number, "cost": row.Cost})
	})
}

// addUrgent adds how many emergency uses wait for the street.
func addUrgent(query *gorm.DB, list []Overview, at map[string]int) error {
	var rows []struct {
		CommunityID string
		N           int64
	}
	err := query.Table("emergency_use").Select("community_id, COUNT(*) AS n").Where("state = ?", lifecycle.EmergencyProposed).Group("community_id").Scan(&rows).Error
	if err != nil {
		return fmt.Errorf("count emergency uses: %w", err)
	}
	for _, row := range rows {
		list[at[row.CommunityID]].Urgent = row.N
	}
	return nil
}

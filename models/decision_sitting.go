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
	"gongjue/voting/lint"
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
// illegal_step (another role), no_committee, bad_value (called_by, held_at: not past, within three months), too_few_callers
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
		if term == nil {
			return refuse("no_committee")
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

// SittingRecord is what came of a committee's meeting.
type SittingRecord struct {
	Present   []string // ids of members who were there in person
	Signed    []string // of them, who signed the minutes
	Decisions []Decision
	Minutes   []SentFile
}

// RecordSitting publishes who was at a meeting and what was decided, each matter of the agenda at most once; of a decision
// only position, texts, votes and the decision that it replaces are read. A decision passes with more than half of all
// members, present or not. Fields of a decision end in its position, such as decided.2. Refusals: not_found, illegal_step,
// too_early (the meeting has not begun), required (present, file, decided, decisions), bad_value (present, signed, position),
// votes_differ (in_favour: the votes are not those of the members present), too_few_signed (too few to decide signed),
// owners_decide (decided: only the owners decide that, and no decision of theirs is named), not_replaceable (replaces),
// too_long, reason_names_person and those of evidence.
func (s *Store) RecordSitting(ctx context.Context, by Actor, communityID, id string, held SittingRecord) error {
	files, err := checkedEvidence(held.Minutes)
	switch {
	case err != nil:
		return err
	case len(files) == 0:
		return refuseField("required", "file")
	case len(held.Decisions) == 0:
		return refuseField("required", "decisions")
	}
	community, err := s.Community(ctx, communityID)
	if err != nil {
		return err
	}
	return s.onSitting(ctx, by, communityID, id, lifecycle.EventPublish, func(tx *gorm.DB, row *sittingRow, now int64) error {
		if now < row.HeldAt {
			return refuse("too_early")
		}
		pack, err := rules.At(community.Place, row.HeldAt)
		if err != nil {
			return fmt.Errorf("find the rules of a place: %w", err)
		}
		if err := keepAttendance(tx, row, held, pack.Procedure); err != nil {
			return err
		}
		if err := keepDecisions(tx, row, held, pack.Procedure); err != nil {
			return err
		}
		return s.keepEvidence(tx, now, by, communityID, id, files)
	})
}

// keepAttendance checks that those present could vote then: nobody stands in for a member, and an alternate is none.
func keepAttendance(tx *gorm.DB, row *sittingRow, held SittingRecord, procedure rules.Procedure) error {
	members, err := membersOf(tx, row.CommunityID, row.CommitteeID)
	if err != nil {
		return err
	}
	var voters []string
	for _, member := range members {
		view := member.view()
		if view.Held(row.HeldAt) {
			row.AllMembers++
		}
		if view.Votes(row.HeldAt) {
			voters = append(voters, member.ID)
		}
	}
	rows := make([]attendanceRow, len(held.Present))
	for i, id := range held.Present {
		if !slices.Contains(voters, id) || slices.Contains(held.Present[:i], id) {
			return refuseField("bad_value", "present")
		}
		rows[i] = attendanceRow{row.CommunityID, row.ID, id, slices.Contains(held.Signed, id)}
	}
	for i, id := range held.Signed {
		if !slices.Contains(held.Present, id) || slices.Contains(held.Signed[:i], id) {
			return refuseField("bad_value", "signed")
		}
	}
	switch {
	case len(rows) == 0:
		return refuseField("required", "present")
	case !procedure.Decides(int64(len(held.Signed)), row.AllMembers):
		return refuseField("too_few_signed", "signed")
	}
	if err := tx.Create(&rows).Error; err != nil {
		return fmt.Errorf("keep who was present: %w", err)
	}
	return nil
}

func keepDecisions(tx *gorm.DB, row *sittingRow, held SittingRecord, procedure rules.Procedure) error {
	before, err := sittings(tx, row.CommunityID)
	if err != nil {
		return err
	}
	sitting, err := row.view()
	if err != nil {
		return err
	}
	number, decided := int64(0), []int64(nil)
	for _, other := range before {
		for _, decision := range other.Decisions {
			number = max(number, decision.Number)
		}
	}
	for i, decision := range held.Decisions {
		if decision.Position < 1 || decision.Position > int64(len(sitting.Agenda)) || slices.Contains(decided, decision.Position) {
			return refuseField("bad_value", "position")
		}
		decided = append(decided, decision.Position)
		made := decisionRow{CommunityID: row.CommunityID, ID: newID(), SittingID: row.ID, Number: number + int64(i) + 1, Position: decision.Position,
			Title: sitting.Agenda[decision.Position-1], Body: strings.TrimSpace(decision.Body), Basis: strings.TrimSpace(decision.Basis),
			InFavour: decision.InFavour, Against: decision.Against, Abstained: decision.Abstained, Passed: procedure.Decides(decision.InFavour, row.AllMembers)}
		if err := made.check(int64(len(held.Present))); err != nil {
			return err
		}
		if decision.ReplacesID != "" {
			if made.ReplacesID = &decision.ReplacesID; !made.Passed || !replaceable(before, decision.ReplacesID) {
				return refuseField("not_replaceable", fmt.Sprintf("replaces.%d", made.Position))
			}
		}
		if err := tx.Create(&made).Error; err != nil {
			return fmt.Errorf("keep a decision: %w", raced(err))
		}
	}
	return nil
}

// check holds a decision to the members present and to what a committee may decide at all.
func (r decisionRow) check(present int64) error {
	at := func(field string) string { return fmt.Sprintf("%s.%d", field, r.Position) }
	if err := publicTexts(publicText{at("decided"), r.Body, 2000, true}, publicText{at("basis"), r.Basis, longestSitting, false}); err != nil {
		return err
	}
	if r.InFavour < 0 || r.Against < 0 || r.Abstained < 0 || r.InFavour > present || r.Against > present || r.InFavour+r.Against+r.Abstained != present {
		return refuseField("votes_differ", at("in_favour"))
	}
	if r.Basis == "" && lint.OwnersDecide(r.Title+"\n"+r.Body) != "" {
		return refuseField("owners_decide", at("decided"))
	}
	return nil
}

// replaceable tells whether a newer decision may take the place of one.
func replaceable(list []Sitting, id string) bool {
	found := findDecision(list, id)
	if found == nil || !found.Passed {
		return false
	}
	_, illegal := lifecycle.Decisions.Next(found.State(), lifecycle.EventSupersede, lifecycle.Convener)
	return illegal == nil
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

package models

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// HandoverItem is something that a committee hands to the next one, or to the street. Instants are Unix ms.
type HandoverItem struct {
	ID        string
	Position  int64 // from 1
	Kind      lifecycle.HandoverKind
	Text      string
	ListedAt  int64
	GivenAt   int64
	TakenAt   int64
	RefusedAt int64 // the newest refusal, while nothing was given since
	Refusal   string

	GivenAs, TakenAs, RefusedAs lifecycle.HandoverSide // as whom it was signed for; empty where nobody did, or the record is older than the sides
}

type handoverRow struct {
	CommunityID string
	ID          string
	CommitteeID string
	Position    int64
	Kind        lifecycle.HandoverKind
	Text        string
	ListedAt    int64
	ListedBy    string
	GivenAt     *int64
	GivenBy     string
	TakenAt     *int64
	TakenBy     string
	RefusedAt   *int64
	RefusedBy   string
	Refusal     string
	GivenAs     lifecycle.HandoverSide
	TakenAs     lifecycle.HandoverSide
	RefusedAs   lifecycle.HandoverSide
}

func (handoverRow) TableName() string { return "handover_item" }

func (r handoverRow) view() HandoverItem {
	return HandoverItem{ID: r.ID, Position: r.Position, Kind: r.Kind, Text: r.Text, ListedAt: r.ListedAt, GivenAt: deref(r.GivenAt), TakenAt: deref(r.TakenAt),
		RefusedAt: deref(r.RefusedAt), Refusal: r.Refusal, GivenAs: r.GivenAs, TakenAs: r.TakenAs, RefusedAs: r.RefusedAs}
}

// HandoverStep is what may be said of an item.
type HandoverStep string

// The steps.
const (
	HandoverGive   HandoverStep = "give"   // the outgoing side says that it did
	HandoverTake   HandoverStep = "take"   // the incoming side says that it has it
	HandoverRefuse HandoverStep = "refuse" // it is withheld; the street sees to it
)

// HandoverSteps lists every step.
var HandoverSteps = []HandoverStep{HandoverGive, HandoverTake, HandoverRefuse}

// ListHandover adds an item to what a term hands over. Refusals: not_found, illegal_step, bad_value (kind), required,
// too_long, reason_names_person.
func (s *Store) ListHandover(ctx context.Context, by Actor, communityID, committeeID string, kind lifecycle.HandoverKind, text string) error {
	text = strings.TrimSpace(text)
	if !slices.Contains(lifecycle.HandoverKinds, kind) {
		return refuseField("bad_value", "kind")
	}
	if err := publicTexts(publicText{"text", text, longestReason, true}); err != nil {
		return err
	}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		if _, _, err := lockCommittee(tx, by, communityID, committeeID, lifecycle.EventHandOver); err != nil {
			return err
		}
		row := handoverRow{CommunityID: communityID, ID: newID(), CommitteeID: committeeID, Kind: kind, Text: text, ListedAt: now, ListedBy: by.ID}
		err := tx.Table("handover_item").Where("community_id = ? AND committee_id = ?", communityID, committeeID).Select("COALESCE(MAX(position), 0) + 1").Scan(&row.Position).Error
		if err != nil {
			return fmt.Errorf("number an item of a handover: %w", err)
		}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("list an item of a handover: %w", raced(err))
		}
		return record(tx, now, by, communityID, "handover_listed", "committee", committeeID, map[string]any{"item": row.ID, "kind": kind})
	})
}

// StepHandover says of an item that it was given, taken or refused. An account signs for the side that the street named it
// for, see [Store.NameHandoverParty]; the street signs itself as a witness, or as the keeper. Who gave it does not take it.
// The last item that is taken completes the handover. Refusals: not_found, illegal_step, bad_value (step), no_side,
// two_roles_needed, required, too_long, reason_names_person (reason).
func (s *Store) StepHandover(ctx context.Context, by Actor, communityID, itemID string, step HandoverStep, reason string) error {
	told := TermAct{Reason: reason}
	if _, err := told.told(step == HandoverRefuse); err != nil {
		return err
	}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		var row handoverRow
		item := tx.Where("community_id = ? AND id = ?", communityID, itemID).Session(&gorm.Session{})
		if err := item.Take(&row).Error; err != nil {
			return orNotFound(err)
		}
		term, _, err := lockCommittee(tx, by, communityID, row.CommitteeID, lifecycle.EventHandOver)
		if err != nil {
			return err
		}
		if err := item.Clauses(forUpdate).Take(&row).Error; err != nil {
			return fmt.Errorf("lock an item of a handover: %w", err)
		}
		as, err := signsAs(tx, by, communityID, term.ID)
		if err != nil {
			return fmt.Errorf("find the side of an account: %w", err)
		}
		if err := row.step(by, as, now, step, told.Reason); err != nil {
			return err
		}
		err = tx.Table("handover_item").Where("community_id = ? AND id = ?", communityID, itemID).
			Select("given_at", "given_by", "given_as", "taken_at", "taken_by", "taken_as", "refused_at", "refused_by", "refused_as", "refusal").Updates(&row).Error
		if err != nil {
			return fmt.Errorf("keep a step of a handover: %w", err)
		}
		return handoverEntry(tx, now, by, term, step, told.Reason)
	})
}

// step moves an item. What was taken stays so.
func (r *handoverRow) step(by Actor, as lifecycle.HandoverSide, now int64, step HandoverStep, reason string) error {
	switch {
	case !slices.Contains(HandoverSteps, step):
		return refuseField("bad_value", "step")
	case r.TakenAt != nil, step == HandoverTake && r.GivenAt == nil, step == HandoverGive && r.GivenAt != nil:
		return refuse("illegal_step")
	case step == HandoverTake && r.GivenBy == by.ID:
		return refuse("two_roles_needed")
	}
	if err := r.maySign(step, as); err != nil {
		return err
	}
	switch step {
	case HandoverGive:
		r.GivenAt, r.GivenBy, r.GivenAs, r.RefusedAt, r.RefusedBy, r.RefusedAs, r.Refusal = &now, by.ID, as, nil, "", "", ""
	case HandoverTake:
		r.TakenAt, r.TakenBy, r.TakenAs = &now, by.ID, as
	default:
		r.GivenAt, r.GivenBy, r.GivenAs, r.RefusedAt, r.RefusedBy, r.RefusedAs, r.Refusal = nil, "", "", &now, by.ID, as, reason
	}
	return nil
}

// handoverEntry tells the register of a refusal, and of the last item that was taken.
func handoverEntry(tx *gorm.DB, now int64, by Actor, term committeeRow, step HandoverStep, reason string) error {
	entry := committeeEntryRow{Kind: lifecycle.EntryRefused, Reason: reason}
	switch step {
	case HandoverGive:
		return record(tx, now, by, term.CommunityID, "handover_given", "committee", term.ID, nil)
	case HandoverTake:
		var open int64
		err := tx.Table("handover_item").Where("community_id = ? AND committee_id = ? AND taken_at IS NULL", term.CommunityID, term.ID).Count(&open).Error
		if err != nil {
			return fmt.Errorf("count what is still to be handed over: %w", err)
		}
		if open > 0 {
			return record(tx, now, by, term.CommunityID, "handover_taken", "committee", term.ID, nil)
		}
		entry = committeeEntryRow{Kind: lifecycle.EntryHandedOver}
	}
	_, err := keepCommitteeEntry(tx, now, by, term, entry)
	return err
}

// AttachAudit keeps the report of the audit at the end of a term. Refusals: not_found, illegal_step, required (file), too_long,
// reason_names_person, and those of evidence.
func (s *Store) AttachAudit(ctx context.Context, by Actor, communityID, id string, told TermAct) error {
	files, err := told.told(false)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return refuseField("required", "file")
	}
	return s.onTerm(ctx, by, communityID, id, lifecycle.EventAttachAudit, files, func(tx *gorm.DB, now int64, row *committeeRow, next lifecycle.CommitteeState) (committeeEntryRow, error) {
		return committeeEntryRow{Kind: lifecycle.EntryAudit, Reason: told.Reason, Document: told.Document}, setCommittee(tx, row, next, map[string]any{"audited_at": now})
	})
}

// HandoverDue is the last moment of the handover of a term, and its clause; 0 while nothing began it or no rule sets days.
func (c Committee) HandoverDue(law rules.Procedure) (int64, *rules.Clause) {
	from := c.EndedAt
	if law.HandoverFrom != nil && law.HandoverFrom.Value == rules.RenewalGroup {
		from = c.GroupAt
	}
	if law.HandoverDays == nil || from == 0 || !c.handsOver() {
		return 0, nil
	}
	return calendar.Deadline(from, law.HandoverDays.Days), law.HandoverDays
}

// handsOver tells whether a term has to hand over now: history that was entered long after does not.
func (c Committee) handsOver() bool {
	known := c.Origin != lifecycle.FromPapers || c.GroupAt != 0 || len(c.Handover) > 0
	return c.State == lifecycle.CommitteeRenewal || c.State == lifecycle.CommitteeEnded && known
}

// HandedOver tells whether every item that was listed was taken.
func (c Committee) HandedOver() bool {
	return len(c.Handover) > 0 && !slices.ContainsFunc(c.Handover, func(item HandoverItem) bool { return item.TakenAt == 0 })
}

// handoverDuties is what is due because of the handover of a term.
func (c Committee) handoverDuties(law rules.Procedure, due func(kind CommitteeDutyKind, at int64, article string)) {
	at, clause := c.HandoverDue(law)
	article := ""
	if clause != nil {
		article = articleOf(clause.Basis)
	}
	switch {
	case slices.ContainsFunc(c.Handover, func(item HandoverItem) bool { return item.RefusedAt != 0 }):
		due(DutyRefusal, at, article)
	case !c.HandedOver() && (at != 0 || len(c.Handover) > 0):
		due(DutyHandover, at, article)
	}
}

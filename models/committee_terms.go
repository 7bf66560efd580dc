package models

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
)

// TermAct is something that the street does about a whole term. Reason is read by everybody.
type TermAct struct {
	Day      string // date; empty for today
	Reason   string
	Document string
	FileName string
	File     []byte
}

// told checks what an act says. Refusals: required, too_long, reason_names_person, and those of evidence.
func (a *TermAct) told(reason bool) ([]evidenceRow, error) {
	change := MemberChange{Reason: a.Reason, Document: a.Document, FileName: a.FileName, File: a.File}
	files, err := change.told(reason, false)
	a.Reason, a.Document = change.Reason, change.Document
	return files, err
}

// FormRenewalGroup records that the street formed the renewal group (换届小组). From then on the committee is in its renewal.
// Refusals: not_found, illegal_step, bad_value (day), required (document), too_long, and those of evidence.
func (s *Store) FormRenewalGroup(ctx context.Context, by Actor, communityID, id string, told TermAct) error {
	files, err := told.told(false)
	if err != nil {
		return err
	}
	if told.Document == "" {
		return refuseField("required", "document")
	}
	return s.onTerm(ctx, by, communityID, id, lifecycle.EventFormGroup, files, func(tx *gorm.DB, now int64, row *committeeRow, next lifecycle.CommitteeState) (committeeEntryRow, error) {
		day := now
		if strings.TrimSpace(told.Day) != "" {
			if day, err = dayWithin("day", told.Day, row.BeganAt, now); err != nil {
				return committeeEntryRow{}, err
			}
		}
		entry := committeeEntryRow{Kind: lifecycle.EntryGroup, HappenedAt: day, Reason: told.Reason, Document: told.Document}
		return entry, setCommittee(tx, row, next, map[string]any{"group_at": day})
	})
}

// DissolveCommittee ends a term by the street's decision, such as where the community ceased to be. Refusals: not_found,
// illegal_step, required (reason, document), too_long, reason_names_person, and those of evidence.
func (s *Store) DissolveCommittee(ctx context.Context, by Actor, communityID, id string, told TermAct) error {
	files, err := told.told(true)
	if err != nil {
		return err
	}
	if told.Document == "" {
		return refuseField("required", "document")
	}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		row, next, err := lockCommittee(tx, by, communityID, id, lifecycle.EventDissolve)
		if err != nil {
			return err
		}
		entry := committeeEntryRow{Kind: lifecycle.EntryDissolved, Reason: told.Reason, Document: told.Document}
		kept, err := overWith(tx, now, &row, next, by, entry)
		if err != nil {
			return err
		}
		return s.keepEvidence(tx, now, by, communityID, kept.ID, files)
	})
}

// onTerm takes one step of a term and keeps the entry that change makes, with its files.
func (s *Store) onTerm(ctx context.Context, by Actor, communityID, id string, event lifecycle.Event, files []evidenceRow,
	change func(tx *gorm.DB, now int64, row *committeeRow, next lifecycle.CommitteeState) (committeeEntryRow, error)) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		row, next, err := lockCommittee(tx, by, communityID, id, event)
		if err != nil {
			return err
		}
		entry, err := change(tx, now, &row, next)
		if err != nil {
			return err
		}
		kept, err := keepCommitteeEntry(tx, now, by, row, entry)
		if err != nil {
			return err
		}
		return s.keepEvidence(tx, now, by, communityID, kept.ID, files)
	})
}

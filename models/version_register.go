package models

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"gongjue/models/vault"
	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

// PutVersionRegister lays an export of the 不动产登记簿 beside a stored version, in the place of an earlier one. Refusal:
// not_found.
func (s *Store) PutVersionRegister(ctx context.Context, by Actor, communityID, rosterID string, export RegisterExport) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		var list rosterRow
		if err := tx.Clauses(forUpdate).Where("community_id = ? AND id = ?", communityID, rosterID).Take(&list).Error; err != nil {
			return orNotFound(err)
		}
		if err := besideVersions.put(s, tx, now, by, communityID, rosterID, export); err != nil {
			return err
		}
		return record(tx, now, by, communityID, "roster_register", "roster", rosterID, map[string]any{"sha256": export.SHA256})
	})
}

// VersionRegister is the export beside a stored version; one without bytes where there is none, or not any more.
func (s *Store) VersionRegister(ctx context.Context, communityID, rosterID string) (RegisterExport, error) {
	return besideVersions.read(s, s.read(ctx), communityID, rosterID)
}

// dropStaleRegisters throws away the exports that nobody followed: they hold names and numbers.
func (s *Store) dropStaleRegisters(ctx context.Context, before int64) error {
	var stale int64
	err := s.read(ctx).Table(string(besideVersions)).Where("created_at < ?", before).Count(&stale).Error
	if err == nil && stale > 0 {
		err = s.tx(ctx, func(tx *gorm.DB, _ int64) error {
			return tx.Table(string(besideVersions)).Where("created_at < ?", before).Delete(&registerRow{}).Error
		})
	}
	if err != nil {
		return fmt.Errorf("throw stale exports of the register away: %w", err)
	}
	return nil
}

// Followed is what a new draft takes from the register.
type Followed struct {
	SHA256  string                 // of the export that was seen
	Areas   map[string]voting.Area // by place, cm²
	By, Why string
}

// FollowRegister makes a draft out of a stored version, with the areas of the register and the register as their source
// (解释第8条). The version itself stays as it is: the draft is displayed, and frozen by a second person, before it counts.
// The export goes with it, so that a second click makes no second draft. Refusals: not_found, roster_superseded,
// register_changed (another export, or none any more), nothing_to_take_over.
func (s *Store) FollowRegister(ctx context.Context, by Actor, communityID, rosterID string, followed Followed) (Roster, error) {
	var draft rosterRow
	err := s.tx(ctx, func(tx *gorm.DB, now int64) error {
		state, err := s.loadRoster(tx, communityID, rosterID)
		if err != nil {
			return err
		}
		if state.list.State == lifecycle.RosterSuperseded {
			return refuse("roster_superseded")
		}
		gone := tx.Table(string(besideVersions)).Where("community_id = ? AND id = ? AND sha256 = ?", communityID, rosterID, followed.SHA256).Delete(&registerRow{})
		switch {
		case gone.Error != nil:
			return fmt.Errorf("take the export of the register away: %w", gone.Error)
		case gone.RowsAffected == 0:
			return refuse("register_changed")
		}
		before := state.summary()
		rulings := state.follow(now, followed)
		if len(rulings) == 0 {
			return refuse("nothing_to_take_over")
		}
		if draft, err = s.draftOf(tx, now, by, state, before); err != nil {
			return err
		}
		if err := s.workOfDraft(tx, rosterID, draft, rulings); err != nil {
			return err
		}
		return record(tx, now, by, communityID, "roster_followed_register", "roster", draft.ID,
			map[string]any{"from": rosterID, "sha256": followed.SHA256, "version": draft.Version, "changes": len(rulings), "area_cm2": int64(draft.AreaCM2)})
	})
	if err != nil {
		return Roster{}, err
	}
	return draft.view()
}

// follow gives the loaded units the areas of the register, and what that decides for files to come.
func (r *rosterState) follow(now int64, followed Followed) []roster.Ruling {
	var rulings []roster.Ruling
	for i := range r.units {
		unit := &r.units[i]
		area, known := followed.Areas[unit.place()]
		if !known || area <= 0 {
			continue
		}
		ruling := roster.Ruling{From: roster.ByCorrection, Place: unit.place(), By: followed.By, Why: followed.Why, At: now,
			Unit: roster.Ruled{Building: unit.Building, Stair: unit.Stair, Room: unit.Room, Usage: unit.Usage, Area: area, Source: roster.Register, Developer: unit.Developer}}
		for _, changed := range []struct {
			what roster.ChangeKind
			is   bool
		}{{roster.ChangedArea, unit.AreaCM2 != area}, {roster.ChangedSource, unit.AreaSource != roster.Register}} {
			if changed.is {
				ruling.ID, ruling.What = newID(), changed.what
				rulings = append(rulings, ruling)
			}
		}
		voter := r.voters[unit.VoterID]
		if unit.CountsArea {
			voter.AreaCM2 += area - unit.AreaCM2
		}
		r.voters[unit.VoterID] = voter
		unit.AreaCM2, unit.AreaSource = area, roster.Register
	}
	return rulings
}

// draftOf stores a loaded state as a draft that nobody has displayed; before is its summary from before it was changed.
func (s *Store) draftOf(tx *gorm.DB, now int64, by Actor, state *rosterState, before roster.Summary) (rosterRow, error) {
	list := state.list
	list.ID, list.State, list.Root, list.CreatedAt, list.CreatedBy = newID(), lifecycle.RosterDraft, "", now, by.ID
	list.PublishedAt, list.PublishedBy, list.ObjectionUntil, list.Contact, list.Place, list.AnswerDays = nil, "", nil, "", "", 0
	list.FrozenAt, list.FrozenBy = nil, ""
	copied, err := s.storeCopy(tx, state, list)
	if err != nil {
		return list, err
	}
	err = copied.resum(tx, before)
	return copied.list, err
}

// workOfDraft keeps with a draft what was told about the file that it goes back to, and what was decided with it.
func (s *Store) workOfDraft(tx *gorm.DB, fromID string, draft rosterRow, rulings []roster.Ruling) error {
	line, err := amendedLine(tx, draft.CommunityID, fromID)
	if err != nil {
		return err
	}
	var work IntakeWork
	for _, id := range line {
		if work, err = s.workOf(tx, draft.CommunityID, id); err == nil || !errors.Is(err, refuse("not_found")) {
			break
		}
	}
	if err != nil {
		return err
	}
	work.Rulings = roster.Latest(append(work.Rulings, rulings...))
	if work.Known == nil {
		work.Known = []string{} // held against every decision when it is displayed
	}
	key, err := s.holdFieldKey(tx)
	if err != nil {
		return err
	}
	row := rosterWorkRow{CommunityID: draft.CommunityID, ID: draft.ID}
	if row.Work, err = closeWork(key, vault.Column{Community: row.CommunityID, Name: columnRosterWork, Row: row.ID}, work); err != nil {
		return err
	}
	if err := tx.Create(&row).Error; err != nil {
		return fmt.Errorf("keep what was told about a roster: %w", err)
	}
	return nil
}

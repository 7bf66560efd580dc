package models

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

// Rulings are what people decided about units of a community after their files: objections that were upheld, amendments,
// and what was mended in the files before (work). The next file does not undo them without a word, see [roster.Follow].
// Owners stand in them in clear.
func (s *Store) Rulings(ctx context.Context, communityID string, work IntakeWork) ([]roster.Ruling, error) {
	return s.rulings(s.read(ctx), communityID, work)
}

func (s *Store) rulings(db *gorm.DB, communityID string, work IntakeWork) ([]roster.Ruling, error) {
	upheld, err := s.upheld(db, communityID)
	if err != nil {
		return nil, err
	}
	amended, err := s.amendedRulings(db, communityID)
	if err != nil {
		return nil, err
	}
	list := slices.Concat(upheld, amended, work.Rulings)
	slices.SortStableFunc(list, func(a, b roster.Ruling) int { return cmp.Compare(a.At, b.At) })
	return roster.Latest(list), nil
}

// upheld are the objections that were upheld.
func (s *Store) upheld(db *gorm.DB, communityID string) ([]roster.Ruling, error) {
	var rows []struct {
		Change    changeRow `gorm:"embedded"`
		Objection int64
	}
	err := db.Table("roster_change").Select("roster_change.*, roster_objection.number AS objection").
		Joins("JOIN roster_objection ON roster_objection.community_id = roster_change.community_id AND roster_objection.id = roster_change.objection_id").
		Where("roster_change.community_id = ?", communityID).Order("roster_change.made_at, roster_change.number").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read what was upheld: %w", err)
	}
	var list []roster.Ruling
	for _, row := range rows {
		decided := roster.Ruling{ID: row.Change.ID, From: roster.ByObjection, Number: row.Objection, Place: row.Change.Place, At: row.Change.MadeAt}
		var owners []byte
		if row.Change.Owners != nil {
			if owners, err = s.keys.DecryptField(row.Change.ownersAt(), row.Change.Owners); err != nil {
				return nil, fmt.Errorf("decrypt the owners of a correction: %w", err)
			}
		}
		if list, err = ruled(list, decided, row.Change.Parts, row.Change.After, owners); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// amendedRulings are the amendments that were approved.
func (s *Store) amendedRulings(db *gorm.DB, communityID string) ([]roster.Ruling, error) {
	var rows []amendmentRow
	err := db.Where("community_id = ? AND state = ?", communityID, lifecycle.AmendmentApproved).Order("decided_at, number").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read what was amended: %w", err)
	}
	var list []roster.Ruling
	for _, row := range rows {
		decided := roster.Ruling{ID: row.ID, From: roster.ByAmendment, Number: row.Number, Place: row.Place, Why: row.Reason, At: deref(row.DecidedAt)}
		var owners []byte
		if row.Owners != nil {
			if owners, err = s.keys.DecryptField(row.at("owners"), row.Owners); err != nil {
				return nil, fmt.Errorf("decrypt the owners of an amendment: %w", err)
			}
		}
		if list, err = ruled(list, decided, row.What, row.After, owners); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// ruledParts are the parts of a unit that a change of a roster names, as rulings know them.
var ruledParts = map[string][]roster.ChangeKind{
	changedUnit: {roster.RuledIn, roster.ChangedArea, roster.ChangedUsage, roster.ChangedOwners}, changedArea: {roster.ChangedArea},
	changedSource: {roster.ChangedSource}, changedUsage: {roster.ChangedUsage}, changedOwners: {roster.ChangedOwners},
}

// ruled adds the rulings of one change. owners is who held the unit before and after, where that or a phone changed.
func ruled(list []roster.Ruling, decided roster.Ruling, parts, after string, owners []byte) ([]roster.Ruling, error) {
	var facts UnitFacts
	if err := json.Unmarshal([]byte(after), &facts); err != nil {
		return nil, fmt.Errorf("decode what was decided of a unit: %w", err)
	}
	var held struct{ Before, After []roster.Owner }
	if owners != nil {
		if err := json.Unmarshal(owners, &held); err != nil {
			return nil, fmt.Errorf("decode the owners that were decided: %w", err)
		}
	}
	unit := roster.Ruled{Usage: facts.Usage, Area: facts.Area, Source: facts.AreaSource, Developer: facts.Developer, Owners: held.After}
	unit.Building, unit.Stair, unit.Room = roster.PlaceParts(decided.Place)
	for part := range strings.SplitSeq(parts, ",") {
		for _, what := range ruledParts[part] {
			one := decided
			one.What, one.Unit = what, unit
			list = append(list, one)
		}
	}
	if unit.Owners = rephoned(held.Before, held.After); len(unit.Owners) > 0 && !facts.Developer {
		decided.What, decided.Unit = roster.ChangedPhones, unit
		list = append(list, decided)
	}
	return list, nil
}

// rephoned are those who came with a phone, or whose phone changed.
func rephoned(before, after []roster.Owner) []roster.Owner {
	var list []roster.Owner
	for _, owner := range after {
		if owner.Phone != "" && !slices.Contains(before, owner) {
			list = append(list, owner)
		}
	}
	return list
}

// followsRulings refuses a file that undoes what was decided, and gives the ids of the decisions that it was held against.
// Nobody decides more before the import has ended: whoever decides holds the version that it is about, and so does this.
// Refusal: rulings_open.
func (s *Store) followsRulings(tx *gorm.DB, communityID string, file RosterFile) (known []string, err error) {
	var held []rosterRow
	err = tx.Clauses(forUpdate).Select("id").Where("community_id = ? AND state <> ?", communityID, lifecycle.RosterSuperseded).Order("id").Find(&held).Error
	if err != nil {
		return nil, fmt.Errorf("hold the versions of a roster: %w", err)
	}
	rulings, err := s.rulings(tx, communityID, file.Work)
	if err != nil {
		return nil, err
	}
	if _, review := roster.Follow(file.Roster, rulings, file.Work.Settled, s.IssueSecret(communityID)); len(review.Open) > 0 {
		return nil, refuse("rulings_open")
	}
	known = []string{} // nothing was decided yet; nil is a version from before decisions were noted
	for _, ruling := range rulings {
		known = append(known, ruling.ID)
	}
	return known, nil
}

// overtakenByRulings refuses to display or to freeze a version that was made before something was decided about one of
// its units, on another version, and that has it otherwise. Refusal: rulings_since.
func (s *Store) overtakenByRulings(tx *gorm.DB, communityID, id string) error {
	var list rosterRow
	if err := tx.Where("community_id = ? AND id = ?", communityID, id).Take(&list).Error; err != nil {
		return orNotFound(err)
	}
	rulings, err := s.rulings(tx, communityID, IntakeWork{})
	if err != nil {
		return err
	}
	work, err := s.workOf(tx, communityID, id)
	if err != nil {
		return err
	}
	since := slices.DeleteFunc(rulings, func(r roster.Ruling) bool {
		return slices.Contains(work.Known, r.ID) || work.Known == nil && r.At < list.CreatedAt
	})
	if len(since) == 0 {
		return nil
	}
	state, err := s.loadRoster(tx, communityID, id)
	if err != nil {
		return err
	}
	if _, review := roster.Follow(roster.Roster{Units: state.rules}, since, work.Settled, s.IssueSecret(communityID)); len(review.Open) > 0 {
		return refuse("rulings_since")
	}
	return nil
}

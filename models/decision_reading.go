package models

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
)

// Sittings are the meetings of a community's committees with their decisions, the newest first; minutes: with the files.
func (s *Store) Sittings(ctx context.Context, communityID string, minutes bool) ([]Sitting, error) {
	db := s.read(ctx)
	list, err := sittings(db, communityID)
	if err != nil || !minutes {
		return list, err
	}
	ids := make([]string, len(list))
	for i, sitting := range list {
		ids[i] = sitting.ID
	}
	files, err := evidenceOf(db, communityID, ids)
	for i := range list {
		list[i].Minutes = files[list[i].ID]
	}
	return list, err
}

func sittings(db *gorm.DB, communityID string) ([]Sitting, error) {
	db = db.Where("community_id = ?", communityID).Session(&gorm.Session{})
	var rows []sittingRow
	if err := db.Order("number DESC").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list meetings of a committee: %w", err)
	}
	list, at := make([]Sitting, len(rows)), map[string]int{}
	for i, row := range rows {
		var err error
		if list[i], err = row.view(); err != nil {
			return nil, err
		}
		at[row.ID] = i
	}
	if err := addKinds(db, list); err != nil {
		return nil, err
	}
	if err := addAttendance(db, list, at); err != nil {
		return nil, err
	}
	return list, addDecisions(db, list, at)
}

// addKinds tells which kind of body met.
func addKinds(db *gorm.DB, list []Sitting) error {
	var terms []committeeRow
	if err := db.Select("id", "kind").Find(&terms).Error; err != nil {
		return fmt.Errorf("list the bodies that met: %w", err)
	}
	kinds := map[string]lifecycle.ConvenerKind{}
	for _, term := range terms {
		kinds[term.ID] = term.Kind
	}
	for i := range list {
		list[i].Kind = kinds[list[i].CommitteeID]
	}
	return nil
}

func addAttendance(db *gorm.DB, list []Sitting, at map[string]int) error {
	var attended []attendanceRow
	if err := db.Find(&attended).Error; err != nil {
		return fmt.Errorf("list who was present: %w", err)
	}
	signed := map[[2]string]bool{}
	for _, row := range attended {
		signed[[2]string{row.SittingID, row.MemberID}] = row.Signed
	}
	var members []committeeMemberRow
	if err := db.Order("position").Find(&members).Error; err != nil {
		return fmt.Errorf("list members of committees: %w", err)
	}
	for sitting, i := range at {
		for _, member := range members {
			if did, present := signed[[2]string{sitting, member.ID}]; present {
				list[i].Present = append(list[i].Present, SittingMember{MemberID: member.ID, Name: member.Name, Named: member.Named, Post: member.Post, Signed: did})
			}
		}
	}
	return nil
}

func addDecisions(db *gorm.DB, list []Sitting, at map[string]int) error {
	var rows []decisionRow
	if err := db.Order("number").Find(&rows).Error; err != nil {
		return fmt.Errorf("list decisions: %w", err)
	}
	orders, err := ordersOf(db)
	if err != nil {
		return err
	}
	newer := map[string]string{}
	for _, row := range rows {
		if row.ReplacesID != nil && row.Passed {
			newer[*row.ReplacesID] = row.ID
		}
	}
	for _, row := range rows {
		sitting := &list[at[row.SittingID]]
		sitting.Decisions = append(sitting.Decisions, Decision{ID: row.ID, SittingID: row.SittingID, Number: row.Number, Position: row.Position, Title: row.Title, Body: row.Body,
			Basis: row.Basis, InFavour: row.InFavour, Against: row.Against, Abstained: row.Abstained, Passed: row.Passed, ReplacesID: deref(row.ReplacesID),
			ReplacedBy: newer[row.ID], DecidedAt: sitting.HeldAt, Published: sitting.EndedAt, Orders: orders[row.ID]})
	}
	return nil
}

// SittingMinutes reads the signed minutes of a meeting; who read them stands in the audit. Refusal: not_found.
func (s *Store) SittingMinutes(ctx context.Context, by Actor, communityID, id, file string) (EvidenceFile, error) {
	var n int64
	if err := s.read(ctx).Model(&sittingRow{}).Where("community_id = ? AND id = ?", communityID, id).Count(&n).Error; err != nil {
		return EvidenceFile{}, fmt.Errorf("find a meeting of a committee: %w", err)
	}
	if n == 0 {
		return EvidenceFile{}, refuse("not_found")
	}
	return s.Evidence(ctx, by, communityID, id, file)
}

// findDecision finds a decision among the meetings of its community; nil where there is none.
func findDecision(list []Sitting, id string) *Decision {
	for i := range list {
		for j := range list[i].Decisions {
			if list[i].Decisions[j].ID == id {
				return &list[i].Decisions[j]
			}
		}
	}
	return nil
}

// Decision reads one decision. Refusal: not_found.
func (s *Store) Decision(ctx context.Context, communityID, id string) (Decision, error) {
	list, err := s.Sittings(ctx, communityID, false)
	if err != nil {
		return Decision{}, err
	}
	if found := findDecision(list, id); found != nil {
		return *found, nil
	}
	return Decision{}, refuse("not_found")
}

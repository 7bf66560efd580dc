package models

import (
	"context"
	"database/sql"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// unsettled are the orders to correct that neither a finding nor a revocation answers; the last column tells whether the
// convener reported.
const unsettled = "SELECT o.community_id, EXISTS (SELECT 1 FROM decision_order AS r WHERE r.community_id = o.community_id AND r.decision_id = o.decision_id " +
	"AND r.kind = 'correction_reported' AND r.settles = o.number) AS reported FROM decision_order AS o WHERE o.kind = 'correction_ordered' AND o.community_id IN (?) " +
	"AND NOT EXISTS (SELECT 1 FROM decision_order AS e WHERE e.community_id = o.community_id AND e.decision_id = o.decision_id AND e.number > o.number " +
	"AND e.kind IN ('rectified', 'revoked', 'court_revoked'))"

// addSittings adds how many meetings of committees were held and not recorded, and how the orders about decisions stand.
func addSittings(db *gorm.DB, bounds any, now int64, list []Overview, at map[string]int) error {
	var rows []struct {
		CommunityID string
		N           int64
	}
	err := db.Table("committee_sitting").Select("community_id, COUNT(*) AS n").
		Where("community_id IN (?) AND state = ? AND held_at < ?", bounds, lifecycle.SittingCalled, now).Group("community_id").Scan(&rows).Error
	if err != nil {
		return fmt.Errorf("count meetings of committees: %w", err)
	}
	for _, row := range rows {
		list[at[row.CommunityID]].Unrecorded = row.N
	}
	err = eachRow(db.Raw(unsettled, bounds), func(rows *sql.Rows) error {
		var id string
		var reported bool
		if err := rows.Scan(&id, &reported); err != nil {
			return err
		}
		if reported {
			list[at[id]].Reports++
		} else {
			list[at[id]].Corrections++
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("count orders about decisions: %w", err)
	}
	return nil
}

// lateSittings are the meetings of committees whose decisions were to be published.
func (s *Store) lateSittings(ctx context.Context, h *districtHistory, d District) (list []Missed, err error) {
	query := s.read(ctx).Raw("SELECT community_id, id, number, held_at FROM committee_sitting WHERE held_at < ? AND COALESCE(ended_at, ?) > ? "+
		"AND community_id IN "+h.within+" ORDER BY held_at, id LIMIT ?", d.At, d.At+1, d.At, h.id, mostMissed+1)
	err = eachRow(query, func(rows *sql.Rows) error {
		var community string
		var sitting Sitting
		if err := rows.Scan(&community, &sitting.ID, &sitting.Number, &sitting.HeldAt); err != nil {
			return err
		}
		place := h.communities[h.at[community]]
		pack, err := rules.At(place.Place, sitting.HeldAt)
		if err != nil {
			return fmt.Errorf("find the rules of %s: %w", place.Place, err)
		}
		if due, clause := sitting.PublishBy(pack.Procedure); clause != nil && due < d.At {
			list = append(list, h.of(Missed{Kind: SittingLate, Subject: sitting.ID, Title: fmt.Sprint(sitting.Number), DueAt: due, Days: clause.Days,
				Article: clause.Source.String()}, h.at[community]))
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list overdue decisions: %w", err)
	}
	return list, nil
}

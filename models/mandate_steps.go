package models

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

// ApproveMandate puts a mandate in force: from now on nobody else casts for the voter. A ballot that was cast before
// stands. Refusals: not_found, illegal_step, two_roles_needed, amendment_expired, roster_superseded, home_sold.
func (s *Store) ApproveMandate(ctx context.Context, by Actor, communityID, id string) error {
	return approveProposal(ctx, s, by, communityID, id, func(tx *gorm.DB, now int64, row mandateRow) (map[string]any, error) {
		if _, err := rosterInForce(tx, communityID, row.RosterID); err != nil {
			return nil, err
		}
		if err := openlyUndone(tx, row); err != nil {
			return nil, err
		}
		logs, err := holdLogs(tx, communityID, []string{row.RosterID}) // whoever is casting now was first
		if err != nil {
			return nil, err
		}
		for _, log := range logs {
			err := tx.Table("log_head").Where("community_id = ? AND meeting_id = ?", communityID, log.head.MeetingID).
				Update("mandates", gorm.Expr("mandates + 1")).Error
			if err != nil {
				return nil, fmt.Errorf("count a mandate: %w", err)
			}
		}
		if row.Kind != lifecycle.Buyer {
			return map[string]any{}, nil
		}
		row.DecidedAt = &now
		sale, err := saleEntry(tx, row)
		if err != nil {
			return nil, err
		}
		return map[string]any{}, s.tellLogs(tx, now, logs, sale, row.ProposedBy, by.ID)
	})
}

// RefuseMandate is the street's no. Refusals: not_found, illegal_step, reason_missing.
func (s *Store) RefuseMandate(ctx context.Context, by Actor, communityID, id, reason string) error {
	return refuseProposal[mandateRow](ctx, s, by, communityID, id, reason)
}

// WithdrawMandate takes a proposal back. Refusals: not_found, illegal_step.
func (s *Store) WithdrawMandate(ctx context.Context, by Actor, communityID, id string) error {
	return withdrawProposal[mandateRow](ctx, s, by, communityID, id)
}

func (r mandateRow) proposed() proposed {
	return proposed{"mandate", r.State, r.RosterID, r.ProposedBy, r.ProposedAt, map[string]any{"number": r.Number, "kind": r.Kind}}
}

// saleEntry is a sale as records publish it: the home and the reason, no names, and not whether a ballot was cast.
func saleEntry(db *gorm.DB, row mandateRow) (bundle.Amendment, error) {
	var list rosterRow
	var unit unitRow
	if err := db.Where("community_id = ? AND id = ?", row.CommunityID, row.RosterID).Take(&list).Error; err != nil {
		return bundle.Amendment{}, fmt.Errorf("read the roster of a sale: %w", err)
	}
	if err := db.Where("community_id = ? AND id = ?", row.CommunityID, row.UnitID).Take(&unit).Error; err != nil {
		return bundle.Amendment{}, fmt.Errorf("read the home of a sale: %w", err)
	}
	return bundle.Amendment{Kind: ledger.AmendTransfer, Number: row.Number, Place: row.Place, What: []string{}, AreaBefore: unit.AreaCM2, AreaAfter: unit.AreaCM2,
		Heads: list.Heads, Area: list.AreaCM2, OldRoot: list.Root, NewRoot: list.Root, Reason: row.Reason, Proof: []string{},
		ProposedAt: row.ProposedAt, ApprovedAt: deref(row.DecidedAt)}, nil
}

// Sale is a home that was sold after the roster was frozen, as everybody may see it.
type Sale struct {
	Number     int64
	Place      string
	Reason     string
	Acts       bool  // the buyer casts, unless a ballot was cast before; false: the voter holds other homes and casts for all
	ApprovedAt int64 // Unix ms
}

// publicSales are the sales that concern a meeting.
func (s *Store) publicSales(ctx context.Context, meeting Meeting) ([]Sale, error) {
	rows, err := salesOf(s.read(ctx), meeting.CommunityID, meeting.RosterID)
	if err != nil {
		return nil, err
	}
	sales := make([]Sale, len(rows))
	for i, row := range rows {
		sales[i] = Sale{row.Number, row.Place, row.Reason, row.Acts, deref(row.DecidedAt)}
	}
	return sales, nil
}

// salesOf are the approved sales of homes on a roster, in the order of their approval; also those that hold on it from
// the version that it was amended from.
func salesOf(db *gorm.DB, communityID, rosterID string) ([]mandateRow, error) {
	var rows []mandateRow
	err := db.Where("community_id = ? AND roster_id = ? AND kind = ? AND state = ?", communityID, rosterID, lifecycle.Buyer, lifecycle.AmendmentApproved).
		Order("decided_at, number").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list sales: %w", err)
	}
	return rows, nil
}

// Mandate reads one mandate. Refusal: not_found.
func (s *Store) Mandate(ctx context.Context, communityID, id string) (Mandate, error) {
	list, err := s.mandatesWhere(s.read(ctx).Where("community_id = ? AND id = ?", communityID, id))
	if err != nil {
		return Mandate{}, err
	}
	if len(list) == 0 {
		return Mandate{}, refuse("not_found")
	}
	return list[0], nil
}

// MandatesOf lists everything that was proposed for the voters of a roster version, the newest first. Refusal: not_found.
func (s *Store) MandatesOf(ctx context.Context, communityID, rosterID string) ([]Mandate, error) {
	if _, err := s.Roster(ctx, communityID, rosterID); err != nil {
		return nil, err
	}
	return s.mandatesWhere(s.read(ctx).Where("community_id = ? AND roster_id = ?", communityID, rosterID))
}

func (s *Store) mandatesWhere(query *gorm.DB) ([]Mandate, error) {
	var rows []mandateRow
	db := query.Session(&gorm.Session{})
	if err := db.Order("number DESC").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list mandates: %w", err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	var ids, accounts []string
	for _, row := range rows {
		ids, accounts = append(ids, row.OwnerID, row.PersonID), append(accounts, row.ProposedBy, row.DecidedBy)
	}
	fresh := query.Session(&gorm.Session{NewDB: true})
	names, err := staffNames(fresh, accounts)
	if err != nil {
		return nil, err
	}
	var owners []ownerRow
	if err := fresh.Where("community_id = ? AND id IN ?", rows[0].CommunityID, ids).Find(&owners).Error; err != nil {
		return nil, fmt.Errorf("read people of mandates: %w", err)
	}
	people := map[string]HomePerson{}
	for _, owner := range owners {
		if people[owner.ID], err = s.masked(owner); err != nil {
			return nil, err
		}
	}
	list := make([]Mandate, len(rows))
	for i, row := range rows {
		list[i] = Mandate{ID: row.ID, RosterID: row.RosterID, Number: row.Number, Kind: row.Kind, State: row.State, Place: row.Place, Owner: people[row.OwnerID],
			Person: people[row.PersonID], Document: row.Document, Reason: row.Reason, Acts: row.Acts, ProposedAt: row.ProposedAt, ProposedBy: names[row.ProposedBy],
			DecidedAt: deref(row.DecidedAt), DecidedBy: names[row.DecidedBy], Refusal: row.Refusal}
	}
	return list, nil
}

// masked is an owner as a stranger may see them.
func (s *Store) masked(owner ownerRow) (HomePerson, error) {
	person := HomePerson{OwnerID: owner.ID, Name: roster.MaskName(owner.Name)}
	phone, err := s.phone(owner)
	if err == nil && phone != "" {
		person.Phone = roster.MaskPhone(phone)
	}
	return person, err
}

package models

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

// ApproveMandate puts a mandate in force: from now on nobody else casts for the voter, on this version and on every other
// one in use on which the same people hold the home. A ballot that was cast before stands. Refusals: not_found,
// illegal_step, two_roles_needed, amendment_expired, roster_superseded, home_sold, mandate_overtaken (what holds is not
// what it was proposed over).
func (s *Store) ApproveMandate(ctx context.Context, by Actor, communityID, id string) error {
	return approveProposal(ctx, s, by, communityID, id, func(tx *gorm.DB, now int64, row mandateRow) (map[string]any, error) {
		if _, err := rosterInForce(tx, communityID, row.RosterID); err != nil {
			return nil, err
		}
		if err := openlyUndone(tx, row); err != nil {
			return nil, err
		}
		if err := notOvertaken(tx, row); err != nil {
			return nil, err
		}
		others, err := versionsInUse(tx, communityID, row.RosterID)
		if err != nil {
			return nil, err
		}
		logs, err := holdLogs(tx, communityID, append([]string{row.RosterID}, others...)) // whoever is casting now was first
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
		row.DecidedAt, row.DecidedBy, row.State = &now, by.ID, lifecycle.AmendmentApproved
		return map[string]any{}, s.spreadMandate(tx, now, row, others, logs)
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

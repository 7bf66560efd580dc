package models

import (
	"context"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
)

// proposal is a change around a frozen roster that one person proposes and another of the street decides.
type proposal interface {
	amendmentRow | mandateRow
	TableName() string
	proposed() proposed
}

// proposed is what deciding needs to know of a proposal.
type proposed struct {
	word     string // what the audit calls it
	state    lifecycle.AmendmentState
	rosterID string
	by       string // account
	at       int64  // Unix ms
	about    map[string]any
}

// approveProposal puts a proposal in force by change, which gives the columns to write besides state and decision.
func approveProposal[R proposal](ctx context.Context, s *Store, by Actor, communityID, id string,
	change func(tx *gorm.DB, now int64, row R) (map[string]any, error)) error {
	return decideProposal(ctx, s, by, communityID, id, lifecycle.EventApprove, func(tx *gorm.DB, now int64, row R) (map[string]any, error) {
		switch of := row.proposed(); {
		case of.by == by.ID:
			return nil, refuse("two_roles_needed") // one account must not come by both roles
		case now > of.at+amendmentLife:
			return nil, refuse("amendment_expired")
		}
		return change(tx, now, row)
	})
}

func refuseProposal[R proposal](ctx context.Context, s *Store, by Actor, communityID, id, reason string) error {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return refuseField("reason_missing", "reason")
	}
	return decideProposal(ctx, s, by, communityID, id, lifecycle.EventRefuse, func(*gorm.DB, int64, R) (map[string]any, error) {
		return map[string]any{"refusal": reason}, nil
	})
}

func withdrawProposal[R proposal](ctx context.Context, s *Store, by Actor, communityID, id string) error {
	return decideProposal(ctx, s, by, communityID, id, lifecycle.EventWithdraw, func(*gorm.DB, int64, R) (map[string]any, error) {
		return map[string]any{}, nil
	})
}

func decideProposal[R proposal](ctx context.Context, s *Store, by Actor, communityID, id string, event lifecycle.Event,
	change func(tx *gorm.DB, now int64, row R) (map[string]any, error)) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		var row R
		if err := tx.Clauses(forUpdate).Where("community_id = ? AND id = ?", communityID, id).Take(&row).Error; err != nil {
			return orNotFound(err)
		}
		of := row.proposed()
		next, illegal := lifecycle.Amendments.Next(of.state, event, lifecycle.Actor(by.Role))
		if illegal != nil {
			return asRefusal(illegal)
		}
		columns, err := change(tx, now, row)
		if err != nil {
			return err
		}
		columns["state"], columns["decided_at"], columns["decided_by"] = next, now, by.ID
		err = moved(tx.Table(row.TableName()).Where("community_id = ? AND id = ? AND state = ?", communityID, id, of.state).Updates(columns))
		if err != nil {
			return fmt.Errorf("decide a proposed %s: %w", of.word, err)
		}
		return record(tx, now, by, communityID, of.word+"_"+string(next), "roster", of.rosterID, of.about)
	})
}

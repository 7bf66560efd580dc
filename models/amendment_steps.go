package models

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"

	"gorm.io/gorm"

	"gongjue/voting/bundle"
	"gongjue/voting/lifecycle"
)

// ApproveAmendment makes the next version of the roster. digest is that of the proposal which the second person saw.
// Refusals: not_found, illegal_step, two_roles_needed, amendment_changed (another digest), amendment_expired,
// roster_superseded (another version is in force meanwhile).
func (s *Store) ApproveAmendment(ctx context.Context, by Actor, communityID, id, digest string) error {
	return approveProposal(ctx, s, by, communityID, id, func(tx *gorm.DB, now int64, row amendmentRow) (map[string]any, error) {
		if row.Digest != digest {
			return nil, refuse("amendment_changed")
		}
		line, err := amendedLine(tx, communityID, row.RosterID)
		if err != nil {
			return nil, err
		}
		logs, err := holdLogs(tx, communityID, line)
		if err != nil {
			return nil, err
		}
		next, err := s.amend(tx, now, by, row)
		if err != nil {
			return nil, err
		}
		approved, err := s.approvedAs(tx, now, row, next)
		if err != nil {
			return nil, err
		}
		return map[string]any{"next_id": next.ID, "root_after": next.Root}, s.tellLogs(tx, now, logs, approved, row.ProposedBy, by.ID)
	})
}

// approvedAs is the published entry of a proposal that is approved now and made the next version.
func (s *Store) approvedAs(tx *gorm.DB, now int64, row amendmentRow, next rosterRow) (bundle.Amendment, error) {
	row.RootAfter, row.DecidedAt = next.Root, &now
	view, err := row.view()
	if err != nil {
		return bundle.Amendment{}, err
	}
	files, err := evidenceOf(tx, row.CommunityID, []string{row.ID})
	view.Files = files[row.ID]
	return view.published(), err
}

// amend copies the frozen version, corrects the copy and puts it in force.
func (s *Store) amend(tx *gorm.DB, now int64, by Actor, row amendmentRow) (rosterRow, error) {
	state, err := s.frozen(tx, row.CommunityID, row.RosterID)
	if err != nil {
		return rosterRow{}, err
	}
	text, err := s.keys.DecryptField(row.at("correction"), row.Correction)
	if err != nil {
		return rosterRow{}, fmt.Errorf("decrypt an amendment: %w", err)
	}
	var wanted Correction
	if err := json.Unmarshal(text, &wanted); err != nil {
		return rosterRow{}, fmt.Errorf("decode an amendment: %w", err)
	}
	copied, err := s.copyRoster(tx, now, state, row.ProposedBy, by.ID)
	if err != nil {
		return rosterRow{}, err
	}
	carried, err := carryMandates(tx, state, copied)
	if err != nil {
		return rosterRow{}, err
	}
	before := maps.Clone(copied.owners)
	if _, err := s.correct(tx, copied.rosterState, copied.moved(wanted)); err != nil {
		return rosterRow{}, err
	}
	if err := settleMandates(tx, before, copied, carried); err != nil {
		return rosterRow{}, err
	}
	next := copied.list
	if next.Root, err = rosterRoot(tx, next.CommunityID, next.ID); err != nil {
		return rosterRow{}, err
	}
	err = tx.Table("roster").Where("community_id = ? AND id = ?", next.CommunityID, next.ID).Update("root", next.Root).Error
	if err != nil {
		return rosterRow{}, fmt.Errorf("freeze the amended roster: %w", err)
	}
	return next, s.putInPlace(tx, now, by, state.list, next, row)
}

// putInPlace lets the amended version take the place of the old one: for whatever has no notice yet.
func (s *Store) putInPlace(tx *gorm.DB, now int64, by Actor, old, next rosterRow, row amendmentRow) error {
	superseded, illegal := lifecycle.Rosters.Next(old.State, lifecycle.EventSupersede, lifecycle.System)
	if illegal != nil {
		return asRefusal(illegal)
	}
	err := moved(tx.Table("roster").Where("community_id = ? AND id = ? AND state = ?", old.CommunityID, old.ID, old.State).Update("state", superseded))
	if err != nil {
		return fmt.Errorf("supersede the amended roster: %w", err)
	}
	err = tx.Table("meeting").Where("community_id = ? AND roster_id = ? AND state = ?", old.CommunityID, old.ID, lifecycle.MeetingDraft).
		Update("roster_id", next.ID).Error
	if err != nil {
		return fmt.Errorf("give drafts the amended roster: %w", err)
	}
	return record(tx, now, by, old.CommunityID, "roster_amended", "roster", next.ID,
		map[string]any{"amendment": row.Number, "from": old.ID, "heads": next.Heads, "area_cm2": next.AreaCM2, "root": next.Root})
}

// RefuseAmendment is the street's no. Refusals: not_found, illegal_step, reason_missing.
func (s *Store) RefuseAmendment(ctx context.Context, by Actor, communityID, id, reason string) error {
	return refuseProposal[amendmentRow](ctx, s, by, communityID, id, reason)
}

// WithdrawAmendment takes a proposal back. Refusals: not_found, illegal_step.
func (s *Store) WithdrawAmendment(ctx context.Context, by Actor, communityID, id string) error {
	return withdrawProposal[amendmentRow](ctx, s, by, communityID, id)
}

func (r amendmentRow) proposed() proposed {
	return proposed{"amendment", r.State, r.RosterID, r.ProposedBy, r.ProposedAt, map[string]any{"number": r.Number}}
}

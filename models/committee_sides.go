package models

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
)

// HandoverParty is the newest record of the street about an account and a handover.
type HandoverParty struct {
	AccountID string
	Login     string
	Name      string
	Side      lifecycle.HandoverSide // empty: it acts for no side any more
	Document  string
	At        int64 // Unix ms
}

type handoverPartyRow struct {
	CommunityID string
	ID          string
	CommitteeID string
	Number      int64
	AccountID   string
	Side        lifecycle.HandoverSide
	Document    string
	At          int64
	MadeBy      string
}

func (handoverPartyRow) TableName() string { return "handover_party" }

// NameHandoverParty records for which side of a term's handover a convener's account acts, or that it acts for none any more
// (side empty). Records are only added; the newest counts. Refusals: not_found (also an account that is no convener of the
// community), illegal_step (not the street, or nothing is handed over), bad_value (side), too_long, reason_names_person.
func (s *Store) NameHandoverParty(ctx context.Context, by Actor, communityID, committeeID, accountID string, side lifecycle.HandoverSide, document string) error {
	document = strings.TrimSpace(document)
	switch {
	case Role(by.Role) != RoleStreet:
		return refuse("illegal_step")
	case side != "" && !slices.Contains(lifecycle.HandoverSides, side):
		return refuseField("bad_value", "side")
	}
	if err := publicTexts(publicText{"document", document, longestPaperNo, false}); err != nil {
		return err
	}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		if _, _, err := lockCommittee(tx, by, communityID, committeeID, lifecycle.EventHandOver); err != nil {
			return err
		}
		accounts, err := convenersOf(tx, communityID)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(accounts, func(a HandoverParty) bool { return a.AccountID == accountID }) {
			return refuse("not_found")
		}
		row := handoverPartyRow{CommunityID: communityID, ID: newID(), CommitteeID: committeeID, AccountID: accountID, Side: side, Document: document, At: now, MadeBy: by.ID}
		err = tx.Table("handover_party").Where("community_id = ? AND committee_id = ?", communityID, committeeID).Select("COALESCE(MAX(number), 0) + 1").Scan(&row.Number).Error
		if err != nil {
			return fmt.Errorf("number a party of a handover: %w", err)
		}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("name a party of a handover: %w", raced(err))
		}
		return record(tx, now, by, communityID, "handover_party_named", "committee", committeeID, map[string]any{"account": accountID, "side": side})
	})
}

// HandoverParties are the conveners' accounts of a community, each with the side for which it acts in the handover of a term.
func (s *Store) HandoverParties(ctx context.Context, communityID, committeeID string) ([]HandoverParty, error) {
	db := s.read(ctx)
	list, err := convenersOf(db, communityID)
	if err != nil {
		return nil, err
	}
	var rows []handoverPartyRow
	if err := db.Where("community_id = ? AND committee_id = ?", communityID, committeeID).Order("number").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list the parties of a handover: %w", err)
	}
	for _, row := range rows {
		for i := range list {
			if list[i].AccountID == row.AccountID {
				list[i].Side, list[i].Document, list[i].At = row.Side, row.Document, row.At
			}
		}
	}
	return list, nil
}

func convenersOf(db *gorm.DB, communityID string) ([]HandoverParty, error) {
	var rows []staffRow
	err := db.Select("id", "login", "name").Where("community_id = ? AND role = ? AND disabled_at IS NULL", communityID, RoleConvener).Order("login").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list the conveners of a community: %w", err)
	}
	list := make([]HandoverParty, len(rows))
	for i, row := range rows {
		list[i] = HandoverParty{AccountID: row.ID, Login: row.Login, Name: row.Name}
	}
	return list, nil
}

// signsAs is as whom an account signs in the handover of a term; empty for nobody.
func signsAs(tx *gorm.DB, by Actor, communityID, committeeID string) (lifecycle.HandoverSide, error) {
	if Role(by.Role) == RoleStreet {
		return lifecycle.SignedByStreet, nil
	}
	var sides []lifecycle.HandoverSide
	err := tx.Table("handover_party").Where("community_id = ? AND committee_id = ? AND account_id = ?", communityID, committeeID, by.ID).
		Order("number DESC").Limit(1).Pluck("side", &sides).Error
	if err != nil || len(sides) == 0 {
		return "", err
	}
	return sides[0], nil
}

// maySign holds a step to its side: the outgoing one gives, the incoming one takes, and either says that an item is withheld.
// The street signs for a side that nobody acts for, or as the keeper, but not for both. Refusals: no_side, two_roles_needed.
func (r *handoverRow) maySign(step HandoverStep, as lifecycle.HandoverSide) error {
	switch {
	case as == lifecycle.SignedByStreet:
		if step == HandoverTake && r.GivenAs == lifecycle.SignedByStreet {
			return refuse("two_roles_needed")
		}
		return nil
	case as == "", step == HandoverGive && as != lifecycle.Outgoing, step == HandoverTake && as != lifecycle.Incoming:
		return refuse("no_side")
	}
	return nil
}

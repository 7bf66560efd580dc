package models

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// mandateEntry is a mandate as records publish it, without names, and without whether a ballot was cast: of a sale the
// home and the reason, of everything else the home alone. What binds it to the people is keyed, so that nobody who
// knows the names of a house can try them.
func (s *Store) mandateEntry(db *gorm.DB, row mandateRow) (bundle.Amendment, error) {
	var list rosterRow
	if err := db.Where("community_id = ? AND id = ?", row.CommunityID, row.RosterID).Take(&list).Error; err != nil {
		return bundle.Amendment{}, fmt.Errorf("read the roster of a mandate: %w", err)
	}
	entry := bundle.Amendment{Kind: ledger.AmendMandate, Number: row.Number, Place: row.Place, What: []string{}, Heads: list.Heads, Area: list.AreaCM2,
		OldRoot: list.Root, NewRoot: list.Root, Proof: []string{}, ProposedAt: row.ProposedAt, ApprovedAt: deref(row.DecidedAt)}
	if row.Kind != lifecycle.Buyer {
		proof, err := s.mandateProof(db, row)
		entry.Proof = []string{proof}
		return entry, err
	}
	var unit unitRow
	if err := db.Where("community_id = ? AND id = ?", row.CommunityID, row.UnitID).Take(&unit).Error; err != nil {
		return bundle.Amendment{}, fmt.Errorf("read the home of a sale: %w", err)
	}
	entry.Kind, entry.AreaBefore, entry.AreaAfter, entry.Reason = ledger.AmendTransfer, unit.AreaCM2, unit.AreaCM2, row.Reason
	return entry, nil
}

// mandateProof is the keyed hash of who acts for whom, in hex.
func (s *Store) mandateProof(db *gorm.DB, row mandateRow) (string, error) {
	var people []ownerRow
	err := db.Select("id", "name").Where("community_id = ? AND id IN ?", row.CommunityID, []string{row.OwnerID, row.PersonID}).Find(&people).Error
	if err != nil {
		return "", fmt.Errorf("read the people of a mandate: %w", err)
	}
	names := map[string]string{}
	for _, person := range people {
		names[person.ID] = person.Name
	}
	text, err := json.Marshal([]string{row.Place, string(row.Kind), names[row.OwnerID], names[row.PersonID]})
	if err != nil {
		return "", fmt.Errorf("encode the people of a mandate: %w", err)
	}
	return hex.EncodeToString(s.keys.BlindIndex("mandate.people", row.CommunityID, string(text))), nil
}

// Sale is a home that was sold after the roster was frozen, as everybody may see it.
type Sale struct {
	Number     int64
	Place      string
	Reason     string
	Acts       bool  // the buyer casts, unless a ballot was cast before; false: the voter holds other homes and casts for all
	ApprovedAt int64 // Unix ms
}

// publicMandates are the sales that concern a meeting, and of how many homes it was noted who else votes: those that were
// approved until then.
func (s *Store) publicMandates(ctx context.Context, meeting Meeting, until int64) (sales []Sale, homes int64, err error) {
	rows, err := mandatesOn(s.read(ctx), meeting.CommunityID, meeting.RosterID)
	if err != nil {
		return nil, 0, err
	}
	sales = []Sale{}
	noted := map[string]bool{}
	for _, row := range rows {
		switch {
		case deref(row.DecidedAt) > until:
		case row.Kind == lifecycle.Buyer:
			sales = append(sales, Sale{row.Number, row.Place, row.Reason, row.Acts, deref(row.DecidedAt)})
		default:
			noted[row.Place] = true
		}
	}
	return sales, int64(len(noted)), nil
}

// mandatesOn are what was approved of the voters of a roster, in the order of the approvals; also what holds on it from
// another version.
func mandatesOn(db *gorm.DB, communityID, rosterID string) ([]mandateRow, error) {
	var rows []mandateRow
	err := db.Where("community_id = ? AND roster_id = ? AND state = ?", communityID, rosterID, lifecycle.AmendmentApproved).
		Order("decided_at, number").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list mandates: %w", err)
	}
	return rows, nil
}

package models

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gongjue/models/vault"
	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// settleSeal puts in order who keeps the key. Refusal: bad_value.
func (t *MeetingTerms) settleSeal() error {
	if t.SealKept == "" {
		t.SealKept = SealKeepings[0]
	}
	if !slices.Contains(SealKeepings, t.SealKept) {
		return refuseField("bad_value", "seal_kept")
	}
	return nil
}

// dropSealCards forgets the cards of a draft whose key the server is to keep after all.
func dropSealCards(tx *gorm.DB, row meetingRow) error {
	if row.SealKept == KeptByHolders {
		return nil
	}
	if err := tx.Where("community_id = ? AND meeting_id = ?", row.CommunityID, row.ID).Delete(&sealCardRow{}).Error; err != nil {
		return fmt.Errorf("forget seal cards: %w", err)
	}
	return nil
}

// cardsTried refuses a notice while a seal card is missing or was never tried. Refusal: seal_cards_missing.
func cardsTried(tx *gorm.DB, meeting Meeting) error {
	if meeting.SealKept != KeptByHolders {
		return nil
	}
	rows, err := sealCards(tx, meeting.CommunityID, meeting.ID)
	if err != nil {
		return err
	}
	if len(rows) != len(SealHolders) || slices.ContainsFunc(rows, func(row sealCardRow) bool { return row.TriedAt == nil }) {
		return refuse("seal_cards_missing")
	}
	return nil
}

// makeMeetingKey makes the key that seals the ballots. Where three hold it, the private half is in this process's memory
// for as long as it takes to seal a share to each card, and never at rest.
func (s *Store) makeMeetingKey(tx *gorm.DB, row *meetingRow) error {
	if row.SealKept != KeptByHolders {
		sealKey, err := s.holdSealKey(tx)
		if err != nil {
			return err
		}
		if row.SealPublic, row.SealPrivate, err = sealKey.NewMeetingKey(row.ID); err != nil {
			return fmt.Errorf("make the meeting key: %w", err)
		}
		return nil
	}
	cards, err := sealCards(tx, row.CommunityID, row.ID)
	if err != nil {
		return err
	}
	var publics [vault.SealCards][]byte
	for _, card := range cards {
		publics[card.Number-1] = card.PublicKey
	}
	public, shares, err := vault.NewSharedMeetingKey(row.ID, publics)
	if err != nil {
		return fmt.Errorf("make the meeting key: %w", err)
	}
	for i, share := range shares {
		err := moved(tx.Table("seal_card").Where("community_id = ? AND meeting_id = ? AND number = ?", row.CommunityID, row.ID, i+1).
			Updates(map[string]any{"share": share.Sealed, "share_hash": share.Hash[:]}))
		if err != nil {
			return fmt.Errorf("store a share: %w", err)
		}
	}
	row.SealPublic = public
	return nil
}

// announcedSeal is what a notice fixes of the key; nil where the server keeps it.
func announcedSeal(tx *gorm.DB, row meetingRow) (*bundle.Seal, error) {
	if row.SealKept != KeptByHolders {
		return nil, nil
	}
	cards, err := sealCards(tx, row.CommunityID, row.ID)
	if err != nil {
		return nil, err
	}
	seal := &bundle.Seal{Kept: string(row.SealKept), Key: hex.EncodeToString(row.SealPublic), Need: vault.SealNeed}
	for _, card := range cards {
		seal.Cards = append(seal.Cards, bundle.SealCard{Number: card.Number, Role: string(SealHolders[card.Number-1]),
			Key: hex.EncodeToString(card.PublicKey), Share: hex.EncodeToString(card.ShareHash)})
	}
	return seal, nil
}

// sealingKey is what the ballots of a meeting are sealed to. What stands in the database must be what the open leaf fixed:
// with another key in the place of one that three people hold, or none of their seal any more, whoever changed it would read
// what comes in from then on. Refusal: ledger_mismatch.
func sealingKey(db *gorm.DB, meeting Meeting) ([]byte, error) {
	var row meetingRow
	if err := db.Where("community_id = ? AND id = ?", meeting.CommunityID, meeting.ID).Take(&row).Error; err != nil {
		return nil, fmt.Errorf("read the meeting key: %w", err)
	}
	if row.OpenedAt == nil {
		return row.SealPublic, nil
	}
	var list rosterRow
	if err := db.Where("community_id = ? AND id = ?", row.CommunityID, row.RosterID).Take(&list).Error; err != nil {
		return nil, fmt.Errorf("read the roster: %w", err)
	}
	text, err := announcedText(db, row, list)
	if err != nil {
		return nil, err
	}
	var first leafRow
	if err := db.Where("community_id = ? AND meeting_id = ? AND idx = 0", row.CommunityID, row.ID).Take(&first).Error; err != nil {
		return nil, fmt.Errorf("read the open leaf: %w", err)
	}
	_, body, err := ledger.Decode(first.Body)
	if opened, is := body.(ledger.Open); err != nil || !is || opened.Agenda != ledger.Sum(text) {
		return nil, refuse("ledger_mismatch")
	}
	return row.SealPublic, nil
}

// sealingKeyOnce is sealingKey for one sheet of many: what was found once to be the key of the notice is compared with what
// stands in the database now, and only another is looked at again.
func (s *Store) sealingKeyOnce(db *gorm.DB, meeting Meeting) ([]byte, error) {
	const one = ""
	if known := s.sealing.get(meeting.ID)[one]; known != nil {
		var stands []byte
		err := db.Model(&meetingRow{}).Where("community_id = ? AND id = ?", meeting.CommunityID, meeting.ID).Select("seal_public").Row().Scan(&stands)
		if err == nil && bytes.Equal(stands, known) {
			return known, nil
		}
	}
	public, err := sealingKey(db, meeting)
	if err == nil && meeting.OpenedAt != 0 {
		s.sealing.put(meeting.ID, map[string][]byte{one: public})
	}
	return public, err
}

// WaitingSeal is a meeting whose seal cards wait for somebody.
type WaitingSeal struct {
	MeetingID string
	Roles     []Role // who has to take and try a card before the notice, or may type it in after the close
}

// addSeals adds the meetings that wait for holders of seal cards.
func addSeals(query *gorm.DB, now int64, list []Overview, at map[string]int) error {
	query = query.Session(&gorm.Session{})
	var meetings []meetingRow
	err := query.Select("community_id", "id", "state").
		Where("seal_kept = ? AND state IN ?", KeptByHolders, []lifecycle.MeetingState{lifecycle.MeetingDraft, lifecycle.MeetingClosed}).
		Order("created_at, id").Find(&meetings).Error
	if err != nil {
		return fmt.Errorf("list meetings with seal cards: %w", err)
	}
	if len(meetings) == 0 {
		return nil
	}
	ids := make([]string, len(meetings))
	for i, meeting := range meetings {
		ids[i] = meeting.ID
	}
	var cards []sealCardRow
	if err := query.Omit("share").Where("meeting_id IN ?", ids).Find(&cards).Error; err != nil {
		return fmt.Errorf("list seal cards: %w", err)
	}
	for _, meeting := range meetings {
		waiting := WaitingSeal{MeetingID: meeting.ID, Roles: slices.Clone(SealHolders[:])}
		for _, card := range cards {
			done := card.TriedAt != nil
			if meeting.State == lifecycle.MeetingClosed {
				done = card.entered(now)
			}
			if card.MeetingID == meeting.ID && done {
				waiting.Roles = slices.DeleteFunc(waiting.Roles, func(role Role) bool { return role == SealHolders[card.Number-1] })
			}
		}
		i := at[meeting.CommunityID]
		list[i].Seals = append(list[i].Seals, waiting)
	}
	return nil
}

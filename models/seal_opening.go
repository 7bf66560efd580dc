package models

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gongjue/models/vault"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// SealWait is how long, in ms, the first of two holders waits for the second, as any act of two people does
// (security.md §6.2); afterwards it takes two again.
const SealWait = 72 * hour

// beforeClose are the states in which no card opens anything.
var beforeClose = []lifecycle.MeetingState{lifecycle.MeetingDraft, lifecycle.MeetingNoticed, lifecycle.MeetingVoting}

// entered tells whether the card waits for another since its holder typed it in.
func (r sealCardRow) entered(now int64) bool {
	return r.EnteredAt != nil && now-*r.EnteredAt < SealWait
}

// OpenSeal takes a holder's card after the close. With the first nothing is opened: its share waits, sealed to the other
// cards, so that it still takes one of them and whoever has the database and the keys of the server has nothing. With the
// second, of another role, the key is joined in memory, the ballots are opened and counted as by Count, and the key is
// gone with the request. Whoever sends the same card again changes nothing. opened tells whether the ballots are counted.
// Refusals: not_found, seal_too_early, illegal_step (withdrawn, or a role without a card), those that hold up Count,
// those of TrySealCard, ledger_mismatch.
func (s *Store) OpenSeal(ctx context.Context, by Actor, communityID, meetingID, text string) (opened bool, err error) {
	err = s.judged(ctx, func(tx *gorm.DB, now int64) (answer, failure error) {
		opened = false
		desk, failure := closedBox(tx, by, lifecycle.EventUnseal, communityID, meetingID)
		counted := desk.row.TalliedAt != nil
		switch {
		case slices.Contains(beforeClose, desk.row.State):
			return nil, refuse("seal_too_early")
		case failure != nil && !counted:
			return nil, failure
		}
		typed, answer, failure := s.typedCard(tx, now, by, desk.row, text)
		if answer != nil || failure != nil {
			return answer, failure
		}
		if counted {
			if opened = typed.row.EnteredAt != nil; !opened {
				return nil, refuse("illegal_step")
			}
			return nil, nil
		}
		if err := desk.bar(tx); err != nil {
			return nil, err
		}
		own, err := typed.share()
		if err != nil {
			return altered(tx, now, by, typed.row, err)
		}
		waits := slices.IndexFunc(typed.rows, func(row sealCardRow) bool { return row.Number != typed.row.Number && row.entered(now) })
		if waits < 0 {
			return nil, typed.wait(tx, now, by, own)
		}
		key, err := typed.joined(tx, desk.row.SealPublic, own, typed.rows[waits])
		if err != nil {
			return altered(tx, now, by, typed.rows[waits], err)
		}
		opened = true
		return nil, s.openWith(tx, now, by, desk, typed, typed.rows[waits], key)
	})
	return opened && err == nil, err
}

// wait keeps the share of the first holder for the other two.
func (t typedCard) wait(tx *gorm.DB, now int64, by Actor, own *vault.Share) error {
	if t.row.entered(now) {
		return nil
	}
	ofMeeting := tx.Where("community_id = ? AND meeting_id = ?", t.row.CommunityID, t.row.MeetingID).Session(&gorm.Session{})
	if err := ofMeeting.Delete(&lentShareRow{}).Error; err != nil { // of a wait that is over
		return fmt.Errorf("forget a lent share: %w", err)
	}
	if err := ofMeeting.Model(&sealCardRow{}).Updates(map[string]any{"entered_by": nil, "entered_at": nil}).Error; err != nil {
		return fmt.Errorf("forget a typed seal card: %w", err)
	}
	for _, to := range t.rows {
		if to.Number == t.row.Number {
			continue
		}
		sealed, err := own.Lend(int(to.Number), to.PublicKey)
		if err != nil {
			return err
		}
		row := lentShareRow{CommunityID: to.CommunityID, MeetingID: to.MeetingID, Number: t.row.Number, ToNumber: to.Number, Sealed: sealed}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("lend a share: %w", err)
		}
	}
	return t.enter(tx, now, by, "seal_card_entered")
}

func (t typedCard) enter(tx *gorm.DB, now int64, by Actor, act string) error {
	err := moved(tx.Table("seal_card").Where("community_id = ? AND meeting_id = ? AND number = ?", t.row.CommunityID, t.row.MeetingID, t.row.Number).
		Updates(map[string]any{"entered_by": by.ID, "entered_at": now}))
	if err != nil {
		return fmt.Errorf("note a typed seal card: %w", err)
	}
	return record(tx, now, by, t.row.CommunityID, act, "meeting", t.row.MeetingID, map[string]any{"card": t.row.Number})
}

// joined makes the meeting's key of the card's own share and the one that waits for it; vault.ErrOpen where that is not
// the one that its holder entered.
func (t typedCard) joined(tx *gorm.DB, public []byte, own *vault.Share, from sealCardRow) (*vault.MeetingKey, error) {
	var row lentShareRow
	err := tx.Where("community_id = ? AND meeting_id = ? AND number = ? AND to_number = ?", from.CommunityID, from.MeetingID, from.Number, t.row.Number).Take(&row).Error
	if err != nil {
		return nil, fmt.Errorf("read a lent share: %w", err)
	}
	other, err := t.card.OpenLent(int(from.Number), row.Sealed, from.hash())
	if err != nil {
		return nil, err
	}
	return vault.JoinMeetingKey(public, own, other)
}

// openWith counts, and puts on the log whose cards opened the ballots; what was lent is of no use afterwards and goes.
func (s *Store) openWith(tx *gorm.DB, now int64, by Actor, desk countDesk, typed typedCard, waited sealCardRow, key *vault.MeetingKey) error {
	if err := typed.enter(tx, now, by, "seal_opened"); err != nil {
		return err
	}
	err := tx.Where("community_id = ? AND meeting_id = ?", desk.row.CommunityID, desk.row.ID).Delete(&lentShareRow{}).Error
	if err != nil {
		return fmt.Errorf("forget a lent share: %w", err)
	}
	return s.countWith(tx, now, by, desk, key, &ledger.Unseal{Key: ledger.Hash(desk.row.SealPublic), FirstCard: waited.Number, SecondCard: typed.row.Number,
		Entered: deref(waited.EnteredAt), First: s.keys.Pseudonym(desk.row.ID, deref(waited.EnteredBy)), Second: s.keys.Pseudonym(desk.row.ID, by.ID)})
}

// altered puts on record that the database does not hold the share of a card as it was when the notice was given.
func altered(tx *gorm.DB, now int64, by Actor, card sealCardRow, err error) (answer, failure error) {
	if !errors.Is(err, vault.ErrOpen) {
		return nil, err
	}
	return refuse("seal_share_altered"), record(tx, now, by, card.CommunityID, "seal_share_altered", "meeting", card.MeetingID, map[string]any{"card": card.Number})
}

type lentShareRow struct {
	CommunityID string
	MeetingID   string
	Number      int64
	ToNumber    int64
	Sealed      []byte
}

func (lentShareRow) TableName() string { return "lent_share" }

package models

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"gongjue/models/vault"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// SealKeeping is who keeps the key that opens the ballots until the count; the notice announces it.
type SealKeeping string

// The ways.
const (
	KeptByServer  SealKeeping = "server"  // wrapped in the database under the installation's seal key
	KeptByHolders SealKeeping = "holders" // convener, street and teller: two of their three seal cards open
)

// SealKeepings lists both ways, as the schema does; the first is the default.
var SealKeepings = []SealKeeping{KeptByServer, KeptByHolders}

// SealHolders are the roles that hold the seal cards 1 to 3 of a meeting. An account has one role, so that two cards
// always take two accounts.
var SealHolders = [vault.SealCards]Role{RoleConvener, RoleStreet, RoleTeller}

// Seal is how the key of a meeting is kept.
type Seal struct {
	Kept  SealKeeping
	Cards []SealCard // in the order of SealHolders; nil where the server keeps the key
}

// SealCard is how one card stands. Instants are Unix ms, 0 where not reached.
type SealCard struct {
	Role      Role
	Holder    string // display name of the account that took it
	TakenAt   int64
	TriedAt   int64  // when its holder last typed it in and it fitted
	Enterer   string // display name of the account that typed it in to open the ballots
	EnteredAt int64
}

// Ready tells whether the notice may be given: every card was taken and has been tried.
func (s Seal) Ready() bool {
	return !slices.ContainsFunc(s.Cards, func(card SealCard) bool { return card.TriedAt == 0 })
}

// Of is the card of a role; nil for a role that holds none, and where the server keeps the key.
func (s Seal) Of(role Role) *SealCard {
	for i := range s.Cards {
		if s.Cards[i].Role == role {
			return &s.Cards[i]
		}
	}
	return nil
}

// Waits tells whether the card was typed in and waits for another, or opened the ballots together with it.
func (c SealCard) Waits(now int64) bool { return c.EnteredAt != 0 && now-c.EnteredAt < SealWait }

// Entered tells whether one of the cards waits for another.
func (s Seal) Entered(now int64) bool {
	return slices.ContainsFunc(s.Cards, func(card SealCard) bool { return card.Waits(now) })
}

type sealCardRow struct {
	CommunityID string
	MeetingID   string
	Number      int64
	PublicKey   []byte
	TakenBy     string
	TakenAt     int64
	TriedAt     *int64
	Share       []byte
	ShareHash   []byte
	EnteredBy   *string
	EnteredAt   *int64
}

func (sealCardRow) TableName() string { return "seal_card" }

// SealOf reads how the key of a meeting is kept. It holds no key and no share. Refusal: not_found.
func (s *Store) SealOf(ctx context.Context, communityID, meetingID string) (Seal, error) {
	var row meetingRow
	db := s.read(ctx)
	if err := db.Select("seal_kept").Where("community_id = ? AND id = ?", communityID, meetingID).Take(&row).Error; err != nil {
		return Seal{}, orNotFound(err)
	}
	if row.SealKept != KeptByHolders {
		return Seal{Kept: row.SealKept}, nil
	}
	var found []struct {
		Card    sealCardRow `gorm:"embedded"`
		Holder  string
		Enterer string
	}
	err := db.Table("seal_card").Select("seal_card.number, seal_card.taken_at, seal_card.tried_at, seal_card.entered_at, "+
		"COALESCE(holder.name, '') AS holder, COALESCE(enterer.name, '') AS enterer").
		Joins("LEFT JOIN staff AS holder ON holder.id = seal_card.taken_by").Joins("LEFT JOIN staff AS enterer ON enterer.id = seal_card.entered_by").
		Where("seal_card.community_id = ? AND seal_card.meeting_id = ?", communityID, meetingID).Scan(&found).Error
	if err != nil {
		return Seal{}, fmt.Errorf("read seal cards: %w", err)
	}
	seal := Seal{Kept: KeptByHolders, Cards: make([]SealCard, len(SealHolders))}
	for i, role := range SealHolders {
		seal.Cards[i].Role = role
	}
	for _, card := range found {
		seal.Cards[card.Card.Number-1] = SealCard{Role: SealHolders[card.Card.Number-1], Holder: card.Holder, TakenAt: card.Card.TakenAt,
			TriedAt: deref(card.Card.TriedAt), Enterer: card.Enterer, EnteredAt: deref(card.Card.EnteredAt)}
	}
	return seal, nil
}

func sealCards(tx *gorm.DB, communityID, meetingID string) ([]sealCardRow, error) {
	var rows []sealCardRow
	if err := tx.Where("community_id = ? AND meeting_id = ?", communityID, meetingID).Order("number").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read seal cards: %w", err)
	}
	return rows, nil
}

// TakeSealCard makes the seal card of the role that asks, in a draft whose key three people are to hold, and gives the
// text to be printed or written down: it is given this once and stored nowhere. Whoever takes the card anew makes the one
// before worthless; one that was tried already is only replaced where again says so, so that no double click and no
// reloaded page does it. Refusals: not_found, illegal_step (no draft, or a role without a card), seal_by_server,
// seal_card_tried.
func (s *Store) TakeSealCard(ctx context.Context, by Actor, communityID, meetingID string, again bool) (text string, err error) {
	secret := vault.NewCardSecret()
	err = s.onDraft(ctx, communityID, meetingID, func(tx *gorm.DB, now int64, meeting meetingRow) error {
		number, err := meeting.cardOf(Role(by.Role))
		if err != nil {
			return err
		}
		rows, err := sealCards(tx, communityID, meetingID)
		if err != nil {
			return err
		}
		tried := slices.ContainsFunc(rows, func(row sealCardRow) bool { return row.Number == int64(number) && row.TriedAt != nil })
		if tried && !again {
			return refuse("seal_card_tried")
		}
		card, err := vault.NewCard(meetingID, number, secret)
		if err != nil {
			return err
		}
		row := sealCardRow{CommunityID: communityID, MeetingID: meetingID, Number: int64(number), PublicKey: card.Public(), TakenBy: by.ID, TakenAt: now}
		err = tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "community_id"}, {Name: "meeting_id"}, {Name: "number"}},
			DoUpdates: clause.AssignmentColumns([]string{"public_key", "taken_by", "taken_at", "tried_at"})}).Create(&row).Error
		if err != nil {
			return fmt.Errorf("store a seal card: %w", err)
		}
		text = ledger.SealCard{Number: number, Secret: secret}.Print(meetingID)
		return record(tx, now, by, communityID, "seal_card_taken", "meeting", meetingID, map[string]any{"card": number, "again": tried})
	})
	if err != nil {
		return "", err
	}
	return text, nil
}

// cardOf is the number of a role's card. Refusals: seal_by_server, illegal_step.
func (r meetingRow) cardOf(role Role) (int, error) {
	place := slices.Index(SealHolders[:], role)
	switch {
	case r.SealKept != KeptByHolders:
		return 0, refuse("seal_by_server")
	case place < 0:
		return 0, refuse("illegal_step")
	}
	return place + 1, nil
}

// TrySealCard tells whether what a holder typed in is the card that was taken last, before the meeting opens and while
// there is still time to take another: without three tried cards there is no notice. Once the notice is out it also opens
// the holder's own share, which says nothing of the key. Refusals: not_found, illegal_step (voting has begun, or a role
// without a card), seal_by_server, seal_card_missing (nobody has taken it), those of [ledger.ParseSealCard],
// seal_card_role, seal_card_wrong, seal_share_altered, seal_limited.
func (s *Store) TrySealCard(ctx context.Context, by Actor, communityID, meetingID, text string) error {
	return s.judged(ctx, func(tx *gorm.DB, now int64) (answer, failure error) {
		meeting, err := lockMeeting(tx, communityID, meetingID)
		if err != nil {
			return nil, err
		}
		if meeting.State != lifecycle.MeetingDraft && meeting.State != lifecycle.MeetingNoticed {
			return refuse("illegal_step"), nil
		}
		typed, answer, failure := s.typedCard(tx, now, by, meeting, text)
		if answer != nil || failure != nil {
			return answer, failure
		}
		if typed.row.Share != nil {
			if _, err := typed.share(); err != nil {
				return altered(tx, now, by, typed.row, err)
			}
		}
		err = tx.Model(&sealCardRow{}).Where("community_id = ? AND meeting_id = ? AND number = ?", communityID, meetingID, typed.row.Number).Update("tried_at", now).Error
		if err != nil {
			return nil, fmt.Errorf("note a tried seal card: %w", err)
		}
		return nil, record(tx, now, by, communityID, "seal_card_tried", "meeting", meetingID, map[string]any{"card": typed.row.Number})
	})
}

// PrintedSealCard reads a card of a meeting as its holder has it, for printing it, and gives its number and text. It looks
// at nothing that is stored: whether it is the card that was taken shows where it is tried. Refusals: card_mistyped,
// card_foreign, seal_card_role.
func PrintedSealCard(meetingID string, role Role, text string) (number int, printed string, err error) {
	card, err := ledger.ParseSealCard(meetingID, text)
	if err != nil {
		return 0, "", asRefusal(err)
	}
	if SealHolders[card.Number-1] != role {
		return 0, "", refuseField("seal_card_role", "code")
	}
	return card.Number, card.Print(meetingID), nil
}

// typedCard is a seal card that was typed in and fits.
type typedCard struct {
	card *vault.Card
	row  sealCardRow
	rows []sealCardRow // all three, the first being card 1
}

// typedCard finds the card behind what was typed in. Another than the one that was taken counts as a wrong try, which is
// on record.
func (s *Store) typedCard(tx *gorm.DB, now int64, by Actor, meeting meetingRow, text string) (typed typedCard, answer, failure error) {
	number, err := meeting.cardOf(Role(by.Role))
	if err != nil {
		return typed, err, nil
	}
	if typed.rows, err = sealCards(tx, meeting.CommunityID, meeting.ID); err != nil {
		return typed, nil, err
	}
	place := slices.IndexFunc(typed.rows, func(row sealCardRow) bool { return row.Number == int64(number) })
	if place < 0 {
		return typed, refuse("seal_card_missing"), nil
	}
	typed.row = typed.rows[place]
	tries := meeting.ID + "\x00" + by.ID
	if hits, err := s.hits(tx, limitSealTries, tries, now); err != nil {
		return typed, nil, err
	} else if hits >= limitSealTries.hits {
		return typed, refuse("seal_limited"), nil
	}
	written, err := ledger.ParseSealCard(meeting.ID, text)
	switch {
	case err != nil:
		return typed, asRefusal(err), nil
	case written.Number != number:
		return typed, refuseField("seal_card_role", "code"), nil
	}
	if typed.card, err = vault.NewCard(meeting.ID, number, written.Secret); err != nil {
		return typed, nil, err
	}
	if typed.card.Fits(typed.row.PublicKey) {
		return typed, nil, s.forgive(tx, limitSealTries, tries, now)
	}
	if _, err := s.count(tx, limitSealTries, tries, now); err != nil {
		return typed, nil, err
	}
	return typed, refuseField("seal_card_wrong", "code"), record(tx, now, by, meeting.CommunityID, "seal_card_refused", "meeting", meeting.ID, map[string]any{"card": number})
}

// share opens the card's own share; vault.ErrOpen where the database does not hold it as it was.
func (t typedCard) share() (*vault.Share, error) {
	return t.card.OpenShare(t.row.Share, t.row.hash())
}

// hash is the commitment to the share; zeros where there is none, which fit no share.
func (r sealCardRow) hash() (hash [32]byte) {
	copy(hash[:], r.ShareHash)
	return hash
}

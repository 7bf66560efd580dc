package models

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting/ledger"
)

// WitnessKeyState is where a street's key stands; it follows from who did what with it.
type WitnessKeyState string

// The states. Only a key in force is named by notices; those of noticed meetings keep theirs.
const (
	WitnessKeyProposed WitnessKeyState = "proposed"
	WitnessKeyInForce  WitnessKeyState = "in_force"
	WitnessKeyEnded    WitnessKeyState = "ended" // withdrawn, expired or retired
)

// WitnessKeyStates lists every state.
var WitnessKeyStates = []WitnessKeyState{WitnessKeyProposed, WitnessKeyInForce, WitnessKeyEnded}

// WitnessKey is the public key with which a street cosigns the logs of its communities. Its private half never comes here.
type WitnessKey struct {
	ID          string
	StreetID    string
	Street      string
	State       WitnessKeyState
	Key         string // verifier key, see [ledger.Witness]
	Name        string // of the key
	Fingerprint ledger.Hash
	ProposedAt  int64 // Unix ms, as below
	ProposedBy  string
	ProposerID  string
	ConfirmedAt int64
	ConfirmedBy string
	EndedAt     int64
	EndedBy     string
}

type witnessKeyRow struct {
	StreetID    string
	ID          string
	VerifierKey string
	ProposedAt  int64
	ProposedBy  string
	ConfirmedAt *int64
	ConfirmedBy string
	EndedAt     *int64
	EndedBy     string
}

func (witnessKeyRow) TableName() string { return "witness_key" }

// mostWitnessKeys bounds the live keys of one street: an office machine, a spare and somebody else who watches.
const mostWitnessKeys = 4

func (r witnessKeyRow) state(now int64) WitnessKeyState {
	switch {
	case r.EndedAt != nil:
		return WitnessKeyEnded
	case r.ConfirmedAt != nil:
		return WitnessKeyInForce
	case now > r.ProposedAt+amendmentLife:
		return WitnessKeyEnded
	}
	return WitnessKeyProposed
}

// ProposeWitnessKey registers a key of the account's street; it is in force once another person confirmed it. Refusals:
// forbidden (no account of a street), witness_key_invalid, witness_key_exists, witness_keys_full.
func (s *Store) ProposeWitnessKey(ctx context.Context, by Staff, proof string) (WitnessKey, error) {
	if by.Role != RoleStreet {
		return WitnessKey{}, refuse("forbidden")
	}
	w, err := ledger.ReadWitnessProof(proof)
	if err != nil {
		return WitnessKey{}, refuseField("witness_key_invalid", "proof")
	}
	row := witnessKeyRow{StreetID: by.StreetID, ID: newID(), VerifierKey: w.String(), ProposedBy: by.ID}
	err = s.tx(ctx, func(tx *gorm.DB, now int64) error {
		live, err := liveWitnessKeys(tx, now, by.StreetID)
		if err != nil {
			return err
		}
		if len(live) >= mostWitnessKeys {
			return refuse("witness_keys_full")
		}
		row.ProposedAt = now
		if err := tx.Create(&row).Error; errors.Is(err, gorm.ErrDuplicatedKey) {
			return refuseField("witness_key_exists", "proof")
		} else if err != nil {
			return fmt.Errorf("propose a witness key: %w", err)
		}
		return record(tx, now, by.Actor(), "", "witness_key_proposed", "witness_key", row.ID, map[string]string{"key": row.VerifierKey})
	})
	if err != nil {
		return WitnessKey{}, err
	}
	return s.witnessKey(ctx, by, row.ID)
}

// liveWitnessKeys are the keys of a street that are proposed or in force. A proposal that nobody confirmed in time ends here.
func liveWitnessKeys(tx *gorm.DB, now int64, streetID string) ([]witnessKeyRow, error) {
	var rows []witnessKeyRow
	err := tx.Table("witness_key").Where("street_id = ? AND confirmed_at IS NULL AND ended_at IS NULL AND proposed_at < ?", streetID, now-amendmentLife).
		Updates(map[string]any{"ended_at": now}).Error
	if err != nil {
		return nil, fmt.Errorf("end stale witness keys: %w", err)
	}
	if err := tx.Where("street_id = ? AND ended_at IS NULL", streetID).Order("verifier_key").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list witness keys: %w", err)
	}
	return rows, nil
}

// ConfirmWitnessKey puts a key in force: another person of the street, or the district above it, types its fingerprint
// from the paper that the key's owner printed. Refusals: not_found, illegal_step, two_roles_needed,
// witness_fingerprint_differs, amendment_expired.
func (s *Store) ConfirmWitnessKey(ctx context.Context, by Staff, id, fingerprint string) (WitnessKey, error) {
	err := s.onWitnessKey(ctx, by, id, func(tx *gorm.DB, now int64, row witnessKeyRow) error {
		w, err := ledger.ParseWitness(row.VerifierKey)
		if err != nil {
			return fmt.Errorf("read a stored witness key: %w", err)
		}
		switch {
		case row.EndedAt != nil || row.ConfirmedAt != nil:
			return refuse("illegal_step")
		case row.ProposedBy == by.ID:
			return refuse("two_roles_needed")
		case now > row.ProposedAt+amendmentLife:
			return refuse("amendment_expired")
		case plainDigits(fingerprint) != plainDigits(w.Fingerprint().Printed()):
			return refuseField("witness_fingerprint_differs", "fingerprint")
		}
		err = moved(tx.Table("witness_key").Where("id = ? AND confirmed_at IS NULL AND ended_at IS NULL", id).
			Updates(map[string]any{"confirmed_at": now, "confirmed_by": by.ID}))
		if err != nil {
			return fmt.Errorf("confirm a witness key: %w", err)
		}
		return record(tx, now, by.Actor(), "", "witness_key_confirmed", "witness_key", id, map[string]string{"key": row.VerifierKey})
	})
	if err != nil {
		return WitnessKey{}, err
	}
	return s.witnessKey(ctx, by, id)
}

// plainDigits are hex digits as typed, without what groups them.
func plainDigits(text string) string {
	return strings.ToLower(strings.NewReplacer("-", "", " ", "", "\u3000", "").Replace(text))
}

// EndWitnessKey withdraws a proposal or retires a key, at once and by one person: a machine may be lost. Meetings that
// were noticed with it keep it. Refusals: not_found, illegal_step.
func (s *Store) EndWitnessKey(ctx context.Context, by Staff, id string) (WitnessKey, error) {
	err := s.onWitnessKey(ctx, by, id, func(tx *gorm.DB, now int64, row witnessKeyRow) error {
		if row.EndedAt != nil {
			return refuse("illegal_step")
		}
		err := moved(tx.Table("witness_key").Where("id = ? AND ended_at IS NULL", id).Updates(map[string]any{"ended_at": now, "ended_by": by.ID}))
		if err != nil {
			return fmt.Errorf("end a witness key: %w", err)
		}
		return record(tx, now, by.Actor(), "", "witness_key_ended", "witness_key", id, map[string]string{"key": row.VerifierKey})
	})
	if err != nil {
		return WitnessKey{}, err
	}
	return s.witnessKey(ctx, by, id)
}

// onWitnessKey locks a key within the account's bounds. Refusal: not_found.
func (s *Store) onWitnessKey(ctx context.Context, by Staff, id string, do func(tx *gorm.DB, now int64, row witnessKeyRow) error) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		var row witnessKeyRow
		if err := tx.Clauses(forUpdate).Where("id = ? AND street_id IN (?)", id, streetsWithin(tx, by)).Take(&row).Error; err != nil {
			return orNotFound(err)
		}
		return do(tx, now, row)
	})
}

// streetsWithin selects the streets whose keys an account may see: its own, or those of its district.
func streetsWithin(db *gorm.DB, by Staff) *gorm.DB {
	query := db.Session(&gorm.Session{NewDB: true}).Table("street").Select("id")
	if by.Role == RoleDistrict {
		return query.Where("district_id = ?", by.DistrictID)
	}
	return query.Where("id = ?", by.StreetID)
}

// WitnessKeys lists the keys within the account's bounds, the newest first.
func (s *Store) WitnessKeys(ctx context.Context, by Staff) ([]WitnessKey, error) {
	return s.witnessKeys(ctx, by, "")
}

func (s *Store) witnessKey(ctx context.Context, by Staff, id string) (WitnessKey, error) {
	list, err := s.witnessKeys(ctx, by, id)
	if err != nil || len(list) == 0 {
		return WitnessKey{}, errors.Join(err, orNotFound(gorm.ErrRecordNotFound))
	}
	return list[0], nil
}

func (s *Store) witnessKeys(ctx context.Context, by Staff, id string) ([]WitnessKey, error) {
	db := s.read(ctx)
	query := db.Table("witness_key").Select("witness_key.*, street.name AS street, first.name AS first_name, second.name AS second_name, last.name AS last_name").
		Joins("JOIN street ON street.id = witness_key.street_id").
		Joins("LEFT JOIN staff first ON first.id = witness_key.proposed_by").
		Joins("LEFT JOIN staff second ON second.id = witness_key.confirmed_by").
		Joins("LEFT JOIN staff last ON last.id = witness_key.ended_by").
		Where("witness_key.street_id IN (?)", streetsWithin(db, by))
	if id != "" {
		query = query.Where("witness_key.id = ?", id)
	}
	var rows []struct {
		Row                             witnessKeyRow `gorm:"embedded"`
		Street                          string
		FirstName, SecondName, LastName *string
	}
	if err := query.Order("witness_key.proposed_at DESC, witness_key.id DESC").Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("list witness keys: %w", err)
	}
	list := make([]WitnessKey, len(rows))
	for i, found := range rows {
		row := found.Row
		w, err := ledger.ParseWitness(row.VerifierKey)
		if err != nil {
			return nil, fmt.Errorf("read a stored witness key: %w", err)
		}
		list[i] = WitnessKey{ID: row.ID, StreetID: row.StreetID, Street: found.Street, State: row.state(s.clock()), Key: row.VerifierKey, Name: w.Name(),
			Fingerprint: w.Fingerprint(), ProposedAt: row.ProposedAt, ProposedBy: deref(found.FirstName), ProposerID: row.ProposedBy,
			ConfirmedAt: deref(row.ConfirmedAt), ConfirmedBy: deref(found.SecondName), EndedAt: deref(row.EndedAt), EndedBy: deref(found.LastName)}
	}
	return list, nil
}

type meetingWitnessRow struct {
	CommunityID string
	MeetingID   string
	VerifierKey string
}

func (meetingWitnessRow) TableName() string { return "meeting_witness" }

// fixWitnesses names the keys that are in force as those of a meeting: what its notice prints, its open leaf repeats.
func fixWitnesses(tx *gorm.DB, community Community, meetingID string) error {
	var keys []witnessKeyRow
	err := tx.Where("street_id = ? AND confirmed_at IS NOT NULL AND ended_at IS NULL", community.StreetID).Find(&keys).Error
	if err != nil {
		return fmt.Errorf("read the keys of the street: %w", err)
	}
	for _, key := range keys {
		row := meetingWitnessRow{CommunityID: community.ID, MeetingID: meetingID, VerifierKey: key.VerifierKey}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("fix a witness: %w", err)
		}
	}
	return nil
}

// witnessesOf are the verifier keys of a meeting, in byte order.
func witnessesOf(db *gorm.DB, communityID, meetingID string) ([]string, error) {
	var keys []string
	err := db.Table("meeting_witness").Where("community_id = ? AND meeting_id = ?", communityID, meetingID).Pluck("verifier_key", &keys).Error
	if err != nil {
		return nil, fmt.Errorf("read the witnesses of a meeting: %w", err)
	}
	slices.Sort(keys) // the collation of the database is not byte order
	return keys, nil
}

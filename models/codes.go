package models

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"gongjue/models/vault"
)

type codeRow struct {
	CommunityID string
	MeetingID   string
	ID          string
	VoterID     string
	OwnerID     string
	MAC         []byte `gorm:"column:mac"`
	Tries       int64
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
	ExpiresAt   int64
	UsedAt      *int64
}

func (codeRow) TableName() string { return "one_time_code" }

func (r codeRow) binding() vault.CodeBinding {
	return vault.CodeBinding{Meeting: r.MeetingID, Voter: r.VoterID, Owner: r.OwnerID, Act: actCast, Session: r.ID}
}

// The numbers of one-time codes (security.md section 5).
const (
	codeLife      = 5 * minute
	codePause     = minute // between two codes for one owner
	codeTries     = 5
	codeDigits    = 6
	residentLife  = 30 * minute
	actCast       = "cast"
	evidenceBySMS = "sms"
)

// counted is a limit together with what it counts.
type counted struct {
	limit limit
	key   string
}

// within counts one use of each limit, in a transaction of its own so that a refused try stays counted, and
// refuses with the code when one of them is used up.
func (s *Store) within(ctx context.Context, uses []counted, code string) error {
	allowed := true
	err := s.tx(ctx, func(tx *gorm.DB, now int64) error {
		allowed = true
		for _, use := range uses {
			ok, err := s.count(tx, use.limit, use.key, now)
			if err != nil {
				return err
			}
			allowed = allowed && ok
		}
		return nil
	})
	if err == nil && !allowed {
		return refuse(code)
	}
	return err
}

// sendCode makes a code for one owner and puts the message into the outbox; the code itself is kept only as
// a keyed hash. Refusals: code_too_soon, code_limited.
func (s *Store) sendCode(ctx context.Context, communityID, meetingID, voterID string, owner ownerRow) (string, error) {
	var last codeRow
	err := s.read(ctx).Where("community_id = ? AND meeting_id = ? AND voter_id = ? AND owner_id = ?", communityID, meetingID, voterID, owner.ID).
		Order("created_at DESC").Take(&last).Error
	if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
		return "", fmt.Errorf("find the last code: %w", err)
	}
	if err == nil && s.clock()-last.CreatedAt < codePause {
		return "", refuse("code_too_soon")
	}
	key := communityID + "\x00" + string(owner.PhoneIndex)
	err = s.within(ctx, []counted{{limitCodes10Min, key}, {limitCodesHour, key}, {limitCodesDay, key}}, "code_limited")
	if err != nil {
		return "", err
	}
	code, err := vault.NewOneTimeCode(codeDigits)
	if err != nil {
		return "", fmt.Errorf("draw a code: %w", err)
	}
	row := codeRow{CommunityID: communityID, MeetingID: meetingID, ID: newID(), VoterID: voterID, OwnerID: owner.ID}
	row.MAC = s.keys.CodeMAC(row.binding(), code)
	message := outboxRow{CommunityID: communityID, Kind: OneTimeCode, MeetingID: meetingID, OwnerID: owner.ID, Dedupe: "code:" + row.ID}
	message.Payload, err = s.keys.EncryptField(message.sealedAt(), []byte(code))
	if err != nil {
		return "", fmt.Errorf("encrypt a code: %w", err)
	}
	err = s.tx(ctx, func(tx *gorm.DB, now int64) error {
		row.CreatedAt, row.ExpiresAt = now, now+codeLife
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("keep a code: %w", err)
		}
		return enqueue(tx, now, message)
	})
	return row.ID, err
}

// RedeemCode checks the code of a request and opens a resident session of 30 minutes; the token is for the
// cookie. Refusals: code_wrong (also for a request that never was), code_expired, code_used, code_limited.
func (s *Store) RedeemCode(ctx context.Context, requestID, code, address string) (string, error) {
	if err := s.within(ctx, []counted{{limitTriesAddress, address}}, "code_limited"); err != nil {
		return "", err
	}
	var session string
	var answer error // kept out of the closure's result, so that a wrong try is counted and not rolled back
	err := s.tx(ctx, func(tx *gorm.DB, now int64) error {
		session, answer = "", nil
		var row codeRow
		err := tx.Clauses(forUpdate).Where("id = ?", requestID).Take(&row).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			answer = refuseField("code_wrong", "code")
			return nil
		}
		if err != nil {
			return fmt.Errorf("find a code: %w", err)
		}
		within, err := s.count(tx, limitCodeTries, row.MeetingID+"\x00"+row.OwnerID, now)
		if err != nil {
			return err
		}
		if answer = s.judgeCode(row, code, within, now); answer == nil {
			session, err = s.keys.SignSession(vault.ResidentSession{Meeting: row.MeetingID, Voter: row.VoterID, Owner: row.OwnerID,
				Evidence: row.ID, Expires: now + residentLife})
			if err != nil {
				return err
			}
			return tx.Table("one_time_code").Where("community_id = ? AND id = ?", row.CommunityID, row.ID).Update("used_at", now).Error
		}
		return tx.Table("one_time_code").Where("community_id = ? AND id = ?", row.CommunityID, row.ID).
			Update("tries", gorm.Expr("tries + 1")).Error
	})
	if err != nil {
		return "", fmt.Errorf("redeem a code: %w", err)
	}
	return session, answer
}

func (s *Store) judgeCode(row codeRow, code string, within bool, now int64) error {
	switch {
	case row.UsedAt != nil:
		return refuseField("code_used", "code")
	case row.ExpiresAt <= now:
		return refuseField("code_expired", "code")
	case row.Tries >= codeTries || !within:
		return refuseField("code_limited", "code")
	case !s.keys.CheckCode(row.binding(), code, row.MAC):
		return refuseField("code_wrong", "code")
	}
	return nil
}

// Resident reads a resident session. Refusal: session_expired.
func (s *Store) Resident(token string) (vault.ResidentSession, error) {
	session, err := s.keys.CheckSession(token, s.clock())
	if err != nil {
		return vault.ResidentSession{}, refuse("session_expired")
	}
	return session, nil
}

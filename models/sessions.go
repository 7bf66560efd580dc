package models

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"gongjue/models/vault"
)

// How long a staff session lasts: without a request, and in all (security.md section 5).
const (
	staffIdle  = 15 * minute
	staffTotal = 8 * hour
)

type staffSessionRow struct {
	TokenHash []byte
	StaffID   string
	CreatedAt int64
	SeenAt    int64
	ExpiresAt int64
	EndedAt   *int64
}

func (staffSessionRow) TableName() string { return "staff_session" }

// SignIn checks login and password and opens a session; token is for the cookie, only its hash is stored.
// address is the client's, used for counting only. Refusals: login_failed (whatever was wrong),
// login_limited.
func (s *Store) SignIn(ctx context.Context, login, password, address string) (token string, staff Staff, err error) {
	if err := s.countLogin(ctx, login, address); err != nil {
		return "", Staff{}, err
	}
	var row staffRow
	found := s.read(ctx).Where("login = ? AND disabled_at IS NULL", login).Take(&row).Error
	if found != nil && !errors.Is(found, gorm.ErrRecordNotFound) {
		return "", Staff{}, fmt.Errorf("find account: %w", found)
	}
	if right, err := checkPassword(row, found == nil, password); err != nil {
		return "", Staff{}, fmt.Errorf("check password: %w", err)
	} else if !right {
		return "", Staff{}, refuse("login_failed")
	}
	token, hash := vault.NewSessionToken()
	err = s.tx(ctx, func(tx *gorm.DB, now int64) error {
		if err := s.forgive(tx, limitLoginTries, loginFrom(login, address), now); err != nil {
			return err
		}
		session := staffSessionRow{TokenHash: hash, StaffID: row.ID, CreatedAt: now, SeenAt: now, ExpiresAt: now + staffTotal}
		if err := tx.Create(&session).Error; err != nil {
			return fmt.Errorf("open session: %w", err)
		}
		return record(tx, now, row.view().Actor(), deref(row.CommunityID), "signed_in", "staff", row.ID, nil)
	})
	return token, row.view(), err
}

// checkPassword costs the same time whether or not the login exists.
func checkPassword(row staffRow, exists bool, password string) (bool, error) {
	if !exists {
		return vault.VerifyNobody(password), nil
	}
	return vault.VerifyPassword(row.PasswordHash, password)
}

// loginFrom is one login as tried from one address.
func loginFrom(login, address string) string { return login + "\x00" + address }

// countLogin counts a try in a transaction of its own, so that a refused sign-in stays counted.
func (s *Store) countLogin(ctx context.Context, login, address string) error {
	var within bool
	err := s.tx(ctx, func(tx *gorm.DB, now int64) error {
		byLogin, err := s.countAll(tx, now, []counted{{limitLoginTries, loginFrom(login, address)}, {limitLoginAll, login}})
		if err != nil {
			return err
		}
		byAddress, err := s.count(tx, limitLoginAddress, address, now)
		within = byLogin && byAddress
		return err
	})
	if err == nil && !within {
		return refuse("login_limited")
	}
	return err
}

// StaffByToken finds the account of a session cookie and keeps the session alive.
// Refusal: session_expired (unknown, ended, idle for 15 minutes, older than 8 hours, account disabled).
func (s *Store) StaffByToken(ctx context.Context, token string) (Staff, error) {
	now := s.clock()
	hash, err := vault.SessionTokenHash(token)
	if err != nil {
		return Staff{}, refuse("session_expired")
	}
	var row struct {
		Staff  staffRow `gorm:"embedded"`
		SeenAt int64
	}
	err = s.read(ctx).Table("staff").Select("staff.*, staff_session.seen_at").
		Joins("JOIN staff_session ON staff_session.staff_id = staff.id").
		Where("staff_session.token_hash = ? AND staff_session.ended_at IS NULL AND staff.disabled_at IS NULL", hash).
		Where("staff_session.expires_at > ? AND staff_session.seen_at > ?", now, now-staffIdle).
		Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Staff{}, refuse("session_expired")
	}
	if err != nil {
		return Staff{}, fmt.Errorf("find session: %w", err)
	}
	if now-row.SeenAt > minute { // a write a minute is enough to keep it alive
		err = s.read(ctx).Table("staff_session").Where("token_hash = ?", hash).Update("seen_at", now).Error
		if err != nil {
			return Staff{}, fmt.Errorf("keep session alive: %w", err)
		}
	}
	return row.Staff.view(), nil
}

// SignOut ends the session of a cookie; an unknown one is nothing to complain about.
func (s *Store) SignOut(ctx context.Context, token string) error {
	hash, err := vault.SessionTokenHash(token)
	if err != nil {
		return nil // no session was ever opened under this text
	}
	err = s.read(ctx).Table("staff_session").
		Where("token_hash = ? AND ended_at IS NULL", hash).Update("ended_at", s.clock()).Error
	if err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	return nil
}

// PostponeSessions moves the end of every open staff session on by that many ms: the demo calls it when it
// moves its clock, so that nobody is signed out by a jump.
func (s *Store) PostponeSessions(ctx context.Context, ms int64) error {
	err := s.read(ctx).Table("staff_session").Where("ended_at IS NULL").
		Updates(map[string]any{"seen_at": gorm.Expr("seen_at + ?", ms), "expires_at": gorm.Expr("expires_at + ?", ms)}).Error
	if err != nil {
		return fmt.Errorf("postpone sessions: %w", err)
	}
	return nil
}

package models

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"gongjue/models/vault"
)

// codeAct is what a one-time code is good for.
type codeAct string

// The acts: a ballot of a meeting, and one's own home on a roster.
const (
	actCast   codeAct = "cast"
	actRoster codeAct = "roster"
)

type codeRow struct {
	CommunityID string
	Act         codeAct
	SubjectID   string // the meeting, or the roster
	ID          string
	VoterID     string // or, where nobody stands behind the request, what was asked for: see [Store.question]
	OwnerID     string // empty where nobody stands behind the request
	MAC         []byte `gorm:"column:mac"`
	Tries       int64
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
	ExpiresAt   int64
	UsedAt      *int64
}

func (codeRow) TableName() string { return "one_time_code" }

func (r codeRow) binding() vault.CodeBinding {
	return vault.CodeBinding{Meeting: r.SubjectID, Voter: r.VoterID, Owner: r.OwnerID, Act: string(r.Act), Session: r.ID}
}

// message is the SMS that carries the code.
func (r codeRow) message() outboxRow {
	message := outboxRow{CommunityID: r.CommunityID, Kind: OneTimeCode, MeetingID: r.SubjectID, OwnerID: r.OwnerID, Dedupe: "code:" + r.ID}
	if r.Act == actRoster {
		message.Kind, message.MeetingID = RosterCode, ""
	}
	return message
}

// CodeLife is for how long a one-time code can be used, in ms.
const CodeLife = 5 * minute

// The numbers of one-time codes (security.md section 5).
const (
	codePause     = minute // between two codes for one owner
	codeTries     = 5
	codeDigits    = 6
	residentLife  = 30 * minute
	evidenceBySMS = "sms"
)

// SentCode is a request for a one-time code: what redeems it, with the code.
type SentCode struct {
	Request   string
	ExpiresAt int64 // Unix ms
	Again     bool  // a code was sent within the last minute and is the one to enter: none was sent now
}

// counted is a limit together with what it counts.
type counted struct {
	limit limit
	key   string
}

// countAll counts one use of each limit and tells whether all of them are within bounds.
func (s *Store) countAll(tx *gorm.DB, now int64, uses []counted) (bool, error) {
	allowed := true
	for _, use := range uses {
		ok, err := s.count(tx, use.limit, use.key, now)
		if err != nil {
			return false, err
		}
		allowed = allowed && ok
	}
	return allowed, nil
}

// judged runs a transaction that counts tries: judge's first result is the answer for the person, which does
// not roll the transaction back, so that a refused try stays counted.
func (s *Store) judged(ctx context.Context, judge func(tx *gorm.DB, now int64) (answer, failure error)) error {
	var answer error
	err := s.tx(ctx, func(tx *gorm.DB, now int64) error {
		var failure error
		answer, failure = judge(tx, now)
		return failure
	})
	if err != nil {
		return err
	}
	return answer
}

// newRequestID is random and not by time: two people who ask within a minute share a request, and the second must not
// read from it that there was a first.
func newRequestID() string { return uuid.NewString() }

// sendCode makes a code for one owner and puts the message into the outbox; the code itself is kept only as
// a keyed hash. Whoever starts again within a minute gets the request of the code that is on its way. uses are the
// caller's limits, counted with the phone's. Refusals: code_too_soon (that code was used; its request is given all the
// same), code_limited.
func (s *Store) sendCode(ctx context.Context, row codeRow, owner ownerRow, uses ...counted) (SentCode, error) {
	code, err := vault.NewOneTimeCode(codeDigits)
	if err != nil {
		return SentCode{}, fmt.Errorf("draw a code: %w", err)
	}
	row.ID, row.OwnerID = newRequestID(), owner.ID
	row.MAC = s.keys.CodeMAC(row.binding(), code)
	phone, err := s.phone(owner)
	if err != nil {
		return SentCode{}, err
	}
	phone = row.CommunityID + "\x00" + phone
	uses = append(uses, counted{limitCodes10Min, phone}, counted{limitCodesHour, phone}, counted{limitCodesDay, phone})
	var sent SentCode
	err = s.judged(ctx, func(tx *gorm.DB, now int64) (answer, failure error) {
		last, known, err := lastRequest(tx, row, now)
		if err != nil {
			return nil, err
		}
		if known {
			sent = SentCode{Request: last.ID, ExpiresAt: now + CodeLife, Again: true}
			if last.UsedAt != nil {
				answer = refuse("code_too_soon")
			}
			return answer, prolong(tx, last, now)
		}
		if within, err := s.countAll(tx, now, uses); err != nil || !within {
			return refuse("code_limited"), err
		}
		sent = SentCode{Request: row.ID, ExpiresAt: now + CodeLife}
		row.CreatedAt, row.ExpiresAt = now, now+CodeLife
		if err := tx.Create(&row).Error; err != nil {
			return nil, fmt.Errorf("keep a code: %w", err)
		}
		return nil, s.enqueueCode(tx, now, row, code)
	})
	return sent, err
}

// enqueueCode puts a code into the outbox, closed under the field key in force.
func (s *Store) enqueueCode(tx *gorm.DB, now int64, row codeRow, code string) error {
	key, err := s.holdFieldKey(tx)
	if err != nil {
		return err
	}
	message := row.message()
	message.Payload = key.Encrypt(message.sealedAt(), []byte(code))
	return enqueue(tx, now, message)
}

// sendNothing keeps a request that no code belongs to. It wears out and ends like a real one, and is the same one for
// a minute like a real one, so that its answers do not tell whether the phone is on the roster.
func (s *Store) sendNothing(ctx context.Context, row codeRow) (SentCode, error) {
	nobody, err := vault.NewOneTimeCode(codeDigits)
	if err != nil {
		return SentCode{}, fmt.Errorf("draw a code: %w", err)
	}
	row.ID = newRequestID()
	other := row
	other.ID = newRequestID() // a code of another request is never right for this one
	row.MAC = s.keys.CodeMAC(other.binding(), nobody)
	var sent SentCode
	err = s.tx(ctx, func(tx *gorm.DB, now int64) error {
		last, known, err := lastRequest(tx, row, now)
		if err != nil {
			return err
		}
		if known {
			sent = SentCode{Request: last.ID, ExpiresAt: now + CodeLife}
			return prolong(tx, last, now)
		}
		sent = SentCode{Request: row.ID, ExpiresAt: now + CodeLife}
		row.CreatedAt, row.ExpiresAt = now, now+CodeLife
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("keep a request: %w", err)
		}
		return nil
	})
	return sent, err
}

// lastRequest finds what was asked for the same owner of the voter, or by the same question, within the last minute.
func lastRequest(tx *gorm.DB, row codeRow, now int64) (codeRow, bool, error) {
	var last []codeRow
	err := tx.Where("community_id = ? AND subject_id = ? AND voter_id = ? AND owner_id = ? AND created_at > ?",
		row.CommunityID, row.SubjectID, row.VoterID, row.OwnerID, now-codePause).Order("created_at DESC").Limit(1).Find(&last).Error
	if err != nil {
		return codeRow{}, false, fmt.Errorf("find the last code: %w", err)
	}
	if len(last) == 0 {
		return codeRow{}, false, nil
	}
	return last[0], true, nil
}

// prolong gives a code that is asked for again its whole life from now: every request is said to live that long,
// whether or not a code was on its way already.
func prolong(tx *gorm.DB, last codeRow, now int64) error {
	err := tx.Table("one_time_code").Where("community_id = ? AND id = ?", last.CommunityID, last.ID).Update("expires_at", now+CodeLife).Error
	if err != nil {
		return fmt.Errorf("prolong a code: %w", err)
	}
	return nil
}

// question is what a stranger asked for, as a keyed hash: it stands in for the voter of a request that nobody stands
// behind.
func (s *Store) question(subjectID string, query HomeQuery) string {
	asked := strings.Join([]string{subjectID, query.Building, query.Stair, query.Room, query.Phone}, "\x00")
	return "asked:" + hex.EncodeToString(s.keys.BlindIndex("one_time_code.question", "", asked))
}

// RedeemCode checks the code of a request and opens a resident session of 30 minutes; the token is for the
// cookie. Refusals: code_wrong (also for a request that never was), code_expired, code_used, code_limited.
func (s *Store) RedeemCode(ctx context.Context, requestID, code, address string) (string, error) {
	return s.redeem(ctx, actCast, requestID, code, address, func(row codeRow, expires int64) (string, error) {
		return s.keys.SignSession(vault.ResidentSession{Meeting: row.SubjectID, Voter: row.VoterID, Owner: row.OwnerID, Evidence: row.ID, Expires: expires})
	})
}

// redeem checks a code of the act and opens the session that sign makes.
func (s *Store) redeem(ctx context.Context, act codeAct, requestID, code, address string, sign func(row codeRow, expires int64) (string, error)) (string, error) {
	var session string
	err := s.judged(ctx, func(tx *gorm.DB, now int64) (answer, failure error) {
		session = ""
		if within, err := s.countAll(tx, now, []counted{{limitTriesAddress, address}}); err != nil || !within {
			return refuseField("code_limited", "code"), err
		}
		var row codeRow
		err := tx.Clauses(forUpdate).Where("id = ? AND act = ?", requestID, act).Take(&row).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return refuseField("code_wrong", "code"), nil
		}
		if err != nil {
			return nil, fmt.Errorf("find a code: %w", err)
		}
		within, err := s.triesLeft(tx, row, now)
		if err != nil {
			return nil, err
		}
		stored := tx.Table("one_time_code").Where("community_id = ? AND id = ?", row.CommunityID, row.ID)
		if answer := s.judgeCode(row, code, within, now); answer != nil {
			return answer, s.countWrong(tx, stored, row, now)
		}
		if session, err = sign(row, now+residentLife); err != nil {
			return nil, err
		}
		return nil, stored.Update("used_at", now).Error
	})
	return session, err
}

// tryKey is whose wrong tries are counted: the owner's, or the question's where nobody stands behind it.
func (r codeRow) tryKey() string {
	if r.OwnerID == "" {
		return r.SubjectID + "\x00" + r.VoterID
	}
	return r.SubjectID + "\x00" + r.OwnerID
}

func (s *Store) triesLeft(tx *gorm.DB, row codeRow, now int64) (bool, error) {
	for _, l := range []limit{limitCodeTries, limitCodeTriesDay} {
		hits, err := s.hits(tx, l, row.tryKey(), now)
		if err != nil || hits >= l.hits {
			return false, err
		}
	}
	return true, nil
}

// countWrong counts a wrong try against the request and against the owner.
func (s *Store) countWrong(tx, stored *gorm.DB, row codeRow, now int64) error {
	if _, err := s.countAll(tx, now, []counted{{limitCodeTries, row.tryKey()}, {limitCodeTriesDay, row.tryKey()}}); err != nil {
		return err
	}
	return stored.Update("tries", gorm.Expr("tries + 1")).Error
}

func (s *Store) judgeCode(row codeRow, code string, within bool, now int64) error {
	switch {
	case row.ExpiresAt <= now:
		return refuseField("code_expired", "code")
	case row.Tries >= codeTries || !within:
		return refuseField("code_limited", "code")
	case !s.keys.CheckCode(row.binding(), code, row.MAC):
		return refuseField("code_wrong", "code")
	case row.UsedAt != nil: // told to whoever has the code alone: a request may be shared with a stranger who asked too
		return refuseField("code_used", "code")
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

package models

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting/bundle"
	"gongjue/voting/calendar"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// Filing is one hand-in of a meeting's result to the street (备案). A returned one stays as it was; the
// next hand-in is a new version.
type Filing struct {
	ID, CommunityID, MeetingID string
	Version                    int64
	State                      lifecycle.FilingState
	Remark                     string // the convener's
	Record                     FilingRecord
	RecordSHA256               string // hex
	SubmittedAt                int64  // Unix ms, as below
	DecidedAt                  int64
	Reasons                    string // why it was returned or refused
	Checks                     []FilingCheck
	Number                     string // year and running number of the certificate, such as 2026-000017
	CheckCode                  string // ledger code by which anyone finds the certificate
}

// FilingCheck is something the street officer looks at before certifying (security T21).
type FilingCheck string

// FilingChecks lists every check; a certificate needs all of them.
var FilingChecks = []FilingCheck{"notice_period", "roster", "majorities", "objections", "papers"}

type filingRow struct {
	CommunityID  string
	MeetingID    string
	ID           string
	Version      int64
	State        lifecycle.FilingState
	Remark       string
	Record       string
	RecordSHA256 string `gorm:"column:record_sha256"`
	SubmittedAt  int64
	SubmittedBy  string
	DecidedAt    *int64
	DecidedBy    string
	Reasons      string
	Checks       string
	Number       *string
	CheckCode    *string
}

func (filingRow) TableName() string { return "filing" }

// SubmitFiling hands a published result in, or hands it in again after a return.
// Refusals: not_found, illegal_step (not published), filing_open (one is submitted or decided), filing_incomplete (a
// document is not there without which the place takes nothing in).
func (s *Store) SubmitFiling(ctx context.Context, by Actor, communityID, meetingID, remark string) (Filing, error) {
	community, err := s.Community(ctx, communityID)
	if err != nil {
		return Filing{}, err
	}
	var row filingRow
	err = s.tx(ctx, func(tx *gorm.DB, now int64) error {
		meeting, err := lockMeeting(tx, communityID, meetingID)
		if err != nil {
			return err
		}
		if meeting.State != lifecycle.MeetingPublished {
			return refuse("illegal_step")
		}
		if err := noOpenFiling(tx, communityID, meetingID); err != nil {
			return err
		}
		if _, illegal := lifecycle.Filings.Next(lifecycle.FilingDraft, lifecycle.EventSubmit, lifecycle.Actor(by.Role)); illegal != nil {
			return asRefusal(illegal)
		}
		text, err := filingRecord(tx, community, meetingID)
		if err != nil {
			return err
		}
		row = filingRow{CommunityID: communityID, MeetingID: meetingID, ID: newID(), State: lifecycle.FilingSubmitted,
			Remark: strings.TrimSpace(remark), Record: text, RecordSHA256: ledger.Sum([]byte(text)).String(),
			SubmittedAt: now, SubmittedBy: by.ID, Checks: "[]"}
		err = tx.Table("filing").Where("community_id = ? AND meeting_id = ?", communityID, meetingID).
			Select("COALESCE(MAX(version), 0) + 1").Scan(&row.Version).Error
		if err != nil {
			return fmt.Errorf("number the filing: %w", err)
		}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("submit filing: %w", raced(err))
		}
		return record(tx, now, by, communityID, "filing_submitted", "meeting", meetingID, map[string]any{"version": row.Version, "record": row.RecordSHA256})
	})
	if err != nil {
		return Filing{}, err
	}
	return row.view()
}

// ReturnFiling sends the papers back, with every defect told at once (退回补正).
// Refusals: not_found, illegal_step, reason_missing.
func (s *Store) ReturnFiling(ctx context.Context, by Actor, communityID, id, reasons string) error {
	reasons = strings.TrimSpace(reasons)
	if reasons == "" {
		return refuseField("reason_missing", "reasons")
	}
	return s.decideFiling(ctx, by, communityID, id, lifecycle.EventReturn, func(*gorm.DB, int64, filingRow) (map[string]any, error) {
		return map[string]any{"reasons": reasons}, nil
	})
}

// CertifyFiling issues the certificate (备案证明). checks are what the officer says to have looked at.
// Refusals: not_found, illegal_step, checks_missing.
func (s *Store) CertifyFiling(ctx context.Context, by Actor, communityID, id string, checks []FilingCheck) error {
	for _, check := range FilingChecks {
		if !slices.Contains(checks, check) {
			return refuseField("checks_missing", string(check))
		}
	}
	encoded, err := jsonText(FilingChecks)
	if err != nil {
		return err
	}
	return s.decideFiling(ctx, by, communityID, id, lifecycle.EventCertify, func(tx *gorm.DB, now int64, row filingRow) (map[string]any, error) {
		number, err := nextNumber(tx, now)
		if err != nil {
			return nil, err
		}
		var raw [10]byte
		if _, err := rand.Read(raw[:]); err != nil {
			return nil, fmt.Errorf("draw a check code: %w", err)
		}
		code := ledger.Receipt(raw).String()
		if err := s.logCertificate(tx, now, row, number, code); err != nil {
			return nil, err
		}
		return map[string]any{"checks": encoded, "number": number, "check_code": code}, nil
	})
}

// nextNumber is the running number of this year's certificates; the unique index settles a race.
func nextNumber(tx *gorm.DB, now int64) (string, error) {
	year := calendar.FormText(now)[:4]
	var last *string
	err := tx.Table("filing").Where("number LIKE ?", year+"-%").Select("MAX(number)").Scan(&last).Error
	if err != nil {
		return "", fmt.Errorf("number the certificate: %w", err)
	}
	n := 0
	if last != nil {
		if _, err := fmt.Sscanf(*last, year+"-%d", &n); err != nil {
			return "", fmt.Errorf("read the last number: %w", err)
		}
	}
	return fmt.Sprintf("%s-%06d", year, n+1), nil
}

// logCertificate binds the certificate to the meeting's log.
func (s *Store) logCertificate(tx *gorm.DB, now int64, row filingRow, number, code string) error {
	log, err := openLog(tx, row.CommunityID, row.MeetingID)
	if err != nil {
		return err
	}
	certificate := bundle.Certificate{Number: number, CheckCode: code, Record: row.RecordSHA256}
	if _, err := log.add(now, "street", ledger.Certify{Certificate: certificate.Hash()}); err != nil {
		return err
	}
	if err := log.flush(tx); err != nil {
		return err
	}
	return s.checkpoint(tx, log, now)
}

func (s *Store) decideFiling(ctx context.Context, by Actor, communityID, id string, event lifecycle.Event,
	change func(tx *gorm.DB, now int64, row filingRow) (map[string]any, error)) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		row, err := lockFiling(tx, communityID, id)
		if err != nil {
			return err
		}
		next, illegal := lifecycle.Filings.Next(row.State, event, lifecycle.Actor(by.Role))
		if illegal != nil {
			return asRefusal(illegal)
		}
		columns, err := change(tx, now, row)
		if err != nil {
			return err
		}
		columns["state"], columns["decided_at"], columns["decided_by"] = next, now, by.ID
		if err := moved(tx.Table("filing").Where("community_id = ? AND id = ? AND state = ?", communityID, id, row.State).
			Updates(columns)); err != nil {
			return fmt.Errorf("decide filing: %w", raced(err))
		}
		return record(tx, now, by, communityID, "filing_"+string(next), "meeting", row.MeetingID, map[string]int64{"version": row.Version})
	})
}

// lockFiling locks log, meeting and filing, in the order of every other use case. Only the result of a meeting that
// stands as published can be decided on. Refusals: not_found, illegal_step.
func lockFiling(tx *gorm.DB, communityID, id string) (filingRow, error) {
	var row filingRow
	filing := tx.Where("community_id = ? AND id = ?", communityID, id)
	if err := filing.Session(&gorm.Session{}).Select("meeting_id").Take(&row).Error; err != nil {
		return row, orNotFound(err)
	}
	if _, err := openLog(tx, communityID, row.MeetingID); err != nil {
		return row, err
	}
	meeting, err := lockMeeting(tx, communityID, row.MeetingID)
	if err != nil {
		return row, err
	}
	if meeting.State != lifecycle.MeetingPublished {
		return row, refuse("illegal_step")
	}
	row = filingRow{}
	err = filing.Session(&gorm.Session{}).Clauses(forUpdate).Take(&row).Error
	return row, orNotFound(err)
}

// withdrawFilings sets the filings of an annulled vote aside: a certificate that was issued says so from now on.
func withdrawFilings(tx *gorm.DB, communityID, meetingID string) error {
	for _, state := range lifecycle.FilingStates {
		next, illegal := lifecycle.Filings.Next(state, lifecycle.EventWithdraw, lifecycle.System)
		if illegal != nil {
			continue
		}
		err := tx.Table("filing").Where("community_id = ? AND meeting_id = ? AND state = ?", communityID, meetingID, state).Update("state", next).Error
		if err != nil {
			return fmt.Errorf("withdraw filings: %w", err)
		}
	}
	return nil
}

func (r filingRow) view() (Filing, error) {
	view := Filing{ID: r.ID, CommunityID: r.CommunityID, MeetingID: r.MeetingID, Version: r.Version, State: r.State, Remark: r.Remark,
		RecordSHA256: r.RecordSHA256, SubmittedAt: r.SubmittedAt, DecidedAt: deref(r.DecidedAt), Reasons: r.Reasons,
		Number: deref(r.Number), CheckCode: deref(r.CheckCode)}
	if err := json.Unmarshal([]byte(r.Record), &view.Record); err != nil {
		return Filing{}, fmt.Errorf("decode record of filing %s: %w", r.ID, err)
	}
	if err := json.Unmarshal([]byte(r.Checks), &view.Checks); err != nil {
		return Filing{}, fmt.Errorf("decode checks of filing %s: %w", r.ID, err)
	}
	return view, nil
}

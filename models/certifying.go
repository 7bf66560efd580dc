package models

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"gongjue/voting/bundle"
	"gongjue/voting/calendar"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// CertifyFiling issues the certificate (备案证明), in the place of an earlier one where a change was filed. checks are what
// the officer says to have looked at, says is what the certificate tells beside the record.
// Refusals: not_found, illegal_step, not_certifier, checks_missing, bad_value (of says; field: its name).
func (s *Store) CertifyFiling(ctx context.Context, by Actor, communityID, id string, checks []FilingCheck, says FilingParticulars) error {
	for _, check := range FilingChecks {
		if !slices.Contains(checks, check) {
			return refuseField("checks_missing", string(check))
		}
	}
	says, err := says.tidy()
	if err != nil {
		return err
	}
	encoded, err := jsonText(FilingChecks)
	if err != nil {
		return err
	}
	told, err := jsonText(says)
	if err != nil {
		return err
	}
	return s.onFiling(ctx, by, communityID, id, lifecycle.EventCertify, "", func(tx *gorm.DB, now int64, row *filingRow) error {
		number, err := nextNumber(tx, now)
		if err != nil {
			return err
		}
		var raw [10]byte
		if _, err := rand.Read(raw[:]); err != nil {
			return fmt.Errorf("draw a check code: %w", err)
		}
		code := ledger.Receipt(raw).String()
		if row.ReceivedAt == nil { // decided on the spot
			row.ReceivedAt, row.ReceivedBy = &now, by.ID
		}
		row.decide(now, by)
		row.Checks, row.Particulars, row.Number, row.CheckCode = encoded, told, &number, &code
		if err := s.logCertificate(tx, now, *row, number, code); err != nil {
			return err
		}
		if err := replaceEarlier(tx, *row); err != nil {
			return err
		}
		return committeeCertified(tx, now, communityID, row.MeetingID, says, now)
	})
}

// replaceEarlier makes the certificates before say that a newer one took their place.
func replaceEarlier(tx *gorm.DB, row filingRow) error {
	err := tx.Table("filing").Where("community_id = ? AND meeting_id = ? AND state = ? AND version < ? AND replaced_by = ''",
		row.CommunityID, row.MeetingID, lifecycle.FilingCertified, row.Version).Update("replaced_by", row.ID).Error
	if err != nil {
		return fmt.Errorf("replace earlier certificates: %w", err)
	}
	return nil
}

// The bounds of what a certificate tells beside the record.
const (
	mostTerms     = 99
	longestInWord = 100 // characters
)

// tidy checks the particulars. Refusal: bad_value (field: the name).
func (p FilingParticulars) tidy() (FilingParticulars, error) {
	for name, text := range map[string]*string{"committee": &p.Committee, "chair": &p.Chair, "office": &p.Office, "term_from": &p.TermFrom, "term_to": &p.TermTo} {
		if *text = strings.TrimSpace(*text); utf8.RuneCountInString(*text) > longestInWord || strings.ContainsAny(*text, "\r\n\t") {
			return p, refuseField("bad_value", name)
		}
	}
	if p.Term < 0 || p.Term > mostTerms {
		return p, refuseField("bad_value", "term")
	}
	for name, date := range map[string]string{"term_from": p.TermFrom, "term_to": p.TermTo} {
		if _, err := time.Parse(time.DateOnly, date); date != "" && err != nil {
			return p, refuseField("bad_value", name)
		}
	}
	if (p.TermFrom == "") != (p.TermTo == "") || p.TermFrom > p.TermTo {
		return p, refuseField("bad_value", "term_to")
	}
	return p, nil
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

// logCertificate binds the certificate to the meeting's log, and writes its file.
func (s *Store) logCertificate(tx *gorm.DB, now int64, row filingRow, number, code string) error {
	log, err := openLog(tx, row.CommunityID, row.MeetingID)
	if err != nil {
		return err
	}
	certificate := bundle.Certificate{Number: number, CheckCode: code, Record: row.RecordSHA256}
	if _, err := log.add(now, string(row.Certifier), ledger.Certify{Certificate: certificate.Hash()}); err != nil {
		return err
	}
	if err := log.flush(tx); err != nil {
		return err
	}
	if err := s.checkpoint(tx, log, now); err != nil {
		return err
	}
	return s.keepCertificateFile(tx, log, log.at(now), row)
}

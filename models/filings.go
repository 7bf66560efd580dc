package models

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// Filing is one hand-in of a meeting's result to the authority (备案). A returned one stays as it was; the
// next hand-in is a new version.
type Filing struct {
	ID, CommunityID, MeetingID string
	Version                    int64
	Kind                       lifecycle.FilingKind
	State                      lifecycle.FilingState
	Certifier                  rules.Word // [rules.StreetOffice] or [rules.DistrictAuthority]: who decides
	Remark                     string     // the convener's; what changes, of a change
	Record                     FilingRecord
	RecordSHA256               string // hex
	SubmittedAt                int64  // Unix ms, as below
	ReceivedAt                 int64
	DueAt                      int64 // when it is to be decided; 0 where the pack sets no days
	Clock                      FilingClock
	DecidedAt                  int64
	Reasons                    string // why it was returned or refused, line by line
	Defects                    []FilingDefect
	Ground                     lifecycle.RefusalGround
	Checks                     []FilingCheck
	Particulars                FilingParticulars
	Number                     string // year and running number of the certificate, such as 2026-000017
	CheckCode                  string // ledger code by which anyone finds the certificate
	ReplacedBy                 string // the hand-in of a change whose certificate took this one's place
	EndedAt                    int64  // when a certificate was withdrawn or cancelled
	EndedReason                string
}

// FilingClock is the clause behind a filing's due date.
type FilingClock struct {
	Days    int    `json:"days"`
	Working bool   `json:"working,omitempty"` // days
	Article string `json:"article"`           // with its instrument
}

// FilingDefect is one thing that a return asks to be mended.
type FilingDefect struct {
	Number int64       `json:"number"` // from 1, through all returns of a meeting
	Text   string      `json:"text"`
	Basis  DefectBasis `json:"basis"`
}

// DefectBasis says why a defect may be told now.
type DefectBasis string

// The bases: what is not told in the first return may only have come with the correction.
const (
	ToldFirst DefectBasis = "told_first"
	NotMended DefectBasis = "not_mended" // told in the first return
	Arose     DefectBasis = "arose"      // with the correction
)

// DefectBases lists every basis.
var DefectBases = []DefectBasis{ToldFirst, NotMended, Arose}

// FilingParticulars are what a certificate says of the committee beside the record, as the authority transcribes it from
// the papers; empty where no committee is filed.
type FilingParticulars struct {
	Committee string `json:"committee,omitempty"` // name, without the term
	Term      int64  `json:"term,omitempty"`      // 届, from 1; 0 for none
	TermFrom  string `json:"term_from,omitempty"` // date, such as 2026-05-18
	TermTo    string `json:"term_to,omitempty"`
	Chair     string `json:"chair,omitempty"` // 负责人
	Office    string `json:"office,omitempty"`
}

// FilingCheck is something the officer looks at before certifying (security T21).
type FilingCheck string

// FilingChecks lists every check; a certificate needs all of them.
var FilingChecks = []FilingCheck{"notice_period", "roster", "majorities", "objections", "papers"}

type filingRow struct {
	CommunityID  string
	MeetingID    string
	ID           string
	Version      int64
	Kind         lifecycle.FilingKind
	State        lifecycle.FilingState
	Certifier    rules.Word
	Remark       string
	Record       string
	RecordSHA256 string `gorm:"column:record_sha256"`
	SubmittedAt  int64
	SubmittedBy  string
	ReceivedAt   *int64
	ReceivedBy   string
	DueAt        *int64
	Clock        string
	DecidedAt    *int64
	DecidedBy    string
	Reasons      string
	Defects      string
	Ground       lifecycle.RefusalGround
	Checks       string
	Particulars  string
	Number       *string
	CheckCode    *string
	ReplacedBy   string
	EndedAt      *int64
	EndedBy      string
	EndedReason  string
}

func (filingRow) TableName() string { return "filing" }

// SubmitFiling hands a published result in, or hands it in again after a return or a refusal. After a certificate it is
// the filing of a change, and remark says what changes. pack is the package of the hand-in, which is kept as it is; nil where
// there is none. Its hash stands in the record, and so under the certificate.
// Refusals: not_found, illegal_step (not published), filing_open (one lies with the authority), change_missing,
// filing_incomplete (a document is not there without which the place takes nothing in), filing_moved (the package was made
// from something else).
func (s *Store) SubmitFiling(ctx context.Context, by Actor, communityID, meetingID, remark string, pack *FilingPackage) (Filing, error) {
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
		if _, illegal := lifecycle.Filings.Next(lifecycle.FilingDraft, lifecycle.EventSubmit, lifecycle.Actor(by.Role)); illegal != nil {
			return asRefusal(illegal)
		}
		row = filingRow{CommunityID: communityID, MeetingID: meetingID, ID: newID(), State: lifecycle.FilingSubmitted,
			Remark: strings.TrimSpace(remark), SubmittedAt: now, SubmittedBy: by.ID, Checks: "[]", Defects: "[]", Particulars: "{}"}
		if err := row.follow(tx); err != nil {
			return err
		}
		if row.Record, err = filedWith(tx, community, meetingID, pack); err != nil {
			return err
		}
		row.RecordSHA256 = ledger.Sum([]byte(row.Record)).String()
		if err := row.startClock(meeting, now); err != nil {
			return err
		}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("submit filing: %w", raced(err))
		}
		if pack != nil {
			if err := s.keepPackage(tx, row, *pack); err != nil {
				return err
			}
		}
		return record(tx, now, by, communityID, "filing_submitted", "meeting", meetingID, map[string]any{"version": row.Version, "record": row.RecordSHA256})
	})
	if err != nil {
		return Filing{}, err
	}
	return row.view()
}

// follow gives a hand-in its version and kind by the one before it. Refusals: filing_open, change_missing.
func (r *filingRow) follow(tx *gorm.DB) error {
	last, err := lastFiling(tx, r.CommunityID, r.MeetingID)
	if err != nil {
		return err
	}
	r.Version, r.Kind = last.Version+1, lifecycle.FirstFiling
	if last.Kind == lifecycle.ChangeFiling || last.State == lifecycle.FilingCertified {
		r.Kind = lifecycle.ChangeFiling
	}
	if r.Kind == lifecycle.ChangeFiling && r.Remark == "" {
		return refuseField("change_missing", "note")
	}
	return nil
}

// lastFiling is the newest hand-in of a meeting, the zero row where there is none. Refusal: filing_open (it lies with the
// authority, or nothing follows it any more).
func lastFiling(tx *gorm.DB, communityID, meetingID string) (filingRow, error) {
	var last filingRow
	err := tx.Omit("record").Where("community_id = ? AND meeting_id = ?", communityID, meetingID).Order("version DESC").Take(&last).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return filingRow{}, nil
	}
	if err != nil {
		return last, fmt.Errorf("find the last filing: %w", err)
	}
	switch last.State {
	case lifecycle.FilingReturned, lifecycle.FilingRefused, lifecycle.FilingCertified:
		return last, nil
	}
	return last, refuse("filing_open")
}

// startClock sets until when the hand-in is to be decided, counted from an instant, and by whom.
func (r *filingRow) startClock(meeting meetingRow, from int64) error {
	var pack rules.Pack
	if err := json.Unmarshal([]byte(meeting.Pack), &pack); err != nil {
		return fmt.Errorf("decode the rule pack of meeting %s: %w", meeting.ID, err)
	}
	if r.Certifier == "" {
		r.Certifier = pack.Procedure.Certifier()
	}
	clause, working := pack.Procedure.CertifyClause()
	if clause == nil {
		return nil
	}
	due := pack.Procedure.CertifyBy(from)
	clock := FilingClock{Days: clause.Days, Working: working}
	if clause.Source != nil {
		clock.Article = clause.Source.String()
	}
	var err error
	r.DueAt = &due
	r.Clock, err = jsonText(clock)
	return err
}

func (r filingRow) view() (Filing, error) {
	view := Filing{ID: r.ID, CommunityID: r.CommunityID, MeetingID: r.MeetingID, Version: r.Version, Kind: r.Kind, State: r.State, Certifier: r.Certifier,
		Remark: r.Remark, RecordSHA256: r.RecordSHA256, SubmittedAt: r.SubmittedAt, ReceivedAt: deref(r.ReceivedAt), DueAt: deref(r.DueAt),
		DecidedAt: deref(r.DecidedAt), Reasons: r.Reasons, Ground: r.Ground, Number: deref(r.Number), CheckCode: deref(r.CheckCode),
		ReplacedBy: r.ReplacedBy, EndedAt: deref(r.EndedAt), EndedReason: r.EndedReason}
	clock := r.Clock
	if clock == "" {
		clock = "{}"
	}
	for _, part := range []struct {
		text string
		into any
	}{{r.Record, &view.Record}, {r.Checks, &view.Checks}, {r.Defects, &view.Defects}, {r.Particulars, &view.Particulars}, {clock, &view.Clock}} {
		if err := json.Unmarshal([]byte(part.text), part.into); err != nil {
			return Filing{}, fmt.Errorf("decode filing %s: %w", r.ID, err)
		}
	}
	return view, nil
}

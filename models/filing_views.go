package models

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/ledger"
)

// Filing reads one hand-in. Refusal: not_found.
func (s *Store) Filing(ctx context.Context, communityID, id string) (Filing, error) {
	var row filingRow
	if err := s.read(ctx).Where("community_id = ? AND id = ?", communityID, id).Take(&row).Error; err != nil {
		return Filing{}, orNotFound(err)
	}
	return row.view()
}

// FilingsOf lists the hand-ins of a meeting, the newest first.
func (s *Store) FilingsOf(ctx context.Context, communityID, meetingID string) ([]Filing, error) {
	return filings(s.read(ctx).Where("filing.community_id = ? AND filing.meeting_id = ?", communityID, meetingID).Order("filing.version DESC"))
}

// newestFiling keeps the newest hand-in of every meeting.
const newestFiling = "filing.version = (SELECT MAX(newer.version) FROM filing AS newer " +
	"WHERE newer.community_id = filing.community_id AND newer.meeting_id = filing.meeting_id)"

// filingRank puts what waits for the street first, filingOrder the oldest of it.
const (
	filingRank  = "CASE WHEN filing.state = 'submitted' THEN 0 ELSE 1 END"
	filingOrder = filingRank + ", filing.submitted_at, filing.id"
)

func newestFilings(db *gorm.DB) *gorm.DB {
	return db.Table("filing").Select("filing.*").Where(newestFiling)
}

// FilingPage is one page of the newest hand-in of every meeting within the account's bounds, the oldest waiting
// first: what a street officer has to do. Refusal: cursor_invalid.
func (s *Store) FilingPage(ctx context.Context, staff Staff, page Page) ([]Filing, string, error) {
	db, bounds := s.read(ctx), s.boundsOf(ctx, staff)
	query := newestFilings(db).Where("filing.community_id IN (?)", bounds)
	if page.After != "" {
		var last []struct{ Rank, SubmittedAt int64 }
		err := db.Table("filing").Select(filingRank+" AS rank, filing.submitted_at").
			Where("filing.community_id IN (?) AND filing.id = ?", bounds, page.After).Scan(&last).Error
		if err != nil {
			return nil, "", fmt.Errorf("find the cursor of a page: %w", err)
		}
		if len(last) == 0 {
			return nil, "", errCursor()
		}
		query = query.Where("("+filingOrder+") > (?, ?, ?)", last[0].Rank, last[0].SubmittedAt, page.After)
	}
	found, err := filings(query.Order(filingOrder).Limit(page.N + 1))
	list, next := cut(found, page, func(f Filing) string { return f.ID })
	return list, next, err
}

func filings(query *gorm.DB) ([]Filing, error) {
	var rows []filingRow
	if err := query.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list filings: %w", err)
	}
	list := make([]Filing, len(rows))
	for i, row := range rows {
		view, err := row.view()
		if err != nil {
			return nil, err
		}
		list[i] = view
	}
	return list, nil
}

// CertificateByCode finds a certificate by its check code, however it was typed; anyone may ask.
// Refusal: check_code_unknown.
func (s *Store) CertificateByCode(ctx context.Context, text string) (Filing, error) {
	code, err := ledger.ParseReceipt(text)
	if err != nil {
		return Filing{}, refuseField("check_code_unknown", "code")
	}
	var row filingRow
	err = s.read(ctx).Where("check_code = ?", code.String()).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Filing{}, refuseField("check_code_unknown", "code")
	}
	if err != nil {
		return Filing{}, fmt.Errorf("find a certificate: %w", err)
	}
	return row.view()
}

package models

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
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

// filingRank puts what waits for a decision first, filingKey what of it is due first, and of the decided ones the newest.
// Where no clause sets a day the hand-in comes behind those with one.
const (
	filingRank  = "CASE WHEN filing.state = 'submitted' THEN 0 ELSE 1 END"
	filingKey   = "CASE WHEN filing.state = 'submitted' THEN COALESCE(filing.due_at, 4000000000000 + filing.submitted_at) ELSE -filing.submitted_at END"
	filingOrder = filingRank + ", " + filingKey + ", filing.id"
)

func newestFilings(db *gorm.DB) *gorm.DB {
	return db.Table("filing").Select("filing.*").Where(newestFiling)
}

// FilingPage is one page of the newest hand-in of every meeting within the account's bounds, what is due first
// before the rest: what an officer has to do. Refusal: cursor_invalid.
func (s *Store) FilingPage(ctx context.Context, staff Staff, page Page) ([]Filing, string, error) {
	db, bounds := s.read(ctx), s.boundsOf(ctx, staff)
	query := newestFilings(db).Where("filing.community_id IN (?)", bounds)
	if page.After != "" {
		var last []struct{ Rank, Due int64 }
		err := db.Table("filing").Select(filingRank+" AS rank, "+filingKey+" AS due").
			Where("filing.community_id IN (?) AND filing.id = ?", bounds, page.After).Scan(&last).Error
		if err != nil {
			return nil, "", fmt.Errorf("find the cursor of a page: %w", err)
		}
		if len(last) == 0 {
			return nil, "", errCursor()
		}
		query = query.Where("("+filingOrder+") > (?, ?, ?)", last[0].Rank, last[0].Due, page.After)
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

// UnfiledMeeting is a published meeting whose result is to be filed and was not handed in.
type UnfiledMeeting struct {
	Meeting
	Community string // name
}

// mostUnfiled bounds the list of what was not handed in.
const mostUnfiled = 200

// Unfiled lists the published meetings within an account's bounds that elected a committee or adopted rules and were never
// handed in, the oldest first.
func (s *Store) Unfiled(ctx context.Context, staff Staff) ([]UnfiledMeeting, error) {
	var rows []struct {
		Row       meetingRow `gorm:"embedded"`
		Community string
	}
	db := s.read(ctx)
	err := db.Table("meeting").Select("meeting.*, community.name AS community").
		Joins("JOIN community ON community.id = meeting.community_id").
		Where("meeting.community_id IN (?) AND meeting.state = ?", s.boundsOf(ctx, staff), lifecycle.MeetingPublished).
		Where("NOT EXISTS (SELECT 1 FROM filing f WHERE f.community_id = meeting.community_id AND f.meeting_id = meeting.id)").
		Where("EXISTS (SELECT 1 FROM matter m WHERE m.community_id = meeting.community_id AND m.meeting_id = meeting.id AND (m.kind = 'election' OR m.item IN (1, 2, 3)))").
		Order("meeting.published_at, meeting.id").Limit(mostUnfiled).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list what was not filed: %w", err)
	}
	list := make([]UnfiledMeeting, len(rows))
	for i, row := range rows {
		view, err := row.Row.view()
		if err != nil {
			return nil, err
		}
		list[i] = UnfiledMeeting{Meeting: view, Community: row.Community}
	}
	return list, nil
}

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

// FilingsFor lists the newest hand-in of every meeting within the account's bounds, the oldest waiting
// first: what a street officer has to do.
func (s *Store) FilingsFor(ctx context.Context, staff Staff) ([]Filing, error) {
	query := s.read(ctx).Table("filing").Select("filing.*").
		Joins("JOIN community ON community.id = filing.community_id").
		Joins("JOIN street ON street.id = community.street_id").
		Where("filing.version = (SELECT MAX(newer.version) FROM filing AS newer " +
			"WHERE newer.community_id = filing.community_id AND newer.meeting_id = filing.meeting_id)").
		Order("CASE WHEN filing.state = 'submitted' THEN 0 ELSE 1 END, filing.submitted_at")
	switch staff.Role {
	case RoleStreet:
		query = query.Where("street.id = ?", staff.StreetID)
	case RoleDistrict:
		query = query.Where("street.district_id = ?", staff.DistrictID)
	default:
		query = query.Where("community.id = ?", staff.CommunityID)
	}
	return filings(query)
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

package models

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"gongjue/models/vault"
	"gongjue/voting"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// ReceiptStanding says what a recorded ballot is worth beside another one of the same voter.
type ReceiptStanding string

// The standings. The empty string is the only ballot of its voter, or the one that counts.
const (
	ReceiptReplaced ReceiptStanding = "replaced"    // its import was replaced by a later one
	ReceiptBeside   ReceiptStanding = "beside"      // there is another ballot; the count will apply the announced rule
	ReceiptPassed   ReceiptStanding = "passed_over" // the other one counts
	ReceiptCompared ReceiptStanding = "compared"    // what is alike on both counts
)

// ReceiptStandings lists them, without the empty one.
var ReceiptStandings = []ReceiptStanding{ReceiptReplaced, ReceiptBeside, ReceiptPassed, ReceiptCompared}

// ofMeetingAndVoter finds ballots by the key of their table, whose first column a session does not name.
const ofMeetingAndVoter = "community_id = (SELECT community_id FROM meeting WHERE id = ?) AND meeting_id = ? AND voter_id = ?"

// ReceiptOf finds the receipt of a resident's own voter. Refusal: not_found (nothing was cast).
func (s *Store) ReceiptOf(ctx context.Context, session vault.ResidentSession) (Receipt, error) {
	db := s.read(ctx)
	var row ballotRow
	err := db.Omit("sealed").Where(ofMeetingAndVoter, session.Meeting, session.Meeting, session.Voter).Order("revision DESC").Take(&row).Error
	if err == nil {
		return s.standing(db, s.receipt(row, false))
	}
	if !errors.Is(err, gorm.ErrRecordNotFound) {
		return Receipt{}, fmt.Errorf("find a receipt: %w", err)
	}
	var imported importedRow
	err = db.Table("imported_ballot").Select("imported_ballot.*").
		Joins("JOIN platform_import ON platform_import.community_id = imported_ballot.community_id AND platform_import.id = imported_ballot.import_id").
		Where("imported_ballot.meeting_id = ? AND imported_ballot.voter_id = ? AND platform_import.state = ?", session.Meeting, session.Voter, ImportEffective).
		Take(&imported).Error
	if err != nil {
		return Receipt{}, orNotFound(err)
	}
	return s.standing(db, s.importedReceipt(imported))
}

func (s *Store) importedReceipt(row importedRow) Receipt {
	return Receipt{Code: ledger.Receipt(s.keys.ReceiptCode(row.MeetingID, row.codeName())).String(), Number: row.LeafIndex, CastAt: row.CastAt,
		Channel: lifecycle.Imported, CommunityID: row.CommunityID, MeetingID: row.MeetingID, VoterID: row.VoterID, importID: row.ImportID}
}

// CheckReceipt tells whether a log holds the ballot of a receipt code, as anyone may ask. The
// answer names no voter. Refusals: code_mistyped, not_found.
func (s *Store) CheckReceipt(ctx context.Context, text string) (Receipt, error) {
	code, err := ledger.ParseReceipt(text)
	if err != nil {
		return Receipt{}, refuseField("code_mistyped", "code")
	}
	db := s.read(ctx)
	found, err := s.receiptBehind(db, vault.CodeHash(code))
	if err != nil {
		return Receipt{}, err
	}
	found, err = s.standing(db, found)
	found.VoterID, found.OwnerID = "", ""
	return found, err
}

// receiptBehind finds the ballot of a code's hash, of whatever channel. Refusal: not_found.
func (s *Store) receiptBehind(db *gorm.DB, hash []byte) (Receipt, error) {
	var rows []ballotRow
	if err := db.Omit("sealed").Where("receipt_hash = ?", hash).Limit(1).Find(&rows).Error; err != nil {
		return Receipt{}, fmt.Errorf("find a receipt: %w", err)
	}
	if len(rows) > 0 {
		return s.receipt(rows[0], false), nil
	}
	var imported importedRow
	if err := db.Omit("sealed").Where("receipt_hash = ?", hash).Take(&imported).Error; err != nil {
		return Receipt{}, orNotFound(err)
	}
	return s.importedReceipt(imported), nil
}

// standing fills in what a ballot is worth beside another one of its voter.
func (s *Store) standing(db *gorm.DB, receipt Receipt) (Receipt, error) {
	var seen int64
	err := db.Table("cosignature").Where("community_id = ? AND meeting_id = ? AND size > ?", receipt.CommunityID, receipt.MeetingID, receipt.Number).
		Count(&seen).Error
	if err != nil {
		return Receipt{}, fmt.Errorf("look for a witness of a receipt: %w", err)
	}
	receipt.Witnessed = seen > 0
	var meeting meetingRow
	err = db.Where("community_id = ? AND id = ?", receipt.CommunityID, receipt.MeetingID).Take(&meeting).Error
	if err != nil {
		return Receipt{}, fmt.Errorf("read the meeting of a receipt: %w", err)
	}
	if meeting.Platform == "" {
		return receipt, nil
	}
	if receipt.importID != "" {
		var of importRow
		err := db.Select("state").Where("community_id = ? AND id = ?", receipt.CommunityID, receipt.importID).Take(&of).Error
		if err != nil {
			return Receipt{}, fmt.Errorf("read the import of a receipt: %w", err)
		}
		if of.State != ImportEffective {
			receipt.Standing = ReceiptReplaced
			return receipt, nil
		}
	}
	judged, err := standings(db, Meeting{ID: meeting.ID, CommunityID: meeting.CommunityID,
		MeetingTerms: MeetingTerms{Platform: meeting.Platform, Conflict: meeting.Conflict}}, receipt.VoterID)
	if err != nil {
		return Receipt{}, err
	}
	standing, both := judged[receipt.VoterID]
	wins := standing == voting.ImportedStands
	switch {
	case !both:
	case meeting.TalliedAt == nil:
		receipt.Standing = ReceiptBeside
	case standing == voting.BothCompared:
		receipt.Standing = ReceiptCompared
	case wins != (receipt.importID != ""):
		receipt.Standing = ReceiptPassed
	}
	return receipt, nil
}

package models

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// SealProof is the note with which a committee has its seals engraved (印章刻制证明).
type SealProof struct {
	Prover   rules.Word // who issued it: [rules.StreetOffice] or [rules.DistrictAuthority]
	IssuedAt int64      // Unix ms; 0: none was issued
}

type sealProofRow struct {
	CommunityID string
	FilingID    string
	Prover      rules.Word
	IssuedAt    int64
	IssuedBy    string
}

func (sealProofRow) TableName() string { return "seal_proof" }

// Stands tells whether a certificate holds and no newer one took its place: only then seals are engraved by it, or the
// street signs it.
func (f Filing) Stands() bool { return f.State == lifecycle.FilingCertified && f.ReplacedBy == "" }

// ProvesSeal tells whether a certificate says what is on a seal: the name of a committee and its term (domain §9).
func (f Filing) ProvesSeal() bool { return f.Committee() != "" && f.Particulars.Term > 0 }

// IssueSealProof issues the note on a certificate that stands, by the authority that the place's pack names; the first one
// stays. Refusals: not_found, illegal_step (the certificate does not stand), not_seal_prover, seal_without_committee (it
// names no committee and term), seal_proof_issued.
func (s *Store) IssueSealProof(ctx context.Context, by Actor, communityID, filingID string) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		row, err := lockFiling(tx, communityID, filingID)
		if err != nil {
			return err
		}
		filing, err := row.view()
		if err != nil {
			return err
		}
		if !filing.Stands() {
			return refuse("illegal_step")
		}
		meeting, err := meetingView(tx.Where("community_id = ? AND id = ?", communityID, row.MeetingID))
		if err != nil {
			return err
		}
		prover := meeting.Pack.Procedure.SealProver()
		if rules.Word(by.Role) != prover {
			return refuse("not_seal_prover")
		}
		if !filing.ProvesSeal() {
			return refuse("seal_without_committee")
		}
		err = tx.Create(&sealProofRow{CommunityID: communityID, FilingID: filingID, Prover: prover, IssuedAt: now, IssuedBy: by.ID}).Error
		if errors.Is(err, gorm.ErrDuplicatedKey) {
			return refuse("seal_proof_issued")
		}
		if err != nil {
			return fmt.Errorf("issue a seal proof: %w", err)
		}
		return record(tx, now, by, communityID, "seal_proof_issued", "meeting", row.MeetingID, map[string]int64{"version": row.Version})
	})
}

// SealProofOf reads the note on a certificate; the zero SealProof where none was issued.
func (s *Store) SealProofOf(ctx context.Context, filing Filing) (SealProof, error) {
	var row sealProofRow
	err := s.read(ctx).Where("community_id = ? AND filing_id = ?", filing.CommunityID, filing.ID).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return SealProof{}, nil
	}
	if err != nil {
		return SealProof{}, fmt.Errorf("read a seal proof: %w", err)
	}
	return SealProof{row.Prover, row.IssuedAt}, nil
}

package models

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
)

// ContractFile is a file of a contract that everybody may read. Content is nil in lists.
type ContractFile struct {
	ID        string
	Name      string
	MediaType string // sniffed from the bytes
	Size      int64  // bytes
	SHA256    string // hex
	Content   []byte
}

type contractFileRow struct {
	CommunityID string
	ContractID  string
	ID          string
	Name        string
	MediaType   string
	Size        int64
	SHA256      string `gorm:"column:sha256"`
	Content     []byte
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
	CreatedBy   string
}

func (contractFileRow) TableName() string { return "contract_file" }

func (r contractFileRow) view() ContractFile {
	return ContractFile{ID: r.ID, Name: r.Name, MediaType: r.MediaType, Size: r.Size, SHA256: r.SHA256, Content: r.Content}
}

// mostContractFiles bounds what is published of one contract.
const mostContractFiles = 10

// PublishContractFile lets everybody read a file of a contract: its text, a list of the inspection. Refusals: illegal_step,
// not_found, required, file_too_big, file_kind, too_many_files.
func (s *Store) PublishContractFile(ctx context.Context, by Actor, communityID, contractID string, sent SentFile) error {
	if Role(by.Role) != RoleConvener {
		return refuse("illegal_step")
	}
	file, err := checkEvidence(sent.Name, sent.Content)
	if err != nil {
		return err
	}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		if err := contractStands(tx, communityID, contractID); err != nil {
			return err
		}
		var n int64
		if err := tx.Table("contract_file").Where("community_id = ? AND contract_id = ?", communityID, contractID).Count(&n).Error; err != nil {
			return fmt.Errorf("count files of a contract: %w", err)
		}
		if n >= mostContractFiles {
			return refuseField("too_many_files", "file")
		}
		row := contractFileRow{CommunityID: communityID, ContractID: contractID, ID: file.ID, Name: file.Name, MediaType: file.MediaType, Size: file.Size,
			SHA256: file.SHA256, Content: file.Content, CreatedAt: now, CreatedBy: by.ID}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("keep a file of a contract: %w", err)
		}
		return record(tx, now, by, communityID, "contract_file_published", "contract", contractID, map[string]string{"file": row.ID, "sha256": row.SHA256})
	})
}

// contractStands finds a contract that was not recorded by mistake. Refusal: not_found.
func contractStands(tx *gorm.DB, communityID, contractID string) error {
	var row contractRow
	if err := tx.Where("community_id = ? AND id = ?", communityID, contractID).Take(&row).Error; err != nil {
		return orNotFound(err)
	}
	var withdrawn int64
	err := tx.Table("contract_entry").Where("community_id = ? AND contract_id = ? AND state = ?", communityID, contractID, lifecycle.ContractWithdrawn).Count(&withdrawn).Error
	if err != nil {
		return fmt.Errorf("look for the end of a contract: %w", err)
	}
	if withdrawn > 0 {
		return refuse("not_found")
	}
	return nil
}

// RemoveContractFile takes a file back, as when it shows what it should not. Refusals: illegal_step, not_found.
func (s *Store) RemoveContractFile(ctx context.Context, by Actor, communityID, contractID, id string) error {
	if Role(by.Role) != RoleConvener {
		return refuse("illegal_step")
	}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		done := tx.Where("community_id = ? AND contract_id = ? AND id = ?", communityID, contractID, id).Delete(&contractFileRow{})
		switch {
		case done.Error != nil:
			return fmt.Errorf("remove a file of a contract: %w", done.Error)
		case done.RowsAffected == 0:
			return refuse("not_found")
		}
		return record(tx, now, by, communityID, "contract_file_removed", "contract", contractID, map[string]string{"file": id})
	})
}

// PublicContractFile reads one published file. Refusal: not_found.
func (s *Store) PublicContractFile(ctx context.Context, communityID, contractID, id string) (ContractFile, error) {
	var row contractFileRow
	db := s.read(ctx)
	if err := contractStands(db, communityID, contractID); err != nil {
		return ContractFile{}, err
	}
	if err := db.Where("community_id = ? AND contract_id = ? AND id = ?", communityID, contractID, id).Take(&row).Error; err != nil {
		return ContractFile{}, orNotFound(err)
	}
	return row.view(), nil
}

// addContractFiles adds the published files, and for staff what proves a contract from before.
func (s *Store) addContractFiles(ctx context.Context, communityID string, list []Contract, public bool) error {
	var rows []contractFileRow
	err := s.read(ctx).Omit("content").Where("community_id = ?", communityID).Order("created_at, id").Find(&rows).Error
	if err != nil {
		return fmt.Errorf("list files of contracts: %w", err)
	}
	ids := make([]string, len(list))
	for i := range list {
		ids[i] = list[i].ID
		for _, row := range rows {
			if row.ContractID == list[i].ID {
				list[i].Files = append(list[i].Files, row.view())
			}
		}
	}
	if public {
		return nil
	}
	proofs, err := evidenceOf(s.read(ctx), communityID, ids)
	for i := range list {
		list[i].Proofs = proofs[list[i].ID]
	}
	return err
}

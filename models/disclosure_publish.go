package models

import (
	"context"
	"fmt"

	"gorm.io/gorm"
)

// PublishDisclosure makes the draft public as whoever publishes it saw it, for good. Refusals: illegal_step, draft_changed
// (also where it is published already), and everything that [DisclosureDraft] names as standing in the way.
func (s *Store) PublishDisclosure(ctx context.Context, by Actor, communityID string, revision int64) (string, error) {
	if revision < 1 {
		return "", refuse("draft_changed")
	}
	id := newID()
	return id, s.onDisclosure(ctx, by, communityID, revision, func(tx *gorm.DB, now int64) error {
		var row draftRow
		if err := tx.Where("community_id = ?", communityID).Take(&row).Error; err != nil {
			return fmt.Errorf("find a draft: %w", err)
		}
		draft, err := reckoned(tx, row, now)
		if err != nil {
			return err
		}
		if len(draft.Bars) > 0 {
			return draft.Bars[0]
		}
		published := disclosureRow{CommunityID: communityID, ID: id, FromAt: row.FromAt, ToAt: row.ToAt, Name: row.Name, CommonOpening: *row.CommonOpening, FundOpening: *row.FundOpening,
			Differs: draft.Closed.Differs, Revenue: int64(draft.Sums.Revenue), Expense: int64(draft.Sums.Expense), FundIn: int64(draft.Sums.FundIn), FundUse: int64(draft.Sums.FundUse),
			CommonClosing: int64(draft.Closed.Closing.Common), FundClosing: int64(draft.Closed.Closing.Fund), Note: row.Note, ReplacesID: row.ReplacesID, ReplaceReason: row.ReplaceReason,
			PublishedAt: now, PublishedBy: by.ID}
		if published.Differs {
			published.OpeningReason = row.OpeningReason
		}
		for _, n := range draft.Counts {
			published.Lines += int64(n)
		}
		if err := keepDisclosure(tx, published); err != nil {
			return err
		}
		return record(tx, now, by, communityID, "disclosure_published", "disclosure", id,
			map[string]any{"lines": published.Lines, "common_closing": published.CommonClosing, "fund_closing": published.FundClosing, "replaces": row.ReplacesID})
	})
}

// keepDisclosure numbers and stores a disclosure with the lines and files of the draft, which ends.
func keepDisclosure(tx *gorm.DB, row disclosureRow) error {
	err := tx.Table("disclosure").Where("community_id = ?", row.CommunityID).Select("COALESCE(MAX(number), 0) + 1").Scan(&row.Number).Error
	if err != nil {
		return fmt.Errorf("number a disclosure: %w", err)
	}
	var lines []draftLineRow
	if err := tx.Where("community_id = ?", row.CommunityID).Order(sectionOrder).Find(&lines).Error; err != nil {
		return fmt.Errorf("read the lines of a draft: %w", err)
	}
	kept := make([]publishedLineRow, len(lines))
	for i, line := range lines {
		kept[i] = publishedLineRow{line.Line, row.ID}
		kept[i].Row.Number = int64(i) + 1
	}
	if err := tx.Create(&row).Error; err != nil {
		return fmt.Errorf("publish a disclosure: %w", raced(err))
	}
	if len(kept) > 0 {
		if err := tx.CreateInBatches(kept, linesAtOnce).Error; err != nil {
			return fmt.Errorf("publish the lines of a disclosure: %w", err)
		}
	}
	err = tx.Table("disclosure_file").Where("community_id = ? AND disclosure_id = ''", row.CommunityID).Update("disclosure_id", row.ID).Error
	if err != nil {
		return fmt.Errorf("publish the files of a disclosure: %w", err)
	}
	return endDraft(tx, row.CommunityID)
}

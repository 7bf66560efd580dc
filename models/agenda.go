package models

import (
	"encoding/json"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting"
)

// linksHold checks what depends on what on the agenda as it stands in the transaction; changed is the matter that
// was just written. Refusal: link_invalid, at the link of that matter or at what broke the link of another.
func linksHold(tx *gorm.DB, communityID, meetingID, changed string) error {
	matters, err := mattersOf(tx, communityID, meetingID)
	if err != nil {
		return err
	}
	err = voting.CheckLinks(rulesOf(matters))
	var broken *voting.Refusal
	if !errors.As(err, &broken) {
		return err
	}
	for _, matter := range matters {
		if matter.ID == changed && matter.Rule.LinkedTo != 0 {
			return refuseField(string(broken.Code), "linked_to")
		}
	}
	return refuseField(string(broken.Code), "kind")
}

func rulesOf(matters []Matter) []voting.Matter {
	list := make([]voting.Matter, len(matters))
	for i, matter := range matters {
		list[i] = matter.Rule
	}
	return list
}

// closeUp numbers an agenda without gaps after a matter was taken off it, and leads the links of the others to the
// new numbers: a link is a number on the agenda. Refusal: matter_linked, where a link led to what is gone.
func closeUp(tx *gorm.DB, communityID, meetingID string) error {
	matters, err := mattersOf(tx, communityID, meetingID)
	if err != nil {
		return err
	}
	moved := make(map[int]int, len(matters)) // old number to new
	for i, matter := range matters {
		moved[int(matter.Position)] = i + 1
	}
	for i, matter := range matters {
		if linked := matter.Rule.LinkedTo; linked != 0 {
			if moved[linked] == 0 {
				return refuse("matter_linked")
			}
			matter.Rule.LinkedTo = moved[linked]
		}
		rule, err := json.Marshal(matter.Rule)
		if err != nil {
			return fmt.Errorf("encode rule: %w", err)
		}
		err = tx.Table("matter").Where("community_id = ? AND meeting_id = ? AND id = ?", communityID, meetingID, matter.ID).
			Updates(map[string]any{"position": i + 1, "rule": string(rule)}).Error
		if err != nil {
			return fmt.Errorf("number the agenda: %w", err)
		}
	}
	return nil
}

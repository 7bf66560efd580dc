package models

import (
	"encoding/json"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
)

// announcedText is the document of everything that a notice fixes, the same before the notice and ever after:
// it is put together from what is stored, not from what this version of the program makes of it.
func announcedText(tx *gorm.DB, row meetingRow, list rosterRow) ([]byte, error) {
	root, err := hashOf(list.Root)
	if err != nil {
		return nil, err
	}
	announced := bundle.Announced{Meeting: row.ID, Title: row.Title, Kind: string(row.Kind), ConvenerKind: string(row.ConvenerKind),
		ConvenerName: row.ConvenerName, Contact: row.Contact, Place: row.Place, OpensAt: row.OpensAt, ClosesAt: row.ClosesAt,
		ObjectionDays: row.ObjectionDays, DeliveryTimes: row.DeliveryTimes, Policies: json.RawMessage(row.Policies),
		SilenceRule: json.RawMessage("null"), RunOffOf: deref(row.RunOffOf), Repeats: deref(row.Repeats), Rules: ledger.Sum([]byte(row.Pack)),
		Roster:  bundle.AnnouncedRoster{ID: list.ID, Root: root, Units: list.Units, Heads: list.Heads, Area: list.AreaCM2},
		Matters: []bundle.Matter{}, Files: []bundle.File{}, Platform: row.Platform, Conflict: string(row.Conflict)}
	if row.ActsLogged {
		announced.Logged = slices.Clone(bundle.LoggedActs)
	}
	if row.AfterwardsLogged {
		announced.Logged = append(announced.Logged, bundle.LoggedAfterwards...)
	}
	if announced.Seal, err = announcedSeal(tx, row); err != nil {
		return nil, err
	}
	if announced.Witnesses, err = witnessesOf(tx, row.CommunityID, row.ID); err != nil {
		return nil, err
	}
	if row.SilenceRule != "" {
		announced.SilenceRule = json.RawMessage(row.SilenceRule)
	}
	var matters []matterRow
	if err := tx.Where("community_id = ? AND meeting_id = ?", row.CommunityID, row.ID).Order("position").Find(&matters).Error; err != nil {
		return nil, fmt.Errorf("read the agenda: %w", err)
	}
	for _, matter := range matters {
		announced.Matters = append(announced.Matters, bundle.Matter{ID: matter.ID, Position: matter.Position, Title: matter.Title,
			Text: matter.Body, Rule: json.RawMessage(matter.Rule)})
	}
	files, err := attachmentsOf(tx, row.CommunityID, row.ID)
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		if file.Stage == ForNotice {
			announced.Files = append(announced.Files, bundle.File{Name: file.Name, SHA256: file.SHA256})
		}
	}
	text, err := announced.Encode()
	if err != nil {
		return nil, fmt.Errorf("write the announced document: %w", err)
	}
	return text, nil
}

package models

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting"
)

// Matter is a 表决事项 of an agenda: its announced text and the rule it is counted by.
type Matter struct {
	ID       string
	Position int64 // 1-based, the order of the notice and the ballot
	Title    string
	Body     string // full text
	Rule     voting.Matter
}

type matterRow struct {
	CommunityID string
	MeetingID   string
	ID          string
	Position    int64
	Kind        voting.Kind
	Item        int64
	Method      voting.Method
	Title       string
	Body        string
	Rule        string
}

func (matterRow) TableName() string { return "matter" }

// maxMatters is the most matters on one agenda: a ballot must stay readable.
const maxMatters = 20

// AddMatter puts a matter at the end of a draft's agenda. Refusals: not_found, illegal_step, required,
// too_many_matters, scope_unknown (the scope names nothing on the roster), link_invalid (it depends on no earlier
// matter that decides) and those of voting.Matter.Validate.
func (s *Store) AddMatter(ctx context.Context, by Actor, communityID, meetingID string, matter Matter) (Matter, error) {
	matter.ID = newID()
	err := s.onDraft(ctx, communityID, meetingID, func(tx *gorm.DB, now int64, meeting meetingRow) error {
		var agenda struct{ N, Last int64 }
		err := tx.Table("matter").Where("community_id = ? AND meeting_id = ?", communityID, meetingID).
			Select("COUNT(*) AS n, COALESCE(MAX(position), 0) AS last").Scan(&agenda).Error
		if err != nil {
			return fmt.Errorf("count matters: %w", err)
		}
		if agenda.N >= maxMatters {
			return refuse("too_many_matters")
		}
		matter.Position = agenda.Last + 1
		row, err := matterToRow(tx, meeting, matter)
		if err != nil {
			return err
		}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("add matter: %w", err)
		}
		if err := linksHold(tx, communityID, meetingID, matter.ID); err != nil {
			return err
		}
		return record(tx, now, by, communityID, "matter_added", "meeting", meetingID, map[string]string{"matter": matter.ID})
	})
	return matter, err
}

// UpdateMatter changes a matter of a draft; its place on the agenda stays. Refusals as AddMatter.
func (s *Store) UpdateMatter(ctx context.Context, by Actor, communityID, meetingID string, matter Matter) error {
	return s.onDraft(ctx, communityID, meetingID, func(tx *gorm.DB, now int64, meeting meetingRow) error {
		row, err := matterToRow(tx, meeting, matter)
		if err != nil {
			return err
		}
		err = found(tx.Model(&matterRow{}).Where("community_id = ? AND meeting_id = ? AND id = ?", communityID, meetingID, matter.ID).
			Select("kind", "item", "method", "title", "body", "rule").Updates(&row))
		if err != nil {
			return fmt.Errorf("change matter: %w", err)
		}
		if err := linksHold(tx, communityID, meetingID, matter.ID); err != nil {
			return err
		}
		return record(tx, now, by, communityID, "matter_changed", "meeting", meetingID, map[string]string{"matter": matter.ID})
	})
}

// DeleteMatter takes a matter off a draft's agenda; those after it move up. Refusals: not_found, illegal_step,
// matter_linked (another depends on it).
func (s *Store) DeleteMatter(ctx context.Context, by Actor, communityID, meetingID, id string) error {
	return s.onDraft(ctx, communityID, meetingID, func(tx *gorm.DB, now int64, _ meetingRow) error {
		err := found(tx.Where("community_id = ? AND meeting_id = ? AND id = ?", communityID, meetingID, id).Delete(&matterRow{}))
		if err != nil {
			return fmt.Errorf("delete matter: %w", err)
		}
		if err := closeUp(tx, communityID, meetingID); err != nil {
			return err
		}
		return record(tx, now, by, communityID, "matter_deleted", "meeting", meetingID, map[string]string{"matter": id})
	})
}

// found tells not_found where a change hit no row.
func found(result *gorm.DB) error {
	if result.Error != nil {
		return result.Error
	}
	if result.RowsAffected == 0 {
		return refuse("not_found")
	}
	return nil
}

func matterToRow(tx *gorm.DB, meeting meetingRow, matter Matter) (matterRow, error) {
	view, err := meeting.view()
	if err != nil {
		return matterRow{}, err
	}
	matter.Title, matter.Body = strings.TrimSpace(matter.Title), strings.TrimSpace(matter.Body)
	if matter.Title == "" {
		return matterRow{}, refuseField("required", "title")
	}
	if matter.Body == "" {
		return matterRow{}, refuseField("required", "text")
	}
	if err := matter.Rule.Validate(view.Pack.Law()); err != nil {
		return matterRow{}, asRefusal(err)
	}
	if err := knownPlaces(tx, meeting.CommunityID, meeting.RosterID, matter.Rule.Scope); err != nil {
		return matterRow{}, err
	}
	rule, err := json.Marshal(matter.Rule)
	if err != nil {
		return matterRow{}, fmt.Errorf("encode rule: %w", err)
	}
	return matterRow{CommunityID: meeting.CommunityID, MeetingID: meeting.ID, ID: matter.ID, Position: matter.Position,
		Kind: matter.Rule.Kind, Item: int64(matter.Rule.Item), Method: matter.Rule.Method,
		Title: matter.Title, Body: matter.Body, Rule: string(rule)}, nil
}

// knownPlaces checks that every place of a scope holds at least one unit of the roster.
func knownPlaces(tx *gorm.DB, communityID, rosterID string, scope []string) error {
	if len(scope) == 0 {
		return nil
	}
	var units []unitRow
	if err := tx.Where("community_id = ? AND roster_id = ?", communityID, rosterID).
		Select("building", "stair", "room").Find(&units).Error; err != nil {
		return fmt.Errorf("read places: %w", err)
	}
	for _, place := range scope {
		if !slices.ContainsFunc(units, func(u unitRow) bool { return voting.Inside(u.place(), []string{place}) }) {
			return refuseField("scope_unknown", "scope")
		}
	}
	return nil
}

func mattersOf(db *gorm.DB, communityID, meetingID string) ([]Matter, error) {
	var rows []matterRow
	if err := db.Where("community_id = ? AND meeting_id = ?", communityID, meetingID).Order("position").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read matters: %w", err)
	}
	matters := make([]Matter, len(rows))
	for i, row := range rows {
		matters[i] = Matter{ID: row.ID, Position: row.Position, Title: row.Title, Body: row.Body}
		if err := json.Unmarshal([]byte(row.Rule), &matters[i].Rule); err != nil {
			return nil, fmt.Errorf("decode rule of matter %s: %w", row.ID, err)
		}
	}
	return matters, nil
}

// Buildings lists the buildings of a roster in the order of the file, for choosing a scope or a home.
func (s *Store) Buildings(ctx context.Context, communityID, rosterID string) ([]string, error) {
	var names []string
	err := s.read(ctx).Table("unit").Where("community_id = ? AND roster_id = ?", communityID, rosterID).
		Group("building").Order("MIN(position)").Pluck("building", &names).Error
	if err != nil {
		return nil, fmt.Errorf("list buildings: %w", err)
	}
	return names, nil
}

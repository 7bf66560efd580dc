package models

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"gongjue/voting/calendar"
)

// Target is a share of a district's communities that is to have a committee or an interim body by a day.
type Target struct {
	ID        string
	Name      string
	DueAt     int64 // last ms of the day
	Num, Den  int64
	CreatedAt int64 // Unix ms
}

// needed are the fewest communities of so many with which the target is met.
func (t Target) needed(of int64) int64 { return (of*t.Num + t.Den - 1) / t.Den }

type targetRow struct {
	DistrictID  string
	ID          string
	Name        string
	DueAt       int64
	Num, Den    int64
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
	CreatedBy   string
	WithdrawnAt *int64
	WithdrawnBy string
}

func (targetRow) TableName() string { return "target" }

// The bounds of a target's name and share.
const (
	longestTarget = 40 // characters
	mostPercent   = 100
)

// SetTarget notes what the account's district wants to have reached by the end of a day: so many per cent. Refusals:
// forbidden, required (name), bad_value (name, due, percent), target_exists (one is due on that day).
func (s *Store) SetTarget(ctx context.Context, by Staff, name, due string, percent int64) (Target, error) {
	if by.Role != RoleDistrict {
		return Target{}, refuse("forbidden")
	}
	name = strings.TrimSpace(name)
	day, err := calendar.ParseDay(due)
	switch {
	case name == "":
		return Target{}, refuseField("required", "name")
	case utf8.RuneCountInString(name) > longestTarget || strings.ContainsAny(name, "\r\n\t"):
		return Target{}, refuseField("bad_value", "name")
	case err != nil || day < calendar.Date(2000, 1, 1) || day > calendar.Date(2100, 1, 1):
		return Target{}, refuseField("bad_value", "due")
	case percent < 1 || percent > mostPercent:
		return Target{}, refuseField("bad_value", "percent")
	}
	row := targetRow{DistrictID: by.DistrictID, ID: newID(), Name: name, DueAt: calendar.EndOfDay(day, 0), Num: percent, Den: mostPercent, CreatedBy: by.ID}
	err = s.tx(ctx, func(tx *gorm.DB, now int64) error {
		row.CreatedAt = now
		if err := tx.Create(&row).Error; errors.Is(err, gorm.ErrDuplicatedKey) {
			return refuseField("target_exists", "due")
		} else if err != nil {
			return fmt.Errorf("set a target: %w", err)
		}
		return record(tx, now, by.Actor(), "", "target_set", "target", row.ID, map[string]any{"due": due, "percent": percent})
	})
	return row.view(), err
}

// WithdrawTarget takes a target of the account's district away. Refusals: forbidden, not_found.
func (s *Store) WithdrawTarget(ctx context.Context, by Staff, id string) error {
	if by.Role != RoleDistrict {
		return refuse("forbidden")
	}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		done := tx.Table("target").Where("district_id = ? AND id = ? AND withdrawn_at IS NULL", by.DistrictID, id).
			Updates(map[string]any{"withdrawn_at": now, "withdrawn_by": by.ID})
		switch {
		case done.Error != nil:
			return fmt.Errorf("withdraw a target: %w", done.Error)
		case done.RowsAffected == 0:
			return refuse("not_found")
		}
		return record(tx, now, by.Actor(), "", "target_withdrawn", "target", id, nil)
	})
}

// targets are those of a district by their days.
func (s *Store) targets(ctx context.Context, districtID string) ([]Target, error) {
	var rows []targetRow
	if err := s.read(ctx).Where("district_id = ? AND withdrawn_at IS NULL", districtID).Order("due_at").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list targets: %w", err)
	}
	list := make([]Target, len(rows))
	for i, row := range rows {
		list[i] = row.view()
	}
	return list, nil
}

func (r targetRow) view() Target {
	return Target{ID: r.ID, Name: r.Name, DueAt: r.DueAt, Num: r.Num, Den: r.Den, CreatedAt: r.CreatedAt}
}

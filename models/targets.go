package models

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"gongjue/voting/calendar"
)

// Measure is the rate that a target is about.
type Measure string

// The measures.
const (
	MeasureFormed  Measure = "formed"  // 组建率: communities with a committee or an interim body
	MeasureServed  Measure = "served"  // 物业管理覆盖率: communities under a contract with a property firm
	MeasureWorking Measure = "working" // 街道工作开展率: streets in which at least one community has a body, or is on its way to one
)

// Measures lists every measure in the order in which forms offer them.
var Measures = []Measure{MeasureFormed, MeasureServed, MeasureWorking}

// Target is a share of a district's communities, or of its streets, that is to be reached by a day.
type Target struct {
	ID        string
	Measure   Measure
	Name      string
	Source    string // the plan that sets it; may be empty
	DueAt     int64  // last ms of the day
	Num, Den  int64
	CreatedAt int64 // Unix ms
}

// needed are the fewest communities of so many with which the target is met.
func (t Target) needed(of int64) int64 { return (of*t.Num + t.Den - 1) / t.Den }

type targetRow struct {
	DistrictID  string
	ID          string
	Measure     Measure
	Name        string
	Source      string
	DueAt       int64
	Num, Den    int64
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
	CreatedBy   string
	WithdrawnAt *int64
	WithdrawnBy string
}

func (targetRow) TableName() string { return "target" }

// WantedTarget is a target as the district states it.
type WantedTarget struct {
	Measure Measure
	Name    string
	Source  string // may be empty
	Due     string // date
	Percent int64
}

// The bounds of a target.
const (
	longestTarget = 40 // characters
	longestPlan   = 100
	mostPercent   = 100
)

// SetTarget notes what the account's district wants to have reached by the end of a day. Refusals: forbidden, required
// (name), bad_value (measure, name, source, due, percent), target_exists (one of this measure is due on that day).
func (s *Store) SetTarget(ctx context.Context, by Staff, wanted WantedTarget) (Target, error) {
	if by.Role != RoleDistrict {
		return Target{}, refuse("forbidden")
	}
	row, err := wanted.row()
	if err != nil {
		return Target{}, err
	}
	row.DistrictID, row.ID, row.CreatedBy = by.DistrictID, newID(), by.ID
	err = s.tx(ctx, func(tx *gorm.DB, now int64) error {
		row.CreatedAt = now
		if err := tx.Create(&row).Error; errors.Is(err, gorm.ErrDuplicatedKey) {
			return refuseField("target_exists", "due")
		} else if err != nil {
			return fmt.Errorf("set a target: %w", err)
		}
		return record(tx, now, by.Actor(), "", "target_set", "target", row.ID, map[string]any{"measure": row.Measure, "due": wanted.Due, "percent": wanted.Percent})
	})
	return row.view(), err
}

// row checks what is wanted. Refusals: required (name), bad_value.
func (w WantedTarget) row() (targetRow, error) {
	name, source := strings.TrimSpace(w.Name), strings.TrimSpace(w.Source)
	day, err := calendar.ParseDay(w.Due)
	oneLine := func(text string, most int) bool {
		return utf8.RuneCountInString(text) <= most && !strings.ContainsAny(text, "\r\n\t")
	}
	switch {
	case !slices.Contains(Measures, w.Measure):
		return targetRow{}, refuseField("bad_value", "measure")
	case name == "":
		return targetRow{}, refuseField("required", "name")
	case !oneLine(name, longestTarget):
		return targetRow{}, refuseField("bad_value", "name")
	case !oneLine(source, longestPlan):
		return targetRow{}, refuseField("bad_value", "source")
	case err != nil || day < calendar.Date(2000, 1, 1) || day > calendar.Date(2100, 1, 1):
		return targetRow{}, refuseField("bad_value", "due")
	case w.Percent < 1 || w.Percent > mostPercent:
		return targetRow{}, refuseField("bad_value", "percent")
	}
	return targetRow{Measure: w.Measure, Name: name, Source: source, DueAt: calendar.EndOfDay(day, 0), Num: w.Percent, Den: mostPercent}, nil
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
	if err := s.read(ctx).Where("district_id = ? AND withdrawn_at IS NULL", districtID).Order("due_at, measure").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list targets: %w", err)
	}
	list := make([]Target, len(rows))
	for i, row := range rows {
		list[i] = row.view()
	}
	return list, nil
}

func (r targetRow) view() Target {
	return Target{ID: r.ID, Measure: r.Measure, Name: r.Name, Source: r.Source, DueAt: r.DueAt, Num: r.Num, Den: r.Den, CreatedAt: r.CreatedAt}
}

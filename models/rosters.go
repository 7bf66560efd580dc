package models

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

// Roster is one version of a community's 业主名册 without its rows.
type Roster struct {
	ID             string
	Version        int64
	State          lifecycle.RosterState
	SourceName     string // the file's name as uploaded
	SourceSHA256   string // hex
	Parking        roster.Policy
	Units          int64
	Weight         voting.Weight // what counts under the parking rule
	Summary        roster.Summary
	Root           string // hex of the Merkle root; empty until frozen
	CreatedAt      int64  // Unix ms, as all below
	PublishedAt    int64
	ObjectionUntil int64
	FrozenAt       int64
	Contact        string // whom owners turn to about the display; Place, AnswerDays: see [Display]
	Place          string
	AnswerDays     int64
}

type rosterRow struct {
	CommunityID    string
	ID             string
	Version        int64
	State          lifecycle.RosterState
	SourceName     string
	SourceSHA256   string `gorm:"column:source_sha256"`
	ParkingArea    bool
	ParkingHeads   bool
	Units          int64
	Heads          int64
	AreaCM2        voting.Area `gorm:"column:area_cm2"`
	Summary        string
	Root           string
	CreatedAt      int64 `gorm:"autoCreateTime:false"`
	CreatedBy      string
	PublishedAt    *int64
	ObjectionUntil *int64
	FrozenAt       *int64
	Contact        string
	Place          string
	AnswerDays     int64
	PublishedBy    string
	FrozenBy       string
}

func (rosterRow) TableName() string { return "roster" }

// Display is what the owners are told about a roster that is put on display (公示).
type Display struct {
	Until      int64  // Unix ms, the last moment at which an objection is taken
	AnswerDays int64  // calendar days within which the convener answers one, 1–30
	Contact    string // a person or an office with a phone; required
	Place      string // the desk for those who come in person; may be empty
}

// mostAnswerDays bounds what a convener may take for an answer.
const mostAnswerDays = 30

// PublishRoster puts a draft on display for objections. Refusals: not_found, illegal_step, required, bad_value,
// rulings_since.
func (s *Store) PublishRoster(ctx context.Context, by Actor, communityID, id string, display Display) error {
	display.Contact, display.Place = strings.TrimSpace(display.Contact), strings.TrimSpace(display.Place)
	switch {
	case display.Contact == "":
		return refuseField("required", "contact")
	case display.AnswerDays < 1 || display.AnswerDays > mostAnswerDays:
		return refuseField("bad_value", "answer_days")
	}
	return s.moveRoster(ctx, by, communityID, id, lifecycle.EventPublish, func(tx *gorm.DB, now int64) (map[string]any, error) {
		if display.Until < now {
			return nil, refuseField("bad_value", "objection_until")
		}
		if err := s.overtakenByRulings(tx, communityID, id); err != nil {
			return nil, err
		}
		return map[string]any{"published_at": now, "published_by": by.ID, "objection_until": display.Until, "contact": display.Contact,
			"place": display.Place, "answer_days": display.AnswerDays}, nil
	})
}

// FreezeRoster fixes heads, areas and the Merkle root that the notice prints; nothing of it can be changed
// afterwards, and every other version is superseded. Refusals: not_found, illegal_step, two_roles_needed (the
// account that put it on display), roster_display_open, roster_objections_open, roster_has_errors,
// rulings_since.
func (s *Store) FreezeRoster(ctx context.Context, by Actor, communityID, id string) error {
	return s.moveRoster(ctx, by, communityID, id, lifecycle.EventFreeze, func(tx *gorm.DB, now int64) (map[string]any, error) {
		if err := readyToFreeze(tx, by, communityID, id, now); err != nil {
			return nil, err
		}
		if err := s.overtakenByRulings(tx, communityID, id); err != nil {
			return nil, err
		}
		root, err := rosterRoot(tx, communityID, id)
		if err != nil {
			return nil, err
		}
		if err := supersedeOthers(tx, communityID, id); err != nil {
			return nil, err
		}
		return map[string]any{"frozen_at": now, "frozen_by": by.ID, "root": root}, nil
	})
}

// readyToFreeze refuses while owners may still object, and while rows with an error are left out of the count:
// whoever is missing from a frozen roster has no vote.
func readyToFreeze(tx *gorm.DB, by Actor, communityID, id string, now int64) error {
	var row rosterRow
	if err := tx.Clauses(forUpdate).Where("community_id = ? AND id = ?", communityID, id).Take(&row).Error; err != nil {
		return orNotFound(err)
	}
	if row.PublishedBy == by.ID {
		return refuse("two_roles_needed") // the table of steps asks for two roles; one account must not come by both
	}
	if now <= deref(row.ObjectionUntil) {
		return refuse("roster_display_open")
	}
	if err := objectionsSettledOn(tx, communityID, id); err != nil {
		return err
	}
	view, err := row.view()
	if err != nil {
		return err
	}
	for _, issue := range view.Summary.Issues {
		if issue.Severity == roster.Error {
			return refuse("roster_has_errors")
		}
	}
	return nil
}

// supersedeOthers sets every other version aside: one roster is in force at a time. A meeting that was
// noticed on an earlier version goes on with it.
func supersedeOthers(tx *gorm.DB, communityID, id string) error {
	for _, state := range lifecycle.RosterStates {
		next, illegal := lifecycle.Rosters.Next(state, lifecycle.EventSupersede, lifecycle.System)
		if illegal != nil {
			continue
		}
		err := tx.Table("roster").Where("community_id = ? AND id <> ? AND state = ?", communityID, id, state).Update("state", next).Error
		if err != nil {
			return fmt.Errorf("supersede earlier rosters: %w", err)
		}
	}
	return nil
}

func (s *Store) moveRoster(ctx context.Context, by Actor, communityID, id string, event lifecycle.Event,
	change func(tx *gorm.DB, now int64) (map[string]any, error)) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		var row rosterRow
		if err := tx.Where("community_id = ? AND id = ?", communityID, id).Take(&row).Error; err != nil {
			return orNotFound(err)
		}
		next, illegal := lifecycle.Rosters.Next(row.State, event, lifecycle.Actor(by.Role))
		if illegal != nil {
			return asRefusal(illegal)
		}
		columns, err := change(tx, now)
		if err != nil {
			return err
		}
		columns["state"] = next
		if err := moved(tx.Table("roster").Where("community_id = ? AND id = ? AND state = ?", communityID, id, row.State).
			Updates(columns)); err != nil {
			return fmt.Errorf("move roster to %s: %w", next, err)
		}
		return record(tx, now, by, communityID, "roster_"+string(next), "roster", id, nil)
	})
}

// moved checks that a compare-and-set of a state hit its row; a lost race is an illegal step.
func moved(result *gorm.DB) error {
	if result.Error != nil {
		return result.Error
	}
	if result.RowsAffected != 1 {
		return refuse("illegal_step")
	}
	return nil
}

// Roster reads one version. Refusal: not_found.
func (s *Store) Roster(ctx context.Context, communityID, id string) (Roster, error) {
	var row rosterRow
	if err := s.read(ctx).Where("community_id = ? AND id = ?", communityID, id).Take(&row).Error; err != nil {
		return Roster{}, orNotFound(err)
	}
	return row.view()
}

// Rosters lists a community's versions, the newest first.
func (s *Store) Rosters(ctx context.Context, communityID string) ([]Roster, error) {
	var rows []rosterRow
	if err := s.read(ctx).Where("community_id = ?", communityID).Order("version DESC").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list rosters: %w", err)
	}
	views := make([]Roster, len(rows))
	for i, row := range rows {
		view, err := row.view()
		if err != nil {
			return nil, err
		}
		views[i] = view
	}
	return views, nil
}

func (r rosterRow) view() (Roster, error) {
	view := Roster{ID: r.ID, Version: r.Version, State: r.State, SourceName: r.SourceName, SourceSHA256: r.SourceSHA256,
		Parking: roster.Policy{ParkingCountsArea: r.ParkingArea, ParkingCountsHeads: r.ParkingHeads},
		Units:   r.Units, Weight: voting.Weight{Heads: r.Heads, Area: r.AreaCM2}, Root: r.Root, CreatedAt: r.CreatedAt,
		PublishedAt: deref(r.PublishedAt), ObjectionUntil: deref(r.ObjectionUntil), FrozenAt: deref(r.FrozenAt),
		Contact: r.Contact, Place: r.Place, AnswerDays: r.AnswerDays}
	if err := json.Unmarshal([]byte(r.Summary), &view.Summary); err != nil {
		return Roster{}, fmt.Errorf("decode summary of roster %s: %w", r.ID, err)
	}
	return view, nil
}

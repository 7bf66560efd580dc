package models

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

// PublicRoster is a roster version as everybody may see it on its permanent link: no name, no phone, no
// certificate (个人信息保护法第25条).
type PublicRoster struct {
	Roster
	Community Community
	Buildings []RosterPart
	Usages    []RosterPart
	Sources   []RosterPart // of the areas, by [roster.AreaSource]
	Newer     string       // id of the version in force or on display in place of a superseded one; empty if none is

	Objections ObjectionCount
	Changes    []RosterChange // by number
	Amendments []Amendment    // that led to this version after an earlier one was frozen, the newest first
}

// ObjectionCount says how the objections to a roster stand; those that were withdrawn are left out.
type ObjectionCount struct {
	Open      int64
	Upheld    int64
	Dismissed int64
	Due       int64 // Unix ms, the first answer that is due; 0 without an open one
}

// OpenToAll tells whether every line of the roster is shown to everybody: only while it is on display. Once it
// is frozen the display has served its purpose, and the totals with the root remain (security.md section 4, T0).
func (r PublicRoster) OpenToAll() bool { return r.State == lifecycle.RosterPublished }

// PublicRoster reads a roster version that was put on display once. Refusal: not_found (also for a draft).
func (s *Store) PublicRoster(ctx context.Context, id string) (PublicRoster, error) {
	db := s.read(ctx)
	row, err := displayedRoster(db, id)
	if err != nil {
		return PublicRoster{}, err
	}
	var public PublicRoster
	if public.Roster, err = row.view(); err != nil {
		return PublicRoster{}, err
	}
	if public.Community, err = s.Community(ctx, row.CommunityID); err != nil {
		return PublicRoster{}, err
	}
	for column, parts := range map[string]*[]RosterPart{"building": &public.Buildings, "usage": &public.Usages, "area_source": &public.Sources} {
		if *parts, err = partsBy(db, row.CommunityID, id, column); err != nil {
			return PublicRoster{}, err
		}
	}
	if row.State == lifecycle.RosterSuperseded {
		if public.Newer, err = newerRoster(db, row); err != nil {
			return PublicRoster{}, err
		}
	}
	if public.Changes, err = changesOf(db, row.CommunityID, id); err != nil {
		return PublicRoster{}, err
	}
	if public.Amendments, err = approvedFor(db, row.CommunityID, id); err != nil {
		return PublicRoster{}, err
	}
	counts, err := objectionCounts(db, "community_id = ? AND roster_id = ?", row.CommunityID, id)
	public.Objections = counts[id]
	return public, err
}

// objectionCounts counts the objections to the rosters that the condition on roster_objection chooses.
func objectionCounts(db *gorm.DB, condition string, values ...any) (map[string]ObjectionCount, error) {
	var rows []struct {
		RosterID string
		State    lifecycle.ObjectionState
		Verdict  Verdict
		N        int64
		Due      int64
	}
	err := db.Table("roster_objection").Select("roster_id, state, verdict, COUNT(*) AS n, MIN(due_at) AS due").Where(condition, values...).
		Group("roster_id, state, verdict").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("count objections: %w", err)
	}
	counts := map[string]ObjectionCount{}
	for _, row := range rows {
		count := counts[row.RosterID]
		switch {
		case row.State == lifecycle.ObjectionOpen:
			count.Open, count.Due = row.N, row.Due
		case row.Verdict == Upheld:
			count.Upheld = row.N
		case row.Verdict == Dismissed:
			count.Dismissed = row.N
		}
		counts[row.RosterID] = count
	}
	return counts, nil
}

func displayedRoster(db *gorm.DB, id string) (rosterRow, error) {
	var row rosterRow
	err := db.Where("id = ? AND published_at IS NOT NULL", id).Take(&row).Error
	return row, orNotFound(err)
}

func newerRoster(db *gorm.DB, row rosterRow) (string, error) {
	var ids []string
	err := db.Table("roster").Where("community_id = ? AND version > ? AND state IN ?", row.CommunityID, row.Version,
		[]lifecycle.RosterState{lifecycle.RosterPublished, lifecycle.RosterFrozen}).Order("version DESC").Limit(1).Pluck("id", &ids).Error
	if err != nil {
		return "", fmt.Errorf("find a newer roster: %w", err)
	}
	if len(ids) == 0 {
		return "", nil
	}
	return ids[0], nil
}

// DisplayLine is one unit as it is displayed.
type DisplayLine struct {
	Position              int64 // in the order of the file, a cursor
	Building, Stair, Room string
	Usage                 string
	Area                  voting.Area // as registered
	AreaSource            roster.AreaSource
	CountsArea            bool
	Group                 int64 // number of the voter who holds it: units of one number make one head together
	GroupUnits            int64 // how many units that voter holds
	GroupHeads            int64 // 1, or 0 where nothing of the voter's counts by heads
	Developer             bool  // the group is the developer's
	Corrected             bool  // since the roster was put on display
	UnitID                string
}

// LineQuery chooses lines of a display; an empty field leaves everything in.
type LineQuery struct {
	Building, Stair, Room string
	VoterID, UnitID       string
	After                 int64 // position of the last line of the page before
	Limit                 int   // 0: all
}

// DisplayLines gives the lines of a roster in the order of the file, and whether more follow. Who may see them
// is for the caller to ask: see [PublicRoster.OpenToAll].
func (s *Store) DisplayLines(ctx context.Context, list PublicRoster, query LineQuery) (lines []DisplayLine, more bool, err error) {
	db := s.read(ctx).Table("unit").
		Select("unit.id AS unit_id, unit.position, unit.building, unit.stair, unit.room, unit.usage, unit.area_cm2 AS area, unit.area_source, unit.counts_area, "+
			"voter.position AS \"group\", voter.heads AS group_heads, voter.kind = ? AS developer, "+
			"(SELECT COUNT(*) FROM unit AS held WHERE held.community_id = unit.community_id AND held.voter_id = unit.voter_id) AS group_units, "+
			"EXISTS (SELECT 1 FROM roster_change WHERE roster_change.community_id = unit.community_id AND roster_change.unit_id = unit.id) AS corrected", voterDeveloper).
		Joins("JOIN voter ON voter.community_id = unit.community_id AND voter.id = unit.voter_id").
		Where("unit.community_id = ? AND unit.roster_id = ? AND unit.position > ?", list.Community.ID, list.ID, query.After)
	for column, value := range map[string]string{"building": query.Building, "stair": query.Stair, "room": query.Room, "voter_id": query.VoterID,
		"id": query.UnitID} {
		if value != "" {
			db = db.Where("unit."+column+" = ?", value)
		}
	}
	if query.Limit > 0 {
		db = db.Limit(query.Limit + 1)
	}
	if err := db.Order("unit.position").Scan(&lines).Error; err != nil {
		return nil, false, fmt.Errorf("read the lines of a display: %w", err)
	}
	if query.Limit > 0 && len(lines) > query.Limit {
		return lines[:query.Limit], true, nil
	}
	return lines, false, nil
}

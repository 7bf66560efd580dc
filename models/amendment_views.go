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

// Amendment reads one amendment with its files. Refusal: not_found.
func (s *Store) Amendment(ctx context.Context, communityID, id string) (Amendment, error) {
	list, err := amendmentsIn(s.read(ctx), communityID, "id = ?", id)
	if err != nil {
		return Amendment{}, err
	}
	if len(list) == 0 {
		return Amendment{}, refuse("not_found")
	}
	return list[0], nil
}

// AmendmentsOf lists everything that was proposed for a roster version and for those that it was amended from, the
// newest first. Refusal: not_found.
func (s *Store) AmendmentsOf(ctx context.Context, communityID, rosterID string) ([]Amendment, error) {
	if _, err := s.Roster(ctx, communityID, rosterID); err != nil {
		return nil, err
	}
	db := s.read(ctx)
	line, err := amendedLine(db, communityID, rosterID)
	if err != nil {
		return nil, err
	}
	return amendmentsIn(db, communityID, "roster_id IN ?", line)
}

// amendedLine are the ids of a version and of all that it was amended from, the newest first.
func amendedLine(db *gorm.DB, communityID, rosterID string) ([]string, error) {
	line := []string{rosterID}
	for {
		var before []string
		err := db.Table("roster_amendment").Where("community_id = ? AND next_id = ?", communityID, line[len(line)-1]).Pluck("roster_id", &before).Error
		if err != nil {
			return nil, fmt.Errorf("follow amendments back: %w", err)
		}
		if len(before) == 0 {
			return line, nil
		}
		line = append(line, before[0])
	}
}

// approvedFor lists the amendments that led to a roster version, the newest first: for everybody to see.
func approvedFor(db *gorm.DB, communityID, rosterID string) ([]Amendment, error) {
	line, err := amendedLine(db, communityID, rosterID)
	if err != nil {
		return nil, err
	}
	return amendmentsIn(db, communityID, "next_id IN ?", line)
}

// amendedSince lists the amendments that were approved of a version a meeting stands on: they are for later meetings.
func amendedSince(db *gorm.DB, communityID, rosterID string) ([]Amendment, error) {
	var since []Amendment
	for {
		next, err := amendmentsIn(db, communityID, "state = ? AND roster_id = ?", lifecycle.AmendmentApproved, rosterID)
		if err != nil || len(next) == 0 {
			return since, err
		}
		since, rosterID = append(since, next[0]), next[0].NextID
	}
}

// proposalsIn counts the amendments or the mandates of a query that wait for the street, by roster.
func proposalsIn(query *gorm.DB, table string) (map[string]int64, error) {
	var rows []struct {
		RosterID string
		N        int64
	}
	err := query.Table(table).Select("roster_id, COUNT(*) AS n").Where("state = ?", lifecycle.AmendmentProposed).
		Group("roster_id").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("count what waits in %s: %w", table, err)
	}
	counts := map[string]int64{}
	for _, row := range rows {
		counts[row.RosterID] = row.N
	}
	return counts, nil
}

// proposals counts the amendments and the mandates of a query that wait for the street, by roster.
func proposals(query *gorm.DB) (amendments, mandates map[string]int64, err error) {
	query = query.Session(&gorm.Session{})
	if amendments, err = proposalsIn(query, "roster_amendment"); err != nil {
		return nil, nil, err
	}
	mandates, err = proposalsIn(query, "mandate")
	return amendments, mandates, err
}

// amendmentsIn reads the amendments of a community that fulfil the condition, the newest first.
func amendmentsIn(db *gorm.DB, communityID, condition string, values ...any) ([]Amendment, error) {
	var rows []amendmentRow
	err := db.Omit("correction", "owners").Where("community_id = ?", communityID).Where(condition, values...).Order("number DESC").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list amendments: %w", err)
	}
	ids, accounts := make([]string, len(rows)), []string{}
	for i, row := range rows {
		ids[i], accounts = row.ID, append(accounts, row.ProposedBy, row.DecidedBy)
	}
	names, err := staffNames(db, accounts)
	if err != nil {
		return nil, err
	}
	files, err := evidenceOf(db, communityID, ids)
	if err != nil {
		return nil, err
	}
	list := make([]Amendment, len(rows))
	for i, row := range rows {
		if list[i], err = row.view(); err != nil {
			return nil, err
		}
		list[i].Files, list[i].ProposedBy, list[i].DecidedBy = files[row.ID], names[row.ProposedBy], names[row.DecidedBy]
		list[i].first, list[i].second = row.ProposedBy, row.DecidedBy
	}
	return list, nil
}

func (r amendmentRow) view() (Amendment, error) {
	view := Amendment{ID: r.ID, RosterID: r.RosterID, NextID: r.NextID, Number: r.Number, State: r.State, Reason: r.Reason, Place: r.Place,
		What: strings.Split(r.What, ","), TotalBefore: voting.Weight{Heads: r.HeadsBefore, Area: r.AreaBefore},
		TotalAfter: voting.Weight{Heads: r.HeadsAfter, Area: r.AreaAfter}, RootBefore: r.RootBefore, RootAfter: r.RootAfter, Digest: r.Digest,
		ProposedAt: r.ProposedAt, ExpiresAt: r.ProposedAt + amendmentLife, DecidedAt: deref(r.DecidedAt), Refusal: r.Refusal}
	if r.Before != "" {
		view.Before = &UnitFacts{}
		if err := json.Unmarshal([]byte(r.Before), view.Before); err != nil {
			return view, fmt.Errorf("decode amendment %s: %w", r.ID, err)
		}
	}
	if err := json.Unmarshal([]byte(r.After), &view.After); err != nil {
		return view, fmt.Errorf("decode amendment %s: %w", r.ID, err)
	}
	return view, nil
}

// AmendmentOwners says, masked, who holds the unit before and after an amendment; nothing where that stays as it is.
// Refusal: not_found.
func (s *Store) AmendmentOwners(ctx context.Context, communityID, id string) (before, after []HomePerson, err error) {
	var row amendmentRow
	if err := s.read(ctx).Where("community_id = ? AND id = ?", communityID, id).Take(&row).Error; err != nil {
		return nil, nil, orNotFound(err)
	}
	if row.Owners == nil {
		return nil, nil, nil
	}
	text, err := s.keys.DecryptField(row.at("owners"), row.Owners)
	if err != nil {
		return nil, nil, fmt.Errorf("decrypt owners: %w", err)
	}
	var people struct{ Before, After []roster.Owner }
	if err := json.Unmarshal(text, &people); err != nil {
		return nil, nil, fmt.Errorf("decode owners: %w", err)
	}
	return maskedPeople(people.Before), maskedPeople(people.After), nil
}

func maskedPeople(people []roster.Owner) []HomePerson {
	masked := make([]HomePerson, len(people))
	for i, person := range people {
		masked[i].Name = roster.MaskName(person.Name)
		if person.Phone != "" {
			masked[i].Phone = roster.MaskPhone(person.Phone)
		}
	}
	return masked
}

// AmendableUnit finds a unit of a roster by its id or else by its place, and says, masked, who holds it: for whoever
// proposes an amendment. Refusals: not_found, unit_unknown.
func (s *Store) AmendableUnit(ctx context.Context, communityID, rosterID, id string, place HomeQuery) (DisplayLine, []HomePerson, error) {
	list, err := s.Roster(ctx, communityID, rosterID)
	if err != nil {
		return DisplayLine{}, nil, err
	}
	var units []unitRow
	db := s.read(ctx).Where("community_id = ? AND roster_id = ?", communityID, rosterID)
	if id != "" {
		db = db.Where("id = ?", id)
	} else {
		db = db.Where("building = ? AND stair = ? AND room = ?", place.Building, place.Stair, place.Room)
	}
	if err := db.Limit(1).Find(&units).Error; err != nil {
		return DisplayLine{}, nil, fmt.Errorf("find a unit: %w", err)
	}
	if len(units) == 0 {
		return DisplayLine{}, nil, refuseField("unit_unknown", "room")
	}
	return s.lineOf(ctx, list, communityID, units[0])
}

// lineOf is a unit as it is displayed, and who holds it, masked.
func (s *Store) lineOf(ctx context.Context, list Roster, communityID string, unit unitRow) (DisplayLine, []HomePerson, error) {
	lines, _, err := s.DisplayLines(ctx, PublicRoster{Roster: list, Community: Community{ID: communityID}}, LineQuery{UnitID: unit.ID})
	if err != nil || len(lines) == 0 {
		return DisplayLine{}, nil, err
	}
	people, err := s.peopleBehind(ctx, communityID, unit.VoterID)
	return lines[0], people, err
}

// staffNames gives the display names of accounts.
func staffNames(db *gorm.DB, ids []string) (map[string]string, error) {
	var rows []staffRow
	if err := db.Select("id", "name").Where("id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read names of staff: %w", err)
	}
	names := map[string]string{}
	for _, row := range rows {
		names[row.ID] = row.Name
	}
	return names, nil
}

package models

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
	"gongjue/voting/watch"
)

// WatchEntry is one line in the history of a community on the watch list (重点关注名单). The list is the authorities' own:
// residents and conveners do not read it.
type WatchEntry struct {
	watch.Entry
	ID        string
	Number    int64 // from 1, of the community
	Basis     string
	Body      string // why
	Authority lifecycle.Actor
	Name      string // of the street or the district
}

// Watched is a community as the watch list tells of it at a moment.
type Watched struct {
	CommunityID, Community string
	StreetID, Street       string
	watch.Standing
	Entries   []WatchEntry // up to the moment, the oldest first
	Suggested []WatchFact  // what the system found and nobody has looked at; the oldest first
	known     []string     // keys of everything that it found, looked at or not
}

// Newest is the entry that says how the community stands, nil where it was never on the list.
func (w Watched) Newest() *WatchEntry {
	if w.Since == 0 {
		return nil
	}
	return &w.Entries[w.Entry]
}

type watchRow struct {
	CommunityID string
	ID          string
	Number      int64
	Kind        watch.Kind
	Reasons     string
	Basis       string
	Body        string
	UntilAt     int64
	Facts       string
	Authority   lifecycle.Actor
	Name        string
	At          int64
	MadeBy      string
}

func (watchRow) TableName() string { return "watch_entry" }

func (r watchRow) view() (WatchEntry, error) {
	view := WatchEntry{Entry: watch.Entry{Kind: r.Kind, Until: r.UntilAt, At: r.At}, ID: r.ID, Number: r.Number, Basis: r.Basis, Body: r.Body, Authority: r.Authority, Name: r.Name}
	if r.Reasons != "" {
		for _, reason := range strings.Split(r.Reasons, ",") {
			view.Reasons = append(view.Reasons, watch.Reason(reason))
		}
	}
	if err := json.Unmarshal([]byte(r.Facts), &view.Facts); err != nil {
		return view, fmt.Errorf("decode the facts of an entry of the watch list: %w", err)
	}
	return view, nil
}

// inStreet selects the ids of a street's communities, beside [inDistrict] and [alone].
const inStreet = "(SELECT community.id FROM community WHERE community.street_id = ?)"

// Watch is the watch list of the account's street or district as of a moment, 0 for now: the communities that are on it,
// those whose last day has passed, and those that something suggests for it, in the order of streets and names. Refusals:
// forbidden, bad_value (field at: it lies ahead).
func (s *Store) Watch(ctx context.Context, staff Staff, at int64) ([]Watched, error) {
	now := s.clock()
	if at == 0 {
		at = now
	}
	within, id := inDistrict, staff.DistrictID
	switch {
	case staff.Role == RoleStreet:
		within, id = inStreet, staff.StreetID
	case staff.Role != RoleDistrict:
		return nil, refuse("forbidden")
	}
	if at > now {
		return nil, refuseField("bad_value", "at")
	}
	list, err := s.watchWithin(ctx, within, id, at)
	if err != nil {
		return nil, err
	}
	return onTheList(list), nil
}

// WatchOf is how one community stands with the watch list now, with its whole history. Refusal: not_found.
func (s *Store) WatchOf(ctx context.Context, communityID string) (Watched, error) {
	list, err := s.watchWithin(ctx, alone, communityID, s.clock())
	if err != nil {
		return Watched{}, err
	}
	if len(list) == 0 {
		return Watched{}, refuse("not_found")
	}
	return list[0], nil
}

// watchWithin is the watch list over some communities, with a line for each of them.
func (s *Store) watchWithin(ctx context.Context, within, id string, at int64) ([]Watched, error) {
	h, err := s.history(ctx, within, id)
	if err != nil {
		return nil, err
	}
	missed, _, err := s.missed(ctx, h, District{At: at})
	if err != nil {
		return nil, err
	}
	return s.watchList(ctx, h, at, missed)
}

// onTheList leaves out the communities that the list says nothing of.
func onTheList(all []Watched) (list []Watched) {
	for _, one := range all {
		if one.On || one.Over || len(one.Suggested) > 0 {
			list = append(list, one)
		}
	}
	return list
}

// watchList has a line for every community of a history that there was at the moment.
func (s *Store) watchList(ctx context.Context, h *districtHistory, at int64, missed []Missed) ([]Watched, error) {
	entries, err := s.watchEntries(ctx, h, at)
	if err != nil {
		return nil, err
	}
	facts, err := s.watchFacts(ctx, h, at, missed)
	if err != nil {
		return nil, err
	}
	var list []Watched
	for i, c := range h.communities {
		if c.CreatedAt > at {
			continue
		}
		one := Watched{CommunityID: c.ID, Community: c.Name, StreetID: c.StreetID, Street: c.StreetName, Entries: entries[i]}
		before := make([]watch.Entry, len(entries[i]))
		for j, entry := range entries[i] {
			before[j] = entry.Entry
		}
		one.Standing = watch.At(before, at)
		for _, fact := range facts[i] {
			one.known = append(one.known, fact.Key)
			if watch.Suggested(fact.Fact, before, at) {
				one.Suggested = append(one.Suggested, fact)
			}
		}
		list = append(list, one)
	}
	return list, nil
}

// watchEntries are the entries of each community of a history up to a moment, the oldest first.
func (s *Store) watchEntries(ctx context.Context, h *districtHistory, at int64) ([][]WatchEntry, error) {
	found := make([][]WatchEntry, len(h.communities))
	query := s.read(ctx).Raw("SELECT community_id, id, number, kind, reasons, basis, body, until_at, facts, authority, name, at FROM watch_entry "+
		"WHERE at <= ? AND community_id IN "+h.within+" ORDER BY number", at, h.id)
	err := eachRow(query, func(rows *sql.Rows) error {
		var r watchRow
		if err := rows.Scan(&r.CommunityID, &r.ID, &r.Number, &r.Kind, &r.Reasons, &r.Basis, &r.Body, &r.UntilAt, &r.Facts, &r.Authority, &r.Name, &r.At); err != nil {
			return err
		}
		entry, err := r.view()
		i := h.at[r.CommunityID]
		found[i] = append(found[i], entry)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the watch list: %w", err)
	}
	return found, nil
}

// watchHistory are the entries of one community within a transaction.
func watchHistory(tx *gorm.DB, communityID string) ([]watch.Entry, error) {
	var rows []watchRow
	if err := tx.Where("community_id = ?", communityID).Order("number").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read the watch list: %w", err)
	}
	list := make([]watch.Entry, len(rows))
	for i, row := range rows {
		view, err := row.view()
		if err != nil {
			return nil, err
		}
		list[i] = view.Entry
	}
	return list, nil
}

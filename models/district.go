package models

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"gongjue/voting/calendar"
	"gongjue/voting/stage"
)

// District are the figures of a district as of a moment.
type District struct {
	ID, Name    string
	At          int64 // Unix ms
	Communities []StandingCommunity
	Streets     []StreetFigures // in order of their names
	Total       StreetFigures
	Months      []MonthFigures // twelve ends of months and the moment itself
	Targets     []TargetFigures
	Polls       []PollResult // of the calendar year up to the moment, the newest first
	Missed      []Missed     // the longest overdue first
	MissedMore  bool         // there are more than are listed
	Watch       []Watched    // on the watch list, or suggested for it
}

// StandingCommunity is where a community stood.
type StandingCommunity struct {
	Community
	stage.Standing
	FrozenAt int64 // of its first frozen roster; 0 for none
	VotedAt  int64 // close of its last vote within a year; 0 for none
	Service  Service
}

// StreetFigures count the communities of a street, or of the whole district.
type StreetFigures struct {
	ID, Name    string
	Communities int64
	Committees  int64 // certified and in their term
	Interims    int64
	Stages      map[stage.Stage]int64
	Frozen      int64 // with a frozen roster
	Voted       int64 // with a vote within a year
	Served      int64 // under a contract with a property firm: what the coverage 物业管理覆盖率 counts

	Satisfaction []Satisfaction // in the order of voting.Subjects
}

// Formed are the communities with a committee or an interim body: what the formation rate 组建率 counts.
func (f StreetFigures) Formed() int64 { return f.Committees + f.Interims }

func (f *StreetFigures) add(c StandingCommunity) {
	f.Communities++
	f.Stages[c.Stage]++
	switch c.Body {
	case stage.Committee:
		f.Committees++
	case stage.Interim:
		f.Interims++
	}
	if c.FrozenAt != 0 {
		f.Frozen++
	}
	if c.VotedAt != 0 {
		f.Voted++
	}
	if c.Service.Stage.Serving() {
		f.Served++
	}
}

// MonthFigures are what was formed at a moment of the line over a year.
type MonthFigures struct {
	At                  int64
	Formed, Communities int64
}

// District reads the figures of an account's district as of a moment, which follow from what had happened by then; 0 is
// now. Refusals: forbidden, bad_value (field at: it lies ahead).
func (s *Store) District(ctx context.Context, staff Staff, at int64) (District, error) {
	now := s.clock()
	if at == 0 {
		at = now
	}
	switch {
	case staff.Role != RoleDistrict:
		return District{}, refuse("forbidden")
	case at > now:
		return District{}, refuseField("bad_value", "at")
	}
	d := District{ID: staff.DistrictID, At: at}
	if err := s.read(ctx).Table("district").Select("name").Where("id = ?", d.ID).Scan(&d.Name).Error; err != nil {
		return District{}, fmt.Errorf("find a district: %w", err)
	}
	h, err := s.history(ctx, inDistrict, d.ID)
	if err != nil {
		return District{}, err
	}
	if err := s.addCommunities(ctx, &d, h); err != nil {
		return District{}, err
	}
	if err := s.addPolls(ctx, &d, h); err != nil {
		return District{}, err
	}
	if err := d.addMonths(h); err != nil {
		return District{}, err
	}
	targets, err := s.targets(ctx, d.ID)
	if err != nil {
		return District{}, err
	}
	for _, target := range targets {
		reached, err := h.reached(target, d)
		if err != nil {
			return District{}, err
		}
		d.Targets = append(d.Targets, reached)
	}
	if d.Missed, d.MissedMore, err = s.missed(ctx, h, d); err != nil {
		return District{}, err
	}
	watched, err := s.watchList(ctx, h, d.At, d.Missed)
	d.Watch = onTheList(watched)
	return d, err
}

// addCommunities adds where every community stood, and the sums by street.
func (s *Store) addCommunities(ctx context.Context, d *District, h *districtHistory) error {
	frozen, err := s.instants(ctx, "SELECT community_id, MIN(frozen_at) FROM roster WHERE frozen_at <= ? AND community_id IN "+inDistrict+
		" GROUP BY community_id", d.At, d.ID)
	if err != nil {
		return err
	}
	voted, err := s.instants(ctx, "SELECT community_id, MAX(closed_at) FROM meeting WHERE noticed_at IS NOT NULL AND closed_at > ? AND closed_at <= ? AND community_id IN "+inDistrict+
		" GROUP BY community_id", calendar.EndOfDay(calendar.AddMonths(d.At, -12), 0), d.At, d.ID)
	if err != nil {
		return err
	}
	if err := s.addContracts(ctx, h, d.At); err != nil {
		return err
	}
	services := h.services(d.At)
	d.Total = StreetFigures{Stages: map[stage.Stage]int64{}}
	at := map[string]int{}
	for i, community := range h.communities {
		if community.CreatedAt > d.At {
			continue
		}
		standing, err := h.standing(i, d.At)
		if err != nil {
			return err
		}
		c := StandingCommunity{Community: community, Standing: standing, FrozenAt: frozen[community.ID], VotedAt: voted[community.ID], Service: services[i]}
		street, known := at[c.StreetID]
		if !known {
			street, at[c.StreetID] = len(d.Streets), len(d.Streets)
			d.Streets = append(d.Streets, StreetFigures{ID: c.StreetID, Name: c.StreetName, Stages: map[stage.Stage]int64{}})
		}
		d.Communities = append(d.Communities, c)
		d.Streets[street].add(c)
		d.Total.add(c)
	}
	return nil
}

// instants reads one instant for each community that has one.
func (s *Store) instants(ctx context.Context, query string, values ...any) (map[string]int64, error) {
	found := map[string]int64{}
	err := eachRow(s.read(ctx).Raw(query, values...), func(rows *sql.Rows) error {
		var id string
		var at int64
		if err := rows.Scan(&id, &at); err != nil {
			return err
		}
		found[id] = at
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the coverage of a district: %w", err)
	}
	return found, nil
}

// addMonths adds the ends of the twelve months before the moment, and the moment.
func (d *District) addMonths(h *districtHistory) error {
	moments := []int64{d.At}
	for month := range 12 {
		first := calendar.AddMonths(calendar.StartOfMonth(d.At), -month)
		moments = append(moments, first-1)
	}
	slices.Reverse(moments)
	for _, at := range moments {
		streets, err := h.formed(at)
		if err != nil {
			return err
		}
		month := MonthFigures{At: at}
		for _, street := range streets {
			month.Formed, month.Communities = month.Formed+street.Reached, month.Communities+street.Of
		}
		d.Months = append(d.Months, month)
	}
	return nil
}

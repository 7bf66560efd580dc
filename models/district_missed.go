package models

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"gongjue/voting/calendar"
	"gongjue/voting/rules"
	"gongjue/voting/stage"
)

// MissedKind says which deadline was missed.
type MissedKind string

// The deadlines.
const (
	ResultLate    MissedKind = "result"    // counted, and not put on display within the days of the rules
	FilingLate    MissedKind = "filing"    // published, and not handed in
	DecisionLate  MissedKind = "decision"  // handed in, and not decided
	ObjectionLate MissedKind = "objection" // to a roster, without an answer
	SittingLate   MissedKind = "sitting"   // a committee's meeting, whose decisions are not published

	DisclosureLate MissedKind = "disclosure" // of revenue, fund and expenses
	QuestionLate   MissedKind = "question"   // about a disclosure, without an answer
)

// MissedKinds lists every kind.
var MissedKinds = []MissedKind{ResultLate, FilingLate, DecisionLate, ObjectionLate, SittingLate, DisclosureLate, QuestionLate}

// Missed is a deadline that had passed at the moment of the figures with nothing done.
type Missed struct {
	Kind        MissedKind
	CommunityID string
	Community   string
	StreetID    string
	Street      string
	MeetingID   string // or
	RosterID    string
	Subject     string // id of the filing or the objection
	Title       string // of the meeting, or the number of the objection
	DueAt       int64
	Days        int    // of the clause; 0 where the date stands with the thing itself
	Article     string // of the clause, with its instrument
}

// mostMissed bounds the list, and what is read for it of each kind.
const mostMissed = 300

// missed lists the deadlines that had passed at the moment of the figures, and whether there are more.
func (s *Store) missed(ctx context.Context, h *districtHistory, d District) (list []Missed, more bool, err error) {
	list = h.lateDecisions(d.At)
	late, err := s.lateResults(ctx, h, d)
	if err != nil {
		return nil, false, err
	}
	unfiled, err := s.lateFilings(ctx, h, d.At)
	if err != nil {
		return nil, false, err
	}
	objections, err := s.lateObjections(ctx, h, d)
	if err != nil {
		return nil, false, err
	}
	sittings, err := s.lateSittings(ctx, h, d)
	if err != nil {
		return nil, false, err
	}
	disclosures, err := s.lateDisclosures(ctx, h, d)
	if err != nil {
		return nil, false, err
	}
	list = slices.Concat(list, late, unfiled, objections, sittings, disclosures)
	slices.SortStableFunc(list, func(a, b Missed) int {
		return cmp.Or(cmp.Compare(a.DueAt, b.DueAt), cmp.Compare(a.Community, b.Community))
	})
	if len(list) > mostMissed {
		list, more = list[:mostMissed], true
	}
	return list, more, s.titles(ctx, list)
}

// titles adds the titles of the meetings: a missed objection bears its number as one already.
func (s *Store) titles(ctx context.Context, list []Missed) error {
	var ids []string
	for _, m := range list {
		if m.MeetingID != "" {
			ids = append(ids, m.MeetingID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	found := map[string]string{}
	err := eachRow(s.read(ctx).Table("meeting").Select("id, title").Where("id IN ?", ids), func(rows *sql.Rows) error {
		var id, title string
		err := rows.Scan(&id, &title)
		found[id] = title
		return err
	})
	if err != nil {
		return fmt.Errorf("name the meetings of missed deadlines: %w", err)
	}
	for i, m := range list {
		if m.MeetingID != "" {
			list[i].Title = found[m.MeetingID]
		}
	}
	return nil
}

// of names the community of a missed deadline.
func (h *districtHistory) of(m Missed, community int) Missed {
	c := h.communities[community]
	m.CommunityID, m.Community, m.StreetID, m.Street = c.ID, c.Name, c.StreetID, c.StreetName
	return m
}

func (h *districtHistory) lateDecisions(at int64) (list []Missed) {
	for i, meetings := range h.meetings {
		for j, meeting := range meetings {
			for k, hand := range meeting.HandIns {
				more := h.filed[i][j].hands[k]
				open := hand.Submitted <= at && (hand.Decided == 0 || hand.Decided > at) && !past(hand.Ended, at) && !past(meeting.Ended, at)
				if open && more.dueAt != 0 && more.dueAt < at {
					list = append(list, h.of(Missed{Kind: DecisionLate, MeetingID: meeting.ID, Subject: more.id, DueAt: more.dueAt}, i))
				}
			}
		}
	}
	return list
}

// past tells whether an instant had come.
func past(event, at int64) bool { return event != 0 && event <= at }

// unfiledMeeting is a meeting whose result had not been handed in.
type unfiledMeeting struct {
	community int
	meeting   stage.Meeting
}

// lateFilings are the results that were to be handed in. Their days stand in the rules that each meeting was noticed under.
func (s *Store) lateFilings(ctx context.Context, h *districtHistory, at int64) ([]Missed, error) {
	var waiting []unfiledMeeting
	for i, meetings := range h.meetings {
		for j, meeting := range meetings {
			filed := len(meeting.HandIns) > 0 && meeting.HandIns[0].Submitted <= at
			if h.filed[i][j].toFile && past(meeting.Published, at) && !past(meeting.Ended, at) && !filed {
				waiting = append(waiting, unfiledMeeting{i, meeting})
			}
		}
	}
	slices.SortFunc(waiting, func(a, b unfiledMeeting) int { return cmp.Compare(a.meeting.Published, b.meeting.Published) })
	waiting = waiting[:min(len(waiting), mostMissed+1)]
	ids := make([]string, len(waiting))
	for i, w := range waiting {
		ids[i] = w.meeting.ID
	}
	packs, err := s.procedures(ctx, ids)
	if err != nil {
		return nil, err
	}
	var list []Missed
	for _, w := range waiting {
		clause := packs[w.meeting.ID].FilingDays
		if clause == nil || clause.Source == nil {
			continue
		}
		if due := calendar.Deadline(w.meeting.Published, clause.Days); due < at {
			list = append(list, h.of(Missed{Kind: FilingLate, MeetingID: w.meeting.ID, DueAt: due,
				Days: clause.Days, Article: clause.Source.String()}, w.community))
		}
	}
	return list, nil
}

// procedures are the rules that meetings were noticed under. Most of them share their text, which is read once.
func (s *Store) procedures(ctx context.Context, meetings []string) (map[string]rules.Procedure, error) {
	found, known := map[string]rules.Procedure{}, map[string]rules.Procedure{}
	if len(meetings) == 0 {
		return found, nil
	}
	err := eachRow(s.read(ctx).Table("meeting").Select("id, pack").Where("id IN ?", meetings), func(rows *sql.Rows) error {
		var id, text string
		if err := rows.Scan(&id, &text); err != nil {
			return err
		}
		procedure, read := known[text]
		if !read {
			var pack rules.Pack
			if err := json.Unmarshal([]byte(text), &pack); err != nil {
				return fmt.Errorf("decode the rule pack of meeting %s: %w", id, err)
			}
			procedure = pack.Procedure
			known[text] = procedure
		}
		found[id] = procedure
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read rule packs: %w", err)
	}
	return found, nil
}

// lateResults are the counts that were not put on display in time.
func (s *Store) lateResults(ctx context.Context, h *districtHistory, d District) ([]Missed, error) {
	type counted struct {
		missed Missed
		at     int64
	}
	var waiting []counted
	var ids []string
	query := s.read(ctx).Raw("SELECT meeting.community_id, meeting.id, meeting.tallied_at FROM meeting "+ended+
		"WHERE meeting.noticed_at IS NOT NULL AND meeting.tallied_at <= ? AND COALESCE(meeting.preliminary_at, meeting.published_at, ?) > ? AND (ended.at IS NULL OR ended.at > ?) "+
		"AND meeting.community_id IN "+h.within+" ORDER BY meeting.tallied_at, meeting.id LIMIT ?", d.At, d.At+1, d.At, d.At, h.id, mostMissed+1)
	err := eachRow(query, func(rows *sql.Rows) error {
		var c counted
		var community string
		if err := rows.Scan(&community, &c.missed.MeetingID, &c.at); err != nil {
			return err
		}
		c.missed.Kind = ResultLate
		c.missed = h.of(c.missed, h.at[community])
		waiting, ids = append(waiting, c), append(ids, c.missed.MeetingID)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list results that were not displayed: %w", err)
	}
	packs, err := s.procedures(ctx, ids)
	if err != nil {
		return nil, err
	}
	var list []Missed
	for _, c := range waiting {
		clause := packs[c.missed.MeetingID].ResultDays
		if clause == nil || clause.Source == nil {
			continue
		}
		if c.missed.DueAt = calendar.Deadline(c.at, clause.Days); c.missed.DueAt < d.At {
			c.missed.Days, c.missed.Article = clause.Days, clause.Source.String()
			list = append(list, c.missed)
		}
	}
	return list, nil
}

// lateObjections are the objections to rosters that nobody had answered by the day that their display named.
func (s *Store) lateObjections(ctx context.Context, h *districtHistory, d District) (list []Missed, err error) {
	query := s.read(ctx).Raw("SELECT community_id, roster_id, id, number, due_at FROM roster_objection WHERE due_at < ? AND state <> 'withdrawn' "+
		"AND COALESCE(answered_at, ?) > ? AND community_id IN "+h.within+" ORDER BY due_at, id LIMIT ?", d.At, d.At+1, d.At, h.id, mostMissed+1)
	err = eachRow(query, func(rows *sql.Rows) error {
		m := Missed{Kind: ObjectionLate}
		var community string
		var number int64
		if err := rows.Scan(&community, &m.RosterID, &m.Subject, &number, &m.DueAt); err != nil {
			return err
		}
		m.Title = fmt.Sprint(number)
		list = append(list, h.of(m, h.at[community]))
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list overdue objections: %w", err)
	}
	return list, nil
}

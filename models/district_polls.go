package models

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"gongjue/voting"
	"gongjue/voting/calendar"
)

// Satisfaction are the figures of the satisfaction polls about one subject: of each community the last one of the year.
type Satisfaction struct {
	About       voting.Subject
	Communities int64 // that asked
	Half        int64 // of them, where half or more are satisfied, by heads and by area
	Asked       voting.Weight
	Answered    voting.Weight
	Satisfied   voting.Weight
}

func (f *Satisfaction) add(p PollResult) {
	f.Communities++
	if p.Half() {
		f.Half++
	}
	f.Asked, f.Answered, f.Satisfied = f.Asked.Plus(p.Asked), f.Answered.Plus(p.Answered), f.Satisfied.Plus(p.Agreed)
}

// noSatisfaction has a line for every subject.
func noSatisfaction() []Satisfaction {
	list := make([]Satisfaction, len(voting.Subjects))
	for i, subject := range voting.Subjects {
		list[i].About = subject
	}
	return list
}

// addPolls lists the polls whose results were published in the calendar year of the figures up to their moment, the newest
// first, and adds the satisfaction up. A vote that was annulled or revoked by then stands for nothing.
func (s *Store) addPolls(ctx context.Context, d *District, h *districtHistory) error {
	d.Total.Satisfaction = noSatisfaction()
	at := map[string]int{}
	for i := range d.Streets {
		d.Streets[i].Satisfaction, at[d.Streets[i].ID] = noSatisfaction(), i
	}
	query := s.read(ctx).Raw("SELECT p.community_id, p.meeting_id, matter.title, p.about, p.asked_heads, p.asked_area, p.answered_heads, p.answered_area, "+
		"p.agreed_heads, p.agreed_area, p.reached, p.at FROM poll_result AS p "+
		"JOIN meeting ON meeting.community_id = p.community_id AND meeting.id = p.meeting_id "+
		"JOIN matter ON matter.community_id = p.community_id AND matter.id = p.matter_id "+ended+
		"WHERE p.at >= ? AND p.at <= ? AND (ended.at IS NULL OR ended.at > ?) AND p.community_id IN "+inDistrict+
		" AND NOT EXISTS (SELECT 1 FROM supervision WHERE supervision.community_id = p.community_id AND supervision.meeting_id = p.meeting_id "+
		"AND supervision.kind IN ('revoked', 'court_revoked') AND supervision.at <= ? AND (supervision.matters = '' OR "+
		"',' || supervision.matters || ',' LIKE '%,' || CAST(matter.position AS TEXT) || ',%')) "+
		"ORDER BY p.at DESC, p.community_id, matter.position", calendar.StartOfYear(d.At), d.At, d.At, d.ID, d.At)
	type counted struct {
		community string
		about     voting.Subject
	}
	seen := map[counted]bool{}
	err := eachRow(query, func(rows *sql.Rows) error {
		var p PollResult
		if err := rows.Scan(&p.CommunityID, &p.MeetingID, &p.Title, &p.About, &p.Asked.Heads, &p.Asked.Area, &p.Answered.Heads, &p.Answered.Area,
			&p.Agreed.Heads, &p.Agreed.Area, &p.Reached, &p.At); err != nil {
			return err
		}
		c := h.communities[h.at[p.CommunityID]]
		p.Community, p.StreetID, p.Street = c.Name, c.StreetID, c.StreetName
		d.Polls = append(d.Polls, p)
		subject, key := slices.Index(voting.Subjects, p.About), counted{p.CommunityID, p.About}
		if subject < 0 || seen[key] {
			return nil
		}
		seen[key] = true
		d.Total.Satisfaction[subject].add(p)
		d.Streets[at[p.StreetID]].Satisfaction[subject].add(p)
		return nil
	})
	if err != nil {
		return fmt.Errorf("read the polls of a district: %w", err)
	}
	return nil
}

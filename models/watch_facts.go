package models

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"

	"gorm.io/gorm"

	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/stage"
	"gongjue/voting/watch"
)

// WatchFact is something that suggests looking after a community, with what it is about.
type WatchFact struct {
	watch.Fact
	Missed    *Missed // of a missed deadline
	MeetingID string  // or
	Subject   string  // id of the committee, the decision or the order
	Title     string  // of the meeting or the decision, or a number
}

// watchMonths are how long a failed vote or an upheld objection goes on being a fact.
const watchMonths = 12

// watchFinder collects facts by community, in the order of a history.
type watchFinder struct {
	*districtHistory
	at    int64
	facts [][]WatchFact
}

func (f *watchFinder) add(community string, fact WatchFact) {
	i, known := f.districtHistory.at[community]
	if known && f.communities[i].CreatedAt <= f.at {
		f.facts[i] = append(f.facts[i], fact)
	}
}

// watchFacts are what stood at a moment in each community of a history that suggests looking after it, the oldest first.
func (s *Store) watchFacts(ctx context.Context, h *districtHistory, at int64, missed []Missed) ([][]WatchFact, error) {
	f := &watchFinder{h, at, make([][]WatchFact, len(h.communities))}
	for i := range missed {
		m := &missed[i]
		f.add(m.CommunityID, WatchFact{Fact: watch.Fact{Reason: watch.Deadline, Key: "missed:" + string(m.Kind) + ":" + cmp.Or(m.Subject, m.MeetingID, m.RosterID, strconv.FormatInt(m.DueAt, 10)), At: m.DueAt},
			Missed: m, Title: m.Title})
	}
	if err := f.addLapsed(); err != nil {
		return nil, err
	}
	db := s.read(ctx)
	for _, find := range []func(db *gorm.DB) error{f.addOrders, f.addDecisionOrders, f.addUpheld, f.addFailed, f.addHandovers, f.addUnanswered} {
		if err := find(db); err != nil {
			return nil, fmt.Errorf("look for what suggests the watch list: %w", err)
		}
	}
	for _, list := range f.facts {
		slices.SortStableFunc(list, func(a, b WatchFact) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Key, b.Key)) })
	}
	return f.facts, nil
}

// addLapsed adds the terms that ended without another body.
func (f *watchFinder) addLapsed() error {
	for i, community := range f.communities {
		if community.CreatedAt > f.at {
			continue
		}
		standing, err := f.standing(i, f.at)
		if err != nil {
			return err
		}
		if standing.TermEnds != 0 && f.at > standing.TermEnds && standing.Body == stage.NoBody {
			f.add(community.ID, WatchFact{Fact: watch.Fact{Reason: watch.TermLapsed, Key: "term:" + strconv.FormatInt(standing.TermEnds, 10), At: standing.TermEnds}})
		}
	}
	return nil
}

// each reads facts of a reason from rows of community, key, instant, meeting, subject and title.
func (f *watchFinder) each(reason watch.Reason, query *gorm.DB) error {
	return eachRow(query, func(rows *sql.Rows) error {
		var community string
		fact := WatchFact{Fact: watch.Fact{Reason: reason}}
		if err := rows.Scan(&community, &fact.Key, &fact.At, &fact.MeetingID, &fact.Subject, &fact.Title); err != nil {
			return err
		}
		f.add(community, fact)
		return nil
	})
}

// settling are the kinds of entries after which an order to correct is no longer open.
var settling = []lifecycle.SupervisionKind{lifecycle.Rectified, lifecycle.Revoked, lifecycle.CourtRevoked}

// addOrders adds the orders to correct the decisions of a meeting that nothing had settled.
func (f *watchFinder) addOrders(db *gorm.DB) error {
	return f.each(watch.Correction, db.Raw("SELECT o.community_id, 'order:' || o.id, o.at, o.meeting_id, '', meeting.title FROM supervision AS o "+
		"JOIN meeting ON meeting.community_id = o.community_id AND meeting.id = o.meeting_id "+
		"WHERE o.kind = ? AND o.at <= ? AND o.community_id IN "+f.within+" AND NOT EXISTS (SELECT 1 FROM supervision AS e WHERE e.community_id = o.community_id "+
		"AND e.meeting_id = o.meeting_id AND e.number > o.number AND e.at <= ? AND e.kind IN ?)", lifecycle.CorrectionOrdered, f.at, f.id, f.at, settling))
}

// addDecisionOrders adds those about decisions of a committee.
func (f *watchFinder) addDecisionOrders(db *gorm.DB) error {
	return f.each(watch.Correction, db.Raw("SELECT o.community_id, 'order:' || o.id, o.at, '', o.decision_id, d.title FROM decision_order AS o "+
		"JOIN committee_decision AS d ON d.community_id = o.community_id AND d.id = o.decision_id "+
		"WHERE o.kind = ? AND o.at <= ? AND o.community_id IN "+f.within+" AND NOT EXISTS (SELECT 1 FROM decision_order AS e WHERE e.community_id = o.community_id "+
		"AND e.decision_id = o.decision_id AND e.number > o.number AND e.at <= ? AND e.kind IN ?)", lifecycle.CorrectionOrdered, f.at, f.id, f.at, settling))
}

// addUpheld adds the objections to meetings that were upheld within the months before.
func (f *watchFinder) addUpheld(db *gorm.DB) error {
	return f.each(watch.Upheld, db.Raw("SELECT objection.community_id, 'objection:' || objection.id, objection.answered_at, objection.meeting_id, objection.id, meeting.title FROM objection "+
		"JOIN meeting ON meeting.community_id = objection.community_id AND meeting.id = objection.meeting_id "+
		"WHERE objection.verdict = ? AND objection.answered_at <= ? AND objection.answered_at > ? AND objection.community_id IN "+f.within,
		Upheld, f.at, calendar.AddMonths(f.at, -watchMonths), f.id))
}

// addFailed adds votes that decided nothing where two or more followed each other, with no vote in between that did: the
// newest within the months before.
func (f *watchFinder) addFailed(db *gorm.DB) error {
	failed := map[string][]WatchFact{}
	query := db.Raw("SELECT m.community_id, 'vote:' || m.id, m.published_at, m.id, m.title FROM meeting AS m WHERE m.fell_short = 1 AND m.published_at <= ? AND m.community_id IN "+f.within+
		" AND NOT EXISTS (SELECT 1 FROM meeting AS n WHERE n.community_id = m.community_id AND n.published_at > m.published_at AND n.published_at <= ? AND n.fell_short = 0) "+
		"ORDER BY m.published_at, m.id", f.at, f.id, f.at)
	err := eachRow(query, func(rows *sql.Rows) error {
		var community string
		fact := WatchFact{Fact: watch.Fact{Reason: watch.Failed}}
		err := rows.Scan(&community, &fact.Key, &fact.At, &fact.MeetingID, &fact.Title)
		failed[community] = append(failed[community], fact)
		return err
	})
	for community, facts := range failed {
		if len(facts) < 2 || facts[len(facts)-1].At <= calendar.AddMonths(f.at, -watchMonths) {
			continue
		}
		for _, fact := range facts {
			f.add(community, fact)
		}
	}
	return err
}

// addHandovers adds the committees that refused to hand over something and had not handed over everything since.
func (f *watchFinder) addHandovers(db *gorm.DB) error {
	return f.each(watch.Handover, db.Raw("SELECT r.community_id, 'handover:' || r.committee_id, MIN(r.at), '', r.committee_id, '' FROM committee_entry AS r "+
		"WHERE r.kind = 'handover_refused' AND r.at <= ? AND r.community_id IN "+f.within+" AND NOT EXISTS (SELECT 1 FROM committee_entry AS h "+
		"WHERE h.community_id = r.community_id AND h.committee_id = r.committee_id AND h.kind = 'handed_over' AND h.at > r.at AND h.at <= ?) "+
		"GROUP BY r.community_id, r.committee_id", f.at, f.id, f.at))
}

// addUnanswered adds the orders to call a meeting that nobody had followed in time.
func (f *watchFinder) addUnanswered(db *gorm.DB) error {
	return f.each(watch.Unanswered, db.Raw("SELECT community_id, 'convening:' || id, limit_at, '', id, CAST(number AS TEXT) FROM convening "+
		"WHERE limit_at < ? AND COALESCE(met_at, ?) > ? AND COALESCE(withdrawn_at, ?) > ? AND community_id IN "+f.within,
		f.at, f.at+1, f.at, f.at+1, f.at, f.id))
}

package models

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
	"gongjue/voting/stage"
)

// districtHistory is what happened in the communities of a district, as far as it tells where they stand.
type districtHistory struct {
	communities []Community // in order
	at          map[string]int
	meetings    [][]filedMeeting // of each community, by their notices
	windows     map[windowKey]stage.Window
}

// filedMeeting is a meeting that elects, whose result is filed, or that an interim body convened.
type filedMeeting struct {
	stage.Meeting
	title  string
	toFile bool
	hands  []handIn // by version
}

// handIn is one version of its filing, with what a list of deadlines needs.
type handIn struct {
	id    string
	dueAt int64
}

type windowKey struct {
	place string
	at    int64
}

// inDistrict and alone select the ids of a district's communities, and that of one community.
const (
	alone      = "(SELECT community.id FROM community WHERE community.id = ?)"
	inDistrict = "(SELECT community.id FROM community JOIN street ON street.id = community.street_id WHERE street.district_id = ?)"
)

// ended tells when a meeting was cancelled or annulled, as the audit has it: the state itself bears no date.
const ended = "LEFT JOIN audit AS ended ON ended.community_id = meeting.community_id AND ended.subject_id = meeting.id " +
	"AND meeting.state IN ('cancelled', 'void_rerun') AND ended.act = 'meeting_' || meeting.state "

// history reads what happened in some communities, in four queries.
func (s *Store) history(ctx context.Context, within, id string) (*districtHistory, error) {
	h := &districtHistory{windows: map[windowKey]stage.Window{}}
	db := s.read(ctx)
	if err := inOrder(communities(db).Where("community.id IN "+within, id)).Scan(&h.communities).Error; err != nil {
		return nil, fmt.Errorf("list the communities of a history: %w", err)
	}
	_, h.at = idsOf(h.communities)
	h.meetings = make([][]filedMeeting, len(h.communities))
	for _, add := range []func(db *gorm.DB, within, id string) error{h.addMeetings, h.addRevoked, h.addHandIns} {
		if err := add(db, within, id); err != nil {
			return nil, fmt.Errorf("read a history: %w", err)
		}
	}
	return h, nil
}

func (h *districtHistory) addMeetings(db *gorm.DB, within, id string) error {
	query := db.Raw("SELECT meeting.community_id, meeting.id, meeting.title, meeting.state, meeting.convener_kind, meeting.noticed_at, meeting.opened_at, "+
		"meeting.published_at, meeting.elected, filed.elects, ended.at FROM meeting "+ended+
		"LEFT JOIN (SELECT community_id, meeting_id, MAX(CASE WHEN kind = 'election' THEN 1 ELSE 0 END) AS elects FROM matter "+
		"WHERE kind = 'election' OR item IN (1, 2, 3) GROUP BY community_id, meeting_id) AS filed "+
		"ON filed.community_id = meeting.community_id AND filed.meeting_id = meeting.id "+
		"WHERE meeting.community_id IN "+within+" AND meeting.noticed_at IS NOT NULL "+
		"AND (filed.meeting_id IS NOT NULL OR meeting.convener_kind = ?) ORDER BY meeting.noticed_at, meeting.id", id, lifecycle.PropertyManagementCommittee)
	return eachRow(query, func(rows *sql.Rows) error {
		var m filedMeeting
		var community string
		var state lifecycle.MeetingState
		var convener lifecycle.ConvenerKind
		var elected int64
		var opened, published, elects, over *int64
		if err := rows.Scan(&community, &m.ID, &m.title, &state, &convener, &m.Noticed, &opened, &published, &elected, &elects, &over); err != nil {
			return err
		}
		m.Opened, m.Published, m.Ended = deref(opened), deref(published), deref(over)
		m.Elected = elected > 0
		m.Interim, m.toFile, m.Elects = convener == lifecycle.PropertyManagementCommittee, elects != nil, deref(elects) == 1
		if m.Ended == 0 && slices.Contains(endedStates, state) {
			m.Ended = m.Noticed // nothing says when: it counts at no moment
		}
		i := h.at[community]
		h.meetings[i] = append(h.meetings[i], m)
		return nil
	})
}

// endedStates are those of meetings that came to nothing.
var endedStates = []lifecycle.MeetingState{lifecycle.MeetingCancelled, lifecycle.MeetingVoidRerun, lifecycle.MeetingRevoked}

// find is a meeting of the history, nil for one that says nothing of where a community stands.
func (h *districtHistory) find(community, meeting string) *filedMeeting {
	list := h.meetings[h.at[community]]
	for i := range list {
		if list[i].ID == meeting {
			return &list[i]
		}
	}
	return nil
}

// addRevoked tells when decisions were revoked: of a meeting that elects, the election.
func (h *districtHistory) addRevoked(db *gorm.DB, within, id string) error {
	query := db.Raw("SELECT supervision.community_id, supervision.meeting_id, MIN(supervision.at) FROM supervision LEFT JOIN matter "+
		"ON matter.community_id = supervision.community_id AND matter.meeting_id = supervision.meeting_id AND matter.kind = 'election' "+
		"WHERE supervision.kind IN ('revoked', 'court_revoked') AND (supervision.matters = '' OR ',' || supervision.matters || ',' LIKE '%,' || CAST(matter.position AS TEXT) || ',%') "+
		"AND supervision.community_id IN "+within+" GROUP BY supervision.community_id, supervision.meeting_id", id)
	return eachRow(query, func(rows *sql.Rows) error {
		var community, meeting string
		var at int64
		if err := rows.Scan(&community, &meeting, &at); err != nil {
			return err
		}
		if found := h.find(community, meeting); found != nil {
			found.Ended = at
		}
		return nil
	})
}

func (h *districtHistory) addHandIns(db *gorm.DB, within, id string) error {
	query := db.Raw("SELECT filing.community_id, filing.meeting_id, filing.id, filing.submitted_at, filing.due_at, filing.decided_at, filing.number, "+
		"filing.ended_at, filing.particulars FROM filing WHERE filing.community_id IN "+within+" ORDER BY filing.version", id)
	return eachRow(query, func(rows *sql.Rows) error {
		var community, meeting, particulars string
		var hand stage.HandIn
		var more handIn
		var due, decided, over *int64
		var number *string
		if err := rows.Scan(&community, &meeting, &more.id, &hand.Submitted, &due, &decided, &number, &over, &particulars); err != nil {
			return err
		}
		more.dueAt, hand.Decided, hand.Ended, hand.Certified = deref(due), deref(decided), deref(over), number != nil
		found := h.find(community, meeting)
		if found == nil {
			return nil
		}
		if hand.Certified {
			var err error
			if hand.TermTo, err = termEnd(particulars); err != nil {
				return fmt.Errorf("decode filing %s: %w", more.id, err)
			}
		}
		found.HandIns, found.hands = append(found.HandIns, hand), append(found.hands, more)
		return nil
	})
}

// termEnd is the last moment of the term that a certificate names; 0 where it names none.
func termEnd(particulars string) (int64, error) {
	if particulars == "{}" {
		return 0, nil
	}
	var says FilingParticulars
	if err := json.Unmarshal([]byte(particulars), &says); err != nil {
		return 0, err
	}
	if says.TermTo == "" {
		return 0, nil
	}
	last, err := calendar.ParseDay(says.TermTo)
	return calendar.EndOfDay(last, 0), err
}

// StandingOf is where a community stands now. Refusal: not_found.
func (s *Store) StandingOf(ctx context.Context, communityID string) (stage.Standing, error) {
	h, err := s.history(ctx, alone, communityID)
	if err != nil {
		return stage.Standing{}, err
	}
	if len(h.communities) == 0 {
		return stage.Standing{}, refuse("not_found")
	}
	return h.standing(0, s.clock())
}

// standing is where a community stood at a moment.
func (h *districtHistory) standing(i int, at int64) (stage.Standing, error) {
	window, err := h.window(h.communities[i].Place, at)
	if err != nil {
		return stage.Standing{}, err
	}
	var few [8]stage.Meeting // most communities have no more
	list := few[:0]
	for _, meeting := range h.meetings[i] {
		list = append(list, meeting.Meeting)
	}
	return stage.At(list, window, at), nil
}

// window is what the rules of a place said of terms at a moment; nothing before any law that is known.
func (h *districtHistory) window(place string, at int64) (stage.Window, error) {
	key := windowKey{place, at}
	if window, known := h.windows[key]; known {
		return window, nil
	}
	pack, err := rules.At(place, at)
	if err != nil {
		return stage.Window{}, fmt.Errorf("find the rules of %s: %w", place, err)
	}
	var window stage.Window
	if years := pack.Procedure.TermYears; years != nil {
		window.TermYears = years.Max
	}
	if months := pack.Procedure.RenewalMonths; months != nil {
		window.RenewalMonths = months.Number
	}
	if days := pack.Procedure.RenewalDays; days != nil {
		window.RenewalDays = days.Days
	}
	if interim := pack.Procedure.InterimBody; interim != nil {
		window.InterimYears = interim.TermYears
	}
	h.windows[key] = window
	return window, nil
}

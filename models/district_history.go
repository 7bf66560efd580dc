package models

import (
	"cmp"
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
	within, id  string      // select the communities, see [inDistrict]
	communities []Community // in order
	at          map[string]int
	streets     []string          // ids, in order
	streetOf    []int             // of each community, in streets
	meetings    [][]stage.Meeting // of each community, by their notices
	filed       [][]filedMeeting  // the same meetings
	terms       [][]*stage.Term   // of each community, in the register, by their beginnings
	contracts   []*placedContract // with property firms, by their first days; of a district
	places      map[string]meetingPlace
	windows     map[windowKey]stage.Window
	lastKey     windowKey // of the window asked for last: neighbours mostly ask for the same
	last        stage.Window
}

// meetingPlace is where a meeting stands in the lists.
type meetingPlace struct{ community, nth int }

// filedMeeting is what a list of deadlines needs of a meeting that elects, whose result is filed, or that an interim body
// convened.
type filedMeeting struct {
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

// ended tells when a meeting was cancelled or annulled, as the audit has it: the state itself bears no date. The two acts
// are spelt out as in the index audit_ended, without which the whole audit would be read.
const ended = "LEFT JOIN audit AS ended ON ended.community_id = meeting.community_id AND ended.subject_id = meeting.id " +
	"AND ended.act IN ('meeting_cancelled', 'meeting_void_rerun') AND ended.act = 'meeting_' || meeting.state "

// history reads what happened in some communities, in six queries. Of meetings they name no more than the index
// meeting_course holds, so that the rule packs in their rows stay unread.
func (s *Store) history(ctx context.Context, within, id string) (*districtHistory, error) {
	h := &districtHistory{within: within, id: id, windows: map[windowKey]stage.Window{}}
	db := s.read(ctx)
	err := eachRow(inOrder(communities(db).Where("community.id IN "+within, id)), func(rows *sql.Rows) error {
		var c Community
		err := rows.Scan(&c.ID, &c.Name, &c.Place, &c.CreatedAt, &c.StreetID, &c.StreetName, &c.DistrictID, &c.DistrictName)
		if len(h.streets) == 0 || h.streets[len(h.streets)-1] != c.StreetID { // the communities of a street follow each other
			h.streets = append(h.streets, c.StreetID)
		}
		h.communities, h.streetOf = append(h.communities, c), append(h.streetOf, len(h.streets)-1)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the communities of a history: %w", err)
	}
	_, h.at = idsOf(h.communities)
	h.meetings, h.filed = make([][]stage.Meeting, len(h.communities)), make([][]filedMeeting, len(h.communities))
	h.terms = make([][]*stage.Term, len(h.communities))
	for _, add := range []func(db *gorm.DB, within, id string) error{h.addMeetings, h.addRevoked, h.addHandIns, h.addTerms} {
		if err := add(db, within, id); err != nil {
			return nil, fmt.Errorf("read a history: %w", err)
		}
	}
	return h, nil
}

func (h *districtHistory) addMeetings(db *gorm.DB, within, id string) error {
	// Flags rather than words: every text is two allocations for each of ten thousand meetings.
	query := db.Raw("SELECT meeting.community_id, meeting.id, CASE WHEN meeting.state IN ? THEN 1 ELSE 0 END, CASE WHEN meeting.convener_kind = ? THEN 1 ELSE 0 END, "+
		"meeting.noticed_at, COALESCE(meeting.opened_at, 0), COALESCE(meeting.published_at, 0), meeting.elected, COALESCE(filed.elects, -1), COALESCE(ended.at, 0) FROM meeting "+ended+
		"LEFT JOIN (SELECT community_id, meeting_id, MAX(CASE WHEN kind = 'election' THEN 1 ELSE 0 END) AS elects FROM matter "+
		"WHERE kind = 'election' OR item IN (1, 2, 3) GROUP BY community_id, meeting_id) AS filed "+
		"ON filed.community_id = meeting.community_id AND filed.meeting_id = meeting.id "+
		"WHERE meeting.community_id IN "+within+" AND meeting.noticed_at IS NOT NULL "+
		"AND (filed.meeting_id IS NOT NULL OR meeting.convener_kind = ?)", endedStates, lifecycle.PropertyManagementCommittee, id, lifecycle.PropertyManagementCommittee)
	var community string
	var over, interim, elected, elects int64
	found := make([][]noticedMeeting, len(h.communities))
	err := eachRow(query, func(rows *sql.Rows) error {
		var m noticedMeeting
		if err := rows.Scan(&community, &m.ID, &over, &interim, &m.Noticed, &m.Opened, &m.Published, &elected, &elects, &m.Ended); err != nil {
			return err
		}
		m.Elected, m.Elects, m.toFile, m.Interim = elected > 0, elects == 1, elects >= 0, interim == 1
		if m.Ended == 0 && over == 1 {
			m.Ended = m.Noticed // nothing says when: it counts at no moment
		}
		i := h.at[community]
		found[i] = append(found[i], m)
		return nil
	})
	h.places = map[string]meetingPlace{}
	for i, list := range found {
		slices.SortFunc(list, func(a, b noticedMeeting) int {
			return cmp.Or(cmp.Compare(a.Noticed, b.Noticed), cmp.Compare(a.ID, b.ID))
		})
		for j, m := range list {
			h.places[m.ID] = meetingPlace{i, j}
			h.meetings[i], h.filed[i] = append(h.meetings[i], m.Meeting), append(h.filed[i], filedMeeting{toFile: m.toFile})
		}
	}
	return err
}

// noticedMeeting is one as it is read.
type noticedMeeting struct {
	stage.Meeting
	toFile bool
}

// endedStates are those of meetings that came to nothing.
var endedStates = []lifecycle.MeetingState{lifecycle.MeetingCancelled, lifecycle.MeetingVoidRerun, lifecycle.MeetingRevoked}

// addRevoked tells when decisions were revoked: of a meeting that elects, the election.
func (h *districtHistory) addRevoked(db *gorm.DB, within, id string) error {
	query := db.Raw("SELECT supervision.meeting_id, MIN(supervision.at) FROM supervision LEFT JOIN matter "+
		"ON matter.community_id = supervision.community_id AND matter.meeting_id = supervision.meeting_id AND matter.kind = 'election' "+
		"WHERE supervision.kind IN ('revoked', 'court_revoked') AND (supervision.matters = '' OR ',' || supervision.matters || ',' LIKE '%,' || CAST(matter.position AS TEXT) || ',%') "+
		"AND supervision.community_id IN "+within+" GROUP BY supervision.community_id, supervision.meeting_id", id)
	return eachRow(query, func(rows *sql.Rows) error {
		var meeting string
		var at int64
		if err := rows.Scan(&meeting, &at); err != nil {
			return err
		}
		if place, known := h.places[meeting]; known {
			h.meetings[place.community][place.nth].Ended = at
		}
		return nil
	})
}

func (h *districtHistory) addHandIns(db *gorm.DB, within, id string) error {
	// What was decided in time is on no list of missed deadlines, at any moment: its id is not wanted.
	query := db.Raw("SELECT filing.meeting_id, CASE WHEN filing.decided_at <= filing.due_at THEN '' ELSE filing.id END, filing.submitted_at, COALESCE(filing.due_at, 0), COALESCE(filing.decided_at, 0), "+
		"COALESCE(filing.ended_at, 0), CASE WHEN filing.number IS NULL THEN '' ELSE filing.particulars END FROM filing "+
		"WHERE filing.community_id IN "+within+" ORDER BY filing.version", id)
	var meeting, particulars string
	return eachRow(query, func(rows *sql.Rows) error {
		var hand stage.HandIn
		var more handIn
		if err := rows.Scan(&meeting, &more.id, &hand.Submitted, &more.dueAt, &hand.Decided, &hand.Ended, &particulars); err != nil {
			return err
		}
		place, known := h.places[meeting]
		if !known {
			return nil
		}
		found, filed := &h.meetings[place.community][place.nth], &h.filed[place.community][place.nth]
		if hand.Certified = particulars != ""; hand.Certified {
			var err error
			if hand.TermTo, err = termEnd(particulars); err != nil {
				return fmt.Errorf("decode a filing of meeting %s: %w", meeting, err)
			}
		}
		found.HandIns, filed.hands = append(found.HandIns, hand), append(filed.hands, more)
		return nil
	})
}

// termEnd is the last moment of the term that a certificate names; 0 where it names none.
func termEnd(particulars string) (int64, error) {
	if particulars == "{}" {
		return 0, nil
	}
	var says struct { // no more than is wanted, of thousands of certificates
		TermTo string `json:"term_to"`
	}
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
	return stage.At(h.meetings[i], h.terms[i], window, at), nil
}

// window is what the rules of a place said of terms at a moment; nothing before any law that is known.
func (h *districtHistory) window(place string, at int64) (stage.Window, error) {
	key := windowKey{place, at}
	if key == h.lastKey {
		return h.last, nil
	}
	if window, known := h.windows[key]; known {
		h.lastKey, h.last = key, window
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

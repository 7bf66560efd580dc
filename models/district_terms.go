package models

import (
	"cmp"
	"database/sql"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
	"gongjue/voting/stage"
)

// addTerms reads the register of committees: terms that were elected elsewhere, interim bodies, and when a term ended
// before its last day. A date in the register is set once; only the end of a term follows a newer certificate, and what was
// certified before stands in the filings. A term that was entered from papers counts from its first day, whenever it was
// entered, as a contract does.
func (h *districtHistory) addTerms(db *gorm.DB, within, id string) error {
	known := map[string]*stage.Term{} // by their ids
	query := db.Raw("SELECT community_id, id, kind, state, COALESCE(meeting_id, ''), began_at, COALESCE(term_from, 0), COALESCE(term_to, 0), COALESCE(constituted_at, 0), "+
		"COALESCE(group_at, 0), COALESCE(ended_at, 0) FROM committee WHERE state <> ? AND community_id IN "+within+" ORDER BY began_at, number", lifecycle.CommitteeDisplayed, id)
	err := eachRow(query, func(rows *sql.Rows) error {
		var community, committee string
		var kind lifecycle.ConvenerKind
		var state lifecycle.CommitteeState
		var began, from, constituted, ended int64
		term := &stage.Term{}
		if err := rows.Scan(&community, &committee, &kind, &state, &term.Meeting, &began, &from, &term.To, &constituted, &term.Group, &ended); err != nil {
			return err
		}
		if term.Interim = kind == lifecycle.PropertyManagementCommittee; term.Interim {
			term.From = constituted // after the display of its list
		} else {
			term.From = cmp.Or(from, began)
		}
		switch {
		case state == lifecycle.CommitteeRevoked:
			term.Revoked = ended
		case state == lifecycle.CommitteeDissolved, term.Interim:
			term.Ended = ended
		}
		if place, elected := h.places[term.Meeting]; elected {
			h.meetings[place.community][place.nth].Term = term
		}
		i := h.at[community]
		h.terms[i], known[committee] = append(h.terms[i], term), term
		return nil
	})
	if err != nil {
		return err
	}
	return h.addJoined(db, within, id, known)
}

// addJoined gives the meetings that completed a committee, or filled its seats, the term that they joined.
func (h *districtHistory) addJoined(db *gorm.DB, within, id string, known map[string]*stage.Term) error {
	query := db.Raw("SELECT committee_id, meeting_id FROM committee_entry WHERE kind = 'joined' AND meeting_id IS NOT NULL AND community_id IN "+within, id)
	var committee, meeting string
	return eachRow(query, func(rows *sql.Rows) error {
		if err := rows.Scan(&committee, &meeting); err != nil {
			return err
		}
		if place, elected := h.places[meeting]; elected {
			h.meetings[place.community][place.nth].Term = known[committee]
		}
		return nil
	})
}

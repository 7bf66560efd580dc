package models

import (
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
)

// follows tells whether a meeting is what an order asks for: by its kind, or by an election of the committee on its agenda;
// and called by the one who has to.
func (r conveningRow) follows(meeting Meeting) bool {
	street := meeting.ConvenerKind == lifecycle.StreetOffice
	if street != (r.State == lifecycle.ConveningTakenOver) {
		return false
	}
	switch r.Kind {
	case lifecycle.ConveneRegular:
		return !meeting.Extraordinary
	case lifecycle.ConveneExtraordinary:
		return meeting.Extraordinary
	}
	return slices.ContainsFunc(meeting.Matters, func(m Matter) bool { return m.Rule.Kind == voting.Election })
}

func openConvenings(tx *gorm.DB, communityID string, states ...lifecycle.ConveningState) ([]conveningRow, error) {
	var rows []conveningRow
	if err := tx.Clauses(forUpdate).Where("community_id = ? AND state IN ?", communityID, states).Order("number").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list open orders to convene: %w", err)
	}
	return rows, nil
}

// mayConvene holds a draft of the street to an order that it took over: the street convenes where nobody else did, never
// beside them. Refusal: street_not_convener.
func mayConvene(tx *gorm.DB, communityID string, kind lifecycle.ConvenerKind) error {
	if kind != lifecycle.StreetOffice {
		return nil
	}
	rows, err := openConvenings(tx, communityID, lifecycle.ConveningTakenOver)
	if err == nil && len(rows) == 0 {
		return refuseField("street_not_convener", "convener_kind")
	}
	return err
}

// followConvenings notes at a notice which orders it follows. The street's meeting must be what it took over to hold.
// Refusal: street_not_convener.
func followConvenings(tx *gorm.DB, now int64, meeting Meeting) error {
	rows, err := openConvenings(tx, meeting.CommunityID, lifecycle.ConveningOrdered, lifecycle.ConveningTakenOver)
	if err != nil {
		return err
	}
	followed := 0
	for _, row := range rows {
		if !row.follows(meeting) {
			continue
		}
		followed++
		row.MeetingID, row.MetAt = &meeting.ID, &now
		if err := row.step(tx, now, lifecycle.EventNotice); err != nil {
			return err
		}
	}
	if followed == 0 && meeting.ConvenerKind == lifecycle.StreetOffice {
		return refuseField("street_not_convener", "convener_kind")
	}
	return nil
}

// reopenConvenings leaves the orders that a withdrawn notice had followed as open as they were.
func reopenConvenings(tx *gorm.DB, now int64, communityID, meetingID string) error {
	rows, err := openConvenings(tx.Where("meeting_id = ?", meetingID), communityID, lifecycle.ConveningFollowed, lifecycle.ConveningHeld)
	if err != nil {
		return err
	}
	for _, row := range rows {
		row.MeetingID, row.MetAt = nil, nil
		if err := row.step(tx, now, lifecycle.EventCancel); err != nil {
			return err
		}
	}
	return nil
}

func (r conveningRow) step(tx *gorm.DB, now int64, event lifecycle.Event) error {
	next, illegal := lifecycle.Convenings.Next(r.State, event, lifecycle.System)
	if illegal != nil {
		return asRefusal(illegal)
	}
	act := "convening_" + string(next)
	if event == lifecycle.EventCancel {
		act = "convening_reopened"
	}
	return r.move(tx, now, System, next, act)
}

// addConvenings adds the orders that wait for the convener or the street.
func addConvenings(query *gorm.DB, list []Overview, at map[string]int) error {
	var rows []conveningRow
	err := query.Where("state IN ?", []lifecycle.ConveningState{lifecycle.ConveningOrdered, lifecycle.ConveningTakenOver}).Order("limit_at, number").Find(&rows).Error
	if err != nil {
		return fmt.Errorf("list open orders to convene: %w", err)
	}
	for _, row := range rows {
		overview := &list[at[row.CommunityID]]
		overview.Convenings = append(overview.Convenings, row.view())
	}
	return nil
}

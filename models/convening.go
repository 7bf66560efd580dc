package models

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// Convening is a street's order to call a meeting, and what became of it. Everybody reads it. Instants are Unix ms, 0
// where not reached.
type Convening struct {
	ID          string
	CommunityID string
	Number      int64 // 1-based within the community
	State       lifecycle.ConveningState
	WantedConvening
	LimitAt      int64 // until when the notice is to go out
	StreetName   string
	OrderedAt    int64
	MeetingID    string // whose notice followed; empty before
	MeetingTitle string
	MetAt        int64 // when that notice went out
	TakenAt      int64
	WithdrawnAt  int64
	Reason       string // why it was withdrawn
}

// WantedConvening is what an order says. Texts are public: they name no owner.
type WantedConvening struct {
	Kind         lifecycle.ConveningKind
	Ground       lifecycle.ConveningGround
	Asked        int64 // owners (heads) who asked for it; of that ground
	ConvenerKind lifecycle.ConvenerKind
	Basis        string // article
	Body         string
	Limit        string // date
}

type conveningRow struct {
	CommunityID  string
	ID           string
	Number       int64
	State        lifecycle.ConveningState
	Kind         lifecycle.ConveningKind
	Ground       lifecycle.ConveningGround
	Asked        int64
	ConvenerKind lifecycle.ConvenerKind
	Basis        string
	Body         string
	LimitAt      int64
	StreetName   string
	OrderedAt    int64
	OrderedBy    string
	MeetingID    *string
	MetAt        *int64
	TakenAt      *int64
	TakenBy      string
	WithdrawnAt  *int64
	WithdrawnBy  string
	Reason       string
}

func (conveningRow) TableName() string { return "convening" }

func (r conveningRow) view() Convening {
	return Convening{ID: r.ID, CommunityID: r.CommunityID, Number: r.Number, State: r.State, LimitAt: r.LimitAt, StreetName: r.StreetName, OrderedAt: r.OrderedAt,
		WantedConvening: WantedConvening{Kind: r.Kind, Ground: r.Ground, Asked: r.Asked, ConvenerKind: r.ConvenerKind, Basis: r.Basis, Body: r.Body, Limit: calendar.DayText(r.LimitAt)},
		MeetingID:       deref(r.MeetingID), MetAt: deref(r.MetAt), TakenAt: deref(r.TakenAt), WithdrawnAt: deref(r.WithdrawnAt), Reason: r.Reason}
}

// Overdue tells whether nobody followed an order in time.
func (c Convening) Overdue(now int64) bool {
	return c.State == lifecycle.ConveningOrdered && now > c.LimitAt
}

// Missed tells whether nobody whom it obliged followed an order in time, whatever became of it since. One that was withdrawn
// is none.
func (c Convening) Missed(now int64) bool {
	switch c.State {
	case lifecycle.ConveningOrdered:
		return now > c.LimitAt
	case lifecycle.ConveningFollowed:
		return c.MetAt > c.LimitAt
	case lifecycle.ConveningTakenOver, lifecycle.ConveningHeld:
		return c.TakenAt > c.LimitAt
	}
	return false
}

// Convenings are the orders of a community, the newest first.
func (s *Store) Convenings(ctx context.Context, communityID string) ([]Convening, error) {
	var rows []struct {
		Row   conveningRow `gorm:"embedded"`
		Title string
	}
	err := s.read(ctx).Table("convening").Select("convening.*, COALESCE(meeting.title, '') AS title").
		Joins("LEFT JOIN meeting ON meeting.community_id = convening.community_id AND meeting.id = convening.meeting_id").
		Where("convening.community_id = ?", communityID).Order("convening.number DESC").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list orders to convene: %w", err)
	}
	list := make([]Convening, len(rows))
	for i, row := range rows {
		list[i] = row.Row.view()
		list[i].MeetingTitle = row.Title
	}
	return list, nil
}

// The shares and sizes of an order.
const (
	askedOf   = 5 // 20 % of the owners or more (条例第13条): one of so many
	mostBody  = 2000
	mostBasis = 200
)

// OrderMeeting orders whoever must to call a meeting, with a time limit. Refusals: illegal_step (another role), bad_value
// (kind, ground, convener_kind, limit), required, too_long, reason_names_person, asked_too_few (fewer than 20 % of the heads
// of the frozen roster), convening_open (an order of the kind is open).
func (s *Store) OrderMeeting(ctx context.Context, by Actor, communityID string, wanted WantedConvening) error {
	if Role(by.Role) != RoleStreet {
		return refuse("illegal_step")
	}
	community, err := s.Community(ctx, communityID)
	if err != nil {
		return err
	}
	row := conveningRow{CommunityID: communityID, ID: newID(), State: lifecycle.ConveningOrdered, Kind: wanted.Kind, Ground: wanted.Ground, ConvenerKind: wanted.ConvenerKind,
		Basis: strings.TrimSpace(wanted.Basis), Body: strings.TrimSpace(wanted.Body), StreetName: community.StreetName, OrderedBy: by.ID}
	switch {
	case !slices.Contains(lifecycle.ConveningKinds, row.Kind):
		return refuseField("bad_value", "kind")
	case !slices.Contains(lifecycle.ConveningGrounds, row.Ground):
		return refuseField("bad_value", "ground")
	case !slices.Contains(lifecycle.Obliged, row.ConvenerKind):
		return refuseField("bad_value", "convener_kind")
	case row.Ground == lifecycle.AskedFor && wanted.Asked <= 0:
		return refuseField("required", "asked")
	case row.Ground == lifecycle.AskedFor:
		row.Asked = wanted.Asked
	}
	if err := publicTexts(publicText{"basis", row.Basis, mostBasis, true}, publicText{"body", row.Body, mostBody, true}); err != nil {
		return err
	}
	day, badDay := calendar.ParseForm(strings.TrimSpace(wanted.Limit) + "T00:00")
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		if badDay != nil || day <= now {
			return refuseField("bad_value", "limit")
		}
		row.LimitAt, row.OrderedAt = calendar.EndOfDay(day, 0), now
		if err := row.allowed(tx); err != nil {
			return err
		}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("order a meeting: %w", raced(err))
		}
		return record(tx, now, by, communityID, "convening_ordered", "convening", row.ID, map[string]any{"number": row.Number, "kind": row.Kind})
	})
}

// allowed numbers an order and looks for what is in its way. Refusals: convening_open, asked_too_few.
func (r *conveningRow) allowed(tx *gorm.DB) error {
	var open int64
	err := tx.Table("convening").Where("community_id = ? AND kind = ? AND state IN ?", r.CommunityID, r.Kind,
		[]lifecycle.ConveningState{lifecycle.ConveningOrdered, lifecycle.ConveningTakenOver}).Count(&open).Error
	if err != nil {
		return fmt.Errorf("look for an open order: %w", err)
	}
	if open > 0 {
		return refuse("convening_open")
	}
	var heads []int64
	err = tx.Table("roster").Where("community_id = ? AND state = ?", r.CommunityID, lifecycle.RosterFrozen).Order("version DESC").Limit(1).Pluck("heads", &heads).Error
	if err != nil {
		return fmt.Errorf("read the heads of a roster: %w", err)
	}
	if r.Ground == lifecycle.AskedFor && len(heads) > 0 && r.Asked*askedOf < heads[0] {
		return refuseField("asked_too_few", "asked")
	}
	err = tx.Table("convening").Where("community_id = ?", r.CommunityID).Select("COALESCE(MAX(number), 0) + 1").Scan(&r.Number).Error
	if err != nil {
		return fmt.Errorf("number an order to convene: %w", err)
	}
	return nil
}

// StreetConvenes is the clause under which the street of a place convenes itself; nil where the place's rules have none.
func StreetConvenes(place string, now int64) (*rules.Choice, error) {
	pack, err := rules.At(place, now)
	if err != nil {
		return nil, fmt.Errorf("find the rules of a place: %w", err)
	}
	return pack.Procedure.StreetConvenes, nil
}

// TakeOver makes the street the convener where an order was not followed, as the place's rules allow: from then on a meeting
// with the street as its convener may be drafted. asked: owners who ask the street for it. Refusals: not_found, illegal_step,
// street_not_convener (the rules have no such clause), limit_open, required (asked, where owners must ask).
func (s *Store) TakeOver(ctx context.Context, by Actor, communityID, id string, asked int64) error {
	community, err := s.Community(ctx, communityID)
	if err != nil {
		return err
	}
	clause, err := StreetConvenes(community.Place, s.Now())
	if err != nil {
		return err
	}
	return s.onConvening(ctx, by, communityID, id, lifecycle.EventTakeOver, func(row *conveningRow, now int64) error {
		switch {
		case clause == nil:
			return refuse("street_not_convener")
		case clause.Value != rules.WithoutAnOrder && now <= row.LimitAt:
			return refuse("limit_open")
		case clause.Value == rules.AskedByOwners && row.Asked == 0 && asked <= 0:
			return refuseField("required", "asked")
		}
		row.Asked = max(row.Asked, asked)
		row.TakenAt, row.TakenBy = &now, by.ID
		return nil
	})
}

// WithdrawConvening takes an order back, with a reason that everybody reads. Refusals: not_found, illegal_step, required,
// too_long, reason_names_person.
func (s *Store) WithdrawConvening(ctx context.Context, by Actor, communityID, id, reason string) error {
	reason = strings.TrimSpace(reason)
	if err := publicTexts(publicText{"reason", reason, mostBasis, true}); err != nil {
		return err
	}
	return s.onConvening(ctx, by, communityID, id, lifecycle.EventWithdraw, func(row *conveningRow, now int64) error {
		row.WithdrawnAt, row.WithdrawnBy, row.Reason = &now, by.ID, reason
		return nil
	})
}

func (s *Store) onConvening(ctx context.Context, by Actor, communityID, id string, event lifecycle.Event, change func(row *conveningRow, now int64) error) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		var row conveningRow
		if err := tx.Clauses(forUpdate).Where("community_id = ? AND id = ?", communityID, id).Take(&row).Error; err != nil {
			return orNotFound(err)
		}
		next, illegal := lifecycle.Convenings.Next(row.State, event, lifecycle.Actor(by.Role))
		if illegal != nil {
			return asRefusal(illegal)
		}
		if err := change(&row, now); err != nil {
			return err
		}
		return row.move(tx, now, by, next, "convening_"+string(next))
	})
}

// move stores an order in its next state; act is how the step stands on record.
func (r conveningRow) move(tx *gorm.DB, now int64, by Actor, next lifecycle.ConveningState, act string) error {
	was := r.State
	r.State = next
	err := moved(tx.Table("convening").Where("community_id = ? AND id = ? AND state = ?", r.CommunityID, r.ID, was).
		Select("state", "asked", "meeting_id", "met_at", "taken_at", "taken_by", "withdrawn_at", "withdrawn_by", "reason").Updates(&r))
	if err != nil {
		return fmt.Errorf("move an order to convene: %w", err)
	}
	return record(tx, now, by, r.CommunityID, act, "convening", r.ID, map[string]any{"number": r.Number, "meeting": deref(r.MeetingID)})
}

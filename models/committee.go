package models

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gongjue/voting/committee"
	"gongjue/voting/lifecycle"
)

// Committee is one term of a committee, or of an interim body (物业管理委员会), in the register of a community.
type Committee struct {
	ID, CommunityID string
	Kind            lifecycle.ConvenerKind // one of [lifecycle.CommitteeKinds]
	Number          int64                  // 届, from 1, of its kind
	Name            string
	State           lifecycle.CommitteeState
	Origin          lifecycle.CommitteeOrigin
	MeetingID       string // whose final result elected it; empty for any other origin
	Document        string // number of the paper that it rests on, for any other origin
	Seats           int64  // how many members it has by its election
	Groups          []committee.Group
	BeganAt         int64 // Unix ms, as below: when it was elected or formed
	TermFrom        int64 // first ms of the term; 0 where nothing says
	TermTo          int64 // last ms
	DisplayUntil    int64 // last ms of the display of an interim body's list
	ConstitutedAt   int64 // when its first meeting chose a chair
	GroupAt         int64 // when the renewal group was formed
	AuditedAt       int64
	EndedAt         int64
	Members         []CommitteeMember // and alternates, in the order of the election
	Handover        []HandoverItem
}

// CommitteeMember is a member or an alternate.
type CommitteeMember struct {
	ID             string
	Position       int64 // from 1
	State          lifecycle.MemberState
	Post           lifecycle.MemberPost // empty for an alternate
	Capacity       lifecycle.MemberCapacity
	Name           string
	Home           string // room, where it was announced or agreed to
	Named          bool   // the name and the room may be shown to everybody
	Group          string // of seats; empty where they are not shared out
	MeetingID      string // whose result elected them; empty where none here did
	Since          int64  // Unix ms, as below: since when they hold a seat; 0 for an alternate
	SuspendedFrom  int64  // the newest suspension; 0 for none
	SuspendedUntil int64
	LeftAt         int64
	Ground         lifecycle.LeavingGround // why they left
}

// Held tells whether they held a seat at a moment, suspended or not.
func (m CommitteeMember) Held(at int64) bool {
	return m.Since != 0 && m.Since <= at && (m.LeftAt == 0 || at < m.LeftAt)
}

// Suspended tells whether their newest suspension ran at a moment; it ends by itself with its last day.
func (m CommitteeMember) Suspended(at int64) bool {
	return m.Held(at) && m.SuspendedFrom != 0 && m.SuspendedFrom <= at && at <= m.SuspendedUntil
}

// Votes tells whether they could vote in the committee at a moment.
func (m CommitteeMember) Votes(at int64) bool { return m.Held(at) && !m.Suspended(at) }

// VotersAt are the members who could vote at a moment.
func (c Committee) VotersAt(at int64) []CommitteeMember {
	var list []CommitteeMember
	for _, member := range c.Members {
		if member.Votes(at) {
			list = append(list, member)
		}
	}
	return list
}

// AllAt is how many members the committee had in all at a moment (全体委员): suspended members count, vacant seats do not.
// A decision needs more than half of them, see [committee.Majority].
func (c Committee) AllAt(at int64) (n int64) {
	for _, member := range c.Members {
		if member.Held(at) {
			n++
		}
	}
	return n
}

// Lapsed tells whether the term was over at a moment without another committee in its place.
func (c Committee) Lapsed(at int64) bool { return !c.State.Over() && c.TermTo != 0 && at > c.TermTo }

// NextAlternates are the ids of those who may take a vacant seat now, one for each group with one.
func (c Committee) NextAlternates() (ids []string) {
	next := committee.Fillers(c.seats(), c.Groups)
	for _, member := range c.Members {
		if slices.Contains(next, member.Position) {
			ids = append(ids, member.ID)
		}
	}
	return ids
}

func (c Committee) seats() []committee.Seat {
	list := make([]committee.Seat, len(c.Members))
	for i, member := range c.Members {
		list[i] = committee.Seat{Position: member.Position, State: member.State, Group: member.Group}
	}
	return list
}

type committeeRow struct {
	CommunityID   string
	ID            string
	Kind          lifecycle.ConvenerKind
	Number        int64
	Name          string
	State         lifecycle.CommitteeState
	Origin        lifecycle.CommitteeOrigin
	MeetingID     *string
	Document      string
	Seats         int64
	SeatGroups    string
	BeganAt       int64
	TermFrom      *int64
	TermTo        *int64
	DisplayUntil  *int64
	ConstitutedAt *int64
	GroupAt       *int64
	AuditedAt     *int64
	EndedAt       *int64
	CreatedAt     int64 `gorm:"autoCreateTime:false"`
	CreatedBy     string
}

func (committeeRow) TableName() string { return "committee" }

type committeeMemberRow struct {
	CommunityID    string
	ID             string
	CommitteeID    string
	Position       int64
	State          lifecycle.MemberState
	Post           lifecycle.MemberPost
	Capacity       lifecycle.MemberCapacity
	Name           string
	Home           string
	Named          bool
	SeatGroup      string
	MeetingID      *string
	Since          *int64
	SuspendedFrom  *int64
	SuspendedUntil *int64
	LeftAt         *int64
	Ground         lifecycle.LeavingGround
}

func (committeeMemberRow) TableName() string { return "committee_member" }

func (r committeeRow) view() (Committee, error) {
	view := Committee{ID: r.ID, CommunityID: r.CommunityID, Kind: r.Kind, Number: r.Number, Name: r.Name, State: r.State, Origin: r.Origin,
		MeetingID: deref(r.MeetingID), Document: r.Document, Seats: r.Seats, BeganAt: r.BeganAt, TermFrom: deref(r.TermFrom), TermTo: deref(r.TermTo),
		DisplayUntil: deref(r.DisplayUntil), ConstitutedAt: deref(r.ConstitutedAt), GroupAt: deref(r.GroupAt), AuditedAt: deref(r.AuditedAt), EndedAt: deref(r.EndedAt)}
	if err := json.Unmarshal([]byte(r.SeatGroups), &view.Groups); err != nil {
		return view, fmt.Errorf("decode the seats of committee %s: %w", r.ID, err)
	}
	return view, nil
}

func (r committeeMemberRow) view() CommitteeMember {
	return CommitteeMember{ID: r.ID, Position: r.Position, State: r.State, Post: r.Post, Capacity: r.Capacity, Name: r.Name, Home: r.Home, Named: r.Named,
		Group: r.SeatGroup, MeetingID: deref(r.MeetingID), Since: deref(r.Since), SuspendedFrom: deref(r.SuspendedFrom), SuspendedUntil: deref(r.SuspendedUntil),
		LeftAt: deref(r.LeftAt), Ground: r.Ground}
}

// Committees lists the register of a community, the newest first.
func (s *Store) Committees(ctx context.Context, communityID string) ([]Committee, error) {
	return committees(s.read(ctx).Where("community_id = ?", communityID))
}

// CommitteeOf reads one term. Refusal: not_found.
func (s *Store) CommitteeOf(ctx context.Context, communityID, id string) (Committee, error) {
	list, err := s.Committees(ctx, communityID)
	if err != nil {
		return Committee{}, err
	}
	for _, found := range list {
		if found.ID == id {
			return found, nil
		}
	}
	return Committee{}, refuse("not_found")
}

// CommitteeInOffice is the body that acts for the owners of a community now: the committee that was constituted, else the
// interim body. Also one whose term is over, until another takes its place: see [Committee.Lapsed]. Refusal: no_committee.
func (s *Store) CommitteeInOffice(ctx context.Context, communityID string) (Committee, error) {
	list, err := s.Committees(ctx, communityID)
	if err != nil {
		return Committee{}, err
	}
	if found := ActingCommittee(list); found != nil {
		return *found, nil
	}
	return Committee{}, refuse("no_committee")
}

// ActingCommittee is the body in office among the terms of a community, nil for none: see [Store.CommitteeInOffice].
func ActingCommittee(list []Committee) *Committee {
	for _, kind := range lifecycle.CommitteeKinds {
		for i := range list {
			if list[i].Kind == kind && list[i].State.InOffice() {
				return &list[i]
			}
		}
	}
	return nil
}

// committees reads the terms of some communities, the newest first, with their members.
func committees(db *gorm.DB) ([]Committee, error) {
	db = db.Session(&gorm.Session{})
	var rows []committeeRow
	if err := db.Order("began_at DESC, number DESC, id DESC").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list committees: %w", err)
	}
	var members []committeeMemberRow
	if err := db.Order("position").Find(&members).Error; err != nil {
		return nil, fmt.Errorf("list members of committees: %w", err)
	}
	list, at, failures := make([]Committee, len(rows)), map[string]int{}, []error(nil)
	for i, row := range rows {
		var err error
		list[i], err = row.view()
		at[row.ID], failures = i, append(failures, err)
	}
	var items []handoverRow
	if err := db.Order("position").Find(&items).Error; err != nil {
		return nil, fmt.Errorf("list what committees hand over: %w", err)
	}
	for _, item := range items {
		i := at[item.CommitteeID]
		list[i].Handover = append(list[i].Handover, item.view())
	}
	for _, member := range members {
		i := at[member.CommitteeID]
		list[i].Members = append(list[i].Members, member.view())
	}
	return list, errors.Join(failures...)
}

package models

import (
	"context"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
)

// Sitting is a meeting of a committee (业主委员会会议), called or held, with what it decided.
type Sitting struct {
	ID          string
	Number      int64 // 1-based in the community
	CommitteeID string
	State       lifecycle.SittingState
	CalledBy    lifecycle.SittingCaller
	Callers     int64 // members who asked for it, where members called it
	HeldAt      int64 // Unix ms, as below; of one that was called: when it is to be held
	Place       string
	Agenda      []string // titles, in order
	CalledAt    int64    // when time, place and agenda were made public
	Reason      string   // why it was cancelled
	All         int64    // members of the committee at the time (全体委员), suspended ones among them
	EndedAt     int64    // when its decisions were published, or it was cancelled
	Present     []SittingMember
	Decisions   []Decision
	Minutes     []EvidenceFile // signed; for staff alone
}

// Signed is how many of those present signed the minutes.
func (s Sitting) Signed() (n int64) {
	for _, member := range s.Present {
		if member.Signed {
			n++
		}
	}
	return n
}

// SittingMember is a member who was present in person.
type SittingMember struct {
	MemberID string
	Name     string
	Named    bool // the name may be shown to everybody
	Post     lifecycle.MemberPost
	Signed   bool
}

// Decision is what a committee decided on one matter of the agenda. It never changes: a newer one that names it takes its
// place.
type Decision struct {
	ID         string
	SittingID  string
	Number     int64 // 1-based in the community
	Position   int64 // on the agenda, from 1
	Title      string
	Body       string
	Basis      string // decision of the owners that it carries out; empty for none
	InFavour   int64
	Against    int64
	Abstained  int64
	Passed     bool
	ReplacesID string
	ReplacedBy string // id of the newer one; empty for none
	DecidedAt  int64  // Unix ms, as below
	Published  int64
	Orders     []DecisionOrder // the oldest first
}

// State is where a decision that passed stands.
func (d Decision) State() lifecycle.DecisionState {
	state := lifecycle.DecisionInForce
	for _, order := range d.Orders {
		switch order.Kind {
		case lifecycle.CorrectionOrdered:
			state = lifecycle.DecisionUnderCorrection
		case lifecycle.Rectified:
			state = lifecycle.DecisionInForce
		case lifecycle.Revoked, lifecycle.CourtRevoked:
			return lifecycle.DecisionRevoked
		}
	}
	if d.ReplacedBy != "" {
		return lifecycle.DecisionReplaced
	}
	return state
}

type sittingRow struct {
	CommunityID string
	ID          string
	Number      int64
	CommitteeID string
	State       lifecycle.SittingState
	CalledBy    lifecycle.SittingCaller
	Callers     int64
	HeldAt      int64
	Place       string
	Agenda      string
	CalledAt    int64
	CalledID    string
	Reason      string
	AllMembers  int64
	EndedAt     *int64
	EndedBy     string
}

func (sittingRow) TableName() string { return "committee_sitting" }

func (r sittingRow) view() (Sitting, error) {
	view := Sitting{ID: r.ID, Number: r.Number, CommitteeID: r.CommitteeID, State: r.State, CalledBy: r.CalledBy, Callers: r.Callers, HeldAt: r.HeldAt, Place: r.Place,
		CalledAt: r.CalledAt, Reason: r.Reason, All: r.AllMembers, EndedAt: deref(r.EndedAt)}
	if err := json.Unmarshal([]byte(r.Agenda), &view.Agenda); err != nil {
		return view, fmt.Errorf("decode the agenda of sitting %s: %w", r.ID, err)
	}
	return view, nil
}

type attendanceRow struct {
	CommunityID string
	SittingID   string
	MemberID    string
	Signed      bool
}

func (attendanceRow) TableName() string { return "committee_attendance" }

type decisionRow struct {
	CommunityID string
	ID          string
	SittingID   string
	Number      int64
	Position    int64
	Title       string
	Body        string
	Basis       string
	InFavour    int64
	Against     int64
	Abstained   int64
	Passed      bool
	ReplacesID  *string
}

func (decisionRow) TableName() string { return "committee_decision" }

// Sittings are the meetings of a community's committees with their decisions, the newest first; minutes: with the files.
func (s *Store) Sittings(ctx context.Context, communityID string, minutes bool) ([]Sitting, error) {
	db := s.read(ctx)
	list, err := sittings(db, communityID)
	if err != nil || !minutes {
		return list, err
	}
	ids := make([]string, len(list))
	for i, sitting := range list {
		ids[i] = sitting.ID
	}
	files, err := evidenceOf(db, communityID, ids)
	for i := range list {
		list[i].Minutes = files[list[i].ID]
	}
	return list, err
}

func sittings(db *gorm.DB, communityID string) ([]Sitting, error) {
	db = db.Where("community_id = ?", communityID).Session(&gorm.Session{})
	var rows []sittingRow
	if err := db.Order("number DESC").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list meetings of a committee: %w", err)
	}
	list, at := make([]Sitting, len(rows)), map[string]int{}
	for i, row := range rows {
		var err error
		if list[i], err = row.view(); err != nil {
			return nil, err
		}
		at[row.ID] = i
	}
	if err := addAttendance(db, list, at); err != nil {
		return nil, err
	}
	return list, addDecisions(db, list, at)
}

func addAttendance(db *gorm.DB, list []Sitting, at map[string]int) error {
	var attended []attendanceRow
	if err := db.Find(&attended).Error; err != nil {
		return fmt.Errorf("list who was present: %w", err)
	}
	signed := map[[2]string]bool{}
	for _, row := range attended {
		signed[[2]string{row.SittingID, row.MemberID}] = row.Signed
	}
	var members []committeeMemberRow
	if err := db.Order("position").Find(&members).Error; err != nil {
		return fmt.Errorf("list members of committees: %w", err)
	}
	for sitting, i := range at {
		for _, member := range members {
			if did, present := signed[[2]string{sitting, member.ID}]; present {
				list[i].Present = append(list[i].Present, SittingMember{MemberID: member.ID, Name: member.Name, Named: member.Named, Post: member.Post, Signed: did})
			}
		}
	}
	return nil
}

func addDecisions(db *gorm.DB, list []Sitting, at map[string]int) error {
	var rows []decisionRow
	if err := db.Order("number").Find(&rows).Error; err != nil {
		return fmt.Errorf("list decisions: %w", err)
	}
	orders, err := ordersOf(db)
	if err != nil {
		return err
	}
	newer := map[string]string{}
	for _, row := range rows {
		if row.ReplacesID != nil && row.Passed {
			newer[*row.ReplacesID] = row.ID
		}
	}
	for _, row := range rows {
		sitting := &list[at[row.SittingID]]
		sitting.Decisions = append(sitting.Decisions, Decision{ID: row.ID, SittingID: row.SittingID, Number: row.Number, Position: row.Position, Title: row.Title, Body: row.Body,
			Basis: row.Basis, InFavour: row.InFavour, Against: row.Against, Abstained: row.Abstained, Passed: row.Passed, ReplacesID: deref(row.ReplacesID),
			ReplacedBy: newer[row.ID], DecidedAt: sitting.HeldAt, Published: sitting.EndedAt, Orders: orders[row.ID]})
	}
	return nil
}

// SittingMinutes reads the signed minutes of a meeting; who read them stands in the audit. Refusal: not_found.
func (s *Store) SittingMinutes(ctx context.Context, by Actor, communityID, id, file string) (EvidenceFile, error) {
	var n int64
	if err := s.read(ctx).Model(&sittingRow{}).Where("community_id = ? AND id = ?", communityID, id).Count(&n).Error; err != nil {
		return EvidenceFile{}, fmt.Errorf("find a meeting of a committee: %w", err)
	}
	if n == 0 {
		return EvidenceFile{}, refuse("not_found")
	}
	return s.Evidence(ctx, by, communityID, id, file)
}

// findDecision finds a decision among the meetings of its community; nil where there is none.
func findDecision(list []Sitting, id string) *Decision {
	for i := range list {
		for j := range list[i].Decisions {
			if list[i].Decisions[j].ID == id {
				return &list[i].Decisions[j]
			}
		}
	}
	return nil
}

// Decision reads one decision. Refusal: not_found.
func (s *Store) Decision(ctx context.Context, communityID, id string) (Decision, error) {
	list, err := s.Sittings(ctx, communityID, false)
	if err != nil {
		return Decision{}, err
	}
	if found := findDecision(list, id); found != nil {
		return *found, nil
	}
	return Decision{}, refuse("not_found")
}

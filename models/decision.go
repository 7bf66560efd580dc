package models

import (
	"encoding/json"
	"fmt"

	"gongjue/voting/lifecycle"
)

// Sitting is a meeting of a committee (业主委员会会议), called or held, with what it decided.
type Sitting struct {
	ID          string
	Number      int64 // 1-based in the community
	CommitteeID string
	Kind        lifecycle.ConvenerKind // of the body that met
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

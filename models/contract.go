package models

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
	"gongjue/voting/stage"
)

// Contract is a property service contract (物业服务合同) with everything that was recorded of it. Days are Unix ms, the first
// of their day or, of ends, the last.
type Contract struct {
	ID          string
	CommunityID string
	Number      int64 // 1-based within the community
	Kind        lifecycle.ContractKind
	MeetingID   string // of the decision behind it, with the matter's position; empty and 0 for one from before
	Position    int64
	Firm        string // of the decision exactly as the count has it
	Principal   string // who signed for the owners, such as 某小区业主大会
	Area        voting.Area
	FeeMode     lifecycle.FeeMode
	Price       voting.Money // for a square metre and a month
	Terms       string       // what else everybody should know
	SignedAt    int64
	From, To    int64 // To is 0 for a preliminary one without a term
	CreatedAt   int64

	State   lifecycle.ContractState
	Filing  lifecycle.ContractFiling
	Until   int64 // the last ms, where a step set one
	Revoked bool  // the decision behind it was revoked
	Entries []ContractEntry
	Files   []ContractFile // that everybody may read
	Proofs  []EvidenceFile // that staff alone may read
	Clauses ContractClauses
}

// ContractEntry is one thing that was recorded of a contract.
type ContractEntry struct {
	Number    int64
	Event     lifecycle.Event
	State     lifecycle.ContractState // afterwards, as the filing
	Filing    lifecycle.ContractFiling
	Side      lifecycle.ContractSide
	MeetingID string // of the decision behind it
	Position  int64
	Day       int64 // on which it happened; 0 for that of the entry
	Until     int64
	Parties   string // who took part, by role
	Body      string
	At        int64
}

// Again tells whether the contract stands again, because the one that took its place was recorded by mistake.
func (e ContractEntry) Again() bool {
	return e.Event == lifecycle.EventWithdraw && e.State == lifecycle.ContractStanding
}

// ContractClauses are the rules of the place for a contract signed on its day; nil where they are silent.
type ContractClauses struct {
	Filing   *rules.Clause
	Renewal  *rules.Number
	Handover *rules.Clause
	Decline  *rules.Clause
}

// remindMonths is how long before the end of a contract the work lists begin to ask for a decision: a vote with its notice
// takes a quarter of a year, and the earliest time that a place sets is six months.
const remindMonths = 6

// Standing is what places the contract at a moment.
func (c Contract) Standing() stage.Contract {
	return stage.Contract{State: c.State, From: c.From, To: c.To, LastUntil: c.Until, RemindAt: remindAt(c.To)}
}

func remindAt(to int64) int64 {
	if to == 0 {
		return 0
	}
	return calendar.AddMonths(to, -remindMonths)
}

// FileBy is the last moment for the filing; 0 where the place sets no days, and for a contract from before, whose filing was
// on paper.
func (c Contract) FileBy() int64 {
	if c.Clauses.Filing == nil || c.MeetingID == "" {
		return 0
	}
	return calendar.Deadline(c.SignedAt, c.Clauses.Filing.Days)
}

// DecideBy is the last moment to decide what follows the contract: so many months before its end as the place sets, else
// its end; 0 for one without a term.
func (c Contract) DecideBy() int64 {
	if c.To == 0 || c.Clauses.Renewal == nil {
		return c.To
	}
	return calendar.EndOfDay(calendar.AddMonths(c.To, -c.Clauses.Renewal.Number), 0)
}

// HandOverBy is the last moment for the handing over; 0 where the place sets no days, or nothing ends.
func (c Contract) HandOverBy() int64 {
	last := c.Standing().Last()
	if c.Clauses.Handover == nil || last == 0 {
		return 0
	}
	return calendar.Deadline(last, c.Clauses.Handover.Days)
}

// Late tells whether a firm's notice that it wants no other term came later than the law has it.
func (c Contract) Late(e ContractEntry) bool {
	return e.Event == lifecycle.EventDecline && e.Side == lifecycle.FirmSide && c.Clauses.Decline != nil && calendar.NoticeDays(e.Day, c.To) < c.Clauses.Decline.Days
}

type contractRow struct {
	CommunityID string
	ID          string
	Number      int64
	Kind        lifecycle.ContractKind
	MeetingID   string
	Position    int64
	Firm        string
	Principal   string
	Area        voting.Area
	FeeMode     lifecycle.FeeMode
	Price       voting.Money
	Terms       string
	SignedAt    int64
	FromAt      int64
	ToAt        int64
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
	CreatedBy   string
}

func (contractRow) TableName() string { return "contract" }

type contractEntryRow struct {
	CommunityID string
	ContractID  string
	ID          string
	Number      int64
	Event       lifecycle.Event
	State       lifecycle.ContractState
	Filing      lifecycle.ContractFiling
	Side        lifecycle.ContractSide
	MeetingID   string
	Position    int64
	DayAt       int64
	UntilAt     int64
	Parties     string
	Body        string
	At          int64
	MadeBy      string
}

func (contractEntryRow) TableName() string { return "contract_entry" }

func (r contractRow) view() Contract {
	return Contract{ID: r.ID, CommunityID: r.CommunityID, Number: r.Number, Kind: r.Kind, MeetingID: r.MeetingID, Position: r.Position, Firm: r.Firm,
		Principal: r.Principal, Area: r.Area, FeeMode: r.FeeMode, Price: r.Price, Terms: r.Terms, SignedAt: r.SignedAt, From: r.FromAt, To: r.ToAt,
		CreatedAt: r.CreatedAt, State: lifecycle.ContractStanding, Filing: lifecycle.ContractUnfiled}
}

// add takes in the next entry.
func (c *Contract) add(r contractEntryRow) {
	c.State, c.Filing = r.State, r.Filing
	switch {
	case r.UntilAt != 0:
		c.Until = r.UntilAt
	case r.State == lifecycle.ContractStanding:
		c.Until = 0 // it stands again
	}
	c.Entries = append(c.Entries, ContractEntry{Number: r.Number, Event: r.Event, State: r.State, Filing: r.Filing, Side: r.Side, MeetingID: r.MeetingID,
		Position: r.Position, Day: r.DayAt, Until: r.UntilAt, Parties: r.Parties, Body: r.Body, At: r.At})
}

// publicContractEvents are the entries that everybody may read: papers that went to and fro, and what the street has to
// settle with the firm, are between offices.
var publicContractEvents = []lifecycle.Event{lifecycle.EventReceive, lifecycle.EventInspect, lifecycle.EventRenew, lifecycle.EventSupersede,
	lifecycle.EventDecline, lifecycle.EventDismiss, lifecycle.EventHandOver}

// Contracts are the contracts of a community, the newest first. Public leaves out those recorded by mistake, the proofs,
// and the entries between offices.
func (s *Store) Contracts(ctx context.Context, community Community, public bool) ([]Contract, error) {
	list, err := contractsOf(s.read(ctx), community.ID)
	if err != nil {
		return nil, err
	}
	if public {
		list = slices.DeleteFunc(list, func(c Contract) bool { return c.State == lifecycle.ContractWithdrawn })
	}
	revoked, err := s.revokedDecisions(ctx, community.ID, list)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if err := list[i].clauses(community.Place); err != nil {
			return nil, err
		}
		list[i].Revoked = revoked[decisionKey{list[i].MeetingID, list[i].Position}]
		if public {
			list[i].Entries = slices.DeleteFunc(list[i].Entries, func(e ContractEntry) bool {
				return !slices.Contains(publicContractEvents, e.Event) && !e.Again()
			})
		}
	}
	return list, s.addContractFiles(ctx, community.ID, list, public)
}

// contractsOf reads the contracts with their entries, the newest first.
func contractsOf(db *gorm.DB, communityID string) ([]Contract, error) {
	var rows []contractRow
	if err := db.Where("community_id = ?", communityID).Order("number DESC").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list contracts: %w", err)
	}
	var entries []contractEntryRow
	if err := db.Where("community_id = ?", communityID).Order("number").Find(&entries).Error; err != nil {
		return nil, fmt.Errorf("list what was recorded of contracts: %w", err)
	}
	list, at := make([]Contract, len(rows)), map[string]int{}
	for i, row := range rows {
		list[i], at[row.ID] = row.view(), i
	}
	for _, entry := range entries {
		list[at[entry.ContractID]].add(entry)
	}
	return list, nil
}

package models

import (
	"cmp"
	"context"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// DecisionOrder is what an authority did about a decision of a committee, or what was reported to it. Entries are public,
// and only ever added.
type DecisionOrder struct {
	ID         string
	Number     int64 // from 1, of the decision
	Kind       lifecycle.SupervisionKind
	Settles    int64 // number of the order that it answers; 0 for none
	Authority  lifecycle.Actor
	Name       string // of who made it
	Breached   string
	Basis      string
	Body       string
	LimitAt    int64 // last ms; of an order
	Court      string
	CaseNumber string
	JudgedOn   string
	At         int64 // Unix ms
}

type decisionOrderRow struct {
	CommunityID string
	ID          string
	DecisionID  string
	Number      int64
	Kind        lifecycle.SupervisionKind
	Settles     int64
	Authority   lifecycle.Actor
	Name        string
	Breached    string
	Basis       string
	Body        string
	LimitAt     int64
	Court       string
	CaseNumber  string
	JudgedOn    string
	At          int64
	MadeBy      string
}

func (decisionOrderRow) TableName() string { return "decision_order" }

func ordersOf(db *gorm.DB) (map[string][]DecisionOrder, error) {
	var rows []decisionOrderRow
	if err := db.Order("decision_id, number").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list orders about decisions: %w", err)
	}
	list := map[string][]DecisionOrder{}
	for _, r := range rows {
		list[r.DecisionID] = append(list[r.DecisionID], DecisionOrder{r.ID, r.Number, r.Kind, r.Settles, r.Authority, r.Name, r.Breached, r.Basis, r.Body, r.LimitAt,
			r.Court, r.CaseNumber, r.JudgedOn, r.At})
	}
	return list, nil
}

// OpenOrder is the order to correct that nothing has settled yet, nil without one; reported: the convener told what was done.
func (d Decision) OpenOrder() (open *DecisionOrder, reported bool) {
	for i, order := range d.Orders {
		switch order.Kind {
		case lifecycle.CorrectionOrdered:
			open, reported = &d.Orders[i], false
		case lifecycle.CorrectionReported:
			reported = true
		case lifecycle.Rectified, lifecycle.Revoked, lifecycle.CourtRevoked:
			open = nil
		}
	}
	return open, reported
}

// SuperviseDecision adds an entry about a committee's decision that passed; Matters are not read. The law is that of
// [Store.Supervise] (条例第19条第2款). Refusals: not_found, illegal_step, not_supervisor, required, bad_value (kind, limit,
// judged_on), limit_not_over, too_long, reason_names_person.
func (s *Store) SuperviseDecision(ctx context.Context, by Actor, communityID, id string, wanted WantedSupervision) error {
	event, known := supervisionEvents[wanted.Kind]
	if !known {
		return refuseField("bad_value", "kind")
	}
	community, err := s.Community(ctx, communityID)
	if err != nil {
		return err
	}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		var locked decisionRow
		if err := tx.Clauses(forUpdate).Where("community_id = ? AND id = ?", communityID, id).Take(&locked).Error; err != nil {
			return orNotFound(err)
		}
		list, err := sittings(tx, communityID)
		if err != nil {
			return err
		}
		decision := findDecision(list, id)
		if !decision.Passed {
			return refuse("illegal_step")
		}
		if _, illegal := lifecycle.Decisions.Next(decision.State(), event, lifecycle.Actor(by.Role)); illegal != nil {
			return asRefusal(illegal)
		}
		if err := maySuperviseDecision(community, wanted.Kind, by, now); err != nil {
			return err
		}
		name, err := sittingBody(tx, communityID, decision.SittingID)
		if err != nil {
			return err
		}
		row := decisionOrderRow{CommunityID: communityID, ID: newID(), DecisionID: id, Number: int64(len(decision.Orders)) + 1, Kind: wanted.Kind,
			Authority: lifecycle.Actor(by.Role), Name: supervisorName(community, Meeting{MeetingTerms: MeetingTerms{ConvenerName: cmp.Or(name, community.Name)}}, by), At: now, MadeBy: by.ID}
		if err := row.say(wanted, *decision); err != nil {
			return err
		}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("keep an order about a decision: %w", raced(err))
		}
		return record(tx, now, by, communityID, "decision_"+string(row.Kind), "decision", id, map[string]int64{"number": row.Number})
	})
}

// sittingBody is the name of the committee that held a meeting.
func sittingBody(tx *gorm.DB, communityID, id string) (name string, err error) {
	err = tx.Table("committee_sitting AS s").Joins("JOIN committee AS c ON c.community_id = s.community_id AND c.id = s.committee_id").
		Where("s.community_id = ? AND s.id = ?", communityID, id).Select("c.name").Scan(&name).Error
	if err != nil {
		return "", fmt.Errorf("name the committee of a meeting: %w", err)
	}
	return name, nil
}

func maySuperviseDecision(community Community, kind lifecycle.SupervisionKind, by Actor, now int64) error {
	if kind == lifecycle.CorrectionReported || kind == lifecycle.CourtRevoked {
		return nil
	}
	pack, err := rules.At(community.Place, now)
	if err != nil {
		return fmt.Errorf("find the rules of a place: %w", err)
	}
	if !pack.Procedure.Supervises(rules.Word(by.Role)) {
		return refuse("not_supervisor")
	}
	return nil
}

// say fills an entry with what it says and the order that it answers.
func (r *decisionOrderRow) say(wanted WantedSupervision, decision Decision) error {
	entry := supervisionRow{Kind: r.Kind, At: r.At}
	if err := entry.words(wanted); err != nil {
		return err
	}
	err := publicTexts(publicText{"breached", entry.Breached, 500, false}, publicText{"basis", entry.Basis, 500, false}, publicText{"body", entry.Body, 2000, false},
		publicText{"court", entry.Court, 100, false}, publicText{"case_number", entry.CaseNumber, 100, false})
	if err != nil {
		return err
	}
	order, reported := decision.OpenOrder()
	if order != nil && r.Kind != lifecycle.CourtRevoked {
		r.Settles = order.Number
	}
	if r.Kind == lifecycle.Revoked && order != nil && r.At <= order.LimitAt && !reported {
		return refuse("limit_not_over")
	}
	r.Breached, r.Basis, r.Body, r.LimitAt = entry.Breached, entry.Basis, entry.Body, entry.LimitAt
	r.Court, r.CaseNumber, r.JudgedOn = entry.Court, entry.CaseNumber, entry.JudgedOn
	return nil
}

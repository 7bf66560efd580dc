package models

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"

	"gongjue/voting/lifecycle"
	"gongjue/voting/stage"
)

// Service is under which contract a community was served; zero for none.
type Service struct {
	Stage stage.ContractStage
	Firm  string
	Ends  int64 // the last ms; 0 for a contract without a term, or one that goes on beyond it
}

// placedContract is a contract with the steps that were recorded of it.
type placedContract struct {
	community int // in the history
	firm      string
	stage.Contract
	steps []contractAt
}

type contractAt struct {
	at, until int64
	state     lifecycle.ContractState
}

// by is the contract as it was known at a moment.
func (c *placedContract) by(at int64) stage.Contract {
	known := c.Contract
	for _, step := range c.steps {
		if step.at > at {
			break
		}
		known.State, known.LastUntil = step.state, cmp.Or(step.until, known.LastUntil)
		if step.state == lifecycle.ContractStanding {
			known.LastUntil = 0 // it stands again
		}
	}
	return known
}

// services are the contracts under which the communities of a history were served at a moment (物业管理覆盖率), in its order.
// A contract counts from its first day, whenever it was entered: a community is served by its firm, not by our books. What
// became of it counts from when it was recorded, as every other figure. Of several the one that began last stands.
func (h *districtHistory) services(at int64) []Service {
	found := make([]Service, len(h.communities))
	for _, c := range h.contracts {
		if c.From > at {
			break
		}
		known := c.by(at)
		if where := known.At(at); where.Serving() {
			service := Service{Stage: where, Firm: c.firm, Ends: known.Last()}
			if where == stage.ContractIndefinite {
				service.Ends = 0
			}
			found[c.community] = service
		}
	}
	return found
}

// addContracts reads the contracts of a history up to a moment, by their first days.
func (s *Store) addContracts(ctx context.Context, h *districtHistory, at int64) error {
	known := map[string]*placedContract{}
	err := eachRow(s.read(ctx).Raw("SELECT id, community_id, firm, from_at, to_at FROM contract WHERE from_at <= ? AND community_id IN "+h.within+" ORDER BY from_at, number", at, h.id),
		func(rows *sql.Rows) error {
			var id, community string
			c := &placedContract{Contract: stage.Contract{State: lifecycle.ContractStanding}}
			err := rows.Scan(&id, &community, &c.firm, &c.From, &c.To)
			c.community, c.RemindAt = h.at[community], remindAt(c.To)
			known[id], h.contracts = c, append(h.contracts, c)
			return err
		})
	if err != nil {
		return fmt.Errorf("list the contracts of a district: %w", err)
	}
	err = eachRow(s.read(ctx).Raw("SELECT contract_id, state, until_at, at FROM contract_entry WHERE at <= ? AND community_id IN "+h.within+" ORDER BY number", at, h.id),
		func(rows *sql.Rows) error {
			var id string
			var step contractAt
			if err := rows.Scan(&id, &step.state, &step.until, &step.at); err != nil {
				return err
			}
			if c := known[id]; c != nil {
				c.steps = append(c.steps, step)
			}
			return nil
		})
	if err != nil {
		return fmt.Errorf("read what became of the contracts of a district: %w", err)
	}
	return nil
}

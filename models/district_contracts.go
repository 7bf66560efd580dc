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

// services are the contracts under which the communities of a district were served at a moment (物业管理覆盖率). A contract
// counts from its first day, whenever it was entered: a community is served by its firm, not by our books. What became of
// it counts from when it was recorded, as every other figure. Of several the one that began last stands.
func (s *Store) services(ctx context.Context, districtID string, at int64) (map[string]Service, error) {
	type placed struct {
		community, firm string
		stage.Contract
	}
	contracts, order := map[string]*placed{}, []*placed(nil)
	err := eachRow(s.read(ctx).Raw("SELECT id, community_id, firm, from_at, to_at FROM contract WHERE from_at <= ? AND community_id IN "+inDistrict+" ORDER BY from_at, number", at, districtID),
		func(rows *sql.Rows) error {
			var id string
			c := &placed{Contract: stage.Contract{State: lifecycle.ContractStanding}}
			err := rows.Scan(&id, &c.community, &c.firm, &c.From, &c.To)
			c.RemindAt = remindAt(c.To)
			contracts[id], order = c, append(order, c)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("list the contracts of a district: %w", err)
	}
	err = eachRow(s.read(ctx).Raw("SELECT contract_id, state, until_at FROM contract_entry WHERE at <= ? AND community_id IN "+inDistrict+" ORDER BY number", at, districtID),
		func(rows *sql.Rows) error {
			var id string
			var state lifecycle.ContractState
			var until int64
			if err := rows.Scan(&id, &state, &until); err != nil {
				return err
			}
			if c := contracts[id]; c != nil {
				c.State, c.LastUntil = state, cmp.Or(until, c.LastUntil)
				if state == lifecycle.ContractStanding {
					c.LastUntil = 0 // it stands again
				}
			}
			return nil
		})
	if err != nil {
		return nil, fmt.Errorf("read what became of the contracts of a district: %w", err)
	}
	found := map[string]Service{}
	for _, c := range order {
		if where := c.At(at); where.Serving() {
			service := Service{Stage: where, Firm: c.firm, Ends: c.Last()}
			if where == stage.ContractIndefinite {
				service.Ends = 0
			}
			found[c.community] = service
		}
	}
	return found, nil
}

package models

import (
	"errors"
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
	"gongjue/voting/stage"
)

// ContractWork is what waits to be done about a contract.
type ContractWork string

// The works: the first four are the convener's, the others the street's.
const (
	ContractToFile   ContractWork = "file"     // 合同备案
	ContractToDecide ContractWork = "decide"   // renew or look for another firm, before the end
	ContractToSettle ContractWork = "settle"   // the term is over, nothing was decided
	ContractToHand   ContractWork = "handover" // the firm is to hand over and leave
	ContractToTake   ContractWork = "receive"  // its filing
	ContractToPress  ContractWork = "press"    // the firm did not leave in time
)

// ContractWorks lists every work.
var ContractWorks = []ContractWork{ContractToFile, ContractToDecide, ContractToSettle, ContractToHand, ContractToTake, ContractToPress}

// Street tells whether the work is the street's.
func (w ContractWork) Street() bool { return w == ContractToTake || w == ContractToPress }

// ContractClock is one such work with its last moment; 0 where nothing sets one.
type ContractClock struct {
	Work ContractWork
	Firm string
	Due  int64
}

// Works are what waits of a contract at a moment.
func (c Contract) Works(at int64) (works []ContractClock) {
	add := func(work ContractWork, due int64) { works = append(works, ContractClock{work, c.Firm, due}) }
	where := c.Standing().At(at)
	if where == stage.ContractWithdrawn || where == stage.ContractOver {
		return nil
	}
	switch {
	case c.Filing == lifecycle.ContractSubmitted:
		add(ContractToTake, 0)
	case c.Filing == lifecycle.ContractReturned, c.Filing == lifecycle.ContractUnfiled && c.FileBy() != 0:
		add(ContractToFile, c.FileBy())
	}
	switch where {
	case stage.ContractExpiring:
		add(ContractToDecide, c.DecideBy())
	case stage.ContractIndefinite:
		add(ContractToSettle, 0)
	case stage.ContractHandover:
		add(ContractToHand, c.HandOverBy())
		if c.Entries[len(c.Entries)-1].Event == lifecycle.EventOverstay {
			add(ContractToPress, 0)
		}
	}
	return works
}

// addContracts adds what waits of the contracts of some communities.
func addContracts(query *gorm.DB, now int64, list []Overview, at map[string]int) error {
	query = query.Session(&gorm.Session{})
	var rows []contractRow
	if err := query.Order("number").Find(&rows).Error; err != nil {
		return fmt.Errorf("list contracts: %w", err)
	}
	if len(rows) == 0 {
		return nil
	}
	var entries []contractEntryRow
	if err := query.Order("number").Find(&entries).Error; err != nil {
		return fmt.Errorf("list what was recorded of contracts: %w", err)
	}
	contracts, places := make([]Contract, len(rows)), map[string]int{}
	for i, row := range rows {
		contracts[i], places[row.ID] = row.view(), i
	}
	for _, entry := range entries {
		contracts[places[entry.ContractID]].add(entry)
	}
	for i := range contracts {
		overview := &list[at[contracts[i].CommunityID]]
		if err := contracts[i].clauses(overview.Place); err != nil {
			return err
		}
		overview.Contracts = append(overview.Contracts, contracts[i].Works(now)...)
	}
	return nil
}

// clauses reads the rules of the place: those of the signing for the filing, and of the end for what follows it.
func (c *Contract) clauses(place string) error {
	last := c.Standing().Last()
	var failed error
	at := func(ms int64) rules.Procedure {
		pack, err := rules.At(place, ms)
		if err != nil && !errors.Is(err, rules.ErrNoPack) { // a contract may be older than any law that is known
			failed = fmt.Errorf("find the rules of a contract: %w", err)
		}
		return pack.Procedure
	}
	c.Clauses = ContractClauses{Filing: at(c.SignedAt).ContractFilingDays}
	if last != 0 {
		c.Clauses.Decline = at(last).FirmDeclineDays
		c.Clauses.Renewal, c.Clauses.Handover = at(remindAt(last)).FirmRenewalMonths, at(last).FirmHandoverDays
	}
	return failed
}

package stage

import "gongjue/voting/lifecycle"

// ContractStage is where a property service contract stands at a moment.
type ContractStage string

// The stages, in the order of a contract's life.
const (
	ContractAgreed     ContractStage = "agreed" // signed; its term has not begun
	ContractInForce    ContractStage = "in_force"
	ContractExpiring   ContractStage = "expiring"   // its term ends soon, and nobody has decided what follows
	ContractIndefinite ContractStage = "indefinite" // the term is over, nothing was decided, and the firm goes on (民法典第948条)
	ContractDeclined   ContractStage = "declined"   // until the end of its term, and not longer
	ContractLeaving    ContractStage = "leaving"    // dismissed, within the notice
	ContractHandover   ContractStage = "handover"   // over, and not handed over yet
	ContractOver       ContractStage = "over"
	ContractWithdrawn  ContractStage = "withdrawn" // recorded by mistake
)

// ContractStages lists every stage.
var ContractStages = []ContractStage{ContractAgreed, ContractInForce, ContractExpiring, ContractIndefinite, ContractDeclined, ContractLeaving,
	ContractHandover, ContractOver, ContractWithdrawn}

// Serving tells whether the community is served under the contract.
func (s ContractStage) Serving() bool {
	switch s {
	case ContractInForce, ContractExpiring, ContractIndefinite, ContractDeclined, ContractLeaving:
		return true
	}
	return false
}

// Contract is what places a contract. Instants are Unix ms.
type Contract struct {
	State     lifecycle.ContractState
	From      int64
	To        int64 // the last ms of its term; 0 for one without
	RemindAt  int64 // from then on its end is near; 0 for never
	LastUntil int64 // the last ms, where a step set one; 0 for the end of its term
}

// Last is the last moment that the contract binds; 0 where none is set.
func (c Contract) Last() int64 {
	if c.LastUntil != 0 {
		return c.LastUntil
	}
	return c.To
}

// At is where the contract stands at a moment, by the steps that had been recorded by then.
func (c Contract) At(at int64) ContractStage {
	over := c.Last() != 0 && at > c.Last()
	switch {
	case c.State == lifecycle.ContractWithdrawn:
		return ContractWithdrawn
	case c.State == lifecycle.ContractEnded, over && c.State == lifecycle.ContractRenewed:
		return ContractOver
	case over && c.State != lifecycle.ContractStanding:
		return ContractHandover
	case at < c.From:
		return ContractAgreed
	case over:
		return ContractIndefinite
	case c.State == lifecycle.ContractDeclined:
		return ContractDeclined
	case c.State == lifecycle.ContractLeaving:
		return ContractLeaving
	case c.State == lifecycle.ContractStanding && c.RemindAt != 0 && at >= c.RemindAt:
		return ContractExpiring
	}
	return ContractInForce
}

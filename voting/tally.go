package voting

import "fmt"

// Counts are the ballots of one matter, added up: everything that [Decide] needs to know of them. Refused,
// undeliverable and never-issued ballots are the rest of Total and stand nowhere (domain trap 8).
type Counts struct {
	Total           Weight            `json:"total"`            // everybody in the scope
	Voted           Weight            `json:"voted"`            // all valid ballots, abstentions and 从众 included
	Void            Weight            `json:"void"`             //
	SilentDelivered Weight            `json:"silent_delivered"` // delivered with proof, nothing came back
	Abstain         Weight            `json:"abstain"`          // zero for approval_each, where marks stand per option
	FollowMajority  Weight            `json:"follow_majority"`  // 从众
	Options         map[string]Weight `json:"options"`          // real votes: yes and no; the names; approval_each: the yes of each
	Against         map[string]Weight `json:"against"`          // approval_each: the no of each; nil otherwise
}

// Count adds up the ballots of one matter. The matter's scope rebuilds every figure: a voter without a unit
// inside weighs nothing, and their ballot and delivery are left aside. Each voter falls into the first class
// that fits: void; more names than allowed, void; blank, as announced; voted; no ballot but delivered, silent.
// It refuses with a *[Refusal]: duplicate or unknown_name (voters, ballots, delivered), what
// [Choice.Check] refuses except an over-vote, and bad_value when nobody is in the scope.
func Count(m Matter, p Policies, voters []Voter, ballots []Ballot, delivered []string) (Counts, error) {
	weights, c, err := weigh(m, voters)
	if err != nil {
		return Counts{}, err
	}
	c.Options, c.Against = emptyOptions(m), nil
	if m.Method == ApprovalEach {
		c.Against = emptyOptions(m)
	}
	answered := make(map[string]bool, len(ballots))
	for i, ballot := range ballots {
		weight, known := weights[ballot.Voter]
		switch {
		case !known:
			return Counts{}, refuse(CodeUnknownName, fmt.Sprintf("ballots[%d].voter", i))
		case answered[ballot.Voter]:
			return Counts{}, refuse(CodeDuplicate, fmt.Sprintf("ballots[%d].voter", i))
		}
		answered[ballot.Voter] = true
		if !ballot.Void {
			if err := ballot.Choice.readable(m, p); err != nil {
				return Counts{}, refuse(err.Code, fmt.Sprintf("ballots[%d].%s", i, err.Field))
			}
		}
		c.add(m, p, ballot, weight)
	}
	for i, voter := range delivered {
		weight, known := weights[voter]
		if !known {
			return Counts{}, refuse(CodeUnknownName, fmt.Sprintf("delivered[%d]", i))
		}
		if !answered[voter] {
			c.SilentDelivered = c.SilentDelivered.Plus(weight)
			answered[voter] = true
		}
	}
	return c, nil
}

// weigh gives every voter's weight inside the scope, and their sum.
func weigh(m Matter, voters []Voter) (map[string]Weight, Counts, error) {
	weights := make(map[string]Weight, len(voters))
	var c Counts
	for i, voter := range voters {
		if _, twice := weights[voter.ID]; twice {
			return nil, c, refuse(CodeDuplicate, fmt.Sprintf("voters[%d].id", i))
		}
		for j, unit := range voter.Units {
			if unit.Area < 0 || unit.Area > MaxArea {
				return nil, c, refuse(CodeBadValue, fmt.Sprintf("voters[%d].units[%d].area_cm2", i, j))
			}
		}
		weights[voter.ID] = voter.Within(m.Scope)
		c.Total = c.Total.Plus(weights[voter.ID])
		if c.Total.Heads > MaxNumber || c.Total.Area > MaxArea {
			return nil, c, refuse(CodeBadValue, "voters")
		}
	}
	if c.Total.Heads < 1 || c.Total.Area < 1 {
		return nil, c, refuse(CodeBadValue, "voters")
	}
	return weights, c, nil
}

func emptyOptions(m Matter) map[string]Weight {
	empty := make(map[string]Weight)
	for _, name := range m.OptionNames() {
		empty[name] = Weight{}
	}
	return empty
}

// OptionNames are the keys under which the matter's votes are counted: the options in the order of the
// ballot, or yes and no.
func (m Matter) OptionNames() []string {
	if m.Kind == Motion || m.Kind == Consult {
		return []string{OptionYes, OptionNo}
	}
	return m.Options
}

// add puts one readable ballot with its weight, which is nothing for a voter outside, into its class.
func (c *Counts) add(m Matter, p Policies, ballot Ballot, weight Weight) {
	choice := ballot.Choice
	names := choice.distinctNames()
	if ballot.isVoid(m, p) {
		c.Void = c.Void.Plus(weight)
		return
	}
	c.Voted = c.Voted.Plus(weight)
	switch {
	case m.Method == ApprovalEach:
		c.addEach(choice.Each, weight)
	case len(names) > 0:
		for _, name := range names {
			c.Options[name] = c.Options[name].Plus(weight)
		}
	case choice.Mark == FollowMajority:
		c.FollowMajority = c.FollowMajority.Plus(weight)
	case choice.Mark == Abstain || choice.Mark == "":
		c.Abstain = c.Abstain.Plus(weight)
	default:
		c.Options[string(choice.Mark)] = c.Options[string(choice.Mark)].Plus(weight)
	}
}

func (c *Counts) addEach(each map[string]Mark, weight Weight) {
	for name, mark := range each {
		switch mark {
		case Yes:
			c.Options[name] = c.Options[name].Plus(weight)
		case No:
			c.Against[name] = c.Against[name].Plus(weight)
		}
	}
}

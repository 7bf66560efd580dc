package voting

import "slices"

// leadHolds tells whether the ballots that joined a leader would still join the same one.
func leadHolds(p Policies, m Matter, c Counts, d Weight) bool {
	silence := p.SilenceIn(m.Kind)
	switch {
	case d == (Weight{}):
		return true
	case settle(p, m, c).open != "": // it would be undetermined as soon as enough take part
		return false
	}
	silent := c.SilentDelivered != Weight{}
	if m.Method == ApprovalEach {
		return silence != JoinMajority || !silent || eachLeadHolds(m, c, d)
	}
	lead, found := leader(m.OptionNames(), c.Options)
	holds := found && staysAhead(m, c, lead, d)
	if c.FollowMajority != (Weight{}) && !holds {
		return false
	}
	switch {
	case silence == JoinMajority && silent:
		return holds
	case silence == JoinMajorityIfOverHalfOfAll && silent:
		return capHolds(m, c, lead, found, holds, d)
	}
	return true
}

func eachLeadHolds(m Matter, c Counts, d Weight) bool {
	for _, name := range m.Options {
		yes, no := c.Options[name], c.Against[name]
		ahead, behind := yes, no
		if no.Heads > yes.Heads {
			ahead, behind = no, yes
		}
		if !aheadByMore(ahead, behind, d) {
			return false
		}
	}
	return true
}

func staysAhead(m Matter, c Counts, lead string, d Weight) bool {
	for _, other := range m.OptionNames() {
		if other != lead && !aheadByMore(c.Options[lead], c.Options[other], d) {
			return false
		}
	}
	// Alone on the ballot it leads while it has a vote left.
	left := c.Options[lead].Minus(d)
	return len(m.OptionNames()) > 1 || left.Heads > 0 || left.Area > 0
}

// aheadByMore: each disputed ballot may take one from the leader and give it to the other.
func aheadByMore(ahead, behind, d Weight) bool {
	left, gained := ahead.Minus(d), behind.Plus(d)
	return left.Heads > gained.Heads && left.Area > gained.Area
}

// capHolds: silent ballots stay inside, or stay outside, whatever becomes of the disputed ones.
func capHolds(m Matter, c Counts, lead string, found, holds bool, d Weight) bool {
	over := func(w Weight) bool {
		return OverHalf.Met(w.Heads, c.Total.Heads) && OverHalf.Met(int64(w.Area), int64(c.Total.Area))
	}
	if found && over(c.Options[lead]) {
		return holds && over(c.Options[lead].Minus(d))
	}
	return !slices.ContainsFunc(m.OptionNames(), func(name string) bool { return over(c.Options[name].Plus(d)) })
}

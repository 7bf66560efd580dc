package voting

// settled are the final votes of one reading, after 从众 and silent ballots found their place.
type settled struct {
	options, against map[string]Weight
	silentTakesPart  bool
	open             Reason // why the matter cannot be decided; empty when it can
}

// leader is the option that has the most real votes by heads and also by area, alone in both; without one
// the second answer is false. Who leads by one measure only leads nothing (domain trap 9).
func leader(names []string, votes map[string]Weight) (string, bool) {
	for _, name := range names {
		leads := votes[name] != Weight{}
		for _, other := range names {
			if other == name {
				continue
			}
			leads = leads && votes[name].Heads > votes[other].Heads && votes[name].Area > votes[other].Area
		}
		if leads {
			return name, true
		}
	}
	return "", false
}

// settle adds 从众 and silent ballots as announced. Real votes alone decide who leads.
func settle(p Policies, m Matter, c Counts) settled {
	silence := p.SilenceIn(m.Kind)
	s := settled{options: copied(c.Options), against: copied(c.Against), silentTakesPart: silence != NotParticipating}
	silent := c.SilentDelivered != Weight{}
	joins := silence == JoinMajority || silence == JoinMajorityIfOverHalfOfAll
	switch {
	case m.Kind == Election && m.Method == Pick:
		if silent && joins {
			s.open = SilenceUndefined // several names lead at once: nobody says which one silence meant
		}
	case m.Method == ApprovalEach:
		if silent && silence == JoinMajorityIfOverHalfOfAll {
			s.open = SilenceUndefined // it may hold for one option and not for the next, on the same ballot
		}
		if silent && silence == JoinMajority {
			s.joinEach(m, c)
		}
	default:
		s.joinOne(silence, m, c)
	}
	return s
}

// joinEach: every option's yes competes with its own no.
func (s *settled) joinEach(m Matter, c Counts) {
	for _, name := range m.Options {
		pair := map[string]Weight{OptionYes: c.Options[name], OptionNo: c.Against[name]}
		lead, found := leader([]string{OptionYes, OptionNo}, pair)
		switch {
		case !found:
			s.open = NoSingleLeader
		case lead == OptionYes:
			s.options[name] = s.options[name].Plus(c.SilentDelivered)
		default:
			s.against[name] = s.against[name].Plus(c.SilentDelivered)
		}
	}
}

// joinOne: the options of the matter compete with each other.
func (s *settled) joinOne(silence Silence, m Matter, c Counts) {
	lead, found := leader(m.OptionNames(), c.Options)
	joining := c.FollowMajority
	switch silence {
	case JoinMajority:
		joining = joining.Plus(c.SilentDelivered)
	case JoinMajorityIfOverHalfOfAll:
		s.silentTakesPart = found && OverHalf.Met(c.Options[lead].Heads, c.Total.Heads) &&
			OverHalf.Met(int64(c.Options[lead].Area), int64(c.Total.Area))
		if s.silentTakesPart {
			joining = joining.Plus(c.SilentDelivered)
		}
	}
	switch {
	case joining == Weight{}:
	case found:
		s.options[lead] = s.options[lead].Plus(joining)
	default:
		s.open = NoSingleLeader
	}
}

func copied(votes map[string]Weight) map[string]Weight {
	if votes == nil {
		return nil
	}
	out := make(map[string]Weight, len(votes))
	for name, weight := range votes {
		out[name] = weight
	}
	return out
}

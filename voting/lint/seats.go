package lint

import (
	"regexp"

	"gongjue/voting"
)

// checkCandidates compares candidates with seats, in every seat group.
func checkCandidates(_ Draft, m Matter) []Finding {
	if m.Rule.Kind != voting.Election {
		return nil
	}
	groups := m.Rule.SeatGroups
	if len(groups) == 0 {
		groups = []voting.SeatGroup{{Seats: m.Rule.Seats, Options: m.Rule.Options}}
	}
	var found []Finding
	for _, group := range groups {
		switch candidates := len(group.Options); {
		case candidates == 0:
			found = append(found, finding(NoCandidates, group.Name, group.Seats))
		case candidates < group.Seats:
			found = append(found, finding(FewCandidates, group.Name, candidates, group.Seats))
		case candidates == group.Seats:
			found = append(found, finding(EqualCandidates, group.Name, candidates))
		}
	}
	return found
}

// checkOpenSeats finds seats that an earlier meeting left open and this draft leaves out: nobody stood for them any
// more, and without a word they would stay empty.
func checkOpenSeats(d Draft) []Finding {
	seats := 0
	for _, matter := range d.Matters {
		if matter.Rule.Kind == voting.Election {
			seats += matter.Rule.Seats
		}
	}
	if seats >= d.OpenSeats {
		return nil
	}
	return []Finding{finding(SeatsLeftOut, d.OpenSeats, seats)}
}

// byElection are the words of a vote that fills vacancies; candidates are added, too, and alternates are no members.
var byElection = regexp.MustCompile(`补选|增补[^，。,;；\n候]{0,6}(委员|成员)|增选委员`)

// checkCommittee looks at what the committee will be once every seat is filled.
func checkCommittee(d Draft, m Matter) []Finding {
	if m.Rule.Kind != voting.Election {
		return nil
	}
	var found []Finding
	if word := byElection.FindString(m.words()); word != "" && m.Rule.Sitting == 0 {
		found = append(found, finding(SittingMissing, word))
	}
	size, smallest := m.Rule.Sitting+m.Rule.Seats, m.Rule.MinMembers
	if size%2 == 0 {
		found = append(found, finding(EvenCommittee, size))
	}
	if smallest == 0 {
		smallest = voting.DefaultMinMembers
		found = append(found, finding(MinMembersMissing, smallest))
	}
	if size < smallest {
		found = append(found, finding(SmallCommittee, size, smallest))
	}
	if d.Rules.AlternatesDen > 0 {
		if most := size * d.Rules.AlternatesNum / d.Rules.AlternatesDen; m.Rule.Alternates > most {
			found = append(found, finding(ManyAlternates, m.Rule.Alternates, most).under(d.Rules.AlternatesArticle))
		}
	}
	return found
}

// checkAnnounced asks for the parameters that decide between options that pass. They could matter only where more
// than one place, or more than one option, is there.
func checkAnnounced(d Draft, m Matter) []Finding {
	listed := m.Rule.Kind == voting.Election || m.Rule.Kind == voting.Selection
	if !listed || len(m.Rule.Options) < 2 {
		return nil
	}
	var found []Finding
	if !d.RankRule && d.Policies.Rank == "" {
		found = append(found, finding(RankMissing))
	}
	if !d.TieRule && m.Rule.TieWay == "" {
		found = append(found, finding(TieMissing))
	}
	if m.Rule.Kind == voting.Election && !d.ShortageRule && d.Policies.Shortfall == "" {
		found = append(found, finding(ShortfallMissing))
	}
	if m.Rule.Kind == voting.Selection && len(m.Rule.Options) > 2 && !d.Policies.RunOff {
		found = append(found, finding(RunOffMissing))
	}
	return found
}

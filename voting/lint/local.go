package lint

import "gongjue/voting"

const dayMS = int64(24 * 60 * 60 * 1000)

// checkPlace compares what is announced with what the law of the place has fixed: nobody may announce it away.
func checkPlace(d Draft) []Finding {
	var found []Finding
	if d.OpensAt != 0 && d.ClosesAt != 0 {
		window := d.ClosesAt - d.OpensAt
		switch least, most := d.Rules.VotingDaysMin, d.Rules.VotingDaysMax; {
		case least > 0 && window < int64(least)*dayMS:
			found = append(found, finding(WindowShort, least).under(d.Rules.VotingDaysArticle))
		case most > 0 && window > int64(most)*dayMS:
			found = append(found, finding(WindowLong, most).under(d.Rules.VotingDaysArticle))
		}
	}
	if d.Rules.ParkingExcluded && d.ParkingArea {
		found = append(found, finding(ParkingUnlawful).under(d.Rules.ParkingArticle))
	}
	return found
}

// checkLocalCommittee compares the committee with its size under the law of the place, and with when it stands there.
func checkLocalCommittee(d Draft, m Matter) []Finding {
	if m.Rule.Kind != voting.Election {
		return nil
	}
	var found []Finding
	local := d.Rules
	if size := m.Rule.Sitting + m.Rule.Seats; local.CommitteeMax > 0 && size > local.CommitteeMax {
		found = append(found, finding(LargeCommittee, size, local.CommitteeMax).under(local.CommitteeArticle))
	}
	if least := m.Rule.MinMembers; least > 0 && least < local.CommitteeMin {
		found = append(found, finding(MinMembersBelow, least, local.CommitteeMin).under(local.CommitteeArticle))
	}
	if local.OverHalfStands && d.Policies.Shortfall != voting.OverHalfStands {
		found = append(found, finding(ShortfallUnlawful).under(local.ShortfallArticle))
	}
	return found
}

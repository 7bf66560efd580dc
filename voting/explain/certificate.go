package explain

import (
	"gongjue/voting"
	"gongjue/voting/rules"
)

// Lapsed is what is said of a matter whose condition is not met: the votes stand and lead to nothing, so that no list may
// show them as a decision.
const Lapsed = "前提没有成立"

// Assembly names the owners' assembly of a community.
func Assembly(community string) string { return community + "业主大会" }

// CommitteeName names the committee that an election filled; empty where none was constituted. One that serves goes on,
// whatever came of a by-election.
func CommitteeName(community string, m voting.Matter, state voting.CommitteeState) string {
	if !m.ByElection() && state != voting.Constituted && state != voting.EvenNumber {
		return ""
	}
	return community + "业主委员会"
}

// Certified is what a certificate says of a matter: a street certifies no decision that came to nothing, and no committee
// of an even number without saying so.
func Certified(m voting.Matter, o voting.Outcome, effect voting.Effect) string {
	word := Verdict(m, o)
	if effect == voting.Lapsed {
		return word + "（" + Lapsed + "，不产生效力）"
	}
	even := (m.Sitting+len(o.Elected))%2 == 0
	if o.Committee == voting.EvenNumber || (o.Committee == voting.Constituted && even) {
		return word + "；" + Committee(m, o)
	}
	return word
}

// Authority is the name of the authority that decides on a filing, as papers and pages print it.
func Authority(word rules.Word, street, district string) string {
	if word == rules.DistrictAuthority && district != "" {
		return district + "物业主管部门"
	}
	return street
}

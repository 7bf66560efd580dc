package voting_test

import (
	"strconv"

	"pgregory.net/rapid"

	"gongjue/voting"
)

// meeting is a small random vote; few voters and small areas make ties and exact boundaries common.
type meeting struct {
	law       voting.Law
	policies  voting.Policies
	matter    voting.Matter
	voters    []voting.Voter
	ballots   []voting.Ballot
	delivered []string
}

func drawMeeting(t *rapid.T) meeting {
	m := meeting{law: rapid.SampledFrom([]voting.Law{civilCode, propertyLaw}).Draw(t, "law")}
	m.policies = voting.Policies{
		Silence:        rapid.SampledFrom(voting.Silences).Draw(t, "silence"),
		FirstMeeting:   rapid.IntRange(0, 9).Draw(t, "first") == 0,
		FollowMajority: rapid.Bool().Draw(t, "follow"),
		Blank:          rapid.SampledFrom(voting.Blanks).Draw(t, "blank"),
		Rank:           rapid.SampledFrom(voting.Ranks).Draw(t, "rank"),
		RunOff:         rapid.Bool().Draw(t, "run-off"),
		Shortfall:      rapid.SampledFrom(voting.Shortfalls).Draw(t, "shortfall"),
	}
	if rapid.Bool().Draw(t, "void announced") {
		m.policies.VoidParticipates = announced(rapid.Bool().Draw(t, "void inside"))
	}
	m.matter = drawMatter(t, m.law)
	for i := range rapid.IntRange(1, 14).Draw(t, "voters") {
		id := strconv.Itoa(i)
		m.voters = append(m.voters, drawVoter(t, id))
		switch rapid.IntRange(0, 7).Draw(t, "came back") {
		case 0:
			m.delivered = append(m.delivered, id)
		case 1:
			m.ballots = append(m.ballots, voting.Ballot{Voter: id, Void: true})
		case 2:
		default:
			m.ballots = append(m.ballots, voting.Ballot{Voter: id, Choice: drawChoice(t, m.matter, m.policies)})
		}
	}
	return m
}

func drawMatter(t *rapid.T, law voting.Law) voting.Matter {
	matter := voting.Matter{Kind: rapid.SampledFrom(voting.Kinds).Draw(t, "kind")}
	if rapid.Bool().Draw(t, "scoped") {
		matter.Scope = []string{"1"}
	}
	switch matter.Kind {
	case voting.Motion:
		matter.Item = rapid.IntRange(1, law.Items).Draw(t, "item")
	case voting.Consult:
		den := rapid.Int64Range(1, 4).Draw(t, "den")
		matter.Poll = &voting.Poll{
			Threshold:  voting.Threshold{Num: rapid.Int64Range(1, den).Draw(t, "num"), Den: den, Strict: rapid.Bool().Draw(t, "strict")},
			OfAll:      rapid.Bool().Draw(t, "of all"),
			Dimensions: rapid.SampledFrom([][]voting.Dimension{{"heads"}, {"area"}, {"area", "heads"}}).Draw(t, "dimensions"),
			About:      rapid.SampledFrom(append([]voting.Subject{""}, voting.Subjects...)).Draw(t, "about"),
		}
		if grades := rapid.IntRange(1, 4).Draw(t, "grades"); grades > 1 {
			matter.Method, matter.Options = voting.Pick, []string{"很好", "好", "一般", "差"}[:grades]
			matter.Poll.Favour = rapid.IntRange(1, grades-1).Draw(t, "favour")
		}
	default:
		matter.Method = rapid.SampledFrom(voting.Methods).Draw(t, "method")
		matter.Options = []string{"甲", "乙", "丙", "丁"}[:rapid.IntRange(1, 4).Draw(t, "options")]
		matter.Item = 4
		matter.TieWay = rapid.SampledFrom(voting.TieWays).Draw(t, "tie")
	}
	if matter.Kind == voting.Election {
		matter.Item = 3
		matter.Seats = rapid.IntRange(1, 3).Draw(t, "seats")
		matter.Alternates = rapid.IntRange(0, 2).Draw(t, "alternates")
		matter.Sitting = rapid.IntRange(0, 3).Draw(t, "sitting")
		matter.MinMembers = rapid.IntRange(1, 3).Draw(t, "smallest")
		if len(matter.Options) > 1 && matter.Seats > 1 && rapid.Bool().Draw(t, "grouped") {
			matter.SeatGroups = []voting.SeatGroup{
				{Name: "东", Seats: 1, Options: matter.Options[:1]},
				{Name: "西", Seats: matter.Seats - 1, Alternates: matter.Alternates, Options: matter.Options[1:]},
			}
			if rapid.IntRange(0, 3).Draw(t, "vacant") == 0 {
				matter.Seats++
				matter.SeatGroups = append(matter.SeatGroups, voting.SeatGroup{Name: "北", Seats: 1})
			}
		}
	}
	return matter
}

func drawVoter(t *rapid.T, id string) voting.Voter {
	voter := voting.Voter{ID: id}
	for range rapid.IntRange(1, 3).Draw(t, "units") {
		voter.Units = append(voter.Units, voting.Unit{
			Place: rapid.SampledFrom([]string{"1/1/101", "1/2/101", "11/1/101", "2/1/101"}).Draw(t, "place"),
			Area:  voting.Area(rapid.Int64Range(1, 4).Draw(t, "area")),
		})
	}
	return voter
}

func drawChoice(t *rapid.T, m voting.Matter, p voting.Policies) voting.Choice {
	marks := m.Marks(p)
	switch {
	case m.Method == voting.ApprovalEach:
		each := map[string]voting.Mark{}
		for _, name := range m.Options {
			each[name] = rapid.SampledFrom(marks).Draw(t, name)
		}
		return voting.Choice{Each: each}
	case m.Method == voting.Pick && rapid.IntRange(0, 4).Draw(t, "names") > 0:
		return voting.Choice{Names: rapid.SliceOfN(rapid.SampledFrom(m.Options), 0, 3).Draw(t, "picked")}
	}
	return voting.Choice{Mark: rapid.SampledFrom(append(marks, "")).Draw(t, "mark")}
}

package voting_test

import (
	"reflect"
	"slices"
	"strconv"
	"testing"

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
		}
	default:
		matter.Method = rapid.SampledFrom(voting.Methods).Draw(t, "method")
		matter.Options = []string{"甲", "乙", "丙", "丁"}[:rapid.IntRange(1, 4).Draw(t, "options")]
		matter.Item = 4
	}
	if matter.Kind == voting.Election {
		matter.Item = 3
		matter.Seats = rapid.IntRange(1, 3).Draw(t, "seats")
		matter.Alternates = rapid.IntRange(0, 2).Draw(t, "alternates")
		matter.Sitting = rapid.IntRange(0, 3).Draw(t, "sitting")
		matter.MinMembers = rapid.IntRange(1, 3).Draw(t, "smallest")
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

// run counts and decides; false when nobody is in the scope.
func (m meeting) run(t *rapid.T) (voting.Counts, voting.Outcome, bool) {
	counts, err := voting.Count(m.matter, m.policies, m.voters, m.ballots, m.delivered)
	if err != nil {
		var outside voting.Weight
		for _, voter := range m.voters {
			outside = outside.Plus(voter.Within(m.matter.Scope))
		}
		if outside != (voting.Weight{}) {
			t.Fatalf("counting: %v", err)
		}
		return counts, voting.Outcome{}, false
	}
	outcome, err := voting.Decide(m.law, m.policies, m.matter, counts)
	if err != nil {
		t.Fatalf("counts of the counter are refused: %v in %+v", err, counts)
	}
	return counts, outcome, true
}

func TestTheOrderOfBallotsChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMeeting(t)
		counts, outcome, some := m.run(t)
		m.ballots = rapid.Permutation(m.ballots).Draw(t, "ballots shuffled")
		m.voters = rapid.Permutation(m.voters).Draw(t, "voters shuffled")
		m.delivered = rapid.Permutation(m.delivered).Draw(t, "delivered shuffled")
		again, sameOutcome, _ := m.run(t)
		if some && (!reflect.DeepEqual(counts, again) || !reflect.DeepEqual(outcome, sameOutcome)) {
			t.Fatalf("%+v became %+v", outcome, sameOutcome)
		}
	})
}

func TestOneMoreYesNeverDefeatsAMotion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMeeting(t)
		m.matter = voting.Matter{Kind: voting.Motion, Item: rapid.IntRange(1, m.law.Items).Draw(t, "item")}
		m.ballots = nil
		for _, voter := range m.voters {
			choice := voting.Choice{Mark: voting.Yes}
			switch rapid.IntRange(0, 9).Draw(t, "votes") {
			case 0:
				continue
			case 1, 2:
				choice = drawChoice(t, m.matter, m.policies)
			}
			if !slices.Contains(m.delivered, voter.ID) {
				m.ballots = append(m.ballots, voting.Ballot{Voter: voter.ID, Choice: choice})
			}
		}
		_, before, some := m.run(t)
		if !some || before.Result != voting.Passed {
			t.Skip("nothing passed")
		}
		more := m.voters[rapid.IntRange(0, len(m.voters)-1).Draw(t, "who")].ID
		yes := voting.Ballot{Voter: more, Choice: voting.Choice{Mark: voting.Yes}}
		at := slices.IndexFunc(m.ballots, func(b voting.Ballot) bool { return b.Voter == more })
		if at >= 0 {
			m.ballots[at] = yes
		} else {
			m.ballots = append(m.ballots, yes)
		}
		if _, after, _ := m.run(t); after.Result != voting.Passed {
			t.Fatalf("a further yes made it %s: %+v, before %+v", after.Result, after, before)
		}
	})
}

func TestTotalsClose(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMeeting(t)
		counts, outcome, some := m.run(t)
		if !some {
			t.Skip("nobody in the scope")
		}
		var total, cast voting.Weight
		for _, voter := range m.voters {
			total = total.Plus(voter.Within(m.matter.Scope))
			if slices.ContainsFunc(m.ballots, func(b voting.Ballot) bool { return b.Voter == voter.ID }) {
				cast = cast.Plus(voter.Within(m.matter.Scope))
			}
		}
		if counts.Total != total || counts.Voted.Plus(counts.Void) != cast {
			t.Fatalf("total %v, cast %v in %+v", total, cast, counts)
		}
		closes(t, m, outcome)
		for _, variant := range outcome.Variants {
			closes(t, m, variant)
		}
		for _, step := range outcome.Steps {
			if step.Met != (step.Margin >= 0) || step.Met != step.Threshold.Met(step.Part, step.Whole) {
				t.Fatalf("a step contradicts itself: %+v", step)
			}
		}
	})
}

// closes: participants are whole classes, votes never exceed them, and every candidate stands in one list.
func closes(t *rapid.T, m meeting, o voting.Outcome) {
	c := o.Counted
	possible := []voting.Weight{
		c.Voted, c.Voted.Plus(c.Void), c.Voted.Plus(c.SilentDelivered), c.Voted.Plus(c.Void).Plus(c.SilentDelivered),
	}
	if !slices.Contains(possible, c.Participants) {
		t.Fatalf("participants are no sum of classes: %+v", c)
	}
	for name, votes := range c.Options {
		both := votes.Plus(c.Against[name])
		if both.Heads > c.Participants.Heads || both.Area > c.Participants.Area {
			t.Fatalf("%s has more than the participants: %+v", name, c)
		}
	}
	if o.Result == voting.NotFormed || o.Result == voting.Undetermined {
		if len(o.Elected)+len(o.NotElected)+len(o.NotSelected)+len(o.RunOff) > 0 || o.Selected != "" {
			t.Fatalf("nothing was decided, yet: %+v", o)
		}
		return
	}
	listed := len(o.Elected) + len(o.Alternates) + len(o.AlternatesTied) + len(o.TiePending) + len(o.NotElected)
	if m.matter.Kind == voting.Election && (listed != len(m.matter.Options) || len(o.Elected)+o.OpenSeats != m.matter.Seats) {
		t.Fatalf("%d candidates stand in %d places: %+v", len(m.matter.Options), listed, o)
	}
	if m.matter.Kind == voting.Selection && o.Result == voting.Passed && len(o.NotSelected) != len(m.matter.Options)-1 {
		t.Fatalf("one is selected, all others have a code: %+v", o)
	}
}

func TestMeasuringInSmallerSquaresChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMeeting(t)
		_, before, some := m.run(t)
		if !some {
			t.Skip("nobody in the scope")
		}
		factor := voting.Area(rapid.Int64Range(2, 1_000_000_000).Draw(t, "factor"))
		for i, voter := range m.voters {
			voter.Units = slices.Clone(voter.Units)
			for j := range voter.Units {
				voter.Units[j].Area *= factor
			}
			m.voters[i] = voter
		}
		_, after, _ := m.run(t)
		before.Counted, before.Steps, before.Variants = voting.Counted{}, nil, nil
		after.Counted, after.Steps, after.Variants = voting.Counted{}, nil, nil
		if !reflect.DeepEqual(before, after) {
			t.Fatalf("times %d: %+v became %+v", factor, before, after)
		}
	})
}

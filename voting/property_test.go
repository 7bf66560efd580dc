package voting_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gongjue/voting"
)

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

func TestWhatIsStoredComesBackEqual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMeeting(t)
		counts, outcome, some := m.run(t)
		if !some {
			t.Skip("nobody in the scope")
		}
		storedEqual(t, m.law)
		storedEqual(t, m.policies)
		storedEqual(t, m.matter)
		storedEqual(t, counts)
		storedEqual(t, outcome)
	})
}

func storedEqual[T any](t *rapid.T, value T) {
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	var back T
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(value, back) {
		t.Fatalf("%+v came back as %+v from %s", value, back, text)
	}
}

// After the lot nothing is tied, nobody lost a seat, nobody who fell short won one, and the order of the ballot
// changed nothing.
func TestALotOnlyResolvesTies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, counts := drawTie(t)
		before, err := voting.Decide(m.law, m.policies, m.matter, counts)
		if err != nil {
			t.Fatal(err)
		}
		after, err := voting.ResolveTie(m.law, m.policies, m.matter, before, "种子", "事项")
		if before.TieWay != voting.TieByLot {
			if err == nil {
				t.Fatalf("a lot without a tie: %+v", before)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if len(after.TiePending)+len(after.AlternatesTied) > 0 || after.TieWay != "" || len(after.Lots) == 0 {
			t.Fatalf("still tied: %+v", after)
		}
		for _, name := range before.Elected {
			if !slices.Contains(after.Elected, name) {
				t.Fatalf("%s lost a seat: %+v", name, after)
			}
		}
		for _, name := range append(slices.Clone(after.Elected), after.Alternates...) {
			if short := before.NotElected[name]; short != "" && short != voting.Outranked {
				t.Fatalf("%s had no majority: %+v", name, after)
			}
		}
		closes(t, m, after)
		storedEqual(t, after)
		slices.Reverse(m.matter.Options)
		for i := range m.matter.SeatGroups {
			slices.Reverse(m.matter.SeatGroups[i].Options)
		}
		turned, err := voting.Decide(m.law, m.policies, m.matter, counts)
		if err != nil {
			t.Fatal(err)
		}
		again, err := voting.ResolveTie(m.law, m.policies, m.matter, turned, "种子", "事项")
		if err != nil || again.Selected != after.Selected || again.Result != after.Result {
			t.Fatalf("%+v became %+v, %v", after, again, err)
		}
		slices.Sort(after.Elected)
		slices.Sort(again.Elected)
		if !slices.Equal(after.Elected, again.Elected) {
			t.Fatalf("the order of the ballot decided: %v, %v", after.Elected, again.Elected)
		}
	})
}

// drawTie is an election or a selection in which most options have the same votes.
func drawTie(t *rapid.T) (meeting, voting.Counts) {
	m := meeting{law: civilCode, policies: voting.Policies{Rank: rapid.SampledFrom(voting.Ranks).Draw(t, "rank")}}
	options := []string{"甲", "乙", "丙", "丁", "戊"}[:rapid.IntRange(2, 5).Draw(t, "options")]
	m.matter = voting.Matter{Kind: voting.Selection, Item: 4, Method: voting.ApprovalEach, Options: slices.Clone(options), TieWay: voting.TieByLot}
	if rapid.IntRange(0, 3).Draw(t, "election") > 0 {
		m.matter.Kind, m.matter.Item, m.matter.MinMembers = voting.Election, 3, 1
		m.matter.Seats, m.matter.Alternates = rapid.IntRange(1, 3).Draw(t, "seats"), rapid.IntRange(0, 2).Draw(t, "alternates")
		if m.matter.Seats > 1 && rapid.Bool().Draw(t, "grouped") {
			m.matter.SeatGroups = []voting.SeatGroup{
				{Name: "东", Seats: 1, Options: slices.Clone(options[:1])},
				{Name: "西", Seats: m.matter.Seats - 1, Alternates: m.matter.Alternates, Options: slices.Clone(options[1:])},
			}
		}
	}
	votes := make([]voting.Weight, len(options))
	for i := range votes {
		votes[i] = rapid.SampledFrom([]voting.Weight{w(60, 600_000), w(60, 600_000), w(70, 700_000), w(40, 400_000)}).Draw(t, "votes")
	}
	return m, tally(options, votes...)
}

// Whatever is due again can be asked again: the run-off is a complete matter of its own.
func TestEveryRunOffIsAMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMeeting(t)
		_, outcome, some := m.run(t)
		if !some || outcome.Result != voting.RunOffDue {
			t.Skip("no further vote is due")
		}
		next, err := voting.RunOffMatter(m.matter, outcome)
		if outcome.TieWay == voting.TieByLot {
			if err == nil {
				t.Fatal("a vote and a lot for one tie")
			}
			return
		}
		if err != nil {
			if len(m.matter.Options) > len(outcome.Elected) && len(m.matter.SeatGroups) == 0 {
				t.Fatalf("%v for %+v", err, outcome)
			}
			return
		}
		if err := next.Validate(m.law); err != nil {
			t.Fatalf("%v: %+v after %+v", err, next, outcome)
		}
		if next.Sitting+next.Seats != m.matter.Sitting+m.matter.Seats {
			t.Fatalf("the committee has another size: %+v after %+v", next, m.matter)
		}
	})
}

func TestReadingsAgreeWhenNobodyIsSilent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMeeting(t)
		m.delivered = nil
		_, outcome, some := m.run(t)
		quiet := m
		quiet.policies.Silence = voting.NotParticipating
		_, without, _ := quiet.run(t)
		if _, other := outcome.Variants[voting.WithoutSilence]; some && (other || !reflect.DeepEqual(outcome, without)) {
			t.Fatalf("%+v, without silence %+v", outcome, without)
		}
	})
}

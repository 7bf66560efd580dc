package voting_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gongjue/voting"
)

// What stands, stands: whatever a few contested ballots turn into, the decision is the same, and every result that
// comes out was one of those that could.
func TestWhatStandsStandsWhateverTheBallotsTurnInto(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMeeting(t)
		counts, before, some := m.run(t)
		if !some || before.Result == voting.Undetermined {
			t.Skip("nothing was decided")
		}
		var contested voting.Disputed
		after := m
		after.ballots = slices.Clone(m.ballots)
		marks := m.policies
		marks.FollowMajority = false
		for range rapid.IntRange(1, 3).Draw(t, "contested") {
			voter := m.voters[rapid.IntRange(0, len(m.voters)-1).Draw(t, "whose")]
			contested.Ballots++
			contested.Weight = contested.Weight.Plus(voter.Within(m.matter.Scope))
			after.ballots = slices.DeleteFunc(after.ballots, func(b voting.Ballot) bool { return b.Voter == voter.ID })
			after.delivered = slices.DeleteFunc(slices.Clone(after.delivered), func(id string) bool { return id == voter.ID })
			switch rapid.IntRange(0, 3).Draw(t, "becomes") {
			case 0: // struck out
			case 1:
				after.ballots = append(after.ballots, voting.Ballot{Voter: voter.ID, Void: true})
			default:
				after.ballots = append(after.ballots, voting.Ballot{Voter: voter.ID, Choice: drawChoice(t, m.matter, marks)})
			}
		}
		contested.Weight.Heads = min(contested.Weight.Heads, counts.Total.Heads)
		contested.Weight.Area = min(contested.Weight.Area, counts.Total.Area)
		r, err := voting.Robust(m.law, m.policies, m.matter, counts, contested)
		if err != nil {
			t.Fatal(err)
		}
		_, now, _ := after.run(t)
		if !slices.Contains(r.Could, now.Result) {
			t.Fatalf("%s came out of %+v", now.Result, r)
		}
		slices.Sort(before.Elected)
		slices.Sort(now.Elected)
		slices.Sort(before.RunOff)
		slices.Sort(now.RunOff)
		same := now.Result == before.Result && now.Selected == before.Selected && slices.Equal(now.Elected, before.Elected) && slices.Equal(now.RunOff, before.RunOff)
		if r.Stands && !same {
			t.Fatalf("%+v was to stand, and became %+v", before, now)
		}
	})
}

// What could change by the known ballots could change by a bound over all.
func TestABoundIsNeverBolderThanTheBallots(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMeeting(t)
		counts, _, some := m.run(t)
		if !some {
			t.Skip("nobody in the scope")
		}
		var inside []voting.Voter
		for _, voter := range m.voters {
			if voter.Entitled(m.matter.Scope) {
				inside = append(inside, voter)
			}
		}
		n := rapid.IntRange(0, len(inside)).Draw(t, "disputed")
		var weights []voting.Weight
		for _, voter := range inside[:n] {
			weights = append(weights, voter.Within(m.matter.Scope))
		}
		known, err := voting.Robust(m.law, m.policies, m.matter, counts, voting.DisputedOf(weights))
		if err != nil {
			t.Fatal(err)
		}
		bounded, err := voting.Robust(m.law, m.policies, m.matter, counts, voting.DisputedAmong(m.matter, m.voters, int64(n)))
		if err != nil {
			t.Fatal(err)
		}
		if bounded.Stands && !known.Stands {
			t.Fatalf("%+v is bolder than %+v", bounded, known)
		}
	})
}

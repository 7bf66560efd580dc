package verify_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"gongjue/voting"
	"gongjue/voting/bundle"
	"gongjue/voting/calendar"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
	"gongjue/voting/verify"
)

// large is a meeting of that many voters who all vote on five matters.
func large(t failer, voters int, tier bundle.Tier) *town {
	inside := true
	w := &town{opens: calendar.Date(2026, 5, 1), tier: tier, sheets: map[string]voting.Handling{}, policies: voting.Policies{VoidParticipates: &inside}}
	w.pack = packAt(t, w.opens)
	w.matters = []voting.Matter{
		{Kind: voting.Motion, Item: 1}, {Kind: voting.Motion, Item: 5}, {Kind: voting.Motion, Item: 8, Scope: []string{"1"}},
		{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"甲", "乙", "丙", "丁", "戊", "己", "庚"}, Seats: 5, Alternates: 1},
		{Kind: voting.Selection, Item: 4, Method: voting.Pick, Options: []string{"样例一公司", "样例二公司", "样例三公司"}},
	}
	drawn := rand.New(rand.NewPCG(1, 2))
	marks := []voting.Mark{voting.Yes, voting.Yes, voting.No, voting.Abstain}
	for i := range voters {
		voter := fmt.Sprintf("01890000-0000-7000-8000-%012d", i)
		w.homes = append(w.homes, home{voter: voter, place: fmt.Sprintf("%d/1/%d", 1+i%40, i), area: voting.Area(600_000 + drawn.IntN(800_000)), countsArea: true, countsHeads: true})
		b := ballot{voter: voter, channel: lifecycle.Online, answers: map[string]ledger.PaperMark{}}
		for m, matter := range w.matters {
			choice := voting.Choice{Mark: marks[drawn.IntN(len(marks))]}
			switch {
			case matter.Scope != nil && i%40 != 0:
				continue
			case matter.Method == voting.ApprovalEach:
				choice = voting.Choice{Each: map[string]voting.Mark{}}
				for _, name := range matter.Options {
					choice.Each[name] = marks[drawn.IntN(len(marks))]
				}
			case matter.Method == voting.Pick:
				choice = voting.Choice{Names: []string{matter.Options[drawn.IntN(len(matter.Options))]}}
			}
			b.answers[w.matterID(m)] = ledger.PaperMark{Choice: choice}
		}
		w.ballots = append(w.ballots, b)
	}
	return w
}

// BenchmarkVerify reads, checks and counts again a record of 100,000 ballots on five matters.
func BenchmarkVerify(b *testing.B) {
	for _, tier := range bundle.Tiers {
		b.Run(string(tier), func(b *testing.B) {
			packed := pack(b, large(b, 100_000, tier).bundle(b))
			b.SetBytes(int64(len(packed)))
			b.ResetTimer()
			for b.Loop() {
				r, err := verify.Verify(packed, verify.Options{})
				if err != nil || r.Exit() != verify.ExitOK {
					b.Fatal(err, failures(r))
				}
			}
		})
	}
}

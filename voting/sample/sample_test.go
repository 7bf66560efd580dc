package sample_test

import (
	"crypto/sha256"
	"fmt"
	"math/bits"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gongjue/voting"
	"gongjue/voting/sample"
)

// civilCode is the majority law in force from 2021-01-01 (民法典第278条).
var civilCode = voting.Law{ID: "civil-code", Participation: voting.Test{Threshold: voting.Threshold{Num: 2, Den: 3}, OfTotal: true, Article: "278"},
	Ordinary: voting.Test{Threshold: voting.Threshold{Num: 1, Den: 2, Strict: true}, Article: "278"},
	Special:  voting.Test{Threshold: voting.Threshold{Num: 3, Den: 4}, Article: "278"}, Items: 9, SpecialItems: []int{6, 7, 8}, ElectionItem: 3}

var usual = sample.Certainties[0]

// motion is an ordinary matter of a community whose voters have these areas, in m²; the first so many say yes, the next
// no, the rest do not vote.
type motion struct {
	areas    []int64
	yes, no  int
	voters   []voting.Voter
	ballots  []voting.Ballot
	policies voting.Policies
}

func newMotion(areas []int64, yes, no int) *motion {
	inside := true
	m := &motion{areas: areas, yes: yes, no: no, policies: voting.Policies{VoidParticipates: &inside}}
	for i, area := range areas {
		m.voters = append(m.voters, voting.Voter{ID: fmt.Sprint(i), Units: []voting.Unit{{Place: fmt.Sprintf("1/1/%d", i), Area: voting.Area(area * 10_000)}}})
	}
	for i := range yes + no {
		mark := voting.Yes
		if i >= yes {
			mark = voting.No
		}
		m.ballots = append(m.ballots, voting.Ballot{Voter: fmt.Sprint(i), Choice: voting.Choice{Mark: mark}})
	}
	return m
}

var ordinary = voting.Matter{Kind: voting.Motion, Item: 1}

func (m *motion) decide(t interface{ Fatal(...any) }, ballots []voting.Ballot) (voting.Counts, voting.Outcome) {
	counts, err := voting.Count(ordinary, m.policies, m.voters, ballots, nil)
	if err != nil {
		t.Fatal(err)
	}
	outcome, err := voting.Decide(civilCode, m.policies, ordinary, counts)
	if err != nil {
		t.Fatal(err)
	}
	return counts, outcome
}

// sampled is the motion as a sample sees it: ballot i has the number i + 1.
func (m *motion) sampled(t interface{ Fatal(...any) }) ([]sample.Decision, []sample.Ballot) {
	counts, _ := m.decide(t, m.ballots)
	var ballots []sample.Ballot
	for i := range m.ballots {
		weight := m.voters[i].Within(nil)
		ballots = append(ballots, sample.Ballot{Number: int64(i + 1), Area: weight.Area, Within: []voting.Weight{weight}})
	}
	return []sample.Decision{{Law: civilCode, Policies: m.policies, Matter: ordinary, Counts: counts}}, ballots
}

func alike(n int) []int64 { return slices.Repeat([]int64{100}, n) }

func TestAPlanAsksAsFewAsTheMarginAllows(t *testing.T) {
	tall := append([]int64{60_000}, alike(999)...) // without the first, less than two thirds of the area take part
	for name, c := range map[string]struct {
		areas          []int64
		yes, no        int
		wrong          int64
		certain, drawn int64
	}{
		// 1000 of 1000 take part; 510 yes fall to 500 with ten wrong ones: 1 − C(990, n) ÷ C(1000, n) reaches 19/20 at 258.
		"ten wrong ones in a thousand":      {alike(1000), 510, 490, 10, 0, 258},
		"twenty":                            {alike(1000), 520, 480, 20, 0, 138},
		"fifty":                             {alike(1000), 550, 450, 50, 0, 57},
		"a clear result asks one in twenty": {alike(1000), 1000, 0, 334, 0, 50},
		"one wrong one asks nearly all":     {alike(100), 51, 49, 1, 0, 95},
		"who holds much is asked always":    {tall, 1000, 0, 1, 1, 50},
	} {
		m := newMotion(c.areas, c.yes, c.no)
		decisions, ballots := m.sampled(t)
		plan, err := sample.New(decisions, ballots, usual)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if plan.Certain != c.certain || plan.Drawn != c.drawn || plan.Ballots != int64(len(ballots)) {
			t.Errorf("%s: %+v, want %d and %d", name, plan, c.certain, c.drawn)
		}
		if c.certain == 0 && plan.Wrong[0] != c.wrong {
			t.Errorf("%s: %d wrong ones could change it, want %d", name, plan.Wrong[0], c.wrong)
		}
	}
}

// lots counts the lots of drawn out of others, of which the first wrong are wrong, with at most shown wrong ones.
func lots(others, drawn, wrong, shown int) (few, all int64) {
	for set := range uint(1) << others {
		if bits.OnesCount(set) != drawn {
			continue
		}
		all++
		if bits.OnesCount(set&(1<<wrong-1)) <= shown {
			few++
		}
	}
	return few, all
}

// Every lot of a small community is tried: what the plan promises, and what the finding excludes, is what they show.
func TestCertaintyIsThatOfAllLots(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(4, 14).Draw(t, "ballots")
		yes := rapid.IntRange(n/2+1, n).Draw(t, "yes")
		certainty := rapid.SampledFrom(sample.Certainties).Draw(t, "certainty")
		m := newMotion(alike(n), yes, n-yes)
		decisions, ballots := m.sampled(t)
		plan, err := sample.New(decisions, ballots, certainty)
		if err != nil {
			t.Fatal(err)
		}
		others := n - int(plan.Certain)
		if wrong := int(plan.Wrong[0]); wrong > 0 && wrong <= others {
			few, all := lots(others, int(plan.Drawn), wrong, 0)
			if few*certainty.Den > all*(certainty.Den-certainty.Num) {
				t.Fatalf("%d of %d lots show none of %d wrong ones: %+v", few, all, wrong, plan)
			}
		}
		answers, shown := map[int64]sample.Answer{}, 0
		certain, drawn := sample.Selected(plan, ballots, "seed")
		for _, number := range append(certain, drawn...) {
			answers[number] = rapid.SampledFrom(sample.Answers).Draw(t, "answer")
		}
		for _, number := range drawn {
			if answers[number] != sample.Confirmed {
				shown++
			}
		}
		found, err := sample.Judge(decisions, ballots, plan, "seed", answers)
		if err != nil {
			t.Fatal(err)
		}
		if plan.Drawn == 0 {
			return
		}
		few, all := lots(others, int(plan.Drawn), int(found.AtMost), shown)
		if few*certainty.Den < all*(certainty.Den-certainty.Num) {
			t.Fatalf("%d wrong ones would have shown no more than %d in %d of %d lots only", found.AtMost, shown, few, all)
		}
		if more := int(found.AtMost) + 1; more <= others-(int(plan.Drawn)-shown) {
			if few, all = lots(others, int(plan.Drawn), more, shown); few*certainty.Den >= all*(certainty.Den-certainty.Num) {
				t.Fatalf("%d wrong ones are not excluded: %d of %d lots", more, few, all)
			}
		}
	})
}

// Fewer wrong ballots than the plan names change nothing, whichever they are and whatever they turn into.
func TestFewerWrongOnesChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		areas := rapid.SliceOfN(rapid.Int64Range(30, 300), 6, 30).Draw(t, "areas")
		cast := rapid.IntRange(len(areas)*2/3, len(areas)).Draw(t, "cast")
		yes := rapid.IntRange(0, cast).Draw(t, "yes")
		m := newMotion(areas, yes, cast-yes)
		decisions, ballots := m.sampled(t)
		_, before := m.decide(t, m.ballots)
		plan, err := sample.New(decisions, ballots, usual)
		if err != nil {
			t.Fatal(err)
		}
		certain := sample.Largest(ballots, plan.Certain)
		others := slices.DeleteFunc(slices.Clone(ballots), func(b sample.Ballot) bool { return slices.Contains(certain, b.Number) })
		most := len(others)
		if plan.Wrong[0] > 0 {
			most = int(plan.Wrong[0]) - 1
		}
		after := slices.Clone(m.ballots)
		for _, wrong := range rapid.Permutation(others).Draw(t, "which")[:rapid.IntRange(0, most).Draw(t, "wrong")] {
			after[wrong.Number-1].Choice.Mark = rapid.SampledFrom([]voting.Mark{voting.Yes, voting.No, voting.Abstain}).Draw(t, "becomes")
			after[wrong.Number-1].Void = rapid.Bool().Draw(t, "void")
		}
		if _, now := m.decide(t, after); now.Result != before.Result {
			t.Fatalf("%s became %s with fewer than %d wrong ones", before.Result, now.Result, plan.Wrong[0])
		}
	})
}

func TestAFindingTakesWhomNobodyReachedForWrong(t *testing.T) {
	m := newMotion(alike(1000), 550, 450)
	decisions, ballots := m.sampled(t)
	plan, err := sample.New(decisions, ballots, usual)
	if err != nil {
		t.Fatal(err)
	}
	_, drawn := sample.Selected(plan, ballots, "seed")
	for name, c := range map[string]struct {
		denied, unreached int
		stands, ifRight   bool
	}{
		"all confirm":         {0, 0, true, true},
		"one is not theirs":   {1, 0, false, false},
		"one is not reached":  {0, 1, false, true},
		"one of each is open": {1, 1, false, false},
	} {
		answers := map[int64]sample.Answer{}
		for i, number := range drawn {
			switch {
			case i < c.denied:
				answers[number] = sample.Denied
			case i < c.denied+c.unreached:
				answers[number] = sample.Unreached
			default:
				answers[number] = sample.Confirmed
			}
		}
		found, err := sample.Judge(decisions, ballots, plan, "seed", answers)
		if err != nil {
			t.Fatal(err)
		}
		if found.Stands[0] != c.stands || found.IfRight[0] != c.ifRight || found.Denied != int64(c.denied) || found.Open != int64(c.unreached) ||
			found.Confirmed != int64(len(drawn)-c.denied-c.unreached) {
			t.Errorf("%s: %+v", name, found)
		}
	}
	if found, err := sample.Judge(decisions, ballots, plan, "seed", nil); err != nil || found.Open != plan.Asked() || found.Stands[0] {
		t.Errorf("before anybody is asked: %+v, %v", found, err)
	}
}

func TestALargeBallotThatIsDeniedWeighsWhatItWeighs(t *testing.T) {
	m := newMotion(append([]int64{60_000}, alike(999)...), 1000, 0)
	decisions, ballots := m.sampled(t)
	plan, err := sample.New(decisions, ballots, usual)
	if err != nil {
		t.Fatal(err)
	}
	certain, drawn := sample.Selected(plan, ballots, "seed")
	if len(certain) != 1 || certain[0] != 1 {
		t.Fatalf("asked without a lot: %v", certain)
	}
	answers := map[int64]sample.Answer{1: sample.Denied}
	for _, number := range drawn {
		answers[number] = sample.Confirmed
	}
	found, err := sample.Judge(decisions, ballots, plan, "seed", answers)
	if err != nil || found.Stands[0] { // without it less than two thirds of the area take part
		t.Errorf("%+v, %v", found, err)
	}
}

func TestALotCanBeDrawnAgainWithAnyProgram(t *testing.T) {
	if got := sample.Text("aa/17", 12); got != "gongjue.sample/v1\naa/17\n12" {
		t.Errorf("the text is %q", got)
	}
	numbers := []int64{1, 2, 3, 4, 5, 6, 7, 8}
	drawn := sample.Draw("aa/17", numbers, 3)
	slices.Reverse(numbers)
	if again := sample.Draw("aa/17", numbers, 3); !slices.Equal(drawn, again) {
		t.Errorf("%v, and in another order %v", drawn, again)
	}
	hash := func(n int64) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(sample.Text("aa/17", n)))) }
	last := hash(drawn[2])
	for _, number := range numbers {
		if chosen := slices.Contains(drawn, number); chosen != (hash(number) <= last) {
			t.Errorf("ballot %d: chosen %v", number, chosen)
		}
	}
	if other := sample.Draw("aa/18", numbers, 8); slices.Equal(other, sample.Draw("aa/17", numbers, 8)) {
		t.Error("another number gives the same order")
	}
}

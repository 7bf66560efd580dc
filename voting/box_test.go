package voting_test

import (
	"maps"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gongjue/voting"
)

// filled is a box of one matter with these ballots and handlings.
func filled(t *testing.T, matter voting.Matter, p voting.Policies, voters []voting.Voter, ballots []voting.Ballot, sheets map[string]voting.Handling) *voting.Box {
	t.Helper()
	box, err := voting.NewBox([]voting.Matter{matter}, p, voters)
	if err != nil {
		t.Fatal(err)
	}
	for _, ballot := range ballots {
		if err := box.Cast(ballot.Voter, sheetOf(t, box, &voting.Answer{Choice: ballot.Choice, Void: ballot.Void})); err != nil {
			t.Fatal(err)
		}
	}
	for voter, handling := range sheets {
		if err := box.Handle(voter, handling); err != nil {
			t.Fatal(err)
		}
	}
	return box
}

// sheetOf numbers a sheet with these answers; nil is a matter that it does not put.
func sheetOf(t *testing.T, box *voting.Box, answers ...*voting.Answer) int {
	t.Helper()
	numbers := make([]int, len(answers))
	for i, answer := range answers {
		if answer == nil {
			continue
		}
		var err error
		if numbers[i], err = box.Read(i, *answer); err != nil {
			t.Fatal(err)
		}
	}
	return box.Sheet(numbers)
}

func TestEveryVoterHasOneClass(t *testing.T) {
	matter := voting.Matter{Kind: voting.Motion, Item: 9}
	areas := map[string]voting.Area{"投": 1, "废": 20, "默": 300, "拒": 4_000, "退": 50_000, "发": 600_000, "无": 7_000_000, "空": 80_000_000, "未": 900_000_000}
	var voters []voting.Voter
	for id, area := range areas {
		voters = append(voters, flat(id, "1/1/1", area))
	}
	ballots := []voting.Ballot{mark("投", voting.Yes), {Voter: "废", Void: true}, {Voter: "空"}}
	sheets := map[string]voting.Handling{"投": voting.SheetRefused, "废": voting.SheetDelivered, "默": voting.SheetDelivered, "拒": voting.SheetRefused,
		"退": voting.SheetUndeliverable, "发": voting.SheetIssued, "无": voting.SheetNotIssued, "未": ""}
	got := filled(t, matter, voting.Policies{Blank: voting.BlankVoid}, voters, ballots, sheets).Count()[0]
	want := map[voting.VoterClass]voting.Weight{voting.ClassVoted: w(1, 1), voting.ClassVoid: w(2, 80_000_020), voting.ClassDeliveredSilent: w(1, 300),
		voting.ClassRefused: w(1, 4_000), voting.ClassUndeliverable: w(2, 650_000), voting.ClassNotIssued: w(2, 907_000_000)}
	if !maps.Equal(got.Classes, want) {
		t.Errorf("%v", got.Classes)
	}
	if got.Delivered != w(2, 320) {
		t.Errorf("delivered, one of them back: %v", got.Delivered)
	}
}

func TestClassesFollowTheScopeAndTheCount(t *testing.T) {
	matter := voting.Matter{Kind: voting.Motion, Item: 5, Scope: []string{"3号楼/2单元"}}
	ballots := []voting.Ballot{mark("李", voting.Yes), mark("吴", voting.No)}
	sheets := map[string]voting.Handling{"钱": voting.SheetDelivered, "吴": voting.SheetDelivered}
	got := filled(t, matter, voting.Policies{}, neighbours, ballots, sheets).Count()[0]
	want := map[voting.VoterClass]voting.Weight{voting.ClassVoted: w(1, 900_000), voting.ClassDeliveredSilent: w(1, 1_000_000), voting.ClassNotIssued: w(1, 1_960_000)}
	if !maps.Equal(got.Classes, want) || got.Delivered != w(1, 1_000_000) {
		t.Errorf("%v, delivered %v", got.Classes, got.Delivered)
	}
}

func TestABoxCountsAWholeAgenda(t *testing.T) {
	agenda := []voting.Matter{
		{Kind: voting.Motion, Item: 9},
		{Kind: voting.Motion, Item: 5, Scope: []string{"3号楼"}},
		{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"甲", "乙"}, Seats: 1},
	}
	box, err := voting.NewBox(agenda, voting.Policies{}, neighbours)
	if err != nil {
		t.Fatal(err)
	}
	yes, no := &voting.Answer{Choice: voting.Choice{Mark: voting.Yes}}, &voting.Answer{Choice: voting.Choice{Mark: voting.No}}
	each := &voting.Answer{Choice: voting.Choice{Each: map[string]voting.Mark{"甲": voting.Yes, "乙": voting.No}}}
	everything, outside := sheetOf(t, box, yes, no, each), sheetOf(t, box, no, nil, &voting.Answer{Void: true})
	for voter, sheet := range map[string]int{"李": everything, "钱": everything, "周": outside} {
		if err := box.Cast(voter, sheet); err != nil {
			t.Fatal(err)
		}
		if err := box.Handle(voter, voting.SheetDelivered); err != nil {
			t.Fatal(err)
		}
	}
	got := box.Count()
	both, all := w(2, 2_600_000), w(5, 6_960_000)
	want := []voting.Counts{
		{Total: all, Voted: w(3, 3_500_000), Options: map[string]voting.Weight{"yes": both, "no": w(1, 900_000)}},
		{Total: w(4, 4_460_000), Voted: w(2, 1_900_000), Options: map[string]voting.Weight{"yes": {}, "no": w(2, 1_900_000)}},
		{Total: all, Voted: both, Void: w(1, 900_000), Options: map[string]voting.Weight{"甲": both, "乙": {}},
			Against: map[string]voting.Weight{"甲": {}, "乙": both}},
	}
	for i := range want {
		if !reflect.DeepEqual(got[i].Counts, want[i]) {
			t.Errorf("matter %d: %+v", i, got[i].Counts)
		}
	}
}

// A sheet that does not put a matter says nothing on it: whoever got it with proof is silent there.
func TestAMatterThatASheetDoesNotPut(t *testing.T) {
	agenda := []voting.Matter{{Kind: voting.Motion, Item: 9}, {Kind: voting.Motion, Item: 1}}
	box, err := voting.NewBox(agenda, voting.Policies{}, neighbours)
	if err != nil {
		t.Fatal(err)
	}
	half := sheetOf(t, box, nil, &voting.Answer{Choice: voting.Choice{Mark: voting.Yes}})
	if err := box.Handle("李", voting.SheetDelivered); err != nil {
		t.Fatal(err)
	}
	if err := box.Cast("李", half); err != nil {
		t.Fatal(err)
	}
	got := box.Count()
	if got[0].Counts.SilentDelivered != w(1, 900_000) || got[0].Counts.Voted != w(0, 0) || got[1].Counts.Voted != w(1, 900_000) || got[1].Counts.SilentDelivered != w(0, 0) {
		t.Errorf("%+v", got)
	}
}

func TestABoxRefuses(t *testing.T) {
	agenda := []voting.Matter{{Kind: voting.Motion, Item: 9}}
	box, err := voting.NewBox(agenda, voting.Policies{}, neighbours)
	if err != nil {
		t.Fatal(err)
	}
	sheet := sheetOf(t, box, &voting.Answer{Choice: voting.Choice{Mark: voting.Yes}})
	_, err = box.Read(0, voting.Answer{Choice: voting.Choice{Mark: "maybe"}})
	refused(t, err, voting.CodeMarkNotOffered, "choice.mark")
	refused(t, box.Cast("郑", sheet), voting.CodeUnknownName, "voter")
	refused(t, box.Handle("郑", voting.SheetIssued), voting.CodeUnknownName, "voter")
	refused(t, box.Handle("李", "lost"), voting.CodeBadValue, "handling")
	if err := box.Cast("李", sheet); err != nil {
		t.Fatal(err)
	}
	refused(t, box.Cast("李", sheet), voting.CodeDuplicate, "voter")
	_, err = voting.NewBox([]voting.Matter{agenda[0], {Kind: voting.Motion, Item: 5, Scope: []string{"9号楼"}}}, voting.Policies{}, neighbours)
	refused(t, err, voting.CodeBadValue, "voters")
	// A matter that Validate refuses names an option that is counted nowhere.
	_, err = voting.Count(voting.Matter{Kind: voting.Selection, Item: 4}, voting.Policies{}, neighbours, []voting.Ballot{mark("李", voting.Yes)}, nil)
	refused(t, err, voting.CodeUnknownName, "ballots[0].choice")
}

// TestTheBoxAgreesWithCountingOneByOne: what the columns add up is what anybody adds up who takes the ballots one after
// the other.
func TestTheBoxAgreesWithCountingOneByOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMeeting(t)
		got, _, some := m.run(t)
		if want := m.oneByOne(); some && !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v, one by one %+v", got, want)
		}
	})
}

// oneByOne counts as people count: it takes up each ballot, looks the voter up, and writes the weight to what is marked.
func (m meeting) oneByOne() voting.Counts {
	c := voting.Counts{Options: map[string]voting.Weight{}}
	for _, name := range m.matter.OptionNames() {
		c.Options[name] = voting.Weight{}
	}
	if m.matter.Method == voting.ApprovalEach {
		c.Against = maps.Clone(c.Options)
	}
	for _, voter := range m.voters {
		weight := voter.Within(m.matter.Scope)
		c.Total = c.Total.Plus(weight)
		at := slices.IndexFunc(m.ballots, func(b voting.Ballot) bool { return b.Voter == voter.ID })
		if at < 0 {
			if slices.Contains(m.delivered, voter.ID) {
				c.SilentDelivered = c.SilentDelivered.Plus(weight)
			}
			continue
		}
		ballot := m.ballots[at]
		if ballot.Void || m.overVoted(ballot.Choice) || (ballot.Choice.Blank() && m.policies.Blank == voting.BlankVoid) {
			c.Void = c.Void.Plus(weight)
			continue
		}
		c.Voted = c.Voted.Plus(weight)
		m.write(&c, ballot.Choice, weight)
	}
	return c
}

func (m meeting) write(c *voting.Counts, choice voting.Choice, weight voting.Weight) {
	add := func(to map[string]voting.Weight, name string) { to[name] = to[name].Plus(weight) }
	named := map[string]bool{}
	for _, name := range choice.Names {
		named[name] = true
	}
	for name := range named {
		add(c.Options, name)
	}
	for name, mark := range choice.Each {
		if mark == voting.Yes {
			add(c.Options, name)
		} else if mark == voting.No {
			add(c.Against, name)
		}
	}
	switch {
	case choice.Mark == voting.FollowMajority:
		c.FollowMajority = c.FollowMajority.Plus(weight)
	case choice.Mark == voting.Yes || choice.Mark == voting.No:
		add(c.Options, string(choice.Mark))
	case len(named) == 0 && m.matter.Method != voting.ApprovalEach:
		c.Abstain = c.Abstain.Plus(weight)
	}
}

// overVoted: more different names than seats, in all or in one group.
func (m meeting) overVoted(choice voting.Choice) bool {
	if m.matter.Method != voting.Pick {
		return false
	}
	named := slices.Compact(slices.Sorted(slices.Values(choice.Names)))
	if len(named) > m.matter.MostNames() {
		return true
	}
	for _, group := range m.matter.SeatGroups {
		inside := 0
		for _, name := range named {
			if slices.Contains(group.Options, name) {
				inside++
			}
		}
		if inside > group.Seats {
			return true
		}
	}
	return false
}

package voting_test

import (
	"errors"
	"reflect"
	"testing"

	"gongjue/voting"
)

func flat(id, place string, area voting.Area) voting.Voter {
	return voting.Voter{ID: id, Units: []voting.Unit{{Place: place, Area: area}}}
}

var neighbours = []voting.Voter{
	flat("李", "3号楼/2单元/101", 900_000),
	{ID: "钱", Units: []voting.Unit{{Place: "3号楼/2单元/202", Area: 1_000_000}, {Place: "5号楼/1单元/301", Area: 700_000}}},
	{ID: "建设单位", Units: []voting.Unit{{Place: "3号楼/2单元/301", Area: 980_000}, {Place: "3号楼/2单元/302", Area: 980_000}, {Place: "5号楼/1单元/101", Area: 770_000}}},
	flat("吴", "3号楼/21单元/101", 600_000),
	{ID: "孙", Units: []voting.Unit{{Place: "地下/车位12", Area: 130_000, NoHead: true}}},
	{ID: "周", Units: []voting.Unit{{Place: "5号楼/1单元/201", Area: 770_000}, {Place: "地下/车位13", Area: 130_000, NoHead: true}}},
}

func mark(voter string, m voting.Mark) voting.Ballot {
	return voting.Ballot{Voter: voter, Choice: voting.Choice{Mark: m}}
}

func TestScopeRebuildsEveryDenominator(t *testing.T) {
	tests := []struct {
		name  string
		scope []string
		want  voting.Weight
	}{
		{"the whole community, a parking owner without a head", nil, w(5, 6_960_000)},
		{"one stair: 21单元 is not 2单元, units elsewhere stay out", []string{"3号楼/2单元"}, w(3, 3_860_000)},
		{"one building", []string{"3号楼"}, w(4, 4_460_000)},
		{"two places that overlap count each unit once", []string{"3号楼", "3号楼/2单元"}, w(4, 4_460_000)},
		{"one flat", []string{"5号楼/1单元/301"}, w(1, 700_000)},
		{"building 5 has the heads of those who hold a unit there", []string{"5号楼"}, w(3, 2_240_000)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			matter := voting.Matter{Kind: voting.Motion, Item: 5, Scope: test.scope}
			counts, err := voting.Count(matter, voting.Policies{}, neighbours, nil, nil)
			if err != nil || counts.Total != test.want {
				t.Errorf("%+v, %v", counts.Total, err)
			}
		})
	}
}

func TestBallotsFromOutsideTheScopeAreLeftAside(t *testing.T) {
	matter := voting.Matter{Kind: voting.Motion, Item: 5, Scope: []string{"3号楼/2单元"}}
	ballots := []voting.Ballot{mark("李", voting.Yes), mark("钱", voting.No), mark("吴", voting.No), mark("周", voting.No)}
	counts, err := voting.Count(matter, voting.Policies{}, neighbours, ballots, []string{"建设单位", "孙", "李"})
	if err != nil {
		t.Fatal(err)
	}
	want := voting.Counts{
		Total: w(3, 3_860_000), Voted: w(2, 1_900_000), SilentDelivered: w(1, 1_960_000),
		Options: map[string]voting.Weight{"yes": w(1, 900_000), "no": w(1, 1_000_000)},
	}
	if !reflect.DeepEqual(counts, want) {
		t.Errorf("%+v", counts)
	}
	if neighbours[3].Entitled(matter.Scope) || !neighbours[1].Entitled(matter.Scope) {
		t.Error("Entitled does not follow the scope")
	}
}

func TestClassesOfABallot(t *testing.T) {
	pick := voting.Matter{Kind: voting.Election, Item: 3, Method: voting.Pick, Options: []string{"甲", "乙", "丙"}, Seats: 2}
	each := voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"甲", "乙"}, Seats: 1}
	firms := voting.Matter{Kind: voting.Selection, Item: 4, Method: voting.Pick, Options: []string{"东", "西"}}
	text := voting.Matter{Kind: voting.Motion, Item: 9}
	names := func(list ...string) voting.Choice { return voting.Choice{Names: list} }
	tests := []struct {
		name   string
		matter voting.Matter
		policy voting.Policies
		choice voting.Choice
		void   bool
		want   string // voted, void, abstain, follow, or the option that gets the vote
	}{
		{"a void ballot is void whatever it says", text, voting.Policies{}, voting.Choice{Mark: "nonsense"}, true, "void"},
		{"a yes", text, voting.Policies{}, voting.Choice{Mark: voting.Yes}, false, "yes"},
		{"a no", text, voting.Policies{}, voting.Choice{Mark: voting.No}, false, "no"},
		{"a blank abstains by default", text, voting.Policies{}, voting.Choice{}, false, "abstain"},
		{"a blank is void where announced", text, voting.Policies{Blank: voting.BlankVoid}, voting.Choice{}, false, "void"},
		{"a blank of names is void where announced", pick, voting.Policies{Blank: voting.BlankVoid}, voting.Choice{}, false, "void"},
		{"从众 where announced", text, voting.Policies{FollowMajority: true}, voting.Choice{Mark: voting.FollowMajority}, false, "follow"},
		{"as many names as seats", pick, voting.Policies{}, names("甲", "乙"), false, "甲"},
		{"one name too many is void", pick, voting.Policies{}, names("甲", "乙", "丙"), false, "void"},
		{"a name twice counts once", pick, voting.Policies{}, names("甲", "甲", "乙"), false, "甲"},
		{"two firms are void", firms, voting.Policies{}, names("东", "西"), false, "void"},
		{"one firm", firms, voting.Policies{}, names("西"), false, "西"},
		{"an abstention among firms", firms, voting.Policies{}, voting.Choice{Mark: voting.Abstain}, false, "abstain"},
		{"approval of one candidate", each, voting.Policies{}, voting.Choice{Each: map[string]voting.Mark{"甲": voting.Yes, "乙": voting.No}}, false, "甲"},
		{"a blank of approvals votes for nobody", each, voting.Policies{}, voting.Choice{}, false, "voted"},
	}
	weight := w(1, 900_000)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			ballots := []voting.Ballot{{Voter: "李", Choice: test.choice, Void: test.void}}
			counts, err := voting.Count(test.matter, test.policy, neighbours, ballots, nil)
			if err != nil {
				t.Fatal(err)
			}
			found := map[string]voting.Weight{
				"void": counts.Void, "abstain": counts.Abstain, "follow": counts.FollowMajority, "voted": counts.Voted,
			}
			for name, votes := range counts.Options {
				found[name] = votes
			}
			if found[test.want] != weight {
				t.Errorf("%+v", counts)
			}
			if counts.Voted.Plus(counts.Void) != weight {
				t.Errorf("neither voted nor void, or both: %+v", counts)
			}
		})
	}
}

func TestCountRefuses(t *testing.T) {
	text := voting.Matter{Kind: voting.Motion, Item: 9}
	firms := voting.Matter{Kind: voting.Selection, Item: 4, Method: voting.Pick, Options: []string{"东", "西"}}
	tests := []struct {
		name      string
		matter    voting.Matter
		voters    []voting.Voter
		ballots   []voting.Ballot
		delivered []string
		code      voting.Code
		field     string
	}{
		{"a ballot of nobody", text, neighbours, []voting.Ballot{mark("郑", voting.Yes)}, nil, voting.CodeUnknownName, "ballots[0].voter"},
		{"two ballots of one voter", text, neighbours, []voting.Ballot{mark("李", voting.Yes), mark("李", voting.Yes)}, nil, voting.CodeDuplicate, "ballots[1].voter"},
		{"a delivery to nobody", text, neighbours, nil, []string{"李", "郑"}, voting.CodeUnknownName, "delivered[1]"},
		{"a voter twice", text, append(neighbours[:1:1], neighbours[0]), nil, nil, voting.CodeDuplicate, "voters[1].id"},
		{"从众 that was not announced", text, neighbours, []voting.Ballot{mark("李", voting.FollowMajority)}, nil, voting.CodeMarkNotOffered, "ballots[0].choice.mark"},
		{"a firm that does not stand", firms, neighbours, []voting.Ballot{{Voter: "李", Choice: voting.Choice{Names: []string{"南"}}}}, nil, voting.CodeUnknownName, "ballots[0].choice.names"},
		{"an unreadable ballot from outside the scope", voting.Matter{Kind: voting.Motion, Item: 5, Scope: []string{"5号楼"}}, neighbours, []voting.Ballot{mark("吴", "maybe")}, nil, voting.CodeMarkNotOffered, "ballots[0].choice.mark"},
		{"nobody in the scope", voting.Matter{Kind: voting.Motion, Item: 5, Scope: []string{"9号楼"}}, neighbours, nil, nil, voting.CodeBadValue, "voters"},
		{"heads without any area", text, []voting.Voter{flat("李", "1", 0)}, nil, nil, voting.CodeBadValue, "voters"},
		{"a negative area", text, []voting.Voter{flat("李", "1", -1)}, nil, nil, voting.CodeBadValue, "voters[0].units[0].area_cm2"},
		{"more area than is ever counted", text, []voting.Voter{flat("李", "1", voting.MaxArea), flat("钱", "2", 1)}, nil, nil, voting.CodeBadValue, "voters"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := voting.Count(test.matter, voting.Policies{}, test.voters, test.ballots, test.delivered)
			refused(t, err, test.code, test.field)
		})
	}
}

func refused(t *testing.T, err error, code voting.Code, field string) {
	t.Helper()
	var refusal *voting.Refusal
	if !errors.As(err, &refusal) || refusal.Code != code || refusal.Field != field {
		t.Errorf("got %v, want %s: %s", err, code, field)
	}
}

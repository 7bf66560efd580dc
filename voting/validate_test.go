package voting_test

import (
	"slices"
	"strconv"
	"testing"

	"gongjue/voting"
)

func valid(kind voting.Kind) voting.Matter {
	switch kind {
	case voting.Election:
		return voting.Matter{Kind: kind, Item: 3, Method: voting.ApprovalEach, Options: []string{"甲", "乙"}, Seats: 5}
	case voting.Selection:
		return voting.Matter{Kind: kind, Item: 4, Method: voting.Pick, Options: []string{"东", "西"}}
	case voting.Consult:
		return voting.Matter{Kind: kind, Poll: &voting.Poll{Threshold: voting.OverHalf, Dimensions: voting.Dimensions}}
	}
	return voting.Matter{Kind: kind, Item: 9}
}

func grade(m *voting.Matter, method voting.Method, favour int, grades ...string) {
	m.Method, m.Options, m.Poll.Favour = method, grades, favour
}

func TestEveryKindHasAValidMatter(t *testing.T) {
	for _, kind := range voting.Kinds {
		if err := valid(kind).Validate(civilCode); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
	if err := valid(voting.Election).Validate(propertyLaw); err != nil {
		t.Errorf("an election under the older law: %v", err)
	}
}

func TestMatterIsRefused(t *testing.T) {
	tests := []struct {
		name   string
		kind   voting.Kind
		change func(*voting.Matter)
		code   voting.Code
		field  string
	}{
		{"an unknown kind", voting.Motion, func(m *voting.Matter) { m.Kind = "vote" }, voting.CodeBadValue, "kind"},
		{"no kind", voting.Motion, func(m *voting.Matter) { m.Kind = "" }, voting.CodeBadValue, "kind"},
		{"no item", voting.Motion, func(m *voting.Matter) { m.Item = 0 }, voting.CodeMissingField, "item"},
		{"item 10", voting.Motion, func(m *voting.Matter) { m.Item = 10 }, voting.CodeBadValue, "item"},
		{"a negative item", voting.Motion, func(m *voting.Matter) { m.Item = -1 }, voting.CodeBadValue, "item"},
		{"an election on item 4", voting.Election, func(m *voting.Matter) { m.Item = 4 }, voting.CodeBadValue, "item"},
		{"a poll with an item", voting.Consult, func(m *voting.Matter) { m.Item = 9 }, voting.CodeBadValue, "item"},
		{"a motion with a method", voting.Motion, func(m *voting.Matter) { m.Method = voting.Pick }, voting.CodeBadValue, "method"},
		{"a motion with options", voting.Motion, func(m *voting.Matter) { m.Options = []string{"甲"} }, voting.CodeBadValue, "options"},
		{"a selection without method", voting.Selection, func(m *voting.Matter) { m.Method = "" }, voting.CodeMissingField, "method"},
		{"an unknown method", voting.Selection, func(m *voting.Matter) { m.Method = "points" }, voting.CodeBadValue, "method"},
		{"a selection without options", voting.Selection, func(m *voting.Matter) { m.Options = nil }, voting.CodeMissingField, "options"},
		{"an empty name", voting.Selection, func(m *voting.Matter) { m.Options[1] = "" }, voting.CodeBadValue, "options[1]"},
		{"a name twice", voting.Selection, func(m *voting.Matter) { m.Options[1] = "东" }, voting.CodeDuplicate, "options[1]"},
		{"an election without seats", voting.Election, func(m *voting.Matter) { m.Seats = 0 }, voting.CodeMissingField, "seats"},
		{"negative seats", voting.Election, func(m *voting.Matter) { m.Seats = -1 }, voting.CodeBadValue, "seats"},
		{"seats beyond reason", voting.Election, func(m *voting.Matter) { m.Seats = voting.MaxNumber + 1 }, voting.CodeBadValue, "seats"},
		{"a selection with seats", voting.Selection, func(m *voting.Matter) { m.Seats = 1 }, voting.CodeBadValue, "seats"},
		{"most names where every name is judged", voting.Election, func(m *voting.Matter) { m.MaxChoices = 1 }, voting.CodeBadValue, "max_choices"},
		{"negative alternates", voting.Election, func(m *voting.Matter) { m.Alternates = -1 }, voting.CodeBadValue, "alternates"},
		{"sitting members of a firm", voting.Selection, func(m *voting.Matter) { m.Sitting = 1 }, voting.CodeBadValue, "sitting"},
		{"a smallest committee of a motion", voting.Motion, func(m *voting.Matter) { m.MinMembers = 5 }, voting.CodeBadValue, "min_members"},
		{"a motion with a poll", voting.Motion, func(m *voting.Matter) { m.Poll = &voting.Poll{} }, voting.CodeBadValue, "poll"},
		{"a poll without yardstick", voting.Consult, func(m *voting.Matter) { m.Poll = nil }, voting.CodeMissingField, "poll"},
		{"a threshold above one", voting.Consult, func(m *voting.Matter) { m.Poll.Threshold.Num = 3 }, voting.CodeBadValue, "poll.threshold"},
		{"a threshold of nothing", voting.Consult, func(m *voting.Matter) { m.Poll.Threshold.Num = 0 }, voting.CodeBadValue, "poll.threshold"},
		{"a denominator of 101", voting.Consult, func(m *voting.Matter) { m.Poll.Threshold.Den = 101 }, voting.CodeBadValue, "poll.threshold"},
		{"no dimension", voting.Consult, func(m *voting.Matter) { m.Poll.Dimensions = nil }, voting.CodeMissingField, "poll.dimensions"},
		{"an unknown dimension", voting.Consult, func(m *voting.Matter) { m.Poll.Dimensions = []voting.Dimension{"rooms"} }, voting.CodeBadValue, "poll.dimensions[0]"},
		{"a dimension twice", voting.Consult, func(m *voting.Matter) { m.Poll.Dimensions = []voting.Dimension{"area", "area"} }, voting.CodeDuplicate, "poll.dimensions[1]"},
		{"a poll about a person", voting.Consult, func(m *voting.Matter) { m.Poll.About = "chair" }, voting.CodeBadValue, "poll.about"},
		{"agreement without a scale", voting.Consult, func(m *voting.Matter) { m.Poll.Favour = 1 }, voting.CodeBadValue, "poll.favour"},
		{"a scale marked one by one", voting.Consult, func(m *voting.Matter) { grade(m, voting.ApprovalEach, 1, "好", "差") }, voting.CodeBadValue, "method"},
		{"a scale without a method", voting.Consult, func(m *voting.Matter) { grade(m, "", 1, "好", "差") }, voting.CodeMissingField, "method"},
		{"a scale of which nothing agrees", voting.Consult, func(m *voting.Matter) { grade(m, voting.Pick, 0, "好", "差") }, voting.CodeBadValue, "poll.favour"},
		{"a scale of which all agrees", voting.Consult, func(m *voting.Matter) { grade(m, voting.Pick, 2, "好", "差") }, voting.CodeBadValue, "poll.favour"},
		{"a scale of eight", voting.Consult, func(m *voting.Matter) { grade(m, voting.Pick, 2, "1", "2", "3", "4", "5", "6", "7", "8") }, voting.CodeBadValue, "options"},
		{"a grade called yes", voting.Consult, func(m *voting.Matter) { grade(m, voting.Pick, 1, "差", "yes") }, voting.CodeBadValue, "options"},
		{"a grade twice", voting.Consult, func(m *voting.Matter) { grade(m, voting.Pick, 1, "好", "好") }, voting.CodeDuplicate, "options[1]"},
		{"a tie broken by the ballot", voting.Election, func(m *voting.Matter) { m.TieWay = "ballot_order" }, voting.CodeBadValue, "tie_way"},
		{"a motion that is tied", voting.Motion, func(m *voting.Matter) { m.TieWay = voting.TieByLot }, voting.CodeBadValue, "tie_way"},
		{"an unknown act", voting.Motion, func(m *voting.Matter) { m.Item, m.FirmAct = 4, "praise" }, voting.CodeBadValue, "firm_act"},
		{"a renewal on item 9", voting.Motion, func(m *voting.Matter) { m.FirmAct = voting.RenewFirm }, voting.CodeBadValue, "firm_act"},
		{"a selection that renews", voting.Selection, func(m *voting.Matter) { m.FirmAct = voting.RenewFirm }, voting.CodeBadValue, "firm_act"},
		{"a link to matter −1", voting.Motion, func(m *voting.Matter) { m.LinkedTo = -1 }, voting.CodeBadValue, "linked_to"},
		{"a condition on nothing", voting.Motion, func(m *voting.Matter) { m.LinkedWhen = voting.IfPassed }, voting.CodeMissingField, "linked_to"},
		{"a link without condition", voting.Motion, func(m *voting.Matter) { m.LinkedTo = 1 }, voting.CodeMissingField, "linked_when"},
		{"an unknown condition", voting.Motion, func(m *voting.Matter) { m.LinkedTo, m.LinkedWhen = 1, "maybe" }, voting.CodeBadValue, "linked_when"},
		{"an empty place", voting.Motion, func(m *voting.Matter) { m.Scope = []string{""} }, voting.CodeBadValue, "scope[0]"},
		{"a place twice", voting.Motion, func(m *voting.Matter) { m.Scope = []string{"3号楼", "3号楼"} }, voting.CodeDuplicate, "scope[1]"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			matter := valid(test.kind)
			test.change(&matter)
			refused(t, matter.Validate(civilCode), test.code, test.field)
			if _, err := voting.Decide(civilCode, voting.Policies{}, matter, voting.Counts{}); err == nil {
				t.Error("Decide took it")
			}
		})
	}
	refused(t, voting.Matter{Kind: voting.Motion, Item: 8}.Validate(propertyLaw), voting.CodeBadValue, "item")
}

func TestPoliciesOutsideTheirListsAreRefused(t *testing.T) {
	for field, policies := range map[string]voting.Policies{
		"silence":   {Silence: "agree"},
		"blank":     {Blank: "yes"},
		"rank":      {Rank: "ballot_order"},
		"shortfall": {Shortfall: "lots"},
	} {
		refused(t, policies.Validate(), voting.CodeBadValue, field)
		if _, err := voting.Decide(civilCode, policies, valid(voting.Motion), voting.Counts{}); err == nil {
			t.Errorf("Decide took another %s", field)
		}
	}
	if err := (voting.Policies{}).Validate(); err != nil {
		t.Errorf("the defaults: %v", err)
	}
}

func TestChoiceCheck(t *testing.T) {
	text, firms, each := valid(voting.Motion), valid(voting.Selection), valid(voting.Election)
	pick := voting.Matter{Kind: voting.Election, Item: 3, Method: voting.Pick, Options: []string{"甲", "乙", "丙"}, Seats: 1, MaxChoices: 2}
	follow := voting.Policies{FollowMajority: true}
	tests := []struct {
		name   string
		matter voting.Matter
		policy voting.Policies
		choice voting.Choice
		code   voting.Code // empty: allowed
	}{
		{"a blank", text, voting.Policies{}, voting.Choice{}, ""},
		{"yes to a motion", text, voting.Policies{}, voting.Choice{Mark: voting.Yes}, ""},
		{"yes to a poll", valid(voting.Consult), voting.Policies{}, voting.Choice{Mark: voting.Yes}, ""},
		{"an unknown mark", text, voting.Policies{}, voting.Choice{Mark: "ok"}, voting.CodeMarkNotOffered},
		{"从众 unannounced", text, voting.Policies{}, voting.Choice{Mark: voting.FollowMajority}, voting.CodeMarkNotOffered},
		{"从众 announced", text, follow, voting.Choice{Mark: voting.FollowMajority}, ""},
		{"从众 among firms", firms, follow, voting.Choice{Mark: voting.FollowMajority}, ""},
		{"从众 in a poll", valid(voting.Consult), follow, voting.Choice{Mark: voting.FollowMajority}, voting.CodeMarkNotOffered},
		{"从众 among candidates", pick, follow, voting.Choice{Mark: voting.FollowMajority}, voting.CodeMarkNotOffered},
		{"从众 beside one candidate", each, follow, voting.Choice{Each: map[string]voting.Mark{"甲": voting.FollowMajority}}, voting.CodeMarkNotOffered},
		{"yes to a list of names", firms, voting.Policies{}, voting.Choice{Mark: voting.Yes}, voting.CodeMarkNotOffered},
		{"one firm", firms, voting.Policies{}, voting.Choice{Names: []string{"东"}}, ""},
		{"two firms", firms, voting.Policies{}, voting.Choice{Names: []string{"东", "西"}}, voting.CodeTooManyNames},
		{"the same firm twice", firms, voting.Policies{}, voting.Choice{Names: []string{"东", "东"}}, ""},
		{"exactly the most names", pick, voting.Policies{}, voting.Choice{Names: []string{"甲", "丙"}}, ""},
		{"one more", pick, voting.Policies{}, voting.Choice{Names: []string{"甲", "乙", "丙"}}, voting.CodeTooManyNames},
		{"an unknown name", pick, voting.Policies{}, voting.Choice{Names: []string{"丁"}}, voting.CodeUnknownName},
		{"an unknown candidate judged", each, voting.Policies{}, voting.Choice{Each: map[string]voting.Mark{"丁": voting.Yes}}, voting.CodeUnknownName},
		{"a name on a motion", text, voting.Policies{}, voting.Choice{Names: []string{"甲"}}, voting.CodeBadValue},
		{"judgements on a motion", text, voting.Policies{}, voting.Choice{Each: map[string]voting.Mark{"甲": voting.Yes}}, voting.CodeBadValue},
		{"one mark for all candidates", each, voting.Policies{}, voting.Choice{Mark: voting.Yes}, voting.CodeBadValue},
		{"two forms at once", firms, voting.Policies{}, voting.Choice{Mark: voting.Abstain, Names: []string{"东"}}, voting.CodeBadValue},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := test.choice.Check(test.matter, test.policy)
			if test.code == "" {
				if err != nil {
					t.Errorf("refused: %v", err)
				}
				return
			}
			refusal, _ := err.(*voting.Refusal)
			if refusal == nil || refusal.Code != test.code {
				t.Errorf("got %v, want %s", err, test.code)
			}
			if !slices.Contains(voting.Codes, test.code) {
				t.Errorf("%s is not in Codes", test.code)
			}
		})
	}
}

func TestCanonicalChoiceHasOneText(t *testing.T) {
	tests := []struct {
		choice voting.Choice
		want   string
	}{
		{voting.Choice{}, `{}`},
		{voting.Choice{Mark: voting.Yes}, `{"mark":"yes"}`},
		{voting.Choice{Names: []string{"b", "a", "b"}}, `{"names":["a","b"]}`},
		{voting.Choice{Names: []string{"A&B <物业>"}}, `{"names":["A&B <物业>"]}`},
		{voting.Choice{Each: map[string]voting.Mark{"b": voting.No, "a": voting.Yes}}, `{"each":{"a":"yes","b":"no"}}`},
	}
	for _, test := range tests {
		if got := string(test.choice.Canonical()); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
	names := []string{"乙", "甲"}
	voting.Choice{Names: names}.Canonical()
	if names[0] != "乙" {
		t.Error("the caller's list was sorted")
	}
}

func TestTheLimitsThemselvesAreAccepted(t *testing.T) {
	election := valid(voting.Election)
	election.Method, election.Seats, election.MaxChoices = voting.Pick, voting.MaxNumber, voting.MaxNumber
	poll := valid(voting.Consult)
	poll.Poll.Threshold = voting.Threshold{Num: 100, Den: 100}
	for _, matter := range []voting.Matter{election, poll} {
		if err := matter.Validate(civilCode); err != nil {
			t.Errorf("%s: %v", matter.Kind, err)
		}
	}
	text := valid(voting.Motion)
	largest := []voting.Voter{flat("李", "1", voting.MaxArea)}
	for len(largest) < voting.MaxNumber {
		largest = append(largest, flat(strconv.Itoa(len(largest)), "1", 0))
	}
	counts, err := voting.Count(text, voting.Policies{}, largest, []voting.Ballot{mark("李", voting.Yes)}, nil)
	if err != nil || counts.Total != w(voting.MaxNumber, voting.MaxArea) {
		t.Fatalf("%+v, %v", counts.Total, err)
	}
	if _, err := voting.Decide(civilCode, voting.Policies{}, text, counts); err != nil {
		t.Errorf("deciding: %v", err)
	}
}

func TestAPollWhoseAnswersDoNotCloseIsRefused(t *testing.T) {
	_, err := voting.Decide(civilCode, voting.Policies{}, valid(voting.Consult), voting.Counts{
		Total: w(10, 1_000), Voted: w(6, 600), Options: map[string]voting.Weight{"yes": w(3, 300), "no": w(2, 300)},
	})
	refused(t, err, voting.CodeDoesNotAddUp, "voted")
}
